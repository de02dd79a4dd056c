"""What the answer about the pictures means for the gate; without a terminal nothing is asked."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from .terminal import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def records(case: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines()]
    return [record for record in found if record["type"] == kind]


def opened(casefile: Any, tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "bilde.png").write_bytes(PICTURE)
    casefile("new", tmp_path / "case")
    return tmp_path / "case", tmp_path / "bilde.png"


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("3", "shows-maybe-minor"),
        *(
            pytest.param(*entry, marks=pytest.mark.slow)
            for entry in (("2", "shows-adults-only"), ("4", "shows-unknown"), ("", "shows-unknown"))
        ),
    ],
)
def test_the_gate_goes_by_the_answer(casefile, tmp_path: Path, answer: str, rule: str) -> None:
    case, picture = opened(casefile, tmp_path)
    status, shown = run(["import", str(picture), "--case", str(case)], [f"{answer}\n", *["\n"] * 6], tmp_path)
    assert status == 0, shown
    kind = "acquired" if answer == "2" else "by-reference"
    assert [record["data"]["gate"]["rule"] for record in records(case, kind)] == [rule]


def test_without_a_terminal_nothing_is_asked(casefile, tmp_path: Path) -> None:
    case, picture = opened(casefile, tmp_path)
    casefile("import", picture, "--case", case)
    started = records(case, "import-started")[0]["data"]
    assert started["stated"] == {"recursive": True}
    assert started["clock"] == "not-asked"
    assert [record["data"]["gate"]["rule"] for record in records(case, "by-reference")] == ["case-minor-unknown"]


@pytest.mark.parametrize("option", ["--device", "--actor"])
def test_words_that_are_no_text_are_refused(casefile, tmp_path: Path, option: str) -> None:
    case, picture = opened(casefile, tmp_path)
    refused = casefile("import", picture, "--case", case, option, os.fsdecode(b"\xff"), status=2)
    assert "UTF-8" in refused.err
    assert not records(case, "import-started")
