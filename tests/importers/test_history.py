"""A browser's history out of Takeout: nothing is shown but what the person chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from sextortion_cli.importers.history.addresses import domain_of, host_of, without_keys
from sextortion_cli.model.reading import Fact, Gap, Noise

from .reading import read

TAKEOUT = Path(__file__).parent / "cases" / "chrome_takeout_json" / "BrowserHistory.json"


def test_without_a_choice_nothing_is_shown_but_counts() -> None:
    reading = read("chrome-takeout-json", TAKEOUT.read_bytes())
    assert not [fact for fact in reading.of(Fact) if not fact.overlay]
    assert "not-selected" in reading.codes(Noise)
    assert reading.codes(Gap)


@pytest.mark.parametrize("stated", [{"since": "2000-01-01", "until": "2099-01-01"}])
def test_what_was_chosen_is_shown(stated: dict[str, str]) -> None:
    reading = read("chrome-takeout-json", TAKEOUT.read_bytes(), **stated)
    shown = [fact for fact in reading.of(Fact) if not fact.overlay]
    assert shown
    assert all(fact.of == "account-owner" for fact in shown)


def test_addresses() -> None:
    assert host_of("https://kari:x@pay.example:8443/a?b") == "pay.example"
    assert domain_of("Pay.Example") == "pay.example"
    assert "secret" not in without_keys("https://pay.example/?token=secret")
