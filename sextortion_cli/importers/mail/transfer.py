"""Undoing a transfer encoding (RFC 2045, section 6) piece by piece, with what is wrong with it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator

_ALPHABET = bytes(byte for byte in range(256) if byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_OTHERS = bytes(byte for byte in range(256) if byte not in _ALPHABET)
_SPACE = b" \t\r\n"
_BAD_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,200}(?:\r?\n|\Z))")
PLAIN = frozenset(("", "7bit", "8bit", "binary"))
KNOWN = PLAIN | {"base64", "quoted-printable"}


class Transfer:
    """
    Decodes one part.

    Args:
        name: The encoding as the part states it; an unknown one is passed on as it stands.

    Attributes:
        problems: Codes of defects.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: set[str] = set() if name in KNOWN else {"unknown-transfer-encoding"}

    def decode(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the decoded bytes of `pieces`."""
        if self.name == "base64":
            yield from self._base64(pieces)
        elif self.name == "quoted-printable":
            yield from self._quoted(pieces)
        else:
            yield from pieces

    def _base64(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        carry = b""
        for piece in pieces:
            if piece.translate(None, _ALPHABET + _SPACE):
                self.problems.add("broken-base64")
            groups = piece.translate(None, _OTHERS).split(b"=")
            # A pad ends a group; what follows it begins anew (parts that were glued together).
            for group in groups[:-1]:
                yield self._ended(carry + group)
                carry = b""
            carry += groups[-1]
            whole = len(carry) - len(carry) % 4
            if whole:
                yield binascii.a2b_base64(carry[:whole])
                carry = carry[whole:]
        if carry:
            self.problems.add("broken-base64")
            yield self._ended(carry)

    def _ended(self, group: bytes) -> bytes:
        if len(group) % 4 == 1:
            self.problems.add("broken-base64")
            group = group[:-1]
        return binascii.a2b_base64(group + b"=" * (-len(group) % 4))

    def _quoted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        carry = b""
        for piece in pieces:
            data = carry + piece
            cut = data.rfind(b"\n") + 1
            if not cut and len(data) < 4 << 20:
                carry = data
                continue
            cut = cut or len(data)
            yield self._lines(data[:cut])
            carry = data[cut:]
        if carry:
            yield self._lines(carry)

    def _lines(self, data: bytes) -> bytes:
        if _BAD_ESCAPE.search(data):
            self.problems.add("broken-quoted-printable")
        return binascii.a2b_qp(data)
