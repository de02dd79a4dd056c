"""Whole sittings at a narrow terminal, kept as they were read: the first meeting of a frightened person with a path, in both languages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from .terminal import run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")]
KEPT = Path(__file__).parent / "transcripts"
WRITE = os.environ.get("CASEFILE_WRITE_GOLDEN") == "1"
SKIP = "\n"
SITTINGS = {
    "paid": (["guide", "paid", "Vipps"], ["1\n", "2026-03-12 20:00\n", "20.000\n", "20000\n", "NOK\n", "Vipps\n", SKIP, "123\n", "1\n", SKIP, SKIP, SKIP]),
    "deleted": (["guide", "deleted"], ["1\n", "2026-03-12\n", "Snapchat\n", SKIP, "2\n"]),
    "published": (["guide", "published"], ["1\n", SKIP, "Instagram\n", "hxxps://page[.]example/1\n", SKIP]),
    "phone": (["import", "--phone", "phone"], ["9\n", "1 3\n", "1\n", *[SKIP] * 5]),
    "capture": (["guide", "capture", "Snapchat", "--done", "2"], []),
}  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", list(SITTINGS))
def test_a_sitting_goes_as_it_was_read(casefile, tmp_path: Path, name: str, language: str) -> None:
    """`CASEFILE_WRITE_GOLDEN=1` writes those that are missing; a person reads them aloud before they are kept."""
    casefile("new", tmp_path / "case", "--minor", "unknown", "--timezone", "Europe/Oslo", "--language", language, "--country", "NO")
    folder = tmp_path / "phone" / "Pictures" / "Screenshots"
    folder.mkdir(parents=True)
    for day in (12, 13, 14):
        (folder / f"Screenshot_202603{day}-080000.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([day]))
    arguments, keys = SITTINGS[name]
    status, shown = run(["--case", "case", *arguments], keys, tmp_path, columns=60, language=language)
    assert status == 0, shown
    lines = [line.rstrip() for line in shown.splitlines()]
    assert max(len(line) for line in lines if "casefile" not in line) <= 60
    kept = KEPT / f"{name}.{language}.txt"
    if WRITE and not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == "\n".join(lines) + "\n"
