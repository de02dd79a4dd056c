"""Phone numbers: the published examples of every country, many writings, what only looks like one, and hostile text."""

from __future__ import annotations

import sys

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneMetadata, PhoneNumberFormat

from sextortion_cli.extract.finders.base import compiled, finder_of
from sextortion_cli.extract.finders.phone_short import REGIONS
from sextortion_cli.model.identifier import Hit, Scope

FINDER = finder_of("phone")
TRIGGER = compiled(FINDER.trigger)
#: The examples libphonenumber publishes, of every type, for every region it knows.
EXAMPLES = [
    (region, example)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in range(11)
    if (example := phonenumbers.example_number_for_type(region, kind)) is not None
]


def hits(text: str, *regions: str, before: str = "") -> list[Hit]:
    if not TRIGGER.search(text):
        return []
    return list(FINDER.find(text, Scope(regions=regions or ("NO",), before=before)))


def found(text: str, *regions: str, before: str = "") -> set[str]:
    return {hit.value for hit in hits(text, *regions, before=before) if hit.confidence >= 0.5}


def test_every_published_example_is_found_where_it_is_written_internationally() -> None:
    missed = []
    for region, example in EXAMPLES:
        value = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        spaced = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
        for text in (value, spaced, f"00{value[1:]}", f"Call {spaced.replace(' ', '-')}.", f"tel:{value}"):
            if found(text) != {value}:
                missed.append((region, text, found(text)))
    assert len(EXAMPLES) > 1000
    assert missed == []


def test_every_published_example_is_found_at_home_beside_a_word() -> None:
    missed = []
    short = finder_of("phone-short")
    trigger = compiled(short.trigger)
    for region, example in EXAMPLES:
        value = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        home = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
        text = f"call me on {home} now"
        shorter = {hit.value for hit in short.find(text, Scope(regions=(region,))) if trigger.search(text)}
        if value not in found(text, region) | shorter:
            missed.append((region, home))
    assert missed == []


def test_four_digits_are_a_number_only_where_numbers_are_so_short_and_a_word_says_so() -> None:
    short = finder_of("phone-short")
    PhoneMetadata.load_all()
    plans = {region: PhoneMetadata.metadata_for_region(region, None) for region in phonenumbers.SUPPORTED_REGIONS}
    own = [(region, phonenumbers.example_number_for_type(region, kind)) for region in plans for kind in (0, 1, 2)]  # fixed, mobile, either
    examples = {region for region, example in own if example is not None and len(str(example.national_number)) == 4}
    assert examples <= REGIONS <= {region for region, plan in plans.items() if plan and 4 in plan.general_desc.possible_length}
    assert [hit.value for hit in short.find("ring meg på 4002 i kveld", Scope(regions=("NU",)))] == ["+6834002"]
    for text in ("we met in 2019", "call 4002", "call me at 20:30, 4002-11", "ring meg, det koster $4002", "order 4002"):
        regions = ("NO",) if text == "call 4002" else ("NU",)
        assert list(short.find(text, Scope(regions=regions))) == [], text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+47 406 12 345", "+4740612345"),
        ("＋４７ ４０６ １２ ３４５", "+4740612345"),
        ("+٤٧٤٠٦١٢٣٤٥", "+4740612345"),
        ("+47\u00a0406\u202f12\u2009345", "+4740612345"),
        ("\u202a+47 406 12 345\u202c", "+4740612345"),
        ("+47 40\u00ad6 12\u200b 345", "+4740612345"),
        ("4\ufe0f\u20e30\ufe0f\u20e36\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e3 ring", "+4740612345"),
        ("ring 4 0 6 1 2 3 4 5", "+4740612345"),
        ("(+47) 406 12 345", "+4740612345"),
        ("+(47)40612345", "+4740612345"),
        ("+47.406.12.345", "+4740612345"),
        ("+ 47 40612345", "+4740612345"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+44(0)20-7946-0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("%2B4740612345", "+4740612345"),
        ("https://wa.me/4740612345", "+4740612345"),
        ("https://api.whatsapp.com/send?phone=4740612345&text=hi", "+4740612345"),
        ("tel:40612345", "+4740612345"),
        ("Tlf.40612345", "+4740612345"),
        ("tlf40612345", "+4740612345"),
        ("4740612345@s.whatsapp.net", "+4740612345"),
        ("4740612345-1400000000@g.us", "+4740612345"),
        ("whatsapp 4740612345", "+4740612345"),
        ("47 406 12 345", "+4740612345"),
        ("請打+4740612345謝謝", "+4740612345"),
        ("telefon 40612345, ikke 31.12.2024", "+4740612345"),
        ("vipps 500 kr til 40612345", "+4740612345"),
        ("vipps 40612345 500 kr", "+4740612345"),
        ("ordre 991 er sendt, ring 40612345", "+4740612345"),
        ("**406 12 345**", "+4740612345"),
        ('"40 61 23 45"', "+4740612345"),
        ("20:30 40612345", "+4740612345"),
        ("31.12.2024 40612345", "+4740612345"),
    ],
)  # fmt: skip
def test_writings(text: str, value: str) -> None:
    assert found(text) == {value}


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("(202) 555-0143", "US", "+12025550143"),
        ("1-202-555-0143", "US", "+12025550143"),
        ("202.555.0143", "US", "+12025550143"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("call 202-555-0143 ext. 12", "US", "+12025550143"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("07400 123456", "GB", "+447400123456"),
        ("070-174 06 05", "SE", "+46701740605"),
        ("0701740605", "SE", "+46701740605"),
        ("030/123456", "DE", "+4930123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("612 345 678", "ES", "+34612345678"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("01 23 45 67 89", "CI", "+2250123456789"),
        ("mon numéro 0123456789", "CI", "+2250123456789"),
        ("81234 56789", "IN", "+918123456789"),
        ("49 1512 3456789", "DE", "+4915123456789"),
        ("33612345678", "FR", "+33612345678"),
    ],
)
def test_writings_at_home(text: str, region: str, value: str) -> None:
    assert found(text, region) == {value}


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2024", "31122024", "20250312", "2024-12-31 20:15:33", "12/31/2024", "20241231201533", "2019-2024", "31.12.24 20.30", "kl. 20.30 31.12.24",
        "order 40612345", "ordrenummer 40612345", "Ordrenr. 406 12 345", "Bestellnummer: 40612345", "commande n° 40612345", "faktura 40612345", "tracking 40612345", "kundenr 40612345", "#40612345", "Referanse: 40612345", "KID 40612345", "telegram id 40612345",
        "40 612 345 kr", "40 612 345,00", "$40612345", "NOK 40612345", "40612345 kroner", "40612345 views", "kr 406 12 345",
        "4111 1111 1111 1111", "4111111111111111", "5500-0000-0000-0004", "card 378282246310005",
        "192.168.100.123", "10.0.19045.3570", "version 22.631.296", "59.913868, 10.752245", "3.14159265", "40,612345",
        "NO93 8601 1117 947", "DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19", "1234.56.78903", "1234 56 78903",
        "MTCN 406-123-4567", "IMEI 490154203237518", "+999 40612345", "+47 1234", "+47 406 12 3456", "+0 406 12 345", "5+40612345", "x = 8 + 40612345",
        "550e8400-e29b-41d4-a716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "0x40612345", "IMG_40612345.jpg", "40612345.pdf", "file-40612345", "IMG-20240312-WA0001.jpg",
        "https://example.com/item/40612345", "40612345@example.com", "user40612345", "40612345abc", "kl 2200-2330", "ISBN 978-3-16-148410-0", "fnr 010190 12345", "lotto 04 12 23 34 39 40 45", "1700000000", "your code is 406123",
    ],
)  # fmt: skip
@pytest.mark.parametrize("region", ["NO", "US", "DE"])
def test_what_only_looks_like_one(text: str, region: str) -> None:
    assert found(text, region) == set()


def test_a_number_that_words_speak_against_is_kept_as_a_hint() -> None:
    (hit,) = hits("ordre 40612345")
    assert (hit.value, hit.why) == ("+4740612345", "ambiguous")
    assert hit.confidence < 0.5


def test_the_word_may_stand_in_the_message_before() -> None:
    assert found("21121000", before="her er telefonen min:") == {"+4721121000"}
    assert found("21121000", before="ordrenummeret ditt er") == set()


def test_detail_says_region_type_extension_and_rail() -> None:
    (hit,) = hits("Orange Money: +225 01 23 45 67 89")
    assert hit.detail == {"region": "CI", "type": "mobile", "rail": "orange-money"}
    (hit,) = hits("call +1 (202) 555-0143 ext. 12")
    assert hit.detail == {"region": "US", "type": "fixed-or-mobile", "extension": "12"}
    assert hit.raw == "+1 (202) 555-0143 ext. 12"
    (hit,) = hits("vipps til 406 12 345")
    assert hit.detail["rail"] == "vipps"
    (hit,) = hits("vipps me the rest, and call +1 202 555 0143")
    assert "rail" not in hit.detail
    (hit,) = hits("wave at me, +47 406 12 345")
    assert "rail" not in hit.detail
    (hit,) = hits("Wave +221 70 123 45 67")
    assert hit.detail["rail"] == "wave"


def test_the_likeliest_region_comes_first() -> None:
    assert found("ring 20123456", "DK", "NO") == {"+4520123456"}
    assert found("ring 40612345", "NO", "DK") == {"+4740612345"}


def test_several_in_one_text() -> None:
    assert found("+47 406 12 345 / +47 406 12 346, +4740612347\n40612348 40612349") == {f"+47406123{last}" for last in range(45, 50)}


def test_prepare_loads_every_plan() -> None:
    FINDER.prepare()
    loaded = {name.rpartition("_")[2] for name in sys.modules if name.startswith("phonenumbers.data.region_")}
    assert loaded >= set(phonenumbers.SUPPORTED_REGIONS)
    assert {str(code) for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS} <= loaded


def test_raw_is_the_passage() -> None:
    text = "a (+47) 40\u200b6 12 345 b, 020 7946 0958; 00442079460958 +1 202-555-0143x9"
    for hit in hits(text, "GB"):
        assert text[hit.start : hit.end] == hit.raw


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 4096, "11 " * 2700, "12345678 " * 900, "+4712345678 " * 700, "(" * 8192, "9" * 8192, "+" * 8192, "1(0)" * 2000, "1\u200b" * 4000, "\x00" * 100 + "12345678\x00",
        "٣" * 300, "1." * 4000, "0" * 8000, "00" + "1-" * 4000, "12 34 56 78 " * 600, "\U0001d7ce" * 500, "123-456-7890" * 600, "@" * 8192, "1@" * 4000,
    ],
)  # fmt: skip
def test_hostile_text_asks_the_numbering_plan_a_bounded_number_of_times(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    parse = phonenumbers.parse

    def counted(*args: object) -> object:
        nonlocal asked
        asked += 1
        assert len(str(args[0])) < 25
        return parse(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(phonenumbers, "parse", counted)
    list(FINDER.find(text, Scope()))
    assert asked <= 1200


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(EXAMPLES),
    st.text("abc æøå.,!?\n", max_size=20),
    st.text("abc æøå.,!?\n", max_size=20),
)
def test_a_number_with_its_country_code_is_found_in_any_words(example: tuple[str, phonenumbers.PhoneNumber], left: str, right: str) -> None:
    value = phonenumbers.format_number(example[1], PhoneNumberFormat.E164)
    assert value in found(f"{left} {value} {right}")


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=10**7 - 1), st.sampled_from(["+47{}", "+47 {}", "0047{}"]))
def test_a_number_of_the_wrong_length_is_none(number: int, form: str) -> None:
    assert found(form.format(f"4{number:07d}9")) == set()
    assert found(form.format(f"4{number:07d}"[:-1])) == set()
