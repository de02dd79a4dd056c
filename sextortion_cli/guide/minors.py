"""The first words where somebody under 18 is involved: short, kind, and nothing that makes a child's case harder."""

from __future__ import annotations

from sextortion_cli.guide.lines import number
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _


def first_words(role: str, minor: str, country: str | None) -> list[str]:
    """
    Return what to say before anything is asked, a sentence an entry; nothing where nobody is under 18.

    Args:
        role: ``victim`` (the person is alone with it), ``guardian``, ``volunteer`` or ``police``.
        minor: ``yes``, ``no`` or ``unknown``.
        country: For the numbers; None where it is not known.
    """
    if minor == "no":
        return []
    if role == "victim":
        return _alone(country) if minor == "yes" else [_(_NO_PICTURES)]
    return _helping(country)


def _alone(country: str | None) -> list[str]:
    line, police = number(country, "crisis-child"), number(country, "police-report") or number(country, "emergency-police")
    said = [_("It is not your fault. The one who did something wrong is the one who is pressing you.")]
    said.append(_("Talk to someone now: {number}. You can say as much as you like.").format(number=line) if line else _(_TALK))
    said += [
        _("Tell an adult you trust. At home, at school, a nurse, a coach."),
        _("Keep the phone as it is. Delete nothing. Take no pictures of nude pictures."),
        _("Write down the user name. That is enough. You can block afterwards."),
    ]
    said.append(_("An adult can call the police with you: {number}.").format(number=police) if police else _(_POLICE))
    return said


def _helping(country: str | None) -> list[str]:
    police, urgent = number(country, "police-report"), number(country, "emergency-police")
    said = [
        _("Keep the phone as it is. Don't look through it, and copy no pictures."),
        _("Don't question the child. The police do that, in a way that helps the child."),
        _("Write down what it says of its own accord, word for word."),
        _("Accounts and times are enough here."),
        _("Everyone in Norway has a duty to help avert serious crimes against a child. The police say what to do.")
        if country == "NO"
        else _("May a child be in danger now? Ask the police what to do."),
        _("May home be part of it? Ask the police or child welfare before you tell the parents."),
    ]
    if police:
        said.append(_("Call the police: {number}. If it is urgent: {urgent}.").format(number=police, urgent=urgent))
    else:
        said.append(_("Call the police. If it is urgent: {urgent}.").format(urgent=urgent or "112"))
    return said


_TALK = N_("Talk to someone now. A help line for young people asks for no name.")
_POLICE = N_("An adult can call the police with you.")
_NO_PICTURES = N_("Take no pictures of nude pictures. Leave them where they are.")
