"""
Where the mails of a mailbox file begin and end (RFC 4155 and the four forms it names: mboxo, mboxrd, mboxcl, mboxcl2).

A separating line begins with ``From ``, stands at the start of the file or after an empty line, has a date or an address, and a header
follows it: text that merely begins with "From" has not all of that. Where a mail states its length (mboxcl) and that leads exactly to
the next separating line or the end, the length holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.mail.view import View

_DATED = re.compile(
    rb"From .{0,200}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?: |[0-3])?[0-9] [0-9]{2}:[0-9]{2}"
)
_ADDRESSED = re.compile(rb"From [^\s@]{1,200}@[^\s@]{1,250}(?: |\r?\n)")
_HEADER = re.compile(rb"[!-9;-~]{1,200}:")
_LENGTH = re.compile(rb"content-length[ \t]{0,20}:[ \t]{0,20}([0-9]{1,15})[ \t]{0,20}\r?\n", re.IGNORECASE)
_LONGEST_LINE = 2048


class Entry(msgspec.Struct, frozen=True):
    """
    One mail of a mailbox.

    Attributes:
        start, end: Its bytes, from the separating line to the next one.
        content_end: Where the mail itself ends: the empty line before the next separating line is the mailbox's.
    """

    start: int
    end: int
    content_end: int


def first_mail(view: View) -> int | None:
    """Return where the first mail begins, after empty lines, or None when the file is no mailbox."""
    head = view.slice(0, 4096)
    start = len(head) - len(head.lstrip(b"\r\n \t"))
    return start if is_separator(view, start) else None


def entries(view: View, start: int) -> Iterator[Entry]:
    """Yield the mails from `start` on."""
    while start < view.size:
        end = _stated_end(view, start) or _next(view, start + 5)
        yield Entry(start, end, max(_content_end(view, end), start))
        start = end


def is_separator(view: View, at: int) -> bool:
    """Say whether a separating line begins at `at`, by what stands in it and behind it."""
    piece = view.slice(at, at + _LONGEST_LINE)
    line, feed, after = piece.partition(b"\n")
    if not line.startswith(b"From ") or not feed or not _HEADER.match(after):
        return False
    return _DATED.match(line) is not None or _ADDRESSED.match(line + b"\n") is not None


def _next(view: View, at: int) -> int:
    """Return where the next mail begins, or the end."""
    found = view.find(b"\nFrom ", at, view.size)
    while found >= 0:
        if _is_after_blank(view, found + 1) and is_separator(view, found + 1):
            return found + 1
        found = view.find(b"\nFrom ", found + 1, view.size)
    return view.size


def _is_after_blank(view: View, at: int) -> bool:
    before = view.slice(max(0, at - 4), at)
    return before.endswith((b"\n\n", b"\n\r\n"))


def _stated_end(view: View, start: int) -> int | None:
    """Return where a mail ends by the length it states, when another one or the end stands there."""
    window = view.slice(start, min(view.size, start + (64 << 10)))
    length, at = None, 0
    while at < len(window):
        end = window.find(b"\n", at) + 1
        if not end:
            return None
        line = window[at:end]
        if not line.strip(b"\r\n"):
            break
        found = _LENGTH.match(line)
        length = int(found[1]) if found is not None and length is None else length
        at = end
    if length is None:
        return None
    stop = start + end + length
    after = view.slice(stop, stop + 2)
    stop += 2 if after == b"\r\n" else 1 if after[:1] == b"\n" else 0
    return stop if stop == view.size or (stop < view.size and is_separator(view, stop)) else None


def _content_end(view: View, end: int) -> int:
    """Return where a mail ends before the empty line that the mailbox adds."""
    tail = view.slice(max(0, end - 4), end)
    if tail.endswith(b"\n\r\n"):
        return end - 2
    return end - 1 if tail.endswith(b"\n\n") else end
