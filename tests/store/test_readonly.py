"""A case on a read-only stick: `verify` and every look say the same, nothing is written anywhere, and writing is refused by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.store.glance import find

from . import powerless
from .scenes import contact, imported, new, sources

READ_ONLY = 18


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readonly")
    case = folder / "case"
    new(case, folder)
    imported(case, sources(folder / "files"))
    contact(case, folder)
    return case


@pytest.fixture
def stick(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the case in which nothing may be written."""
    folder = tmp_path / "stick"
    shutil.copytree(whole, folder / "case")
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(path.stat().st_mode & ~0o222)
    yield folder / "case"
    for path in paths:
        if path.is_dir():
            path.chmod(0o700)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def state(folder: Path) -> dict[str, Any]:
    """Return everything there is to say of a folder, except when it was last read."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, data)
    return found


def casefile(empty: Path, *arguments: str | Path) -> tuple[int, bytes]:
    done = powerless.run(["-m", "sextortion_cli", *map(str, arguments)], empty)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout


def test_verify_says_the_same_and_writes_nothing(whole: Path, stick: Path, empty: Path) -> None:
    powerless.must_obey(stick, empty)
    before = state(stick.parent)
    there = casefile(empty, "verify", stick, "--json")
    assert there == casefile(empty, "verify", whole, "--json")
    assert there[0] == 0
    assert state(stick.parent) == before
    assert not [path for path in empty.iterdir() if path.name.startswith("casefile")]


def test_verify_finds_the_same_difference_there(stick: Path, empty: Path) -> None:
    powerless.must_obey(stick, empty)
    target = next(path for path in (stick / "objects" / "sha256").rglob("*") if path.is_file() and path.stat().st_size)
    target.chmod(0o600)
    target.write_bytes(b"x" + target.read_bytes()[1:])
    target.chmod(0o400)
    before = state(stick.parent)
    status, out = casefile(empty, "verify", stick, "--json")
    assert status == 4
    assert b"object-altered" in out
    assert state(stick.parent) == before


@pytest.mark.slow
@pytest.mark.parametrize("index", [True, False])
def test_looking_works_with_and_without_the_index(stick: Path, empty: Path, *, index: bool) -> None:
    if not index:
        stick.chmod(0o700)
        (stick / "index.sqlite").unlink()
        stick.chmod(0o500)
    powerless.must_obey(stick, empty)
    before = state(stick.parent)
    for command in (["messages"], ["items"], ["timeline"], ["search", "linjer"], ["contact", "list"], ["report", "--format", "json"]):
        status, out = casefile(empty, *command, "--case", stick, "--no-input")
        assert status == 0, command
        assert out, command
    assert state(stick.parent) == before
    assert not list(empty.glob("casefile-*"))


@pytest.mark.parametrize("command", [["note", "x"], ["contact", "add", "--service", "WhatsApp", "--name", "x"]])
def test_writing_is_refused_by_name(stick: Path, empty: Path, command: list[str]) -> None:
    powerless.must_obey(stick, empty)
    before = state(stick.parent)
    assert casefile(empty, *command, "--case", stick, "--no-input")[0] == READ_ONLY
    assert state(stick.parent) == before


def test_a_new_case_where_nothing_may_be_written(stick: Path, empty: Path) -> None:
    powerless.must_obey(stick.parent, empty)
    before = state(stick.parent)
    assert casefile(empty, "new", stick.parent / "another", "--minor", "no", "--no-input")[0] == READ_ONLY
    assert state(stick.parent) == before


def test_a_source_nobody_may_read_is_skipped_and_said(whole: Path, tmp_path: Path, empty: Path) -> None:
    case = Path(shutil.copytree(whole, tmp_path / "case"))
    for name in ("secret.txt", "open.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    if powerless.run(["-c", f"open({str(tmp_path / 'secret.txt')!r})"], empty).returncode == 0:
        pytest.skip("runs as root, who may write everywhere")
    status, out = casefile(
        empty,
        "import",
        tmp_path / "secret.txt",
        tmp_path / "open.txt",
        "--case",
        case,
        "--shows",
        "nothing-intimate",
        "--no-input",
        "--json",
    )
    assert status == 3
    assert b"unreadable" in out
    assert casefile(empty, "verify", case)[0] == 0
    assert find(case) == case
