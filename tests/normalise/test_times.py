"""Local times to UTC: what happened twice or never stays open; stated times are kept as written."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.model.reading import Message, Time
from sextortion_cli.normalise.stated import stated
from sextortion_cli.normalise.times import TimeNormaliser, zone

ZONES = (
    "Europe/Oslo",
    "UTC",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Africa/Abidjan",
    "America/Sao_Paulo",
)


def apply(local: str, name: str | None) -> Time:
    message = Message(0, 1, "text", time=Time(local, local))
    TimeNormaliser(name).settle([message])
    assert message.time is not None
    return message.time


@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), st.sampled_from(ZONES))
def test_agrees_with_the_zone_database(moment: datetime, name: str) -> None:
    local = moment.replace(microsecond=0)
    time = apply(local.isoformat(), name)
    both = {local.replace(tzinfo=ZoneInfo(name), fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(both) == 1:
        assert (time.utc, time.basis) == (both.pop().strftime("%Y-%m-%dT%H:%M:%SZ"), "stated")
    else:
        assert (time.utc, time.basis) == (None, "ambiguous")
        assert set(time.candidates) == {found.strftime("%Y-%m-%dT%H:%M:%SZ") for found in both}


@pytest.mark.parametrize("local", ["2026-10-25T02:30:00", "2026-03-29T02:30:00"])
def test_twice_or_never_is_left_open_with_both_candidates(local: str) -> None:
    time = apply(local, "Europe/Oslo")
    assert time.utc is None
    assert len(time.candidates) == 2


def test_without_a_stated_zone_nothing_is_assumed() -> None:
    assert apply("2026-03-12T21:05:00", None) == Time("2026-03-12T21:05:00", "2026-03-12T21:05:00")


def test_what_the_file_says_itself_is_left_alone() -> None:
    explicit = Time("x", "2026-03-12T21:05:00", "2026-03-12T21:05:00Z", "explicit")
    messages = [Message(0, 1, "text", time=explicit), Message(0, 1, "text")]
    TimeNormaliser("Europe/Oslo").settle(messages)
    assert [message.time for message in messages] == [explicit, None]


def test_unknown_zones_are_refused() -> None:
    for name in ("Mars/Olympus", "", "../etc/passwd", "Europe/Oslo\0"):
        with pytest.raises(ValueError, match="unknown time zone"):
            zone(name)


@pytest.mark.parametrize(
    ("text", "utc", "basis", "precision"),
    [
        ("2026-03-12 21:05", "2026-03-12T20:05:00Z", "stated", "minute"),
        ("12.3.2026 kl. 21.05", "2026-03-12T20:05:00Z", "stated", "minute"),
        ("2026-03-12T21:05:09Z", "2026-03-12T21:05:09Z", "explicit", "second"),
        ("2026-03-12 21:05+02:00", "2026-03-12T19:05:00Z", "explicit", "minute"),
        ("12. mars 2026 kl. 21:05", "2026-03-12T20:05:00Z", "stated", "minute"),
        ("March 12, 2026 9:05 PM", "2026-03-12T20:05:00Z", "stated", "minute"),
        ("12. mai 2026", None, "unknown", "day"),
        ("2026-03-12 13:05 pm", None, "unknown", "day"),
        ("2026-03-12", None, "unknown", "day"),
        ("i går kveld", None, "unknown", "day"),
        ("3/4/2026", None, "unknown", "day"),
        ("2026-13-45", None, "unknown", "day"),
        ("2026-10-25 02:30", None, "ambiguous", "minute"),
    ],
)
def test_stated_times(text: str, utc: str | None, basis: str, precision: str) -> None:
    found = stated(text, "Europe/Oslo")
    assert (found["as_written"], found["utc"], found["basis"], found["precision"]) == (text, utc, basis, precision)
