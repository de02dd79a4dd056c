"""Identities of transactions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.extract.finders.coins import base58
from sextortion_cli.extract.finders.transaction import Transaction
from sextortion_cli.model.identifier import Hit, Scope

GENESIS = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
"""The transaction of Bitcoin's first block."""


def found(text: str) -> list[Hit]:
    return [hit for hit in Transaction().find(text, Scope()) if hit.confidence >= 0.5]


def signature(data: bytes) -> str:
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = base58.ALPHABET[digit] + text
    return text


SIGNATURE = signature(bytes(range(200, 256)) + bytes(range(8)))


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("txid: {}", None),
        ("TxHash\n{}", None),
        ("transaksjon {}.", None),
        ("hash ({})", None),
        ("https://mempool.space/tx/{}", "bitcoin"),
        ("https://tronscan.org/#/transaction/{}", "tron"),
        ("USDT TRC20 tx {}", "tron"),
        ("https://www.blockchain.com/explorer/transactions/btc/{}", "bitcoin"),
        ("https://explorer.example/tx/{}", None),
        ("litecoin transaction {}", "litecoin"),
    ],
)
def test_of_bitcoin_and_its_kin(text: str, network: str | None) -> None:
    passage = text.replace("{}", GENESIS.upper())
    (hit,) = found(passage)
    assert (hit.kind, hit.value, hit.raw, hit.detail.get("network")) == ("tx", GENESIS, GENESIS.upper(), network)
    assert passage[hit.start : hit.end] == hit.raw


@pytest.mark.parametrize(
    ("text", "network"), [("{}", "evm"), ("https://etherscan.io/tx/{}", "ethereum"), ("bscscan.com/tx/{}", "bsc"), ("betalt: {}!", "evm")]
)
def test_of_evm_networks(text: str, network: str) -> None:
    (hit,) = found(text.replace("{}", "0x" + GENESIS))
    assert (hit.value, hit.detail) == ("0x" + GENESIS, {"network": network})


@pytest.mark.parametrize("text", ["https://solscan.io/tx/{}", "solana tx {}", "signature: {}"])
def test_of_solana(text: str) -> None:
    (hit,) = found(text.replace("{}", SIGNATURE))
    assert (hit.value, hit.detail) == (SIGNATURE, {"network": "solana"})


@pytest.mark.parametrize(
    "text",
    [
        GENESIS,
        SIGNATURE,
        f"sha256 {GENESIS}",
        f"SHA-256: {GENESIS}  bilde.jpg",
        f"sha256:{GENESIS}",
        f"checksum {GENESIS}",
        f"file hash {GENESIS}",
        f"commit {GENESIS}",
        f"private key {GENESIS}",
        f"private key 0x{GENESIS}",
        f"sha256 0x{GENESIS}",
        f"secret {SIGNATURE}",
        f"0:{GENESIS}",
        f"tx {GENESIS}a",
        f"tx a{GENESIS}",
        f"tx {GENESIS[:-1]}",
        f"tx {'0' * 64}",
        f"tx {'12' * 32}",
        "tx 4a5e1e4baab89f3a32518a88c31bc87f618f7667",
        "tx " + "1234567890" * 6 + "1234",
    ],
)
def test_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_what_could_be_one_is_a_weak_hit() -> None:
    (hit,) = Transaction().find(GENESIS, Scope())
    assert (hit.why, hit.confidence < 0.5) == ("ambiguous", True)


@given(st.binary(min_size=32, max_size=32).filter(lambda data: len(set(data.hex())) > 7))
def test_the_nearest_word_decides(data: bytes) -> None:
    assert [hit.value for hit in found(f"sha256 of the picture is elsewhere, the tx is {data.hex()}.")] == [data.hex()]
    assert found(f"the tx is elsewhere, sha256 {data.hex()}.") == []
