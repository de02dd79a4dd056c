"""The officer's sheet: exact identifiers, the range in UTC, how to ask, when it runs out; the same on any day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sextortion_cli.lacking.preservation import sheet
from sextortion_cli.store.case import open_case
from tests.lacking.test_missing import hit

FIXED = {"nb": "Ikke ta kontakt, ikke publiser det, og ikke slå det opp selv.", "en": "Don't contact, publish or look them up yourself."}


@pytest.fixture
def two(casefile, case: Path) -> Path:
    """Return a case with an account on Snapchat and one on TikTok, and a request to keep for the first."""
    at = ("--case", case)
    casefile("contact", "add", *at, "--service", "TikTok", "--handle", "mia.example", "--url", "https://tiktok.com/@mia.example")
    casefile("contact", "add", *at, "--service", "Snapchat", "--handle", "miaexample", "--first-seen", "2026-03-01 12:00")
    casefile("event", "add", "threat", *at, "--contact", "C-002", "--when", "2026-03-12 21:05")
    casefile("event", "add", "preservation-asked", *at, "--service", "Snapchat", "--when", "2026-03-14", "--reference", "REF 7")
    casefile(
        "event",
        "add",
        "payment",
        *at,
        "--when",
        "2026-03-12 22:00",
        "--amount",
        "500",
        "--currency",
        "EUR",
        "--method",
        "Paysafe",
        "--reference",
        "1234",
    )
    return case


def test_it_holds_what_a_request_needs(casefile, two: Path) -> None:
    found = casefile("missing", "--preservation", "--json", "--case", two).json
    assert [provider["platform"] for provider in found["providers"]] == ["snapchat", "tiktok"]  # what disappears first
    snap = found["providers"][0]
    account = snap["accounts"][0]
    assert (account["contact_id"], account["handle"]) == ("C-002", "miaexample")
    assert (account["contact"]["first_utc"], account["contact"]["last_utc"]) == ("2026-03-01T11:00:00Z", "2026-03-12T20:05:00Z")
    assert "less.snapchat.com" in snap["route"]["text"]
    assert snap["keeps"]["days"] == 90
    for kind in ("identify", "changes", "route", "keeps", "disappears", "notices"):
        for source in snap[kind]["sources"]:
            assert source["what"]
            assert date.fromisoformat(source["date"])
    assert snap["asked"] == [
        {**snap["asked"][0], "event_id": "E-002", "reference": "REF 7", "ends": "2026-06-12", "days_left": None},
    ]
    tiktok = found["providers"][1]
    assert tiktok["asked"] == []
    assert "changes" in tiktok["unknown"]
    assert tiktok["changes"]["text"] in ("unknown", "ukjent")
    assert found["law"]["days"] == 90
    assert found["payments"][0]["rail"] == "voucher"
    assert found["payments"][0]["stated"][0]["reference"] == "1234"


def test_days_are_counted_only_from_a_day_that_is_given(casefile, two: Path) -> None:
    def left(*more: str) -> list[int | None]:
        found = casefile("missing", "--preservation", "--json", "--case", two, *more).json
        return [asked["days_left"] for provider in found["providers"] for asked in provider["asked"]]

    assert left() == [None]
    assert left("--at", "2026-06-02") == [10]
    assert left("--at", "2026-06-20") == [-8]
    assert (
        "10 days left on 2026-06-02" in casefile("missing", "--preservation", "--at", "2026-06-02", "--case", two, "--language", "en").out
    )


def test_nothing_runs_out_where_nobody_knows_how_long_the_provider_keeps(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("contact", "add", *at, "--service", "Telegram", "--handle", "lina")
    casefile("event", "add", "preservation-asked", *at, "--contact", "C-001", "--when", "2026-03-14")
    asked = casefile("missing", "--preservation", "--json", "--at", "2026-03-20", *at).json["providers"][0]["asked"]
    assert [(entry["event_id"], entry["ends"], entry["days_left"]) for entry in asked] == [("E-001", None, None)]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_same_case_gives_the_same_sheet(casefile, two: Path, language: str) -> None:
    arguments = ("missing", "--preservation", "--case", two, "--language", language)
    first = casefile(*arguments).out
    casefile("report", "--format", "json", "--case", two)  # an access record
    assert casefile(*arguments, environment={"TZ": "Pacific/Apia", "LC_ALL": "C", "COLUMNS": "20"}).out == first
    assert FIXED[language] in first
    assert "`miaexample`" in first
    assert "https://tiktok" not in first.replace("`https://tiktok.com/@mia.example`", "")  # never a link


def test_hostile_names_stay_inside_code(casefile, case: Path) -> None:
    casefile(
        "contact", "add", "--case", case, "--service", "Kik", "--handle", "`x` <script> | [a](http://evil.test)\u202e\x1b]52;c;eA==\x07"
    )
    text = casefile("missing", "--preservation", "--case", case).out
    assert "\x1b" not in text
    assert "\u202e" not in text
    line = next(line for line in text.splitlines() if "script" in line)
    assert line.partition(": ")[2].startswith("``")


def test_what_was_only_found_is_said_to_be_and_a_card_shows_its_end(case: Path) -> None:
    hits = [
        hit("handle", "lina.example", detail={"service": "Instagram"}),
        hit("card", "4111111111111111", "unknown"),
        hit("iban", "NO9386011117947", "extorter", role="possible-mule"),
    ]
    found = sheet(open_case(case), "en", identifiers=hits)
    account = found["providers"][0]["accounts"][0]
    assert (account["contact_id"], account["basis"], account["handle"]) == (None, "found", "lina.example")
    assert account["contact"]["first_utc"] == "2026-03-12T20:05:00Z"
    shown = {entry["rail"]: entry["found"][0] for entry in found["payments"]}
    assert shown["card"]["value"] == "•••• 1111"
    assert shown["bank"] == {"kind": "iban", "value": "NO9386011117947", "role": "possible-mule", "exhibits": ["A-001"]}


def test_an_empty_case_has_an_empty_sheet(casefile, case: Path) -> None:
    found = casefile("missing", "--preservation", "--json", "--case", case).json
    assert (found["providers"], found["payments"]) == ([], [])
    assert "No account" in casefile("missing", "--preservation", "--case", case, "--language", "en").out
