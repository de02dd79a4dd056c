"""One file is imported with one reader server, of which nothing else is asked meanwhile; a second one is memory for nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import flow
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.store.case import open_case

from .scenes import CHAT, SESSION, new


@pytest.fixture
def last() -> list[bool]:
    """Of each examination, whether nothing will be examined after it."""
    return []


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch, last: list[bool]) -> list[int]:
    """How many servers each import asked for."""
    asked: list[int] = []

    class Counted(ReaderServer):
        def __init__(self, operations: str, *, lanes: int = 1, **more: Any) -> None:
            asked.append(lanes)
            super().__init__(operations, lanes=lanes, **more)

        def run_batch(self, operation: str, *given: Any, once: bool = False, **more: Any) -> Any:
            if operation == "examine":
                last.append(once)
            return super().run_batch(operation, *given, once=once, **more)

    monkeypatch.setattr(flow, "ReaderServer", Counted)
    return asked


def statuses(case: Path, *paths: Path | str, stdin: bytes | None = None) -> dict[str, str]:
    request = ImportRequest(paths=tuple(map(str, paths)), name="piped.txt")
    items = flow.import_paths(case, SESSION, request, stdin=None if stdin is None else io.BytesIO(stdin))
    return {item["name"]: item["status"] for item in items}


def test_one_file_takes_one_server_and_more_take_two(tmp_path: Path, lanes: list[int], last: list[bool]) -> None:
    new(tmp_path / "case", tmp_path)
    for number in range(3):
        (tmp_path / f"chat-{number}.txt").write_text(CHAT.replace("Hei", f"Hei {number}"), encoding="utf-8")
    assert statuses(tmp_path / "case", tmp_path / "chat-0.txt") == {"chat-0.txt": "read"}
    assert statuses(tmp_path / "case", tmp_path / "chat-1.txt", tmp_path / "chat-2.txt") == {"chat-1.txt": "read", "chat-2.txt": "read"}
    assert statuses(tmp_path / "case", "-", stdin=CHAT.encode()) == {"piped.txt": "read"}
    assert lanes == [1, 2, 1]
    assert last == [True] * 3


def test_only_the_last_group_is_examined_by_a_child_that_loads_by_itself(tmp_path: Path, lanes: list[int], last: list[bool]) -> None:
    new(tmp_path / "case", tmp_path)
    (tmp_path / "files").mkdir()
    for number in range(70):
        (tmp_path / "files" / f"note-{number}.bin").write_bytes(bytes([number, 0, 1]) * 40)
    assert set(statuses(tmp_path / "case", tmp_path / "files").values()) == {"stored"}
    assert lanes == [2]
    assert not any(last[:-1])
    assert last[-1]


def test_an_archive_of_many_members_is_read_with_one_server(tmp_path: Path, lanes: list[int]) -> None:
    new(tmp_path / "case", tmp_path)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        for number in range(150):
            archive.writestr(f"note-{number}.bin", bytes([number, 0, 1]) * 40)
    found = statuses(tmp_path / "case", tmp_path / "export.zip")
    assert lanes == [1]
    assert found["_chat.txt"] == "read"
    assert len(found) == 152
    assert {item.reads[-1]["data"]["isolation"] for item in open_case(tmp_path / "case").book.exhibits.values()} != {""}
