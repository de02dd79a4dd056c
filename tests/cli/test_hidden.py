"""After `label --minor` and `purge` no command shows anything of it but number, size and state: in both languages, and in reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sextortion_cli import casework, flow
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session

from .conftest import Called

MARK = "zanzibarista"
CHAT = f"""13.03.2026, 21:05 - {MARK}: pay 500 euro to {MARK}@example.com now or I post it
13.03.2026, 21:06 - Ola: {MARK} +47 922 22 222
"""
LISTS = (
    ("items",), ("metadata",), ("messages",), ("facts",), ("identifiers", "--unmask"), ("links",), ("demand", "suggest", "--all"), ("pressure",), ("signs",),
    ("timeline",), ("search", MARK), ("defects",), ("missing",), ("event", "list"), ("verify",), ("report", "--format", "json"),
    ("report", "--format", "markdown"), ("report", "--format", "json", "--unmask"),
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hidden")
    (home / f"{MARK}.txt").write_text(CHAT)
    (home / "other.txt").write_text("13.03.2026, 21:05 - Per: an ordinary line\n")
    casework.new_case(home / "case", Session(), minor="no", timezone="Europe/Oslo", country="NO", role="victim")
    for name in (f"{MARK}.txt", "other.txt"):
        list(flow.import_paths(home / "case", Session(), ImportRequest(paths=(str(home / name),))))
    return home / "case"


@pytest.fixture
def case(world: Path, tmp_path: Path) -> Path:
    shutil.copytree(world, tmp_path / "case")
    return tmp_path / "case"


def shown(called: Called, case: Path, language: str, *more: str) -> dict[str, str]:
    found = {}
    for command in LISTS:
        for form in ((), ("--json",)) if command[0] != "report" else ((),):
            status, out, err = called("--case", case, "--language", language, *command, *form, *more)
            assert status in (0, 3), (command, err)
            found[" ".join((*command, *form))] = out + err
    return found


def digest(case: Path) -> str:
    lines = [json.loads(line) for line in (case / "log.jsonl").read_text().splitlines()]
    return str(next(line["subject"]["sha256"] for line in lines if line["type"] == "acquired"))


def test_the_lists_show_it_before(called: Called, case: Path) -> None:
    """The control: of nineteen lists most show it."""
    found = shown(called, case, "en")
    assert len([command for command, text in found.items() if MARK in text and command.split()[0] != "search"]) >= 15


@pytest.mark.parametrize(
    ("action", "language"),
    [
        ("label", "en"),
        ("purge", "nb"),
        pytest.param("label", "nb", marks=pytest.mark.slow),
        pytest.param("purge", "en", marks=pytest.mark.slow),
    ],
)
def test_nothing_of_it_is_shown_anywhere(called: Called, case: Path, language: str, action: str) -> None:
    secret = digest(case)
    called("--case", case, "identifiers")  # so that the caches hold it
    assert any(MARK.encode() in path.read_bytes() for path in (case / "cache").iterdir())
    if action == "label":
        status, out, err = called("--case", case, "--language", language, "label", "A-001", "--minor", "--why", "by mistake")
        assert ("112" in out, "02800" in out) == (True, True)
    else:
        status, out, err = called(
            "--case", case, "--language", language, "purge", "A-001", "--told-by", "Kari Eksempel, Kripos, 2026/1", "--why", "told to",
            "--confirm", "A-001", "--confirm", "a-001",
        )  # fmt: skip
    assert status == 0, err
    assert MARK not in out + err
    for command, text in shown(called, case, language).items():
        assert MARK not in text.replace(f"search {MARK}", ""), command
        assert secret[:12] not in text, command
    listed = json.loads(called("--case", case, "items", "--json")[1])["items"]
    assert listed[0] | {"acquired": "", "record": 0} == {
        "exhibit": "A-001", "parent": None, "sha256": None, "size": len(CHAT), "name": "", "path": None, "kind": None,
        "label": "minor" if action == "label" else None, "media_type": None, "claimed_type": None, "importer": None,
        "status": {"label": "sealed-apart", "purge": "purged"}[action], "reason": {"label": "labelled-minor", "purge": "purged"}[action],
        "units": None, "completeness": [], "defects": {}, "acquired": "", "record": 0,
    }  # fmt: skip
    assert listed[1]["name"] == "other.txt"
    for command in (("messages", "A-001"), ("metadata", "A-001"), ("facts", "A-001"), ("identifiers", "--exhibit", "A-001"), ("reread", "A-001"), ("view", "A-001", "-o", "x.png")):  # fmt: skip
        status, out, err = called("--case", case, "--language", language, *command)
        assert (status, out) == (2, ""), command
    assert not any(MARK.encode() in path.read_bytes() for path in case.rglob("*") if path.is_file() and path.name != "log.jsonl")


def test_a_report_says_its_state_and_on_whose_word(called: Called, case: Path) -> None:
    called("--case", case, "label", "A-001", "--minor", "--why", "by mistake")
    text = called("--case", case, "report", "--format", "markdown")[1]
    part = text.partition("### A-001\n")[2].partition("###")[0]
    for words in ("kept apart, encrypted", "withheld: it stands in the log", f"{len(CHAT)} bytes"):
        assert words in part
    called(
        "--case", case, "purge", "A-001", "--told-by", "Kari Eksempel, Kripos, 2026/1", "--why", "told to", "--confirm", "A-001", "--confirm", "A-001",
    )  # fmt: skip
    text = called("--case", case, "report", "--format", "markdown")[1]
    assert "our copy was destroyed" in text.partition("### A-001\n")[2].partition("###")[0]
    assert "told to; Kari Eksempel, Kripos, 2026/1" in text


def test_purge_wants_who_why_and_the_number_twice(called: Called, case: Path) -> None:
    base = ("--case", case, "purge", "A-001")
    told = ("--told-by", "Kari Eksempel, Kripos, 2026/1", "--why", "told to")
    before = (case / "log.jsonl").read_bytes()
    for more in (
        (), told, (*told[:2], "--confirm", "A-001"), (*told, "--confirm", "A-001"), (*told, "--confirm", "A-001", "--confirm", "A-002"),
        (*told, "--confirm", "A-001", "--confirm", "A-001", "--confirm", "A-001"), ("--told-by", " ", *told[2:]),
    ):  # fmt: skip
        status, out, _ = called(*base, *more)
        assert (status, out) == (2, ""), more
    assert "--confirm A-001 --confirm A-001" in called(*base, *told)[2]
    assert called(*base, "--dry-run")[0] == 0
    assert (case / "log.jsonl").read_bytes() == before


def test_what_goes_too_is_said_before(called: Called, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("p.bin", b"\x01\x02" * 50)
        archive.writestr("q.bin", b"\x03\x04" * 50)
    case = tmp_path / "case"
    casework.new_case(case, Session(), minor="no")
    list(flow.import_paths(case, Session(), ImportRequest(paths=(str(tmp_path / "a.zip"),))))
    _, _, err = called("--case", case, "label", "A-002", "--minor", "--dry-run")
    assert "It came in A-001" in err
    _, _, err = called("--case", case, "purge", "A-001", "--dry-run")
    assert "What came out of it goes too: A-002, A-003" in err
    assert json.loads(called("--case", case, "label", "A-002", "--minor", "--json")[1])["takes"] == [
        {"exhibit": "A-002", "as": "itself"},
        {"exhibit": "A-001", "as": "container"},
    ]
    assert "sealed-apart" in called("--case", case, "verify")[1]


def test_a_label_needs_one_answer(called: Called, case: Path) -> None:
    for options in ((), ("--minor", "--clear"), ("--clear", "--dry-run")):
        assert called("--case", case, "label", "A-001", *options)[0] == 2
    assert called("--case", case, "label", "A-009", "--minor")[0] == 2
    assert called("--case", case, "label", "A-001", "--intimate")[0] == 0
    assert "[intimate]" in called("--case", case, "items")[1]
