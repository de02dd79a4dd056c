"""Of a folder with many conversations only the chosen ones are copied, as of an archive; the rest is listed with size and digest."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .terminal import run
from .test_contents import PICTURE, SECRET, bytes_of, chat

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "nedlasting"
    for name, text in (("Lina", "send 500 kroner"), ("Kari", SECRET), ("Ola", f"{SECRET} heller")):
        (path / "chats" / name / "media").mkdir(parents=True)
        (path / "chats" / name / "result.json").write_text(json.dumps(chat(name, text), ensure_ascii=False, indent=1), encoding="utf-8")
        (path / "chats" / name / "media" / f"{name}.jpg").write_bytes(PICTURE + name.encode() * 30)
    (path / "settings").mkdir()
    (path / "settings" / "profile.json").write_text('{"mine": true}', encoding="ascii")
    return path


def log_of(case: Path, kind: str) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines()]
    return [record for record in records if record["type"] == kind]


def statuses(found: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {item["name"]: (item["status"], item["reason"]) for item in found["items"]}


def test_a_folder_is_listed_like_an_archive(casefile, folder: Path) -> None:
    found = casefile("contents", folder, "--json").json["conversations"]
    assert sorted((item["name"], item["messages"], item["members"], item["folder"]) for item in found) == [
        (name, 2, 2, f"chats/{name}") for name in ("Kari", "Lina", "Ola")
    ]
    assert casefile("contents", folder / "nothing", status=16).out == ""


def test_only_what_was_chosen_of_a_folder_is_copied(casefile, case: Path, folder: Path) -> None:
    found = casefile("import", folder, "--case", case, "--thread", "lina", "--json").json
    status = statuses(found)
    assert status == {
        "nedlasting": ("by-reference", "chosen-conversations"),
        "result.json": ("read", None),
        "Lina.jpg": ("stored", None),
    }
    assert found["totals"]["messages"] == 2
    assert [notice["code"] for notice in found["totals"]["notices"]] == ["left-by-reference"]
    assert SECRET.encode() not in bytes_of(case)
    assert b"KariKariKari" not in bytes_of(case)
    left = [name for record in log_of(case, "not-chosen") for _, name, _ in record["data"]["members"]]
    assert sorted(left) == [
        "chats/Kari/media/Kari.jpg", "chats/Kari/result.json", "chats/Ola/media/Ola.jpg", "chats/Ola/result.json", "settings/profile.json",
    ]  # fmt: skip


def test_the_folder_can_be_proved_later(casefile, case: Path, folder: Path) -> None:
    casefile("import", folder, "--case", case, "--thread", "Lina")
    files = sorted((path.relative_to(folder).as_posix(), path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    (digest,) = log_of(case, "by-reference-digest")
    assert digest["data"]["sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    (listed,) = log_of(case, "folder-list")
    (digests,) = log_of(case, "folder-digests")
    by_index = dict(digests["data"]["sha256"])
    assert sorted((name, int(size), by_index[index]) for index, name, size in listed["data"]["files"]) == [
        (name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files
    ]


def test_verify_says_what_became_of_the_folder(casefile, case: Path, folder: Path) -> None:
    casefile("import", folder, "--case", case, "--thread", "Lina")

    def codes() -> list[str]:
        return [item["code"] for item in casefile("verify", "--case", case, "--json").json["findings"] if item["subject"] == "A-001"]

    assert codes() == ["reference-present"]
    (folder / ".DS_Store").write_bytes(b"added later")
    assert codes() == ["reference-present"]
    (folder / "chats" / "Kari" / "result.json").write_bytes(b"{}")
    assert codes() == ["reference-changed"]
    folder.rename(folder.with_name("elsewhere"))
    assert codes() == ["reference-gone"]


def test_more_of_a_folder_can_be_chosen_later(casefile, case: Path, folder: Path) -> None:
    casefile("import", folder, "--case", case, "--thread", "Lina")
    found = casefile("import", folder, "--case", case, "--thread", "chats/Ola", "--json").json
    assert [(item["name"], item["status"]) for item in found["items"]] == [
        ("nedlasting", "duplicate"),
        ("Ola.jpg", "stored"),
        ("result.json", "read"),
    ]
    assert found["totals"]["messages"] == 2
    assert len(log_of(case, "folder-list")) == 1
    assert SECRET.encode() + b" heller" in bytes_of(case)
    casefile("verify", "--case", case)


def test_a_name_that_is_not_in_the_folder_takes_nothing(casefile, case: Path, folder: Path) -> None:
    found = casefile("import", folder, "--case", case, "--thread", "Nobody", "--json").json
    assert statuses(found) == {"nedlasting": ("by-reference", "chosen-conversations")}
    assert "no-such-conversation" in [notice["code"] for notice in found["totals"]["notices"]]


def test_a_folder_without_conversations_is_not_narrowed(casefile, case: Path, folder: Path, tmp_path: Path) -> None:
    shots = tmp_path / "skjermbilder"
    shots.mkdir()
    (shots / "krav.jpg").write_bytes(PICTURE + b"krav")
    found = statuses(casefile("import", folder, shots, "--case", case, "--thread", "Lina", "--json").json)
    assert found["krav.jpg"] == ("stored", None)
    assert "Kari.jpg" not in found


def test_the_gate_holds_for_a_folder(casefile, case: Path, folder: Path) -> None:
    found = statuses(casefile("import", folder, "--case", case, "--thread", "Lina", "--shows", "maybe-minor", "--json").json)
    assert found["result.json"][0] == "read"
    assert found["Lina.jpg"][0] == "by-reference"
    assert PICTURE not in bytes_of(case)


def test_everything_is_taken_without_a_choice(casefile, case: Path, folder: Path) -> None:
    found = casefile("import", folder, "--case", case, "--json", status=3).json
    assert len(found["items"]) == 7
    assert not log_of(case, "folder-list")


def test_archives_and_databases_in_a_folder(casefile, case: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "mer.zip", "w") as out:
        out.writestr("chats/Lina/result.json", json.dumps(chat("Lina", "fra en zip"), ensure_ascii=False))
        out.writestr("chats/Per/result.json", json.dumps(chat("Per", SECRET), ensure_ascii=False))
    with contextlib.closing(sqlite3.connect(folder / "noe.db")) as database, database:
        database.execute("CREATE TABLE noe (tekst)")
        database.execute("INSERT INTO noe VALUES (?)", (SECRET,))
    found = statuses(casefile("import", folder, "--case", case, "--thread", "Lina", "--json").json)
    assert found["mer.zip"] == ("by-reference", "chosen-conversations")
    assert found["chats/Lina/result.json"][0] == "read"
    assert "noe.db" not in found
    assert SECRET.encode() not in bytes_of(case)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize(("typed", "taken"), [(["2\n"], 1), (["\n"], 3)])
def test_on_a_terminal_conversations_of_a_folder_are_ticked(case: Path, folder: Path, tmp_path: Path, typed: list[str], taken: int) -> None:
    status, shown = run(["import", str(folder), "--case", str(case)], [*typed, *["\n"] * 8], tmp_path, language="en")
    assert status == (3 if taken == 3 else 0), shown
    assert "several conversations" in shown
    assert len(log_of(case, "folder-list")) == (taken != 3)
    assert sum(record["data"]["status"] == "read" for record in log_of(case, "read")) == taken


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_all_of_one_and_some_of_another(casefile, case: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "andre"
    for name in ("Per", "Siri"):
        (other / name).mkdir(parents=True)
        (other / name / "result.json").write_text(json.dumps(chat(name, "hei"), ensure_ascii=False), encoding="utf-8")
    status, shown = run(["import", str(other), str(folder), "--case", str(case)], ["\n", "2\n", *["\n"] * 8], tmp_path, language="en")
    assert status == 0, shown
    assert sum(record["data"]["status"] == "read" for record in log_of(case, "read")) == 3
    assert SECRET.encode() not in bytes_of(case)
