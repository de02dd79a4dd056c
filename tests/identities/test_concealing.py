"""Nothing shows the victim's own values or a card unless asked for: lists on the screen, and both forms of the case file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CARD = "4111 1111 1111 1111"
CHAT = f"""\
04.08.2018, 21:00 - Lina: hei
04.08.2018, 21:01 - Ola Nord: nummeret er 912 34 567, se http://bilder.example.org/a
04.08.2018, 21:02 - Lina: jeg har 912 34 567. Betal 500 USD med kortet {CARD} ellers sender jeg videoen til Ola@example.org og vennene dine
04.08.2018, 21:03 - Lina: eller til bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4
"""
OWN = ("91234567", "912 34 567", "ola@example.org", "ola_nord", "ola nord", "4111 1111", "41111111")
SHOWN = (
    ("identifiers", "--json"), ("identifiers", "--jsonl", "--min-confidence", "0"), ("identifiers",), ("links", "--json"), ("links",),
    ("missing", "--all", "--json"), ("missing", "--preservation"), ("demand", "suggest", "--all", "--jsonl"), ("demand", "suggest"),
    ("pressure", "--json"), ("signs", "--json"), ("signs",), ("report", "--format", "json"), ("report", "--format", "markdown"),
)  # fmt: skip


@pytest.fixture
def told(casefile, case: Path, tmp_path: Path) -> Path:
    (tmp_path / "WhatsApp-chat med Lina.txt").write_text(CHAT, encoding="utf-8")
    for more in (("WhatsApp", "--name", "Ola Nord", "--phone", "+47 912 34 567"), ("Telegram", "--handle", "ola_nord", "--phone", "+4791234567")):  # fmt: skip
        casefile("contact", "add", "--case", case, "--side", "victim", "--email", "ola@example.org", "--service", *more)
    casefile("contact", "add", "--case", case, "--side", "extorter", "--service", "WhatsApp", "--name", "Lina")
    casefile("import", "--case", case, tmp_path / "WhatsApp-chat med Lina.txt", "--shows", "nothing-intimate")
    return case


def shown(casefile, case: Path, *command: str) -> str:
    ran = casefile(*command, "--case", case)
    return ran.out.casefold()


def test_no_command_shows_what_is_the_victims_own_or_a_card(casefile, told: Path) -> None:
    for entry in casefile("demand", "suggest", "--case", told, "--json").json["suggestions"]:
        casefile("demand", "confirm", entry["suggestion"], "--case", told)
    casefile("event", "add", "payment", "--case", told, "--text", f"kortet mitt er {CARD}")
    casefile("owner", "--case", told, "4111111111111111", "--side", "victim", "--why", f"kortet mitt {CARD}")
    for command in SHOWN:
        text = shown(casefile, told, *command)
        assert [(command, value) for value in OWN if value in text] == []


def test_asked_for_it_is_shown_and_that_is_logged(casefile, told: Path) -> None:
    for command in (("links", "--json"), ("demand", "suggest", "--json"), ("signs", "--json"), ("identifiers", "--json")):
        before = len((told / "log.jsonl").read_bytes().splitlines())
        text = shown(casefile, told, *command, "--unmask")
        assert "+4791234567" in text or CARD in text, command
        lines = (told / "log.jsonl").read_bytes().splitlines()
        assert [json.loads(line)["type"] for line in lines[before:]] == ["viewed"], command


def test_what_the_person_says_is_their_own_is_hidden_in_messages_too(casefile, told: Path) -> None:
    wallet = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    assert wallet in shown(casefile, told, "report", "--format", "markdown")
    casefile("owner", "--case", told, wallet, "--side", "victim")
    for form in ("markdown", "json"):
        assert wallet not in shown(casefile, told, "report", "--format", form)
    assert wallet not in shown(casefile, told, "demand", "suggest", "--all", "--json")


def test_a_sender_on_the_victims_side_is_hidden_also_where_the_value_is_not(casefile, told: Path) -> None:
    (address,) = casefile("identifiers", "--case", told, "--kind", "url", "--json").json["identifiers"]
    assert address["masked"] is False
    assert address["value"] == "http://bilder.example.org/a"
    assert address["occurrences"][0]["sender"]["name"].startswith("Ol•")


def test_four_digits_of_a_card_are_no_sum(casefile, told: Path) -> None:
    found = casefile("demand", "suggest", "--case", told, "--all", "--json").json["suggestions"]
    assert {entry["amount"] for entry in found if entry["kind"] == "demand"} == {"500"}
