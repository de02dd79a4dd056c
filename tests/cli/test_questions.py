"""What `import` asks on a terminal: once per batch, every answer recorded, none needed; without a terminal nothing is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def on_a_terminal(answers: list[str], *arguments: str | Path) -> str:
    """Run the program on a pseudo-terminal, type the answers, and return what it showed."""
    import pty

    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "sextortion_cli", *map(str, arguments)], stdin=follower, stdout=follower, stderr=follower, close_fds=True
    ) as process:
        os.close(follower)
        os.write(leader, "".join(answer + "\n" for answer in answers).encode())
        data = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            data += piece
    os.close(leader)
    assert process.returncode == 0, data.decode()
    return data.decode()


def records(case: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines()]
    return [record for record in found if record["type"] == kind]


def opened(casefile: Any, tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "bilde.png").write_bytes(PICTURE)
    casefile("new", tmp_path / "case")
    return tmp_path / "case", tmp_path / "bilde.png"


def test_every_answer_is_recorded(casefile, tmp_path: Path) -> None:
    case, picture = opened(casefile, tmp_path)
    answers = ["1", "1", "blue phone", "WhatsApp 2.26", "Kari Eksempel", "13 March 2026", "2"]
    shown = on_a_terminal(answers, "import", picture, "--case", case, "--language", "en")
    assert shown.count("Enter to skip") == len(answers)
    started = records(case, "import-started")[0]["data"]
    assert started["stated"] == {
        "recursive": True,
        "shows": "nothing-intimate",
        "via": "cable",
        "device": "blue phone",
        "app": "WhatsApp 2.26",
        "captured_by": "Kari Eksempel",
        "captured_at": "13 March 2026",
    }
    assert started["clock"] == "differs"
    assert len(records(case, "acquired")) == 1


@pytest.mark.parametrize(
    ("answer", "rule"), [("2", "shows-adults-only"), ("3", "shows-maybe-minor"), ("4", "shows-unknown"), ("", "shows-unknown")]
)
def test_the_gate_goes_by_the_answer(casefile, tmp_path: Path, answer: str, rule: str) -> None:
    case, picture = opened(casefile, tmp_path)
    on_a_terminal([answer, *[""] * 6], "import", picture, "--case", case)
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
