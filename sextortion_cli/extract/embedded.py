"""
Where a window of text holds embedded binary content: base64, hex, escapes, byte arrays, uuencode, data: URIs.

It is for the gate: bytes of a picture must not be copied as "text", so the finders would rather take a stretch of text too much than
a stretch of picture too little. Stretches are exempt only where they cannot carry a picture: fewer than six different characters,
or letters of one case without any digit. All patterns run in RE2; the few `re` patterns are anchored and bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sextortion_cli.extract.pieces import begins_a_picture, pieces
from sextortion_cli.extract.region import Region, compiled

LONGEST_LOOK_BACK = 4096


_CH = rb"(?:[A-Za-z0-9+/_-]|\\/|\\u002[bBfF]|%2[bBfF]|&#4[37];|&#x2[bBfF];)"
_PAD = rb"(?:=|\\u003[dD]|%3[dD]|&#61;|&#x3[dD];){0,3}"
# "+" joins strings in source code, but only after a quote: inside a run it is base64 itself.
_SEP = rb"(?:[\s\"'`,;>|*#()\[\]]|[\"'] {0,4}\+|\\[nrt\\\"]|&#1[03];|&#x[aAdD];|%0[aAdD]|<br ?/?>){1,40}"
_TOKEN = compiled(_CH + rb"{40}" + _CH + rb"*" + _PAD)
_BETWEEN = re.compile(_SEP)
_LINE_SEP = rb"(?:[ \t>|*#]|\r|\n|\\[rn]|&#1[03];|&#x[aAdD];){1,40}"
_TAIL = re.compile(_LINE_SEP + rb"(?:[A-Za-z0-9+/_-]|\\/|\\u002[bBfF]|%2[bBfF]){1,39}" + _PAD + rb"(?=[\s\"'<\\)]|$)")
_TAIL_IN_ARRAY = re.compile(rb"[\s\"',+]{2,40}(?:[A-Za-z0-9+/_-]|\\/){1,39}" + _PAD + rb"(?=[\"'][\s,]*[\])]|[\"'];)")
_REVERSED_TOKEN = re.compile(rb"[A-Za-z0-9+/_=\\-]{1,250}")
_B64_TABLE = bytes(65 if chr(c) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-\\%" else 32 for c in range(256))
_B64_RUN = b"A" * 40

_DATA_URI = compiled(rb"(?i)data:(?:[a-z0-9.*+-]{1,40}/[a-z0-9.*+-]{1,80}|;base64)(?:;[a-z0-9_\"'=%.:/ -]{0,80}){0,6},")
_DATA_ENDS = {b'"': b'"', b"'": b"'", b"(": b")", b"`": b"`", b"<": b">"}
_DATA_LOOSE = b" \t\r\n\"'<>)`"

_NUMBER = rb"(?:\"\d{1,9}\"\s*:\s*)?(?:\(byte\)\s?)?(?:0[xX][0-9a-fA-F]{1,2}|-?\d{1,3})"
_NUMBERS = compiled(_NUMBER + rb"(?:[\s,;]+" + _NUMBER + rb"){31,}")
_HEX_GROUPS = compiled(rb"(?:[0-9a-fA-F]{2}){1,8}(?:[ \t:,.\-\r\n]{1,6}(?:[0-9a-fA-F]{2}){1,8}){31,}")
_HEX_DUMP = compiled(
    rb"(?m)(?:^[ \t]*[0-9a-fA-F]{4,16}:?[ \t]+(?:[0-9a-fA-F]{2,8}[ \t]+){4,32}[^\n]*\n?){2,}(?:^[ \t]*[0-9a-fA-F]{4,16}:?[ \t]+[0-9a-fA-F][^\n]*\n?)?"
)
_UU_LINE = rb"^M[\x20-\x60]{55,60}\r?$"
_UU = compiled(
    rb"(?m)(?:^begin(?:-base64)? [0-7]{3,4} [^\n]{0,300}\n)?(?:"
    + _UU_LINE
    + rb"\n?)+(?:^[\x21-\x60][\x20-\x60]{1,60}\r?$\n?)?(?:^[`\x20]?\r?$\n)?(?:^end\r?$)?"
)
_BASE85 = compiled(rb"[!#-&(-+.-\[\]-~-]{96,}")
_ASCII85 = compiled(rb"<~[!-uz\s]{40,}~>")
_YENC_OR_85_MARKS = frozenset(b"!#$%&()*+-;<=>?@^_`{|}~")

_UNIT = rb"(?:\\x[0-9a-fA-F]{2}|\\u00[0-9a-fA-F]{2}|\\[0-3][0-7]{2}|%[0-9a-fA-F]{2}|=[0-9A-F]{2}|&#x?[0-9a-fA-F]{1,3};|\xc2[\x80-\x9f])"
_GAP = rb"(?:[\x20-\x7e]|\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|=\r?\n){0,24}?"
_ESCAPED = compiled(_UNIT + rb"(?:" + _GAP + _UNIT + rb"){15,}")
_FEW_UNITS = compiled(_UNIT + rb"(?:" + _GAP + _UNIT + rb"){3}")
_SAME_PICTURE = 120  # so much readable text between two runs of escapes is taken for part of the picture
_PERCENT = re.compile(rb"[%=]([0-9a-fA-F]{2})")
_OTHER_ESCAPE = re.compile(rb"\\(?:[^xu0-3]|[0-3](?![0-7]{2})|x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4}))")
_CONTROLS = bytes(byte for byte in (*range(32), *range(127, 160)) if byte not in b"\t\n\r")
_ENTITY = re.compile(rb"&#(x?)([0-9a-fA-F]{1,3});")


# One pass that clean text does not get past; each branch is the beginning of what a finder below looks for.
_ANY = compiled(
    rb"(?:[A-Za-z0-9+/_\\%-]|&#4[37];|&#x2[bBfF];){40}|(?i:data:)(?:[A-Za-z0-9.*+-]{1,40}/|;)|"
    + _NUMBER
    + rb"(?:[\s,;]+"
    + _NUMBER
    + rb"){15}"
    rb"|(?:[0-9a-fA-F]{2,16}[ \t:,.\-\r\n]{1,6}){16}|(?m:^[ \t]*[0-9a-fA-F]{4,16}:?[ \t]+(?:[0-9a-fA-F]{2,8}[ \t]+){4})|(?m:^M[\x20-\x60]{55})"
    rb"|<~|[!#-&(-+.-\[\]-~-]{96}|" + _UNIT + rb"(?:" + _GAP + _UNIT + rb"){7}"
)


def regions(window: bytes) -> Iterator[Region]:
    """Yield the stretches of `window` (one byte per character below 128) that hold embedded content, in no order, overlapping."""
    for piece in pieces(window):
        yield Region(*piece)
    if _ANY.search(window) is None:
        return
    for finder in _FINDERS:
        yield from finder(window)


def _base64(window: bytes) -> Iterator[Region]:
    if _B64_RUN not in window.translate(_B64_TABLE):
        return
    for start, end in _blocks(window):
        block = window[start:end]
        if _says_nothing(block) or _is_address(window, start, block):
            continue
        tail = _TAIL.match(window, end)
        if tail is None and (b'"' in block or b"'" in block or window[end : end + 1] in (b'"', b"'")):
            tail = _TAIL_IN_ARRAY.match(window, end)
        yield Region(_lead(window, start), tail.end() if tail is not None else end)


def _blocks(window: bytes) -> Iterator[tuple[int, int]]:
    """Yield runs of at least 96 characters, and runs of 40 or more with nothing but separators between them."""
    start = end = count = 0
    for match in _TOKEN.finditer(window):
        first, last = match.span()
        # "\\n" and "%0A" between two lines: their letters look like the beginning of the second.
        before = window[first - 1 : first] if first else b""
        first += 1 if before == b"\\" else 2 if before == b"%" else 0
        if count and first - end <= 100 and _BETWEEN.fullmatch(window, end, first):
            end, count = last, count + 1
            continue
        if count > 1 or end - start >= 96:
            yield start, end
        start, end, count = first, last, 1
    if count > 1 or end - start >= 96:
        yield start, end


_LONGEST_ADDRESS = 2048
_ENDS_ADDRESS = re.compile(rb"[\s\"'<>`]")


def _is_address(window: bytes, start: int, block: bytes) -> bool:
    """
    Say whether a run is part of a web address, and none in which a picture begins.

    What services add to a shared link is often longer than a hundred characters, and one link must not cost the whole chat.
    """
    before = window[max(0, start - _LONGEST_ADDRESS) : start + 2]
    at = max(before.rfind(b"://"), before.rfind(b":\\/\\/"))
    if at < 1 or not before[at - 1 : at].isalpha() or len(before) - at + len(block) > _LONGEST_ADDRESS:
        return False
    return _ENDS_ADDRESS.search(before, at) is None and _ENDS_ADDRESS.search(block) is None and not begins_a_picture(block)


def _says_nothing(block: bytes) -> bool:
    """Say whether a run can carry no picture: drawn lines, laughter, screams."""
    return _is_empty_talk(block[:4096]) and _is_empty_talk(block)


def _is_empty_talk(block: bytes) -> bool:
    different = set(block) - set(b" \t\r\n\"',>")
    if len(different) < 6:
        return True
    has_digit = any(48 <= byte <= 57 for byte in different)
    lower, upper = any(97 <= byte <= 122 for byte in different), any(65 <= byte <= 90 for byte in different)
    return not has_digit and not (lower and upper)


def _lead(window: bytes, start: int) -> int:
    """Return where a wrapped block really starts: its first line may stand behind a property name."""
    before = window[max(0, start - 260) : start]
    bare = before.rstrip(b" \t>|\r\n")
    while bare.endswith((b"\\n", b"\\r", b"\\t")):
        bare = bare[:-2].rstrip(b" \t>|\r\n")
    gap = before[len(bare) :]
    found = _REVERSED_TOKEN.match(bare[::-1])
    if found is None or not (b"\n" in gap or b"\r" in gap or b"\\n" in gap or b"\\r" in gap):
        return start
    begin = start - len(gap) - found.end()
    mark = window[begin - 1 : begin] if begin else b""
    return begin if found.end() >= 16 or mark in (b":", b",", b'"', b"'", b">", b";") else start


def _data_uris(window: bytes) -> Iterator[Region]:
    if b"data:" not in window and b"DATA:" not in window and b"Data:" not in window:
        return
    for match in _DATA_URI.finditer(window):
        before = window[match.start() - 1 : match.start()] if match.start() else b""
        until = _DATA_ENDS.get(before, _DATA_LOOSE)
        end = first_of(window, until, match.end())
        yield Region(match.start(), len(window) if end is None else end, until if end is None else b"")


def _numbers(window: bytes) -> Iterator[Region]:
    for match in _NUMBERS.finditer(window):
        yield Region(*match.span())


def _hex_groups(window: bytes) -> Iterator[Region]:
    for pattern in (_HEX_GROUPS, _HEX_DUMP):
        for match in pattern.finditer(window):
            block = match[0]
            letters = len(block) - len(block.translate(None, b"abcdefABCDEF"))
            if letters * 20 >= len(block):
                yield Region(*match.span())


def _uuencoded(window: bytes) -> Iterator[Region]:
    for match in _UU.finditer(window):
        block = match[0]
        if block.count(b"\nM") + block.startswith(b"M") >= 2 or block.startswith(b"begin"):
            yield Region(*match.span())


def _base85(window: bytes) -> Iterator[Region]:
    if b"<~" in window:
        for match in _ASCII85.finditer(window):
            yield Region(*match.span())
    for match in _BASE85.finditer(window):
        block = match[0]
        marks = len(block) - len(block.translate(None, bytes(_YENC_OR_85_MARKS)))
        if marks * 7 >= len(block) and len(_YENC_OR_85_MARKS & set(block)) >= 10:
            yield Region(*match.span())


def _escaped(window: bytes) -> Iterator[Region]:
    if _FEW_UNITS.search(window) is None:
        return
    waiting: Region | None = None
    for match in _ESCAPED.finditer(window):
        if not is_binary(match[0]):
            continue
        found = _widened(window, *match.span())
        if waiting is not None and found.start - waiting.end <= _SAME_PICTURE:
            waiting = Region(min(waiting.start, found.start), max(waiting.end, found.end), found.until)
            continue
        if waiting is not None:
            yield waiting
        waiting = found
    if waiting is not None:
        yield waiting


def is_binary(run: bytes) -> bool:
    """Say whether a run of escapes stands for binary content: neither as characters nor as UTF-8 bytes it is text without controls."""
    text = _OTHER_ESCAPE.sub(b".", run.replace(b"=\r\n", b"").replace(b"=\n", b""))
    text = _ENTITY.sub(_entity, _PERCENT.sub(rb"\\x\1", text))
    try:
        shown = text.decode("utf-8", "ignore").encode("latin-1", "backslashreplace").decode("unicode_escape")
    except (UnicodeDecodeError, ValueError):
        return True
    if not _too_many_controls(shown):
        return False
    try:
        raw = shown.encode("latin-1")
    except UnicodeEncodeError:
        return True
    for lead in range(4):
        for cut in range(4):
            try:
                return _too_many_controls(raw[lead : len(raw) - cut].decode("utf-8"))
            except UnicodeDecodeError:
                continue
    return True


def _entity(match: re.Match[bytes]) -> bytes:
    number = int(match[2], 16 if match[1] else 10) if match[1] or match[2].isdigit() else 0
    return b"\\x%02x" % (number & 255)


def _too_many_controls(text: str) -> bool:
    narrow = text.encode("latin-1", "ignore")
    controls = len(narrow) - len(narrow.translate(None, _CONTROLS))
    return controls * 50 >= len(text)


def _widened(window: bytes, start: int, end: int) -> Region:
    """Return the whole string or line around a run: what stands between two escapes of a picture is picture too."""
    floor = max(0, start - LONGEST_LOOK_BACK)
    before = window[floor:start]
    at = max(before.rfind(b'"'), before.rfind(b"'"), before.rfind(b"\n"), before.rfind(b"\r"))
    quote = before[at : at + 1] if at >= 0 else b"\n"
    until = b"\r\n" if quote in (b"\n", b"\r") else quote + b"\r\n"
    stop = first_of(window, until, end)
    return Region(floor + at + 1, len(window) if stop is None else stop, until if stop is None else b"")


def first_of(window: bytes, wanted: bytes, start: int) -> int | None:
    """Return the first position from `start` of any character of `wanted`, one with a backslash before it excepted, or None."""
    best = len(window)
    for char in wanted:
        at = window.find(char, start, best)
        while at > 0 and char in b"'" and _is_escaped(window, at):
            at = window.find(char, at + 1, best)
        if at >= 0:
            best = at
    return best if best < len(window) else None


def _is_escaped(window: bytes, at: int) -> bool:
    count = 0
    while at - count > 0 and window[at - count - 1] == 92:
        count += 1
    return count % 2 == 1


_FINDERS: tuple[Callable[[bytes], Iterator[Region]], ...] = (_base64, _data_uris, _numbers, _hex_groups, _uuencoded, _base85, _escaped)
