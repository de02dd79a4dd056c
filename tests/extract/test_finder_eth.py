"""Addresses of EVM networks."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sextortion_cli.extract.finders.coins.keccak import keccak256
from sextortion_cli.extract.finders.eth import Eth, mixed
from sextortion_cli.model.identifier import LIKELY, SURE, Hit, Scope

#: EIP-55, "Test cases": all capitals, all small, mixed.
_EIP55 = (
    "0x52908400098527886E0F7030069857D2E4169EE7 0x8617E340B3D01FA5F11F306F4090FD50E238070D "
    "0xde709f2102306220921060314715629080e2fb77 0x27b1fdb04752bbc536007a920d24acb045561c26 "
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359 "
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB 0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb "
)
EIP55 = _EIP55.split()


def found(text: str) -> list[Hit]:
    return [hit for hit in Eth().find(text, Scope()) if hit.confidence >= 0.5]


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),  # the empty hash of the Ethereum yellow paper
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),  # the Keccak team's ShortMsgKAT_256
    ],
)
def test_digests(data: bytes, digest: str) -> None:
    assert keccak256(data).hex() == digest


def test_digests_of_more_than_one_block_differ_at_each_length() -> None:
    assert len({keccak256(b"a" * size) for size in (135, 136, 137, 271, 272, 273)}) == 6


@pytest.mark.parametrize("address", EIP55)
def test_published_addresses(address: str) -> None:
    assert "0x" + mixed(address[2:]) == address
    is_mixed = address[2:].upper() != address[2:] and address[2:].lower() != address[2:]
    (hit,) = found(f"Send ETH to {address}!")
    assert (hit.value, hit.raw, hit.confidence) == (address.lower(), address, SURE if is_mixed else LIKELY)
    assert hit.detail == {"network": "ethereum"}


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("ethereum:{}@1?value=1e18", "ethereum"),
        ("https://bscscan.com/address/{}", "bsc"),
        ("USDT BEP20 {}", "bsc"),
        ("https://polygonscan.com/address/{}", "polygon"),
        ("({})", ""),
        ("til {}, takk", ""),
    ],
)
def test_where_it_stands(text: str, network: str) -> None:
    (hit,) = found(text.replace("{}", EIP55[4]))
    assert hit.detail.get("network", "") == network


@pytest.mark.parametrize(
    "text",
    [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeda",
        "a0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0x0000000000000000000000000000000000000000",
        "commit 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0x4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    ],
)
def test_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_a_mistyped_one_is_weak() -> None:
    (hit,) = Eth().find("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Scope())
    assert (hit.why, hit.confidence < 0.5) == ("bad-check", True)


@given(st.binary(min_size=20, max_size=20), st.data())
def test_valid_ones_are_found_and_changed_ones_are_not(payload: bytes, data: st.DataObject) -> None:
    address = mixed(payload.hex())
    letters = [place for place, digit in enumerate(address) if digit.isalpha()]
    assume(len(letters) > 3)
    place = data.draw(st.sampled_from(letters))
    changed = address[:place] + address[place].swapcase() + address[place + 1 :]
    assume(changed not in (changed.lower(), changed.upper()))

    assert [hit.value for hit in found(f"to 0x{address}.")] == ["0x" + payload.hex()]
    assert found(f"to 0x{changed}.") == []
