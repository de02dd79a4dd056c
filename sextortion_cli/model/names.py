"""How a display name is shown: without the characters nobody can see. Pure, so that importers and `normalise/` share it."""

from __future__ import annotations

import unicodedata

_ZWJ = "\u200d"
_BLACK_FLAG = "\U0001f3f4"
_LINE_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


def visible(name: str) -> str:
    """
    Return `name` without control, invisible and direction characters and without space at its ends.

    Removes the Unicode categories Cc and Cf (a tab or line break becomes one space), trims every kind of space (NBSP and NNBSP
    too) at both ends and keeps everything else, emoji sequences included: a zero width joiner between two emoji and the tag
    characters of a flag stay. Lone surrogates become U+FFFD, because they cannot be written as UTF-8.
    """
    if name.isprintable():
        return name.strip()
    kept: list[str] = []
    for index, char in enumerate(name):
        if char in _LINE_BREAKS:
            kept.append(" ")
            continue
        category = unicodedata.category(char)
        if category == "Cs":
            kept.append("\ufffd")
        elif category not in ("Cc", "Cf") or _joins_emoji(name, index) or _is_flag_tag(char, kept):
            kept.append(char)
    return "".join(kept).strip()


def _joins_emoji(name: str, index: int) -> bool:
    """Say whether the character is a zero width joiner with an emoji on both sides."""
    return name[index] == _ZWJ and 0 < index < len(name) - 1 and _is_emoji(name[index - 1]) and _is_emoji(name[index + 1])


def _is_emoji(char: str) -> bool:
    """Say whether `char` is a pictograph, an emoji modifier or a variation selector 16 (UTS #51, generously)."""
    code = ord(char)
    return 0x1F000 <= code <= 0x1FBFF or 0x2190 <= code <= 0x2BFF or code == 0xFE0F


def _is_flag_tag(char: str, kept: list[str]) -> bool:
    """Say whether `char` is a tag character that continues the flag sequence at the end of `kept` (UTS #51, ED-14a)."""
    if not 0xE0020 <= ord(char) <= 0xE007F:
        return False
    before = next((item for item in reversed(kept) if not 0xE0020 <= ord(item) <= 0xE007F), "")
    return before == _BLACK_FLAG
