"""A person at a terminal: the program in a pseudo-terminal of a given width, with keys typed when it waits for them."""

from __future__ import annotations

import os
import re
import selectors
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

CONTROL = re.compile(r"[^\n]*\r\x1b\[K|\x1b\[[0-9;?]*[a-zA-Z]|\r")  # a line of progress is gone once it was taken away


def run(
    arguments: list[str],
    keys: Sequence[str | Callable[[str], str]],
    cwd: Path,
    *,
    columns: int = 80,
    language: str = "nb",
    keep_control: bool = False,
    **more: str,
) -> tuple[int, str]:
    """
    Run `casefile` on a terminal and return its exit status and what the screen showed.

    Args:
        keys: What is typed, one entry for every time the program waits for an answer; or what makes it from all that was shown so far.
        keep_control: What moves the cursor stays in what is returned.
        more: Further variables of the environment.
    """
    pty = pytest.importorskip("pty", reason="no pseudo-terminal")
    child, master = pty.fork()
    if child == 0:
        os.chdir(cwd)
        environment = {**os.environ, "COLUMNS": str(columns), "CASEFILE_LANGUAGE": language, "TERM": "xterm", **more}
        os.execve(sys.executable, [sys.executable, "-m", "sextortion_cli", *arguments], environment)
    shown, waiting, deadline = b"", list(keys), time.monotonic() + 60
    selector = selectors.DefaultSelector()  # not select(): a long run of tests may have more files open than it can count
    selector.register(master, selectors.EVENT_READ)
    while True:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            break
        ready = selector.select(0.2)
        try:
            piece = os.read(master, 65536) if ready else b""
        except OSError:
            break
        if ready and not piece:
            break
        shown += piece
        if waiting and not ready and shown.endswith(b": "):
            key = waiting.pop(0)
            os.write(master, (key(shown.decode("utf-8", "replace")) if callable(key) else key).encode())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    selector.close()
    os.close(master)
    text = shown.decode("utf-8", "replace")
    return status, text if keep_control else CONTROL.sub("", text)
