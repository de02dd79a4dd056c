"""Base58, base58check (Bitcoin and its kin) and the base58 of Monero, which is made of blocks."""

from __future__ import annotations

import hashlib

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_BLOCK = 11
"""Characters of a full block of Monero's base58, which stand for 8 bytes."""
_SIZES = {0: 0, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}


def _number(text: str) -> int | None:
    number = 0
    for character in text:
        value = _VALUE.get(character)
        if value is None:
            return None
        number = number * 58 + value
    return number


def is_base58(text: str) -> bool:
    """Tell whether every character is one of base58."""
    return all(character in _VALUE for character in text)


def decoded(text: str) -> bytes | None:
    """Return the bytes of base58 of at most 120 characters, or None where it is none."""
    number = _number(text) if len(text) <= 120 else None
    if number is None:
        return None
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def checked(text: str) -> bytes | None:
    """Return version and payload of base58check, or None where the checksum (double SHA-256) is wrong."""
    data = decoded(text)
    if data is None or len(data) < 5:
        return None
    digest = hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()
    return data[:-4] if digest[:4] == data[-4:] else None


def blocks(text: str) -> bytes | None:
    """Return the bytes of Monero's base58: blocks of 11 characters for 8 bytes, the last one shorter; None where it is none."""
    data = b""
    for place in range(0, len(text), _BLOCK):
        block = text[place : place + _BLOCK]
        number, size = _number(block), _SIZES.get(len(block))
        if number is None or size is None or number >> (8 * size):
            return None
        data += number.to_bytes(size, "big")
    return data
