"""Streams that break, are closed, or are full; signals: the exit status says so, and nothing else does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not on Linux")
PROGRAM = [sys.executable, "-m", "sextortion_cli"]
MANY = "".join(f"13.03.2026, {minute // 60:02}:{minute % 60:02} - Lina: melding nummer {minute} {'x' * 60}\n" for minute in range(1400))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case with more messages than any buffer holds."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "chat.txt").write_text(MANY, encoding="utf-8")
    for command in (["new", "case", "--minor", "no"], ["--case", "case", "import", "chat.txt"]):
        subprocess.run([*PROGRAM, *command], cwd=folder, capture_output=True, timeout=60, check=True)
    return folder / "case"


@pytest.mark.parametrize(
    "command", [["messages"], ["messages", "--json"], ["messages", "--jsonl"], ["timeline"], ["report", "--format", "markdown"]]
)
def test_a_broken_pipe_ends_silently(large: Path, command: list[str]) -> None:
    with subprocess.Popen([*PROGRAM, *command, "--case", large, "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


def closed(redirection: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    line = " ".join([*(f"'{part}'" for part in (*PROGRAM, *arguments)), redirection])
    return subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)


def test_closed_streams_stop_nothing(large: Path) -> None:
    for redirection in (">&-", "2>&-", "<&-", "2>/dev/full"):
        ran = closed(redirection, "items", "--case", large)
        assert ran.returncode == 0, (redirection, ran.stderr)
        assert b"mistake" not in ran.stderr


def test_a_closed_standard_input_is_no_empty_file(large: Path) -> None:
    assert closed("<&-", "import", "-", "--name", "x", "--case", large).returncode == 16


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="not on Linux")
def test_a_full_disk_behind_stdout_is_no_crash(large: Path) -> None:
    for command in (["items"], ["messages"], ["messages", "--json"]):
        ran = closed(">/dev/full", *command, "--case", large)
        assert ran.returncode == 17, ran.stderr
        assert b"Traceback" not in ran.stderr
    assert b"Traceback" not in closed(">/dev/full", "--version").stderr


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_have_their_status_and_say_what_is_safe(large: Path, number: int, status: int) -> None:
    command = [*PROGRAM, "import", "-", "--name", "late.txt", "--case", large, "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        until = time.monotonic() + 30
        while not list((large / "objects").glob("tmp-*")) and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (status, b"")
    assert b"What was saved is safe" in err
    assert b"Traceback" not in err
