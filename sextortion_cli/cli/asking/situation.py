"""How it stands: whether it goes on, what was paid, deleted and published, and whether contact is broken."""

from __future__ import annotations

from sextortion_cli.cli.asking.money import ask_payment
from sextortion_cli.cli.asking.sitting import Fields, Sitting
from sextortion_cli.cli.asking.talk import UNKNOWN, YES_NO
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_GOING_ON = {"yes": N_("Yes, it is going on now"), "no": N_("No, it has stopped")}
_PUBLISHED = {
    "yes": N_("Yes, something was sent to others or put online"),
    "threat": N_("They threaten to, but I know of nothing"),
    "no": N_("No"),
}
_BROKEN = {
    "blocked": N_("I have blocked them"),
    "stopped": N_("I have stopped answering, but not blocked"),
    "no": N_("We are still in contact"),
}
_WHEN = N_("When was that? Like 2026-03-12 21:05, or in your own words.")


def going_on(sitting: Sitting) -> bool:
    """Ask whether it is going on, and how long there is."""
    question = _("Is it going on now?")
    answer = sitting.talk.pick(question, _GOING_ON)
    if answer is None:
        return False
    until = None
    if answer == "yes":
        sitting.talk.say(_("Don't answer them. Don't pay. Delete nothing."))
        until = sitting.talk.text(_("Have they set a deadline? Until when?"))
        sitting.remember("deadline", until)
    said = f"{question} {_said(_GOING_ON, answer)}."
    sitting.note("going-on", said if until is None else f"{said} {_('Deadline')}: {until}")
    return True


def paid(sitting: Sitting) -> bool:
    """Ask what was paid; the bank comes first."""
    question = _("Have you paid anything?")
    answer = sitting.talk.yes(question)
    if answer == "yes":
        sitting.talk.say(
            _("That is all right. Call your bank or the service now, and ask if it can be stopped."),
            _("Keep card, code and receipt. Pay no more, whatever they say."),
        )
        with sitting.kept(lambda parts: sitting.event("paid", "payment", **parts)) as parts:
            ask_payment(sitting.talk, parts, _("When did you pay? Like 2026-03-12 21:05, or in your own words."))
            told = sitting.talk.yes(_("Does the bank or service know?"))
            parts["text"] = None if told is None else f"{_('Does the bank or service know?')} {_said(YES_NO, told)}."
        return True
    if answer == "no":
        sitting.talk.say(_("Good. Don't pay. More demands usually follow."))
    return _noted(sitting, "paid", question, YES_NO, answer)


def deleted(sitting: Sitting) -> bool:
    """Ask what was deleted; nothing is anybody's fault."""
    question = _("Has anything been deleted: a chat, an app, an account?")
    answer = sitting.talk.yes(question)
    if answer == "yes":
        sitting.talk.say(
            _("That is all right. It may still be found. Empty no bin, and use the phone as little as you can."),
            _("An account that waits to be deleted can often be kept by logging in. See: casefile guide deleted"),
        )
        with sitting.kept(lambda parts: sitting.event("deleted", "deleted", **parts)) as parts:
            parts["text"] = sitting.talk.text(_("What was deleted, and in which app?"))
            parts["when"] = sitting.talk.text(_(_WHEN))
        return True
    sitting.talk.say(_("Delete nothing from now on: no chat, no app, no account."))
    return _noted(sitting, "deleted", question, YES_NO, answer)


def published(sitting: Sitting) -> bool:
    """Ask whether anything is out; what is there is saved before it is taken down."""
    question = _("Has anything been sent to others, or put online?")
    answer = sitting.talk.pick(question, _PUBLISHED)
    if answer == "yes":
        sitting.talk.say(
            _("First save it: the address, the account, the time, and who told you. Keep the picture itself out of view."),
            _("After that, have it taken down. See: casefile guide published"),
        )
        with sitting.kept(lambda parts: sitting.event("published", "publication", **_publication(parts))) as parts:
            parts["where"] = sitting.talk.text(_("Where is it? An address, a site, an account, or who got it."))
            parts["who"] = sitting.talk.text(_("Who told you, or how do you know?"))
            parts["when"] = sitting.talk.text(_(_WHEN))
        return True
    if answer == "threat":
        sitting.event("published", "threat", text=_(_PUBLISHED["threat"]))
        return True
    return _noted(sitting, "published", question, _PUBLISHED, answer)


def broken(sitting: Sitting) -> bool:
    """Ask whether contact is broken; save first, block afterwards, never delete."""
    question = _("Are you still in contact with them?")
    answer = sitting.talk.pick(question, _BROKEN)
    if answer in ("blocked", "stopped"):
        kind = "blocked" if answer == "blocked" else "contact-broken"
        with sitting.kept(lambda parts: sitting.event("broken", kind, contact=sitting.first_contact(), **parts)) as parts:
            parts["when"] = sitting.talk.text(_(_WHEN))
            if answer == "stopped":
                sitting.talk.say(_("Good. Save what you need first, and block afterwards. Blocking deletes nothing you have saved."))
        return True
    sitting.talk.say(_("Stop answering when you can. Save first, block afterwards. Is it too much? Block now. That is fine."))
    return _noted(sitting, "broken", question, _BROKEN, answer)


def _publication(parts: Fields) -> Fields:
    """Return the fields of the event: in words where and who, since only the person knows what of it is an address."""
    text = "\n".join(part for part in (parts.get("where"), parts.get("who")) if part)
    return {"when": parts.get("when"), "text": text or None}


def _said(choices: dict[str, str], answer: str) -> str:
    return _("Don't know") if answer == UNKNOWN else _(choices[answer])


def _noted(sitting: Sitting, identity: str, question: str, choices: dict[str, str], answer: str | None) -> bool:
    """Save an answer that is no event as a remark, question and all."""
    if answer is None:
        return False
    sitting.note(identity, f"{question} {_said(choices, answer)}.")
    return True
