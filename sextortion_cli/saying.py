"""
`say`: sentences to read aloud or copy, filled from what the case holds; what nobody stated stays visibly blank.

Amounts are never added up, the person's own values and cards are hidden, and what others wrote (names, references) is made safe to show.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from sextortion_cli.casework import list_contacts, list_statements
from sextortion_cli.concealing import mask_of
from sextortion_cli.gates.terminal import safe, unlinked
from sextortion_cli.model.session import Session
from sextortion_cli.pageone import when_key
from sextortion_cli.report.masking import Mask
from sextortion_cli.reporting import write_text
from sextortion_cli.store.case import Case
from sextortion_cli.words import N_, translator

AUDIENCES: Final = ("police", "bank", "friends", "someone")
BLANK: Final = "__"
_LONGEST = 80
_ACCOUNTS = 3
_FREE = ("destination", "reference", "method", "service", "currency")

Say = Callable[[str], str]


class _Known:
    """What a case can fill in; without a case nothing."""

    def __init__(self, case: Case | None, mask: Mask | None) -> None:
        self.fingerprint = None if case is None else case.fingerprint()
        self.minor = None if case is None else case.book.minor()
        self.has_case = case is not None
        found = [] if case is None or mask is None else [mask.statement(event, *_FREE) for event in list_statements(case, "event")]
        self.events = sorted(found, key=lambda event: when_key(event.get("when")))
        self.accounts = [] if case is None else [entry for entry in list_contacts(case) if entry["side"] == "extorter"]

    def of(self, *kinds: str) -> list[Mapping[str, Any]]:
        """Return the events of these kinds, in the order of time."""
        return [event for event in self.events if event["kind"] in kinds]


def sentences(audience: str, language: str, case: Case | None = None, session: Session | None = None) -> list[str]:
    """
    Return what to say.

    Args:
        audience: One of `AUDIENCES`.
        language: A language of the catalogues.
        case: None gives every sentence with blanks.

    Raises:
        KeyError: There is no such audience.
    """
    say, speak = translator(language), _SPEAK[audience]
    return speak(say, _Known(case, None if case is None else mask_of(case, session)))


def hints(audience: str, language: str) -> list[str]:
    """Return what the person should know before saying it."""
    say = translator(language)
    return [say(text) for text in _HINTS[audience]]


def write(case: Path | None, text: str, target: str, *, force: bool, dry_run: bool = False) -> str:
    """
    Write the sentences to a file outside the case and return its absolute path.

    Raises:
        UsageProblem, WouldOverwrite, ReadOnlyCase.
    """
    path = Path(os.path.abspath(target))
    write_text(case, text, path, force=force, dry_run=dry_run)
    return str(path)


def _police(say: Say, known: _Known) -> list[str]:
    found = [
        say(_HELLO),
        *([say(_MINOR["yes"])] if known.minor == "yes" else []),
        say(_BROKEN if _is_broken(known) else _GOING_ON).format(deadline=_deadline(known)),
    ]
    found.append(say(_ACCOUNTS_ARE).format(accounts=_accounts(known) or BLANK))
    demands = known.of("demand")
    found += [say(_DEMANDED).format(money=_money(event), destination=_shown(event.get("destination"))) for event in demands]
    payments = known.of("payment")
    found += [_payment(say, event) for event in payments]
    if not payments:
        found.append(say(_NOTHING_PAID) if known.has_case else say(_PAID_BLANK))
    found += [
        say(_PUBLISHED).format(service=_shown(event.get("service")), time=_time(event.get("when"))) for event in known.of("publication")
    ]
    deleted = known.of("deleted")
    found += [say(_DELETED).format(service=_shown(event.get("service")), time=_time(event.get("when"))) for event in deleted]
    if not deleted:
        found.append(say(_NOTHING_DELETED) if known.has_case else say(_DELETED_BLANK))
    if known.minor != "yes":
        found.append(say(_MINOR[known.minor]))
    found.append(say(_I_HAVE if known.accounts and demands else _SAVED if known.has_case else _PHONE))
    if known.fingerprint is not None:
        found.append(say(_FINGERPRINT).format(fingerprint=known.fingerprint))
    return [*found, say(_HOW)]


def _bank(say: Say, known: _Known) -> list[str]:
    payments = known.of("payment")
    found = [say(_PRESSED), say(_STOP)]
    found += [_payment(say, event) for event in payments] or [_payment(say, {})]
    return [*found, say(_NEED), say(_PAY_NO_MORE)]


def _friends(say: Say, known: _Known) -> list[str]:
    found = [say(_MAY_SEND)]
    accounts = _accounts(known)
    if accounts:
        found.append(say(_MAY_COME_FROM).format(accounts=accounts))
    return [*found, say(_DO_NOT_OPEN), say(_TELL_ME)]


def _someone(say: Say, known: _Known) -> list[str]:
    return [say(text) for text in (_NEED_HELP, _PRESSING, _NOT_MY_FAULT, _STAY)]


def _payment(say: Say, event: Mapping[str, Any]) -> str:
    return say(_PAID_LINE).format(
        money=_money(event), time=_time(event.get("when")), method=_shown(event.get("method")), destination=_shown(event.get("destination")),
        reference=_shown(event.get("reference")),
    )  # fmt: skip


def _money(event: Mapping[str, Any]) -> str:
    """Return an amount in the currency stated; amounts are never added up."""
    return f"{event.get('amount') or BLANK} {_shown(event.get('currency'))}"


def _is_broken(known: _Known) -> bool:
    """Tell whether the last thing stated is that contact was broken."""
    last = known.of("threat", "demand", "payment", "publication", "recontact", *_ENDS)[-1:]
    return bool(last) and last[0]["kind"] in _ENDS


def _deadline(known: _Known) -> str:
    """Return the deadline that ends last of those stated."""
    stated = sorted((event["deadline"] for event in known.events if event.get("deadline")), key=when_key)
    timed = [time for time in stated if when_key(time) != "~"] or stated
    return _time(timed[-1]) if timed else BLANK


def _accounts(known: _Known) -> str:
    """Return the accounts that extort, by what names them at the service."""
    found = [text for text in (_account(entry) for entry in known.accounts) if text]
    more = f" (+{len(found) - _ACCOUNTS})" if len(found) > _ACCOUNTS else ""
    return ", ".join(found[:_ACCOUNTS]) + more


def _account(entry: Mapping[str, Any]) -> str | None:
    name = next((entry[key] for key in ("handle", "stable_id", "phone", "email", "profile_url", "display_name") if entry.get(key)), None)
    if name is None:
        return None
    return f"{_shown(name)} ({_shown(entry['service'])})" if entry.get("service") else _shown(name)


def _time(when: Mapping[str, Any] | None) -> str:
    return _shown(None if when is None else when.get("as_written"))


def _shown(value: Any) -> str:
    """Return a value as it may be shown: one line, not too long, nothing a terminal acts on or opens; blank when nobody stated it."""
    plain = safe(unlinked(" ".join(str(value or "").split())))
    return BLANK if not plain else plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def lines_of(found: Iterable[str]) -> str:
    """Return the sentences as a text file."""
    return "".join(f"{sentence}\n" for sentence in found)


_HELLO = N_("Hello. Someone is extorting me online, with intimate pictures.")
_GOING_ON = N_("It is going on now. The deadline is {deadline}.")
_BROKEN = N_("I have broken contact. The deadline they gave is {deadline}.")
_ENDS = ("contact-broken", "blocked")
_ACCOUNTS_ARE = N_("The accounts they use: {accounts}.")
_DEMANDED = N_("They demand {money}, to {destination}.")
_PAID_LINE = N_("Paid: {money}. Time: {time}. Way: {method}. To: {destination}. Reference: {reference}.")
_NOTHING_PAID = N_("I have noted no payment.")
_PAID_BLANK = N_("I have paid: __.")
_PUBLISHED = N_("Something was published on {service}, {time}.")
_DELETED = N_("Something was deleted: {service}, {time}.")
_NOTHING_DELETED = N_("I have noted nothing as deleted.")
_DELETED_BLANK = N_("I have deleted: __.")
_MINOR = {
    "yes": N_("Someone in the pictures is under 18."),
    "no": N_("Nobody in the pictures is under 18."),
    "unknown": N_("Is anyone in the pictures under 18? I don't know."),
    None: N_("Is anyone in the pictures under 18? __."),
}
_I_HAVE = N_("I have the account names and the demand on one page, and what I saved.")
_SAVED = N_("I have saved what I could.")
_PHONE = N_("I have the phone with the chat.")
_FINGERPRINT = N_("The fingerprint of my case is {fingerprint}. Please write it down.")
_HOW = N_("How do you want to have it?")
_PRESSED = N_("I have paid someone who is pressing me.")
_STOP = N_("Can you stop the payment?")
_NEED = N_("What more do you need from me? Is there a case number?")
_PAY_NO_MORE = N_("Can you watch my account for more payments to them?")
_MAY_SEND = N_("Someone is pressing me, and may send you something about me.")
_MAY_COME_FROM = N_("It may come from {accounts}.")
_DO_NOT_OPEN = N_("Don't open it, don't answer, don't pass it on.")
_TELL_ME = N_("Take a screenshot of the account that sent it, not of what it sent. Then tell me.")
_NEED_HELP = N_("Something has happened to me online, and I need help.")
_PRESSING = N_("Someone is pressing me. I don't want to be alone with it.")
_NOT_MY_FAULT = N_("It is not my fault. You need not know everything.")
_STAY = N_("Can you stay with me while I call the police?")
_HINTS = {
    "police": (N_("Read it aloud, or copy it. Skip what you don't want to say."),),
    "bank": (
        N_("Call the number on your card or in the bank's own app, now."),
        N_("Nobody can promise that the money comes back. Ask all the same."),
    ),
    "friends": (N_("Send it only to people you choose."),),
    "someone": (N_("Choose someone you feel safe with."),),
}
_SPEAK: Final[Mapping[str, Callable[[Say, _Known], list[str]]]] = {
    "police": _police,
    "bank": _bank,
    "friends": _friends,
    "someone": _someone,
}
