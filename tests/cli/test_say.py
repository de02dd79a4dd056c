"""`say`: sentences from the case, blanks that stay visible, nothing added up, nothing a terminal acts on, no content named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sextortion_cli.saying import AUDIENCES, BLANK, sentences
from sextortion_cli.words import LANGUAGES

from .conftest import Called

HOSTILE = "\x1b]52;c;aGVp\x07\u202elina\nhttps://evil.test/x"
#: What a text to friends never says: what it is about is theirs to tell.
CONTENT = re.compile(r"naken|nude|sexu|seksu|intim|porn|kropp|body|film|video|bilder av|pictures of", re.IGNORECASE)


@pytest.fixture
def paid(called: Called, tmp_path: Path) -> Path:
    """Return a case with two payments in two currencies, a demand, a deadline and something deleted."""
    case = tmp_path / "case"
    for command in (
        ("new", case, "--minor", "no", "--timezone", "Europe/Oslo"),
        ("contact", "add", "--service", "Instagram", "--handle", "lina99"),
        ("contact", "add", "--side", "victim", "--name", "Kari Nordmann", "--phone", "+47 400 00 000"),
        ("event", "add", "demand", "--amount", "20000", "--currency", "NOK", "--deadline", "2026-03-13 00:00", "--destination", "https://evil.test/p"),
        ("event", "add", "payment", "--when", "2026-03-12 21:05", "--amount", "500", "--currency", "EUR", "--method", "bank",
         "--destination", "4111 1111 1111 1111", "--reference", "40000000"),
        ("event", "add", "payment", "--amount", "300", "--currency", "NOK"),
        ("event", "add", "deleted", "--service", "Skype", "--when", "2026-03-12"),
    ):  # fmt: skip
        assert called(*command, *(() if command[0] == "new" else ("--case", case)))[0] == 0
    return case


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_without_a_case_everything_can_be_said_with_blanks(
    called: Called, audience: str, language: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, shown, talk = called("say", audience, "--language", language)
    assert status == 0
    assert shown.splitlines() == sentences(audience, language)
    assert (BLANK in shown) == (audience in ("police", "bank"))
    assert BLANK in talk
    assert "{" not in shown
    for sentence in re.split(r"(?<=[.?!])\s", shown):
        assert len(sentence.split()) <= 16, sentence


def test_the_bank_gets_one_line_for_each_payment_and_nothing_is_added_up(called: Called, paid: Path) -> None:
    shown = called("say", "bank", "--case", paid)[1]
    lines = [line for line in shown.splitlines() if line.startswith("Paid:")]
    assert lines[0].startswith("Paid: 500 EUR. Time: 2026-03-12 21:05. Way: bank.")
    assert lines[1] == "Paid: 300 NOK. Time: __. Way: __. To: __. Reference: __."
    assert "800" not in shown
    assert "comes back" not in shown  # what nobody can promise is not put into the person's mouth


def test_cards_and_the_persons_own_values_are_hidden(called: Called, paid: Path) -> None:
    for audience in AUDIENCES:
        shown = called("say", audience, "--case", paid)[1]
        assert "4111" not in shown
        assert "4000 00" not in shown
        assert "40000000" not in shown
        assert "Nordmann" not in shown


def test_the_police_hear_what_was_deleted_paid_and_who_is_under_18_and_the_fingerprint(called: Called, paid: Path) -> None:
    found = json.loads(called("say", "police", "--json", "--case", paid)[1])
    assert found["audience"] == "police"
    shown = "\n".join(found["sentences"])
    fingerprint = json.loads(called("verify", "--json", "--case", paid)[1])["fingerprint"]
    for part in ("The deadline is 2026-03-13 00:00.", "lina99 (Instagram)", "20000 NOK", "Something was deleted: Skype, 2026-03-12.",
                 "Nobody in the pictures is under 18.", fingerprint, "hxxps://evil[.]test/p"):  # fmt: skip
        assert part in shown
    assert "https://" not in shown


def test_what_nobody_stated_is_not_claimed(called: Called, tmp_path: Path) -> None:
    called("new", tmp_path / "case")
    shown = called("say", "police", "--case", tmp_path / "case")[1]
    assert "I have noted nothing as deleted." in shown  # not: I have deleted nothing
    assert "I have noted no payment." in shown
    assert "I don't know." in shown
    assert "on one page" not in shown


def test_who_broke_contact_does_not_say_that_it_is_going_on(called: Called, paid: Path) -> None:
    called("event", "add", "blocked", "--when", "2026-03-12 22:00", "--case", paid)
    shown = called("say", "police", "--case", paid)[1]
    assert "going on" in shown  # an event without a time may be later: nothing is concluded from it
    case = paid.parent / "other"
    called("new", case, "--minor", "no")
    called("event", "add", "threat", "--when", "2026-03-12 21:00", "--case", case)
    called("event", "add", "blocked", "--when", "2026-03-12 22:00", "--case", case)
    assert "I have broken contact. The deadline they gave is __." in called("say", "police", "--case", case)[1]


def test_someone_under_18_is_said_at_once(called: Called, tmp_path: Path) -> None:
    called("new", tmp_path / "case", "--minor", "yes")
    assert called("say", "police", "--case", tmp_path / "case")[1].splitlines()[1] == "Someone in the pictures is under 18."


@pytest.mark.parametrize("language", LANGUAGES)
def test_friends_are_never_told_what_it_is(called: Called, paid: Path, language: str) -> None:
    shown = called("say", "friends", "--case", paid, "--language", language)[1]
    assert not CONTENT.search(shown)
    assert "lina99 (Instagram)" in shown


def test_what_others_wrote_acts_on_nothing(called: Called, tmp_path: Path) -> None:
    case = tmp_path / "case"
    called("new", case, "--minor", "no")
    called("contact", "add", "--handle", HOSTILE, "--service", "\u202eSkype\x9b31m", "--case", case)
    called("event", "add", "payment", "--reference", HOSTILE + "9" * 300, "--case", case)
    for arguments in (("say", "police"), ("say", "friends"), ("say", "bank", "--json"), ("say", "bank", "--output", tmp_path / "say.txt")):
        status, shown, _talk = called(*arguments, "--case", case)
        assert status == 0
        shown += (tmp_path / "say.txt").read_text(encoding="utf-8") if (tmp_path / "say.txt").exists() else ""
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
        assert "https://" not in shown
        assert max(map(len, shown.splitlines())) < 1500


def test_a_file_is_written_beside_the_case_and_never_over_another(called: Called, paid: Path, tmp_path: Path) -> None:
    target = tmp_path / "bank.txt"
    assert "Would write" in called("say", "bank", "--case", paid, "--output", target, "-n")[1]
    assert not target.exists()
    assert called("say", "bank", "--case", paid, "--output", target)[0] == 0
    assert target.read_text(encoding="utf-8").splitlines()[0] == "I have paid someone who is pressing me."
    assert called("say", "bank", "--case", paid, "--output", target)[0] == 15
    assert called("say", "bank", "--case", paid, "--output", target, "--force")[0] == 0
    assert called("say", "bank", "--case", paid, "--output", paid / "bank.txt")[0] == 2
    assert called("verify", "--case", paid)[0] == 0


def test_an_unknown_audience_and_a_case_that_is_not_there_are_said(called: Called, tmp_path: Path) -> None:
    assert called("say", "press")[0] == 2
    assert called("say")[0] == 2
    assert called("say", "bank", "--case", tmp_path / "nowhere")[0] == 10
