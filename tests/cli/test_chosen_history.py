"""A browser's history in a Takeout is taken when an address is chosen that was visited, and only those visits are read."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .test_contents import SECRET, bytes_of, chat

VISITS = [
    {
        "page_transition": "LINK",
        "title": "Samtale",
        "url": "https://chat.example.com/room/7",
        "client_id": "c1",
        "time_usec": 1773345900123456,
    },
    {"page_transition": "TYPED", "title": "Annet", "url": "https://other.example.org/", "client_id": "c1", "time_usec": 1773950700000000},
]
HISTORY = "Takeout/Chrome/History.json"


@pytest.fixture
def takeout(tmp_path: Path) -> Path:
    """Return an unpacked Takeout with a history, and a conversation beside it."""
    path = tmp_path / "uttrekk"
    (path / HISTORY).parent.mkdir(parents=True)
    (path / HISTORY).write_text(json.dumps({"Browser History": VISITS}), encoding="utf-8")
    (path / "Takeout" / "chats" / "Kari").mkdir(parents=True)
    (path / "Takeout" / "chats" / "Kari" / "result.json").write_text(json.dumps(chat("Kari", SECRET), ensure_ascii=False), encoding="utf-8")
    (path / "Takeout" / "archive_browser.html").write_text("<html><body>Takeout</body></html>", encoding="utf-8")
    return path


@pytest.fixture(params=["folder", "archive"])
def given(request: pytest.FixtureRequest, takeout: Path, tmp_path: Path) -> Path:
    if request.param == "folder":
        return takeout
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as out:
        for file in sorted(takeout.rglob("*")):
            if file.is_file():
                out.write(file, file.relative_to(takeout).as_posix())
    return path


def named(found: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {item["name"].rpartition("/")[2]: (item["status"], item["importer"]) for item in found["items"]}


def shown(casefile, case: Path) -> list[str]:
    facts = casefile("facts", "--case", case, "--jsonl").lines
    return [fact["values"]["url"] for fact in facts if fact["kind"] == "page-visit"]


@pytest.mark.slow
def test_visits_to_the_chosen_site_are_read(casefile, case: Path, given: Path) -> None:
    found = casefile("import", given, "--case", case, "--thread", "example.com", "--json").json
    assert named(found)["History.json"] == ("read", "chrome-takeout-json")
    assert "result.json" not in named(found)
    assert shown(casefile, case) == ["https://chat.example.com/room/7"]
    assert SECRET.encode() not in bytes_of(case)
    assert "no-such-conversation" not in [notice["code"] for notice in found["totals"]["notices"]]


def test_a_history_without_such_visits_stays_where_it_is(casefile, case: Path, given: Path) -> None:
    found = casefile("import", given, "--case", case, "--thread", "example.net", "--json").json
    assert [item["status"] for item in found["items"]] == ["by-reference"]
    assert "no-such-conversation" in [notice["code"] for notice in found["totals"]["notices"]]
    assert b"other.example.org" not in bytes_of(case)


def test_days_count_too(casefile, case: Path, given: Path) -> None:
    found = casefile(
        "import", given, "--case", case, "--thread", "example.org", "--from", "2026-03-01", "--to", "2026-03-14", "--json"
    ).json
    assert [item["status"] for item in found["items"]] == ["by-reference"]


@pytest.mark.slow
def test_a_conversation_and_a_site_in_one(casefile, case: Path, given: Path) -> None:
    found = named(casefile("import", given, "--case", case, "--thread", "Kari", "--thread", "example.com", "--json").json)
    assert found["History.json"][0] == "read"
    assert found["result.json"][0] == "read"
    assert shown(casefile, case) == ["https://chat.example.com/room/7"]


@pytest.mark.slow
def test_a_name_is_no_address(casefile, case: Path, given: Path) -> None:
    found = named(casefile("import", given, "--case", case, "--thread", "Kari", "--json").json)
    assert found["result.json"][0] == "read"
    assert "History.json" not in found
    assert b"other.example.org" not in bytes_of(case)


def test_contents_says_that_there_is_a_history(casefile, given: Path) -> None:
    ran = casefile("contents", given)
    assert "Only the sites you name" in ran.err
    assert "other.example" not in ran.out + ran.err


@pytest.mark.slow
def test_a_database_of_a_browser_is_found_too(casefile, case: Path, takeout: Path) -> None:
    shutil.rmtree(takeout / "Takeout" / "Chrome")
    script = Path(__file__).resolve().parent.parent / "importers" / "cases" / "browser_history" / "chrome.sql"
    with contextlib.closing(sqlite3.connect(takeout / "History")) as database:
        database.executescript(script.read_text(encoding="utf-8"))
    none = named(casefile("import", takeout, "--case", case, "--thread", "example.test", "--json").json)
    assert "History" not in none
    found = named(casefile("import", takeout, "--case", case, "--thread", "example.com", "--json").json)
    assert found["History"] == ("read", "browser-history")
