"""Identities of transactions of cryptocurrencies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled, near
from sextortion_cli.extract.finders.coins import base58, runs
from sextortion_cli.extract.finders.coins.networks import EVM, network_of
from sextortion_cli.extract.finders.folding import LONG, ODD, fold
from sextortion_cli.extract.finders.money import verdict
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, WEAK, Hit, Scope

_WORDS = compiled(
    r"(?P<other>sha-?(?:2|3|256|512)|\bmd5\b|check ?sum|sjekksum|kontrollsumma|prüfsumme|digest|\bcommit|\bgit\b|fingerprint|fingeravtr"
    r"|private[ _-]?key|secret|api[ _-]?key|password|passord|token|session|\bseed\b|\bnonce\b|merkle|docker|image id|\betag\b|\bsalt\b|\bkey\b"
    r"|\bfil(?:e|en)?\b|datei|fichier|archivo|download|nøkkel|block[ -]?hash|topic)"
    r"|(?P<transaction>\btx|transa[ck]|\btrx id|overføringsid|blockstream|mempool\.space|tronscan|etherscan|bscscan|solscan|polygonscan|arbiscan"
    r"|blockchair|blockchain|tonviewer|tonscan|xmrchain|\bbtc\b|bitcoin|\bltc\b|litecoin|\bdoge|\bxmr\b|monero|\btron\b|\btrx\b|\busd[tc]\b"
    r"|solana|\bsol\b|\beth\b|ethereum|confirmations?\b|bekreftelse)"
)
_HASH = compiled(r"\bhash\b|signature|signatur")
_HEX = compiled(r"(?:0x)?[0-9a-f]{64,}")
_LINK = compiled(r"(?:/tx/(?:0x)?|/transactions?/(?:0x)?|/txid/|txhash=|/signature/|/tx\?id=)$")
_SIGNATURE = range(86, 89)
_SIGNATURE_SIZE = 64


class Transaction(Finder):
    """
    Finds identities of transactions: 64 hexadecimal digits with words or a link, ``0x`` and 64 digits (EVM), and signatures of Solana.

    The value of hexadecimal ones is in lower case, with ``0x`` where it is written so. ``detail.network`` is the network, where a link or word
    says it (``evm`` where only the form does). Digests of files, keys and identities of revisions look the same: the nearest word decides.
    """

    id: ClassVar[str] = "transaction"
    kinds: ClassVar[tuple[str, ...]] = ("tx",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[{ODD}0-9a-z]{{64}}"
    vectors: ClassVar = {
        # The first transaction of Bitcoin's genesis block.
        "txid: 4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b": (
            ("tx", "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"),
        ),
        "sha256: 4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the transactions of a passage."""
        folded = fold(text)
        plain = folded.text
        for start, end in _candidates(plain):
            value = plain[start:end]
            is_hex = end - start <= 66
            has_prefix = is_hex and value[1] in "xX"
            if len(set(value[2:])) < 6 or (is_hex and value.isdigit()):
                continue
            is_linked = _LINK.search(plain[max(0, start - 24) : start]) is not None
            said = "link" if is_linked else verdict(plain, start, end, _WORDS, scope)
            if said in ("link", "transaction"):
                confidence = LIKELY
            elif said:
                confidence = WEAK
            elif near(plain, start, end, _HASH, scope, before=30):
                said, confidence = "hash", LIKELY if has_prefix or not is_hex else POSSIBLE
            else:
                confidence = LIKELY if has_prefix else WEAK
            network = network_of(plain, start, end, EVM if has_prefix else None) or ("evm" if has_prefix else "" if is_hex else "solana")
            yield folded.hit(
                start,
                end,
                kind="tx",
                value=value.lower() if is_hex else value,
                confidence=confidence,
                why="ambiguous" if confidence == WEAK else "form-and-words" if said else "form",
                checks=("near-word",) if confidence > WEAK and said else (),
                detail={"network": network} if network else {},
            )


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Yield where 64 hexadecimal digits or a signature of Solana stand by themselves."""
    for match in _HEX.finditer(text):
        start, end = match.span()
        length = end - start - (2 if text[start + 1] in "xX" else 0)
        before, after = text[start - 1 : start], text[end : end + 1]
        is_tail = before == ":" and text[start - 2 : start - 1].isdigit()  # of an address of TON (0:...), or of sha256:...
        if length == 64 and not before.isalnum() and not after.isalnum() and not is_tail:
            yield start, end
    for start, end in runs(text):
        if end - start in _SIGNATURE:
            data = base58.decoded(text[start:end])
            if data is not None and len(data) == _SIGNATURE_SIZE:
                yield start, end
