"""One writer at a time; a writer that is killed leaves a case the next one can use within a second."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.errors import AnotherWriter
from sextortion_cli.store import case as cases
from sextortion_cli.store import lock
from sextortion_cli.store.verify import verify

from .scenes import SESSION, differences, imported, new, objects, sources


@pytest.mark.slow
def test_the_second_writer_is_told_and_readers_go_on(tmp_path: Path) -> None:
    case = tmp_path / "case"
    new(case, tmp_path)
    with cases.writing(case, SESSION):
        with pytest.raises(AnotherWriter):
            casework.add_note(case, SESSION, "x")
        assert verify(case).ok
        assert cases.open_case(case).book.genesis
    casework.add_note(case, SESSION, "x")


def test_verify_beside_a_running_writer_sees_a_whole_case(tmp_path: Path) -> None:
    case = tmp_path / "case"
    new(case, tmp_path)
    command = [
        sys.executable,
        "-c",
        f"""
import select, sys
from pathlib import Path
from sextortion_cli import casework
from sextortion_cli.model.session import Session
number = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    casework.add_note(Path({str(case)!r}), Session(), str(number))
    number += 1
print(number)
""",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        seen = {verify(case).records}
        while len(seen) < 20:
            assert writer.poll() is None
            result = verify(case)
            assert [item for item in result.findings if item.severity == "difference"] == []
            seen.add(result.records)
        said, _ = writer.communicate(b"enough\n", timeout=60)
    assert verify(case).records == 1 + int(said)


def records(case: Path) -> int:
    return (case / "log.jsonl").read_bytes().count(b"\n")


def kill(case: Path, files: Path, after: int, *, group: bool) -> bool:
    """Start an import, kill it once it has written `after` records, and return whether it was still running."""
    begun = records(case)
    command = [sys.executable, "-m", "sextortion_cli", "import", str(files), "--case", str(case), "--no-input", "-q"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as writer:
        while writer.poll() is None and records(case) < begun + after:
            time.sleep(0.0005)
        running = writer.poll() is None
        if running:
            os.killpg(writer.pid, signal.SIGKILL) if group else os.kill(writer.pid, signal.SIGKILL)
    return running


def killings(tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill writers at places all over an import; the next writer must have the lock within a second, and nothing promised is gone."""
    monkeypatch.setattr(lock, "WAIT_SECONDS", 1.0)
    rng = random.Random(9)
    files = sources(tmp_path / "files")
    (files / "large.bin").write_bytes(os.urandom(3 << 20))
    new(tmp_path / "whole", files)
    imported(tmp_path / "whole", files)
    last = records(tmp_path / "whole") - 1
    killed = 0
    for number in range(times):
        case = tmp_path / f"case-{number}"
        new(case, files)
        casework.add_note(case, SESSION, "holdt")
        killed += kill(case, files, rng.randrange(last), group=bool(number % 2))
        casework.add_note(case, SESSION, "etter")
        assert differences(case) == []
        notes = [entry["text"] for entry in casework.list_statements(cases.open_case(case), "note")]
        assert notes == ["holdt", "etter"]
        if number % 10 == 0:
            imported(case, files)
            assert differences(case) == []
            assert objects(case) == objects(tmp_path / "whole")
    assert killed > times // 3


@pytest.mark.slow
def test_killed_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killings(tmp_path, 6, monkeypatch)


@pytest.mark.slow
def test_many_killed_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killings(tmp_path, 200, monkeypatch)
