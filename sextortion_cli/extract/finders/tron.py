"""Addresses of TRON, where most stolen money in USDT goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.coins import ALPHABET58, Address, addresses, base58
from sextortion_cli.extract.finders.folding import BEGUN, LONG, ODD
from sextortion_cli.model.identifier import Hit, Scope

_VERSION = 0x41


def read(text: str) -> Address | None:
    """Read a run of letters and digits as an address of TRON; None where it does not look like one."""
    if len(text) != 34 or text[0] != "T" or not base58.is_base58(text):
        return None
    payload = base58.checked(text)
    if payload is None:
        return Address(text, (), {})
    return Address(text, ("base58check",), {"network": "mainnet"}) if payload[0] == _VERSION and len(payload) == 21 else None


class Tron(Finder):
    """Finds addresses of TRON (T...)."""

    id: ClassVar[str] = "tron"
    kinds: ClassVar[tuple[str, ...]] = ("tron",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"(?:{BEGUN}T|[{ODD}])[{ODD}{ALPHABET58}]{{33}}"
    vectors: ClassVar = {
        # The contract of USDT, as TRON's own documents give it.
        "USDT TRC20: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t": (("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),),
        "USDT TRC20: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of TRON in a passage."""
        yield from addresses(text, scope, "tron", read)
