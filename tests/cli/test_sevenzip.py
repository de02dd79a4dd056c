"""7z archives on the command line: taken apart, chosen from, left where they are; and what is said where the extra is missing."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import py7zr
import pytest

from .terminal import run
from .test_contents import PICTURE, SECRET, bytes_of, chat

WITHOUT = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name == "py7zr":
            raise ModuleNotFoundError(name=name)
sys.meta_path.insert(0, Without())
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "nedlasting.7z"
    with py7zr.SevenZipFile(path, "w") as out:
        for name, text in (("Lina", "send 500 kroner"), ("Kari", SECRET)):
            out.writestr(json.dumps(chat(name, text), ensure_ascii=False, indent=1), f"chats/{name}/result.json")
            out.writestr(PICTURE + name.encode() * 30, f"chats/{name}/media/{name}.jpg")
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment of a program that was installed without the extra."""
    import os

    folder = tmp_path / "without"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WITHOUT, encoding="ascii")
    before = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), before)))}


def statuses(found: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {item["name"]: (item["status"], item["reason"]) for item in found["items"]}


def test_a_7z_is_taken_apart_like_any_archive(casefile, case: Path, archive: Path) -> None:
    found = casefile("import", archive, "--case", case, "--json").json
    assert statuses(found)["nedlasting.7z"] == ("stored", "members-are-exhibits")
    assert found["totals"]["messages"] == 4
    items = {item["name"]: item for item in casefile("items", "--case", case, "--jsonl").lines}
    assert set(items) == {
        "nedlasting.7z",
        *(f"chats/{name}/{file}" for name in ("Lina", "Kari") for file in ("result.json", f"media/{name}.jpg")),
    }
    assert items["nedlasting.7z"]["media_type"] == "application/x-7z-compressed"
    (record,) = [
        json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines() if b'"reader":"file-facts"' in line and b"7z-c" in line
    ]
    assert record["data"]["dependencies"]["py7zr"]
    casefile("verify", "--case", case)


@pytest.mark.slow
def test_conversations_of_a_7z_are_listed_and_chosen(casefile, case: Path, archive: Path) -> None:
    listed = casefile("contents", archive, "--json").json["conversations"]
    assert [(item["name"], item["messages"], item["members"]) for item in listed] == [("Lina", 2, 2), ("Kari", 2, 2)]
    found = casefile("import", archive, "--case", case, "--thread", "Lina", "--json").json
    assert statuses(found)["nedlasting.7z"] == ("by-reference", "chosen-conversations")
    assert found["totals"]["messages"] == 2
    assert SECRET.encode() not in bytes_of(case)
    assert archive.read_bytes() not in bytes_of(case)


@pytest.mark.slow
def test_the_gate_holds_for_the_members_of_a_7z(casefile, case: Path, archive: Path) -> None:
    found = statuses(casefile("import", archive, "--case", case, "--shows", "maybe-minor", "--json").json)
    assert found["nedlasting.7z"][0] == "by-reference"
    assert found["chats/Lina/result.json"][0] == "read"
    assert found["chats/Lina/media/Lina.jpg"][0] == "by-reference"
    assert PICTURE not in bytes_of(case)


@pytest.mark.slow
def test_archives_in_archives(casefile, case: Path, archive: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as outer:
        outer.write(archive, "inne/nedlasting.7z")
    outermost = tmp_path / "ytterst.7z"
    with py7zr.SevenZipFile(outermost, "w") as packed:
        packed.writestr(out.getvalue(), "midten.zip")
    found = statuses(casefile("import", outermost, "--case", case, "--json").json)
    assert found["inne/nedlasting.7z"] == ("stored", "members-are-exhibits")
    assert found["chats/Lina/result.json"][0] == "read"


@pytest.mark.slow
def test_what_cannot_be_opened_is_sealed_and_said(casefile, case: Path, tmp_path: Path) -> None:
    locked, cut = tmp_path / "laast.7z", tmp_path / "kuttet.7z"
    with py7zr.SevenZipFile(locked, "w", password="ikke kjent") as out:
        out.writestr(b"hei", "a.txt")
    cut.write_bytes(locked.read_bytes()[:-20])
    found = {item["name"]: item for item in casefile("import", locked, cut, "--case", case, "--json", status=3).json["items"]}
    assert (found["laast.7z"]["status"], found["laast.7z"]["reason"]) == ("partial", "archive:encrypted")
    assert (found["kuttet.7z"]["status"], found["kuttet.7z"]["reason"]) == ("partial", "archive:no-directory")
    assert {locked.read_bytes(), cut.read_bytes()} <= {path.read_bytes() for path in case.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_members_come_to_lie_under_their_digest_and_nowhere_else(casefile, case: Path, tmp_path: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "x.7z", "w") as out:
        out.writestr(b"hei", "mappe/fil.txt")
    before = {path.name for path in tmp_path.iterdir()}
    casefile("import", tmp_path / "x.7z", "--case", case, status=None)
    assert {path.name for path in tmp_path.iterdir()} == before
    assert not [path for path in case.rglob("*") if path.name in ("mappe", "fil.txt")]


@pytest.mark.slow
def test_without_the_extra_a_7z_is_sealed_and_the_line_that_installs_it_is_said(
    casefile, case: Path, archive: Path, bare: dict[str, str]
) -> None:
    found = casefile("import", archive, "--case", case, "--json", status=3, environment=bare).json
    assert statuses(found) == {"nedlasting.7z": ("stored", "needs-extra-sevenzip")}
    (notice,) = found["totals"]["notices"]
    assert (notice["code"], notice["count"]) == ("needs-extra", 1)
    assert "py7zr" in notice["install"]
    assert archive.read_bytes() in {path.read_bytes() for path in case.rglob("*") if path.is_file()}
    later = casefile("import", archive, "--case", case, "--json").json
    assert [item["status"] for item in later["items"]] == ["duplicate", "read", "stored", "read", "stored", "stored"]
    assert later["totals"]["messages"] == 4
    again = casefile("import", archive, "--case", case, "--json").json
    assert [item["status"] for item in again["items"]] == ["duplicate"]


@pytest.mark.slow
def test_without_the_extra_an_archive_in_an_archive_is_opened_later_too(
    casefile, case: Path, archive: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "ute.zip", "w") as out:
        out.write(archive, "inne.7z")
    found = statuses(casefile("import", tmp_path / "ute.zip", "--case", case, "--json", status=3, environment=bare).json)
    assert found["inne.7z"] == ("stored", "needs-extra-sevenzip")
    later = casefile("import", tmp_path / "ute.zip", "--case", case, "--json").json
    assert later["totals"]["messages"] == 4
    assert statuses(later)["inne.7z"] == ("stored", "members-are-exhibits")


@pytest.mark.slow
@pytest.mark.parametrize("more", [("--thread", "Lina"), ("--shows", "unknown")])
def test_without_the_extra_what_may_not_be_copied_stays_where_it_is(
    casefile, case: Path, archive: Path, bare: dict[str, str], more: tuple[str, str]
) -> None:
    found = casefile("import", archive, "--case", case, *more, "--json", status=3, environment=bare).json
    assert statuses(found) == {"nedlasting.7z": ("by-reference", "needs-extra-sevenzip")}
    assert archive.read_bytes() not in bytes_of(case)
    later = statuses(casefile("import", archive, "--case", case, *more, "--json").json)
    assert later["nedlasting.7z"][0] == "duplicate"
    assert later["chats/Lina/result.json"][0] == "read"
    assert ("chats/Kari/result.json" in later) == (more[0] == "--shows")


def test_contents_of_a_7z_without_the_extra_is_exit_19(casefile, archive: Path, bare: dict[str, str]) -> None:
    ran = casefile("contents", archive, "--json", status=19, environment=bare)
    assert ran.out == ""
    error = json.loads(ran.err)["error"]
    assert (error["code"], error["name"]) == (19, "needs-extra")
    assert "pip install" in error["next"]
    assert "py7zr" in error["next"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.slow
def test_on_a_terminal_a_7z_without_the_extra_is_no_obstacle(
    case: Path, archive: Path, tmp_path: Path, bare: dict[str, str], monkeypatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", bare["PYTHONPATH"])
    status, shown = run(["import", str(archive), "--case", str(case)], ["\n"] * 8, tmp_path, language="en")
    assert status == 3, shown
    assert "pip install" in shown
