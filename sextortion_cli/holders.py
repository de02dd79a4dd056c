"""
Which accounts of the case may have one holder: suggestions, each with its reasons. Only a person can confirm one, and nothing is merged.

Reasons, strongest first: an account wrote down what another contact is; two contacts have the same number, address or page; accounts gave
the same place to pay to; two contacts have the same user name on different services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sextortion_cli import identities
from sextortion_cli.casework import list_contacts
from sextortion_cli.errors import UsageProblem
from sextortion_cli.identitymask import masked
from sextortion_cli.model.identifier import PAYMENT
from sextortion_cli.model.session import Session
from sextortion_cli.report.masking import Mask
from sextortion_cli.store import case as cases
from sextortion_cli.store.case import Case
from sextortion_cli.words import gettext as _

_ORDER = ("wrote", "same-value", "same-payee", "same-name")
_REACHING = frozenset(("phone", "email", "profile", "platform-id"))
Pair = tuple[str, str]


def suggestions(case: Case, session: Session | None = None, *, unmask: bool = False) -> Iterator[dict[str, Any]]:
    """
    Yield every pair of contacts of one side that something links, in the order of the case, with what a person said of it.

    The victim's own values and cards are hidden unless `unmask` is given.
    """
    mask = Mask(list_contacts(case), on=not unmask)
    sides = {str(item["subject"]["contact_id"]): str(item["data"]["side"]) for item in case.book.current("contact")}
    reasons: dict[Pair, list[dict[str, Any]]] = {}
    for entry in identities.identifiers(case, identities.IdentifierFilter(), session):
        shown = entry if unmask else masked(entry)
        said: set[tuple[Pair, str]] = set()
        for pair, why, place in _linked(shown):
            if sides.get(pair[0]) == sides.get(pair[1]) is not None and (pair, why) not in said:
                said.add((pair, why))
                reason = {"why": why, "kind": entry["kind"], "value": shown["value"], "occurrence": place}
                reasons.setdefault(pair, []).append(mask.deep(reason))
    stated_of = _said(case)
    for pair in sorted({*reasons, *stated_of}):
        found = sorted(reasons.get(pair, []), key=lambda item: (_ORDER.index(item["why"]), item["kind"], item["value"]))
        stated = stated_of.get(pair)
        status = "suggested" if stated is None else "confirmed" if stated["same"] else "rejected"
        yield {
            "contacts": list(pair),
            "status": status,
            "reasons": found,
            "said_why": None if stated is None else mask.text(stated.get("why")),
            "record": None if stated is None else stated["record"],
        }


def _linked(entry: Mapping[str, Any]) -> Iterator[tuple[Pair, str, Mapping[str, Any]]]:
    """Yield which contacts one identifier links, why, and the place that shows it."""
    has: dict[str, Mapping[str, Any]] = {}
    wrote: dict[str, Mapping[str, Any]] = {}
    for item in entry["occurrences"]:
        kind, _colon, identity = item["field"].partition(":")
        if kind == "contact":
            has.setdefault(identity, item)
        elif item["sender"] is not None and item["sender"].get("contact") and item["field"] != "sender":
            wrote.setdefault(item["sender"]["contact"], item)
    for writer, place in wrote.items():
        for holder in has:
            if holder != writer:
                yield _pair(writer, holder), "wrote", place
    for one, two in combinations(has, 2):
        yield _pair(one, two), "same-value" if entry["kind"] in _REACHING else "same-name", has[two]
    if entry["kind"] in PAYMENT:
        for one, two in combinations(wrote, 2):
            yield _pair(one, two), "same-payee", wrote[two]


def _pair(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def _said(case: Case) -> dict[Pair, dict[str, Any]]:
    """Return what people said of pairs; the latest counts."""
    found: dict[Pair, dict[str, Any]] = {}
    for record in case.book.current("holder"):
        one, two = record["data"]["contacts"]
        if not case.book.is_withdrawn(one) and not case.book.is_withdrawn(two):
            found[_pair(one, two)] = {**record["data"], "record": record["seq"]}
    return found


def state(path: Path, session: Session, contacts: tuple[str, str], *, same: bool, why: str | None) -> dict[str, Any]:
    """
    Record that two contacts have one holder, or have not.

    Raises:
        UsageProblem: A contact is not known or taken back, both are the same, or they are of two sides and said to have one holder.
    """
    from sextortion_cli.casework import add_holder, show_contact

    case = cases.open_case(path)
    shown = [show_contact(case, item) for item in contacts]
    if any(item["withdrawn"] for item in shown):
        raise UsageProblem(message=_("That was taken back. Log it as a new one."))
    one, two = (item["contact_id"] for item in shown)
    if one == two:
        raise UsageProblem(message=_("That is one contact; name two."))
    if same and shown[0]["side"] != shown[1]["side"]:
        raise UsageProblem(message=_("Those are accounts of two sides. Is one of them logged wrongly? See: casefile contact show"))
    return add_holder(path, session, contacts=list(_pair(one, two)), same=same, why=why)
