"""What the finders of cryptocurrency addresses share: the places where one may stand, the words beside it, and checksums."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.folding import fold
from sextortion_cli.model.identifier import SURE, WEAK, Hit, Scope

ALPHABET58 = "1-9A-HJ-NP-Za-km-z"
_RUN = compiled(r"[0-9A-Za-z]{14,}")
WALLET_WORDS = compiled(
    r"wallet|address|adress|adresse|lommebok|plånbok|pung\b|direcci[oó]n|crypto|krypto|cripto|coin|\bbtc\b|\beth\b|\bltc\b|\bdoge\b|\bxmr\b"
    r"|\btrx\b|\busd[tc]\b|monero|tron\b|trc-?20|erc-?20|bep-?20|blockchain"
)


class Address(NamedTuple):
    """What an address says of itself: which checks it passed, and ``detail``; without checks its checksum is wrong."""

    value: str
    checks: tuple[str, ...]
    detail: dict[str, str]


@functools.lru_cache(maxsize=4)
def runs(text: str) -> tuple[tuple[int, int], ...]:
    """Return where runs of at least 14 ASCII letters and digits stand that no other letter touches, behind an escape like ``%3A``."""
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "%":
            start += 2
        elif before.isalnum():
            continue
        if not after.isalnum():
            found.append((start, end))
    return tuple(found)


def addresses(text: str, scope: Scope, kind: str, read: Callable[[str], Address | None]) -> Iterator[Hit]:
    """
    Yield the addresses of one family: what `read` knows among the runs of letters and digits.

    An address with a wrong checksum is a weak hit, and only where a word beside it says that it is meant as one.
    """
    folded = fold(text)
    plain = folded.text
    for start, end in runs(plain):
        address = read(plain[start:end])
        if address is None or (not address.checks and not near(plain, start, end, WALLET_WORDS, scope)):
            continue
        yield folded.hit(
            start,
            end,
            kind=kind,
            value=address.value,
            confidence=SURE if address.checks else WEAK,
            why="checksum" if address.checks else "bad-check",
            checks=address.checks,
            detail=address.detail,
        )
