"""The gate: the whole table, cell by cell, and the one direction in which a doubt may fall."""

from __future__ import annotations

from itertools import product

import pytest

from sextortion_cli.model.gate import decide

KINDS = (None, "conversation", "profile", "payment", "picture", "video", "lure", "other")
SHOWS = (None, "nothing-intimate", "adults-only", "maybe-minor", "unknown")


@pytest.mark.parametrize("minor", ["yes", "no", "unknown"])
@pytest.mark.parametrize("shows", SHOWS)
def test_every_cell(shows: str | None, minor: str) -> None:
    for kind, loose, asked in product(KINDS, (True, False), (True, False)):
        found = decide(shows=shows, kind=kind, minor=minor, loose_image=loose, asked_by_reference=asked)  # type: ignore[arg-type]
        if asked or shows in ("maybe-minor", "unknown"):
            expected = False
        elif shows == "nothing-intimate":
            expected = True
        elif shows == "adults-only":
            expected = minor != "yes"
        elif loose and kind in ("conversation", "profile", "payment"):
            expected = True
        else:
            expected = minor == "no"
        assert found.copy == expected
        assert found.rule


def test_a_doubt_never_copies() -> None:
    for kind, loose, minor in product(KINDS, (True, False), ("yes", "no", "unknown")):
        assert not decide(shows="maybe-minor", kind=kind, minor=minor, loose_image=loose).copy  # type: ignore[arg-type]
        assert not decide(shows="unknown", kind=kind, minor=minor, loose_image=loose).copy  # type: ignore[arg-type]
