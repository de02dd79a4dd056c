"""Browsers' histories: nothing is read that nobody chose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.importers.history.addresses import WITHHELD, host_of

from .databases import compose
from .reading import Fact, Noise, golden_lines, read
from .test_laws import check_account

CASES = Path(__file__).parent / "cases" / "browser_history"


def facts(name: str, **chosen: Any) -> list[Fact]:
    reading = read("browser-history", compose(CASES / f"{name}.sql")[0], **chosen)
    check_account(reading)
    return [record for record in reading.of(Fact) if record.kind != "table-not-read"]


@pytest.mark.parametrize("name", ["chrome", "firefox", "safari"])
def test_without_a_choice_only_rows_are_counted(name: str) -> None:
    assert facts(name) == []
    reading = read("browser-history", compose(CASES / f"{name}.sql")[0])
    assert "nothing-chosen" in reading.codes()
    assert "example" not in golden_lines(reading).replace("table", "")


def test_a_site_is_that_host_and_everything_under_it() -> None:
    found = facts("chrome", thread=("example.com",))
    assert [(fact.kind, fact.row) for fact in found] == [
        ("page", 1), ("visit", 1), ("visit", 2), ("download", 1), ("download-address", 1), ("search", 1),
    ]  # fmt: skip
    visit = found[1]
    assert visit.values["address"] == "https://chat.example.com/rom/1"
    assert visit.values["visit_time"] == "13146444399432149 (2017-08-05T22:06:39Z)"
    assert found[4].values["url"] == "https://cdn.example.org/film.mp4"
    assert found[5].values["term"] == "Hva er utpressing"


def test_hosts() -> None:
    hosts = {
        "https://User:pw@Example.com:8080/a": "example.com",
        "https://example.com.": "example.com",
        "https://example.com?x=https://other.example": "example.com",
        "https://example.com\\@other.example/": "example.com",
        "file:///home/ola": "",
        "about:blank": "",
        "javascript:alert('https://example.com')": "",
        "http://[::1]/": "[::1]",
        "http://[::1": "[",
    }
    assert {url: host_of(url) for url in hosts} == hosts


def test_keys_in_addresses_are_withheld(tmp_path: Path) -> None:
    script = (CASES / "chrome.sql").read_text(encoding="utf-8")
    keyed = tmp_path / "keyed.sql"
    keyed.write_text(
        script.replace("//chat.example.com/rom/1", "//ola:hemmelig@chat.example.com/rom/1?access_token=hemmelig&rom=1"), encoding="utf-8"
    )
    reading = read("browser-history", compose(keyed)[0], thread=("chat.example.com",))
    check_account(reading)
    visit = next(fact for fact in reading.of(Fact) if fact.kind == "visit")
    assert visit.values["address"] == f"https://ola:{WITHHELD}@chat.example.com/rom/1?access_token={WITHHELD}&rom=1"
    assert "hemmelig" not in golden_lines(reading)


def test_days() -> None:
    assert [fact.row for fact in facts("chrome", since="2017-08-11", until="2017-08-20") if fact.kind == "visit"] == [2]
    assert [fact.kind for fact in facts("firefox", since="2017-07-14", until="2017-07-14")] == ["page", "page", "visit"]
    visit = facts("safari", since="2017-07-14", until="2017-07-14", thread=("example.com",))[-1]
    assert (visit.kind, visit.values["visit_time"]) == ("visit", "521692800.5 (2017-07-14T02:40:00Z)")


def test_what_was_not_chosen_says_so() -> None:
    reading = read("browser-history", compose(CASES / "chrome.sql")[0], thread=("example.com",))
    assert reading.codes(Noise) == {"not-selected"}
    assert "bank" not in golden_lines(reading)
