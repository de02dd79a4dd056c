"""The ten pieces of advice of Kripos (2018), each with what the case holds of it. Nothing here is a reproach: what is not known is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.guide.lines import number
from sextortion_cli.guide.platforms import Source, sources
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.model.identifier import KINDS
from sextortion_cli.words import N_

_WEB = ("url", "domain")
_ADDRESSES = ("ipv4", "ipv6")
_WHO = tuple(kind for kind in KINDS if kind not in (*_WEB, *_ADDRESSES))
_TEXT, _PROFILE, _PICTURE = ("conversation",), ("profile",), ("picture", "video", "lure")


class _Answer(NamedTuple):
    """What the case holds of one piece of advice."""

    status: Status
    why: str
    how: str


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield K1 to K10."""
    source: Source = sources()["kripos"]
    for number_, (title, weight, days, ask) in enumerate(_TABLE, 1):
        status, why, how = ask(known, tongue)
        yield Requirement(
            f"K{number_}", "kripos", tongue.say(title), status, why, how, weight, days=days,
            goes=None if days is None else tongue.say(_CRITICAL), sources=(source,),
        )  # fmt: skip


def _events(events: list[dict[str, object]]) -> str:
    return named(str(event["event_id"]) for event in events)


_NONE = "C-..."


def _number(known: Known) -> str:
    """Return the number of an account of the other side: never one of the person's own, which may be the first of the case."""
    return next((account.contact_id for account in known.accounts if account.contact_id), _NONE)


def _theirs(known: Known) -> str:
    """Return the option that names the other side's account; where none is stated, its service."""
    number = _number(known)
    return f"--contact {number}" if number != _NONE else "--service NAME"


def _broken(known: Known, tongue: Tongue) -> _Answer:
    stated, again, say = known.of("contact-broken", "blocked"), known.of("recontact"), tongue.say
    if not stated:
        return _Answer("missing", say(_NOBODY_YET), f"{say(_BREAK)} casefile event add contact-broken --when TIME {_theirs(known)}")
    where = [event for event in stated if event.get("when") and (event.get("contact") or event.get("service"))]
    if not where:
        how = f"{say(_ADD_WHERE)} casefile event add contact-broken --when TIME --service NAME"
        return _Answer("partly", say(_STATED).format(records=_events(stated)), how)
    if again and not [event for event in stated if int(str(event["record"])) > int(str(again[-1]["record"]))]:
        how = f"{say(_AGAIN_HOW)} casefile event add blocked --when TIME --contact {again[-1].get('contact') or _number(known)}"
        return _Answer("partly", say(_AGAIN).format(records=_events(stated), again=_events(again)), how)
    return _Answer("done", say(_STATED).format(records=_events(stated)), say(_STAY))


def _paid(known: Known, tongue: Tongue) -> _Answer:
    payments, say = known.of("payment"), tongue.say
    if not payments:
        return _Answer(
            "not-known",
            say(_NO_PAYMENT),
            f"{say(_IF_PAID)} casefile event add payment --when TIME --amount SUM --currency NOK --method WAY",
        )
    lacking = [event for event in payments if not all(event.get(key) for key in ("when", "amount", "method", "destination", "reference"))]
    if lacking:
        how = f"{say(_PAY_HOW)} casefile missing"
        return _Answer("partly", say(_PAY_LACKS).format(records=_events(lacking)), how)
    return _Answer("done", say(_STATED).format(records=_events(payments)), say(_PAY_NO_MORE))


def _documented(known: Known, tongue: Tongue) -> _Answer:
    from sextortion_cli.items import is_unread

    say, unread = tongue.say, [item["exhibit"] for item in known.items if is_unread(item)]
    if not known.items:
        return _Answer("missing", say(_NO_EXHIBIT), f"{say(_IMPORT)} casefile import PATH")
    if unread:
        return _Answer("partly", say(_UNREAD).format(count=len(known.items), records=named(unread)), f"{say(_SEE)} casefile defects")
    return _Answer("done", say(_EXHIBITS).format(count=len(known.items)), say(_KEEP))


def _accounts(known: Known, tongue: Tongue) -> _Answer:
    say, stated = tongue.say, [account for account in known.accounts if account.contact_id]
    lacking = [str(account.contact_id) for account in stated if not account.service or not set(account.fields) - {"display_name"}]
    if not known.accounts:
        return _Answer("missing", say(_NO_ACCOUNT), f"{say(_THEIRS)} casefile contact add --service NAME --handle NAME")
    if not known.sides["victim"]:
        return _Answer("partly", say(_NO_OWN), f"{say(_OWN)} casefile contact add --side victim --service NAME --handle NAME")
    if not stated:
        return _Answer("partly", say(_ONLY_FOUND), f"{say(_THEIRS)} casefile contact add --side extorter --service NAME --handle NAME")
    if lacking:
        why = say(_ONLY_NAMES).format(records=named(lacking))
        return _Answer("partly", why, f"{say(_ADD_ID)} casefile contact add --contact {lacking[0]} --handle NAME")
    return _Answer("done", say(_BOTH).format(records=named(str(account.contact_id) for account in stated)), say(_KEEP))


def _screenshots(known: Known, tongue: Tongue) -> _Answer:
    say = tongue.say
    chats = [item["exhibit"] for item in known.items if (item["units"] or {}).get("messages")]
    held = {
        _TEXT_WORD: list(dict.fromkeys([*known.kinds(*_TEXT), *chats])),
        _PROFILE_WORD: known.kinds(*_PROFILE),
        _PICTURE_WORD: known.kinds(*_PICTURE),
    }
    there = [f"{say(word)}: {named(records)}" for word, records in held.items() if records]
    lacks = [say(word) for word, records in held.items() if not records]
    kind = next((kind for kind, records in zip(("conversation", "profile", "lure"), held.values(), strict=True) if not records), "profile")
    how = f"{say(_SHOOT).format(what=', '.join(lacks))} {say(_MINOR)} casefile import PATH --kind {kind}"
    if not there:
        return _Answer("missing", say(_NO_SHOT), how)
    why = "; ".join(there)
    return (
        _Answer("partly", f"{why}. {say(_LACKS).format(what=', '.join(lacks))}", how) if lacks else _Answer("done", f"{why}.", say(_KEEP))
    )


def _address(known: Known, tongue: Tongue) -> _Answer:
    say, count = tongue.say, known.count(_ADDRESSES, "extorter", "unknown", "third-person") + known.address_facts
    if count:
        return _Answer("done", say(_HAVE_ADDRESS).format(count=count), f"{say(_NOT_A_PERSON)} casefile facts")
    return _Answer("not-known", say(_NO_ADDRESS), f"{say(_MAIL_HOW)} casefile import MAIL.eml")


def _identifying(known: Known, tongue: Tongue) -> _Answer:
    say = tongue.say
    stated = [event for event in known.of("demand", "payment") if event.get("destination") or event.get("reference")]
    ids = [
        str(account.contact_id)
        for account in known.accounts
        if account.contact_id and set(account.fields) & {"phone", "email", "stable_id", "handle", "profile_url"}
    ]
    theirs, open_ = known.count(_WHO, "extorter"), known.count(_WHO, "unknown")
    records = named([*ids, *(str(event["event_id"]) for event in stated)])
    if theirs or (records and not open_):
        why = " ".join(
            part
            for part in (say(_STATED).format(records=records) if records else "", say(_THEIR_MARKS).format(count=theirs) if theirs else "")
            if part
        )
        return _Answer("done", why, f"{say(_LOOK_AT)} casefile identifiers")
    if records or open_:
        return _Answer("partly", say(_WHOSE_OPEN).format(count=open_), f"{say(_SAY_WHOSE)} casefile identifiers --owner unknown")
    return _Answer("missing", say(_NO_MARKS), f"{say(_GIVE_MARKS)} casefile contact add --phone NUMBER --email ADDRESS")


def _web(known: Known, tongue: Tongue) -> _Answer:
    say, links, count = (
        tongue.say,
        known.of("link-received", "publication"),
        known.count(_WEB, "extorter", "unknown", "infrastructure", "third-person"),
    )
    if not links and not count:
        return _Answer("not-known", say(_NO_LINK), f"{say(_LINK_HOW)} casefile event add link-received --when TIME --text ADDRESS")
    why = " ".join(
        part
        for part in (say(_STATED).format(records=_events(links)) if links else "", say(_LINKS).format(count=count) if count else "")
        if part
    )
    return _Answer("done", why, say(_DONT_OPEN))


def _kept(known: Known, tongue: Tongue) -> _Answer:
    say, deleted, blocked = tongue.say, known.of("deleted"), known.of("blocked")
    if deleted:
        why = say(_DELETED).format(records=_events(deleted))
        how = f"{say(_DELETED_HOW)} casefile guide deleted"
        return _Answer("done", f"{why} {say(_STATED).format(records=_events(blocked))}", how) if blocked else _Answer("partly", why, how)
    if blocked:
        return _Answer("done", say(_BLOCKED).format(records=_events(blocked)), say(_DELETE_NOTHING))
    return _Answer(
        "not-known", say(_NOBODY_YET), f"{say(_DELETE_NOTHING)} {say(_BLOCK_HOW)} casefile event add blocked --when TIME {_theirs(known)}"
    )


def _reported(known: Known, tongue: Tongue) -> _Answer:
    say, reported = tongue.say, known.of("reported")
    if reported:
        return _Answer("done", say(_STATED).format(records=_events(reported)), say(_REPORT_NEWS))
    police = number(known.country, "police-report") or number(known.country, "emergency-police")
    call = say(_CALL).format(number=police) if police else say(_CALL_POLICE)
    return _Answer("missing", say(_NOT_REPORTED), f"{call} {say(_THEN_LOG)} casefile event add reported --when TIME")


_Ask = Callable[[Known, Tongue], _Answer]
_CRITICAL = N_("Time is critical: what providers keep goes with time.")
_NOBODY_YET = N_("Nobody has said yet.")
_STATED = N_("Stated in {records}.")
_BREAK = N_("Stop answering. Save first, block afterwards. Then log when and where:")
_ADD_WHERE = N_("Add when, and on which service:")
_AGAIN = N_("Stated in {records}; after that they made contact again: {again}.")
_AGAIN_HOW = N_("Don't answer. Save the new account, block it, and log it:")
_STAY = N_("Don't answer if they try again.")
_NO_PAYMENT = N_("No payment is stated. If none was made, nothing is missing here.")
_IF_PAID = N_("If something was paid, call the bank now, pay no more, and log it:")
_PAY_LACKS = N_("Of {records} something is not stated that may trace the money.")
_PAY_HOW = N_("What each payment lacks stands in the list:")
_PAY_NO_MORE = N_("Pay no more, whatever they say.")
_NO_EXHIBIT = N_("Nothing was imported yet.")
_IMPORT = N_("Save screenshots or an export of the chat, and import the folder:")
_UNREAD = N_("{count} exhibits; not fully read: {records}.")
_SEE = N_("They are sealed and safe. See what could not be read:")
_EXHIBITS = N_("{count} exhibits, all read or kept.")
_KEEP = N_("Keep the originals where they are.")
_NO_ACCOUNT = N_("No account of the other side is stated or found.")
_THEIRS = N_("Log the account the other side used:")
_NO_OWN = N_("Your own accounts are not stated yet.")
_OWN = N_("Log the account you used yourself (it is masked in reports):")
_ONLY_NAMES = N_("Of {records} only a name that is shown, or no service, is stated.")
_ONLY_FOUND = N_("Accounts were found, but nobody has stated whose they are.")
_ADD_ID = N_("Add the user name or id:")
_BOTH = N_("Both sides are stated: {records} and your own.")
_TEXT_WORD, _PROFILE_WORD, _PICTURE_WORD = N_("text of the chat"), N_("profile"), N_("picture or film of the person")
_NO_SHOT = N_("None is stated to be one.")
_LACKS = N_("Still lacking: {what}.")
_SHOOT = N_("Take screenshots of what is lacking: {what}.")
_MINOR = N_("Leave nude pictures out of view; under 18: never a picture of the picture.")
_HAVE_ADDRESS = N_("{count} addresses stand in mails, captures or messages.")
_NOT_A_PERSON = N_("An address is not a person; the police find out whose it was. See:")
_NO_ADDRESS = N_("No address is in the case. Most people have none, and that is fine.")
_MAIL_HOW = N_("Only if you got a mail from them: save it as .eml and import it:")
_THEIR_MARKS = N_("{count} found that belong to the other side.")
_LOOK_AT = N_("Look at them, and say if one is somebody else's:")
_WHOSE_OPEN = N_("{count} found of which nobody has said whose they are.")
_SAY_WHOSE = N_("Say whose they are:")
_NO_MARKS = N_("No number, account or address is stated or found.")
_GIVE_MARKS = N_("Log what you have of the other side:")
_NO_LINK = N_("No web address is stated or found.")
_LINK_HOW = N_("If a link was sent, log it; don't open it again:")
_LINKS = N_("{count} found in what was read.")
_DONT_OPEN = N_("Don't open the links again.")
_DELETED = N_("{records} says that something was deleted. That is logged, and the police may still find it.")
_DELETED_HOW = N_("Use the device as little as you can. What may still be saved:")
_BLOCKED = N_("Blocked: {records}. Nothing is stated to be deleted.")
_DELETE_NOTHING = N_("Delete nothing: no chat, no app, no account.")
_BLOCK_HOW = N_("When you have blocked, log it:")
_NOT_REPORTED = N_("No report to the police is stated yet.")
_CALL = N_("Call the police: {number}.")
_CALL_POLICE = N_("Call the police where you are.")
_THEN_LOG = N_("Then log it, with the number of the report:")
_REPORT_NEWS = N_("Tell them if something new happens.")
_TABLE: tuple[tuple[str, int, int | None, _Ask], ...] = (
    (N_("When contact was broken, and where"), 75, None, _broken),
    (N_("Payments, with what may trace or recall them"), 85, None, _paid),
    (N_("As much as possible saved"), 80, None, _documented),
    (N_("Services and accounts, yours and theirs"), 85, None, _accounts),
    (N_("Screenshots of text, profile and pictures"), 65, None, _screenshots),
    (N_("Their IP address, if it is at hand"), 40, None, _address),
    (N_("Numbers, accounts and addresses that may identify"), 80, None, _identifying),
    (N_("Web addresses that were mentioned"), 50, None, _web),
    (N_("What was kept, blocked or deleted"), 60, None, _kept),
    (N_("Contact with the police"), 95, 0, _reported),
)  # fmt: skip
