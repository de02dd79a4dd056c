"""What is typed, dragged or pasted, as bytes: line by line, and a pasted text whole, however long its lines are."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any, Protocol

#: How long a pause within one paste may be: what comes later was typed after it.
_TOGETHER = 0.2
_END = b"\x04"


class Keyboard(Protocol):
    """Where answers come from."""

    def line(self) -> bytes | None:
        """Return one line without its end; None when there will be no more (Ctrl-D)."""

    def rest(self) -> list[bytes]:
        """Return the further lines that came together with the last one, which somebody pasted; mostly none."""

    def paste(self) -> bytes:
        """Return a pasted text, up to an empty line after which nothing follows at once, or Ctrl-D."""


def keyboard() -> Keyboard:
    """Return the keyboard of this terminal."""
    try:
        import termios

        fd = sys.stdin.fileno()
        return Terminal(fd, termios, termios.tcgetattr(fd))
    except (ImportError, OSError, ValueError):
        return Simple()


class Terminal:
    """
    A terminal of a system that has such things.

    A line is read as the system gives it. A paste is read past the system's line editing, which cuts a line after 4,095 bytes and obeys
    control characters in it; and it is not shown while it comes: the person has just seen it, and what it says need not be seen again.
    """

    def __init__(self, fd: int, termios: Any, attributes: list[Any]) -> None:
        self._fd = fd
        self._termios = termios
        self._attributes = attributes
        self._held = b""

    def line(self) -> bytes | None:
        """Return one line without its end; None when there will be no more."""
        while b"\n" not in self._held:
            piece = os.read(self._fd, 65536)
            if not piece:
                found, self._held = self._held, b""
                return found or None
            self._held += piece
        found, _, self._held = self._held.partition(b"\n")
        return found.removesuffix(b"\r")

    def rest(self) -> list[bytes]:
        """Return the further lines that came with the last one."""
        found: list[bytes] = []
        while self._waits() and (line := self.line()) is not None:
            found.append(line)
        return found

    def paste(self) -> bytes:
        """Return a pasted text."""
        text, self._held = self._held, b""
        with self._unedited():
            while True:
                piece = os.read(self._fd, 65536)
                text += piece.partition(_END)[0]
                if not piece or _END in piece or (_ends(text) and not self._waits()):
                    return text

    def _waits(self) -> bool:
        import select

        return bool(self._held) or bool(select.select([self._fd], [], [], _TOGETHER)[0])

    @contextlib.contextmanager
    def _unedited(self) -> Iterator[None]:
        termios = self._termios
        changed = list(self._attributes)
        changed[3] &= ~(termios.ICANON | termios.ECHO)
        changed[6] = list(changed[6])
        changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._fd, termios.TCSANOW, changed)
        try:
            yield
        finally:
            termios.tcsetattr(self._fd, termios.TCSANOW, self._attributes)


def _ends(text: bytes) -> bool:
    """Tell whether a text ends with an empty line, or is only that."""
    return text.endswith((b"\n\n", b"\n\r\n", b"\r\r")) or text in (b"\n", b"\r\n", b"\r")


class Simple:
    """Standard input line by line, where nothing more is known of it."""

    def line(self) -> bytes | None:
        """Return one line without its end; None when there will be no more."""
        found = sys.stdin.buffer.readline()
        return found.rstrip(b"\r\n") if found else None

    def rest(self) -> list[bytes]:
        """Return nothing: what came together cannot be told here."""
        return []

    def paste(self) -> bytes:
        """Return the lines up to an empty one."""
        lines: list[bytes] = []
        while line := self.line():
            lines.append(line + b"\n")
        return b"".join(lines)
