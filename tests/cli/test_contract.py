"""The command line as a contract: exit statuses, streams, JSON, options before and after, no question without a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sextortion_cli.cli.table import COMMANDS, HIDDEN

CHAT = "13.03.2026, 21:05 - Lina: Hei\n13.03.2026, 21:06 - Ola: hei\n14.03.2026, 08:00 - Lina: 20 000 kroner\n"


@pytest.fixture
def filled(casefile, case: Path, tmp_path: Path) -> Path:
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    casefile("import", tmp_path / "chat.txt", "--case", case)
    casefile("contact", "add", "--case", case, "--service", "WhatsApp", "--name", "Lina")
    casefile("event", "add", "demand", "--case", case, "--amount", "20000", "--currency", "NOK", "--when", "2026-03-14 08:00")
    return case


def test_the_first_minute_needs_no_case_and_asks_nothing(casefile) -> None:
    for language, word in (("nb", "Det er ikke din skyld"), ("en", "not your fault")):
        ran = casefile("--language", language)
        assert word in ran.out
        assert ran.out.rstrip().splitlines()[-1].split()[1:3] == ["casefile", "start"]
        assert max(map(len, ran.out.splitlines())) <= 59


def test_version_and_help_of_every_command(casefile) -> None:
    assert casefile("--version").out == casefile("-V").out
    listed = casefile("--help").out
    for name in COMMANDS:
        if name not in HIDDEN:
            assert f"\n  {name} " in listed
    assert "Options" in casefile("report", "-h").out


def test_global_options_stand_before_and_after(casefile, filled: Path) -> None:
    before = casefile("--case", filled, "--json", "items").json
    after = casefile("items", "--case", filled, "--json").json
    assert before == after
    assert before["schema_version"]


def test_json_is_one_object_and_jsonl_one_record_a_line(casefile, filled: Path) -> None:
    for command, key in (
        ("items", "items"),
        ("messages", "messages"),
        ("timeline", "timeline"),
        ("defects", "defects"),
        ("formats", "formats"),
    ):
        whole = casefile(command, "--case", filled, "--json").json
        assert isinstance(whole[key], list)
        assert casefile(command, "--case", filled, "--jsonl").lines == whole[key]
    assert casefile("search", "kroner", "--case", filled, "--json").json
    assert casefile("verify", "--case", filled, "--json").json["ok"] is True


def test_no_hits_is_no_failure(casefile, case: Path) -> None:
    assert casefile("messages", "--case", case, "--json").json["messages"] == []
    assert casefile("search", "ingenting", "--case", case).out == ""


@pytest.mark.parametrize(
    ("arguments", "status", "name"),
    [
        (("items", "--case", "nothing-here"), 10, None),
        (("messages", "--unknown"), 2, "usage"),
        (("nonsense",), 2, "usage"),
        (("import", "missing.txt"), 16, None),
        (("import", "chat.txt", "--as", "no-such-reader"), 2, None),
        (("import", "chat.txt", "--shows", "all"), 2, None),
        (("import", "picture.bin", "--as", "whatsapp-text"), 14, None),
        (("new", "case"), 13, None),
        (("event", "add", "no-such-kind"), 2, None),
        (("event", "add", "demand", "--amount", "twenty"), 2, None),
        (("report", "--format", "json", "--output", "there.json"), 15, None),
        (("new", "second", "--timezone", "Mars/Olympus"), 2, None),
    ],
)
def test_failures(casefile, case: Path, tmp_path: Path, arguments: tuple[str, ...], status: int, name: str | None) -> None:
    """A failure prints nothing on stdout, one error object with ``--json``, and says what is safe and what to do."""
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    (tmp_path / "picture.bin").write_bytes(os.urandom(64))
    (tmp_path / "there.json").write_text("mine", encoding="utf-8")
    at = () if "--case" in arguments or arguments[0] in ("new", "nonsense") else ("--case", str(case))
    ran = casefile(*arguments, *at, "--json", status=status)
    error = json.loads(ran.err.strip().splitlines()[-1])["error"]
    assert ran.out == "" or status == 14
    assert error["code"] == status
    assert error["message"]
    assert error["safe"]
    assert error["next"]
    assert name is None or error["name"] == name
    assert (tmp_path / "there.json").read_text(encoding="utf-8") == "mine"
    if status in (10, 14):
        assert len(casefile(*arguments, *at, status=status).err.splitlines()) >= 3


def test_import_says_an_item_only_when_it_is_safe(casefile, case: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(CHAT.replace("Hei", f"Hei {number}"), encoding="utf-8")
    ran = casefile("import", *(tmp_path / f"{number}.txt" for number in range(3)), "--case", case, "--jsonl")
    logged = (case / "log.jsonl").read_text(encoding="utf-8")
    assert [line["exhibit"] for line in ran.lines] == ["A-001", "A-002", "A-003"]
    assert all(line["sha256"] in logged for line in ran.lines)


@pytest.mark.slow
def test_files_that_were_left_out_are_shown_by_the_exports_own_words(casefile, case: Path, tmp_path: Path) -> None:
    """A message that names no file has the same keys, for people, scripts and reports."""
    (tmp_path / "a.txt").write_text("13.03.2026, 21:05 - Lina: <Media omitted>\n13.03.2026, 21:06 - Ola: hei\n", encoding="utf-8")
    casefile("import", tmp_path / "a.txt", "--case", case)
    assert "+ <Media omitted>" in casefile("messages", "--case", case).out
    shown = casefile("messages", "--case", case, "--jsonl").lines[0]["attachments"]
    assert shown == [{"name": None, "media": None, "note": "<Media omitted>", "exhibit": None}]
    assert "Media omitted" in casefile("report", "--format", "markdown", "--case", case).out
    assert casefile("timeline", "--case", case).out


def test_same_bytes_again_are_a_duplicate(casefile, filled: Path, tmp_path: Path) -> None:
    item = casefile("import", tmp_path / "chat.txt", "--case", filled, "--json").json["items"][0]
    assert (item["status"], item["exhibit"]) == ("duplicate", "A-001")


def test_standard_input(casefile, case: Path, tmp_path: Path) -> None:
    item = casefile("import", "-", "--name", "chat.txt", "--case", case, "--json", stdin=CHAT.encode()).json["items"][0]
    assert (item["name"], item["importer"], item["units"]["messages"]) == ("chat.txt", "whatsapp-text", 3)
    casefile("new", tmp_path / "unknown")
    casefile("import", "-", "--case", tmp_path / "unknown", stdin=CHAT.encode(), status=2)


def test_what_is_not_stated_is_unknown_and_nothing_is_asked(casefile, tmp_path: Path) -> None:
    ran = casefile("new", tmp_path / "quiet", stdin=b"yes\n", environment={"LANG": "C"})
    assert "?" not in ran.out + ran.err
    assert casefile("report", "--format", "json", "--case", tmp_path / "quiet").json["case"]["minor"] == "unknown"


@pytest.mark.slow
def test_ambiguous_dates_are_asked_for_and_settled_by_reading_again(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3/4/26, 21:05 - Lina: hei\n", encoding="utf-8")
    ran = casefile("import", tmp_path / "a.txt", "--case", case, "--json").json
    assert [notice["code"] for notice in ran["totals"]["notices"]] == ["date-order-ambiguous"]
    assert casefile("messages", "--case", case, "--jsonl").lines[0]["time"]["utc"] is None
    casefile("reread", "A-001", "--date-order", "mdy", "--case", case)
    assert casefile("messages", "--case", case, "--jsonl").lines[0]["time"]["utc"] == "2026-03-04T20:05:00Z"
    casefile("verify", "--case", case)


@pytest.mark.slow
def test_what_was_taken_back_is_in_no_list(casefile, case: Path, tmp_path: Path) -> None:
    """Messages without a time stand in the timeline too, at its end; those of an exhibit that was taken back do not."""
    (tmp_path / "a.txt").write_text("3/4/26, 21:05 - Lina: hei\n", encoding="utf-8")
    casefile("import", tmp_path / "a.txt", "--case", case)
    assert len(casefile("timeline", "--case", case, "--jsonl").lines) == 1
    casefile("withdraw", "A-001", "--case", case)
    for command in (("timeline",), ("messages",), ("search", "hei"), ("items",), ("defects",), ("metadata",)):
        assert casefile(*command, "--case", case, "--jsonl").lines == [], command


def test_statements_have_a_history_and_are_taken_back_without_being_removed(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--service", "Skype", "--id", "live:lina", "--name", "Lina")
    casefile("contact", "add", "--case", case, "--contact", "C-001", "--name", "Lina E")
    shown = casefile("contact", "show", "C-001", "--case", case, "--json").json
    contact = shown.get("contact", shown)
    assert (contact["display_name"], contact["stable_id"], len(contact["history"])) == ("Lina E", "live:lina", 2)
    casefile("note", "Feil konto", "--case", case)
    before = (case / "log.jsonl").read_bytes()
    casefile("withdraw", "C-001", "--case", case, "--why", "feil")
    assert (case / "log.jsonl").read_bytes().startswith(before)
    assert casefile("contact", "list", "--case", case, "--json").json["contacts"] == []


def test_amounts_stay_the_decimals_that_were_stated(casefile, case: Path) -> None:
    for amount in ("0.10000000000000000001", "20000", "1e3"):
        casefile("event", "add", "demand", "--case", case, "--amount", amount, "--currency", "BTC", status=2 if "e" in amount else 0)
    events = casefile("event", "list", "--case", case, "--json").json["events"]
    assert [event["amount"] for event in events] == ["0.10000000000000000001", "20000"]


def test_dry_run_writes_nothing(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    before = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    items = casefile("import", tmp_path / "chat.txt", "--case", case, "--dry-run", "--json").json["items"]
    assert [item["status"] for item in items] == ["would-copy"]
    assert {path: path.read_bytes() for path in case.rglob("*") if path.is_file()} == before


def test_a_digest_prefix_names_an_exhibit(casefile, filled: Path) -> None:
    digest = casefile("items", "--case", filled, "--json").json["items"][0]["sha256"]
    assert casefile("metadata", digest[:12], "--case", filled, "--json").json["metadata"]


def test_completion_for_every_shell(casefile) -> None:
    for shell in ("bash", "powershell"):
        out = casefile("completion", shell).out
        assert "casefile" in out
        assert "sextortion-cli" in out
    answer = casefile(environment={"_CASEFILE_COMPLETE": "complete_bash", "COMP_WORDS": "casefile ver", "COMP_CWORD": "1"})
    assert answer.out.split() == ["verify"]


def test_selftest_knows_its_answers(casefile) -> None:
    ran = casefile("selftest")
    assert "sha256" in ran.out


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.slow
def test_no_word_is_left_in_the_other_language(casefile, filled: Path, language: str) -> None:
    marks = {"nb": ("Nothing was", "Next:", "not copied", "Case opened"), "en": ("Neste:", "ikke ", "Saken")}[language]
    for command in (("items",), ("verify",), ("defects",), ("formats",), ("guide",), ("messages",)):
        ran = casefile(*command, "--case", filled, "--language", language)
        shown = ran.err if command[0] in ("messages", "guide") else ran.out + ran.err
        assert not [mark for mark in marks if mark in shown], shown


def test_a_duplicate_is_not_said_to_be_unreadable(casefile, tmp_path: Path) -> None:
    """The bytes are in the case already: another importer is tried with `reread`, and the notice says so."""
    case = tmp_path / "case"
    (tmp_path / "x.bin").write_bytes(b"\x00\x01" * 40)
    casefile("new", case, "--minor", "no")
    casefile("import", tmp_path / "x.bin", "--case", case)
    again = casefile("import", tmp_path / "x.bin", "--as", "whatsapp-text", "--case", case, "--json").json
    assert [notice["code"] for notice in again["totals"]["notices"]] == ["duplicate-not-read-again"]
    assert again["items"][0]["status"] == "duplicate"
