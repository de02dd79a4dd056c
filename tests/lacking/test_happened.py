"""What `missing` asks for once something has happened, and how much of what is to be saved of an account is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.lacking import readiness
from sextortion_cli.model.casefile import Requirement as Published
from sextortion_cli.store.case import open_case


def asked(case: Path, language: str = "en") -> dict[str, Any]:
    return {item.id: item for item in readiness.requirements(open_case(case), language, identifiers=())}


def test_where_nothing_happened_nothing_is_asked(casefile, case: Path) -> None:
    assert not [item for item in asked(case).values() if item.group == "event"]


def test_a_payment_asks_when_the_bank_was_told(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("event", "add", "payment", *at, "--amount", "500", "--currency", "NOK")
    found = asked(case)["payment:bank-told"]
    assert (found.status, found.days) == ("missing", 0)
    assert "E-001" in found.title
    assert found.how.endswith("casefile event add bank-told --when TIME --reference NUMBER")
    casefile("event", "add", "bank-told", *at)
    assert asked(case)["payment:bank-told"].status == "partly"
    casefile("event", "add", "bank-told", *at, "--when", "2026-03-12 20:00")
    assert asked(case)["payment:bank-told"].status == "done"
    casefile("withdraw", "E-003", "--why", "x", *at)
    casefile("withdraw", "E-002", "--why", "x", *at)
    assert asked(case)["payment:bank-told"].status == "missing"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ((), "missing"), (("--text", "in a group"), "missing"), (("--destination", "hxxps://page[.]example/1"), "done"),
        (("--text", "https://page.example/1"), "done"), (("--text", "page[.]example"), "done"),
    ],
)  # fmt: skip
def test_a_publication_asks_for_its_address_before_its_removal(casefile, case: Path, more: tuple[str, ...], status: str) -> None:
    casefile("event", "add", "publication", "--case", case, *more)
    found = asked(case)
    assert found["E-001:address"].status == status
    assert found["E-001:address"].how.endswith("guide published" if status == "missing" else "guide removal")
    assert found["publication:taken-down"].status == "not-known"
    assert found["E-001:address"].weight > found["publication:taken-down"].weight
    casefile("event", "add", "taken-down", "--case", case)
    assert asked(case)["publication:taken-down"].status == "done"


def test_a_deletion_asks_what_was_tried_and_new_contact_which_account(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("event", "add", "deleted", *at, "--text", "the chat")
    casefile("event", "add", "recontact", *at)
    found = asked(case)
    assert found["deleted:tried"].status == "missing"
    assert found["E-002:account"].status == "missing"
    casefile("event", "add", "recovery-tried", *at, "--text", "the bin")
    casefile("contact", "add", *at, "--service", "Kik", "--handle", "again")
    casefile("event", "add", "recontact", *at, "--contact", "C-001")
    found = asked(case)
    assert found["deleted:tried"].status == "done"
    assert found["E-004:account"].status == "done"


def test_every_line_says_why_and_how_in_both_languages_and_has_the_published_shape(casefile, case: Path) -> None:
    at = ("--case", case)
    for kind in ("payment", "publication", "deleted", "recontact"):
        casefile("event", "add", kind, *at)
    casefile("contact", "add", *at, "--service", "Snapchat", "--handle", "x")
    english, norwegian = asked(case), asked(case, "nb")
    assert set(english) == set(norwegian)
    mine = [name for name, item in english.items() if item.group == "event" or name.endswith(":shots")]
    assert len(mine) == 6
    for name in mine:
        Published.model_validate(english[name].as_json())
        for one, other in ((english[name].title, norwegian[name].title), (english[name].why, norwegian[name].why)):
            assert one
            assert one != other
        assert english[name].how.count("casefile ") == norwegian[name].how.count("casefile ") <= 1


def test_what_to_save_of_an_account_is_counted_from_records(casefile, case: Path, tmp_path: Path) -> None:
    at = ("--case", case)
    casefile("contact", "add", *at, "--service", "Snapchat", "--handle", "x")
    found = asked(case)["C-001:shots"]
    assert (found.status, found.how.endswith("casefile guide capture snapchat")) == ("missing", True)
    assert "0 of 8" in found.why
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 20)
    casefile("import", tmp_path / "p.png", *at, "--kind", "profile", "--app", "Snapchat", "--shows", "nothing-intimate", status=None)
    casefile("event", "add", "demand", *at, "--contact", "C-001", "--exhibit", "A-001", "--amount", "5", "--currency", "NOK")
    found = asked(case)["C-001:shots"]
    assert found.status == "partly"
    assert "2 of 8" in found.why
    assert "A-001" in found.why
    for number in (2, 3, 4, 6, 7, 9):
        casefile("guide", "capture", "Snapchat", "--done", str(number), *at)
    assert asked(case)["C-001:shots"].status == "done"


def test_the_next_command_leads_to_the_guide_that_helps(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("event", "add", "reported", *at, "--when", "2026-03-13")
    paid = ("--amount", "5", "--currency", "NOK", "--reference", "1", "--destination", "x", "--when", "2026-03-12", "--method", "bank")
    casefile("event", "add", "payment", *at, *paid)
    assert casefile("missing", *at).err.rstrip().endswith("guide paid")
