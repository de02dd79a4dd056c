"""Addresses of segregated witness programs: Bech32 (BIP-173) and Bech32m (BIP-350)."""

from __future__ import annotations

from typing import NamedTuple

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CONSTANT = {1: "bech32", 0x2BC830A3: "bech32m"}
_LONGEST = 90


class Program(NamedTuple):
    """A witness program: its version (0 to 16), its bytes, and which checksum vouches for it."""

    version: int
    program: bytes
    checksum: str


def split(text: str) -> tuple[str, list[int], str] | None:
    """
    Return prefix, data (5 bits each, without the checksum) and the name of the checksum; None where the text is neither Bech32 nor Bech32m.

    Text of mixed case, with other characters, or longer than 90 characters is neither.
    """
    if (
        (text.lower() != text and text.upper() != text)
        or len(text) > _LONGEST
        or any(not 33 <= ord(character) <= 126 for character in text)
    ):
        return None
    prefix, separator, data = text.lower().rpartition("1")
    values = [_VALUE.get(character, -1) for character in data]
    if not prefix or not separator or len(data) < 6 or -1 in values:
        return None
    state = 1
    for value in (*(ord(character) >> 5 for character in prefix), 0, *(ord(character) & 31 for character in prefix), *values):
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                state ^= generator
    name = _CONSTANT.get(state)
    return None if name is None else (prefix, values[:-6], name)


def program(text: str, prefix: str) -> Program | None:
    """Return the witness program of an address with this prefix (``bc``), or None where it is not valid (BIP-173, BIP-350, BIP-141)."""
    parts = split(text)
    if parts is None or parts[0] != prefix or not parts[1]:
        return None
    version, *groups = parts[1]
    if version > 16 or parts[2] != ("bech32" if version == 0 else "bech32m"):
        return None
    number, rest = 0, len(groups) * 5 % 8
    for group in groups:
        number = number << 5 | group
    if rest > 4 or number & ((1 << rest) - 1):
        return None
    data = (number >> rest).to_bytes(len(groups) * 5 // 8, "big")
    if not 2 <= len(data) <= 40 or (version == 0 and len(data) not in (20, 32)):
        return None
    return Program(version, data, parts[2])
