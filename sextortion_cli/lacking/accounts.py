"""Accounts of the extorter, stated or found, and what the provider of each needs and nobody has stated yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sextortion_cli.guide.platforms import MAIL_SOURCE, OTHER, PROFILE_SCREENSHOT, Need, Platform, platform_of
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.pageone import clockless
from sextortion_cli.words import N_

if TYPE_CHECKING:
    from sextortion_cli.lacking.known import Known

FIELDS = ("stable_id", "handle", "display_name", "profile_url", "phone", "email")
_OPTION = {"stable_id": "--id", "handle": "--handle", "profile_url": "--url", "phone": "--phone", "email": "--email"}
_PLACE = {"stable_id": "ID", "handle": "NAME", "profile_url": "ADDRESS", "phone": "NUMBER", "email": "ADDRESS"}
#: A service a found phone number or address belongs to when nobody says another.
_BY_KIND = {"phone": "sms", "email": "email"}
_CANDIDATES = 3
_PLAIN = "._:@+-"
_TOO_LONG = 64


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
        return [value.casefold().lstrip("@") for key, value in self.fields.items() if key != "profile_url"]

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


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield, for each account, everything its provider asks for, and the time of contact."""
    for account in known.accounts:
        for need in account.platform.needs:
            yield _needed(account, need, known, tongue)
        yield _time(account, known, tongue)
        if account.contact_id is None:
            yield _unstated(account, tongue)


def _needed(account: Account, need: Need, known: Known, tongue: Tongue) -> Requirement:
    status, why, extra = _state(account, need, known, tongue)
    how = [tongue.of(need.how)]
    if not need.is_sure:
        how.append(tongue.say(_NOT_CHECKED))
    notices = account.platform.facts["notices"].text
    if notices is not None:
        how.append(tongue.of(notices))
    goes = account.platform.facts["disappears"]
    return Requirement(
        f"{account.key}:{need.id}", "account", _titled(account, tongue.of(need.title)), status, why,
        " ".join([*how, extra] if status != "done" else [tongue.say(_NOTHING_TO_DO)]),
        need.weight, account.platform.id, account.as_json(), goes.days, None if goes.text is None else tongue.of(goes.text), (need.source,),
    )  # fmt: skip


def _titled(account: Account, title: str) -> str:
    return f"{title} ({account.contact_id})" if account.contact_id else title


def _state(account: Account, need: Need, known: Known, tongue: Tongue) -> tuple[Status, str, str]:
    """Return how a need stands, why, and the command that settles it."""
    if need.id == PROFILE_SCREENSHOT:
        held = known.kinds("profile")
        if held:
            return "done", tongue.say(_SCREENSHOTS).format(records=named(held)), ""
        return "missing", tongue.say(_NO_SCREENSHOT), "casefile import PATH --kind profile --shows nothing-intimate"
    if need.id == MAIL_SOURCE:
        if known.mails:
            return "done", tongue.say(_MAILS).format(records=named(known.mails)), ""
        return "missing", tongue.say(_NO_MAIL), "casefile import MAIL.eml"
    there = [name for name in need.fields if account.fields.get(name)]
    if there and account.contact_id is None:
        return "done", tongue.say(_FOUND_IN).format(records=named(account.records)), ""
    if there:
        if account.given and not account.stated & set(there):
            return "done", tongue.say(_GIVEN).format(records=named(account.given)), ""
        return "done", tongue.say(_STATED_IN).format(record=account.contact_id), ""
    name = need.fields[0]
    command = f"casefile contact add --contact {account.contact_id} {_OPTION[name]} {_PLACE[name]}" if account.contact_id else ""
    for candidate in need.fields:
        if candidate in account.candidates:
            return _candidate(account, candidate, tongue)
    if account.contact_id is None:
        return "missing", tongue.say(_NOT_FOUND_BESIDE).format(records=named(account.records)), ""
    return "missing", tongue.say(_NOT_STATED).format(record=account.contact_id), command


def _candidate(account: Account, name: str, tongue: Tongue) -> tuple[Status, str, str]:
    """Say that something was found that may be it; only one that holds nothing a shell could act on stands in the command."""
    found = account.candidates[name]
    values = [value for value, _ in found]
    value = values[0] if len(values) == 1 and name != "profile_url" and _is_plain(values[0]) else _PLACE[name]
    why = tongue.say(_CANDIDATE).format(
        count=len(values), records=named(record for _, records in found[:_CANDIDATES] for record in records)
    )
    return "partly", why, tongue.say(_IF_IT_IS) + f" casefile contact add --contact {account.contact_id} {_OPTION[name]} {value}"


def _is_plain(value: str) -> bool:
    """Tell whether a value can stand in a command as it is."""
    return (
        len(value) <= _TOO_LONG
        and value.isascii()
        and value[:1] not in ("-", "")
        and all(letter.isalnum() or letter in _PLAIN for letter in value)
    )


def _time(account: Account, known: Known, tongue: Tongue) -> Requirement:
    """Say whether the provider can be told from when to when, in UTC."""
    identity = account.contact_id or "C-001"
    status: Status
    if account.span.utc is not None:
        status, why, how = "done", tongue.say(_UTC).format(records=named(account.records)), tongue.say(_NOTHING_TO_DO)
    elif account.span.local is not None:
        exhibit = next((record for record in account.records if record in {item["exhibit"] for item in known.items}), None)
        status, why = "partly", tongue.say(_LOCAL).format(records=named(account.records))
        how = tongue.say(_SAY_ZONE) + (f" casefile reread {exhibit} --timezone Europe/Oslo" if exhibit else "")
        if exhibit is None:
            how = f"{tongue.say(_SAY_TIME)} casefile event add first-contact --when '2026-03-12 21:05 +0100' --contact {identity}"
    else:
        status, why = "missing", tongue.say(_NO_TIME)
        how = f"{tongue.say(_SAY_TIME)} casefile event add first-contact --when '2026-03-12 21:05' --contact {identity}"
    return Requirement(
        f"{account.key}:time", "account", _titled(account, tongue.say(_PERIOD).format(platform=account.platform.name)), status, why, how, 70,
        account.platform.id, account.as_json(), None, None, (account.platform.facts["identify"].source,),
    )  # fmt: skip


def _unstated(account: Account, tongue: Tongue) -> Requirement:
    """Say that an account was only found: the person says whose it is."""
    name, value = next(iter(account.fields.items()))
    shown = value if name != "profile_url" and _is_plain(value) else _PLACE[name]
    service = account.platform.name.partition(" /")[0].partition(" (")[0]
    said = f' --service "{service}"' if account.platform.id != OTHER else ""
    return Requirement(
        f"{account.key}:stated", "account", tongue.say(_WHOSE).format(platform=account.platform.name), "partly",
        tongue.say(_ONLY_FOUND).format(records=named(account.records)),
        f"{tongue.say(_IF_THEIRS)} casefile contact add --side extorter{said} {_OPTION[name]} {shown}",
        60, account.platform.id, account.as_json(),
    )  # fmt: skip


_NOT_CHECKED = N_("(Where it stands in the app may have changed.)")
_NOTHING_TO_DO = N_("Nothing more to do.")
_SCREENSHOTS = N_("There are screenshots of a profile: {records}. They do not say of which account.")
_NO_SCREENSHOT = N_("No exhibit is stated to be a screenshot of a profile.")
_MAILS = N_("The mail itself is there: {records}.")
_NO_MAIL = N_("No mail was imported.")
_FOUND_IN = N_("Found in {records}.")
_GIVEN = N_("The service itself gives it in the export {records}.")
_STATED_IN = N_("Stated in {record}.")
_NOT_STATED = N_("Not stated in {record}, and not found in what was read.")
_NOT_FOUND_BESIDE = N_("Not found beside the account in {records}.")
_CANDIDATE = N_("Not stated; {count} found that may be it, in {records}.")
_IF_IT_IS = N_("If it is the same account:")
_PERIOD = N_("From when to when there was contact on {platform}, in UTC")
_UTC = N_("Times with a known zone in {records}.")
_LOCAL = N_("There are times in {records}, but nobody has said in which zone.")
_SAY_ZONE = N_("Say which zone the phone showed:")
_SAY_TIME = N_("Say when it began, as well as you remember:")
_NO_TIME = N_("No message and no event is tied to this account.")
_WHOSE = N_("Whose the account on {platform} is")
_ONLY_FOUND = N_("It was found in {records}; nobody has stated it.")
_IF_THEIRS = N_("If the other side used it:")
