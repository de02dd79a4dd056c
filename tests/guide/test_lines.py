"""Help lines: reviewed, printed only when verified, and who answers now is a pure function of the moment, in the country's own time."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.guide import lines
from sextortion_cli.guide.helplines import records, screen
from sextortion_cli.guide.openhours import DAYS, Hours

OSLO = ZoneInfo("Europe/Oslo")
#: The countries the product promises (issue 5), as far as sources carry.
PROMISED = {"NO", "SE", "DK", "FI", "IS", "GB", "IE", "DE", "FR", "ES", "PL", "NL", "US", "CA", "AU"}
EVENING = datetime(2026, 3, 14, 2, 55, tzinfo=UTC)  # Saturday, 03:55 in Oslo


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in Oslo; 2026-03-09 is a Monday."""
    return datetime(2026, 3, 9 + day, hour, minute, tzinfo=OSLO)


def test_every_promised_country_has_emergency_numbers_and_sources() -> None:
    assert set(lines.countries()) == PROMISED
    for country in lines.countries():
        for kind in lines.EMERGENCY:
            assert lines.number(country, kind)
        for line in lines.lines(country):
            assert line.kind in lines.KINDS
            assert line.status in ("verified", "unverified")
            assert line.sources
            assert all(source.seen <= line.checked for source in line.sources)
            assert line.ways
            assert line.name or line.kind in lines.EMERGENCY
            assert all(way.by in ("phone", "sms", "chat", "email", "web") for way in line.ways)
            assert all(way.hours.text in ("always", "unknown") or line.zone for way in line.ways), line


def test_reading_one_country_at_a_time_reads_the_file() -> None:
    """The parts are cut at their headings; together they are what the whole file says, and every source is cited."""
    import tomllib
    from importlib import resources

    whole = tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/help.toml").read_text(encoding="utf-8"))
    assert tuple(whole["country"]) == lines.countries()
    for country, about in whole["country"].items():
        assert lines.country_name(country) == about["title"]
        assert [line.cited for line in lines.lines(country)] == [tuple(entry["sources"]) for entry in about["line"]]
    cited = {key for country in lines.countries() for line in lines.lines(country) for key in line.cited}
    assert cited == set(whole["source"]) == set(lines.sources())


def test_only_verified_lines_are_printed_but_emergency_numbers_and_the_police_always_are() -> None:
    unverified = [line for country in lines.countries() for line in lines.lines(country) if line.status == "unverified"]
    assert unverified
    for line in unverified:
        assert line.is_printed == (line.kind in (*lines.EMERGENCY, "police-report"))
        if not line.is_printed:
            shown = "\n".join(screen("en", line.country, "given", EVENING))
            assert all(way.value not in shown for way in line.ways)


@pytest.mark.parametrize(
    ("text", "moment", "holds"),
    [
        ("always", at(6, 3), True), ("unknown", at(0, 12), None),
        ("mon-fri 09:00-15:00", at(0, 9), True), ("mon-fri 09:00-15:00", at(0, 8, 59), False), ("mon-fri 09:00-15:00", at(0, 15), False),
        ("mon-fri 09:00-15:00", at(5, 12), False), ("mon-fri 09:00-15:00, sat 10:00-14:00", at(5, 12), True),
        ("sun-fri 16:15-22:45, sat 16:15-23:45", at(5, 23), True), ("sun-fri 16:15-22:45, sat 16:15-23:45", at(4, 23), False),
        ("sun-fri 16:15-22:45, sat 16:15-23:45", at(6, 17), True),
        ("mon 22:00-02:00", at(1, 1, 59), True), ("mon 22:00-02:00", at(1, 2), False), ("mon 22:00-02:00", at(0, 1), False),
        ("sun 22:00-02:00", at(0, 1), True), ("mon 20:00-24:00", at(0, 23, 59), True), ("mon 20:00-24:00", at(1, 0), False),
    ],
)  # fmt: skip
def test_hours(text: str, moment: datetime, holds: bool | None) -> None:
    assert Hours.read(text).holds(moment, "Europe/Oslo") is holds
    assert Hours.read(text).holds(moment.astimezone(UTC), "Europe/Oslo") is holds  # the computer's zone does not matter


def test_summer_time_is_the_countrys() -> None:
    hours = Hours.read("mon-sun 09:00-10:00")
    assert hours.holds(datetime(2026, 1, 5, 8, 30, tzinfo=UTC), "Europe/Oslo") is True
    assert hours.holds(datetime(2026, 7, 6, 8, 30, tzinfo=UTC), "Europe/Oslo") is False
    assert hours.holds(datetime(2026, 7, 6, 7, 30, tzinfo=UTC), "Europe/Oslo") is True


@pytest.mark.parametrize(
    "text", ["", "office", "Mon-Fri 09:00-15:00", "mon 9:00-15:00", "mon 09:00-25:00", "mon 09:60-15:00", "day 09:00-15:00"]
)
def test_hours_that_are_not_written_like_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|time of day"):
        Hours.read(text)


@settings(max_examples=40, deadline=None)
@given(
    start=st.integers(0, 1439), length=st.integers(1, 1440), day=st.sampled_from(DAYS),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)  # fmt: skip
def test_when_it_opens_next_it_answers_and_just_before_it_does_not(start: int, length: int, day: str, moment: datetime) -> None:
    end = (start + length) % 1440
    hours = Hours.read(f"{day} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}")
    opening = hours.opens(moment, "UTC")
    assert opening is not None
    assert moment < opening + timedelta(minutes=1)
    assert opening - moment <= timedelta(days=7)
    assert hours.holds(opening, "UTC") is True


def test_of_two_lines_the_one_that_answers_is_shown() -> None:
    night = {country: lines.line_for(country, "crisis-child", EVENING) for country in lines.countries()}
    assert night["NO"].phone == "116 111"
    assert night["DE"].answers(EVENING, "phone") is False
    from sextortion_cli.guide.first_minute import first_minute

    assert "116 111 (closed now)" in first_minute("en", "DE", "given", EVENING)
    assert "(closed now)" not in first_minute("en", "DE", "given", at(0, 15))
    assert "(closed" not in first_minute("en", "NL", "given", EVENING)  # nobody knows its hours: nothing is said of them


def test_a_chat_can_be_closed_while_the_phone_answers() -> None:
    line = lines.line_for("NO", "crisis-child", EVENING)
    assert line.answers(EVENING, "phone") is True
    assert line.answers(EVENING, "chat") is False
    assert line.answers(at(5, 23), "chat") is True


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_screen_keeps_reporting_and_tipping_apart_and_tells_real_helpers(language: str) -> None:
    for country in lines.countries():
        shown = "\n".join(screen(language, country, "given", EVENING))
        assert lines.number(country, "emergency-medical") in shown
        assert "{" not in shown
    shown = "\n".join(screen(language, "NO", "given", EVENING))
    report, tip = ("For å anmelde", "For å tipse") if language == "nb" else ("To report", "a tip\n")
    assert shown.index("800 40 008") < shown.index(report) < shown.index("02800") < shown.index(tip) < shown.index("tips.politiet.no")
    assert ("kontakter deg først" if language == "nb" else "contacts you first") in shown
    assert "slettmeg" not in shown  # nobody could say whether it still answers
    written = next(text for text in shown.splitlines() if ("Skriftlig" if language == "nb" else "In writing") in text)
    assert "sidetmedord.no" in written
    assert "korspaahalsen" not in written  # closed at this hour


def test_without_a_country_there_is_112_and_how_to_choose() -> None:
    shown = "\n".join(screen("en", None, "none", EVENING))
    assert "112" in shown
    assert "NO Norway" in shown
    assert records("en", None, "none", EVENING)["lines"] == []


def test_records_say_null_where_nobody_knows() -> None:
    found = records("nb", "NO", "given", EVENING)
    ways = {(way["by"], way["value"]): way["answers_now"] for line in found["lines"] for way in line["ways"]}
    assert ways["phone", "116 123"] is True
    assert ways["chat", "116111.no"] is False
    assert ways["phone", "800 40 008"] is None
    assert all(line["sources"] and line["checked"] for line in found["lines"])


def test_a_release_fails_when_a_reviewed_fact_is_older_than_half_a_year() -> None:
    scripts = Path(__file__).resolve().parents[2] / "scripts"
    if not scripts.is_dir():
        pytest.skip("no checkout")
    sys.path.insert(0, str(scripts))
    try:
        import release
    finally:
        sys.path.remove(str(scripts))
    known = release.reviewed()
    assert {"help.toml", "platforms.toml", "waiting.py"} <= set(known)
    assert all(known.values())
    oldest = min(day for entries in known.values() for _, day in entries)
    assert release.faults(oldest + timedelta(days=180)) == []
    late = release.faults(oldest + timedelta(days=181))
    assert any(fault.startswith("help.toml: country.NO.line[1]") for fault in late)
    assert lines.stale(oldest) == []
    assert lines.stale(date(oldest.year + 2, 1, 1))
