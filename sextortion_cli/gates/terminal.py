r"""
The terminal gate: no control, direction or invisible character from evidence reaches a screen.

What is taken out is shown, never dropped: ``\\x1b``, ``\\u202e``. Emoji sequences keep the joiners that belong to them.
"""

from __future__ import annotations

import functools
import re

# C0 (without what the caller allows), DEL, C1; bidi controls and marks; zero-width and other invisible letters and fillers; line
# and paragraph separators; variation selectors, tags and private use; surrogates and noncharacters. (Unicode 15, UTR 36.)
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))  # noncharacters of every plane
)
_EMOJI = "[\u00a9\u00ae\u203c\u2049\u2100-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_TONE = "[\U0001f3fb-\U0001f3ff]"
_ONE = f"{_EMOJI}\ufe0f?{_TONE}?"
#: An emoji with its variation selector, skin tone, and further emoji joined by ZWJ; and keycaps.
_SEQUENCE = f"{_ONE}(?:\u200d{_ONE}){{0,8}}|[0-9#*]\ufe0f\u20e3"
_STACKED = "([\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
_SCHEME = r"(?i)\b(h)(tt)(ps?)(://)"
_SPACES = re.compile(r"(\s+)")
_NNBSP = str.maketrans({"\u202f": "\u00a0"})


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for emoji, for marks stacked too high, and for what is hidden; large ones, and most runs need none."""
    return re.compile(_SEQUENCE), re.compile(_STACKED), re.compile(f"[{_HIDDEN}]")


def safe(text: str, *, newlines: bool = False) -> str:
    """
    Return `text` with everything a terminal could act on, or an eye could miss, shown as an escape.

    Args:
        newlines: Line feeds are ours and stay.
    """
    if text.isascii() and text.isprintable():
        return text  # most text is
    text = text.translate(_NNBSP)
    parts: list[str] = []
    position = 0
    sequence, stacked, _ = _patterns()
    for emoji in sequence.finditer(text):
        parts += (_shown(text[position : emoji.start()], newlines=newlines), emoji[0])
        position = emoji.end()
    parts.append(_shown(text[position:], newlines=newlines))
    return stacked.sub("\\1…", "".join(parts))


def _shown(text: str, *, newlines: bool) -> str:
    return _patterns()[2].sub(lambda found: found[0] if newlines and found[0] == "\n" else escape(found[0]), text)


def escape(letter: str) -> str:
    r"""Return one character as ``\\xNN``, ``\\uNNNN`` or ``\\UNNNNNNNN``."""
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def unlinked(text: str) -> str:
    """Return text in which no address is one that a terminal makes a link of; all else stays as it is, spaces included."""
    if "://" not in text:
        return text
    return "".join(defang(word) if "://" in word else word for word in _SPACES.split(text))


def defang(address: str) -> str:
    """Return an address that nothing turns into a link: ``hxxps://evil[.]test``."""
    found = re.sub(_SCHEME, lambda hit: f"{hit[1]}xx{hit[3]}{hit[4]}", address)
    head, slashes, rest = found.partition("://")
    if not slashes:
        return found.replace(".", "[.]")
    host, slash, path = rest.partition("/")
    return f"{head}://{host.replace('.', '[.]')}{slash}{path}"
