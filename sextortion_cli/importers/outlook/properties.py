"""The properties of a message, a recipient or an attachment (MS-OXMSG, section 2; names in MS-OXPROPS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.outlook.compound import Compound, Entry
from sextortion_cli.model.epoch import utc_text

_STREAM = "__substg1.0_"
_FIXED = "__properties_version1.0"
_FIXED_LIMIT = 1 << 20
#: 100 ns steps from 1601 to 1970.
_EPOCH = 116_444_736_000_000_000
_HEADERS = {"root": 32, "embedded": 24, "inner": 8}
_CODEPAGES = {
    65001: "utf-8",
    20127: "ascii",
    28591: "iso8859-1",
    28605: "iso8859-15",
    932: "cp932",
    936: "gb18030",
    949: "cp949",
    950: "big5",
    50220: "iso2022_jp",
}


class Properties:
    """
    One storage with properties.

    Args:
        file: The compound file.
        storage: Its storage.
        kind: ``root``, ``embedded`` or ``inner`` (recipients and attachments).
        codepage: Of the message it belongs to, or None.
    """

    def __init__(self, file: Compound, storage: Entry, kind: str, codepage: int | None = None) -> None:
        self._file = file
        self.storage = storage
        self.inner = file.children(storage)
        self._streams = {entry.name.lower(): entry for entry in self.inner if entry.is_stream}
        self._fixed = dict(self._read_fixed(kind))
        self.codepage = self.number(0x3FFD) or codepage

    def _read_fixed(self, kind: str) -> Iterator[tuple[int, tuple[int, bytes]]]:
        entry = self._streams.get(_FIXED)
        data = self._bytes(entry, _FIXED_LIMIT) if entry is not None else b""
        for at in range(_HEADERS[kind], len(data) - 15, 16):
            kind_of, number = struct.unpack_from("<HH", data, at)
            yield number, (kind_of, data[at + 8 : at + 16])

    def _bytes(self, entry: Entry, limit: int) -> bytes:
        found, size = [], 0
        for piece in self._file.pieces(entry):
            found.append(piece)
            size += len(piece)
            if size >= limit:
                break
        return b"".join(found)[:limit]

    def stream(self, number: int, kind: str) -> Entry | None:
        """Return the stream of a property of one type (four hex digits)."""
        return self._streams.get(f"{_STREAM}{number:04x}{kind}")

    def storage_of(self, number: int) -> Entry | None:
        """Return the storage of a property that is an object."""
        name = f"{_STREAM}{number:04x}000d"
        return next((entry for entry in self.inner if not entry.is_stream and entry.name.lower() == name), None)

    def data(self, number: int, limit: int) -> bytes | None:
        """Return a binary property, up to `limit` bytes."""
        entry = self.stream(number, "0102")
        return None if entry is None else self._bytes(entry, limit)

    def text(self, number: int, limit: int = 64 << 10) -> charsets.Decoded | None:
        """Return a string property: Unicode, or in the code page of the message."""
        wide = self.stream(number, "001f")
        if wide is not None:
            found = charsets.decode(self._bytes(wide, limit * 2), "utf-16-le")
        elif (narrow := self.stream(number, "001e")) is not None:
            page = self.codepage or 1252
            found = charsets.decode(self._bytes(narrow, limit), _CODEPAGES.get(page, f"cp{page}"))
        else:
            return None
        return charsets.Decoded(found.text.rstrip("\0"), found.charset, found.problem, found.lossy)

    def string(self, number: int, limit: int = 4096) -> str:
        """Return a short string property, or ""."""
        found = self.text(number, limit)
        return "" if found is None else found.text.strip()

    def number(self, number: int) -> int | None:
        """Return a whole number of 32 bits."""
        kind, value = self._fixed.get(number, (0, b""))
        return int(struct.unpack_from("<i", value)[0]) if kind == 3 else None

    def time(self, number: int) -> str | None:
        """Return a time in UTC, or None when there is none or none that can be."""
        kind, value = self._fixed.get(number, (0, b""))
        if kind != 0x40:
            return None
        steps = struct.unpack_from("<Q", value)[0] - _EPOCH
        return utc_text(steps // 10_000_000) if steps > 0 else None
