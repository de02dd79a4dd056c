"""References of money transfers: those with words, those with check digits, and the numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.extract.finders.base import compiled, finder_of
from sextortion_cli.extract.finders.rails.references import has_mod11, has_mod97
from sextortion_cli.model.identifier import Hit, Scope

FINDER = finder_of("transfer-ref")
TRIGGER = compiled(FINDER.trigger)


def hits(text: str, before: str = "") -> list[Hit]:
    return list(FINDER.find(text, Scope(before=before))) if TRIGGER.search(text) else []


def found(text: str, before: str = "") -> set[tuple[str, str | None, str]]:
    return {(hit.kind, hit.detail.get("rail"), hit.value) for hit in hits(text, before) if hit.confidence >= 0.5}


@pytest.mark.parametrize(
    "words",
    [
        "MTCN {}",
        "mtcn: {}.",
        "Western Union {}",
        "MTCN#{}",
        "MTCN={}",
        "({}) is the MTCN",
        "le MTCN est {}!",
        "WU: {}",
        "Western Union, kontrollnummer {}",
        "i sent 500 USD by western union, mtcn {} ok",
    ],
)
@pytest.mark.parametrize(
    "number",
    [
        "1234567890",
        "123-456-7890",
        "123 456 7890",
        "123\u00a0456\u00a07890",
        "12 34 56 78 90",
        "123.456.7890",
        "１２３４５６７８９０",
        "12345\u00ad67890",
    ],
)
def test_mtcn(words: str, number: str) -> None:
    assert found(words.format(number)) == {("mtcn", "western-union", "1234567890")}


@pytest.mark.parametrize(
    ("text", "rail", "value"),
    [
        ("moneygram 12345678", "moneygram", "12345678"),
        ("MoneyGram reference number: 1234-5678", "moneygram", "12345678"),
        ("Ria PIN 12345678901", "ria", "12345678901"),
        ("Remitly R12345678901", "remitly", "R12345678901"),
        ("WorldRemit ref 123456789", "worldremit", "123456789"),
        ("Wise P12345678", "wise", "P12345678"),
        ("wise transfer #123456789", "wise", "123456789"),
        ("paypal transaction id 1AB23456CD789012E", "paypal", "1AB23456CD789012E"),
        ("Transaction ID: 1AB23456CD789012E", "paypal", "1AB23456CD789012E"),
        ("Vipps transaksjons-ID 12345678901", "vipps", "12345678901"),
        ("Swish referens 1A2B3C4D5E6F", "swish", "1A2B3C4D5E6F"),
        ("Überweisung, Verwendungszweck 2024-123456", "bank-transfer", "2024123456"),
        ("MTN MoMo Financial Transaction Id: 12345678901", "mtn-momo", "12345678901"),
        ("Trans ID: PP240101.1234.A12345", "orange-money", "PP240101.1234.A12345"),
        ("M-Pesa SBG5XYZ123 Confirmed", "m-pesa", "SBG5XYZ123"),
        ("KID 2345676", "kid", "2345676"),
        ("KID-nummer: 123 456 782", "kid", "123456782"),
        ("betal til konto, kid 12345678903", "kid", "12345678903"),
        ("OCR-nummer 2345676", "bankgiro", "2345676"),
        ("RF18 5390 0754 7034 TAKK", "bank-transfer", "RF18539007547034"),
    ],
)
def test_others(text: str, rail: str, value: str) -> None:
    assert found(text) == {("transfer-ref", rail, value)}


@pytest.mark.parametrize(
    "text",
    [
        "123-456-7890", "call 123-456-7890", "MTCN 123456789", "MTCN 12345678901", "mtcn 123-456-789", "MTCN 123-456-7890-1", "MTCN is 10 digits", "western union 123456789012", "MTCN +1234567890",
        "western union customer service, phone 202-555-0143", "western union, call 2025550143", "western union 20.11.2024 1200 USD", "western union 1234567890 USD", "western union 1234567890.jpg",
        "moneygram 1234567", "moneygram 123456789", "moneygram 20240312", "maria 12345678901", "wise P1234567", "wise 12345678", "P12345678", "R12345678901",
        "order 1234567890", "invoice 12345678", "tracking 123456789012", "booking reference 12345678 by bank", "hotel confirmation 12345678", "case reference 12345678, paid by vipps",
        "1AB23456CD789012E", "VIN number 1AB23456CD789012E", "ABCDEFGHIJKLMNOPQ paypal", "paypal 500 usd", "vipps 500 kr til 40612345", "swish 0701740605",
        "transaction id 0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098", "commit da39a3ee5e6b4b0d3255bfef95601890afd80709", "KID 2345677", "the kid is 12 years old", "RF19 5390 0754 7034", "RF18 5390 0754 7035",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == set()


def test_the_word_may_stand_in_the_message_before() -> None:
    assert found("123 456 7890", before="Here is the MTCN") == {("mtcn", "western-union", "1234567890")}
    assert found("1234567890", before="my order number") == set()
    assert found("12345678", before="sent with MoneyGram, the ref is") == {("transfer-ref", "moneygram", "12345678")}


def test_a_number_called_a_phone_beside_western_union_is_kept_as_a_hint() -> None:
    (hit,) = hits("western union, call 2025550143")
    assert (hit.kind, hit.why) == ("mtcn", "ambiguous")
    assert hit.confidence < 0.5


def test_a_kid_says_which_checks_it_passes() -> None:
    (hit,) = hits("KID 1234567897")
    assert hit.checks == ("mod10", "near-word")
    (hit,) = hits("KID 12345678903")
    assert "mod11" in hit.checks
    (hit,) = hits("KID 2345677")
    assert hit.why == "bad-check"


def test_check_digits() -> None:
    assert has_mod11("12345678903")
    assert not has_mod11("12345678904")
    assert has_mod97("RF18539007547034")
    assert not has_mod97("RF18539007547035")


def test_raw_is_the_passage() -> None:
    text = "a MTCN (123-45\u200b6-7890), RF18 5390 0754 7034. kid 234 5676! PP240101.1234.A12345"
    for hit in hits(text):
        assert text[hit.start : hit.end] == hit.raw
    assert len(hits(text)) == 4


@pytest.mark.parametrize(
    "text",
    ["1 " * 4096, "mtcn " + "1 " * 4000, "mtcn 1234567890 " * 500, "kid 1" * 1600, "ref 12345a " * 740, "RF18 " * 1600, "RF18 A " * 1100, "A1" * 4096, "PP240101." * 900, "pesa " + "A12345678B " * 740, "paypal " + "1AB23456CD789012E " * 450, "kid " + "1" * 8000, "\x00mtcn\ufffd1" * 900],
)  # fmt: skip
def test_hostile_text_gives_no_more_hits_than_words(text: str) -> None:
    assert len(list(FINDER.find(text, Scope()))) <= len(text) // 8


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=10**9, max_value=10**10 - 1), st.text("abc æ.,!\n(", max_size=12), st.text(".,!\n) xyz", max_size=8))
def test_ten_digits_beside_mtcn_are_found_and_others_are_not(number: int, left: str, right: str) -> None:
    assert ("mtcn", "western-union", str(number)) in found(f"{left} MTCN {number} {right}")
    assert found(f"{left} MTCN {number}1 {right}") == set()
    assert found(f"{left} MTCN {str(number)[:-1]} {right}") == set()
