"""Accounts that may have one holder: suggested with reasons, confirmed or rejected by a person, never merged."""

from __future__ import annotations

from pathlib import Path

import pytest

CHAT = "12/03/2026, 21:05 - Lina: my snap is @lina_99x write there\n12/03/2026, 21:06 - Ola: ok\n"


@pytest.fixture
def accounts(casefile, once, tmp_path: Path) -> Path:
    case = tmp_path / "case"

    def make() -> None:
        casefile("new", case, "--minor", "no", "--timezone", "Europe/Oslo", "--role", "victim")
        for more in (("WhatsApp", "--name", "Lina"), ("Snapchat", "--handle", "lina_99x"), ("Kik", "--handle", "@LINA_99x"), ("Skype", "--handle", "other")):  # fmt: skip
            casefile("contact", "add", "--case", case, "--service", *more)
        casefile("contact", "add", "--case", case, "--side", "victim", "--handle", "lina_99x", "--service", "X")
        casefile("import", "--case", case, tmp_path / "WhatsApp Chat with Lina.txt", "--date-order", "dmy", "--shows", "nothing-intimate")

    (tmp_path / "WhatsApp Chat with Lina.txt").write_text(CHAT, encoding="utf-8")
    return once("accounts", case, make)


def links(casefile, case: Path) -> dict[tuple[str, str], dict]:
    return {tuple(item["contacts"]): item for item in casefile("links", "--case", case, "--json").json["links"]}


def test_what_links_two_accounts_is_said_with_the_place_that_shows_it(casefile, accounts: Path) -> None:
    found = links(casefile, accounts)
    assert set(found) == {("C-001", "C-002"), ("C-001", "C-003"), ("C-002", "C-003")}
    (reason,) = found["C-001", "C-002"]["reasons"]
    assert (reason["why"], reason["kind"], reason["occurrence"]["exhibit"]) == ("wrote", "handle", "A-001")
    assert found["C-001", "C-002"]["status"] == "suggested"
    assert [item["why"] for item in found["C-002", "C-003"]["reasons"]] == ["same-name"]


@pytest.mark.slow
def test_only_a_person_confirms_and_both_accounts_stay(casefile, accounts: Path) -> None:
    casefile("contact", "same", "c-002", "C-001", "--case", accounts, "--why", "she said so")
    casefile("contact", "different", "C-002", "C-003", "--case", accounts)
    found = links(casefile, accounts)
    assert (found["C-001", "C-002"]["status"], found["C-001", "C-002"]["said_why"]) == ("confirmed", "she said so")
    assert found["C-002", "C-003"]["status"] == "rejected"
    assert len(casefile("contact", "list", "--case", accounts, "--json").json["contacts"]) == 5
    casefile("contact", "same", "C-001", "C-001", "--case", accounts, status=2)
    casefile("contact", "same", "C-001", "C-099", "--case", accounts, status=2)


def test_accounts_of_two_sides_and_those_taken_back_have_no_common_holder(casefile, accounts: Path) -> None:
    sides = {item["side"]: item["contact_id"] for item in casefile("contact", "list", "--case", accounts, "--json").json["contacts"]}
    casefile("contact", "same", sides["extorter"], sides["victim"], "--case", accounts, status=2)
    casefile("contact", "different", sides["extorter"], sides["victim"], "--case", accounts)
    casefile("withdraw", "C-002", "--case", accounts)
    casefile("contact", "same", "C-001", "C-002", "--case", accounts, status=2)
