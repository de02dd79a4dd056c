"""Guided mode without a terminal of its own: order, skipping, resuming, stopping anywhere, and what each answer becomes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sextortion_cli.cli.asking.order import QUESTIONS

from .seated import CTRL_C, home, log, sit, stated

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = bool(os.environ.get("CASEFILE_WRITE_GOLDEN"))
#: Nobody else uses the computer, an adult, Norway, Norwegian time, the folder that is offered.
OPENING = ["2", "3", "1", "1", ""]
#: The 2018 story as somebody tells it who has every file still on the phone.
STORY = [
    *OPENING,
    "1", "midnight tonight",  # going on
    "2",  # not paid
    "1", "my Skype account", "2018-08-04 23:30",  # deleted
    "", "",  # no files, nothing to paste
    "3", "", "Lina Eksempel", "", "2018-08-04 21:01",  # where it started
    "1", "7", "", "Lina E", "live:lina.example",  # where it went on
    "",  # a break
    "1", "20000", "1", "1", "1234.56.78903", "2018-08-04 22:42",  # the demand
    "2",  # they threaten
    "1", "2018-08-05 00:15",  # blocked
    "2", "Phone 8", "1", "2", "1",  # the phone
    "ola.example",  # the own account
    "1", "a friend",  # who knows
    "1", "2018-08-06 12:00", "?",  # the police
    "the Skype chat", "the account was deleted",  # left out
    "?",  # own words
    "2",  # not once more
]  # fmt: skip


def neutral(text: str) -> str:
    """Return the questions as they stood on the screen: the help lines before them and what is missing after them have tests of their own."""
    first = min(text.index(words) for words in ("One question at a time", "Ett spørsmål om gangen") if words in text)
    last = max(text.rfind(words) for words in ("That was everything", "Det var alt."))
    shown = text[first:last].replace(os.path.realpath(home()), "~").replace(str(home()), "~")
    return re.sub(r":\s+~/", ": ~/", shown)  # how long the path is decides whether it fits the line


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_story(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way in both languages, as a person reads it; the transcript was read by one."""
    status, found, shown, _ = sit(STORY, monkeypatch, language=language)
    assert (status, found["skipped"]) == (0, ["own-words"])
    assert shown.index("112") < shown.index("1  ")
    golden = TRANSCRIPTS / f"start.{language}.txt"
    if WRITE and not golden.exists():
        golden.write_text(neutral(shown), encoding="utf-8")
    assert neutral(shown) == golden.read_text(encoding="utf-8")


def test_every_answer_is_an_ordinary_record_that_names_its_question(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, _, _ = sit(STORY, monkeypatch)
    records = [record for record in log(Path(found["path"])) if (record["type"], record["data"].get("kind")) in stated(Path(found["path"]))]
    asked = [record["data"]["source"]["question"] for record in records]
    assert set(asked) <= {item.id for item in QUESTIONS}
    demand = next(record["data"] for record in records if record["data"].get("kind") == "demand")
    assert (demand["amount"], demand["currency"], demand["contact"], demand["destination"]) == ("20000", "NOK", "C-001", "1234.56.78903")
    assert demand["deadline"]["as_written"] == "midnight tonight"
    assert stated(Path(found["path"])) == [
        ("note", None), ("note", None), ("event", "deleted"), ("contact", None), ("event", "first-contact"), ("contact", None),
        ("event", "platform-move"), ("event", "demand"), ("event", "threat"), ("event", "blocked"), ("device", None), ("contact", None),
        ("event", "told-someone"), ("event", "reported"), ("not-collected", None),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nb"])
def test_everything_can_be_skipped(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, found, shown, _ = sit(["", "", "", "", "", *[""] * 40], monkeypatch, language=language)
    assert status == 0
    assert stated(Path(found["path"])) == []
    assert found["short"] in shown.replace("\n", " ")
    long = [
        line for line in shown.splitlines() if len(line) > 60 and "casefile" not in line and str(home()) not in line and "‹" not in line
    ]
    assert long == []
    assert "\x1b" not in shown
    assert "\r" not in shown


def test_what_the_case_answers_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, _, _ = sit(STORY, monkeypatch)
    _, _, shown, _ = sit(["1", "", "", "", "2"], monkeypatch, case=Path(found["path"]))
    for question in ("Is it going on now?", "Have you paid", "Where did it start?", "What do they demand?", "Which phone", "under 18?"):
        assert question not in shown
    assert "Are screenshots or exports" in shown
    assert "You skipped 1 question." in shown


@pytest.mark.parametrize(("last", "status"), [("pause", 0), ("", 0), (CTRL_C, 130)])
def test_stopping_says_how_to_go_on(last: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    code, found, shown, _ = sit([*OPENING, "2", last], monkeypatch)
    assert code == status
    assert shown.rstrip().endswith(f"casefile --case {found['path']} start")


def test_stopping_before_there_is_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    status, found, shown, _ = sit([CTRL_C], monkeypatch)
    assert (status, found["path"]) == (130, None)
    assert "Nothing was saved yet" in shown


@pytest.mark.parametrize("points", [(9, 33), pytest.param(tuple(range(len(STORY))), marks=pytest.mark.slow)])
def test_ctrl_c_anywhere_loses_nothing_and_doubles_nothing(
    points: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for point in points:
        monkeypatch.setenv("HOME", str(tmp_path / str(point)))
        home().mkdir()
        status, found, _, keyboard = sit([*STORY[:point], CTRL_C], monkeypatch)
        assert (status, keyboard.keys) == (130, [])
        if found["path"] is None:
            continue
        case = Path(found["path"])
        before = stated(case)
        status, _, shown, _ = sit(["1", *[""] * 60], monkeypatch, case=case)
        assert status == 0, shown
        assert stated(case)[: len(before)] == before
        events = [kind for _, kind in stated(case) if kind]
        assert sorted(events) == sorted(set(events))


def test_parts_that_were_said_before_ctrl_c_are_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    at = STORY.index("20000") + 2
    _, found, _, _ = sit([*STORY[:at], CTRL_C], monkeypatch)
    demand = log(Path(found["path"]))[-1]["data"]
    assert (demand["kind"], demand["amount"], demand["currency"], demand["method"]) == ("demand", "20000", "NOK", None)


def test_under_18_and_alone_is_short_and_needs_no_case(monkeypatch: pytest.MonkeyPatch) -> None:
    status, found, shown, keyboard = sit(["2", "1", "2"], monkeypatch, language="nb")
    assert (status, found["path"], keyboard.asked) == (0, None, 3)
    assert "Det er ikke din skyld" in shown
    assert shown.count("116 111") >= 2
    assert "skjermbilde" not in shown
    assert list(home().iterdir()) == []


def test_under_18_and_alone_may_write_down_a_user_name(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, shown, _ = sit(["2", "1", "1", "1", "1", "", "1", "@lina.example", "", ""], monkeypatch)
    assert stated(Path(found["path"])) == [("contact", None)]
    assert log(Path(found["path"]))[0]["data"]["settings"]["minor"] == "yes"
    assert "Drag the files" not in shown


def test_who_helps_a_child_is_asked_for_accounts_and_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, shown, _ = sit(["2", "2", "1", "1", "1", "", *[""] * 40], monkeypatch, language="nb")
    assert "Ikke spør ut barnet." in shown
    assert "Ring politiet: 02800" in shown, "the numbers are those the help lines at the beginning showed"
    for never in ("Dra filene", "lime inn", "med egne ord, så mye"):
        assert never not in shown
    settings = log(Path(found["path"]))[0]["data"]["settings"]
    assert (settings["role"], settings["minor"]) == ("guardian", "yes")


def test_a_computer_others_use_is_left_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, shown, _ = sit(["1", "3", "1", "1", "", "pause"], monkeypatch)
    assert "casefile lock --setup" in shown
    assert "Close the window" in shown, "this screen cannot be emptied: that is said"
    assert Path(found["path"]).name == "archive"
    assert Path(found["path"]).stat().st_mode & 0o077 == 0


def test_dont_know_is_an_answer_and_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, _, _ = sit([*OPENING, "don't know", "vet ikke", "?", "", "", "?", "", "", "", "", "?", "pause"], monkeypatch)
    notes = [record["data"]["text"] for record in log(Path(found["path"])) if record["type"] == "note"]
    assert notes[0] == "Is it going on now? Don't know."
    assert len(notes) == 4


def test_a_chat_pasted_at_the_wrong_place_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, shown, _ = sit([*OPENING, "13.03.2026, 21:05 - Lina: hei\n1\n2\n1", "pause"], monkeypatch)
    assert "Those were several lines" in shown
    assert stated(Path(found["path"])) == []


def test_a_sum_that_is_no_number_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    at = STORY.index("20000")
    _, _, shown, _ = sit([*STORY[:at], "twenty thousand", "20.000", "20000", "pause"], monkeypatch)
    assert shown.count("Please write the sum in digits") == 2


@pytest.mark.parametrize("arguments", [("start",), ("start", "--no-input"), ("start", "--from-paper"), ("start", "--json")])
def test_without_a_terminal_nothing_is_asked(casefile, arguments: tuple[str, ...]) -> None:
    ran = casefile(*arguments, status=2)
    assert "casefile new" in ran.err
    assert ran.out == ""


def test_the_questions_can_be_listed(called) -> None:
    status, out, _ = called("start", "--dry-run")
    assert status == 0
    assert len(out.splitlines()) == len(QUESTIONS)
