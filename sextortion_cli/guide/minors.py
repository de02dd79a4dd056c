"""
What a person must know before pictures of somebody under 18 can reach them, and what to do when one is already here.

Short sentences, one a line, in the language of the screen. Who calls them decides where they stand. Sources: `docs/volunteer`.
"""

from __future__ import annotations

from sextortion_cli.guide.lines import number
from sextortion_cli.words import gettext as _

#: Roles of people who help, and of whom the law asks the same as of everybody: no role may hold such a picture.
_HELPERS = frozenset({"volunteer", "helper", "police"})


def first_words(role: str | None, minor: str | None, country: str | None) -> list[str]:
    """
    Return what is said at `new`, before the first import, and by the guided mode; [] when there is nothing to say.

    Args:
        role: ``victim``, ``guardian``, ``volunteer`` (or ``helper``), ``police``, or None.
        minor: ``yes``, ``no``, ``unknown`` or None: is anyone who is shown anywhere in the case under 18?
        country: Two letters, or None where it is not known.
    """
    if role in _HELPERS and minor != "no":
        return [*_rule(), *(_child(country) if minor == "yes" else ()), *_duty(country)]
    if role == "guardian" and minor == "yes":
        return [*_child(country), *_leave(), *_duty(country)]
    if role == "victim" and minor == "yes":
        return alone(country)
    return []


def _rule() -> list[str]:
    return [
        _("Before you receive anything:"),
        _("A picture of someone who is, or may be, under 18: do not receive it, copy it or look for it."),
        _("That holds for helpers and for the police on their own computers too. Being helpful is no excuse."),
        _("Take names, times and text. The pictures stay on the phone, and the phone goes to the police."),
    ]


def _child(country: str | None) -> list[str]:
    child = number(country, "crisis-child")
    lines = [
        _("Do not question the child. The police do that, with people who are trained for it."),
        _("Write down what the child says by itself, word for word, with the time."),
        _("Someone at home may be part of it. Before you tell the parents, ask the police or child welfare."),
    ]
    return [*lines, _("Someone the child can talk to: {child}.").format(child=child)] if child else lines


def _leave() -> list[str]:
    return [_("Keep the phone as it is. Do not open, copy or send the pictures, not even to help.")]


def _duty(country: str | None) -> list[str]:
    police = _police(country)
    if country == "NO":
        return [
            _(
                "There can be a duty to prevent a serious crime (Penal Code section 196). Ask the police what it means here: {police}."
            ).format(police=police)
        ]
    return [_("There can be a duty to report or to prevent it. Ask the police what holds where you are: {police}.").format(police=police)]


def alone(country: str | None) -> list[str]:
    """Return the short path of someone under 18 who is alone with it: no questions, no collecting of pictures."""
    child = number(country, "crisis-child")
    lines = [
        _("It is not your fault. Whoever is pressing you is committing a crime."),
        _("You will normally not be punished for pictures of yourself."),
        _("   The police in Norway say so: marsteinen.no, 2021; nuderespond.no."),
        _("You don't have to collect anything. Leave the pictures where they are."),
        _("Keep the phone, the app and the chat. Delete nothing."),
        _("Tell an adult you trust. They can call for you: {police}.").format(police=_police(country)),
    ]
    if child:
        lines.insert(1, _("Talk to someone now: {child}. It is for everyone under 18.").format(child=child))
    return [*lines, _("To have pictures taken down, without sending them to anyone: casefile guide removal")]


def stop(country: str | None) -> list[str]:
    """Return what to do now that such a picture is already here."""
    urgent = number(country, "emergency-police") or "112"
    police = number(country, "police-report")
    call = (
        _("Call the police: {urgent} if it is urgent, else {police}. Do what they say.")
        if police
        else _("Call the police: {urgent}. Do what they say.")
    )
    return [_("Stop. Don't look further, and don't send it to anyone."), call.format(urgent=urgent, police=police)]


def _police(country: str | None) -> str:
    return number(country, "police-report") or number(country, "emergency-police") or "112"
