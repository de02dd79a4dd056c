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
from sextortion_cli.store.verify import verify

from .scenes import SESSION, differences, imported, new, sources


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
import sys
from pathlib import Path
from sextortion_cli import casework
from sextortion_cli.model.session import Session
for number in range(60):
    casework.add_note(Path({str(case)!r}), Session(), str(number))
""",
    ]
    with subprocess.Popen(command) as writer:
        checks = 0
        while writer.poll() is None:
            assert differences(case) == []
            checks += 1
        assert writer.returncode == 0
    assert checks > 3
    assert verify(case).records == 61


def kill(case: Path, files: Path, delay: float, *, group: bool) -> bool:
    """Start an import and kill it after `delay` seconds; return whether it was still running."""
    command = [sys.executable, "-m", "sextortion_cli", "import", str(files), "--case", str(case), "--no-input", "-q"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as writer:
        time.sleep(delay)
        running = writer.poll() is None
        if running:
            os.killpg(writer.pid, signal.SIGKILL) if group else os.kill(writer.pid, signal.SIGKILL)
    return running


def killings(tmp_path: Path, times: int) -> None:
    rng = random.Random(9)
    files = sources(tmp_path / "files")
    (files / "large.bin").write_bytes(os.urandom(3 << 20))
    killed = 0
    for number in range(times):
        case = tmp_path / f"case-{number}"
        new(case, files)
        casework.add_note(case, SESSION, "holdt")
        killed += kill(case, files, rng.uniform(0.05, 1.2), group=bool(number % 2))
        begun = time.monotonic()
        casework.add_note(case, SESSION, "etter")
        assert time.monotonic() - begun < 1.0
        assert differences(case) == []
        notes = [entry["text"] for entry in casework.list_statements(cases.open_case(case), "note")]
        assert notes == ["holdt", "etter"]
        if number % 10 == 0:
            imported(case, files)
            assert differences(case) == []
    assert killed > times // 3


def test_killed_writers(tmp_path: Path) -> None:
    killings(tmp_path, 6)


@pytest.mark.slow
def test_many_killed_writers(tmp_path: Path) -> None:
    killings(tmp_path, 200)
