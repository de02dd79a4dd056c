"""
The sheet for the officer: per provider the exact identifiers, the range of time, how to ask, how long it is kept.

Deterministic: the same case gives the same sheet on any day. When a stated request to keep runs out is a date that follows from the case
alone, so it always stands there; how many days are left depends on today, so it stands there only for a day that is given (``at``). The
log's last record is no substitute for today: looking at a case would move it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sextortion_cli.casework import list_contacts
from sextortion_cli.guide.platforms import FACTS, Fact, Platform, Rail, law, platform_of, rail_of
from sextortion_cli.guide.services import answers
from sextortion_cli.lacking import accounts
from sextortion_cli.lacking.account import FIELDS, Account, Span
from sextortion_cli.lacking.known import Known, known
from sextortion_cli.lacking.payments import rails_found
from sextortion_cli.lacking.readiness import masked
from sextortion_cli.lacking.requirement import UNKNOWN, Tongue
from sextortion_cli.model.identifierwords import SENTENCE
from sextortion_cli.report.masking import PERSONAL, Mask
from sextortion_cli.store.case import Case

_LAST = 10**6
_SHOWN = 50
_CARD = 4


def sheet(
    case: Case, language: str, *, at: date | None = None, identifiers: Iterable[Mapping[str, Any]] | None = None, unmask: bool = False
) -> dict[str, Any]:
    """
    Return the sheet: ``case``, ``sentence``, ``law``, ``at``, ``providers[]``, ``payments[]``, what disappears first in front.

    Args:
        at: The day days left are counted from.
    """
    found, tongue = known(case, identifiers), Tongue(language)
    mask = Mask(list_contacts(case), on=not unmask)
    rule = law()
    by_platform: dict[str, list[Account]] = {}
    for account in found.accounts:
        by_platform.setdefault(account.platform.id, []).append(account)
    providers = [_provider(group, found, tongue, mask, at) for group in by_platform.values()]
    return {
        "case": {"case_id": case.case_id, "fingerprint": case.fingerprint(), "timezone": found.timezone},
        "sentence": tongue.say(SENTENCE),
        "law": {"text": tongue.say(rule.text), "days": rule.days, "sources": [rule.source.as_json()]},
        "at": None if at is None else at.isoformat(),
        "providers": sorted(providers, key=_urgency),
        "payments": _payments(found, tongue, mask),
    }


def _urgency(provider: Mapping[str, Any]) -> tuple[int, int, str]:
    """Return what puts first: what disappears first; then where nobody has asked yet."""
    days = provider["disappears"]["days"]
    return (_LAST if days is None else days, len(provider["asked"]), provider["platform"])


def _provider(group: list[Account], found: Known, tongue: Tongue, mask: Mask, at: date | None) -> dict[str, Any]:
    platform = group[0].platform
    facts = {kind: _fact(platform.facts[kind], tongue) for kind in FACTS} | {"notices": _notices(platform, tongue)}
    keeps = platform.facts["keeps"].days  # never taken from the law: whether it binds a provider, the officer decides
    return {
        "platform": platform.id,
        "name": tongue.say(platform.name),
        "provider": tongue.say(platform.provider),
        "accounts": [_account(account, found, tongue, mask) for account in group],
        **facts,
        "asked": [_asked(event, keeps, at) for event in found.of("preservation-asked") if _concerns(event, platform, group)],
        "unknown": [kind for kind in FACTS if not facts[kind]["is_known"]],
    }


def _fact(fact: Fact, tongue: Tongue) -> dict[str, Any]:
    return {"text": tongue.fact(fact), "is_known": fact.text is not None, "days": fact.days, "sources": [fact.source.as_json()]}


def _notices(platform: Platform, tongue: Tongue) -> dict[str, Any]:
    """Return whether the other side learns of a screenshot, as `guide capture` says it: one fact, one place."""
    told = answers(platform.id)["screenshot"]
    text = UNKNOWN if told.text is None else told.text
    return {"text": tongue.say(text), "is_known": told.text is not None, "days": None, "sources": [told.source.as_json()]}


def _account(account: Account, found: Known, tongue: Tongue, mask: Mask) -> dict[str, Any]:
    one = Known(accounts=[account], items=found.items, mails=found.mails)
    lacking = [masked(item, mask) for item in accounts.requirements(one, tongue) if item.is_open]
    shown = {key: mask.text(value) if key in PERSONAL else value for key, value in account.as_json().items()}
    return {
        **shown,
        "candidates": [
            {"field": name, "value": mask.text(value), "exhibits": sorted(set(records))}
            for name in FIELDS
            for value, records in account.candidates.get(name, ())[:_SHOWN]
        ],
        "contact": _span(account.span, account, found.timezone),
        "messages": account.messages,
        "missing": [{"id": item.id, "title": item.title} for item in lacking],
    }


def _span(span: Span, account: Account, timezone: str | None) -> dict[str, Any]:
    """Return from when to when, in UTC where it is known; times of an unknown zone stand apart, with what was said of the phone's zone."""
    return {
        "first_utc": span.utc and span.utc[0],
        "last_utc": span.utc and span.utc[1],
        "first_local": span.local and span.local[0],
        "last_local": span.local and span.local[1],
        "zone": None if span.local is None else timezone,
        "records": list(dict.fromkeys(account.records))[:_SHOWN],
    }


def _concerns(event: Mapping[str, Any], platform: Platform, group: list[Account]) -> bool:
    if event.get("contact"):
        return event["contact"] in {account.contact_id for account in group}
    return bool(event.get("service")) and platform_of(event["service"]).id == platform.id


def _asked(event: Mapping[str, Any], days: int | None, at: date | None) -> dict[str, Any]:
    """Return a stated request to keep, the day it runs out if the provider says for how long it keeps, and the days left on a given day."""
    when = event.get("when") or {}
    day = (when.get("utc") or when.get("local") or "")[:10]
    ends = date.fromisoformat(day) + timedelta(days=days) if day and days is not None else None
    return {
        "event_id": event["event_id"],
        "when": event.get("when"),
        "reference": event.get("reference"),
        "ends": None if ends is None else ends.isoformat(),
        "days_left": None if ends is None or at is None else (ends - at).days,
    }


def _payments(found: Known, tongue: Tongue, mask: Mask) -> list[dict[str, Any]]:
    """Return every stated payment and demand, and what was found, by the way of paying."""
    by_id: dict[str, dict[str, Any]] = {}
    told: list[tuple[Rail, dict[str, Any] | None, list[dict[str, Any]]]] = []
    told += [(rail_of(event.get("method")), event, []) for event in found.of("payment", "demand")]
    told += [(rail, None, hits) for rail, hits in rails_found(found)]
    for rail, event, hits in told:
        entry = by_id.setdefault(
            rail.id,
            {
                "rail": rail.id,
                "name": tongue.say(rail.name),
                "act": tongue.say(UNKNOWN) if rail.act is None else tongue.say(rail.act),
                "sources": [rail.source.as_json()],
                "stated": [],
                "found": [],
            },
        )
        if event is not None:
            keys = ("event_id", "kind", "when", "amount", "currency", "destination", "reference", "contact", "exhibit")
            entry["stated"].append({key: mask.deep(event.get(key)) for key in keys})
        for hit in hits[:_SHOWN]:
            entry["found"].append(_found(hit, mask))
    return sorted(by_id.values(), key=lambda entry: (not any(event["kind"] == "payment" for event in entry["stated"]), entry["rail"]))


def _found(hit: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    """Return something that says where money goes; of a card only the last digits, since nobody needs the rest from us."""
    value = str(hit["value"])
    return {
        "kind": hit["kind"],
        "value": f"•••• {value[-_CARD:]}" if hit["kind"] == "card" else mask.text(value),
        "role": hit.get("role") or "unknown",
        "exhibits": sorted({str(place["exhibit"]) for place in hit.get("occurrences") or () if place.get("exhibit")}),
    }
