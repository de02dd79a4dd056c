"""Addresses of Bitcoin, and the checksums that they share with others."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.extract.finders.btc import Btc
from sextortion_cli.extract.finders.coins import base58, bech32
from sextortion_cli.model.identifier import SURE, Hit, Scope


def found(text: str) -> list[Hit]:
    return [hit for hit in Btc().find(text, Scope()) if hit.confidence >= 0.5]


#: BIP-173 and BIP-350, "Test vectors": valid strings of either checksum.
BECH32 = (
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl",
)
BECH32M = (
    "A1LQFN3A",
    "a1lqfn3a",
    "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
    "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
    "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
    "?1v759aa",
)
#: The same places: strings that are neither.
NEITHER = (
    "\x201nwldj5", "\x7f1axkwrx", "\x801eym55h", "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
    "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\xff", "A1G7SGD8", "10a06t8", "1qzzfhee",
    "\x201xj0phk", "\x7f1g6xzxy", "\x801vctc34", "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
    "qyrz8wqd2c9m", "1qyrz8wqd2c9m", "y1b0jsk6g", "lt1igcx5c0", "in1muywd", "mm1crxm3i", "au1s5cgom", "M1VUXWEZ", "16plkw9", "1p2gdwpf",
)  # fmt: skip
#: Valid addresses of BIP-173 (version 0) and BIP-350, with their scripts.
SEGWIT = {
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": "0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7": "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y": (
        "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6"
    ),
    "BC1SW50QGDZ25J": "6002751e",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs": "5210751e76e8199196d454941c45d1b3a323",
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy": "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c": "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
}
#: Invalid addresses of both, and addresses of BIP-173 with a version that BIP-350 gave the other checksum.
_BAD_SEGWIT = (
    "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2 bc1rw5uspcuh "
    "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90 BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P "
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7 bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du "
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv bc1gmk9yu "
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx BC1SW50QA3JX3S bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj "
    "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd "
    "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL "
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47 "
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4 BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R bc1pw5dgrnzv "
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav "
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf "
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j "
)
BAD_SEGWIT = _BAD_SEGWIT.split()
#: Bitcoin Core, src/test/data/key_io_valid.json: a handful of each form; testnet and signet look the same.
CORE = {
    "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo": ("mainnet", "p2pkh"),
    "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm": ("mainnet", "p2sh"),
    "1FjL87pn8ky6Vbavd1ZHeChRXtoxwRGCRd": ("mainnet", "p2pkh"),
    "3BZECeAH8gSKkjrTx8PwMrNQBLG18yHpvf": ("mainnet", "p2sh"),
    "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ": ("testnet", "p2pkh"),
    "n4fajahJrAuKbN7uNsKjLjQkz9Qn5ewJXQ": ("testnet", "p2pkh"),
    "2NC2hEhe28ULKAJkW5MjZ3jtTMJdvXmByvK": ("testnet", "p2sh"),
    "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv": ("mainnet", "p2wpkh"),
    "bc1qyucykdlhp62tezs0hagqury402qwhk589q80tqs5myh3rxq34nwqhkdhv7": ("mainnet", "p2wsh"),
    "bc1p83n3au0rjylefxq2nc2xh2y4jzz4pm6zxj4mw5pagdjjr2a9f36s6jjnnu": ("mainnet", "p2tr"),
    "bc1z2rksukkjr8": ("mainnet", "witness-v2"),
    "tb1qcrh3yqn4nlleplcez2yndq2ry8h9ncg3qh7n54": ("testnet", "p2wpkh"),
    "bcrt1qdavt4j2sd7dlhqsavtnfxvzppw6k7qy97tmnu9": ("regtest", "p2wpkh"),
}
#: The same file: private keys, which are no addresses.
KEYS = ("5JuW2AMDYu4xVwRG9DZW18VbzQrGcd5RCgb99sS6ehJsNQXu5b9", "L5nJeqKmpHp4P7F8ZYyjwc5a7P4d8EabuGAzfGJk7yC1BJyzNaEd")


@pytest.mark.parametrize(("texts", "name"), [(BECH32, "bech32"), (BECH32M, "bech32m")])
def test_checksums_of_the_published_strings(texts: tuple[str, ...], name: str) -> None:
    assert {split[2] if (split := bech32.split(text)) else None for text in texts} == {name}


@pytest.mark.parametrize("text", NEITHER)
def test_published_invalid_strings(text: str) -> None:
    assert bech32.split(text) is None


@pytest.mark.parametrize(("address", "script"), SEGWIT.items())
def test_published_addresses(address: str, script: str) -> None:
    program = bech32.program(address, address[:2].lower())
    opcode = 0x50 + program.version if program.version else 0
    assert bytes((opcode, len(program.program))).hex() + program.program.hex() == script

    (hit,) = found(f"Send BTC to {address}.")
    assert (hit.value, hit.raw, hit.confidence, hit.checks) == (address.lower(), address, SURE, (program.checksum,))


@pytest.mark.parametrize("address", BAD_SEGWIT)
def test_published_invalid_addresses(address: str) -> None:
    assert found(f"Send BTC to {address}.") == []


@pytest.mark.parametrize(("address", "said"), CORE.items())
@pytest.mark.parametrize(
    "text", ["{}", "({}).", "bitcoin:{}?amount=0.05&label=x", "https://mempool.space/address/{}", "til\u00a0{}!", "uri=bitcoin%3A{}"]
)
def test_addresses_of_bitcoin_core(address: str, said: tuple[str, str], text: str) -> None:
    passage = text.replace("{}", address)
    (hit,) = found(passage)
    assert (hit.value, hit.raw, (hit.detail["network"], hit.detail["form"])) == (address, address, said)
    assert passage[hit.start : hit.end] == address


@pytest.mark.parametrize("key", KEYS)
def test_private_keys_are_no_addresses(key: str) -> None:
    assert list(Btc().find(f"key {key}", Scope())) == []


def test_invisible_characters_and_case() -> None:
    (hit,) = found("BTC 1FsSia9rv4NeE\u200bwvJ2GvXrX7LyxYsp\xadbN2mo")
    assert (hit.value, hit.raw) == ("1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo", "1FsSia9rv4NeE\u200bwvJ2GvXrX7LyxYsp\xadbN2mo")
    assert found("1fssia9rv4neewvj2gvxrx7lyxyspbn2mo") == []


def test_a_mistyped_one_is_weak_where_words_say_what_it_is() -> None:
    (hit,) = Btc().find("my wallet: 1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mp", Scope())
    assert (hit.why, hit.confidence < 0.5, hit.checks) == ("bad-check", True, ())
    assert list(Btc().find("1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mp", Scope())) == []


def test_one_that_litecoin_writes_alike() -> None:
    assert found("Litecoin: 36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm") == []
    assert len(found("no Litecoin, only BTC: 36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm")) == 1


@given(st.binary(min_size=20, max_size=20), st.sampled_from([0x00, 0x05]), st.data())
def test_valid_ones_are_found_and_changed_ones_are_not(payload: bytes, version: int, data: st.DataObject) -> None:
    body = bytes([version]) + payload
    body += hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, address = int.from_bytes(body, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        address = base58.ALPHABET[digit] + address
    address = "1" * (len(body) - len(body.lstrip(b"\0"))) + address
    place = data.draw(st.integers(1, len(address) - 1))
    other = data.draw(st.sampled_from([character for character in base58.ALPHABET if character != address[place]]))

    assert [hit.value for hit in found(f"Send it to {address}, now")] == [address]
    assert found(f"Send it to {address[:place]}{other}{address[place + 1 :]}, now") == []
