"""Numbers of payment cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from sextortion_cli.extract.finders.card import Card
from sextortion_cli.model.identifier import Hit, Scope

#: Test numbers that the schemes and payment processors publish (Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay).
PUBLISHED = {
    "4111111111111111": "visa",
    "4012888888881881": "visa",
    "4222222222222": "visa",
    "5555555555554444": "mastercard",
    "5105105105105100": "mastercard",
    "2223003122003222": "mastercard",
    "378282246310005": "amex",
    "371449635398431": "amex",
    "6011111111111117": "discover",
    "6011000990139424": "discover",
    "30569309025904": "diners",
    "38520000023237": "diners",
    "3530111333300000": "jcb",
    "3566002020360505": "jcb",
    "6200000000000005": "unionpay",
}


def found(text: str) -> list[Hit]:
    return [hit for hit in Card().find(text, Scope()) if hit.confidence >= 0.5]


def grouped(number: str, gap: str) -> str:
    cuts = {16: (4, 8, 12), 15: (4, 10), 14: (4, 10)}.get(len(number), ())
    return gap.join(number[first:last] for first, last in zip((0, *cuts), (*cuts, None), strict=True))


@pytest.mark.parametrize(("number", "scheme"), PUBLISHED.items())
@pytest.mark.parametrize("gap", ["", " ", "-", ".", "\xa0", "\u2009"])
def test_published_numbers_are_found_in_every_writing(number: str, scheme: str, gap: str) -> None:
    text = f"kortet mitt: {grouped(number, gap)}, utløper 12/27"
    (hit,) = found(text)

    assert (hit.kind, hit.value, hit.detail, hit.checks) == ("card", number, {"scheme": scheme}, ("luhn",))
    assert text[hit.start : hit.end] == hit.raw == grouped(number, gap)


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "(4111 1111 1111 1111)",
        "4111 1111 1111 1111 12/27 123",
        "4111 1111 1111 1111 123 12/27",
        "4111111111111111|12|27|123",
        "4111111111111111/12/27",
        "\uff14111 1111 1111 1111",
        "4111\u200b 1111 11\xad11 1111.",
    ],
)
def test_where_it_stands(text: str) -> None:
    assert [hit.value for hit in found(text)] == ["4111111111111111"]


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1112",
        "IMEI 490154203237518",
        "IMEI: 356938035643809",
        "card 4444444444444444",
        "card 9999 9999 9999 9995",
        "4222222222222",
        "order 4111111111111111",
        "sporing 4012888888881881",
        "paysafe 4111 1111 1111 1111",
        "DE89 4111 1111 1111 1111 00",
        '"AT19\xa04111\xa01111\xa01111\xa01111"',
        "4111 1111 1111 1111 1111",
        "1.4111111111111111",
        "+4111111111111111",
        "x4111111111111111",
        "41111111111111111111",
        "4111 1111-1111 1111",
        "4111 **** **** 1111",
        "2024 1111 1111 1111 11:30",
        "id 1183746592837465928",
    ],
)
def test_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_a_mistyped_one_is_kept_as_a_weak_hit() -> None:
    (hit,) = Card().find("card 4111 1111 1111 1112", Scope())
    assert (hit.why, hit.confidence < 0.5, hit.checks) == ("bad-check", True, ())


@given(
    st.sampled_from(["4", "51", "2300", "6011"]),
    st.text("0123456789", min_size=11, max_size=11),
    st.sampled_from(["", " ", "-"]),
    st.integers(1, 9),
)
def test_valid_ones_are_found_and_changed_ones_are_not(first: str, rest: str, gap: str, shift: int) -> None:
    body = (first + rest + "0000")[:15]
    number = body + luhn.calc_check_digit(body)
    changed = body + str((int(number[-1]) + shift) % 10)

    assert [hit.value for hit in found(f"card: {grouped(number, gap)}!")] == [number]
    assert found(f"card: {grouped(changed, gap)}!") == []
