"""Names on payment services: pay pages, cashtags, names beside words, and the dollar signs and at signs that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.extract.finders.base import compiled, finder_of
from sextortion_cli.extract.finders.rails import pages
from sextortion_cli.model.identifier import SURE, Hit, Scope

FINDER = finder_of("payment-handle")
TRIGGER = compiled(FINDER.trigger)


def hits(text: str, before: str = "") -> list[Hit]:
    return list(FINDER.find(text, Scope(before=before))) if TRIGGER.search(text) else []


def found(text: str, before: str = "") -> set[tuple[str, str]]:
    return {(hit.detail["rail"], hit.value) for hit in hits(text, before) if hit.confidence >= 0.5}


@pytest.mark.parametrize(
    ("text", "rail", "name"),
    [
        ("https://paypal.me/example123", "paypal", "example123"),
        ("paypal.me/example123/50USD", "paypal", "example123"),
        ("(https://www.paypal.com/paypalme/example123).", "paypal", "example123"),
        ("hxxps://paypal[.]me/example123", "paypal", "example123"),
        ("https://cash.app/$Example22", "cash-app", "Example22"),
        ("cash.app/$Example22/100", "cash-app", "Example22"),
        ("https://cash.app/%24Example22", "cash-app", "Example22"),
        ("https://account.venmo.com/u/example-22", "venmo", "example-22"),
        ("venmo.com/u/example-22", "venmo", "example-22"),
        ("https://revolut.me/example22", "revolut", "example22"),
        ("https://wise.com/pay/me/example22", "wise", "example22"),
        ("https://ko-fi.com/example22", "ko-fi", "example22"),
        ("https://www.buymeacoffee.com/example22", "buymeacoffee", "example22"),
        ("https://www.patreon.com/c/example22", "patreon", "example22"),
        ("cash app $Example22", "cash-app", "Example22"),
        ("my cashtag: $example_22!", "cash-app", "example_22"),
        ("$example22 on cashapp", "cash-app", "example22"),
        ("send 500 to $example22 or else", "cash-app", "example22"),
        ("Cash App: example22", "cash-app", "example22"),
        ("Venmo @example-22.", "venmo", "example-22"),
        ("venmo: example22", "venmo", "example22"),
        ("my venmo is example22", "venmo", "example22"),
        ("@example22 on venmo", "venmo", "example22"),
        ("paypal: @example22", "paypal", "example22"),
        ("revtag @example22", "revolut", "example22"),
        ("my Wise is @example22", "wise", "example22"),
        ("Vippsnummer: 12345", "vipps", "12345"),
        ("vipps 500 kr til #12345", "vipps", "12345"),
        ("Swish 123 456 78 90", "swish", "1234567890"),
        ("MobilePay box 1234AB", "mobilepay", "1234AB"),
        ("upi example22@okaxis", "upi", "example22@okaxis"),
    ],
)  # fmt: skip
def test_writings(text: str, rail: str, name: str) -> None:
    assert found(text) == {(rail, name)}


@pytest.mark.parametrize(
    "text",
    [
        "it costs $100", "$5k by friday", "US$500", "send $USD", "he paid $twenty", "$$$$", "make $$$ fast",
        "echo $HOME", "export PATH=$PATH:/bin", "$user_id = 5;", "foreach ($items as $item) {", "$this->pay($amount)", "`$name`", "const $el = $('#pay')", "${name} pays",
        "$TSLA to the moon", "buy $AAPL and $BTC", "A$AP Rocky", "ke$ha",
        "venmo is down", "venmo: yes", "i dont have venmo", "Cash App only please", "cash app: no", "paypal: ok", "do you have cash app?", "paypal me 500",
        "https://www.paypal.com/signin", "https://www.paypal.com/help", "https://venmo.com/about", "https://cash.app/help", "https://wise.com/pricing", "https://patreon.com/login", "https://ko-fi.com/home", "https://notpaypal.me/example", "paypal.me/" + "a" * 30,
        "add me on insta @example22", "dm me @example22 on instagram, i take venmo", "snap: @example22, venmo too", "you can pay by venmo. my telegram is @example22", "wise man said @john",
        "paypal john@example.com", "paypal: john@example.com", "email john@example.com or venmo", "john@upi.example.com",
        "vipps 500 kr", "vipps meg 1500 kr", "vipps til 12000,-", "vipps 5000", "swish 500 kr", "swish 0701740605", "mailbox 12345", "box of 1234 chocolates",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == set()


def test_the_service_may_be_named_in_the_message_before() -> None:
    assert found("@example22", before="send it on venmo, my name there:") == {("venmo", "example22")}
    assert found("@example22", before="i use venmo. add my insta:") == set()
    assert found("$Example22", before="cash app") == {("cash-app", "Example22")}


def test_a_lone_cashtag_is_kept_as_a_hint() -> None:
    (hit,) = hits("$example22")
    assert (hit.value, hit.why) == ("example22", "hint")
    assert hit.confidence < 0.5


def test_a_pay_page_counts_more_than_a_web_address() -> None:
    (hit,) = hits("see https://paypal.me/example123/50.")
    assert hit.confidence > SURE
    assert hit.raw == "https://paypal.me/example123"


def test_raw_is_the_passage() -> None:
    text = "\u200b(cash app ＄Example22) venmo: @example-22. https://cash.app/$a1b2 Swish 123 456 78 90, x@ybl"
    for hit in hits(text):
        assert text[hit.start : hit.end] == hit.raw
    assert len(hits(text)) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "$" * 8192,
        "@" * 8192,
        "$a " * 2700,
        "venmo " * 1300,
        "cash app $a1" * 680,
        "paypal.me/" * 819,
        "a@" * 4096,
        "\x00$\x00@\ufffd" * 1600,
        "venmo: " * 1100,
        "swish 123" * 900,
    ],
)
def test_hostile_text_gives_no_more_hits_than_marks(text: str) -> None:
    given_back = list(FINDER.find(text, Scope()))
    assert len(given_back) <= text.count("$") + text.count("@") + text.count("/") + text.count(":")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["https://paypal.me/{}", "cash app ${}", "venmo @{}", "https://revolut.me/{}", "https://wise.com/pay/me/{}"]),
    st.from_regex(r"[a-z]{5}[a-z0-9]{3,8}", fullmatch=True).filter(lambda name: name not in pages.NO_ONE),
    st.text("xyz æ.,!\n(", max_size=12),
    st.text(".,!\n) ", max_size=6),
)
def test_a_name_is_found_in_any_words(form: str, name: str, left: str, right: str) -> None:
    assert name in {value for _rail, value in found(f"{left} {form.format(name)}{right}")}
