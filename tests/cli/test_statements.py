"""What people state on the command line: amounts, times, both sides' accounts, devices; what is not taken, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sextortion_cli.model.amount import exact
from sextortion_cli.model.event import EVENT_KINDS
from sextortion_cli.model.eventwords import EVENT
from sextortion_cli.model.refusal import Refused
from sextortion_cli.model.secret import holds_secret


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20000", "20000"), ("20 000", "20000"), ("20\u202f000,50", "20000.50"), ("20.000,50", "20000.50"), ("20,000.50", "20000.50"),
        ("1.234.567", "1234567"), ("1'234'567.5", "1234567.5"), ("0.125", "0.125"), ("0,125", "0.125"), ("49,90", "49.90"),
        ("20 000,-", "20000"), ("007", "7"), ("0.00", "0.00"), ("٢٠٠٠٠", "20000"), ("1234.567", "1234.567"),
        ("0.10000000000000000001", "0.10000000000000000001"),
    ],
)  # fmt: skip
def test_amounts_are_the_decimals_people_mean(written: str, meant: str) -> None:
    assert exact(written) == meant


@pytest.mark.parametrize("written", ["20.000", "20,000", "1.250", "999,999"])
def test_an_amount_that_can_be_two_is_never_guessed(written: str) -> None:
    """Read one way it is a thousand times the other."""
    with pytest.raises(Refused, match="two ways"):
        exact(written)


@pytest.mark.parametrize(
    "written", ["", " ", "1e3", "-5", "+5", "NaN", "Infinity", "kr 20", "1 2 3", "1_000", ".5", "5.", "9" * 101, "1.000.00"]
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(Refused, match="--currency"):
        exact(written)


@pytest.mark.parametrize(
    "text",
    [
        "PIN 1234",
        "pin: 1234",
        "passordet er hemmelig",
        "kode 2580",
        "PIN for telefonen er 1234",
        "1234 er PIN-koden",
        "passcode=1",
        "Pinkode 0000",
    ],
)
def test_a_pin_or_password_is_noticed(text: str) -> None:
    assert holds_secret(text)


@pytest.mark.parametrize(
    "text",
    ["PIN finnes, eieren kjenner den", "Ingen PIN-kode", "landkode 47", "model code A1", "+47 40 00 00 00", "passord byttet etterpå"],
)
def test_that_there_is_one_may_be_said(text: str) -> None:
    assert not holds_secret(text)


@pytest.mark.parametrize(
    "option", ["--make", "--model", "--system", "--app", "--account", "--disappearing", "--changed", "--where", "--note"]
)
def test_no_field_of_a_device_takes_a_pin(called, standing: Path, option: str) -> None:
    before = (standing / "log.jsonl").read_bytes()
    status, out, err = called("device", "add", option, "PIN: 4711", "--case", standing, "--json")
    assert (status, out) == (2, "")
    assert "PIN" in json.loads(err)["error"]["message"]
    assert "4711" not in err
    assert (standing / "log.jsonl").read_bytes() == before


def test_every_kind_of_event_is_taken_and_explained_in_both_languages(casefile, case: Path) -> None:
    assert tuple(EVENT) == EVENT_KINDS
    for language in ("nb", "en"):
        shown = " ".join(casefile("event", "add", "--help", "--language", language).out.replace("-\n", "-").split()).replace("- ", "-")
        assert all(kind in shown for kind in EVENT_KINDS), language


def test_a_history_grows_and_ends_when_it_is_taken_back(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--id", "1", "--handle", "@a", "--name", "A", "--url", "https://example.org/a")
    casefile("contact", "add", "--case", case, "--contact", " c-001", "--handle", "@b", "--name", "")
    shown = casefile("contact", "show", "c-001", "--case", case, "--json").json
    assert [(step["handle"], step["display_name"]) for step in shown["history"]] == [("@a", "A"), ("@b", "A")]
    assert (shown["stable_id"], shown["profile_url"], shown["withdrawn"]) == ("1", "https://example.org/a", False)
    event = casefile("event", "add", "blocked", "--contact", "c-001", "--case", case, "--json").json
    assert event["contact"] == "C-001"
    casefile("withdraw", "c-001", "--case", case)
    assert casefile("contact", "show", "C-001", "--case", case, "--json").json["withdrawn"] is True
    casefile("contact", "add", "--case", case, "--contact", "C-001", "--name", "B", status=2)


def test_something_that_says_nothing_is_not_logged(casefile, case: Path) -> None:
    for command in (("contact", "add", "--side", "victim"), ("contact", "add", "--name", " "), ("device", "add")):
        casefile(*command, "--case", case, status=2)


def test_a_time_nobody_can_place_is_kept_and_said(casefile, case: Path) -> None:
    ran = casefile("event", "add", "threat", "--when", "i fjor sommer", "--case", case, "--json")
    assert ran.json["when"]["as_written"] == "i fjor sommer"
    assert "kept as you wrote it" in ran.err
    assert casefile("event", "add", "threat", "--when", "", "--case", case, "--json").json["when"] is None
    assert "kept as" not in casefile("event", "add", "threat", "--when", "12. mars 2026 kl. 21:05", "--case", case).err


def test_lists_speak_the_language_of_the_screen(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--name", "Lina", "--first-seen", "2026-03-01")
    casefile("device", "add", "--case", case, "--make", "Eksempel", "--app", "A", "--app", "B", "--examine", "ask")
    casefile("event", "add", "demand", "--case", case, "--amount", "20000", "--currency", "kr", "--deadline", "2026-03-02")
    listed = "".join(casefile(kind, "list", "--case", case, "--language", "nb").out for kind in ("contact", "device", "event"))
    assert "navn som vises: Lina" in listed
    assert "først sett: 2026-03-01" in listed
    assert "apper: A, B" in listed
    assert "krav (demand)  20000 KR, frist 2026-03-02" in listed
    assert "display" not in listed
