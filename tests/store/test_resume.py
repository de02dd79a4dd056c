"""An interrupted import given again: what is resumed, what is looked at anew, and that a new statement counts from then on."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import casework, flow, survey
from sextortion_cli.assemble import assemble
from sextortion_cli.errors import CaseDamaged, Problem
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.store.case import open_case
from sextortion_cli.store.fileops import using

from .faults import Failing
from .scenes import CHAT, SESSION, differences, objects

PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8


@pytest.fixture
def case(tmp_path: Path) -> Path:
    casework.new_case(tmp_path / "case", SESSION, minor="unknown", timezone="Europe/Oslo")
    return tmp_path / "case"


def archive(path: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("_chat.txt", CHAT)
        packed.writestr("bilde.jpg", PICTURE)
    path.write_bytes(out.getvalue())
    return path


def begin(case: Path, *paths: Path, **stated: Any) -> Generator[dict[str, Any], None, dict[str, Any]]:
    return flow.import_paths(case, SESSION, ImportRequest(paths=tuple(map(str, paths)), **stated))


def interrupt(case: Path, items: int, *paths: Path, **stated: Any) -> None:
    """Stop an import after so many items, as Ctrl-C does."""
    running = begin(case, *paths, **stated)
    for _ in range(items):
        next(running)
    running.close()


def statuses(case: Path, *paths: Path, **stated: Any) -> list[tuple[str, str]]:
    found = [(item["name"], item["status"]) for item in begin(case, *paths, **stated)]
    assert differences(case) == []
    return found


def records(case: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines()]
    return [record for record in found if record["type"] == kind]


def test_what_was_missing_or_has_changed_since_is_taken(case: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("same.txt", "changed.txt", "missing.txt")]
    for path in files[:2]:
        path.write_text(path.name, encoding="utf-8")
    interrupt(case, 1, *files)
    assert len(records(case, "acquired")) == 2
    files[1].write_text("something else", encoding="utf-8")
    files[2].write_text("here now", encoding="utf-8")
    assert statuses(case, *files) == [("changed.txt", "stored"), ("missing.txt", "stored"), ("same.txt", "stored")]
    assert [record["data"]["name"] for record in records(case, "acquired")] == ["same.txt", "changed.txt", "changed.txt", "missing.txt"]


def test_members_of_an_archive_that_stays_are_taken_out_on_resuming(case: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "export.zip")
    interrupt(case, 1, path, shows="maybe-minor")
    assert not records(case, "acquired")
    assert statuses(case, path, shows="maybe-minor") == [
        ("export.zip", "by-reference"),
        ("_chat.txt", "read"),
        ("bilde.jpg", "by-reference"),
    ]
    assert len(records(case, "by-reference")) == 2


def test_a_new_statement_counts_for_what_is_left_of_an_interrupted_import(case: Path, tmp_path: Path) -> None:
    """The archive was sealed as harmless; once it is stated that it may show a minor, no picture in it is copied out."""
    path = archive(tmp_path / "export.zip")
    (tmp_path / "first.txt").write_text("x", encoding="utf-8")
    interrupt(case, 1, tmp_path / "first.txt", path, shows="nothing-intimate")
    before = objects(case)
    again = statuses(case, tmp_path / "first.txt", path, shows="maybe-minor", device="the blue phone")
    assert ("bilde.jpg", "by-reference") in again
    assert ("_chat.txt", "read") in again
    assert len(objects(case) - before) == 1
    assert records(case, "import-resumed")[0]["data"]["stated"]["shows"] == "maybe-minor"
    shown = {item["name"]: item["acquisition"]["stated"] for item in assemble(open_case(case)).streams["exhibits"]()}
    assert shown["first.txt"]["shows"] == "nothing-intimate"
    assert shown["_chat.txt"] == {"shows": "maybe-minor", "device": "the blue phone"}


def test_the_same_file_by_reference_is_one_exhibit(case: Path, tmp_path: Path) -> None:
    picture, path = tmp_path / "bilde.jpg", archive(tmp_path / "export.zip")
    picture.write_bytes(PICTURE)
    assert statuses(case, picture) == [("bilde.jpg", "by-reference")]
    assert statuses(case, picture) == [("bilde.jpg", "duplicate")]
    assert statuses(case, path) == [("export.zip", "by-reference"), ("_chat.txt", "read"), ("bilde.jpg", "duplicate")]
    assert statuses(case, path) == [("export.zip", "duplicate")]
    digest = records(case, "by-reference-digest")[0]["data"]["sha256"]
    told = [json.loads(line)["type"] for line in (case / "log.jsonl").read_bytes().splitlines() if digest.encode() in line]
    assert told == ["by-reference-digest"], "the digest stands in the one record that disclosure withholds"


@pytest.mark.parametrize("at", range(28, 44))
def test_an_error_of_the_medium_is_not_laid_at_the_source(case: Path, tmp_path: Path, at: int) -> None:
    """What could not be written is not "unreadable": the import stops, and giving it again ends with everything."""
    path = archive(tmp_path / "export.zip")
    with using(Failing(at, errno.EIO)):
        try:
            list(begin(case, path, shows="nothing-intimate"))
        except (OSError, Problem):
            pass
    assert not records(case, "skipped")
    list(begin(case, path, shows="nothing-intimate"))
    assert differences(case) == []
    assert len(objects(case)) == 3


def test_other_bytes_under_the_name_of_an_original_are_neither_believed_nor_replaced(case: Path, tmp_path: Path) -> None:
    """What a crash left under a digest is hashed before a record promises it."""
    path = tmp_path / "x.bin"
    path.write_bytes(PICTURE)
    digest = hashlib.sha256(PICTURE).hexdigest()
    planted = case / "objects" / "sha256" / digest[:2] / digest
    planted.parent.mkdir()
    planted.write_bytes(PICTURE[:-1] + b"!")
    with pytest.raises(CaseDamaged):
        list(begin(case, path, shows="nothing-intimate"))
    assert planted.read_bytes() == PICTURE[:-1] + b"!"
    assert not records(case, "acquired")


def test_a_text_that_becomes_a_picture_after_it_was_looked_at_is_not_copied(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.txt"
    path.write_text(CHAT, encoding="utf-8")
    look = survey.look

    def look_and_swap(*arguments: Any) -> list[dict[str, Any]]:
        found = look(*arguments)
        path.write_bytes(PICTURE)
        return found

    monkeypatch.setattr(survey, "look", look_and_swap)
    assert statuses(case, path, shows="maybe-minor") == [("x.txt", "by-reference")]
    assert not [file for file in case.rglob("*") if file.is_file() and PICTURE in file.read_bytes()]


@pytest.mark.parametrize("items", [1, 2])
def test_a_choice_in_a_folder_goes_on_and_records_nothing_twice(case: Path, tmp_path: Path, items: int) -> None:
    for name in ("Lina", "Kari"):
        message = {
            "id": 1,
            "type": "message",
            "date": "2026-03-12T21:05:00",
            "date_unixtime": "1773345900",
            "from": name,
            "from_id": "user1",
            "text": "hei",
        }
        (tmp_path / "mappe" / name).mkdir(parents=True)
        found = {"name": name, "type": "personal_chat", "id": len(name), "messages": [message | {"text_entities": []}]}
        (tmp_path / "mappe" / name / "result.json").write_text(json.dumps(found), encoding="ascii")
    chosen: dict[str, Any] = {"thread": ("Lina",), "shows": "nothing-intimate"}
    interrupt(case, items, tmp_path / "mappe", **chosen)
    assert statuses(case, tmp_path / "mappe", **chosen) == [("mappe", "by-reference"), ("result.json", "read")]
    kinds = [json.loads(line)["type"] for line in (case / "log.jsonl").read_bytes().splitlines()]
    assert [kinds.count(kind) for kind in ("by-reference", "folder-list", "folder-digests", "not-chosen", "duplicate", "acquired")] == [
        1,
        1,
        1,
        1,
        0,
        1,
    ]
