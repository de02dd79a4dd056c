"""What the messages of JSON exports have in common: times, HTML as text, ids that count time, links that are not shown."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from sextortion_cli.importers.base import importers
from sextortion_cli.importers.googlechat.dates import moment as google_date
from sextortion_cli.importers.jsonfields import htmltext, snowflake
from sextortion_cli.importers.jsonfields.draft import sender_of
from sextortion_cli.importers.jsonfields.links import unsigned, without_signatures
from sextortion_cli.importers.jsonfields.moments import compared, epoch, http_date, iso, taken_as_utc
from sextortion_cli.importers.signal.people import service_id
from sextortion_cli.importers.slack.message import text_of
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message

from .reading import read
from .test_laws import CASES, check_account

UTC = "2026-03-12T20:05:00Z"


@pytest.mark.parametrize(
    ("written", "local", "utc"),
    [
        ("2026-03-12T21:05:00.123+01:00", "2026-03-12T21:05:00", UTC),
        ("2026-03-12 20:05:00 UTC", None, UTC),
        ("2026-03-12T20:05:00Z", None, UTC),
        ("2026-03-12T15:05:00-0500", "2026-03-12T15:05:00", UTC),
        ("2026-03-13T01:35:00+05:30", "2026-03-13T01:35:00", UTC),
        ("2026-03-12T21:05:00", "2026-03-12T21:05:00", None),
    ],
)
def test_written_times(written: str, local: str | None, utc: str | None) -> None:
    found = iso(written)
    assert (found.time.as_written, found.time.local, found.time.utc, found.problems) == (written, local, utc, ())
    assert found.time.basis == ("unknown" if utc is None else "explicit")


@pytest.mark.parametrize(
    "written", ["", "soon", "12.03.2026 21:05", "2026-02-30T00:00:00Z", "2026-03-12T24:05:00Z", "2026-03-12T21:05:00+99:99"]
)
def test_times_that_cannot_be_read_are_said(written: str) -> None:
    assert iso(written).problems == ("unreadable-time",)


def test_times_outside_the_calendar_are_said() -> None:
    assert iso("0001-01-01T00:00:00+01:00").problems == ("time-out-of-range",)
    found = epoch("9" * 18)
    assert found is not None
    assert found.problems == ("time-out-of-range",)


@pytest.mark.parametrize("count", [1773345900, "1773345900", 1773345900123, "1773345900123", 1773345900123456, "1773345900.000123"])
def test_counts_are_scaled_by_their_size(count: Any) -> None:
    found = epoch(count, None)
    assert found is not None
    assert (found.time.utc, found.time.as_written) == (UTC, str(count))


@pytest.mark.parametrize("count", [True, None, "", "12a", [1], "1e5"])
def test_what_is_no_count(count: Any) -> None:
    assert epoch(count, None) is None


def test_two_times_that_disagree_are_said() -> None:
    one, other = iso(UTC), epoch(1773345990)
    assert compared(one, other, 100) == one
    found = compared(one, other, 10)
    assert found is not None
    assert (found.time, found.problems) == (one.time, ("times-disagree",))


def test_other_times() -> None:
    assert http_date("Thu, 12 Mar 2026 20:05:00 GMT").time.utc == UTC
    assert http_date("Thu, 12 arM 2026 20:05:00 GMT").problems
    assumed = taken_as_utc(iso("2026-03-12 20:05:00"))
    assert (assumed.time.utc, assumed.time.local, assumed.time.basis) == (UTC, None, "assumed")
    assert google_date("torsdag 12. mars 2026 kl. 20:05:00 UTC").time.utc == UTC
    assert google_date("torsdag 12. mars 2026 kl. 20:05:00").problems


def test_ids_check_times() -> None:
    assert snowflake.seconds_of("530805779645595660", snowflake.DISCORD) == 1546624359
    assert snowflake.seconds_of("826958430795603972", snowflake.X) == 1485997228
    assert snowflake.seconds_of("100", snowflake.DISCORD) is None
    assert snowflake.seconds_of("9" * 30, snowflake.DISCORD) is None


def test_html_as_text() -> None:
    assert htmltext.as_text("a &lt;b&gt;<br/>c<p>d</p>e") == "a <b>\ncd\ne"
    assert htmltext.as_text("1 < 2 & 3 <4") == "1 < 2 & 3 <4"
    assert htmltext.as_text('<a title=">" href="https://example.com">x</a>') == "x"
    assert htmltext.links('<a href="https://example.com">x</a> <a href="https://example.org">https://example.org</a>') == [
        "https://example.com"
    ]
    assert text_of("<@U1> <https://example.com|x> &lt;b&gt; <mailto:a@example.com>") == "@U1 x <b> a@example.com"


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize("piece", ["<a ", '<a "', "<a '", "<a \"'", "<a b=' <", "<", "&", "<a href=", "</", "<<a>", "<x|"])
def test_markup_is_read_in_linear_time(piece: str) -> None:
    def spent(count: int) -> float:
        started = time.perf_counter()
        for reader in (htmltext.as_text, htmltext.links, text_of):
            reader(piece * count)
        return time.perf_counter() - started

    spent(1000)
    assert spent(20_000) < 0.5 + 12 * spent(5_000)


def test_signatures_are_not_shown() -> None:
    assert unsigned("https://cdn.example.com/a.png?ex=1&hm=abc") == "https://cdn.example.com/a.png?(withheld: link signature)"
    assert unsigned("https://example.com/?id=1") == "https://example.com/?id=1"
    assert unsigned("is it? hm=") == "is it? hm="
    assert without_signatures({"a": ["https://e.example.com/x?sig=1"], "b": 1}) == {
        "a": ["https://e.example.com/x?(withheld: link signature)"],
        "b": 1,
    }


def test_very_long_names_and_times() -> None:
    long = "x" * 10_000
    assert sender_of(long, None).name == long
    assert iso(long).problems == ("unreadable-time",)


def test_service_ids() -> None:
    assert service_id("AAECAwQFBgcICQoLDA0ODw==") == "00010203-0405-0607-0809-0a0b0c0d0e0f"
    assert service_id("no") is service_id(7) is None


@pytest.mark.parametrize(
    "importer", ["signal-jsonl", "signal-export-jsonl", "sigtop-json", "x-archive", "tinder-json", "slack-json", "discord-json"]
)
def test_no_secret_is_in_any_record(importer: str) -> None:
    """The cases hold SECRET, plain or in base64, wherever a key, token or signature stands."""
    seen = 0
    for path in sorted((CASES / importer.replace("-", "_")).iterdir()):
        data = path.read_bytes()
        if path.suffix == ".golden":
            assert b"SECRET" not in data
            assert b"U0VDUkVU" not in data
        else:
            seen += b"SECRET" in data or b"U0VDUkVU" in data
    assert seen


def test_a_message_of_no_chat_is_put_into_no_conversation() -> None:
    lines = [
        {"version": "1", "backupTimeMs": "1"},
        {"chatItem": {"chatId": "1", "authorId": "4", "dateSent": "1773345900000", "standardMessage": {"text": {"body": "a"}}}},
        {"chatItem": {"authorId": "4", "dateSent": "1773345900000", "standardMessage": {"text": {"body": "b"}}}},
    ]
    reading = read("signal-jsonl", "\n".join(map(json.dumps, lines)).encode())
    check_account(reading)
    assert [(type(one).__name__, getattr(one, "id", None)) for one in reading.records if isinstance(one, Conversation | Message)] == [
        ("Conversation", "chat 1"),
        ("Message", None),
        ("Conversation", None),
        ("Message", None),
    ]


def test_own_side_only_is_said_loudly() -> None:
    for name in ("discord-package-json", "tinder-json", "hinge-json"):
        assert "own-messages-only" in importers()[name].always  # type: ignore[attr-defined]
        path = next(one for one in sorted((CASES / name.replace("-", "_")).iterdir()) if one.suffix == ".json")
        assert "own-messages-only" in read(name, path.read_bytes()).codes(Gap)


def test_owners_own_addresses_are_the_owners() -> None:
    for name, file in (("snapchat-account-json", "account.json"), ("tiktok-json", "user_data.json"), ("x-archive", "ip-audit.js")):
        reading = read(name, (CASES / name.replace("-", "_") / file).read_bytes())
        with_address = [fact for fact in reading.of(Fact) if any("192.0.2." in value for value in fact.values.values())]
        assert with_address
        assert {fact.of for fact in with_address} == {"account-owner"}


def test_discord_says_when_its_own_count_is_another() -> None:
    data = (CASES / "discord_json" / "direct.json").read_bytes()
    assert not read("discord-json", data).of(Defect)
    assert "count-disagrees" in read("discord-json", data.replace(b'"messageCount": 7', b'"messageCount": 8')).codes(Defect)
