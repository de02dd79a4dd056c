"""
What is hidden wherever the case is shown: the values of the victim's own contacts, cards, and what else seems to be the victim's own.

Lists on the screen and papers hide the same, because they ask here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import groupby

from sextortion_cli import identities
from sextortion_cli.casework import list_contacts
from sextortion_cli.extract.passwords import hidden as hidden_passwords
from sextortion_cli.identities import FOUND
from sextortion_cli.model.found import Found
from sextortion_cli.model.session import Session
from sextortion_cli.ownership import Owners
from sextortion_cli.report.masking import METADATA, RECORDS, Mask
from sextortion_cli.store.case import Case

Progress = Callable[[str, int, int], None]


class Writings:
    """
    How what is hidden is written, by place: in an exhibit where a message begins, in a record of the log, in what a file says of itself.

    Sixteen bytes a place: whoever writes the victim's address into every one of a million messages must not make a report fail.
    """

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._places: dict[str, tuple[array[int], array[int]]] = {}

    def note(self, exhibit: str | None, item: Found) -> None:
        """Note where a hit stands. Who sends is hidden by side, and what a contact of the case holds is hidden everywhere."""
        held, _, about = item.field.partition("@")
        kind = held.partition(":")[0]
        if kind in ("event", "note"):
            self._add(RECORDS, item.row or 0, item.raw)
        elif kind == "metadata":
            self._add(f"{METADATA}{about}", 0, item.raw)
        elif exhibit is not None and kind not in ("sender", "contact"):
            self._add(exhibit, item.start, item.raw)

    def _add(self, where: str, start: int, text: str) -> None:
        starts, texts = self._places.setdefault(where, (array("q"), array("q")))
        starts.append(start)
        texts.append(self._texts.setdefault(text, len(self._texts)))

    def take(self, other: Writings) -> None:
        """Take over what another holds."""
        numbers = array("q", (self._texts.setdefault(text, len(self._texts)) for text in other._texts))
        for where, (starts, texts) in other._places.items():
            mine = self._places.setdefault(where, (array("q"), array("q")))
            mine[0].extend(starts)
            mine[1].extend(numbers[text] for text in texts)

    def ordered(self) -> Callable[[str, int], list[str]]:
        """Return what tells the writings at a place, longest first."""
        names = list(self._texts)
        for where, (starts, texts) in self._places.items():
            order = array("q", sorted(range(len(starts)), key=starts.__getitem__))
            self._places[where] = array("q", (starts[at] for at in order)), array("q", (texts[at] for at in order))

        def at(where: str, start: int) -> list[str]:
            starts, texts = self._places.get(where, _NOWHERE)
            found = {names[texts[place]] for place in range(bisect_left(starts, start), bisect_right(starts, start))}
            return sorted(found, key=lambda item: (-len(item), item))

        return at


_NOWHERE: tuple[array[int], array[int]] = (array("q"), array("q"))


def mask_of(
    case: Case,
    session: Session | None = None,
    *,
    unmask: bool = False,
    progress: Progress | None = None,
    also: frozenset[str] = frozenset(),
) -> Mask:
    """Return what hides in a case; with `unmask` nothing. `also` are contacts that are hidden like the victim's own."""
    accounts = list(list_contacts(case))
    hidden = None if unmask else _writings(case, session, progress).ordered()
    return Mask(accounts, on=not unmask, secrets=hidden_passwords, hidden=hidden, also=also)


def _writings(case: Case, session: Session | None, progress: Progress | None) -> Writings:
    """Return where cards stand, and what seems to be the victim's own. Nothing but the place and the writing is kept of a hit."""
    found = Writings()
    with identities.opened(case, (), session, progress) as hits:
        owners = Owners(case.book, identities.speakers(case))
        hits.state(owners.stated())
        for (kind, value), group in groupby(hits.in_order(), key=lambda row: row[:2]):
            verdict, most = owners.verdict(kind, value), 0.0
            places = Writings()
            for _kind, _value, exhibit, item in group:
                verdict.hear(exhibit, item)
                most = max(most, item.confidence)
                places.note(exhibit, item)
            owner = verdict.said()
            if (most >= FOUND and kind == "card") or (owner.side == "victim" and (most >= FOUND or owner.basis == "stated")):
                found.take(places)
    return found
