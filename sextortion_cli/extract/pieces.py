"""
Pictures written into text in pieces: base64 or hex in lines of any width, one number or pair of digits at a time.

`embedded.py` finds long runs by what they look like. What is cut small looks like words and numbers; here it is found by its evenness
(pieces of one length, one after another) or by how every picture file begins. Like there, too much is taken rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sextortion_cli.extract.region import Region, compiled

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
_HEX = b"0123456789abcdefABCDEF"
_TABLE = bytes(65 if byte in _ALPHABET else 32 for byte in range(256))
_GAP = 24  # between two pieces of one picture: quotes, commas, indentation
_FAR = 200  # the same when the picture is known by its beginning: tags, property names, the header of the next message
_LEAST = 96  # characters in even pieces
#: Ends of lines as escapes, and spaces of the same length: their letters would look like the beginning of the next piece.
_LINE_ENDS = {
    b"\\": (b"\\n", b"\\r", b"\\t"),
    b"<br": (b"<br>", b"<br/>"),
    b"%0": (b"%0A", b"%0a", b"%0D", b"%0d"),
    b"&#1": (b"&#10;", b"&#13;"),
}
_ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{4}")
# Six or more pieces of one length of four or more, as characters whose code is the length.
_EVEN = re.compile("([\x04-\U0010ffff])\\1{5,}")
_NEVER = b"\x00"
_MARGIN = 512
WINDOW = 1 << 20


# JPEG, PNG, GIF, RIFF (WebP, AVI), ISO media (HEIC, AVIF, MP4), BMP; PDF, zip and Matroska may hold or be one.
_BASE64_BEGINNING = compiled(
    rb"(?:[/_]9j[/_][0-9+/_w-z-]|iVBORw0KG|R0lGOD[dl]h|UklGR[\w+/-]{5}|AAAA[\w+/-]GZ0eX|Qk[\w+/-]{6}AAAA|JVBERi0|UEsDB[AB]|GkXfo)[\w+/-]"
)
_HEX_BEGINNING = compiled(
    rb"(?i)(?:ffd8ff[cde][0-9a-f]|89504e470d0a|47494638[37]|52494646[0-9a-f]{8}|000000[0-9a-f]{2}66747970|25504446|1a45dfa3)"
)
_TOKENS = {_BASE64_BEGINNING: re.compile(rb"(?:[A-Za-z0-9+/_-]|\\/)+"), _HEX_BEGINNING: re.compile(rb"[0-9a-fA-F]+")}


def _spelled(unit: bytes, gap: bytes, *beginnings: tuple[bytes, ...]) -> tuple[Any, bytes]:
    inner = [
        (b"(" + gap + b")").join((b"(?:" + first + b")", b"(?:" + second + b")")) + b"(" + gap + b")" for first, second, *_ in beginnings
    ]
    whole = [
        b"(?:" + begin + gap.join(b"(?:" + item + b")" for item in found[2:]) + b")" for begin, found in zip(inner, beginnings, strict=True)
    ]
    return compiled(rb"(?i)\b(?:" + b"|".join(whole) + rb")"), unit


_MIXTURE = compiled(rb"[a-z][A-Z]|[A-Z][A-Z][a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]")

# One number or pair at a time: 255, 216, 255 with anything between them, as long as it is always the same.
_SPELLED = (
    _spelled(
        rb"-?\d{1,3}", rb"[^0-9]{1,24}",
        (b"255|-1", b"216|-40", b"255|-1"), (b"137|-119", b"80", b"78", b"71"), (b"71", b"73", b"70", b"56"), (b"82", b"73", b"70", b"70"),
        (b"102", b"116", b"121", b"112"),
    ),
    _spelled(
        rb"[0-9a-fA-F]{1,2}", rb"[^0-9a-fA-F]{1,24}",
        (b"ff", b"d8", b"ff"), (b"89", b"50", b"4e", b"47"), (b"47", b"49", b"46", b"38"), (b"52", b"49", b"46", b"46"), (b"66", b"74", b"79", b"70"),
    ),
)  # fmt: skip


def pieces(window: bytes) -> Iterator[Region]:
    """Yield where `window` holds a picture in pieces."""
    clean = window
    for sign, ends in _LINE_ENDS.items():
        for end in ends if sign in window else ():
            clean = clean.replace(end, b" " * len(end))
    if b"\\u" in clean:  # `embedded.py` judges these
        clean = _ESCAPE.sub(b"      ", clean)
    for first, last in _unlike_speech(clean):
        for piece in _even(clean[first:last]):
            yield Region(first + piece.start, first + piece.end)
    for beginning, token in _TOKENS.items():
        done = 0
        for match in beginning.finditer(clean):
            for piece in _chain(clean, match.start(), token) if match.start() >= done else ():
                done = piece.end
                yield piece
    for beginning, unit in _SPELLED:
        done = 0
        for match in beginning.finditer(clean):
            for piece in _series(clean, match, unit) if match.start() >= done else ():
                done = piece.end
                yield piece


def begins_a_picture(run: bytes) -> bool:
    """Tell whether somewhere in a run of base64 a file begins that is or may hold a picture."""
    return _BASE64_BEGINNING.search(run) is not None


def _unlike_speech(window: bytes) -> Iterator[tuple[int, int]]:
    """Yield the stretches worth a closer look: those with letters, capitals and digits next to each other as in no word, three times or more."""
    start = end = count = 0
    for match in _MIXTURE.finditer(window):
        at = match.start()
        if count and at - end > _MARGIN:
            if count > 2:
                yield max(0, start - _MARGIN), end + _MARGIN
            count = 0
        start, end, count = at if count == 0 else start, at, count + 1
    if count > 2:
        yield max(0, start - _MARGIN), end + _MARGIN


def _even(window: bytes) -> Iterator[Region]:
    shape = window.translate(_TABLE)
    lengths = "".join(map(chr, map(len, shape.split())))
    spans: list[tuple[int, int]] = []
    for match in _EVEN.finditer(lengths):
        width = ord(match[1])
        if width * (match.end() - match.start()) < _LEAST:
            continue
        spans = spans or [found.span() for found in re.finditer(b"A+", shape)]
        yield from _close(window, spans, match.start(), match.end(), width)


def _close(window: bytes, spans: list[tuple[int, int]], first: int, last: int, width: int) -> Iterator[Region]:
    """Yield the stretches of even pieces that lie close together and look like no words."""
    begin = first
    for at in range(first + 1, last + 1):
        if at < last and spans[at][0] - spans[at - 1][1] <= _GAP:
            continue
        if (at - begin) * width >= _LEAST and _is_no_speech([window[start:end] for start, end in spans[begin:at]]):
            yield Region(*_with_ends(window, spans, begin, at, width))
        begin = at


def _with_ends(window: bytes, spans: list[tuple[int, int]], begin: int, end: int, width: int) -> tuple[int, int]:
    """Return the stretch with its first line, which may stand behind a property name, and its last, which is shorter."""
    start, stop = spans[begin][0], spans[end - 1][1]
    if begin and start - spans[begin - 1][1] <= _GAP and _is_mixed(window[slice(*spans[begin - 1])]):
        start = spans[begin - 1][0]
    if end < len(spans) and spans[end][0] - stop <= _GAP and spans[end][1] - spans[end][0] <= width:
        stop = spans[end][1]
    while window[stop : stop + 1] == b"=":
        stop += 1
    return start, stop


def _is_no_speech(tokens: list[bytes]) -> bool:
    text = b"".join(tokens)
    if len(set(text)) < 8:
        return False
    if not text.translate(None, _HEX):
        letters = len(text.translate(None, b"0123456789"))
        return letters * 20 >= len(text) and letters < len(text)
    return sum(map(_is_mixed, tokens)) * 2 >= len(tokens)


def _is_mixed(token: bytes) -> bool:
    """Tell whether capitals, small letters, digits and signs stand in a token as in no word and no number."""
    inner = token[1:]
    kinds = [any(65 <= byte <= 90 for byte in inner), any(97 <= byte <= 122 for byte in token), any(48 <= byte <= 57 for byte in token)]
    return sum(kinds) > 1 or b"/" in token or b"+" in token


def _chain(window: bytes, start: int, token: re.Pattern[bytes]) -> Iterator[Region]:
    """Yield a picture from its beginning on, over pieces of the length of the first, whatever stands between them."""
    if start and token.match(window, start - 1) and window[start] in b"/_":
        return  # "/9j/" inside a longer run says nothing
    end = _end(token, window, start)
    width, total, count = _width(window[start:end]), end - start, 1
    is_spread = False
    while (following := _following(window, end, token, width, count, is_spread)) is not None:
        is_spread = is_spread or following.start() - end > _GAP
        total, count, end = total + len(following[0]), count + 1, following.end()
        if _width(following[0]) < width:
            break
    if total >= 32:
        # Where pieces lie close, the next window finds them by their evenness; where they do not, the rest of the file is left behind.
        yield Region(start, end, _NEVER if is_spread and _is_alive(window, end + _FAR + width) else b"")


def _following(window: bytes, end: int, token: re.Pattern[bytes], width: int, count: int, is_spread: bool) -> re.Match[bytes] | None:
    """Return the next piece of the same length; where there is none, the shorter one that may be the last."""
    last = None
    for match in token.finditer(window, end, min(len(window), end + _FAR + width + 1)):
        length, gap = _width(match[0]), match.start() - end
        if gap > (_FAR if width >= 16 else _GAP):
            break
        if length == width:
            return match
        can_be_last = count > 2 and length > 7 and _is_mixed(match[0]) if is_spread else count > 1 and gap <= _GAP
        if last is None and length < width and can_be_last:
            last = match
    return last


def _end(token: re.Pattern[bytes], window: bytes, start: int) -> int:
    found = token.match(window, start)
    return start if found is None else found.end()


def _width(run: bytes) -> int:
    return len(run) - run.count(b"\\/")


def _series(window: bytes, match: Any, unit: bytes) -> Iterator[Region]:
    """Yield a picture spelled out byte by byte, as long as the same stands between two of them."""
    gaps = [found for found in match.groups() if found is not None]
    if len(set(gaps)) != 1:
        return
    step = re.compile(re.escape(gaps[0]) + unit)
    end, count = match.start(), 0
    first = re.compile(unit).match(window, end)
    while first is not None:
        end, count = first.end(), count + 1
        first = step.match(window, end)
    if count >= 16:
        is_plain = not gaps[0].strip(b" \t\r\n,;")
        yield Region(match.start(), end, _NEVER if not is_plain and _is_alive(window, end + _GAP + 8) else b"")


def _is_alive(window: bytes, reach: int) -> bool:
    """Tell whether a picture may go on in the next window (a window of a whole file is shorter)."""
    return reach > len(window) >= WINDOW
