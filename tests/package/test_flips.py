"""
One bit changed anywhere in a small package is found by the desk and by the script.

Both run as they are, on files held in memory; only digests of files that did not change are remembered, which saves hours and decides nothing.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import desk
from sextortion_cli.opening import Item
from sextortion_cli.package.bag import Digests

from .conftest import compiled

#: What no digest covers, or what says what the digests are: every bit of these is changed, of all others a bit of every byte.
LISTS = (
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    "data/custody/head",
)


class InMemory:
    """A package of which one file at a time is another."""

    def __init__(self, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files = {path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*") if path.is_file()}
        self.changed = ""
        self._known = {name: desk._digests(self._item(name), None) for name in self.files}  # type: ignore[arg-type]
        monkeypatch.setattr(desk, "opened", lambda *_: {name: self._item(name) for name in self.files})
        monkeypatch.setattr(desk, "_hashed", lambda *_: {name: self.digests(name) for name in self.files})
        self.script: dict[str, Any] = {"__name__": "script"}
        exec(compiled(), self.script)
        self.script["walk"] = lambda top: {name: len(data) for name, data in self.files.items()}
        self.script["read"] = lambda top, name, longest=1 << 26: self.files[name]
        self.script["digests"] = lambda path: self.digests(os.path.relpath(path, "/p"))._asdict()

    def _item(self, name: str) -> Item:
        return Item(len(self.files[name]), lambda: iter([self.files[name]]))

    def digests(self, name: str) -> Digests:
        found = desk._digests(self._item(name), None) if name == self.changed else self._known[name]  # type: ignore[arg-type]
        assert found is not None
        return found

    @contextlib.contextmanager
    def other(self, name: str, data: bytes) -> Iterator[None]:
        before, self.files[name], self.changed = self.files[name], data, name
        try:
            yield
        finally:
            self.files[name], self.changed = before, ""

    def verdicts(self) -> tuple[bool, bool]:
        """Tell whether the desk, and the script, find nothing."""
        script = self.script
        script["FOUND"].clear()
        with contextlib.redirect_stdout(io.StringIO()):
            script["os"] = _Anything
            status = script["main"]("/p")
        return desk.check(Path("/p")).ok, status == 0


class _Anything:
    """What the script asks the system before it begins."""

    class path:  # noqa: N801
        isfile = staticmethod(lambda name: True)
        join = staticmethod(os.path.join)


def missed(package: InMemory, name: str, bits: range | list[int]) -> list[tuple[str, int]]:
    data, found = package.files[name], []
    for bit in bits:
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with package.other(name, bytes(flipped)):
            if any(package.verdicts()):
                found.append((name, bit))
    return found


def test_the_harness_finds_nothing_in_a_whole_package(made_packages: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert InMemory(made_packages["folder"], monkeypatch).verdicts() == (True, True)
    assert InMemory(made_packages["helper"], monkeypatch).verdicts() == (True, True)


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_every_bit_of_what_lists_the_rest_is_found(made_packages: dict[str, Path], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    package = InMemory(made_packages["folder"], monkeypatch)
    assert missed(package, name, range(8 * len(package.files[name]))) == []


@pytest.mark.slow
def test_a_bit_of_every_byte_of_the_rest_is_found(made_packages: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    package = InMemory(made_packages["folder"], monkeypatch)
    for name in sorted(set(package.files) - set(LISTS)):
        assert missed(package, name, [8 * at + at % 8 for at in range(len(package.files[name]))]) == []


@pytest.mark.campaign
@pytest.mark.parametrize("kind", ["folder", "helper"])
def test_every_bit_of_everything_is_found(made_packages: dict[str, Path], monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    package = InMemory(made_packages[kind], monkeypatch)
    for name in sorted(package.files):
        assert missed(package, name, range(8 * len(package.files[name]))) == []


def own_bytes(path: Path) -> list[int]:
    """Return the offsets of every byte of a zip that is no file's own."""
    import zipfile

    data, own = path.read_bytes(), set(range(path.stat().st_size))
    with zipfile.ZipFile(path) as archive:
        for item in archive.infolist():
            start = item.header_offset + 30 + len(item.filename)
            own -= set(range(start, start + item.file_size))
    assert len(own) < len(data)
    return sorted(own)


def zip_flips(path: Path, folder: Path, every: int) -> list[int]:
    """Change a bit of the zip's own bytes at a time; return those that were not found."""
    copy = Path(shutil.copy(path, folder / "copy.zip"))
    found = []
    with copy.open("r+b") as stream:
        for count, bit in enumerate(8 * at + shift for at in own_bytes(path) for shift in range(8)):
            if count % every:
                continue
            stream.seek(bit // 8)
            before = stream.read(1)
            stream.seek(bit // 8)
            stream.write(bytes([before[0] ^ (1 << bit % 8)]))
            stream.flush()
            if desk.check(copy).ok:
                found.append(bit)
            stream.seek(bit // 8)
            stream.write(before)
            stream.flush()
    assert desk.check(copy).ok
    return found


def test_bits_between_the_files_of_a_zip_are_found(made_packages: dict[str, Path], tmp_path: Path) -> None:
    assert zip_flips(made_packages["zip"], tmp_path, 211) == []


@pytest.mark.slow
def test_most_bits_between_the_files_of_a_zip_are_found(made_packages: dict[str, Path], tmp_path: Path) -> None:
    assert zip_flips(made_packages["zip"], tmp_path, 5) == []


@pytest.mark.campaign
def test_every_bit_between_the_files_of_a_zip_is_found(made_packages: dict[str, Path], tmp_path: Path) -> None:
    assert zip_flips(made_packages["zip"], tmp_path, 1) == []
