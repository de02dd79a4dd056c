"""What holds for every finder of money alike: vectors, triggers, places, and text written to hurt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.extract.finders.base import WINDOW, compiled, finder_of
from sextortion_cli.extract.finders.folding import fold
from sextortion_cli.model.identifier import KINDS, Scope
from sextortion_cli.model.identifierwords import WHY

NAMES = ("account", "btc", "card", "doge", "eth", "iban", "ltc", "sol", "ton", "transaction", "tron", "xmr")
EVERYWHERE = Scope(regions=("NO", "SE", "DK", "FI", "DE", "GB", "US"), before="konto account wallet btc")
VECTORS = [(name, text) for name in NAMES for text in finder_of(name).vectors]
REDOS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "hostile" / "redos"
SIZE = 1_000_000
ODDITIES = st.text("019 .:-/xabNOøkonto\u200b\xa0\uff11\U0001f600\0", max_size=40)
#: Pieces that are repeated to a megabyte: quadratic work on any of them would not end in the time a test has.
PIECES = (
    "1 ", "1", "@", "((", "\0", "1.1-", "4111 ", "4111111111111111 ", "NO93 ", "no93 8601 1117 948 ", "konto ", "blz ", "blz 37040044 konto 1 ", "bg ",
    "clearing 5839 ", "sort 12-34-56 account ", "routing 021000021 ", "account ", "1A", "bc1q", "0x", "a1", "EQ", "EQ/", "tx ", "9" * 11 + " ", "\u200b1",
    "\uff11", "\ud800", "\U0001d7ce\u200d", "iban ", "sol ", "reg.nr. 1234 ",
)  # fmt: skip


@pytest.mark.parametrize(("name", "text"), VECTORS)
def test_vectors(name: str, text: str) -> None:
    finder = finder_of(name)
    assert finder.id == name
    assert tuple((hit.kind, hit.value) for hit in finder.find(text, Scope()) if hit.confidence >= 0.5) == finder.vectors[text]


@pytest.mark.parametrize(("name", "text"), VECTORS)
def test_where_there_is_a_hit_the_trigger_matches(name: str, text: str) -> None:
    """Also where invisible characters and other digits are written into it."""
    finder = finder_of(name)
    trigger = compiled(finder.trigger)
    for written in (text, "\u200b".join(text), text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})):
        assert not list(finder.find(written, Scope())) or trigger.search(written)


@pytest.mark.parametrize("name", NAMES)
@given(noise=ODDITIES, tail=ODDITIES, which=st.integers(0, len(VECTORS) - 1))
def test_hits_say_where_they_stand(name: str, noise: str, tail: str, which: int) -> None:
    text = f"{noise} {VECTORS[which][1]} {tail}"
    finder = finder_of(name)
    for hit in finder.find(text, EVERYWHERE):
        assert text[hit.start : hit.end] == hit.raw
        assert hit.kind in finder.kinds
        assert hit.kind in KINDS
        assert 0 < hit.confidence <= 1
        assert hit.why in WHY
        assert hit.value


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("piece", PIECES)
def test_text_written_to_hurt(name: str, piece: str) -> None:
    """A window as the engine gives it, and a megabyte in one."""
    finder = finder_of(name)
    assert sum(1 for _ in finder.find((piece * WINDOW)[:WINDOW], EVERYWHERE)) <= WINDOW
    assert sum(1 for _ in finder.find((piece * SIZE)[: SIZE // 8], EVERYWHERE)) <= SIZE


@pytest.mark.corpus
@pytest.mark.skipif(not REDOS.is_dir(), reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize("name", NAMES)
def test_hostile_lines_of_the_corpus(name: str) -> None:
    for path in sorted(REDOS.iterdir()):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert [hit for hit in finder_of(name).find(text, EVERYWHERE) if hit.confidence >= 0.5] == []


def test_folding_keeps_the_places() -> None:
    folded = fold("a\u200b\uff11\xa0\u2013b")
    assert (folded.text, folded.places) == ("a1 -b", [0, 2, 3, 4, 5])
    assert fold("æ\xa01").places is None
    assert fold("\ud800").text == "\ufffd"
