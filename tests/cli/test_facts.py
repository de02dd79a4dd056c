"""`facts`: what exports say besides messages, whose it is, and that nothing of it can act on a screen."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.cli.factlines import LONGEST, MOST, fact_lines
from sextortion_cli.exportfacts import FactFilter, facts
from sextortion_cli.model.session import Session
from sextortion_cli.store.case import open_case

PCAP = Path(__file__).resolve().parent.parent / "importers" / "cases" / "pcap" / "direct_call.pcap"
HOSTILE = "\u202emoc.live\u202c \x1b]52;c;AAAA\x07\n2"


def telegram(contacts: int = 2) -> str:
    """Return a full export of an invented account."""
    people = [{"user_id": 900000100 + number, "first_name": f"Venn {number}", "phone_number": ""} for number in range(contacts)]
    session = {"last_active": "2026-03-09T00:00:00", "last_ip": "192.0.2.7", "device_model": HOSTILE, "application_name": "x" * 5000}
    profile = {"user_id": 900000001, "first_name": "Ola", "last_name": "Eksempel", "phone_number": "+47 999 00 003", "bio": ""}
    chat = {
        "name": "Lina", "type": "personal_chat", "id": 900000002,
        "messages": [{"id": 1, "type": "message", "date": "2026-03-12T21:05:00", "date_unixtime": "1773345900", "from": "Lina",
                      "from_id": "user900000002", "text": 'han skrev "t":"fact" her', "text_entities": []}],
    }  # fmt: skip
    return json.dumps(
        {
            "about": "",
            "personal_information": profile,
            "contacts": {"about": "", "list": people},
            "sessions": {"about": "", "list": [session]},
            "chats": {"about": "", "list": [chat]},
        }
    )


@pytest.fixture
def filled(casefile, once, tmp_path: Path) -> Path:
    case = tmp_path / "case"

    def make() -> None:
        casefile("new", case, "--minor", "no", "--timezone", "Europe/Oslo", "--role", "victim")
        casefile("import", "--case", case, tmp_path / "result.json", PCAP, "--shows", "nothing-intimate", status=None)

    (tmp_path / "result.json").write_text(telegram(), encoding="utf-8")
    return once("facts", case, make)


def test_every_fact_is_listed_with_its_place_and_whose_it_is(casefile, filled: Path) -> None:
    found = casefile("facts", "--case", filled, "--jsonl").lines
    assert found == casefile("facts", "--case", filled, "--json").json["facts"]
    session = next(fact for fact in found if fact["kind"] == "session")
    assert (session["exhibit"], session["importer"], session["of"]) == ("A-001", "telegram-json", "account-owner")
    assert session["locator"]["pointer"] == "/sessions/list/0"
    assert session["values"]["last_ip"] == "192.0.2.7"
    stated = {
        item["exhibit"]: item["units"]["facts"] for item in casefile("items", "--case", filled, "--json").json["items"] if item["units"]
    }
    assert {key: sum(fact["exhibit"] == key for fact in found) for key in stated} == stated


def test_it_can_be_narrowed(casefile, filled: Path) -> None:
    assert {fact["kind"] for fact in casefile("facts", "--case", filled, "--kind", "contact", "--jsonl").lines} == {"contact"}
    assert {fact["of"] for fact in casefile("facts", "--case", filled, "--of", "account-owner", "--jsonl").lines} == {"account-owner"}
    assert {fact["exhibit"] for fact in casefile("facts", "A-002", "--case", filled, "--jsonl").lines} == {"A-002"}
    assert casefile("facts", "--case", filled, "--kind", "nothing-like-it").out == ""
    assert "account-owner, contact, unknown" in casefile("facts", "--of", "mine", "--case", filled, status=2).err
    casefile("facts", "A-099", "--case", filled, status=2)


def test_an_altered_reading_is_said_and_shows_no_text(casefile, filled: Path) -> None:
    altered = next(path for path in sorted((filled / "readings").iterdir()) if b"last_ip" in gzip.decompress(path.read_bytes()))
    altered.chmod(0o644)
    altered.write_bytes(altered.read_bytes()[:-20])
    said = casefile("facts", "--case", filled, status=4).err
    assert altered.name in said
    assert "192.0.2.7" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("language", "own", "tier"),
    [("en", "the exported account's own owner", "candidate for"), ("nb", "eieren av den eksporterte kontoen", "mulig motpart")],
)
def test_people_read_whose_it_is_and_nothing_acts_on_their_screen(casefile, filled: Path, language: str, own: str, tier: str) -> None:
    out = casefile("--language", language, "facts", "--case", filled).out
    heads = [line for line in out.splitlines() if not line.startswith("    ")]
    owned = casefile("facts", "--case", filled, "--of", "account-owner", "--jsonl").lines
    assert owned
    assert sum(own in line for line in heads) == len(owned)
    assert tier in out
    assert "    last_ip: 192.0.2.7\n" in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\x1b]52;c;AAAA\\x07\\x0a2" in out
    assert "x" * LONGEST + "… (5000 " in out
    assert "x" * (LONGEST + 1) not in out


def test_only_the_programs_own_sentences_are_translated(casefile, filled: Path, tmp_path: Path) -> None:
    out = casefile("--language", "nb", "facts", "--case", filled, "--kind", "peer-candidate").out
    assert "STUN-prøver gikk begge veier" in out
    assert fact_lines({**_FACT, "values": {"means": "yes"}})[1] == "    means: yes"


def test_a_fact_of_very_many_values_is_cut() -> None:
    lines = fact_lines({**_FACT, "values": {str(number): "1" for number in range(MOST + 5)}})
    assert len(lines) == MOST + 2
    assert "5 more values" in lines[-1]


def test_search_finds_words_in_them(casefile, filled: Path) -> None:
    found = casefile("search", "192.0.2.7", "--case", filled, "--jsonl").lines
    assert [(entry["what"], entry["kind"]) for entry in found] == [("fact", "session")]
    assert "the exported account's own owner" in casefile("search", "192.0.2.7", "--case", filled).out
    assert [entry["what"] for entry in casefile("search", "VENN", "--case", filled, "--jsonl").lines] == ["fact", "fact"]
    casework.withdraw(filled, Session(), "A-001", "feil fil")
    assert casefile("search", "192.0.2.7", "--case", filled, "--jsonl").lines == []


def test_what_was_withdrawn_is_not_listed(filled: Path) -> None:
    casework.withdraw(filled, Session(), "A-001", "feil fil")
    assert {fact["exhibit"] for fact in facts(open_case(filled), FactFilter())} == {"A-002"}


_FACT = {
    "exhibit": "A-001", "importer": "tinder-json", "service": "Tinder", "kind": "usage", "of": "account-owner", "overlay": False,
    "locator": {"sha256": "", "member": None, "bytes": [0, 9], "rows": None, "line": None, "pointer": None, "row": None},
}  # fmt: skip
