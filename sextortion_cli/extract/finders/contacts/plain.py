"""
Text as it was meant: without invisible characters, with full-width forms narrowed and defanged addresses put right.

People write ``hxxp://evil[.]example`` so that nothing links to it, and chat programs put zero-width characters and odd spaces into what they
show. Finders search the meant text; a `View` leads every place of it back to the characters as they were written.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
from collections.abc import Iterable

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.contacts.common import words
from sextortion_cli.extract.finders.contacts.hosts import is_plain_suffix, is_suffix

INVISIBLE = r"\x{AD}\x{34F}\x{61C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{206F}\x{FEFF}"
"""Characters that show nothing: soft hyphen, zero-width spaces and joiners, direction marks. For a class of a pattern."""
FANGED = r"hxxp|h\*\*p|h__p|fxp:|meow:|[\[({<][ ]?(?:[.:/@]|(?:dot|at|a|ät|punkt|punto|point|arroba|arobase|kr[øo]llalfa|snabel-?a)[ ]?[\])}>])|\\\."
"""What begins a defanged part, for triggers (brackets, ``hxxp``)."""
SPOKEN = r"[ ](?:dot|punkt|punto|point)[ ]"
"""A dot written as a word, for triggers."""

_ODD_CLASS = r"[\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}\x{3002}\x{FE52}\x{FE6B}\x{FF01}-\x{FF61}]"
_ODD = compiled(_ODD_CLASS)
_SAME_LENGTH = {
    **dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " "),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    0x3002: ".",
    0xFF61: ".",
    0xFE52: ".",
    0xFE6B: "@",
}
_INVISIBLE = compiled(f"[{INVISIBLE}]+")
_FANGED = compiled(FANGED)
_TOKENS = compiled(
    r"(?P<dot>[ ]?(?:[\[({<][ ]?(?:\.|dot|punkt|punto|point)[ ]?[\])}>]|\[\.|\\\.)[ ]?)"
    r"|(?P<at>[ ]?[\[({<][ ]?(?:@|at|ät|arroba|arobase|kr[øo]llalfa|snabel-?a)[ ]?[\])}>][ ]?|[\[({]a[\])}])"
    r"|(?P<scheme>(?:h(?:tt|xx|\*\*|__)ps?|ft?xp|ftp|meow)[ ]?(?:[\[({]:[\])}]?[\[({]?//[\])}]?|:[\[({]?//[\])}]?|[\[({]://[\])}]|[\[({]:[\])}]//))"
    r"|(?P<colon>[\[({]::?[\])}])"
    r"|(?P<slash>[\[({]/[\])}])"
)
_WORDY = compiled(f"{SPOKEN}|[ ]at[ ]")
_ANY = compiled(f"{_ODD_CLASS}|[{INVISIBLE}]|{FANGED}|{SPOKEN}|[ ]at[ ]")
_WORDY_DOT = compiled(SPOKEN)
_SPOKEN_MAIL = compiled(
    r"([\pL\pN][\pL\pN._%+-]*(?:[ ](?:dot|punkt|punto|point)[ ][\pL\pN._%+-]+)*)([ ](?:at|ät|arroba|arobase|kr[øo]llalfa|snabel-?a)[ ]|@)([\pL\pN-]+(?:(?:[ ](?:dot|punkt|punto|point)[ ]|\.)[\pL\pN-]+)+)"
)
_SPOKEN_HOST = compiled(r"[\pL\pN-]+(?:(?:[ ](?:dot|punkt|punto|point)[ ]|\.)[\pL\pN-]+)+")
_NO_LOCAL_PART = words(
    "a about am an and are at available based be check click find found go here hosted is it its join listed live located "
    "look looking me meet message on or page paid posted published see sent shop shopping sign site someone stay store them "
    "there this up us visit was website work working you your"
)


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """
    A text as it was meant.

    Attributes:
        text: The meant text.
        written: The text as it was written.
        starts, ends: For each character of `text`, where it begins and ends in `written`; None where the two are as long.
        fanged: Places in `text` that were written defanged, ascending.
    """

    text: str
    written: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None
    fanged: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in what was written."""
        if self.starts is None or self.ends is None or end <= start:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def is_fanged(self, start: int, end: int) -> bool:
        """Tell whether a part of ``text[start:end]`` was written defanged."""
        return bisect.bisect_left(self.fanged, start) < bisect.bisect_left(self.fanged, end)


@functools.lru_cache(maxsize=4)
def view(text: str) -> View:
    """Return `text` as it was meant. Several finders look at the same passage in turn, so the last few are kept."""
    try:
        if not _ANY.search(text):
            return View(text, text)
        plain = text
    except UnicodeEncodeError:  # half a surrogate pair
        plain = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    if _ODD.search(plain):
        plain = plain.translate(_SAME_LENGTH)
    meant = View(plain, text)
    if _INVISIBLE.search(plain):
        meant = _edited(meant, ((*match.span(), "") for match in _INVISIBLE.finditer(plain)), is_fang=False)
    if _FANGED.search(meant.text):
        meant = _edited(meant, _edits(meant.text))
    if _WORDY.search(meant.text):
        meant = _edited(meant, _spoken(meant.text))
    return meant


def _edits(text: str) -> Iterable[tuple[int, int, str]]:
    for match in _TOKENS.finditer(text):
        start, end = match.span()
        name = match.lastgroup
        written = match.group()
        if name == "dot":
            if start == 0 or not text[start - 1].isalnum() or not text[end : end + 1].isalnum():
                continue
            yield start, end, "."
        elif name == "at":
            if start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "_+-") or not text[end : end + 1].isalnum():
                continue
            yield start, end, "@"
        elif name == "scheme":
            lowered = written.lower()
            if lowered.startswith(("http://", "https://", "ftp://")):
                continue
            secure = lowered.startswith("h") and lowered[4:5] == "s"
            yield start, end, "ftp://" if lowered.startswith("f") else "https://" if secure else "http://"
        elif name == "colon":
            yield start, end, "::" if "::" in written else ":"
        else:
            yield start, end, "/"


def _spoken(text: str) -> Iterable[tuple[int, int, str]]:
    """Yield what puts ``name at example dot com`` right, and ``example dot com``, where that can hardly be a sentence."""
    found: dict[int, tuple[int, int, str]] = {}
    for match in _SPOKEN_MAIL.finditer(text):
        local, at, host = match.group(1, 2, 3)
        name = host.lower()
        has_word = bool(_WORDY_DOT.search(name))
        if not has_word and (at == "@" or not any(char.isdigit() or char in "._" for char in local)):
            continue
        if local.lower() in _NO_LOCAL_PART or not is_suffix(_dotted(name).rpartition(".")[2]):
            continue
        for dot in _WORDY_DOT.finditer(local) if at != "@" else ():
            found[match.start() + dot.start()] = (match.start() + dot.start(), match.start() + dot.end(), ".")
        if at != "@":
            found[match.start(2)] = (*match.span(2), "@")
        for dot in _WORDY_DOT.finditer(host):
            start = match.start(3) + dot.start()
            found[start] = (start, match.start(3) + dot.end(), ".")
    for match in _SPOKEN_HOST.finditer(text):
        if is_plain_suffix(_dotted(match.group().lower()).rpartition(".")[2]):
            for dot in _WORDY_DOT.finditer(match.group()):
                start = match.start() + dot.start()
                found[start] = (start, match.start() + dot.end(), ".")
    return [found[start] for start in sorted(found)]


def _dotted(host: str) -> str:
    return str(_WORDY_DOT.sub(".", host))


def _edited(meant: View, edits: Iterable[tuple[int, int, str]], *, is_fang: bool = True) -> View:
    """Return `meant` with the stretches of `edits` (ascending, apart) written anew."""
    text = meant.text
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    fanged: list[int] = []
    length, at = 0, 0
    changed = False

    def keep(start: int, end: int) -> None:
        nonlocal length
        pieces.append(text[start:end])
        starts.extend(meant.starts[start:end] if meant.starts is not None else range(start, end))
        ends.extend(meant.ends[start:end] if meant.ends is not None else range(start + 1, end + 1))
        places = meant.fanged[bisect.bisect_left(meant.fanged, start) : bisect.bisect_left(meant.fanged, end)]
        fanged.extend(length + place - start for place in places)
        length += end - start

    for start, end, new in edits:
        if start < at:
            continue
        changed = True
        keep(at, start)
        if new:
            first, last = meant.place(start, end)
            pieces.append(new)
            starts.extend([first] * len(new))
            ends.extend([last] * len(new))
            if is_fang:
                fanged.append(length)
            length += len(new)
        at = end
    if not changed:
        return meant
    keep(at, len(text))
    return View("".join(pieces), meant.written, tuple(starts), tuple(ends), tuple(fanged))
