"""Laws of finders: every file in `extract/finders/` keeps them without an edit here."""

from __future__ import annotations

import itertools

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.extract.finders.base import WINDOW, finder_ids, finder_of, finders
from sextortion_cli.extract.identify import Identify, known_answers
from sextortion_cli.model.identifier import KINDS, Hit, Scope
from sextortion_cli.model.identifierwords import KIND, WHY

IDS = finder_ids()
SCOPES = (Scope(), Scope(("GB", "US"), "WhatsApp", "send it to this account, MTCN, Steam card:"), Scope(()))
PADDING = "Hei, det gikk fint i dag. "
HOSTILE = (
    "1 " * 4000, "@" * 8000, "(" * 8000, "9" * 8000, ("a." * 4000), ("0x" + "f" * 8000), "\x00" * 50 + "4111", "http://" + "a" * 8000,
    "\ufffd4111 1111", "\u202e" * 500 + "+47", "１２３４" * 500, "." * 8000, "-" * 8000, "A1" * 4000, "bc1" * 2000, "::" * 4000,
    "ß" * 4000, "\u200b" * 4000, "@a " * 2000, "%" * 4000, "://" * 2000, "live:" * 1000, "$a" * 3000, "\U0001f600" * 3000,
)  # fmt: skip


def trigger_of(identity: str) -> object:
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(finder_of(identity).trigger.encode(), options)


def check(hit: Hit, text: str, kinds: tuple[str, ...]) -> None:
    assert hit.kind in kinds
    assert text[hit.start : hit.end] == hit.raw
    assert hit.value
    assert hit.raw
    assert hit.value == hit.value.strip()
    assert 0 < hit.confidence <= 1
    assert hit.why in WHY


def test_there_are_finders_for_every_kind() -> None:
    assert {kind for finder in finders().values() for kind in finder.kinds} == set(KINDS)
    assert set(KIND) == set(KINDS)


@pytest.mark.parametrize("identity", IDS)
def test_a_finder_is_called_as_its_file_and_gives_known_answers(identity: str) -> None:
    finder = finder_of(identity)
    assert finder.id == identity
    assert set(finder.kinds) <= set(KINDS)
    assert finder.vectors
    assert known_answers(finder) == []


@pytest.mark.parametrize("identity", IDS)
def test_the_trigger_matches_wherever_something_is_found(identity: str) -> None:
    finder, trigger = finder_of(identity), trigger_of(identity)
    for text in finder.vectors:
        if list(finder.find(text, Scope())):
            assert trigger.search(text.encode()) is not None
    assert trigger.search(PADDING.encode()) is None, "a trigger that matches ordinary words makes every message slow"


@pytest.mark.parametrize("identity", IDS)
def test_a_finder_does_not_mind_what_stands_far_away(identity: str) -> None:
    finder, engine = finder_of(identity), Identify({identity: finder_of(identity)})
    for text in finder.vectors:
        alone = [(hit.kind, hit.value, hit.start) for hit in engine.hits(text, Scope())]
        for before in (PADDING * 60, PADDING * 310, PADDING * 500):
            long = before + "\n" + text + "\n" + PADDING * 20
            found = [(hit.kind, hit.value, hit.start - len(before) - 1) for hit in engine.hits(long, Scope())]
            assert found == alone
            assert all(long[hit.start : hit.end] == hit.raw for hit in engine.hits(long, Scope()))


@pytest.mark.parametrize("identity", IDS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_ends_soon_and_raises_nothing(identity: str, text: str) -> None:
    finder = finder_of(identity)
    for scope in SCOPES:
        for hit in finder.find(text[:WINDOW], scope):
            check(hit, text, finder.kinds)


_SOUP = st.lists(
    st.one_of(
        st.sampled_from([text for finder in finders().values() for text in finder.vectors]),
        st.text(max_size=12),
        st.from_regex(r"[0-9 .+()/-]{1,24}", fullmatch=True),
        st.sampled_from(["\n", " ", ", ", "\u00a0", "(", ")", "MTCN ", "kontonr ", "@", "\x00", "https://", "."]),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(_SOUP)
def test_every_hit_is_what_stands_there(text: str) -> None:
    for scope in SCOPES:
        for identity in IDS:
            finder = finder_of(identity)
            for hit in finder.find(text[:WINDOW], scope):
                check(hit, text, finder.kinds)


@settings(max_examples=150, deadline=None)
@given(st.lists(_SOUP, max_size=6))
def test_hits_that_stand_do_not_overlap_unless_an_address_carries_them(texts: list[str]) -> None:
    engine = Identify()
    candidates = {place for place, _ in engine.candidates(texts)}
    for place, text in enumerate(texts):
        hits = list(engine.hits(text, Scope()))
        if hits:
            assert place in candidates, "a text with a hit was not looked at"
        for one, two in itertools.pairwise(hits):
            assert one.end <= two.start or one.kind in ("url", "profile", "payment-handle")


def test_texts_searched_together_do_not_run_into_each_other() -> None:
    engine = Identify()
    parts = ["kontakt meg på lina@exam", "ple.test eller ring", "+47 22 ", "33 44 55"]
    assert {hit.kind for text in parts for hit in engine.hits(text, Scope())} == {
        hit.kind for place, asked in engine.candidates(parts) for hit in engine.hits(parts[place], Scope(), asked)
    }
