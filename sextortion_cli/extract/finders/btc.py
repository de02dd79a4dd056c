"""Addresses of Bitcoin: P2PKH, P2SH, segregated witness and taproot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.coins import ALPHABET58, Address, addresses, base58, bech32
from sextortion_cli.extract.finders.coins.litecoin import is_litecoin
from sextortion_cli.extract.finders.folding import BEGUN, LONG, ODD
from sextortion_cli.model.identifier import Hit, Scope

_VERSIONS = {0x00: ("mainnet", "p2pkh"), 0x05: ("mainnet", "p2sh"), 0x6F: ("testnet", "p2pkh"), 0xC4: ("testnet", "p2sh")}
_PREFIXES = {"bc": "mainnet", "tb": "testnet", "bcrt": "regtest"}
_FORMS = {(0, 20): "p2wpkh", (0, 32): "p2wsh", (1, 32): "p2tr"}


def read(text: str) -> Address | None:
    """Read a run of letters and digits as an address of Bitcoin; None where it does not look like one."""
    prefix = text[:5].lower().partition("1")[0]
    if prefix in _PREFIXES and len(text) <= 90:
        program = bech32.program(text, prefix)
        if program is None:
            return Address(text.lower(), (), {}) if len(text) in (42, 62) else None
        detail = {"network": _PREFIXES[prefix], "form": _FORMS.get((program.version, len(program.program)), f"witness-v{program.version}")}
        return Address(text.lower(), (program.checksum,), detail)
    if text[0] in "13mn2" and 26 <= len(text) <= 35 and base58.is_base58(text):
        payload = base58.checked(text)
        if payload is None:
            return Address(text, (), {}) if len(text) >= 32 and text[0] in "13" and not text.isdigit() else None
        known = _VERSIONS.get(payload[0])
        if known is not None and len(payload) == 21:
            return Address(text, ("base58check",), {"network": known[0], "form": known[1]})
    return None


class Btc(Finder):
    """
    Finds addresses of Bitcoin, also in links (``bitcoin:``) and pages of block explorers.

    ``detail.network`` is ``mainnet``, ``testnet`` (or signet, which looks the same) or ``regtest``; ``detail.form`` the kind of script
    (``p2pkh``, ``p2sh``, ``p2wpkh``, ``p2wsh``, ``p2tr``). An address that begins with 3 is Litecoin's only where the words beside it say so.
    """

    id: ClassVar[str] = "btc"
    kinds: ClassVar[tuple[str, ...]] = ("btc",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[bt{ODD}]+[bcrt{ODD}]+[1{ODD}][{ODD}0-9a-z]{{11}}|(?:{BEGUN}[13mn2]|[{ODD}])[{ODD}{ALPHABET58}]{{25}}"
    vectors: ClassVar = {
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": (("btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),),  # BIP-173
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": (
            ("btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
        ),  # BIP-350
        "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo": (("btc", "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo"),),  # Bitcoin Core, key_io_valid.json
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd": (),  # BIP-350: Bech32 instead of Bech32m
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of Bitcoin in a passage."""
        for hit in addresses(text, scope, "btc", read):
            if not (hit.value[0] == "3" and is_litecoin(text, hit.start, hit.end)):
                yield hit
