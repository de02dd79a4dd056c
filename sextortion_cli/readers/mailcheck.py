"""
The account of mails: what the reader calls headers and parts leaves nothing of a mail but boundary lines and empty lines.

A boundary line counts only when its boundary stands in the headers of the mail or of one of its parts. In a mailbox each mail begins
with a separating line, and holds no further one but where its stated length says that they are text (mboxcl).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator

from sextortion_cli.model.reading import Fact
from sextortion_cli.readers.noise import NoiseRules
from sextortion_cli.readers.window import Problem, Window

_NAMED = frozenset(("mail-headers", "mail-part", "mail-multipart", "mail-preamble", "mail-epilogue"))
_STATING = frozenset(("mail-headers", "mail-multipart"))
_PIECE = 1 << 20
_HEAD = 64 << 10
_LARGEST_GAP = 4 << 20
_DATED = re.compile(
    rb"From [^\r\n]{0,200}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-3]?\d \d\d:\d\d"
)
_ADDRESSED = re.compile(rb"From [^\s@]{1,200}@[^\s@]{1,250}[ \r\n]")
_NEXT = re.compile(rb"[^\n]{0,1000}\n[!-9;-~]{1,200}:")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]{0,20}(\d{1,15})[ \t]{0,20}\r?$")
_HEADERS_END = re.compile(rb"\n\r?\n")


class MailCheck:
    """
    Checks the messages of a file of mails.

    Args:
        read_at: Positioned reads.
        rules: For noise.
        is_mailbox: Each message begins with a separating line.

    Attributes:
        continuations: There for likeness with text, and stays 0.
    """

    continuations = 0
    unit = 0

    def __init__(self, read_at: Callable[[int, int], bytes], rules: NoiseRules, *, is_mailbox: bool) -> None:
        self._read_at = read_at
        self._rules = rules
        self._is_mailbox = is_mailbox
        self._named: deque[tuple[int, int, bool]] = deque()

    def note(self, fact: Fact) -> None:
        """Take a fact laid over a message; it comes before its message."""
        if fact.kind in _NAMED:
            self._named.append((fact.start, fact.end, fact.kind in _STATING))

    def check(self, window: Window) -> list[Problem]:
        """Return what is wrong with the ranges of `window`."""
        problems: list[Problem] = []
        for start, end, code in window.ranges():
            if code is None:
                problems += self.range(start, end)
            elif code and not self._rules.is_free(code) and not self._rules.accept(code, window.bytes_of(start, end)):
                problems.append(Problem(start, end, "undeclared-noise"))
        return problems

    def range(self, start: int, end: int) -> list[Problem]:
        """Return what is wrong with one mail."""
        named = []
        while self._named and self._named[0][0] < end:
            found = self._named.popleft()
            if found[0] >= start:
                named.append(found)
        problems = list(self._left(start, end, named))
        return problems + (self._separated(start, end) if self._is_mailbox else [])

    def _left(self, start: int, end: int, named: list[tuple[int, int, bool]]) -> Iterator[Problem]:
        """Yield what no header block and no part covers, where it is more than boundary lines."""
        stated = b"\n".join(self._read_at(first, min(last - first, _HEAD)) for first, last, is_stating in named if is_stating)
        place = start
        for first, last, _ in [*named, (end, end, False)]:
            if first < place or last > end:
                yield Problem(start, end, "hidden-in-mail")
                return
            if first > place and not self._is_between(self._read_at(place, min(first - place, _LARGEST_GAP)), first - place, stated):
                yield Problem(place, first, "hidden-in-mail")
            place = last

    @staticmethod
    def _is_between(gap: bytes, length: int, stated: bytes) -> bool:
        if len(gap) < length:
            return False
        for line in set(gap.split(b"\n")):
            bare = line.rstrip(b" \t\r")
            if bare and not (bare.startswith(b"--") and len(bare) > 2 and (bare[2:] in stated or bare[2:].removesuffix(b"--") in stated)):
                return False
        return True

    def _separated(self, start: int, end: int) -> list[Problem]:
        head = self._read_at(start, min(end - start, _PIECE))
        if not head.startswith(b"From ") or (start and self._read_at(start - 1, 1) != b"\n"):
            return [Problem(start, end, "no-separator")]
        protected = _protected(head, start, end)
        for at in self._lines(start, end):
            if not protected[0] <= at < protected[1]:
                return [Problem(start, end, "merged-messages")]
        return []

    def _lines(self, start: int, end: int) -> Iterator[int]:
        """Yield where lines of a mail, after its first, look like a separating line."""
        at = start
        while at < end:
            piece = self._read_at(at, min(_PIECE + 2048, end - at))
            found = piece.find(b"\nFrom ")
            while 0 <= found < _PIECE:
                line = piece[found + 1 : found + 2049]
                before = piece[max(0, found - 1) : found] if found else self._read_at(at - 1, 1)
                is_after_blank = before == b"\n" or (before == b"\r" and (piece[found - 2 : found - 1] or b"\n") == b"\n")
                if is_after_blank and (_DATED.match(line) or _ADDRESSED.match(line)) and _NEXT.match(line):
                    yield at + found + 1
                found = piece.find(b"\nFrom ", found + 1)
            at += _PIECE


def _protected(head: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the stretch that a stated length covers, when it leads to where the message ends."""
    blank = _HEADERS_END.search(head)
    length = _LENGTH.search(head, 0, blank.start() + 1) if blank is not None else None
    if blank is None or length is None:
        return start, start
    body = start + blank.end()
    stop = body + int(length[1])
    return (body, stop) if 0 <= end - stop <= 2 else (start, start)
