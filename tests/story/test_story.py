"""The 2018 story through the real command line, and what its case file says: the same bytes everywhere, valid, complete."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from sextortion_cli.demo.steps import steps
from sextortion_cli.demo.walk import build_files
from sextortion_cli.model.casefile import schema

MARK = "invented example"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the story, every command in a process of its own; walked once, and copied for each worker."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "walked"
    done = folder / "done"
    try:
        folder.mkdir()
        _walk(folder)
        done.touch()
    except FileExistsError:  # another worker walks it
        deadline = time.monotonic() + 110
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert done.exists(), "the other worker did not come to the end of the story"
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("story") / "told", symlinks=True))


def _walk(folder: Path) -> None:
    files = build_files(folder / "files")
    environment = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"}
    for step in steps(folder / "case", files):
        done = subprocess.run(
            [sys.executable, "-m", "sextortion_cli", *step], capture_output=True, env=environment, check=False, cwd=folder, timeout=120
        )
        assert done.returncode == 0, (step, done.stderr.decode())
        assert b"Traceback" not in done.stderr


def report(casefile, case: Path, kind: str = "json", *more: str, **surrounding: str) -> str:
    return casefile("report", "--format", kind, "--case", case, *more, environment=surrounding).out


def test_the_story_is_complete(casefile, told: Path) -> None:
    found = json.loads(report(casefile, told / "case"))
    kinds = [event["kind"] for event in found["events"]]
    for kind in (
        "first-contact", "identity-learned", "platform-move", "recording", "link-received", "demand", "threat", "deleted", "contact-broken", "blocked",
        "recontact", "reported",
    ):  # fmt: skip
        assert kind in kinds
    demand = next(event for event in found["events"] if event["kind"] == "demand")
    assert (demand["amount"], demand["currency"]) == ("20000", "NOK")
    assert {message["service"] for message in found["messages"]} == {"WhatsApp", "Telegram"}
    accounts = {(entry["side"], entry["service"]) for entry in found["contacts"]}
    assert accounts == {
        ("extorter", "WhatsApp"),
        ("victim", "WhatsApp"),
        ("extorter", "Skype"),
        ("victim", "Skype"),
        ("extorter", "Telegram"),
    }
    deleted = next(event for event in found["events"] if event["kind"] == "deleted")
    assert next(entry for entry in found["contacts"] if entry["contact_id"] == deleted["contact"])["side"] == "victim"
    assert found["summary"]["contact_broken"]["utc"] < found["summary"]["recontact"]["utc"]
    assert found["not_collected"]
    assert found["defects"] == []


def test_the_story_says_what_the_police_may_still_ask_for(casefile, told: Path) -> None:
    """Ten things, each with what the story holds of it; the deleted account is no reproach, the id of the first account is what is missing."""
    case = told / "case"
    found = json.loads(report(casefile, case))["missing"]
    ten = {item["id"]: item["status"] for item in found if item["group"] == "kripos"}
    assert ten == {
        "K1": "partly",  # they made contact again, from another account
        "K2": "not-known", "K3": "done", "K4": "partly", "K5": "partly", "K6": "not-known", "K7": "done", "K8": "done", "K9": "done",
        "K10": "done",
    }  # fmt: skip
    state = {item["id"]: item["status"] for item in found}
    assert state["C-001:phone"] == "missing"
    assert state["C-003:stable-id"] == state["C-005:stable-id"] == state["C-003:time"] == state["E-006:destination"] == "done"
    assert casefile("missing", "--short", "--case", case, "--language", "nb").out == (
        "Saken har nå 5 av 8 ting politiet spør om. Viktigst av det som mangler: WhatsApp-nummer med landskode (C-001).\n"
    )
    for language, title in (("nb", "Hva politiet fortsatt kan spørre om"), ("en", "What the police may still ask for")):
        assert f"## {title}" in report(casefile, case, "markdown", "--language", language)
    sheet = casefile("missing", "--preservation", "--case", case, "--json").json
    accounts = [account for provider in sheet["providers"] for account in provider["accounts"]]
    assert {account["contact_id"] for account in accounts if account["contact_id"]} == {"C-001", "C-003", "C-005"}


def test_nothing_is_said_to_be_real(casefile, told: Path) -> None:
    text = report(casefile, told / "case", "markdown")
    assert MARK in text
    assert "example.org" not in text.replace("\u2022", "")


def test_case_file_is_valid_and_names_full_digests(casefile, told: Path) -> None:
    found = json.loads(report(casefile, told / "case"))
    jsonschema.Draft202012Validator(schema()).validate(found)
    log = (told / "case" / "log.jsonl").read_text(encoding="utf-8")
    text = report(casefile, told / "case", "markdown")
    for exhibit in found["exhibits"]:
        for kind, length in (("sha256", 64), ("sha1", 40), ("md5", 32)):
            assert len(exhibit[kind]) == length
            assert exhibit[kind] in text
        assert exhibit["sha256"] in log


def test_same_bytes_on_another_machine_without_the_index(casefile, told: Path, tmp_path: Path) -> None:
    """Another folder, zone, locale, terminal width and user; the index deleted: the same case file."""
    other = tmp_path / "annen mappe ø" / "case"
    shutil.copytree(told / "case", other)
    for name in other.glob("index.sqlite*"):
        name.unlink()
    for kind in ("json", "markdown"):
        first = report(casefile, told / "case", kind)
        second = report(
            casefile, other, kind, TZ="Pacific/Apia", LANG="nb_NO.UTF-8", LC_ALL="C", COLUMNS="20", USER="someone", CASEFILE_LANGUAGE="en"
        )
        assert first == second
        assert str(told) not in second or kind == "json"


def test_the_language_of_the_machine_changes_no_report(casefile, tmp_path: Path) -> None:
    casefile("new", tmp_path / "case", environment={"LANG": "nb_NO.UTF-8"})
    first = report(casefile, tmp_path / "case", "markdown")
    assert first.startswith("# Saksrapport")
    assert report(casefile, tmp_path / "case", "markdown", LANG="en_GB.UTF-8", CASEFILE_LANGUAGE="en") == first


def test_reports_in_both_languages_say_the_same(casefile, told: Path) -> None:
    norwegian = report(casefile, told / "case", "markdown", "--language", "nb")
    english = report(casefile, told / "case", "markdown", "--language", "en")
    assert norwegian != english
    assert norwegian.count("\n#") == english.count("\n#")
    assert norwegian.count("```") == english.count("```")
    assert "Most important first" not in norwegian


def test_case_verifies_and_reports_are_recorded_as_access(casefile, told: Path) -> None:
    before = casefile("verify", "--case", told / "case", "--json").json
    report(casefile, told / "case")
    after = casefile("verify", "--case", told / "case", "--json").json
    assert before["ok"] is after["ok"] is True
    assert before["fingerprint"] == after["fingerprint"]


def test_attachments_are_linked_to_the_messages_that_name_them(casefile, told: Path) -> None:
    messages = casefile("messages", "--case", told / "case", "--jsonl").lines
    named = [item for message in messages for item in message["attachments"] if item["name"]]
    assert any(item["exhibit"] for item in named)


def test_every_screen_of_the_demo_says_that_it_is_invented(casefile, tmp_path: Path) -> None:
    ran = casefile("--language", "nb", "demo", tmp_path / "demo")
    assert "Saken er opprettet" in ran.out
    assert "Case opened" not in ran.out
    assert (tmp_path / "demo-report.md").read_text(encoding="utf-8").startswith("# Saksrapport")
    commands = [line for line in ran.err.splitlines() if "  casefile " in line and line.startswith("[")]
    assert len(commands) > 25
    assert all(MARK in line for line in commands)
    assert (tmp_path / "demo" / "case.json").is_file()
    found = casefile("demo", tmp_path / "demo", "--json").json
    assert Path(found["path"]).is_dir()
    assert Path(found["path"]) != tmp_path / "demo"
    assert Path(found["report"]).is_file()
