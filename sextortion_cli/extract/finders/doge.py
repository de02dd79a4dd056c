"""Addresses of Dogecoin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.coins import ALPHABET58, Address, addresses, base58
from sextortion_cli.extract.finders.folding import BEGUN, LONG, ODD
from sextortion_cli.model.identifier import Hit, Scope

_VERSIONS = {0x1E: "p2pkh", 0x16: "p2sh"}


def read(text: str) -> Address | None:
    """Read a run of letters and digits as an address of Dogecoin; None where it does not look like one."""
    if len(text) != 34 or text[0] not in "D9A" or not base58.is_base58(text):
        return None
    payload = base58.checked(text)
    if payload is None:
        return Address(text, (), {}) if text[0] == "D" else None
    if payload[0] in _VERSIONS and len(payload) == 21:
        return Address(text, ("base58check",), {"network": "mainnet", "form": _VERSIONS[payload[0]]})
    return None


class Doge(Finder):
    """Finds addresses of Dogecoin (D..., and 9... or A... for scripts)."""

    id: ClassVar[str] = "doge"
    kinds: ClassVar[tuple[str, ...]] = ("doge",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"(?:{BEGUN}[D9A]|[{ODD}])[{ODD}{ALPHABET58}]{{33}}"
    vectors: ClassVar = {
        # The key of the examples of BIP-173, written for Dogecoin.
        "dogecoin:DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE": (("doge", "DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE"),),
        "DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLF": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of Dogecoin in a passage."""
        yield from addresses(text, scope, "doge", read)
