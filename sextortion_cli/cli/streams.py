"""The three standard streams: UTF-8 whatever the locale says, there even when they were closed, and quiet when nobody reads on."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import BinaryIO

_stdin_closed = False


def prepare_streams() -> None:
    """
    Make the streams fit to talk through.

    Text no encoding can hold is shown as escapes rather than breaking the output; what is typed in another encoding becomes U+FFFD.
    A stream that was closed before the program started (``2>&-``) is replaced by one that leads nowhere.
    """
    global _stdin_closed  # noqa: PLW0603  (there is one standard input)
    _stdin_closed = _stdin_closed or sys.stdin is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n" if os.name != "nt" else None)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def piped() -> BinaryIO | None:
    """Return standard input as bytes, None when it was closed: nothing can be read from there, not even an empty file."""
    return None if _stdin_closed else sys.stdin.buffer


def abandon_stdout() -> None:
    """Drop what stdout still holds, and everything that comes after it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def talk(text: str) -> None:
    """Write to stderr; that nobody can read it is no reason to stop what was asked for."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
