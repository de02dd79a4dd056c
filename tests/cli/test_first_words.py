"""The rule about people under 18 is said at `new` and before the first import, and then no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Called


@pytest.mark.parametrize(
    ("role", "minor", "words"),
    [
        ("volunteer", "unknown", "Before you receive anything:"),
        ("police", "yes", "Do not question the child."),
        ("guardian", "yes", "Keep the phone as it is."),
        ("victim", "yes", "It is not your fault."),
        ("volunteer", "no", None),
        ("victim", "unknown", None),
    ],
)
def test_at_new_and_before_the_first_import(called: Called, tmp_path: Path, role: str, minor: str, words: str | None) -> None:
    (tmp_path / "a.txt").write_text("13.03.2026, 21:05 - Per: hei\n")
    case = tmp_path / "case"
    _, out, opened = called("new", case, "--role", role, "--minor", minor, "--country", "NO")
    _, listed, first = called("--case", case, "import", "--dry-run", tmp_path / "a.txt")
    for text, wanted in ((opened, words), (first, words)):
        assert ("Before you receive" in text or "not your fault" in text or "Keep the phone as" in text) == (wanted is not None)
        assert wanted is None or wanted in text
    assert "receive" not in out + listed


def test_once(called: Called, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("13.03.2026, 21:05 - Per: hei\n")
    case = tmp_path / "case"
    called("new", case, "--role", "volunteer")
    assert "Before you receive" in called("--case", case, "import", tmp_path / "a.txt")[2]
    assert "Before you receive" not in called("--case", case, "import", tmp_path / "a.txt")[2]
