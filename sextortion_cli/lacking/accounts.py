"""What the provider of each account needs to find it, and nobody has stated yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sextortion_cli.guide.platforms import MAIL_SOURCE, OTHER, PROFILE_SCREENSHOT, Need
from sextortion_cli.guide.services import answers
from sextortion_cli.lacking.account import Account
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.words import N_

if TYPE_CHECKING:
    from sextortion_cli.lacking.known import Known

_OPTION = {"stable_id": "--id", "handle": "--handle", "profile_url": "--url", "phone": "--phone", "email": "--email"}
_PLACE = {"stable_id": "ID", "handle": "NAME", "profile_url": "ADDRESS", "phone": "NUMBER", "email": "ADDRESS"}
_CANDIDATES = 3
_PLAIN = "._:@+-"
_TOO_LONG = 64


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
    how = [tongue.say(need.how)]
    if not need.is_sure:
        how.append(tongue.say(_NOT_CHECKED))
    notices = answers(account.platform.id)["screenshot"]
    if status != "done" and notices.answer in ("yes", "partly") and notices.text is not None:
        how.append(tongue.say(notices.text))
    goes = account.platform.facts["disappears"]
    return Requirement(
        f"{account.key}:{need.id}", "account", _titled(account, tongue.say(need.title)), status, why,
        " ".join([*how, extra] if status != "done" else [tongue.say(_NOTHING_TO_DO)]),
        need.weight, account.platform.id, account.as_json(), goes.days, None if goes.text is None else tongue.say(goes.text), (need.source,),
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
    identity = account.contact_id or "C-..."
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
        f"{account.key}:time", "account", _titled(account, tongue.say(_PERIOD).format(platform=tongue.say(account.platform.name))), status, why, how, 70,
        account.platform.id, account.as_json(), None, None, (account.platform.facts["identify"].source,),
    )  # fmt: skip


def _unstated(account: Account, tongue: Tongue) -> Requirement:
    """Say that an account was only found: the person says whose it is."""
    name, value = next(iter(account.fields.items()))
    shown = value if name != "profile_url" and _is_plain(value) else _PLACE[name]
    service = account.platform.name.partition(" /")[0].partition(" (")[0]
    said = f' --service "{service}"' if account.platform.id != OTHER else ""
    return Requirement(
        f"{account.key}:stated", "account", tongue.say(_WHOSE).format(platform=tongue.say(account.platform.name)), "partly",
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
_WHOSE = N_("Whose account on {platform} it is")
_ONLY_FOUND = N_("It was found in {records}; nobody has stated it.")
_IF_THEIRS = N_("If the other side used it:")
