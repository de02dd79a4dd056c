"""What `import` does with sources that are not plain files, change, repeat or cannot be read."""

from __future__ import annotations

import errno
import hashlib
import io
import itertools
import os
import socket
import sys
from pathlib import Path

import pytest

from sextortion_cli import flow
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.sources import is_picture
from sextortion_cli.store import layout, platform, sealing
from sextortion_cli.store.fileops import FileOps, using
from sextortion_cli.store.objects import Copy

from .scenes import SESSION, differences, new


@pytest.fixture
def case(tmp_path: Path) -> Path:
    new(tmp_path / "case", tmp_path)
    return tmp_path / "case"


def run(case: Path, *paths: Path | str) -> dict[str, dict[str, object]]:
    items = list(flow.import_paths(case, SESSION, ImportRequest(paths=tuple(map(str, paths)))))
    assert differences(case) == []
    return {str(item["name"]): item for item in items}


def test_special_files_are_left_and_said(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "empty").write_bytes(b"")
    (folder / "target").write_bytes(b"hei")
    (folder / "link").symlink_to(folder / "target")
    (folder / "dangling").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
        items = run(case, folder)
    assert items["empty"]["status"] == "stored"
    assert items["empty"]["size"] == 0
    assert items["target"]["status"] == "stored"
    for name, reason in (
        ("link", "symbolic-link"),
        ("dangling", "symbolic-link"),
        ("loop", "symbolic-link"),
        ("pipe", "fifo"),
        ("socket", "socket"),
    ):
        assert (items[name]["status"], items[name]["reason"]) == ("skipped", reason)


def test_duplicates_are_kept_once_and_recorded_twice(case: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"samme")
    (tmp_path / "b").write_bytes(b"samme")
    items = run(case, tmp_path / "a", tmp_path / "b")
    assert (items["a"]["status"], items["b"]["status"]) == ("stored", "duplicate")
    assert items["a"]["sha256"] == items["b"]["sha256"]
    log = (case / "log.jsonl").read_bytes()
    assert log.count(b'"type":"duplicate"') == 1


def test_names_that_are_no_text(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    name = os.fsencode(folder) + b"/bilde-\xff\xfe.txt"
    try:
        with open(name, "wb") as out:
            out.write(b"hei")
    except OSError:
        pytest.skip("this file system refuses names that are not UTF-8")
    items = run(case, folder)
    assert list(items) == ["bilde-\ufffd\ufffd.txt"]
    assert b"YmlsZGUt//4udHh0" in (case / "log.jsonl").read_bytes()


@pytest.mark.parametrize("size", [1 << 20, 3 << 20], ids=["in memory", "streamed"])
def test_a_source_that_changes_while_it_is_read(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    changing = tmp_path / "changing.bin"
    changing.write_bytes(bytes(size))
    numbers = itertools.count(1)
    read = sealing._filled

    def scribbled(stream: io.FileIO, buffer: memoryview) -> int:
        number = next(numbers)
        with changing.open("r+b") as out:
            out.write(bytes([number % 256]))
        os.utime(changing, ns=(number, number))  # another time, however coarse the clock of the file system
        return read(stream, buffer)

    monkeypatch.setattr(sealing, "_filled", scribbled)
    items = run(case, changing)
    assert items["changing.bin"]["status"] == "changed"
    assert changing.exists()


@pytest.mark.parametrize("extra", [0, 1, 4095])
@pytest.mark.parametrize("refused", [False, True], ids=["as the disk likes", "refused at the first write"])
def test_a_large_copy_past_the_cache_has_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: int, refused: bool) -> None:
    monkeypatch.setattr(sealing, "LARGE", 1 << 20)
    monkeypatch.setattr("sextortion_cli.store.objects.LARGE", 1 << 20)
    if refused:
        monkeypatch.setattr(platform, "write_directly", lambda fd, *, on: on)
    data = os.urandom((9 << 20) + extra)
    (tmp_path / "source").write_bytes(data)
    with using(Refusing() if refused else FileOps()):
        sealed = sealing.seal(os.fsencode(tmp_path / "source"), lambda digest: tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == data
    assert sealed.digests.sha256 == hashlib.sha256(data).hexdigest()
    assert sealed.digests.size == len(data)


class Refusing(FileOps):
    """Writes a page of the first piece, then says what a file system says that cannot write past the cache."""

    def __init__(self) -> None:
        self.refused = False

    def write(self, fd: int, data: bytes | memoryview) -> None:
        if not self.refused:
            self.refused = True
            super().write(fd, data[: platform.PAGE])
            raise OSError(errno.EINVAL, "no")
        super().write(fd, data)


def test_a_small_copy_is_made_where_it_will_lie_and_never_twice(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[Path] = []
    init = Copy.__init__
    monkeypatch.setattr(Copy, "__init__", lambda self, temporary, size=0: (places.append(temporary), init(self, temporary, size))[1])
    (tmp_path / "a").write_bytes(b"samme")
    run(case, tmp_path / "a")
    (tmp_path / "b").write_bytes(b"samme")
    run(case, tmp_path / "b")
    digest = hashlib.sha256(b"samme").hexdigest()
    assert [place.parent for place in places] == [layout.object_path(case.absolute(), digest).parent]


def test_unreadable_files(case: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("runs as root, who may write everywhere")
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").write_bytes(b"y")
    (tmp_path / "a").chmod(0)
    items = run(case, tmp_path / "a", tmp_path / "b")
    assert items["a"]["status"] == "failed"
    assert items["b"]["status"] == "stored"


def test_sources_are_never_touched(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{number}", encoding="utf-8")
        os.utime(folder / f"{number}.txt", ns=(10**18, 10**18))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.iterdir()}
    run(case, folder)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.iterdir()} == before


def test_the_case_folder_does_not_swallow_itself(case: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    items = run(case, tmp_path)
    assert items["case"]["status"] == "skipped"
    assert items["x.txt"]["status"] == "stored"
    assert sys.platform


@pytest.mark.parametrize(
    ("head", "picture"),
    [
        (b"\xff\xd8\xff\xe0", True),
        (b"\x00\x00\x00\x18ftypheic", True),
        (b"\x00\x00\x00\x1cftypavif", True),
        (b"\x00\x00\x00\x18ftypmp42", False),
        (b"\x00\x00\x00\x14ftypqt  ", False),
        (b"BM\x76\x02\x00\x00\x00\x00\x00\x00", True),
        (b"BMW eller Volvo?", False),
        (b"", False),
    ],
)
def test_only_a_picture_is_a_picture(tmp_path: Path, head: bytes, picture: bool) -> None:
    """The gate copies a screenshot of a conversation (row 6 of its table); a video has no such row."""
    (tmp_path / "x").write_bytes(head + bytes(40))
    assert is_picture(os.fsencode(tmp_path / "x")) is picture
