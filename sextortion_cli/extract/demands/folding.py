"""Text as words are looked up: lower case, without accents, one kind of quote and space; character for character, so places stay."""

from __future__ import annotations

import unicodedata

_AS = {
    "æ": "e",
    "ø": "o",
    "ß": "s",
    "ð": "d",
    "þ": "t",
    "ł": "l",
    "œ": "o",
    "đ": "d",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʼ": "'",
}
_AS |= dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\t\u200b\u200c\u200d\u2060\u00ad\ufeff", " ")
_AS |= dict.fromkeys("\r\v\f\u2028\u2029\x85", "\n")


#: From here on there are no letters with accents.
_SCRIPTS = 0x2100


class _Table(dict[int, str]):
    """Fills itself: what a letter is folded to is worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        found = _folded(chr(code)) if code < _SCRIPTS else chr(code)
        if code < _SCRIPTS:
            self[code] = found
        return found


def _folded(letter: str) -> str:
    lower = letter.lower()
    if lower in _AS:
        return _AS[lower]
    plain = unicodedata.normalize("NFKD", lower)
    base = plain[:1]
    return base if len(lower) == 1 and base and not unicodedata.combining(base) and not base.isspace() else letter


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` folded; always of the same length."""
    return text.translate(_TABLE)
