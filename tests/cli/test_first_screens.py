"""The first screens on a real terminal: 60 columns, without colour, on a terminal that can do nothing, in both languages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from .terminal import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
GOLDEN = Path(__file__).resolve().parents[1] / "guide" / "golden"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_first_minute_on_a_dumb_narrow_terminal(tmp_path: Path, language: str) -> None:
    status, shown = run(["--country", "NO"], [], tmp_path, columns=60, language=language, keep_control=True, NO_COLOR="1", TERM="dumb")
    assert status == 0
    assert "\x1b" not in shown
    lines = shown.replace("\r\n", "\n").splitlines()
    assert max(map(len, lines)) <= 60
    if language == "nb":
        assert "\n".join(lines).startswith((GOLDEN / "first-minute.nb-NO.txt").read_text(encoding="utf-8").replace(" (antatt land)", ""))
    assert lines[-1].endswith("casefile guide help")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(
    "command", [["guide", "help"], ["guide"], ["say", "police"], ["say", "bank"], ["say", "friends"], ["say", "someone"]]
)
def test_the_other_screens_a_new_user_meets(tmp_path: Path, command: list[str], language: str) -> None:
    status, shown = run(
        [*command, "--country", "NO"], [], tmp_path, columns=60, language=language, keep_control=True, NO_COLOR="1", TERM="dumb"
    )
    assert status == 0
    assert "\x1b" not in shown
    sentences = [line for line in shown.replace("\r\n", "\n").splitlines() if "casefile" not in line]
    assert max(map(len, sentences)) <= 60
    assert not re.search(r"\{[a-z_]*\}", shown)
    if command == ["guide", "help"]:
        assert "116 123" in shown
        assert "800 40 008" in shown


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
def test_sentences_are_those_of_the_transcript(tmp_path: Path, language: str) -> None:
    """The hints stand on stderr, which is the same screen here; the sentences are the kept ones, to the letter."""
    for audience in ("police", "bank", "friends", "someone"):
        shown = run(["say", audience], [], tmp_path, columns=60, language=language)[1]
        kept = (GOLDEN / f"say-{audience}.{language}.txt").read_text(encoding="utf-8")
        said = kept[kept.rindex(")\n") + 2 :]
        assert said in shown
