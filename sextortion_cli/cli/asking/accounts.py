"""Accounts: where it started, where it went on, and the person's own."""

from __future__ import annotations

from sextortion_cli.cli.asking.sitting import Fields, Sitting
from sextortion_cli.cli.asking.talk import DONT_KNOW, UNKNOWN, Talk
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_SERVICES = {
    "Snapchat": "Snapchat",
    "Instagram": "Instagram",
    "WhatsApp": "WhatsApp",
    "Telegram": "Telegram",
    "Facebook": "Facebook / Messenger",
    "TikTok": "TikTok",
    "Skype": "Skype / Teams",
    "Discord": "Discord",
    "Tinder": "Tinder",
    "E-mail": N_("E-mail"),
    "SMS": N_("SMS or phone"),
    "other": N_("Another one"),
}


def started(sitting: Sitting) -> bool:
    """Ask where it started: the service, their account there, and when."""
    talk = sitting.talk
    service = ask_service(talk, _("Where did it start?"))
    if service is None:
        return False
    number: list[str] = []
    with sitting.kept(lambda parts: number.append(sitting.contact("started", side="extorter", **parts))) as parts:
        parts["service"] = service if service != UNKNOWN else None
        ask_account(talk, parts)
        if not any(parts.values()):
            parts["note"] = _("The person does not know which service or account it was.")
    when = talk.text(_("When did they first write? Like 2026-03-12 21:05, or in your own words."))
    if when is not None:
        sitting.event("started", "first-contact", when, contact=number[0], service=parts["service"])
    return True


def moved(sitting: Sitting) -> bool:
    """Ask whether it went on somewhere else, with which account."""
    talk = sitting.talk
    question = _("Did they take you over to another service or account?")
    answer = talk.yes(question)
    if answer is None:
        return False
    if answer != "yes":
        sitting.note("moved", f"{question} {_('No') if answer == 'no' else _(DONT_KNOW)}.")
        return True
    service = ask_service(talk, _("Where to?"))
    number: list[str | None] = []

    def save(parts: Fields) -> None:
        number.append(sitting.contact("moved", side="extorter", **parts) if any(parts.values()) else None)

    with sitting.kept(save) as parts:
        parts["service"] = service if service != UNKNOWN else None
        ask_account(talk, parts)
    sitting.event("moved", "platform-move", contact=number[0], service=parts["service"])
    return True


def own(sitting: Sitting) -> bool:
    """Ask for the person's own account, which reports hide."""
    service = next((entry["service"] for entry in sitting.contacts() if entry["service"]), None)
    where = (
        _("What is your own user name there ({service})?").format(service=service) if service else _("What is your own user name there?")
    )
    hidden = _("Reports hide it.")
    handle = sitting.talk.text(f"{where} {hidden}", is_long)
    if handle is None:
        return False
    sitting.contact("own", side="victim", service=service, handle=handle)
    return True


def ask_service(talk: Talk, question: str) -> str | None:
    """Ask for a service; ``unknown`` when nobody knows, None when it was skipped."""
    service = talk.pick(question, _SERVICES)
    return talk.text(_("What is it called?"), is_long) or UNKNOWN if service == "other" else service


def ask_account(talk: Talk, parts: Fields) -> None:
    """Ask for what names their account: user name, name shown, and one address or number."""
    parts["handle"] = talk.text(_("Their user name there, like @name?"), is_long)
    parts["display_name"] = talk.text(_("Which name is shown?"), is_long)
    sign = talk.text(_("The address of their profile, an id, a phone number or an e-mail address, if you have it?"), is_long)
    if sign is not None:
        parts[kind_of(sign)] = sign


def kind_of(sign: str) -> str:
    """Return the field of a contact that a sign belongs to, by its shape; what has none of the shapes is an id."""
    if "/" in sign:
        return "profile_url"
    if "@" in sign[1:] and " " not in sign:
        return "email"
    digits = sum(letter.isdigit() for letter in sign)
    if digits >= 7 and all(letter.isdigit() or letter in "+ ()-." for letter in sign) and (sign[0] in "+0(" or " " in sign):
        return "phone"
    return "stable_id"


def is_long(text: str) -> str | None:
    """Return what is wrong with a name or address, None when nothing is."""
    return None if len(text) <= 2000 else _("That is too long. Please write less, or only Enter.")
