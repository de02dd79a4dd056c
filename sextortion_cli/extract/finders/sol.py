"""Addresses of Solana."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.coins import ALPHABET58, base58, runs
from sextortion_cli.extract.finders.folding import LONG, ODD, fold
from sextortion_cli.extract.finders.money import verdict
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, WEAK, Hit, Scope

_WORDS = compiled(
    r"(?P<secret>private key|api[ _-]?key|secret|token[ _-]?id|session|password|passord|\bhash\b|\bcid\b|ipfs|commit|signature|\btx\b|txid|nonce|cookie)"
    r"|(?P<solana>solana|\bsol\b|solscan|phantom|solflare|spl[ -]token|pump\.fun|raydium|jup(?:iter|\.ag))"
    r"|(?P<wallet>wallet|lommebok|plånbok|address|adress|adresse|direcci[oó]n|crypto|krypto|cripto|usd[tc]\b|send (?:to|it|the)|betal|pay)"
)
_SIZE = 32


class Sol(Finder):
    """
    Finds addresses of Solana: 32 bytes in base58, without a checksum, so words or a link beside it must say what it is.

    With Solana named it is likely, with a wallet or payment named possible, and otherwise weak.
    """

    id: ClassVar[str] = "sol"
    kinds: ClassVar[tuple[str, ...]] = ("sol",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[{ODD}{ALPHABET58}]{{32}}"
    vectors: ClassVar = {
        # The mint of USDC, as Circle publishes it.
        "SOL wallet: EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v": (("sol", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"),),
        "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of Solana in a passage."""
        folded = fold(text)
        plain = folded.text
        for start, end in runs(plain):
            value = plain[start:end]
            if not 32 <= len(value) <= 44 or not _is_mixed(value):
                continue
            data = base58.decoded(value)
            if data is None or len(data) != _SIZE:
                continue
            said = verdict(plain, start, end, _WORDS, scope)
            confidence = {"solana": LIKELY, "wallet": POSSIBLE}.get(said, WEAK)
            yield folded.hit(
                start,
                end,
                kind="sol",
                value=value,
                confidence=confidence,
                why="hint" if confidence == WEAK else "form-and-words",
                checks=("near-word",) if confidence > WEAK else (),
            )


def _is_mixed(text: str) -> bool:
    """Tell whether there are small and capital letters and digits, as in nearly every run of 32 random bytes."""
    return text.upper() != text and text.lower() != text and any(map(str.isdigit, text))
