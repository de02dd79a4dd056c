"""Bank accounts in the writing of one country."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer, kontonr

from sextortion_cli.extract.finders.account import Account
from sextortion_cli.extract.finders.money.norway import is_identity
from sextortion_cli.extract.finders.money.sweden import is_right
from sextortion_cli.model.identifier import Hit, Scope


def found(text: str, *regions: str, before: str = "") -> list[Hit]:
    return [hit for hit in Account().find(text, Scope(regions=regions or ("NO",), before=before)) if hit.confidence >= 0.5]


@pytest.mark.parametrize(
    "written", ["86011117947", "8601.11.17947", "8601 11 17947", "8601\xa011\u200917947", "8601-11-17947", "8601.11.1\u200b7947"]
)
@pytest.mark.parametrize("text", ["konto {}", "Kontonummer: {}.", "overfør til {} nå", "({})", "{}", "bank account {}!"])
def test_norwegian_accounts(written: str, text: str) -> None:
    passage = text.replace("{}", written)
    (hit,) = found(passage)

    assert (hit.kind, hit.value, hit.detail) == ("account-no", "86011117947", {"region": "NO", "scheme": "kontonummer"})
    assert passage[hit.start : hit.end] == hit.raw == written


def test_the_word_may_stand_in_the_message_before() -> None:
    assert [hit.value for hit in found("1234 5678903", before="kontonummeret er")] == ["12345678903"]
    assert found("1234 5678903") == []


@pytest.mark.parametrize(
    "text",
    [
        "konto 8601.11.17948",
        "konto 86011117948",
        "KID 86011117947",
        "KID: 12345678903 innen fredag",
        "ordre 12345678903",
        "tlf 12345678903",
        "fødselsnummer 15108695088",
        "konto 15108695088",
        "15108695088",
        "151086 95088",
        "+12345678903",
        "x12345678903",
        "12345678903.5",
        "konto 00000000000",
        "99 1234.56.78903.1",
    ],
)
def test_norwegian_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_bare_digits_count_only_where_the_case_is_norwegian() -> None:
    assert len(found("86011117947")) == 1
    assert found("86011117947", "US") == []


@given(st.integers(0, 10**9 - 1))
def test_identity_numbers_are_those_of_the_library(number: int) -> None:
    """The library also asks for a century and that the person is born; ours asks for no more than the digits say."""
    digits = f"{number:09d}"
    digits += fodselsnummer.calc_check_digit1(digits)
    digits += fodselsnummer.calc_check_digit2(digits)[:1]
    assume(len(digits) == 11)
    assert is_identity(digits) or not fodselsnummer.is_valid(digits)


@given(st.integers(1000_00_0000, 9999_99_9999), st.integers(1, 9))
def test_valid_ones_are_found_and_changed_ones_are_not(number: int, shift: int) -> None:
    right = [f"{number}{digit}" for digit in range(10) if kontonr.is_valid(f"{number}{digit}")]
    assume(right and len(set(right[0])) > 1)
    value = right[0]
    changed = value[:-1] + str((int(value[-1]) + shift) % 10)

    assert [hit.value for hit in found(f"konto {value[:4]}.{value[4:6]}.{value[6:]}, takk")] == [value]
    assert found(f"konto {changed[:4]}.{changed[4:6]}.{changed[6:]}, takk") == []


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        # Accounts of the IBAN registry's examples, and invented ones.
        ("clearing 5839, konto 8257466", "SE", "58398257466"),
        ("Clearingnr: 5839 8257466", "SE", "58398257466"),
        ("bankgiro 123-4566", "SE", "1234566"),
        ("BG: 5805-6201", "SE", "58056201"),
        ("plusgiro 12 34 56-6", "SE", "1234566"),
        ("reg.nr. 0040 kontonr. 0440116243", "DK", "00400440116243"),
        ("Reg. 0040 konto 0440 116243", "DK", "00400440116243"),
        ("konto: 0040 0440116243", "DK", "00400440116243"),
        ("tilinumero 123456-785", "FI", "123456785"),
        ("Konto 532013000, BLZ 370 400 44", "DE", "37040044532013000"),
        ("BLZ: 37040044 Kto.-Nr. 532013000", "DE", "37040044532013000"),
        ("sort code 60-16-13 account 31926819", "GB", "60161331926819"),
        ("Account number: 31926819\nSort code: 601613", "GB", "60161331926819"),
        ("pay my bank 60-16-13 31926819 today", "GB", "60161331926819"),
        ("routing number 021000021, account number 123456789012", "US", "021000021123456789012"),
        ("Acct # 1234567890 ABA 0210-0002-1", "US", "0210000211234567890"),
    ],
)
def test_other_countries(text: str, region: str, value: str) -> None:
    (hit,) = found(text)
    assert (hit.value, hit.detail["region"]) == (value, region)


def test_an_account_of_no_known_country() -> None:
    (hit,) = found("Account number: 0123456789, Example Bank")
    assert (hit.value, hit.detail) == ("0123456789", {"scheme": "account"})


def test_swedish_accounts_by_region() -> None:
    assert [hit.value for hit in found("konto 5839 8257466", "SE")] == ["58398257466"]
    assert (is_right("5839", "8257466"), is_right("5839", "8257467"), is_right("9660", "1234567")) == (True, False, None)


@pytest.mark.parametrize(
    "text",
    [
        "clearing 5839, konto 8257467",
        "bankgiro 123-4567",
        "123-4566",
        "ring 08-123 45 67",
        "0040 0440116243",
        "tilinumero 123456-786",
        "123456-785",
        "konto 850709-9805",
        "BLZ 37040044",
        "sort code 60-16-13",
        "12-10-25 12345678",
        "routing 021000022 account 123456789",
        "routing 021000021",
        "account 0123456789",
        "1 234 567,00 kr",
        "2026-11-24 12:34:56",
        "tracking 00370712345678901234",
        "59.9138688, 10.7522454",
    ],
)
def test_near_misses_are_not_found(text: str) -> None:
    assert found(text) == []


def test_mistyped_ones_are_kept_as_weak_hits() -> None:
    for text in ("konto 8601.11.17948", "bankgiro 123-4567", "tilinumero 123456-786", "routing 021000022 account 123456789"):
        (hit,) = Account().find(text, Scope())
        assert (hit.why, hit.confidence < 0.5) == ("bad-check", True)
