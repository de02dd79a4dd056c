"""Accounts written as IBAN."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as oracle
from stdnum.iso7064 import mod_97_10

from sextortion_cli.extract.finders.iban import Iban, form_of
from sextortion_cli.model.identifier import SURE, Hit, Scope

#: The examples of the IBAN registry (SWIFT, release 101), one of every country.
_REGISTRY = (
    "AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201 AZ21NABZ00000000137010001944 "
    "BA391290079401028494 BE68539007547034 BG80BNBG96611020345678 BH67BMAG00001299123456 BI4210000100010000332045181 BR1800360305000010009795493C1 "
    "BY13NBRB3600900000002Z00AB00 CH9300762011623852957 CR05015202001026284066 CY17002001280000001200527600 CZ6508000000192000145399 "
    "DE89370400440532013000 DJ2100010000000154000100186 DK5000400440116243 DO28BAGR00000001212453611324 EE382200221020145685 "
    "EG380019000500000000263180002 ES9121000418450200051332 FI2112345600000785 FK88SC123456789012 FO6264600001631634 FR1420041010050500013M02606 "
    "GB29NWBK60161331926819 GE29NB0000000101904917 GI75NWBK000000007099453 GL8964710001000206 GR1601101250000000012300695 "
    "GT82TRAJ01020000001210029690 HN88CABF00000000000250005469 HR1210010051863000160 HU42117730161111101800000000 IE29AIBK93115212345678 "
    "IL620108000000099999999 IQ98NBIQ850123456789012 IS140159260076545510730339 IT60X0542811101000000123456 JO94CBJO0010000000000131000302 "
    "KW81CBKU0000000000001234560101 KZ86125KZT5004100100 LB62099900000001001901229114 LC55HEMM000100010012001200023015 LI21088100002324013AA "
    "LT121000011101001000 LU280019400644750000 LV80BANK0000435195001 LY83002048000020100120361 MC5811222000010123456789030 "
    "MD24AG000225100013104168 ME25505000012345678951 MK07250120000058984 MN121234123456789123 MR1300020001010000123456753 "
    "MT84MALT011000012345MTLCAST001S MU17BOMM0101101030300200000MUR NI45BAPR00000013000003558124 NL91ABNA0417164300 NO9386011117947 "
    "OM810180000001299123456 PK36SCBL0000001123456702 PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154 "
    "QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000 RS35260005601001611379 RU0304452522540817810538091310419 SA0380000000608010167519 "
    "SC18SSCB11010000000000001497USD SD2129010501234001 SE4550000000058398257466 SI56263300012039086 SK3112000000198742637541 "
    "SM86U0322509800000000270100 SO211000001001000100141 ST68000100010051845310112 SV62CENR00000000000000700025 TL380080012345678910157 "
    "TN5910006035183598478831 TR330006100519786457841326 UA213223130000026007233566001 VA59001123000012345678 VG96VPVG0000012345678901 "
    "XK051212012345678906 YE15CBYE0001018861234567891234 "
)
REGISTRY = _REGISTRY.split()


def found(text: str) -> list[Hit]:
    return [hit for hit in Iban().find(text, Scope()) if hit.confidence >= 0.5]


def printed(number: str, gap: str = " ") -> str:
    return gap.join(number[place : place + 4] for place in range(0, len(number), 4))


@pytest.mark.parametrize("number", REGISTRY)
@pytest.mark.parametrize("writing", [str, printed, str.lower, lambda number: printed(number, "\xa0"), lambda number: printed(number, "-")])
def test_every_published_example_is_found_in_every_writing(number: str, writing) -> None:
    text = f"Send it to {writing(number)} today"
    (hit,) = found(text)

    assert (hit.kind, hit.value, hit.confidence, hit.detail) == ("iban", number, SURE, {"region": number[:2]})
    assert text[hit.start : hit.end] == hit.raw == writing(number)


def test_the_registry_has_a_form_for_every_example() -> None:
    assert len(REGISTRY) == len({number[:2] for number in REGISTRY}) == 89
    assert all(form_of(number[:2]).length == len(number) for number in REGISTRY)
    assert form_of("US") is None


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("NO93 8601 1117 947 takk", "NO93 8601 1117 947"),
        ("NO93 8601 1117 947 500 kr", "NO93 8601 1117 947"),
        ("(NO9386011117947).", "NO9386011117947"),
        ("IBANNO9386011117947", "NO9386011117947"),
        ("NO 93 8601.11.17947", "NO 93 8601.11.17947"),
        ("NO93\u200b8601 11\xad17 947!", "NO93\u200b8601 11\xad17 947"),
        ("\uff2e\uff2f\uff19\uff13 8601 1117 947", "\uff2e\uff2f\uff19\uff13 8601 1117 947"),
        ("GB29 NWBK 6016 1331\n9268 19 please", "GB29 NWBK 6016 1331\n9268 19"),
    ],
)
def test_what_follows_and_how_it_is_written(text: str, raw: str) -> None:
    assert [hit.raw for hit in found(text)] == [raw]


def test_two_in_one_line() -> None:
    assert [hit.value for hit in found("BE68539007547034, NO9386011117947")] == ["BE68539007547034", "NO9386011117947"]


@pytest.mark.parametrize(
    "text",
    [
        "NO93 8601 1117 948",
        "DE89 3704 0044 0532 0130 01",
        "DE89 3704 0044 0532 0130 0",
        "DE89370400440532013000123",
        "XX93 8601 1117 947",
        "xNO9386011117947",
        "NO93 8601 ring 1117 947",
        "GB29 6016 1331 9268 19 NWBK",
        "version no12 2024 1111 999",
        "550e8400-e29b-41d4-a716-446655440000",
        "NO93 8601 /1117/ 947",
    ],
)
def test_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_a_mistyped_one_is_kept_as_a_weak_hit() -> None:
    (hit,) = Iban().find("iban: no93 8601 1117 948", Scope())
    assert (hit.why, hit.confidence < 0.5, hit.checks) == ("bad-check", True, ())
    assert list(Iban().find("no93 8601 1117 948", Scope())) == []


@st.composite
def numbers(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from([number[:2] for number in REGISTRY if number[4:].isdigit()]))
    rest = draw(st.text("0123456789", min_size=form_of(country).length - 4, max_size=form_of(country).length - 4))
    return country + mod_97_10.calc_check_digits(rest + country) + rest


@given(numbers(), st.sampled_from(["", " ", "-", ".", "\u2009"]), st.data())
def test_valid_ones_are_found_and_changed_ones_are_not(number: str, gap: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, len(number) - 1))
    changed = number[:place] + str((int(number[place]) + data.draw(st.integers(1, 9))) % 10) + number[place + 1 :]

    assert [hit.value for hit in found(f"konto: {printed(number, gap)}, takk")] == [number]
    assert oracle.is_valid(changed, check_country=False) is False
    assert found(f"konto: {printed(changed, gap)}, takk") == []
