"""
The limited child: what it may not do, what ends it, and that the parent keeps everything that came before.

`reader_probe_operations.py` runs in the child and tries each forbidden thing; here stands what must have become of it.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.readers.frames import BinaryFrame, MalformedFrame, ReaderEnd, RecordsFrame, decode_plain, decode_records
from sextortion_cli.readers.operation import OperationSpec
from sextortion_cli.readers.server import ReaderServer

sys.path.insert(0, str(Path(__file__).parent))
TABLE = "reader_probe_operations:OPERATIONS"
linux = pytest.mark.skipif(sys.platform != "linux", reason="not on Linux")


@pytest.fixture
def server() -> Iterator[ReaderServer]:
    with ReaderServer(TABLE, lanes=1) as found:
        yield found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "export.txt").write_text("hei\nto\ntre\n", encoding="utf-8")
    return tmp_path / "export.txt"


def run(reader: ReaderServer, operation: str, source: Path, **options: Any) -> tuple[list[Any], bytes, ReaderEnd]:
    records: list[Any] = []
    data = b""
    end = None
    for frame in reader.run(operation, source, options):
        if isinstance(frame, RecordsFrame):
            try:
                records += decode_plain(frame.payload)
            except MalformedFrame:
                return records, data, ReaderEnd("partial", reason="bad records")
        elif isinstance(frame, BinaryFrame):
            data += frame.data
        else:
            end = frame
    assert end is not None
    return records, data, end


def test_an_honest_reader(server: ReaderServer, source: Path) -> None:
    frames = list(server.run("lines", source, {"kept": 1}))
    end = frames[-1]
    assert isinstance(end, ReaderEnd)
    assert (end.status, end.result, end.reason) == ("complete", {"size": 11, "kept": 1}, "")
    records = [record for frame in frames if isinstance(frame, RecordsFrame) for record in decode_records(frame.payload)]
    assert [getattr(record, "text", None) for record in records] == [None, "hei", "to", "tre"]


@linux
def test_everything_forbidden_is_refused(server: ReaderServer, source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "there").write_text("hemmelig", encoding="utf-8")
    held = os.open(folder / "there", os.O_RDONLY)
    os.set_inheritable(held, True)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        port = listener.getsockname()[1]
        datagrams.bind(("127.0.0.1", port))
        datagrams.setblocking(False)
        os.environ["CASEFILE_PROBE"] = "hemmelig"
        try:
            records, _, end = run(server, "probe", source, folder=str(folder), tcp4=port, tcp6=0, server=os.getpid(), held=[held])
        finally:
            del os.environ["CASEFILE_PROBE"]
            os.close(held)
        with pytest.raises(BlockingIOError):
            datagrams.recv(1)
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert end.status == "complete", end.reason
    outcomes = {record["attempt"]: record for record in records}
    done = [name for name, record in outcomes.items() if record["outcome"] == "done"]
    assert done == []
    assert len(outcomes) > 30
    assert outcomes["environment"]["outcome"] == {}
    assert outcomes["environment"]["left"] == 0
    assert all(outcome != "done" for outcome in outcomes["inherited"]["outcome"])
    assert outcomes["descriptors"]["outcome"] <= 6
    assert sorted(path.name for path in folder.iterdir()) == ["there"]
    assert (folder / "there").read_text(encoding="utf-8") == "hemmelig"
    for part in ("fork", "rlimits", "seccomp"):
        assert part in end.isolation


@pytest.mark.parametrize(
    ("operation", "reasons"),
    [
        ("raises", ("raised ZeroDivisionError",)),
        ("hungry", ("memory limit", "raised MemoryError")),
        ("sleeps", ("time limit",)),
        ("spins", ("time limit", "died: SIGXCPU", "died: SIGKILL")),
        ("segfault", ("died: SIGSEGV",)),
        ("aborts", ("died: SIGABRT",)),
        ("leaves", ("no end frame", "died")),
    ],
)
@linux
def test_a_reader_that_dies_keeps_what_it_had_said(server: ReaderServer, source: Path, operation: str, reasons: tuple[str, ...]) -> None:
    records, _, end = run(server, operation, source)
    assert end.status == "partial"
    assert end.reason.startswith(reasons), end.reason
    assert "secret" not in end.reason
    assert end.result == {}
    if operation in ("raises", "sleeps", "hungry"):
        assert len(records) == 1
    again, _, complete = run(server, "lines", source)
    assert complete.status == "complete"
    assert len(again) == 4


@linux
def test_a_reader_that_floods_is_stopped(server: ReaderServer, source: Path) -> None:
    _, _, end = run(server, "floods", source)
    assert end.status == "partial"
    assert end.reason.startswith(("output limit", "time limit")), end.reason


@pytest.mark.parametrize("data", ["ffffffff", "00000000", "00000003414243", "000000015b", "7fffffff00", "0000000a7b7d"])
@linux
def test_a_reader_that_writes_into_the_pipe_itself_is_cut_off(server: ReaderServer, source: Path, data: str) -> None:
    """Whatever a reader that was taken over writes, it is a frame, a bad frame, or nothing: never an error of the parent."""
    _, _, end = run(server, "garbage", source, hex=data, wait=True)
    assert end.status == "partial"
    assert end.reason.startswith(("bad frame", "bad records", "time limit", "no end frame")), end.reason


def test_what_cannot_be_handed_on_is_a_defect_and_nothing_else_is_lost(server: ReaderServer, source: Path) -> None:
    frames = [frame for frame in server.run("huge", source, {}) if isinstance(frame, RecordsFrame)]
    records = [record for frame in frames for record in decode_records(frame.payload)]
    assert [type(record).__name__ for record in records].count("Defect") == 2
    assert {getattr(record, "code", None) for record in records} >= {"record-too-large", "record-not-encodable"}


def test_a_missing_library_is_said(server: ReaderServer, source: Path) -> None:
    _, _, end = run(server, "missing-library", source)
    assert (end.status, end.reason) == ("partial", "cannot load no_such_library_here")


def ends_of(reader: ReaderServer, operation: str, source: Path, options: dict[str, Any], *, once: bool) -> list[ReaderEnd]:
    frames = reader.run_batch(operation, [(source, options)] * 2, once=once)
    return [frame for _, frame in frames if isinstance(frame, ReaderEnd)]


def test_what_is_asked_once_is_loaded_in_the_child(server: ReaderServer, source: Path) -> None:
    once, again = (ends_of(server, "prepared-by", source, {}, once=once) for once in (True, False))
    assert [end.status for end in (*once, *again)] == ["complete"] * 4
    loaded_by = [end.result["prepared_by"] == end.result["child"] for end in (*once, *again)]
    assert loaded_by == ([True, True, False, False] if sys.platform == "linux" else [True] * 4)
    isolated = {end.isolation for end in (*once, *again)}
    assert len(isolated) == 1


def test_a_missing_library_is_said_of_what_is_asked_once(server: ReaderServer, source: Path) -> None:
    ends = ends_of(server, "missing-library", source, {}, once=True)
    assert [(end.status, end.reason) for end in ends] == [("partial", "cannot load no_such_library_here")] * 2
    assert ends_of(server, "lines", source, {}, once=True)[0].status == "complete"


@pytest.mark.parametrize("name", ["nothing", "link", "folder", "pipe"])
def test_only_regular_files_are_opened(server: ReaderServer, source: Path, name: str) -> None:
    target = source.with_name(name)
    if name == "link":
        target.symlink_to(source)
    elif name == "folder":
        target.mkdir()
    elif name == "pipe":
        os.mkfifo(target)
    _, _, end = run(server, "lines", target)
    assert end.status == "partial"
    assert end.reason.startswith(("cannot open", "not a regular file"))


@linux
def test_in_a_batch_only_the_guilty_file_suffers(server: ReaderServer, tmp_path: Path) -> None:
    words = ["a", "die", "b", "hang", "c", "eat", "d"]
    entries = []
    for number, word in enumerate(words):
        (tmp_path / f"{number}").write_text(word, encoding="utf-8")
        entries.append((tmp_path / f"{number}", {}))
    ends = {index: frame for index, frame in server.run_batch("picky", entries) if isinstance(frame, ReaderEnd)}
    assert {words[index]: end.status for index, end in ends.items()} == {
        "a": "complete", "die": "partial", "b": "complete", "hang": "partial", "c": "complete", "eat": "partial", "d": "complete",
    }  # fmt: skip


def test_closing_early_ends_the_child(server: ReaderServer, source: Path) -> None:
    frames = server.run("many", source, {"count": 10**7, "words": 50})
    next(frames)
    frames.close()
    _, _, end = run(server, "lines", source)
    assert end.status == "complete"


def test_every_operation_of_the_program_names_what_it_needs() -> None:
    from sextortion_cli import examination, identifying, suggesting

    assert set(examination.OPERATIONS) == {"read", "examine", "survey", "expand", "parts", "viewing", "contents", "conversations"}
    assert set(identifying.OPERATIONS) == {"identify", "identify-lines", "identify-texts"}
    assert set(suggesting.OPERATIONS) == {"suggest"}
    for table in (examination, identifying, suggesting):
        assert all(isinstance(spec, OperationSpec) for spec in table.OPERATIONS.values())
