"""A database and its write-ahead log, from a folder or an archive to the newest message."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SQL = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL, service TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, handle_id INTEGER, service TEXT, date INTEGER, is_from_me INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
INSERT INTO handle VALUES (1, '+4799900003', 'SMS');
INSERT INTO message (guid, text, handle_id, date) VALUES ('A', 'gammel', 1, 700000000);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a database as it lies while the app runs."""
    place, held = tmp_path / "Messages", tmp_path / "running.db"
    place.mkdir()
    base = sqlite3.connect(held, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.executescript(SQL)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.execute("INSERT INTO message (guid, text, handle_id, date) VALUES ('B', 'nyest', 1, 700000100)")
    for ending in ("", "-wal", "-shm"):
        (place / f"chat.db{ending}").write_bytes(Path(f"{held}{ending}").read_bytes())
    base.close()
    return place


def _check(items: list[dict[str, Any]], messages: list[dict[str, Any]]) -> None:
    by_name = {item["name"].rpartition("/")[2]: item for item in items}
    assert [message["text"] for message in messages] == ["gammel", "nyest"]
    assert by_name["chat.db"]["importer"] == "imessage-db"
    assert by_name["chat.db"]["units"]["covered"] == by_name["chat.db"]["units"]["total"]
    for name in ("chat.db-wal", "chat.db-shm"):
        assert (by_name[name]["status"], by_name[name]["reason"]) == ("stored", "companion-of-database")


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])
@pytest.mark.slow
def test_the_newest_message_is_read_from_the_log(
    casefile: Callable[..., Any], case: Path, folder: Path, tmp_path: Path, packed: bool
) -> None:
    given = folder
    if packed:
        given = tmp_path / "Messages.zip"
        with zipfile.ZipFile(given, "w") as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, f"Messages/{path.name}")
    casefile("import", given, "--case", case)
    items = casefile("items", "--case", case, "--json").json["items"]
    messages = casefile("messages", "--case", case, "--json").json["messages"]
    _check(items, messages)
    locator = messages[1]["locator"]
    assert (locator["rows"], locator["bytes"], locator["row"], locator["pointer"]) == ([2, 3], None, 2, "/message/2")
    identity = next(item["exhibit"] for item in items if item["importer"] == "imessage-db")
    assert casefile("reread", identity, "--case", case, "--json").json["differences"] == {}
    casefile("verify", "--case", case)
    if not packed:
        assert not list(folder.glob("*-journal"))


@pytest.mark.slow
def test_without_its_log_a_database_says_so(casefile: Callable[..., Any], case: Path, folder: Path) -> None:
    casefile("import", folder / "chat.db", "--case", case)
    item = casefile("items", "--case", case, "--json").json["items"][0]
    assert "wal-missing" in {gap["code"] for gap in item["completeness"]}
    casefile("import", folder / "chat.db-wal", "--case", case, status=None)
    found = casefile("reread", item["exhibit"], "--case", case, "--json").json
    assert (found["before"], found["after"]) == (1, 2)


@pytest.mark.slow
def test_a_damaged_log_is_a_defect(casefile: Callable[..., Any], case: Path, folder: Path) -> None:
    log = folder / "chat.db-wal"
    data = bytearray(log.read_bytes())
    data[-2000] ^= 0xFF
    log.write_bytes(data)
    casefile("import", folder, "--case", case, status=3)
    defects = casefile("defects", "--case", case, "--json", status=None).json["defects"]
    assert "wal-damaged" in {defect["code"] for defect in defects}


@pytest.mark.slow
def test_of_a_history_only_what_is_chosen_is_read(casefile: Callable[..., Any], case: Path, tmp_path: Path) -> None:
    path = tmp_path / "History"
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("""
        CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, last_visit_time INTEGER NOT NULL);
        CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, transition INTEGER);
        INSERT INTO urls VALUES (1, 'https://chat.example.com/', 'Chat', 13146444399432149), (2, 'https://bank.example.net/', 'Bank', 13146444399432149);
        INSERT INTO visits VALUES (1, 1, 13146444399432149, 0), (2, 2, 13146444399432149, 0);
    """)
    base.close()
    imported = casefile("import", path, "--case", case, "--json").json
    assert "nothing-chosen" in {notice["code"] for notice in imported["totals"]["notices"]}
    assert imported["items"][0]["units"]["facts"] == 2
    found = casefile(
        "reread", "A-001", "--thread", "example.com", "--from", "2017-08-05", "--to", "2017-08-06", "--case", case, "--json"
    ).json
    assert (found["units"]["facts"], found["units"]["noise"], found["units"]["covered"], found["units"]["total"]) == (2, 2, 4, 4)
