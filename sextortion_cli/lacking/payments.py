"""What may trace or recall money: each stated payment and demand, and each way of paying that was only found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.guide.platforms import OTHER, Rail, rail_of
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.words import N_

#: Field of an event, how much the police can do with it, whether a demand has it too.
_NEEDS = (
    ("reference", 100, False),
    ("destination", 95, True),
    ("amount", 60, True),
    ("when", 70, True),
    ("method", 90, True),
    ("exhibit", 65, False),
)
#: Money can be stopped for hours, rarely for days.
_AT_ONCE = 0


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield what each payment and demand still lacks, and ask about every way of paying that was found without one."""
    told = set()
    for event in known.of("payment", "demand"):
        rail = rail_of(event.get("method"), _kind_of(event, known))
        told.add(rail.id)
        for field, weight, also_demanded in _NEEDS:
            if also_demanded or event["kind"] == "payment":
                yield _needed(event, rail, field, weight, tongue)
    for rail, hits in rails_found(known):
        if rail.id not in told:
            yield _was_it_paid(rail, hits, tongue)


def rails_found(known: Known) -> list[tuple[Rail, list[dict[str, Any]]]]:
    """Return what was found that says where money goes, by the way of paying."""
    by_id: dict[str, tuple[Rail, list[dict[str, Any]]]] = {}
    for hit in known.payments:
        detail = hit.get("detail") or {}
        rail = rail_of(detail.get("rail") or detail.get("service"), hit["kind"])
        by_id.setdefault(rail.id, (rail, []))[1].append(hit)
    return list(by_id.values())


def _kind_of(event: Mapping[str, Any], known: Known) -> str | None:
    """Return the kind of identifier the stated destination or reference was found to be."""
    said = {str(event.get(key) or "").replace(" ", "").replace(".", "").casefold() for key in ("destination", "reference")} - {""}
    return next((hit["kind"] for hit in known.payments if str(hit["value"]).casefold() in said), None)


def _needed(event: Mapping[str, Any], rail: Rail, field: str, weight: int, tongue: Tongue) -> Requirement:
    identity, say = str(event["event_id"]), tongue.say
    status: Status = "done" if event.get(field) else "missing"
    title = (
        tongue.say(rail.reference)
        if field == "reference"
        else tongue.say(rail.destination)
        if field == "destination"
        else say(_TITLE[field])
    )
    if status == "done":
        why, how = say(_STATED).format(record=identity), say(_NOTHING)
    else:
        why = say(_NOT_STATED).format(record=identity)
        way = say(_IMPORT) + " casefile import PATH --kind payment" if field == "exhibit" else say(_LOG_AGAIN).format(record=identity)
        how = f"{tongue.say(rail.where)} {way}"
    paid = event["kind"] == "payment"
    goes = tongue.say(rail.act) if paid and rail.act is not None else None
    return Requirement(
        f"{identity}:{field}", "payment", f"{title} ({identity})", status, why, how, weight if paid else weight - 30, rail.id, None,
        _AT_ONCE if goes is not None else None, goes, (rail.source,),
    )  # fmt: skip


def _was_it_paid(rail: Rail, hits: list[dict[str, Any]], tongue: Tongue) -> Requirement:
    exhibits = named(str(place["exhibit"]) for hit in hits for place in hit.get("occurrences") or () if place.get("exhibit"))
    return Requirement(
        f"rail:{rail.id}", "payment", tongue.say(_PAID_HERE).format(rail=tongue.say(rail.name)), "not-known",
        tongue.say(_ONLY_FOUND).format(count=len(hits), records=exhibits),
        tongue.say(_IF_PAID) + f" casefile event add payment --when TIME --method {rail.id if rail.id != OTHER else 'WAY'} --destination TO --reference NUMBER",
        60, rail.id, None, None, None, (rail.source,),
    )  # fmt: skip


_TITLE = {
    "amount": N_("Amount and currency, as it was stated"),
    "when": N_("When it was sent or asked for"),
    "method": N_("Which way to pay it was"),
    "exhibit": N_("The receipt, as an exhibit"),
}
_STATED = N_("Stated in {record}.")
_NOTHING = N_("Nothing more to do.")
_NOT_STATED = N_("Not stated in {record}.")
_IMPORT = N_("Then import it:")
_LOG_AGAIN = N_("Log the whole event again with it, and take {record} back with: casefile withdraw {record} --why WHY")
_PAID_HERE = N_("Was anything paid here: {rail}")
_ONLY_FOUND = N_("{count} found in {records}; no payment is stated.")
_IF_PAID = N_("If something was paid, call the bank or the service now, and log it:")
