"""
What a person says of an exhibit's contents, and what follows at once; and destroying our copy on a named authority's word.

The record comes first, and from it on nothing is shown; then the bytes go (`store/removal.py`). Nothing outside the case is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sextortion_cli.errors import UsageProblem
from sextortion_cli.model.session import Session
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout, removal
from sextortion_cli.store.book import Book, Exhibit
from sextortion_cli.store.holding import takes
from sextortion_cli.store.reindex import rebuild
from sextortion_cli.vault import age
from sextortion_cli.words import gettext as _


def planned(book: Book, name: str, *, purge: bool = False) -> dict[str, Any]:
    """
    Return what labelling an exhibit as showing a minor, or purging it, takes away; nothing is written.

    Returns:
        ``exhibit, size, takes[]: exhibit as``; `as` is ``itself``, ``member``, ``same-bytes`` or ``container``.

    Raises:
        UsageProblem: There is no such exhibit; for a purge, the case holds no copy of it.
    """
    exhibit = _named(book, name)
    if purge and exhibit.state == "purged":
        raise UsageProblem(message=_("Our copy of {exhibit} was destroyed before.").format(exhibit=exhibit.id))
    found = takes(book, exhibit, text_too=purge)
    if purge and not any(_has_copy(book.exhibits[entry["exhibit"]]) for entry in found):
        raise UsageProblem(
            message=_("The case holds no copy of {exhibit}: it stayed where it is. Nothing is to be destroyed here.").format(
                exhibit=exhibit.id
            )
        )
    return {"exhibit": exhibit.id, "size": exhibit.size, "takes": found}


def _named(book: Book, name: str) -> Exhibit:
    exhibit = book.exhibit(name)
    if exhibit is None:
        raise UsageProblem(message=_("There is no exhibit with that number. See: casefile items"))
    return exhibit


def _has_copy(exhibit: Exhibit) -> bool:
    return exhibit.copied or exhibit.state == "apart"


def label(path: Path, session: Session, name: str, what: str, why: str | None) -> dict[str, Any]:
    """
    Label an exhibit.

    Args:
        what: ``minor``, ``intimate`` (everyone is certainly over 18) or ``clear`` (it shows nothing intimate after all).

    Returns:
        ``exhibit, label, record, takes``.

    Raises:
        UsageProblem: There is no such exhibit, or it was labelled as showing a minor: that is not taken back here.
        NeedsExtra: What encrypts is not installed; nothing was recorded.
    """
    with cases.writing(path, session) as writer:
        exhibit = _named(writer.book, name)
        if exhibit.hidden and what != "minor":
            raise UsageProblem(
                message=_("{exhibit} was put aside. Only the police decide what happens with it now: ask them.").format(exhibit=exhibit.id)
            )
        taken = planned(writer.book, exhibit.id)["takes"] if what == "minor" and not exhibit.hidden else []
        if taken:
            age.library()  # found out before the record: from then on every writing command finishes this first
        record = writer.record("label", {"exhibit": exhibit.id}, {"label": what, "why": why, "takes": taken})
        writer.commit()
        if taken:
            _take_away(writer)
        return {"exhibit": exhibit.id, "label": what, "record": record["seq"], "takes": taken}


def purge(path: Path, session: Session, name: str, told_by: str, why: str | None) -> dict[str, Any]:
    """
    Destroy our copy of an exhibit, and leave a tombstone: number, size, who, why, on whose word; the digest in a record of its own.

    Raises:
        UsageProblem: As `planned`.
    """
    with cases.writing(path, session) as writer:
        found = planned(writer.book, name, purge=True)
        book, identity = writer.book, found["exhibit"]
        digests = [
            {"exhibit": entry["exhibit"], "sha256": digest}
            for entry in found["takes"]
            if (digest := book.exhibits[entry["exhibit"]].sha256) is not None
        ]
        subject = {"exhibit": identity}
        data = {"size": str(found["size"]), "told_by": told_by, "why": why, "takes": found["takes"]}
        record = writer.record("purged", subject, data)
        writer.record("purged-digest", subject, {"digests": digests, "record": record["seq"]})
        writer.commit()
        _take_away(writer)
        return {**found, "told_by": told_by, "why": why, "record": record["seq"]}


def _take_away(writer: cases.Writer) -> None:
    """Remove what the records ask for, and build the index anew without it."""
    removal.finish(writer)
    rebuild(writer.case, writer.case.path / f"{layout.INDEX}-{writer.session.clock.random_hex(4)}")
