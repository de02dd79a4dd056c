"""
What calls for the help card, and what only sounds like it.

The lines of ``distress/<language>.txt`` are invented; they begin with U (urges the reader), W (the writer says they will) or ``.`` (ordinary
talk). Precision before recall: no ordinary line may be taken for more. Nothing of it is printed by the program.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from sextortion_cli.extract.distress.watch import CODES, Watch, calls_for_help, phrases

FOLDER = Path(__file__).with_name("distress")


def lines(code: str) -> list[tuple[str, str]]:
    found = [line.split(" ", 1) for line in (FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines()]
    return [(mark, text) for mark, text in found]


EVERY = [(code, mark, text) for code in CODES for mark, text in lines(code)]


@pytest.mark.parametrize("code", CODES)
def test_every_line_is_taken_for_what_it_is(code: str) -> None:
    assert [text for mark, text in lines(code) if calls_for_help([text]) != (mark != ".")] == []
    marks = [mark for mark, _ in lines(code)]
    assert {"U", "W", "."} == set(marks)
    assert marks.count(".") >= 6


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_of_the_lists_is_found_in_any_writing(code: str) -> None:
    for phrase in (*phrases()[code].urges, *phrases()[code].will):
        for text in (phrase, f"{phrase.upper()}!", f"... {phrase.capitalize()}, hear?", phrase.replace(" ", "  ").replace("'", "’")):
            assert calls_for_help([text]), code


@pytest.mark.parametrize("code", CODES)
def test_no_phrase_is_found_within_a_word(code: str) -> None:
    for phrase in (*phrases()[code].urges, *phrases()[code].will):
        assert not calls_for_help([f"x{phrase}x"])


def test_ordinary_chat_of_the_other_lists_calls_for_nothing() -> None:
    """The ordinary lines with which the demand tables are tested, and their demands and threats too: none of them is about that."""
    found = [
        line
        for path in sorted((FOLDER.parent / "phrases").glob("*/*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if calls_for_help([line.partition(" ")[2]])
    ]
    assert found == []


def test_an_idiom_does_not_hide_what_stands_behind_it() -> None:
    assert calls_for_help(["I want to die laughing. no, really: I want to die"])
    assert calls_for_help(["I want to die laughing", "x" * 100, "kill yourself"])
    assert not calls_for_help(["I want to", "die"])
    assert not calls_for_help(["I want to\ndie"])
    assert calls_for_help(["I want to die", "laughing"])


def test_texts_of_any_kind_pass() -> None:
    for text in ("", "\x00", "\ud800 kill", "🙂" * 50, "ý" * 5000, "я хочу", "\n" * 100):
        assert not calls_for_help([text])
    assert calls_for_help(["\ud800 kill yourself"])


def test_any_two_ordinary_lines_together_are_ordinary() -> None:
    """Lines are looked through together: none may borrow words of its neighbour."""
    ordinary = [text for _, mark, text in EVERY if mark == "."]
    for seed in range(20):
        random.Random(seed).shuffle(ordinary)
        assert not calls_for_help(ordinary)


def test_a_watch_stops_looking_once_it_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    from sextortion_cli.extract.distress import watch

    looked: list[int] = []
    monkeypatch.setattr(watch, "calls_for_help", lambda texts: looked.append(len(texts)) or True)
    watching = Watch()
    watching.take([])
    for _ in range(3):
        watching.take(["a", "b"])
    assert looked == [2]
    assert watching.seen


@pytest.mark.campaign
@pytest.mark.parametrize("text", ["I want to die laughing ", "kill ", "ta livet ta livet ", "don't kill yourself ", "a" * 50 + " "])
def test_time_is_linear_on_hostile_lines(text: str) -> None:
    def spent(times: int) -> float:
        begun = time.process_time()
        calls_for_help([text * times])
        return time.process_time() - begun

    calls_for_help([text])
    assert spent(80_000) / max(spent(40_000), 1e-4) <= 2.5
