"""What a case knows, folded for the question what is missing: accounts of the extorter, events, devices, exhibits, identifiers."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sextortion_cli import identities
from sextortion_cli.casework import list_contacts, list_statements
from sextortion_cli.exportfacts import FactFilter, facts
from sextortion_cli.guide.platforms import OTHER, platform_of
from sextortion_cli.items import list_items
from sextortion_cli.lacking.account import Account, Span, tie
from sextortion_cli.lookup import service_key
from sextortion_cli.model.identifier import PAYMENT
from sextortion_cli.model.session import Session
from sextortion_cli.store.book import Exhibit
from sextortion_cli.store.case import Case
from sextortion_cli.store.reindex import index_of

#: At 0.5 and above a hit counts as found (`model/identifier.py`).
_FOUND = 0.5
_MOST = 500
_FIELD = {"handle": "handle", "profile": "profile_url", "platform-id": "stable_id", "phone": "phone", "email": "email"}
_MAIL = ("mail-eml", "mail-mbox", "mail-msg")
#: Facts of mails and captures that name an address of somebody else.
_ADDRESS_FACTS = frozenset({"mail-origin", "mail-hop", "peer-candidate"})


@dataclass
class Known:
    """
    What is known.

    Attributes:
        accounts: Accounts of the extorter, stated or found.
        sides: How many accounts of each side were stated.
        events: Stated events, by kind.
        devices, items: As their lists give them.
        services: Which platforms an exhibit is stated or read to come from, by exhibit; none where nobody and nothing says it.
        identifiers: How many of each (kind, side) were found.
        payments: Identifiers that say where money goes, not the victim's, at most 500.
        addresses: IP addresses that are not the victim's, at most 500.
        address_facts: How many facts of mails and captures name an address.
        mails: Exhibits that are mails.
        timezone, country, minor: As the case was opened.
    """

    accounts: list[Account] = field(default_factory=list)
    sides: Counter[str] = field(default_factory=Counter)
    events: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    devices: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    services: dict[str, frozenset[str]] = field(default_factory=dict)
    identifiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    payments: list[dict[str, Any]] = field(default_factory=list)
    addresses: list[dict[str, Any]] = field(default_factory=list)
    address_facts: int = 0
    mails: list[str] = field(default_factory=list)
    timezone: str | None = None
    country: str | None = None
    minor: str = "unknown"

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Return the events of these kinds, in the order of the log."""
        return [event for kind in kinds for event in self.events.get(kind, [])]

    def kinds(self, *kinds: str) -> list[str]:
        """Return the numbers of the exhibits stated to be of these kinds."""
        return [item["exhibit"] for item in self.items if item["kind"] in kinds]

    def count(self, kinds: Iterable[str], *sides: str) -> int:
        """Return how many identifiers of these kinds and sides were found."""
        return sum(self.identifiers[(kind, side)] for kind in kinds for side in sides)


def known(case: Case, identifiers: Iterable[Mapping[str, Any]] | None = None, session: Session | None = None) -> Known:
    """
    Fold a case.

    Args:
        identifiers: What was found, in the shape of `cli.md`; by default they are looked for.
    """
    settings = case.book.settings
    found = Known(timezone=settings.get("timezone"), country=settings.get("country"), minor=settings.get("minor") or "unknown")
    found.items = list(list_items(case.book))
    found.services = {exhibit.id: _services(case, exhibit) for exhibit in case.book.exhibits.values()}
    found.devices = list(list_statements(case, "device"))
    for event in list_statements(case, "event"):
        found.events.setdefault(event["kind"], []).append(event)
    contacts = list(list_contacts(case))
    found.sides = Counter(entry["side"] for entry in contacts)
    found.accounts = [Account.of(entry) for entry in contacts if entry["side"] == "extorter"]
    _senders(case, found)
    _events(found)
    found.mails = [item["exhibit"] for item in found.items if item["importer"] in _MAIL]
    found.address_facts = _address_facts(case, found.items)
    _identifiers(found, identities.identifiers(case, session=session) if identifiers is None else identifiers)
    return found


def _services(case: Case, exhibit: Exhibit) -> frozenset[str]:
    """Return the platforms an exhibit's reading names, and those the person named with `--app`."""
    started = case.book.resumed.get(exhibit.data.get("resumed", -1)) or case.book.imports.get(exhibit.data.get("import", -1))
    app = None if started is None else (started["data"].get("stated") or {}).get("app")
    read = exhibit.reads[-1]["data"].get("service") if exhibit.reads else None
    stated = frozenset() if app is None else _platforms(str(app))
    return stated | (_platforms(str(read)) - {OTHER} if read else frozenset())  # a reader of any text or table names no service


@functools.cache
def _platforms(service: str) -> frozenset[str]:
    """Return the platforms a name stands for: ``Messenger / Instagram`` is two."""
    return frozenset(platform_of(part).id for part in service.replace(",", "/").split("/"))


def _senders(case: Case, found: Known) -> None:
    """Tie senders of read conversations to the accounts they are stated to be: what the export says of them, and from when to when."""
    if not found.accounts:
        return
    by_value: dict[tuple[str, str], Account] = {}
    for account in found.accounts:
        for value in account.names():
            by_value[(service_key(account.service), value)] = account
    services = {item.id: (item.reads[-1]["data"].get("service") if item.reads else None) for item in case.book.exhibits.values()}
    with index_of(case) as index:
        zoned = {exhibit: count == sure for exhibit, count, _, _, sure in index.spans()}
        for exhibit, name, _, stable, count, first, last in index.senders():
            if not case.book.is_shown(exhibit):
                continue
            keys = [value.casefold().lstrip("@") for value in (stable, name) if value]
            hits = (by_value.get((service, key)) for key in keys for service in (service_key(services.get(exhibit)), ""))
            owner = next((hit for hit in hits if hit is not None), None)
            if owner is not None:
                owner.wrote(exhibit, stable, count, Span.of_seconds(first, last, utc=zoned.get(exhibit, False)))


def _events(found: Known) -> None:
    """Tie stated events to accounts: by their number, else by the service where it has one account."""
    by_id: dict[str | None, Account] = {account.contact_id: account for account in found.accounts}
    by_platform: dict[str, list[Account]] = {}
    for account in found.accounts:
        by_platform.setdefault(account.platform.id, []).append(account)
    for events in found.events.values():
        for event in events:
            owner = by_id.get(event.get("contact"))
            if owner is None and event.get("contact") is None and event.get("service"):
                same = by_platform.get(platform_of(event["service"]).id, [])
                owner = same[0] if len(same) == 1 else None
            if owner is not None:
                owner.happened(event)


def _address_facts(case: Case, items: list[dict[str, Any]]) -> int:
    count = 0
    for item in items:
        if item["importer"] in (*_MAIL, "pcap"):
            count += sum(fact["kind"] in _ADDRESS_FACTS for fact in facts(case, FactFilter(item["exhibit"])))
    return count


def _identifiers(found: Known, hits: Iterable[Mapping[str, Any]]) -> None:
    """Count what was found, and keep what speaks of accounts, payments and addresses of the other side."""
    theirs: list[Mapping[str, Any]] = []
    for hit in hits:
        side, kind = str(hit["owner"]), str(hit["kind"])
        if float(hit.get("confidence") or 0) < _FOUND:
            continue
        found.identifiers[(kind, side)] += 1
        if kind in _FIELD and side == "extorter" and len(theirs) < _MOST:
            theirs.append(hit)
        elif kind in PAYMENT and side != "victim" and len(found.payments) < _MOST:
            found.payments.append(dict(hit))
        elif kind in ("ipv4", "ipv6") and side not in ("victim", "infrastructure") and len(found.addresses) < _MOST:
            found.addresses.append(dict(hit))
    tie(found.accounts, [(_FIELD[hit["kind"]], hit) for hit in theirs])
