"""What the tests of the finders of contact data share: the contract held for any text, and texts that nobody writes in good faith."""

from __future__ import annotations

import re2

from sextortion_cli.extract.finders.base import LONGEST, WINDOW, Finder, finder_of
from sextortion_cli.model.identifier import Hit, Scope
from sextortion_cli.model.identifierwords import WHY

#: Each is cut into the windows a finder is given; together they are large enough for anything worse than linear to hang.
HOSTILE = {
    "ones": "1 " * 500_000,
    "digits": "7" * 1_000_000,
    "at": "@" * 1_000_000,
    "name-at": "a@" * 500_000,
    "dots": "a." * 500_000,
    "brackets": "(" * 1_000_000,
    "defanged": "a[.]" * 250_000,
    "spoken": "a dot " * 170_000,
    "spoken at": "a at a dot " * 90_000,
    "schemes": "http://" * 140_000,
    "colons": ":" * 1_000_000,
    "groups": "1:" * 500_000,
    "quads": "1.2.3.4." * 125_000,
    "quotes": '"@' * 500_000,
    "escapes": '"\\' * 500_000,
    "nul": "\0" * 1_000_000,
    "invisible": "a\u200b" * 500_000,
    "hyphens": "-" * 1_000_000,
    "words": "snap: insta: my name is " * 40_000,
    "joined": "\u0301" * 1_000_000,
    "lone": "\ud800 a@\udfff.com http://\ud800/ @\udc00 \ud83d." * 20_000,
    "numbers of other scripts": "١٢٣.٤ ②.²@Ⅻ.½ " * 70_000,
}
ALONE = [
    "",
    "\0",
    "\ud800",
    "\udfff@a.b",
    "\U0010ffff",
    "\u202e@\u202c.com",
    "İ@İ.com",
    "ß.ß",
    "ǅ.ǆ",
    "１．２．３．４",
    "²²².1.1.1",
    "http://²",
    "a@b.²",
    "::²",
    "%",
    "[",
    "@",
    ".",
    "://",
    "@@",
    "\u0301.com",
]


def hits(name: str, text: str, scope: Scope | None = None) -> list[Hit]:
    """Return what a finder finds, after checking that it keeps its contract."""
    finder = finder_of(name)
    found = list(finder.find(text, scope or Scope()))
    for hit in found:
        assert hit.kind in finder.kinds
        assert text[hit.start : hit.end] == hit.raw
        assert hit.raw
        assert hit.value
        assert len(hit.value) <= 2 * LONGEST
        assert 0 < hit.confidence <= 1
        assert hit.why in WHY
    if found:
        assert triggered(finder, text), text[:200]
    return found


def found(name: str, text: str, scope: Scope | None = None) -> list[tuple[str, str]]:
    """Return (kind, value) of what counts as found, in the order of the text."""
    return [(hit.kind, hit.value) for hit in sorted(hits(name, text, scope), key=lambda hit: hit.start) if hit.confidence >= 0.5]


def triggered(finder: Finder, text: str) -> bool:
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(finder.trigger.encode(), options).search(text.encode("utf-8", "replace")) is not None


def windows(text: str) -> list[str]:
    """Return a long text as the engine gives it to finders."""
    step = WINDOW - LONGEST
    return [text[start : start + WINDOW] for start in range(0, len(text), step)]


def check_hostile(name: str, text: str) -> None:
    finder = finder_of(name)
    for window in dict.fromkeys(windows(text)[:60]):
        assert len(list(finder.find(window, Scope(before=window[:200])))) <= WINDOW


def check_vectors(name: str) -> None:
    for text, expected in finder_of(name).vectors.items():
        assert found(name, text) == list(expected), text
