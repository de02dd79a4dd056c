"""Addresses of Ethereum and of the networks that write theirs alike (EVM)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled, near
from sextortion_cli.extract.finders.coins.keccak import keccak256
from sextortion_cli.extract.finders.coins.networks import EVM, network_of
from sextortion_cli.extract.finders.folding import LONG, ODD, fold
from sextortion_cli.model.identifier import LIKELY, SURE, WEAK, Hit, Scope

_RUN = compiled(r"0x[0-9a-f]{40,}")
_OTHER = compiled(r"\bcommit|\bsha-?1\b|\bgit\b|checksum|digest|fingerprint|ripemd")


def mixed(digits: str) -> str:
    """Return 40 hexadecimal digits in the mixed case of EIP-55."""
    lower = digits.lower()
    digest = keccak256(lower.encode("ascii")).hex()
    return "".join(digit.upper() if turn >= "8" else digit for digit, turn in zip(lower, digest, strict=False))


class Eth(Finder):
    """
    Finds addresses of EVM networks; which one is ``detail.network`` where a link or word beside it says so.

    The mixed case of EIP-55 is a checksum: in one case only an address is likely, in a wrong mix it is weak. The value is in lower case.
    """

    id: ClassVar[str] = "eth"
    kinds: ClassVar[tuple[str, ...]] = ("eth",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[0{ODD}]+[x{ODD}]+[{ODD}0-9a-f]{{40}}"
    vectors: ClassVar = {  # EIP-55
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed": (("eth", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),),
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the EVM addresses of a passage."""
        folded = fold(text)
        plain = folded.text
        for match in _RUN.finditer(plain):
            start, end = match.span()
            digits = plain[start + 2 : end]
            if len(digits) != 40 or plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum() or len(set(digits)) == 1:
                continue
            checks: tuple[str, ...] = ()
            if digits.upper() == digits or digits.lower() == digits:
                is_other = near(plain, start, end, _OTHER, before=30, after=0)
                confidence, why = (WEAK, "ambiguous") if is_other else (LIKELY, "form")
            elif mixed(digits) == digits:
                confidence, why, checks = SURE, "checksum", ("eip55",)
            else:
                confidence, why = WEAK, "bad-check"
            network = network_of(plain, start, end, EVM)
            yield folded.hit(
                start,
                end,
                kind="eth",
                value="0x" + digits.lower(),
                confidence=confidence,
                why=why,
                checks=checks,
                detail={"network": network} if network else {},
            )
