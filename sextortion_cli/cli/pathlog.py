"""What has happened, asked for at the end of its guide: a few questions, each of which can be skipped, and then one line in the log."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from sextortion_cli.cli.here import Here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

Ask = Callable[[str, tuple[str, ...]], str | None]


class _Form(NamedTuple):
    """The event a path ends in, with the questions for its fields; `lead` is asked first, and `no` ends it."""

    kind: str
    lead: str
    fields: tuple[tuple[str, str], ...]


_WHEN = ("when", N_("When? Like 2026-03-12 21:05, or only the day."))
_SERVICE = ("service", N_("On which service, like Instagram?"))
_LOG_NOW = N_("Log it now? Every question can be skipped.")
#: By the kind of event a topic ends in: what is logged, one event after the other.
FORMS: dict[str, tuple[_Form, ...]] = {
    "payment": (
        _Form("payment", N_("Have you paid? Log it now? Every question can be skipped."), (
            _WHEN,
            ("amount", N_("How much? Only the number.")),
            ("currency", N_("In which currency, like NOK?")),
            ("method", N_("How: bank, Vipps, gift card ...?")),
            ("destination", N_("To which account, number or name?")),
            ("reference", N_("Which number does the payment have, on the receipt?")),
        )),
        _Form("bank-told", N_("Have you told the bank or the service?"), (
            ("when", N_("When did you tell them?")),
            ("method", N_("Whom did you tell: which bank or service?")),
            ("reference", N_("Did they give you a case number?")),
        )),
    ),
    "deleted": (
        _Form("deleted", _LOG_NOW, (("when", N_("When was it deleted?")), _SERVICE, ("text", N_("What was deleted? In a few words.")))),
        _Form("recovery-tried", N_("Have you tried to get it back?"), (("text", N_("What did you try, and did anything come back?")),)),
    ),
    "publication": (
        _Form("publication", _LOG_NOW, (
            ("when", N_("When did you see it, or when were you told?")),
            _SERVICE,
            ("destination", N_("The address of the page?")),
            ("text", N_("Who told you? A name is not needed.")),
        )),
    ),
    "taken-down": (_Form("taken-down", N_("Is it gone? Log it now?"), (_WHEN, _SERVICE, ("destination", N_("The address of the page?")))),),
    "recontact": (_Form("recontact", _LOG_NOW, (_WHEN, _SERVICE, ("text", N_("Which account did they use?")))),),
    "reported": (
        _Form("reported", N_("Have you reported it? Log it now?"), (
            _WHEN,
            ("text", N_("To whom, like the police in Oslo?")),
            ("reference", N_("Which number does the report have?")),
        )),
    ),
    "other": (
        _Form("other", N_("Did a false helper contact you? Log it now?"), (_WHEN, _SERVICE, ("text", N_("What happened? In a few words.")))),
    ),
}  # fmt: skip


def offer(where: Here, kind: str | None) -> list[dict[str, Any]]:
    """Ask what can be asked at the end of a path, and return the events that were logged; without a terminal or a case, nothing."""
    from sextortion_cli import casework
    from sextortion_cli.errors import NoCaseHere

    ask = where.session().ask
    if ask is None or kind not in FORMS or where.ui.quiet:
        return []
    try:
        case = where.case()
    except NoCaseHere:
        return []
    if not os.access(case.path, os.W_OK):
        return []
    logged = [(event["kind"], str(event["event_id"])) for event in casework.list_statements(case, "event")]
    found = []
    for form in FORMS[kind]:
        event = _filled(where, ask, form, [identity for known, identity in logged if known == form.kind])
        if event is None:
            break
        found.append(event)
    return found


def _filled(where: Here, ask: Ask, form: _Form, logged: list[str]) -> dict[str, Any] | None:
    """Put the questions of one event and log it, also when every one was skipped: that it happened was said. None when it is not wanted."""
    from sextortion_cli import casework

    yes, no = _("yes"), _("no")
    lead = _(_ONE_MORE).format(records=", ".join(logged)) if logged else _(form.lead)
    if ask(lead, (yes, no)) != yes:
        return None
    answers = {name: _answer(where, ask, form.kind, name, question) for name, question in form.fields}
    stated = {name: answer for name, answer in answers.items() if answer}
    event = casework.add_event(where.path(), where.session(), form.kind, stated.pop("when", None), **stated)
    where.ui.say(_("Saved: {identity}").format(identity=event["event_id"]))
    where.ui.unplaced(event["when"])
    return event


_ONE_MORE = N_("Logged already: {records}. Log one more?")


def _answer(where: Here, ask: Ask, kind: str, name: str, question: str) -> str | None:
    """Ask until the answer can be taken, or is skipped: a form is never lost because of one field."""
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.model.checked import checked
    from sextortion_cli.model.event import Event

    while True:
        answer = ask(_(question), ())
        if answer is None or name == "when":
            return answer
        try:
            checked(Event, {"kind": kind, name: answer})
        except UsageProblem as problem:
            where.ui.say(str(problem.as_json()["message"]))
        else:
            return answer
