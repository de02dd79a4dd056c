"""The help card: shown once in a case, before anything else, when imported text urges to self-harm or says that its writer will."""

from __future__ import annotations

from sextortion_cli.guide.first_minute import numbers_of, whose_numbers
from sextortion_cli.guide.lines import number
from sextortion_cli.words import gettext as _


def help_card(language: str, country: str | None, basis: str) -> list[str]:
    """
    Return the lines of the card, in the language of the screen. Nothing of the text is quoted, counted or judged.

    Args:
        language, country, basis: As for the first minute.
    """
    country, basis = numbers_of(language, country, basis)
    lines = [_("Something in these messages may be hard to read. You don't have to be alone with it.")]
    medical, police = number(country, "emergency-medical"), number(country, "emergency-police")
    adult, child = number(country, "crisis-adult"), number(country, "crisis-child")
    if country is None or not (medical or police):
        return [*lines, _("In danger, or thinking of taking your life? Call 112, or the emergency number where you are.")]
    lines.append(
        _("In danger, or thinking of taking your life? Call {medical}. Police: {police}.").format(
            medical=medical or police, police=police or medical
        )
    )
    if adult and child:
        lines.append(_("Someone to talk to now: {adult}. Under 18: {child}.").format(adult=adult, child=child))
    elif adult or child:
        lines.append(_("Someone to talk to now: {adult}.").format(adult=adult or child))
    return [*lines, whose_numbers(language, country, basis)]
