"""Identifiers from end to end, through the real command line: found, brought together, whose they are, what is hidden, what is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

CHAT = """12/03/2026, 21:05 - Lina: Hi, here is my number, call +44 20 7946 0958
12/03/2026, 21:06 - Ola: mine is ola@example.com
12/03/2026, 21:07 - Lina: I know ola@example.com already. Pay to NO93 8601 1117 947
12/03/2026, 21:08 - Ola: my card is 4111 1111 1111 1111
12/03/2026, 21:09 - Lina: or https://evil.example/pay?x=1 and BTC bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4
12/03/2026, 21:10 - Lina: NO93 8601 1117 947 now!
12/03/2026, 21:11 - Ola: not NO93 8601 1117 948
"""


@pytest.fixture
def chat(casefile, once, tmp_path: Path) -> Path:
    case = tmp_path / "case"

    def make() -> None:
        casefile("new", case, "--minor", "no", "--timezone", "Europe/Oslo", "--role", "victim")
        casefile("contact", "add", "--case", case, "--service", "WhatsApp", "--name", "Lina", "--handle", "lina99")
        casefile("import", "--case", case, tmp_path / "WhatsApp Chat with Lina.txt", "--date-order", "dmy", "--shows", "nothing-intimate")

    (tmp_path / "WhatsApp Chat with Lina.txt").write_text(CHAT, encoding="utf-8")
    return once("identities", case, make)


def found(casefile, case: Path, *arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    lines = casefile("identifiers", "--case", case, "--jsonl", *arguments).lines
    assert len({(line["kind"], line["value"]) for line in lines}) == len(lines)
    return {(line["kind"], line["value"]): line for line in lines}


def test_whose_it_is_follows_from_who_said_it(casefile, chat: Path) -> None:
    lines = found(casefile, chat, "--unmask")
    owners = {key: line["owner"] for key, line in lines.items()}
    assert owners == {
        ("phone", "+442079460958"): "extorter",
        ("email", "ola@example.com"): "victim",
        ("handle", "lina99"): "extorter",
        ("url", "https://evil.example/pay?x=1"): "extorter",
        ("iban", "NO9386011117947"): "extorter",
        ("card", "4111111111111111"): "victim",
        ("btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"): "extorter",
    }
    assert lines["handle", "lina99"]["owner_basis"] == "contact"
    assert lines["email", "ola@example.com"]["owner_why"] == "said-first"
    iban = lines["iban", "NO9386011117947"]
    assert (iban["role"], iban["occurrence_count"], iban["first_seen"]) == ("payee", 2, "2026-03-12T20:07:00Z")
    assert iban["occurrences"][0]["locator"]["line"] == 3
    assert iban["defanged"] is None
    assert lines["url", "https://evil.example/pay?x=1"]["defanged"] == "hxxps://evil[.]example/pay?x=1"


def test_the_persons_own_and_cards_are_hidden_until_asked_and_that_is_logged(casefile, chat: Path) -> None:
    hidden = casefile("identifiers", "--case", chat, "--jsonl").out
    assert "4111 1111" not in hidden
    assert "411111" not in hidden
    assert "ola@example" not in hidden
    assert "NO9386011117947" in hidden
    before = (chat / "log.jsonl").read_bytes().count(b"\n")
    casefile("identifiers", "--case", chat, "--jsonl", "--unmask")
    log = (chat / "log.jsonl").read_text().splitlines()
    assert len(log) == before + 1
    assert json.loads(log[-1])["type"] == "viewed"


def test_a_report_hides_them_too_in_messages_and_names_the_rest(casefile, chat: Path) -> None:
    for form in ("json", "markdown"):
        shown = casefile("report", "--case", chat, "--format", form).out
        assert "4111 1111" not in shown
        assert "ola@example" not in shown
        assert "NO9386011117947" in shown
        whole = casefile("report", "--case", chat, "--format", form, "--unmask").out
        assert "4111 1111 1111 1111" in whole
        assert "ola@example.com" in whole


@pytest.mark.slow
def test_one_command_confirms_or_corrects(casefile, chat: Path) -> None:
    said = casefile("owner", "NO93 8601 1117 947", "--side", "third-person", "--role", "possible-mule", "--case", chat, "--json").json
    assert said["kind"] == "iban"
    assert isinstance(said["record"], int)
    line = found(casefile, chat)["iban", "NO9386011117947"]
    assert (line["owner"], line["owner_basis"], line["role"]) == ("third-person", "stated", "possible-mule")
    casefile("owner", "NO9386011117947", "--side", "extorter", "--case", chat)
    assert found(casefile, chat)["iban", "NO9386011117947"]["owner"] == "extorter"
    casefile("withdraw", "O-001", "--case", chat)
    casefile("withdraw", "O-002", "--case", chat)
    assert found(casefile, chat)["iban", "NO9386011117947"]["owner_basis"] == "inferred"
    assert casefile("owner", "+4799999999", "--side", "victim", "--case", chat, status=2).out == ""


def test_a_wrong_check_digit_is_a_hint_only(casefile, chat: Path) -> None:
    assert ("iban", "NO9386011117948") not in found(casefile, chat)
    hints = found(casefile, chat, "--min-confidence", "0")
    assert ("iban", "NO9386011117948") not in hints or hints["iban", "NO9386011117948"]["confidence"] < 0.5


def test_the_result_is_kept_and_comes_back_the_same_when_deleted(casefile, chat: Path) -> None:
    kept = chat / "cache" / "identifiers.sqlite"
    first = casefile("identifiers", "--case", chat, "--jsonl").out
    assert kept.is_file()
    stamp = kept.stat().st_mtime_ns
    assert casefile("identifiers", "--case", chat, "--jsonl").out == first
    assert kept.stat().st_mtime_ns == stamp
    for damage in (b"", b"SQLite format 3\x00" + b"\xff" * 4000, kept.read_bytes()[:5000]):
        kept.write_bytes(damage)
        assert casefile("identifiers", "--case", chat, "--jsonl").out == first
    shutil.rmtree(kept.parent)
    assert casefile("identifiers", "--case", chat, "--jsonl").out == first
    assert casefile("verify", "--case", chat, "--json").json["findings"] == []


@pytest.mark.slow
def test_a_case_that_cannot_be_written_is_looked_through_all_the_same(casefile, chat: Path, tmp_path: Path) -> None:
    first = casefile("identifiers", "--case", chat, "--jsonl").out
    copy = tmp_path / "stick"
    shutil.copytree(chat, copy)
    shutil.rmtree(copy / "cache")
    held = (copy / "lock").open("rb")
    try:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX)
        assert casefile("identifiers", "--case", copy, "--jsonl").out == first
    finally:
        held.close()


def test_what_was_found_goes_when_its_exhibit_is_taken_back(casefile, chat: Path) -> None:
    casefile("withdraw", "A-001", "--case", chat)
    assert set(found(casefile, chat)) == {("handle", "lina99")}


def test_statements_hold_identifiers_too(casefile, case: Path) -> None:
    casefile(
        "event", "add", "demand", "--case", case, "--amount", "500", "--currency", "EUR", "--destination", "GB82 WEST 1234 5698 7654 32"
    )  # fmt: skip
    line = found(casefile, case)["iban", "GB82WEST12345698765432"]
    assert (line["owner"], line["role"]) == ("extorter", "payee")
    assert line["occurrences"][0]["record"] == 1


def test_text_nobody_reads_is_looked_through(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# x\n\nsomething\nbc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\n", encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "notes.md", "--shows", "nothing-intimate", status=None)
    line = found(casefile, case)["btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]
    assert (line["owner"], line["occurrences"][0]["locator"]["line"]) == ("unknown", 4)


def test_no_hits_is_an_empty_list(casefile, case: Path) -> None:
    assert casefile("identifiers", "--case", case, "--json").json["identifiers"] == []


@pytest.mark.slow
def test_an_account_has_one_id_whoever_gives_it(casefile, case: Path, tmp_path: Path) -> None:
    message = {"id": 1, "type": "message", "date": "2026-03-12T21:05:00", "date_unixtime": "1773345900", "from": "Lina", "from_id": "user900000002", "text": "hei", "text_entities": []}  # fmt: skip
    chat = {"name": "Lina", "type": "personal_chat", "id": 900000002, "messages": [message]}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    casefile("contact", "add", "--case", case, "--service", "Telegram", "--name", "Lina", "--id", "user900000002")
    casefile("import", "--case", case, tmp_path / "result.json", "--shows", "nothing-intimate")
    lines = [line for line in found(casefile, case).values() if line["kind"] == "platform-id"]
    assert [(line["value"], line["owner"], line["owner_basis"]) for line in lines] == [("900000002", "extorter", "contact")]
    assert [item["field"] for item in lines[0]["occurrences"]] == ["contact:C-001", "sender"]
    asked = casefile("missing", "--case", case, "--json").json["requirements"]
    assert {item["account"]["contact_id"] for item in asked if item.get("account")} == {"C-001"}


def test_contacts_of_two_sides_decide_nothing(casefile, case: Path) -> None:
    for side in ("extorter", "third-person"):
        casefile("contact", "add", "--case", case, "--side", side, "--service", "Kik", "--handle", "same.name")
    line = found(casefile, case)["handle", "same.name"]
    assert (line["owner"], line["owner_basis"], line["owner_why"]) == ("unknown", "contact", "contacts-disagree")


@pytest.mark.slow
def test_only_the_place_money_went_to_is_taken_to_be_theirs(casefile, case: Path) -> None:
    iban = "GB82 WEST 1234 5698 7654 32"
    casefile("event", "add", "reported", "--case", case, "--reference", f"see {iban}", "--destination", iban)
    assert found(casefile, case)["iban", "GB82WEST12345698765432"]["owner"] == "unknown"
    casefile("event", "add", "payment", "--case", case, "--destination", iban)
    line = found(casefile, case)["iban", "GB82WEST12345698765432"]
    assert (line["owner"], line["role"]) == ("extorter", "payee")


def test_of_one_exhibit_only_its_own_places_are_listed(casefile, chat: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("IBAN NO93 8601 1117 947\n", encoding="utf-8")
    casefile("import", "--case", chat, tmp_path / "more.txt", "--shows", "nothing-intimate", status=None)
    line = found(casefile, chat, "--exhibit", "A-002")["iban", "NO9386011117947"]
    assert [item["exhibit"] for item in line["occurrences"]] == ["A-002"]
    assert line["occurrence_count"] == 3
