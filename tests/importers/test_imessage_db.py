"""Apple Messages: what only this app's databases have."""

from __future__ import annotations

from pathlib import Path

import pytest

from sextortion_cli.importers.imessage.body import body_of
from sextortion_cli.importers.imessage.edits import summary_of
from sextortion_cli.importers.imessage.message import apple_time
from sextortion_cli.model.reading import Noise

from .databases import archived, compose
from .reading import read

CASES = Path(__file__).parent / "cases" / "imessage_db"


@pytest.mark.parametrize("text", ["", "a", "x" * 127, "x" * 128, "æ" * 70, "🆄 Ↄ", "y" * 40000], ids=len)
def test_a_text_is_read_by_its_length(text: str) -> None:
    """The marks that end a string stand in some texts too (U+1F184, U+2184)."""
    assert body_of(archived(text)) == (text.encode(), False)


def test_a_text_of_any_length_or_damage_is_no_exception() -> None:
    archive = archived("Hei på deg")
    for end in range(len(archive)):
        body_of(archive[:end])
    at = archive.index(b"+")
    for length in range(256):
        body_of(archive[: at + 1] + bytes([length]) + archive[at + 2 :])
    long = archive[: at + 1] + b"\x82" + (70000).to_bytes(4, "little") + b"z" * 70000 + b"\x86\x84"
    assert body_of(long) == (b"z" * 70000, False)


def test_seconds_and_nanoseconds() -> None:
    for value in (469908586, 469908586000000000):
        time = apple_time(value)
        assert time is not None
        assert (time.as_written, time.utc, time.basis) == (str(value), "2015-11-22T18:09:46Z", "explicit")
    assert apple_time(0) is apple_time(None) is None
    assert apple_time(b"x").utc is None  # type: ignore[union-attr]


def test_a_summary_that_is_none_is_no_exception() -> None:
    for data in (b"", b"bplist00", b"bplist00" + b"\xff" * 64, b"<?xml version='1.0'?><plist/>", bytes(1 << 21)):
        assert summary_of(data) is None


def test_a_conversation_can_be_chosen_by_any_of_its_names() -> None:
    data, log = compose(CASES / "el_capitan_seconds.sql")
    for name in ("Turgjengen", "chat1001", "iMessage;+;chat1001"):
        reading = read("imessage-db", data, "chat.db", log, thread=(name,))
        assert [message.row for message in reading.messages] == [3, 6]
        assert reading.codes(Noise) == {"not-selected"}
        assert reading.units.covered == reading.units.total
