"""Whether an address beginning with 3, which Bitcoin and (formerly) Litecoin write alike, is one of Litecoin."""

from __future__ import annotations

from sextortion_cli.extract.finders.coins.networks import network_of

_BOTH = frozenset(("litecoin", "bitcoin"))


def is_litecoin(text: str, start: int, end: int) -> bool:
    """Tell whether the nearest word about either currency names Litecoin."""
    return network_of(text, start, end, _BOTH) == "litecoin"
