"""`guide` as a person meets it: the same words as last time, narrow, in both languages; ticked by the case; asked only where one can answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sextortion_cli.cli.fit import fit
from sextortion_cli.cli.ui import Ui
from sextortion_cli.guide.topics import topics

from .terminal import run

TOPICS = [topic.id for topic in topics("en")]
GOLDEN = Path(__file__).parent / "guides"
WRITE = os.environ.get("CASEFILE_WRITE_GOLDEN") == "1"
ALSO = {"capture-snapchat": ("capture", "Snapchat"), "paid-western-union": ("paid", "Western Union"), "data-discord": ("data", "Discord"), "deleted-instagram": ("deleted", "Instagram")}  # fmt: skip


@pytest.fixture
def case(called, tmp_path: Path) -> Path:
    assert called("new", tmp_path / "case", "--minor", "no", "--timezone", "Europe/Oslo")[0] == 0
    return tmp_path / "case"


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", [*TOPICS, *ALSO])
def test_a_guide_says_what_was_read_and_approved(called, name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files beside this one were read by a person in both languages; `CASEFILE_WRITE_GOLDEN=1` writes those that are missing."""
    monkeypatch.chdir(tmp_path)
    status, out, err = called("guide", *ALSO.get(name, (name,)), "--country", "NO", "--language", language)
    assert status == 0, err
    lines = [part for line in out.splitlines() for part in fit(line, 60)]
    assert max(map(len, lines)) <= 60, max(lines, key=len)
    golden = GOLDEN / f"{name}.{language}.txt"
    if WRITE and not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == "\n".join(lines) + "\n"


def test_the_json_of_a_guide_has_every_fact_with_its_source(called, case: Path) -> None:
    status, out, _err = called("guide", "capture", "Snapchat", "--case", case, "--json")
    found = json.loads(out)
    assert status == 0
    assert {"topic", "title", "steps", "topics", "facts", "shots", "service", "platform", "log"} <= set(found)
    assert all(set(step) == {"text", "source", "source_date", "source_of", "commands", "more"} for step in found["steps"])
    assert found["facts"][0]["question"] == "screenshot"
    assert all(fact["source"]["date"] and fact["answer"] in ("yes", "no", "partly", "unknown") for fact in found["facts"])
    assert {shot["status"] for shot in found["shots"]} == {"missing", "not-known", "not-applicable"}
    phone = json.loads(called("guide", "phone", "--from", "iphone", "--to", "windows", "--json")[1])
    assert [part["id"] for part in phone["parts"]] == ["iphone", "iphone-windows", "chats"]
    assert {way["via"] for way in phone["ways"]} >= {"cable", "mail", "chat-app"}
    paid = json.loads(called("guide", "paid", "Vipps", "--json")[1])
    assert paid["rail"]["id"] == "vipps"
    data = json.loads(called("guide", "data", "Discord", "--json")[1])
    assert data["ways"][0]["importer"] == "discord-package-json"
    assert data["waiting"]["seen"]


@pytest.mark.slow
def test_the_list_ticks_itself_off_and_by_hand(called, case: Path, tmp_path: Path) -> None:
    def shots() -> dict[str, tuple[str, list[str]]]:
        found = json.loads(called("guide", "capture", "Snapchat", "--case", case, "--json")[1])
        return {shot["id"]: (shot["status"], shot["records"]) for shot in found["shots"]}

    (tmp_path / "profile.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"p" * 40)
    (tmp_path / "other.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"o" * 40)
    (tmp_path / "chat.txt").write_text("13.03.2026, 21:05 - Lina: Hei\n", encoding="utf-8")
    called("contact", "add", "--service", "Snapchat", "--handle", "lina.example", "--case", case)
    called("import", tmp_path / "other.png", "--kind", "profile", "--case", case)
    assert shots()["profile"] == ("partly", ["A-001"])  # nobody said of which service
    (tmp_path / "third.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"t" * 40)
    called("import", tmp_path / "third.png", "--kind", "profile", "--app", "Chatroulette", "--case", case)
    assert shots()["profile"] == ("partly", ["A-001"])  # that one is of another service
    called("import", tmp_path / "profile.png", "--kind", "profile", "--app", "Snapchat 13.1", "--case", case)
    assert shots()["profile"] == ("done", ["A-003"])
    called("import", tmp_path / "chat.txt", "--case", case)
    assert shots()["chat"][0] == "missing"  # a WhatsApp chat is not one of Snapchat
    assert json.loads(called("guide", "capture", "WhatsApp", "--case", case, "--json")[1])["shots"][2]["status"] == "done"
    assert shots()["payment"] == ("not-applicable", [])
    called("event", "add", "payment", "--amount", "500", "--currency", "NOK", "--case", case)
    assert shots()["payment"] == ("missing", ["E-001"])
    assert shots()["top"][0] == "not-known"
    status, out, err = called("guide", "capture", "Snapchat", "--done", "2", "--case", case)
    assert status == 0
    assert "Saved: E-002" in err
    assert "The top of the chat, with the name in view. Done (E-002)." in out
    assert shots()["top"] == ("done", ["E-002"])
    assert json.loads(called("guide", "capture", "Kik", "--case", case, "--json")[1])["shots"][1]["status"] == "not-known"
    called("withdraw", "E-002", "--why", "x", "--case", case)
    assert shots()["top"][0] == "not-known"


@pytest.mark.parametrize(
    "arguments",
    [
        ("now", "Snapchat"), ("capture", "--done", "1"), ("paid", "--from", "iphone"), ("phone", "--from", "nokia"), ("phone", "--to", "amiga"),
        ("capture", "Snapchat", "--done", "99"), ("capture", "Snapchat", "--done", "0"), ("nothing",),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_refused_in_one_sentence(called, case: Path, arguments: tuple[str, ...]) -> None:
    status, out, err = called("guide", *arguments, "--case", case)
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_ticking_needs_a_case_and_reading_needs_none(called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called("guide", "capture", "Snapchat")[0] == 0
    assert called("guide", "capture", "Snapchat", "--done", "1")[0] == 10


def test_a_service_nobody_described_is_called_by_its_own_name(called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _err = called("guide", "capture", "Chatroulette\x1b[31m")
    assert status == 0
    assert "\x1b" not in out
    assert "What is known of Chatroulette" in out
    assert out.count("Unknown.") >= 9


def test_adding_an_account_warns_in_a_line_or_two_and_only_of_the_other_side(called, case: Path) -> None:
    err = called("contact", "add", "--service", "Snapchat", "--handle", "x", "--case", case)[2]
    assert "Before you take a screenshot: Snapchat tells the other side about a screenshot." in err
    assert "Before you block: The chat may disappear" in err
    assert "Before you" not in called("contact", "add", "--service", "Snapchat", "--handle", "y", "--side", "victim", "--case", case)[2]
    assert "Unknown." in called("contact", "add", "--service", "VK", "--handle", "z", "--case", case)[2]
    assert "Before you" not in called("contact", "add", "--service", "Snapchat", "--handle", "q", "--case", case, "--quiet")[2]


# -- on a terminal --------------------------------------------------------------------------------------------------------------------


def events(case: Path) -> list[dict]:
    lines = (case / "log.jsonl").read_bytes().splitlines()
    return [record["data"] for record in map(json.loads, lines) if record["type"] == "event"]


@pytest.mark.slow
def test_the_path_of_a_payment_is_typed_on_a_narrow_terminal(called, case: Path, tmp_path: Path) -> None:
    keys = ["1\n", "2026-03-12 20:00\n", "20.000\n", "20000\n", "NOK\n", "Vipps\n", "\n", "123\n", "ja\n", "2026-03-12 20:30\n", "\n", "\n"]
    status, shown = run(["--case", "case", "guide", "paid"], keys, tmp_path, columns=60)
    assert status == 0, shown
    assert "to måter" in shown  # an amount that can be two is asked for again, and nothing is lost
    first, second = events(case)
    assert (first["kind"], first["amount"], first["currency"], first["method"], first["reference"]) == (
        "payment",
        "20000",
        "NOK",
        "Vipps",
        "123",
    )
    assert first["when"]["utc"] == "2026-03-12T19:00:00Z"
    assert second["kind"] == "bank-told"
    assert max(len(line) for line in shown.splitlines() if "casefile" not in line and "Neste" not in line) <= 60, shown


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that lets somebody sit at the terminal and give these answers; None skips."""

    def sit(*answers: str | None) -> list[str]:
        left, asked = list(answers), []

        def ask(self: Ui, question: str, choices: tuple[str, ...]) -> str | None:
            asked.append(question)
            return left.pop(0)

        monkeypatch.setattr("sextortion_cli.cli.here.may_ask", lambda options: not options.no_input and not options.json)
        monkeypatch.setattr(Ui, "ask", ask)
        return asked

    return sit


def test_each_path_ends_in_the_log(called, case: Path, answering: Callable[..., list[str]]) -> None:
    told = {
        "paid": ("yes", "2026-03-12", "49,90", "EUR", "gift card", None, "0123", "yes", "2026-03-13", None, None),
        "deleted": ("yes", None, "Snapchat", "the chat", "yes", "looked in the bin"),
        "published": ("yes", "2026-03-14", "Instagram", "hxxps://page[.]example/1", "a friend"),
        "removal": ("yes", None, "Instagram", "hxxps://page[.]example/1"),
        "recontact": ("yes", "2026-03-15", "Telegram", "@again"),
        "report": ("yes", "2026-03-16 10:00", "the police", "12345"),
        "scams": ("yes", None, "Telegram", "wanted a fee"),
    }
    for topic, answers in told.items():
        answering(*answers)
        status, _out, err = called("guide", topic, "--case", case)
        assert status == 0
        assert "Saved: E-" in err
        assert err.splitlines()[-1].endswith("missing")
    assert [event["kind"] for event in events(case)] == [
        "payment", "bank-told", "deleted", "recovery-tried", "publication", "taken-down", "recontact", "reported", "other",
    ]  # fmt: skip
    assert events(case)[0]["amount"] == "49.90"


@pytest.mark.parametrize("answers", [("no",), (None,)])
def test_nothing_is_logged_that_was_not_said(
    called, case: Path, answering: Callable[..., list[str]], answers: tuple[str | None, ...]
) -> None:
    answering(*answers)
    assert called("guide", "paid", "--case", case)[0] == 0
    assert events(case) == []


def test_that_it_happened_is_logged_when_every_detail_is_skipped_and_is_not_asked_as_if_for_the_first_time(
    called, case: Path, answering: Callable[..., list[str]]
) -> None:
    answering("yes", *[None] * 6, "no")
    called("guide", "paid", "--case", case)
    assert [(event["kind"], event["amount"], event["when"]) for event in events(case)] == [("payment", None, None)]
    asked = answering("no")
    called("guide", "paid", "--case", case)
    assert asked == ["Logged already: E-001. Log one more?"]


def test_an_answer_that_cannot_be_taken_is_asked_for_again_and_nothing_is_lost(
    called, case: Path, answering: Callable[..., list[str]]
) -> None:
    asked = answering("yes", None, "20.000", "20000", "a lot of money", "NOK", None, None, None, "no")
    err = called("guide", "paid", "--case", case)[2]
    assert "two ways" in err
    assert len(asked) == 10
    assert (events(case)[0]["amount"], events(case)[0]["currency"]) == ("20000", "NOK")


def test_without_a_case_nothing_is_offered(
    called, tmp_path: Path, answering: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answering() == []
    assert called("guide", "paid")[0] == 0


@pytest.mark.parametrize("arguments", [["guide", "paid", "--no-input"], ["guide", "phone", "--no-input"], ["guide", "paid", "--json"]])
def test_with_no_input_nothing_is_asked(called, case: Path, tmp_path: Path, arguments: list[str]) -> None:
    status, shown = run(["--case", "case", *arguments], [], tmp_path, language="en")
    assert status == 0
    assert "Enter to skip" not in shown


def test_the_phone_guide_asks_which_phone_and_which_computer(called, case: Path, tmp_path: Path) -> None:
    status, shown = run(["guide", "phone"], ["1\n", "3\n"], tmp_path, language="en", columns=60)
    assert status == 0, shown
    assert "iPhone to Mac" in shown
    assert "Android" not in shown.partition("From phone to computer")[2].partition("What each way changes")[0].replace(
        "a folder on Android", ""
    )
