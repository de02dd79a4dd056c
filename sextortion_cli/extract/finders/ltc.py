"""Addresses of Litecoin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.coins import ALPHABET58, Address, addresses, base58, bech32
from sextortion_cli.extract.finders.coins.litecoin import is_litecoin
from sextortion_cli.extract.finders.folding import BEGUN, LONG, ODD
from sextortion_cli.model.identifier import Hit, Scope

_VERSIONS = {0x30: "p2pkh", 0x32: "p2sh", 0x05: "p2sh"}
_PREFIXES = {"ltc": "mainnet", "tltc": "testnet"}
_FORMS = {(0, 20): "p2wpkh", (0, 32): "p2wsh", (1, 32): "p2tr"}


def read(text: str) -> Address | None:
    """Read a run of letters and digits as an address of Litecoin; None where it does not look like one."""
    prefix = text[:5].lower().partition("1")[0]
    if prefix in _PREFIXES and len(text) <= 90:
        program = bech32.program(text, prefix)
        if program is None:
            return Address(text.lower(), (), {}) if len(text) in (43, 63) else None
        detail = {"network": _PREFIXES[prefix], "form": _FORMS.get((program.version, len(program.program)), f"witness-v{program.version}")}
        return Address(text.lower(), (program.checksum,), detail)
    if text[0] in "LM3" and 26 <= len(text) <= 35 and base58.is_base58(text):
        payload = base58.checked(text)
        if payload is None:
            return Address(text, (), {}) if len(text) >= 33 and text[0] in "LM" else None
        if payload[0] in _VERSIONS and len(payload) == 21:
            return Address(text, ("base58check",), {"network": "mainnet", "form": _VERSIONS[payload[0]]})
    return None


class Ltc(Finder):
    """Finds addresses of Litecoin: L..., M..., ltc1..., and 3... where the words beside it say Litecoin. Details as for Bitcoin."""

    id: ClassVar[str] = "ltc"
    kinds: ClassVar[tuple[str, ...]] = ("ltc",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[l{ODD}][t{ODD}]+[c{ODD}]+[1{ODD}][{ODD}0-9a-z]{{11}}|(?:{BEGUN}[LM3]|[{ODD}])[{ODD}{ALPHABET58}]{{25}}"
    vectors: ClassVar = {
        "Send LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA": (("ltc", "LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA"),),  # Litecoin Core, key_io_valid.json
        "ltc: 36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm": (("ltc", "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm"),),  # Bitcoin Core, key_io_valid.json
        "btc: 36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of Litecoin in a passage."""
        for hit in addresses(text, scope, "ltc", read):
            if hit.value[0] != "3" or is_litecoin(text, hit.start, hit.end):
                yield hit
