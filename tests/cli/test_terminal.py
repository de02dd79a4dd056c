"""Questions on a real terminal: once a batch, skipped with Enter, in both languages, and readable on a narrow screen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .terminal import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
CHAT = "13.03.2026, 21:05 - Lina: Hei\n"


@pytest.fixture
def open_case(casefile, tmp_path: Path) -> Path:
    """Return a case in which nothing was stated about who is shown."""
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    casefile("new", tmp_path / "case", "--timezone", "Europe/Oslo")
    return tmp_path / "case"


def started(case: Path) -> dict[str, object]:
    records = [json.loads(line) for line in (case / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    return next(record["data"] for record in records if record["type"] == "import-started")


@pytest.mark.slow
def test_a_batch_is_asked_everything_once(open_case: Path, tmp_path: Path) -> None:
    keys = ["ja\n", "1\n", "1\n", "Mobilen\n", "WhatsApp 2.26\n", "Kari\n", "i går\n", "nei\n", "3 minutter foran\n"]
    status, shown = run(["--case", "case", "import", "chat.txt"], keys, tmp_path)
    assert status == 0, shown
    assert "Skriv et tall fra 1 til 4" in shown
    stated = started(open_case)["stated"]
    assert stated == {
        "recursive": True, "shows": "nothing-intimate", "via": "cable", "device": "Mobilen", "app": "WhatsApp 2.26",
        "captured_by": "Kari", "captured_at": "i går",
    }  # fmt: skip
    assert started(open_case)["clock"] == "differs: 3 minutter foran"


@pytest.mark.slow
def test_every_question_can_be_skipped_and_is_recorded_as_unknown(open_case: Path, tmp_path: Path) -> None:
    status, shown = run(["--case", "case", "import", "chat.txt"], ["\n"] * 7, tmp_path, language="en")
    assert status == 0, shown
    assert "Press Enter to skip one; that is fine." in shown
    assert "only text is copied" in shown
    assert started(open_case)["stated"] == {"recursive": True, "shows": "unknown", "via": "unknown"}
    assert started(open_case)["clock"] == "not-answered"


def test_what_was_stated_is_not_asked(open_case: Path, tmp_path: Path) -> None:
    stated = ["--shows", "nothing-intimate", "--via", "cable", "--device", "x", "--app", "y", "--captured-by", "z", "--captured-at", "nå"]
    status, shown = run(["--case", "case", "import", "chat.txt", *stated], ["1\n"], tmp_path)
    assert status == 0, shown
    assert shown.count("?") == 1


@pytest.mark.parametrize(
    "arguments", [["import", "missing.txt"], ["import", "chat.txt", "--dry-run"], ["import", "chat.txt", "--no-input"]]
)
def test_nothing_is_asked_that_cannot_matter(open_case: Path, tmp_path: Path, arguments: list[str]) -> None:
    _status, shown = run(["--case", "case", *arguments], [], tmp_path)
    assert "?" not in shown


def test_ctrl_c_says_that_what_was_saved_is_safe(open_case: Path, tmp_path: Path) -> None:
    status, shown = run(["--case", "case", "import", "chat.txt"], ["\x03"], tmp_path)
    assert status == 130
    assert "Det som ble lagret, er trygt" in shown


@pytest.mark.parametrize("command", [["guide"], ["formats"], ["verify"], ["import", "chat.txt", "--no-input"]])
def test_sentences_fit_a_narrow_screen(open_case: Path, tmp_path: Path, command: list[str]) -> None:
    _status, shown = run(["--case", "case", *command], [], tmp_path, columns=40)
    sentences = [line for line in shown.splitlines() if "casefile" not in line and "--" not in line]
    assert max(map(len, sentences)) <= 40, shown
    if command == ["guide"]:
        assert "116 123" in shown
        assert "800 40 008" in shown
