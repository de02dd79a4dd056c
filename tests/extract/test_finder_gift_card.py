"""Codes of gift cards: beside their brand, in forms of their own, and the keys, cards and capitals that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.extract.finders.base import compiled, finder_of
from sextortion_cli.model.identifier import Hit, Scope

FINDER = finder_of("gift-card")
TRIGGER = compiled(FINDER.trigger)


def hits(text: str, before: str = "") -> list[Hit]:
    return list(FINDER.find(text, Scope(before=before))) if TRIGGER.search(text) else []


def found(text: str, before: str = "") -> set[tuple[str | None, str]]:
    return {(hit.detail.get("brand"), hit.value) for hit in hits(text, before) if hit.confidence >= 0.5}


@pytest.mark.parametrize(
    ("text", "brand", "value"),
    [
        ("apple gift card XABC 1DEF 2GHJ 3KLM", "apple", "XABC1DEF2GHJ3KLM"),
        ("iTunes: XABC1DEF2GHJ3KLM.", "apple", "XABC1DEF2GHJ3KLM"),
        ("app store card xabc1def2ghj3klm", "apple", "XABC1DEF2GHJ3KLM"),
        ("Steam A1B2C-D3E4F-G5H6J", "steam", "A1B2CD3E4FG5H6J"),
        ("steam wallet code: A1B2CD3E4FG5H6J", "steam", "A1B2CD3E4FG5H6J"),
        ("a1b2c-d3e4f-g5h6j (steam gift card)", "steam", "A1B2CD3E4FG5H6J"),
        ("steam A1B2C-D3E4F-G5H6J-K7L8M-N9P1Q", "steam", "A1B2CD3E4FG5H6JK7L8MN9P1Q"),
        ("google play A1B2 C3D4 E5F6 G7H8", "google-play", "A1B2C3D4E5F6G7H8"),
        ("Google Play: A1B2-C3D4-E5F6-G7H8-J9K1", "google-play", "A1B2C3D4E5F6G7H8J9K1"),
        ("amazon AQ12-ABCDE3-9876", "amazon", "AQ12ABCDE39876"),
        ("Amazon gavekort: AQ12-ABCDE3-98765!", "amazon", "AQ12ABCDE398765"),
        ("Razer Gold PIN 12345678901234", "razer", "12345678901234"),
        ("paysafecard 0123 4567 8901 2345", "paysafecard", "0123456789012345"),
        ("Paysafe PIN: 0123456789012345", "paysafecard", "0123456789012345"),
        ("code neosurf A1B2C3D4E5", "neosurf", "A1B2C3D4E5"),
        ("ticket Transcash 123456789012", "transcash", "123456789012"),
        ("coupon PCS 1234567890", "pcs", "1234567890"),
        ("1234567890 (coupon PCS)", "pcs", "1234567890"),
        ("Xbox gift card A1B2C-D3E4F-G5H6J-K7L8M-N9P1Q", "xbox", "A1B2CD3E4FG5H6JK7L8MN9P1Q"),
        ("psn A1B2-C3D4-E5F6", "playstation", "A1B2C3D4E5F6"),
        ("netflix gift card A1B2C3D4E5F", "netflix", "A1B2C3D4E5F"),
        ("roblox 123-456-7890", "roblox", "1234567890"),
        ("gift card: A1B2-C3D4-E5F6-G7H8", None, "A1B2C3D4E5F6G7H8"),
        ("XABC 1DEF 2GHJ 3KLM", "apple", "XABC1DEF2GHJ3KLM"),
        ("AQ12-ABCDE3-9876", "amazon", "AQ12ABCDE39876"),
        ("A1B2C-D3E4F-G5H6J", "steam", "A1B2CD3E4FG5H6J"),
        ("0123 4567 8901 2345", "paysafecard", "0123456789012345"),
        ("steam A1B2C\u2013D3E4F\u2013G5H6J", "steam", "A1B2CD3E4FG5H6J"),
        ("apple XABC\u00a01DEF\u00a02GHJ\u00a03KLM", "apple", "XABC1DEF2GHJ3KLM"),
        ("apple XABC1DEF\u200b2GHJ3KLM", "apple", "XABC1DEF2GHJ3KLM"),
        ("**A1B2C-D3E4F-G5H6J** is the steam one", "steam", "A1B2CD3E4FG5H6J"),
    ],
)  # fmt: skip
def test_writings(text: str, brand: str | None, value: str) -> None:
    assert found(text) == {(brand, value)}


@pytest.mark.parametrize(
    "text",
    [
        "SEND THAT CARD CODE NOW", "YOU HAVE 24 HOURS SEND 5000 CASH", "STEAM CARD ONLY 2024", "HELLO-WORLD-AGAIN steam", "i want a 100 dollar steam card by 20:00",
        "windows key A1B2C-D3E4F-G5H6J-K7L8M-N9P1Q", "licence A1B2C-D3E4F-G5H6J", "serial number A1B2C-D3E4F-G5H6J", "A1B2C-D3E4F-G5H6J-K7L8M-N9P1Q",
        "4111 1111 1111 1111", "card 4111111111111111", "send me a gift card 4111 1111 1111 1111", "itunes card 4111111111111111", "paysafecard 4111 1111 1111 1111",
        "550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "D41D8CD98F00B204E9800998ECF8427E",
        "NO93 8601 1117 947", "DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19", "A1B2C3D4E5F6G7H8", "A1B2-C3D4-E5F6", "1234567890123456", "123456789012", "1234567890",
        "booking reference A1B2C3", "tracking 1Z999AA10123456784", "amazon order 123-1234567-1234567", "MTCN 1234567890", "roblox, call 202-555-0143", "send the coupon pcs, whatsapp 0612345678",
        "paysafe 012345678901234", "steam A1B2C-D3E4F-G5H6", "apple XABC1DEF2GHJ3KL", "steam id 76561198000000000", "my psn is player123456", "wifi password A1B2C3D4E5", "https://example.com/A1B2C3D4E5F6G7H8", "steam@A1B2CD3E4FG5H6J", "ISBN 978-3-16-148410-0",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == set()


def test_the_brand_may_stand_in_the_message_before() -> None:
    assert found("A1B2C3D4E5", before="here is the neosurf") == {("neosurf", "A1B2C3D4E5")}
    assert found("A1B2C3D4E5", before="here is the licence") == set()
    assert found("123456789012", before="bought the Transcash ticket, code:") == {("transcash", "123456789012")}


def test_the_nearest_brand_counts() -> None:
    text = "steam A1B2C-D3E4F-G5H6J and apple XABC1DEF2GHJ3KLM and amazon AQ12-ABCDE3-9876"
    assert found(text) == {("steam", "A1B2CD3E4FG5H6J"), ("apple", "XABC1DEF2GHJ3KLM"), ("amazon", "AQ12ABCDE39876")}


def test_raw_is_the_passage() -> None:
    text = "é (XABC 1DEF\u200b 2GHJ 3KLM), steam: A1B2C-D3E4F-G5H6J. 0123 4567 8901 2345"
    for hit in hits(text):
        assert text[hit.start : hit.end] == hit.raw
    assert len(hits(text)) == 3


@pytest.mark.parametrize(
    "text",
    ["1 " * 4096, "AB12 " * 1638, "steam " + "A1B2C-D3E4F-G5H6J " * 450, "A1" * 4096, "A1B2-" * 1638, "X" * 8192, "steam " + "a1b2c3d4e5f " * 680, "steam " * 1300, "A1B2 - " * 1100, "\x00A1B2\ufffd" * 1300, "gift card 1" * 740, "A-" * 4096, "0123 4567 8901 2345 " * 400],
)  # fmt: skip
def test_hostile_text_gives_no_more_hits_than_codes(text: str) -> None:
    assert len(list(FINDER.find(text, Scope()))) <= len(text) // 10


CODE = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=15, max_size=15).filter(
    lambda code: sum(sign.isdigit() for sign in code) > 2 and not code.isdigit()
)


@settings(max_examples=150, deadline=None)
@given(CODE, st.text("abc æ.,!\n(", max_size=12), st.text(".,!\n) ", max_size=4))
def test_a_code_beside_its_brand_is_found_in_any_words(code: str, left: str, right: str) -> None:
    assert ("steam", code) in found(f"{left} steam card: {code[:5]}-{code[5:10]}-{code[10:]}{right}")
    assert ("apple", f"X{code}") in found(f"{left} apple gift card X{code}{right}")
    assert found(f"{left} licence {code[:5]}-{code[5:10]}-{code[10:]}{right}") == set()
