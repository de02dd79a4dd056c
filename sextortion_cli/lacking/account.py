"""An account of the extorter, stated or found: what is known of it, when it was in contact, and what may belong to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sextortion_cli.extract.senders import plain_id
from sextortion_cli.guide.platforms import OTHER, Platform, platform_of
from sextortion_cli.pageone import clockless

FIELDS = ("stable_id", "handle", "display_name", "profile_url", "phone", "email")
#: A service a found phone number or address belongs to when nobody says another.
_BY_KIND = {"phone": "sms", "email": "email"}


@dataclass(frozen=True)
class Span:
    """From when to when, in UTC where it is known, else on the clock of whoever wrote it down. RFC 3339, without a zone for `local`."""

    utc: tuple[str, str] | None = None
    local: tuple[str, str] | None = None

    @classmethod
    def of_seconds(cls, first: int | None, last: int | None, *, utc: bool) -> Span:
        """Return the span of the times of messages."""
        if first is None or last is None:
            return cls()
        ends = (str(clockless(first)), str(clockless(last)))
        return cls(utc=(f"{ends[0]}Z", f"{ends[1]}Z")) if utc else cls(local=ends)

    @classmethod
    def of_stated(cls, when: Mapping[str, Any] | None) -> Span:
        """Return the span of one stated time; one that was not understood has none."""
        if when is None:
            return cls()
        if when.get("utc"):
            return cls(utc=(str(when["utc"]), str(when["utc"])))
        return cls(local=(str(when["local"]), str(when["local"]))) if when.get("local") else cls()

    def joined(self, other: Span) -> Span:
        """Return the span that holds both."""
        return Span(_joined(self.utc, other.utc), _joined(self.local, other.local))


def _joined(one: tuple[str, str] | None, other: tuple[str, str] | None) -> tuple[str, str] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


@dataclass
class Account:
    """
    One account of the extorter.

    Attributes:
        contact_id: As it was stated; None for one that was only found.
        fields: What is known of it, by the fields of a contact.
        stated: The fields that were stated.
        given: Exhibits whose export itself gives the id.
        candidates: What was found that fits and nobody stated: field to (value, exhibits).
        span: When it was in contact.
        records: Exhibits and events the span comes from.
    """

    contact_id: str | None
    service: str | None
    platform: Platform
    fields: dict[str, str]
    first_seen: Mapping[str, Any] | None = None
    stated: frozenset[str] = frozenset()
    given: list[str] = field(default_factory=list)
    candidates: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)
    span: Span = field(default_factory=Span)
    records: list[str] = field(default_factory=list)
    messages: int = 0

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Account:
        """Return a stated account."""
        known = {key: str(entry[key]) for key in FIELDS if entry.get(key)}
        service = entry.get("service")
        kind = service or ("email" if known.get("email") else "sms" if known.get("phone") else None)
        made = cls(str(entry["contact_id"]), service, platform_of(kind), known, entry.get("first_seen"), frozenset(known))
        made.span = Span.of_stated(entry.get("first_seen"))
        if made.span != Span():
            made.records.append(str(entry["contact_id"]))
        return made

    @property
    def key(self) -> str:
        """Return what its requirements are named by: the contact, else the platform and a digest of what was found (never the value)."""
        if self.contact_id:
            return self.contact_id
        return f"{self.platform.id}-{hashlib.sha256(next(iter(self.fields.values()), '').encode()).hexdigest()[:8]}"

    def names(self) -> list[str]:
        """Return every value it can be recognised by, in the form they are compared in."""
        given = [value for key, value in self.fields.items() if key != "profile_url"]
        stable = self.fields.get("stable_id")
        given += [plain_id(self.platform.name, stable)] if stable else []
        return list(dict.fromkeys(_plain(value) for value in given))

    def wrote(self, exhibit: str, stable: str | None, count: int, span: Span) -> None:
        """Take in that an export says it wrote `count` messages, and which id the export gives it."""
        self.messages += count
        self.span = self.span.joined(span)
        self.records.append(exhibit)
        if not stable:
            return
        name = _field_of(stable)
        if self.fields.setdefault(name, stable) == stable:
            self.given.append(exhibit)
        elif (stable, [exhibit]) not in self.candidates.setdefault(name, []):  # another one than was stated: both are shown
            self.candidates[name].append((stable, [exhibit]))

    def happened(self, event: Mapping[str, Any]) -> None:
        """Take in a stated event."""
        span = Span.of_stated(event.get("when"))
        if span != Span():
            self.span = self.span.joined(span)
            self.records.append(str(event["event_id"]))

    def as_json(self) -> dict[str, Any]:
        """Return what is known of it."""
        return {
            "contact_id": self.contact_id,
            "service": self.service or (None if self.platform.id == OTHER else self.platform.name),
            **{key: self.fields.get(key) for key in FIELDS},
            "basis": "stated" if self.contact_id else "found",
        }


def tie(accounts: list[Account], hits: list[tuple[str, Mapping[str, Any]]]) -> None:
    """
    Put what was found beside the accounts it may belong to; what fits none becomes an account of its own. Nothing is merged silently:
    a value that was only found stays a candidate until somebody states it.

    Args:
        hits: Each with the field of a contact it would fill.
    """
    loose: dict[tuple[str, str], Account] = {}
    for name, hit in hits:
        value, service = str(hit["value"]), (hit.get("detail") or {}).get("service")
        if any(_plain(value) in account.names() or account.fields.get(name) == value for account in accounts):
            continue
        platform = platform_of(service or _BY_KIND.get(name))
        key = _plain(value.rstrip("/").rpartition("/")[2] if name == "profile_url" else value)
        account = loose.setdefault((platform.id, key), Account(None, service, platform, {}))
        account.fields.setdefault(name, value)
        account.records += [str(place["exhibit"]) for place in hit.get("occurrences") or () if place.get("exhibit")]
        account.span = account.span.joined(_seen(hit))
    for (_, key), account in loose.items():
        same = [entry for entry in accounts if entry.contact_id and entry.platform.id == account.platform.id]
        owners = [entry for entry in same if key in entry.names()] or [entry for entry in same if not set(entry.fields) - {"display_name"}]
        for owner in owners:
            for name, value in account.fields.items():
                owner.candidates.setdefault(name, []).append((value, account.records))
        if not owners:
            accounts.append(account)


def _field_of(stable: str) -> str:
    """Return the field an export's id of a sender fills: exports of calls and mails name numbers and addresses."""
    if stable[:1] == "+" and stable[1:].isdecimal():
        return "phone"
    return "email" if "@" in stable[1:] and " " not in stable else "stable_id"


def _plain(value: str) -> str:
    return value.casefold().lstrip("@")


def seen(time: Any) -> Span:
    """Return the span of one time of an identifier: RFC 3339 text, in UTC when it ends in ``Z``, or a time as messages have it."""
    if isinstance(time, Mapping):
        return Span.of_stated(time)
    if not isinstance(time, str) or not time:
        return Span()
    return Span(utc=(time, time)) if time.endswith("Z") else Span(local=(time, time))


def _seen(hit: Mapping[str, Any]) -> Span:
    return seen(hit.get("first_seen")).joined(seen(hit.get("last_seen")))
