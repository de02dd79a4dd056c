"""
The parts of a mail as members, in the form an archive gives its own, so that they obey the same gate.

Of a mail that may not be copied, what is text leaves the child: the stretches of the file around what is embedded in it, which begin
with its headers, and text parts that are encoded. Everything else stays, by reference.
"""

from __future__ import annotations

import bisect
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import msgspec

from sextortion_cli.extract import mediatype, textparts
from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, Meter, b64
from sextortion_cli.extract.textparts import ReadAt
from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.members import Held, Letter, content, letters
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import ReadOptions
from sextortion_cli.words import N_

STRETCHES = 10_000_000
"""Members that are stretches of the file are numbered from here, those that are parts of mails from 0: the numbers say which is which."""
_PIECE = 1 << 18
_HEAD = 1 << 16
_LONGEST_TEXT = 16 << 20
_BLANKS = bytes(byte if byte in b"\r\n" else 32 for byte in range(256))
_WHAT = {
    "total-limit": N_("The mails hold more than is taken out; the rest is not read."),
    "member-limit": N_("A part is larger than is taken out."),
    "too-many-members": N_("The mails hold more parts than are taken out."),
}


def stream(source: Source, stated: dict[str, Any], limits: Limits, *, stretches: bool) -> Iterator[Event]:
    """
    Yield the parts of the mails in a file, each with its decoded bytes, but the texts that the mail shows itself.

    Args:
        source: A mail or a mailbox.
        stated: `ReadOptions` as a mapping: mails that were not chosen are not taken apart.
        limits: How much is taken out.
        stretches: The file is not in the case: its stretches that are nothing but text are members too.
    """
    options = msgspec.convert(stated, ReadOptions)
    vouched: list[tuple[int, int]] = []
    view: ReadAt = source.read_at
    is_text, spans = False, list[tuple[int, int, int]]()
    if stretches:
        for letter in letters(source, options):
            spans.append((letter.start, letter.end, letter.body))
            vouched += _vouched(source, letter)
        view = _blanked(source, sorted(vouched))
        is_text = textparts.separable(view, source.size) != "binary"
    yield from _parts(source, options, limits, texts=stretches, but=frozenset(vouched), encoded_only=is_text)
    if is_text:
        found = ((at, at + length) for at, length in textparts.text_parts(view, source.size))
        mails = [(start, end) for start, end, _ in spans]
        yield from _numbered(source, _cut(found, mails, is_whole=not (options.thread or options.since or options.until)))
    elif stretches:
        yield from _numbered(source, (piece for start, _, body in spans for piece in _of(view, start, body)))


def _parts(
    source: Source, options: ReadOptions, limits: Limits, *, texts: bool, but: frozenset[tuple[int, int]], encoded_only: bool
) -> Iterator[Event]:
    """Yield the parts; with `texts` also those that the mail shows itself, `but` those that stand in a stretch as they are."""
    meter = Meter(limits)
    taken = 0
    for letter in letters(source, options):
        for held in letter.parts:
            is_in_a_stretch = encoded_only and (held.piece.transfer != "base64" or (held.piece.body, held.piece.end) in but)
            if held.is_text and (not texts or is_in_a_stretch):
                continue
            if taken >= limits.members:
                yield ArchiveDefect("too-many-members", _WHAT["too-many-members"])
                return
            taken += 1
            if (yield from _member(source, held, taken - 1, meter)):
                return


def is_stretch(member: Mapping[str, Any] | None) -> bool:
    """Say whether a member is a stretch of the text of a mail that itself is not in the case: there is nothing in it to be taken out."""
    return member is not None and int(member["index"]) >= STRETCHES


def is_only_text(data: bytes | bytearray, name: str, charset: str | None) -> bool:
    """Say whether bytes are nothing but text, in UTF-8 or all of them letters of the alphabet they state."""
    if mediatype.describe(bytes(data[:_HEAD]), name).content_class not in ("text", "json", "xml", "html"):
        return False
    if _separable(data) == "text":
        return True
    text = charset_text(bytes(data), charset)
    return text is not None and _separable(text) == "text"


def _separable(data: bytes | bytearray) -> str:
    return textparts.separable(lambda offset, count: bytes(data[offset : offset + count]), len(data))


def _vouched(source: Source, letter: Letter) -> Iterator[tuple[int, int]]:
    """
    Yield where text stands that does not look like text, when it is nothing else: encoded as pictures are, or in another alphabet.

    It was looked at decoded, so its letters in the file hold no picture.
    """
    headers = source.read_at(letter.start, min(letter.body - letter.start, _LONGEST_TEXT))
    if not headers.isascii() and _is_letters(headers, "cp1252"):
        yield letter.start, letter.body
    for held in letter.parts:
        piece = held.piece
        if not held.is_text or piece.end - piece.body > _LONGEST_TEXT or piece.transfer not in ("base64", "8bit", "", "binary"):
            continue
        transfer, data = content(source, piece)
        text = b"".join(data)
        if transfer.problems or (text.isascii() and piece.transfer != "base64"):
            continue
        if is_only_text(text, held.name, piece.charset) if piece.transfer == "base64" else _is_letters(text, piece.charset):
            yield piece.body, piece.end


def _is_letters(data: bytes, charset: str | None) -> bool:
    """Say whether bytes that are no UTF-8 are nothing but text in the alphabet they state."""
    text = charset_text(data, charset) if _separable(data) == "binary" else None
    return text is not None and _separable(text) == "text"


def charset_text(data: bytes, charset: str | None) -> bytes | None:
    """Return a text in another alphabet as UTF-8, when all of it is letters of the alphabet it states; the gate looks at that."""
    codec = None if charset is None else charsets.codec_of(charset)
    if codec is None or len(data.translate(None, bytes(range(128, 256)))) * 3 < len(data) * 2:
        return None
    try:
        text = data.decode("cp1252" if codec == "iso8859-1" else codec)
    except (UnicodeError, ValueError, AssertionError):
        return None
    return None if any("\x7f" <= char <= "\x9f" for char in text) else text.encode("utf-8", "replace")


def _member(source: Source, held: Held, index: int, meter: Meter) -> Generator[Event, None, bool]:
    piece = held.piece
    raw = held.name.encode("utf-8", "replace")
    member = Member(
        index, held.name, b64(raw), "file", is_regular=True, size_claimed=piece.end - piece.body, size_packed=piece.end - piece.body,
        method=piece.transfer[:60] or "7bit", part=piece.path, offset=piece.body, length=piece.end - piece.body, charset=(piece.charset or "")[:60] or None,
    )  # fmt: skip
    yield member
    meter.start()
    meter.feed(piece.end - piece.body)
    _, data = content(source, piece)
    given = 0
    for part in data:
        broken = meter.count(len(part))
        if broken is not None:
            yield ArchiveDefect(broken, _WHAT.get(broken, _WHAT["total-limit"]), index)
            yield MemberEnd(index, given, complete=False)
            return broken.startswith("total-")
        for at in range(0, len(part), _PIECE):
            yield part[at : at + _PIECE]
        given += len(part)
    yield MemberEnd(index, given)
    return False


def _blanked(source: Source, spans: list[tuple[int, int]]) -> ReadAt:
    """Return a view of the file in which some spans are white space: what stands there was looked at decoded."""
    starts = [start for start, _ in spans]

    def read_at(offset: int, count: int) -> bytes:
        data = bytearray(source.read_at(offset, count))
        place = max(0, bisect.bisect_right(starts, offset) - 1)
        while place < len(spans) and spans[place][0] < offset + len(data):
            first, last = max(spans[place][0], offset) - offset, min(spans[place][1], offset + len(data)) - offset
            if first < last:
                data[first:last] = data[first:last].translate(_BLANKS)
            place += 1
        return bytes(data)

    return read_at


def _cut(found: Iterator[tuple[int, int]], mails: list[tuple[int, int]], *, is_whole: bool) -> Iterator[tuple[int, int]]:
    """
    Yield stretches so that a mailbox stays one: one that begins inside a mail ends where the next mail begins.

    Args:
        mails: Where the chosen mails are.
        is_whole: All were chosen; otherwise only what lies in a chosen one is yielded.
    """
    place = 0
    for start, end in found:
        while start < end:
            while place < len(mails) and mails[place][1] <= start:
                place += 1
            first, last = mails[place] if place < len(mails) else (end, end)
            if is_whole:
                stop = min(last, end) if first < start else end
                yield start, stop
            else:
                stop = min(last, end) if first < end else end
                if max(start, first) < stop and first < end:
                    yield max(start, first), stop
            start = stop


def _of(view: ReadAt, start: int, end: int) -> list[tuple[int, int]]:
    def read_at(offset: int, count: int) -> bytes:
        return view(start + offset, max(0, min(count, end - start - offset)))

    if textparts.separable(read_at, end - start) == "binary":
        return []
    return [(start + offset, start + offset + length) for offset, length in textparts.text_parts(read_at, end - start)]


def _numbered(source: Source, found: Iterator[tuple[int, int]]) -> Iterator[Event]:
    for number, (start, end) in enumerate(found):
        name = f"{source.name}.text-{start}-{end}"
        index, length = STRETCHES + number, end - start
        yield Member(
            index, name, b64(name.encode("utf-8", "replace")), "file", is_regular=True, size_claimed=length, offset=start, length=length
        )
        for at in range(start, end, _PIECE):
            yield source.read_at(at, min(_PIECE, end - at))
        yield MemberEnd(index, length)
