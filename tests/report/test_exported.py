"""What exports say besides messages, on paper: whose it is before what it is, bounded, quoted, and the owner's own hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from sextortion_cli import casework
from sextortion_cli.model.casefile import CaseFile
from sextortion_cli.model.session import Session
from sextortion_cli.report.exported import Exported
from sextortion_cli.report.masking import Mask
from sextortion_cli.report.pen import Pen
from sextortion_cli.reporting import write_report
from sextortion_cli.words import translator

CASES = Path(__file__).resolve().parent.parent / "importers" / "cases"
NOT_THEIRS = "not of the people written with. Whose account it is, the file does not prove."
NO_PERSON = "An address may belong to somebody who is not involved, to a VPN or to a relay."


def fact(kind: str, of: str = "unknown", exhibit: str = "A-001", importer: str = "telegram-json", **values: str) -> dict[str, Any]:
    place = {"sha256": "0" * 64, "member": None, "bytes": [0, 9], "rows": None, "line": None, "pointer": None, "row": None}
    return {
        "exhibit": exhibit, "importer": importer, "service": None, "kind": kind, "of": of, "values": values, "overlay": False,
        "locator": place, "masked": False, "status": "provider-export",
    }  # fmt: skip


def shown(facts: list[dict[str, Any]] | Iterator[dict[str, Any]], language: str = "en") -> str:
    return "".join(Exported({"facts": lambda: iter(facts)}, Pen(translator(language))).facts())


def part(text: str, heading: str) -> str:
    """Return what stands below a heading of the third level."""
    return text.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]


def test_the_owners_own_stands_apart_and_candidates_name_no_person() -> None:
    text = shown(
        [
            fact(
                "peer-candidate", importer="pcap", tier="B", address="203.0.113.77", port="41000", reason_1="the person stated the address"
            ),
            fact("login", "account-owner", ip="192.0.2.55"),
            fact("contact", "contact", name="Lina"),
            fact("mail-hop", raw="from x"),
        ]
    )
    own = part(text, "Addresses and devices of the account's own owner")
    assert NOT_THEIRS in own
    assert "`192.0.2.55`" in own
    assert text.count("192.0.2.55") == 1
    assert "203.0.113.77" not in own
    peers = part(text, "Candidates for the other end of a call, from network captures")
    assert NO_PERSON in peers
    assert "tier `B`; `address`: `203.0.113.77`" in peers
    assert "`Lina`" in part(text, "Other accounts the exports name")
    assert "step of a mail's way (`mail-hop`): 1" in part(text, "Not said whose")


def test_in_norwegian_only_the_programs_own_words_are_translated() -> None:
    text = shown(
        [
            fact("login", "account-owner", means="the person stated the address"),
            fact("peer-candidate", importer="pcap", tier="A", reason_1="the person stated the address"),
        ],
        "nb",
    )
    assert "ikke til dem det er skrevet med." in text
    assert "Den er ikke en person." in text
    assert "`means`: `the person stated the address`" in text
    assert "`reason_1`: `the person stated the address`" not in text


def test_a_hundred_thousand_contacts_are_a_few_lines_a_number_and_where_the_rest_stands() -> None:
    text = shown(fact("contact", "contact", name=f"Venn {number}") for number in range(100_000))
    assert len(text.splitlines()) < 30
    assert "- A-001: contact (`contact`): 100000\n" in text
    assert "not shown here: 99990 of 100000" in text
    assert "`casefile facts A-001 --kind contact`" in text


def test_many_exhibits_values_and_long_texts_are_bounded_too() -> None:
    many = {str(number): "x" * 5000 for number in range(500)}
    text = shown(fact("session", "account-owner", f"A-{number:05}", **many) for number in range(300))
    assert len(text) < 1_000_000
    assert "not shown here: 240 of 300" in text
    assert "further values in the JSON case file: 470" in text
    structure = shown(fact("mail-part", exhibit=f"A-{number:05}") for number in range(5000))
    assert "- part of a mail (`mail-part`): 5000\n" in structure
    assert "not shown here" not in structure


def test_nothing_of_evidence_is_markup() -> None:
    hostile = "`x`\n## Most important first\n<b> [a](https://evil.example) \u202e\x1b[2J"
    tokens = MarkdownIt("commonmark", {"html": True}).parse(shown([fact(hostile, "contact", **{hostile: hostile})]))
    inner = [child for token in tokens for child in token.children or ()]
    assert not {token.type for token in [*tokens, *inner]} & {"html_block", "html_inline", "link_open", "code_block", "fence"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h3"]
    assert not any("\u202e" in token.content or "\x1b" in token.content for token in inner)


def test_no_facts_no_section() -> None:
    assert shown([]) == ""


@pytest.mark.parametrize(
    ("kind", "value", "hidden"),
    [
        ("profile", "Ola Eksempel", "Ol••••••••"),
        ("last-known-location", "59.9", "59•••"),
        ("login", "192.0.2.55", "192.0.2.55"),
        ("device", "Example Phone 8", "Example Phone 8"),
        ("login", "2026-03-12T20:00:00+01:00", "2026-03-12T20:00:00+01:00"),
        ("activity", "til ola@example.org og +47 999 00 003.", "til ol•••••••• og +4••••••••."),
        ("memory", "Latitude, Longitude: 59.91, 10.75", "Latitude, Longitude: 59••••••••"),
    ],
)
def test_what_says_who_the_owner_is_is_hidden_without_any_contact_of_the_case(kind: str, value: str, hidden: str) -> None:
    found = Mask([], on=True).fact(fact(kind, "account-owner", x=value))
    assert found["values"] == {"x": hidden}
    assert found["masked"] is (value != hidden)
    assert Mask([], on=False).fact(fact(kind, "account-owner", x=value))["values"] == {"x": value}
    assert Mask([], on=True).fact(fact(kind, "contact", x=value))["values"] == {"x": value}


def test_the_victims_values_are_hidden_in_whatever_fact_they_stand() -> None:
    own = {"side": "victim", "handle": "@olanord", "history": [{"side": "victim", "handle": "@olanord"}]}
    found = Mask([own], on=True).fact(fact("participant", name="OlaNord"))
    assert (found["values"], found["masked"]) == ({"name": "Ol•••••"}, True)


def test_a_whole_case_file_follows_its_schema_and_leaves_out_what_was_withdrawn(casefile, case: Path) -> None:
    casefile(
        "import", "--case", case, CASES / "pcap" / "direct_call.pcap", CASES / "telegram_json" / "full_export.json", "--shows",
        "nothing-intimate", status=None,
    )  # fmt: skip
    found = json.loads(report(case, "json"))
    CaseFile.model_validate(found)
    assert found["schema_version"] == "1.3"
    assert {entry["exhibit"] for entry in found["facts"]} == {"A-001", "A-002"}
    assert "999 00 003" not in report(case, "json")
    assert "999 00 003" in report(case, "json", unmask=True)
    text = report(case)
    assert text.index("## Messages") < text.index("## What exports say besides messages") < text.index("## Exhibits")
    assert NOT_THEIRS in text
    assert NO_PERSON in text
    casework.withdraw(case, Session(), "A-001", "feil fil")
    assert {entry["exhibit"] for entry in json.loads(report(case, "json"))["facts"]} == {"A-002"}


def report(case: Path, form: str = "markdown", *, unmask: bool = False) -> str:
    parts: list[str] = []
    write_report(case, Session(), form, None, language="en", force=False, unmask=unmask, write=parts.append)
    return "".join(parts)
