"""Addresses of Litecoin, Dogecoin, TRON, Monero, TON and Solana."""

from __future__ import annotations

import pytest

from sextortion_cli.extract.finders.base import finder_of
from sextortion_cli.model.identifier import Hit, Scope

#: Kind, address, network, form. Sources: Litecoin Core's key_io_valid.json; the key of BIP-173's examples written for Litecoin, Dogecoin;
#: TRON's documents (the contract of USDT); Monero's functional tests (validate_address.py); TON's documents (TEP-2); Circle (USDC's mint).
PUBLISHED = (
    ("ltc", "LT2KVaAy1ppRuxRgrS5RNU3vBsy7RibPeA", "mainnet", "p2pkh"),
    ("ltc", "MHrYRxAiMNBTku3eoDHwhA1LQGDjUStZW2", "mainnet", "p2sh"),
    ("ltc", "LbfVMz974gbbGFqXF7FZUpSBWSbwBHDwR5", "mainnet", "p2pkh"),
    ("ltc", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", "mainnet", "p2wpkh"),
    ("doge", "DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE", "mainnet", "p2pkh"),
    ("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "mainnet", None),
    ("xmr", "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm", "mainnet", "standard"),
    ("xmr", "44Kbx4sJ7JDRDV5aAhLJzQCjDz2ViLRduE3ijDZu3osWKBjMGkV1XPk4pfDUMqt1Aiezvephdqm6YD19GKFD9ZcXVUTp6BW", "mainnet", "standard"),
    (
        "xmr",
        "4BxSHvcgTwu25WooY4BVmgdcKwZu5EksVZSZkDd6ooxSVVqQ4ubxXkhLF6hEqtw96i9cf3cVfLw8UWe95bdDKfRQeYtPwLm1Jiw7AKt2LY",
        "mainnet",
        "integrated",
    ),
    ("xmr", "8AsN91rznfkBGTY8psSNkJBg9SZgxxGGRUhGwRptBhgr5XSQ1XzmA9m8QAnoxydecSh5aLJXdrgXwTDMMZ1AuXsN1EX5Mtm", "mainnet", "subaddress"),
    ("xmr", "9ujeXrjzf7bfeK3KZdCqnYaMwZVFuXemPU8Ubw335rj2FN1CdMiWNyFV3ksEfMFvRp9L9qum5UxkP5rN9aLcPxbH1au4WAB", "testnet", "standard"),
    ("xmr", "53teqCAESLxeJ1REzGMAat1ZeHvuajvDiXqboEocPaDRRmqWoVPzy46GLo866qRFjbNhfkNckyhST3WEvBviDwpUDd7DSzB", "stagenet", "standard"),
    ("ton", "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N", "mainnet", "bounceable"),
    ("ton", "kf_8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15-KsQHFLbKSMiYIny", "testnet", "bounceable"),
    ("ton", "kf/8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15+KsQHFLbKSMiYIny", "testnet", "bounceable"),
    ("ton", "Uf/8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15+KsQHFLbKSMiYG+9", "mainnet", "non-bounceable"),
)
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"


def found(kind: str, text: str, *, least: float = 0.5) -> list[Hit]:
    return [hit for hit in finder_of(kind).find(text, Scope()) if hit.confidence >= least]


@pytest.mark.parametrize(("kind", "address", "network", "form"), PUBLISHED)
@pytest.mark.parametrize(
    "text", ["{}", "Send to {}.", "({})", "til\u00a0{}!", "https://explorer.example/address/{}", "x:{}?amount=1", "`{}`", '"{}"']
)
def test_published_addresses(kind: str, address: str, network: str, form: str | None, text: str) -> None:
    passage = text.replace("{}", address)
    (hit,) = found(kind, passage)
    assert (hit.kind, hit.value, hit.raw, hit.detail.get("network"), hit.detail.get("form")) == (kind, address, address, network, form)
    assert passage[hit.start : hit.end] == address


@pytest.mark.parametrize(("kind", "address", "network", "form"), PUBLISHED)
def test_changed_ones_are_not_found_and_weak_where_words_say_what_they_are(kind: str, address: str, network: str, form: str | None) -> None:
    for place in (5, len(address) // 2, len(address) - 1):
        changed = address[:place] + ("3" if address[place] != "3" else "4") + address[place + 1 :]
        assert found(kind, f"address {changed}") == []
        weak = found(kind, f"my wallet address {changed}", least=0)
        assert {hit.why for hit in weak} <= {"bad-check"}
        assert found(kind, f"x{address}") == found(kind, f"{address}x") == []


def test_forms_of_one_ton_account() -> None:
    accounts = {hit.detail["account"] for text in (PUBLISHED[13][1], PUBLISHED[15][1]) for hit in found("ton", text)}
    raw = "-1:fcb91a3a3816d0f7b8c2c76108b8a9bc5a6b7a55bd79f8ab101c52db29232260"
    assert accounts == {raw}
    assert [hit.value for hit in found("ton", f"TON wallet {raw.upper()}")] == [raw]
    assert found("ton", raw) == []


def test_litecoin_that_bitcoin_writes_alike() -> None:
    address = "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm"
    assert [hit.value for hit in found("ltc", f"LTC {address}")] == [address]
    assert found("ltc", address) == found("ltc", f"LTC or BTC: {address}") == []


@pytest.mark.parametrize(
    "text",
    ["SOL: {}", "solana wallet {}", "https://solscan.io/account/{}", "Phantom {}", "my wallet {}", "send sol to ({}).", "usdc til {}!"],
)
def test_solana_with_words(text: str) -> None:
    (hit,) = found("sol", text.replace("{}", USDC))
    assert (hit.value, hit.raw, hit.why) == (USDC, USDC, "form-and-words")


@pytest.mark.parametrize(
    "text",
    [
        USDC,
        f"session {USDC}",
        f"SOL private key {USDC}",
        f"sol x{USDC}",
        f"SOL {USDC[:-6]}",
        f"SOL {USDC}{USDC}",
        "SOL 11111111111111111111111111111111",
        "solana TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        "solana QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG",
        "solana aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "solana EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt0v",
    ],
)
def test_no_solana(text: str) -> None:
    assert found("sol", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "https://drive.example/file/d/1A2b3C4d5E6f7G8h9I0jKlMnOpQrStUvW/view",
        "THISISONLYALONGWORDINCAPITALLETTERS",
        "DonaudampfschifffahrtsgesellschaftX",
        "Lopadotemachoselachogaleokranioleipsano",
    ],
)
@pytest.mark.parametrize("kind", ["btc", "ltc", "doge", "tron", "xmr", "ton", "sol"])
def test_what_is_no_address(kind: str, text: str) -> None:
    assert found(kind, f"wallet: {text}") == []
