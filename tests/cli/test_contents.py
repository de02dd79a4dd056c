"""Of an archive with many conversations only the chosen ones are copied; the rest leaves no byte in the case, only its name and size."""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .terminal import run

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256))
SECRET = "dette angår ingen andre"


def chat(name: str, text: str, day: str = "2026-03-12") -> dict[str, Any]:
    stamp = {"date": f"{day}T21:05:00", "date_unixtime": "1773345900"}
    said = {"text": text, "text_entities": [{"type": "plain", "text": text}]}
    number = sum(map(ord, name))
    message = {"id": 1, "type": "message", **stamp, "from": name, "from_id": f"user{number}", **said}
    pictured = {
        "id": 2,
        "type": "message",
        **stamp,
        "from": name,
        "from_id": f"user{number}",
        "photo": f"media/{name}.jpg",
        "text": "",
        "text_entities": [],
    }
    return {"name": name, "type": "personal_chat", "id": number, "messages": [message, pictured]}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "nedlasting.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, text in (("Lina", "send 500 kroner"), ("Kari", SECRET), ("Ola", f"{SECRET} heller")):
            out.writestr(f"chats/{name}/result.json", json.dumps(chat(name, text), ensure_ascii=False, indent=1))
            out.writestr(f"chats/{name}/media/{name}.jpg", PICTURE + name.encode() * 30)
        out.writestr("settings/profile.json", '{"mine": true}')
    return path


def bytes_of(case: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file())


def test_an_archive_is_listed_before_anything_is_taken(casefile, archive: Path) -> None:
    found = casefile("contents", archive, "--json").json["conversations"]
    assert [(item["name"], item["service"], item["messages"], item["first"], item["members"]) for item in found] == [
        (name, "Telegram", 2, "2026-03-12", 2) for name in ("Lina", "Kari", "Ola")
    ]
    said = casefile("contents", archive).out
    assert "2 messages" in said
    assert "kroner" not in said


def test_only_what_was_chosen_is_copied(casefile, case: Path, archive: Path) -> None:
    found = casefile("import", archive, "--case", case, "--thread", "lina", "--json").json
    status = {item["name"]: (item["status"], item["reason"]) for item in found["items"]}
    assert status["nedlasting.zip"] == ("by-reference", "chosen-conversations")
    assert status["chats/Lina/result.json"][0] == "read"
    assert status["chats/Lina/media/Lina.jpg"][0] == "stored"
    assert len(status) == 3
    assert found["totals"]["messages"] == 2
    assert [notice["code"] for notice in found["totals"]["notices"]] == ["left-by-reference"]
    assert SECRET.encode() not in bytes_of(case)
    assert b"KariKariKari" not in bytes_of(case)
    left = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines() if b'"type":"not-chosen"' in line]
    assert [name for record in left for _, name, _ in record["data"]["members"]] == [
        "chats/Kari/result.json", "chats/Kari/media/Kari.jpg", "chats/Ola/result.json", "chats/Ola/media/Ola.jpg", "settings/profile.json",
    ]  # fmt: skip
    casefile("verify", "--case", case)


@pytest.mark.slow
def test_more_can_be_chosen_later(casefile, case: Path, archive: Path) -> None:
    casefile("import", archive, "--case", case, "--thread", "Lina")
    found = casefile("import", archive, "--case", case, "--thread", "chats/Ola", "--json").json
    assert [(item["name"], item["status"]) for item in found["items"]] == [
        ("nedlasting.zip", "duplicate"),
        ("chats/Ola/result.json", "read"),
        ("chats/Ola/media/Ola.jpg", "stored"),
    ]
    assert len(casefile("messages", "--case", case, "--jsonl").lines) == 4
    again = casefile("import", archive, "--case", case, "--thread", "Ola", "--json").json
    assert [item["status"] for item in again["items"]] == ["duplicate"]


@pytest.mark.slow
def test_a_contact_of_the_case_chooses_too(casefile, case: Path, archive: Path) -> None:
    casefile("contact", "add", "--name", "Lina", "--case", case)
    found = casefile("import", archive, "--case", case, "--with", "C-001", "--json").json
    assert [item["name"] for item in found["items"]][1:] == ["chats/Lina/result.json", "chats/Lina/media/Lina.jpg"]


def test_a_name_that_is_not_in_it_takes_nothing(casefile, case: Path, archive: Path) -> None:
    found = casefile("import", archive, "--case", case, "--thread", "Nobody", "--json").json
    assert [item["status"] for item in found["items"]] == ["by-reference"]
    assert "no-such-conversation" in [notice["code"] for notice in found["totals"]["notices"]]


def test_the_gate_holds_for_what_was_chosen(casefile, case: Path, archive: Path) -> None:
    found = casefile("import", archive, "--case", case, "--thread", "Lina", "--shows", "maybe-minor", "--json").json
    status = {item["name"]: item["status"] for item in found["items"]}
    assert status["chats/Lina/result.json"] == "read"
    assert status["chats/Lina/media/Lina.jpg"] == "by-reference"
    assert PICTURE not in bytes_of(case)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize(("typed", "taken"), [(["1\n"], 1), (["7\n", "1, 3\n"], 2), (["\n"], 3)])
@pytest.mark.slow
def test_on_a_terminal_conversations_are_ticked(casefile, case: Path, archive: Path, tmp_path: Path, typed: list[str], taken: int) -> None:
    status, shown = run(["import", str(archive), "--case", str(case)], [*typed, *["\n"] * 8], tmp_path, language="en")
    assert status == (3 if taken == 3 else 0), shown  # the whole holds a JSON file that no reader knows
    assert "Take only those" in shown
    assert len(casefile("messages", "--case", case, "--jsonl").lines) == 2 * taken


def test_a_compressed_file_that_is_no_archive_is_copied_whole(casefile, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "result.json.gz"
    path.write_bytes(gzip.compress(json.dumps(chat("Lina", "send 500 kroner")).encode()))
    (item,) = casefile("import", path, "--case", case, "--thread", "Lina", "--json", status=None).json["items"]
    assert item["name"] == "result.json.gz"
    assert item["status"] != "by-reference"
    assert path.read_bytes() in {stored.read_bytes() for stored in case.rglob("*") if stored.is_file()}


@pytest.mark.slow
def test_an_archive_that_cannot_be_surveyed_is_not_copied_when_conversations_were_chosen(casefile, case: Path, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:200])
    casefile("import", archive, "--case", case, "--thread", "Lina", "--json", status=None)
    assert SECRET.encode() not in bytes_of(case)
    assert archive.read_bytes() not in bytes_of(case)
