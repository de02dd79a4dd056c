"""
The recovery key as twelve words a person can write down: the English list of BIP-39, whose first four letters tell each word apart.

128 random bits and 4 bits of checksum are the words; the BIP-39 seed of the words (no passphrase), its first 32 bytes, is the
secret key. So the words alone open a locked case, with any program that knows the two public rules; `HOW-TO-OPEN.txt` has one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sextortion_cli.errors import NeedsExtra, WrongKey

COUNT = 12
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age-secret-key-"


@cache
def _library() -> Any:
    try:
        from mnemonic import Mnemonic
    except ImportError:
        raise NeedsExtra(line="pip install mnemonic") from None
    return Mnemonic("english")


def new_words() -> tuple[str, ...]:
    """Return twelve new words."""
    return tuple(str(_library().generate(128)).split(" "))


def completed(word: str) -> str | None:
    """Return the word of the list that was meant (its first four letters are enough), None when there is none."""
    typed = word.strip().casefold()
    known: list[str] = _library().wordlist
    if typed in known:
        return typed
    found = [item for item in known if item.startswith(typed)] if len(typed) >= 4 else []
    return found[0] if len(found) == 1 else None


def identity_of(words: tuple[str, ...]) -> str:
    """
    Return the secret key twelve words stand for.

    Raises:
        WrongKey: One of them is not the one that was written down.
    """
    found = [completed(word) for word in words]
    if len(found) != COUNT or None in found:
        raise WrongKey()
    text = " ".join(str(word) for word in found)
    if not _library().check(text):
        raise WrongKey()
    return _bech32(_PREFIX, bytes(_library().to_seed(text, "")[:32])).upper()


def _bech32(prefix: str, data: bytes) -> str:
    """Return data as BIP-173 writes it; whole groups of five bits, the last filled with zeros."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [bits >> 5 * place & 31 for place in reversed(range(count))]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)


def _polymod(values: list[int]) -> int:
    found = 1
    for value in values:
        top, found = found >> 25, (found & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            found ^= generator if top >> place & 1 else 0
    return found
