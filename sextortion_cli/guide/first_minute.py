"""The first minute: help lines first, then six steps. At most 59 columns; each message is broken into lines where it reads well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sextortion_cli.guide.lines import countries, line_for, number, numbers_of_country
from sextortion_cli.words import N_, translator

_WIDTH = 59
_INDENT = "   "
_GUESSES = frozenset({"settings", "locale", "language"})

Say = Callable[[str], str]


def first_minute(language: str, country: str | None, basis: str, now: datetime | None = None) -> str:
    """
    Return the text.

    Args:
        language: A language of the catalogues.
        country: Two letters, or None.
        basis: ``given``, ``case``, ``settings``, ``locale`` or ``none``; a guess is said to be a guess.
        now: The moment, with its zone: of two lines the one that answers now is shown, and one that is closed is said to be.
    """
    country, basis = numbers_of(language, country, basis)
    say = translator(language)
    return "\n".join((say(_FIRST), "", *_numbers(say, language, country, basis, now), "", *_steps(say, country), "", say(_NEXT))) + "\n"


def numbers_of(language: str, country: str | None, basis: str) -> tuple[str | None, str]:
    """Return the country whose numbers are shown, None when they are not known, and where it comes from; nb alone means Norway."""
    if country in countries():
        return country, basis
    if language == "nb" and basis != "given":
        return "NO", "language"
    return None, basis


def whose_numbers(language: str, country: str, basis: str) -> str:
    """Return the sentence that says of which country the numbers are, and whether that is a guess."""
    say = translator(language)
    return say(_GUESSED if basis in _GUESSES else _WHOSE).format(numbers=say(numbers_of_country(country)))


def _numbers(say: Say, language: str, country: str | None, basis: str, now: datetime | None) -> list[str]:
    if country is None:
        hint = say(_KNOWN).format(countries=" ".join(countries())) if basis == "given" else say(_EXAMPLE)
        return [say(_DANGER), _INDENT + say(_ANYWHERE), say(_YOURS), *_indented(f"({hint})")]
    medical, police = number(country, "emergency-medical"), number(country, "emergency-police")
    adult, child = _shown(say, country, "crisis-adult", now), _shown(say, country, "crisis-child", now)
    found = [say(_DANGER), _INDENT + say(_CALL).format(medical=medical, police=police)]
    told = ([f"{adult}."] if adult else []) + ([say(_UNDER).format(child=child)] if child else [])
    if told:
        both = "  ".join(told)
        found += [say(_TALK), *(_INDENT + text for text in ([both] if len(both) + len(_INDENT) <= _WIDTH else told))]
    return [*found, *_broken(whose_numbers(language, country, basis))]


def _shown(say: Say, country: str, kind: str, now: datetime | None) -> str | None:
    """Return the number of the line that answers, or that is the nearest to it; one that is closed is said to be."""
    line = line_for(country, kind, now)
    if line is None or line.phone is None:
        return None
    return say(_CLOSED).format(number=line.phone) if now is not None and line.answers(now, "phone") is False else line.phone


def _steps(say: Say, country: str | None) -> list[str]:
    police = number(country, "police-report")
    last = say(_TELL) if police is None else say(_TELL_NUMBER).format(police=police)
    found = []
    for place, step in enumerate((*(say(text) for text in _STEPS), "\n".join(_broken(last, len(_INDENT)))), 1):
        first, *rest = step.split("\n")
        found += [f"{place}  {first}", *(_INDENT + text for text in rest)]
    return found


def _broken(text: str, indent: int = 0) -> list[str]:
    """Return a text in one line, in two where it is too long."""
    return [text] if len(text) + indent <= _WIDTH else text.replace(". ", ".\n", 1).split("\n")


def _indented(text: str) -> list[str]:
    """Return words in as many lines as they need, all indented."""
    lines, line = [], ""
    for word in text.split():
        if line and len(_INDENT) + len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [_INDENT + part for part in (*lines, line)]


_FIRST = N_("It is not your fault. Whoever is pressing you is\ncommitting a crime. There is help now.")
_DANGER = N_("In danger, or thinking of taking your life?")
_CALL = N_("Call {medical}.  Police: {police}.")
_ANYWHERE = N_("Call 112, or the emergency number where you are.")
_YOURS = N_("Help in your country: casefile --country CC")
_EXAMPLE = N_("for example --country NO")
_KNOWN = N_("known countries: {countries}")
_TALK = N_("Do you need someone to talk to now?")
_UNDER = N_("Under 18: {child}.")
_CLOSED = N_("{number} (closed now)")
_WHOSE = N_("{numbers}. Other: --country CC")
_GUESSED = N_("{numbers} (country assumed). Other: --country CC")
_STEPS = (
    N_("Stop answering. Don't explain, don't negotiate."),
    N_("Don't pay. If you have paid: call your bank now,\nand pay no more."),
    N_("Don't send more pictures."),
    N_("Delete nothing: no chats, no apps, no accounts."),
    N_(
        "Take screenshots of the text, the profile, the demand.\nBlock afterwards.\nSnapchat tells the other side: use another phone\nas a camera.\n"
        "Under 18: take no picture of the nude itself.\nLeave it where it is.\nToo much? Write down the user name and block.\nThat is fine."
    ),
)
_TELL = N_("Tell someone you trust. Call the police.")
_TELL_NUMBER = N_("Tell someone you trust. Call the police: {police}.")
_NEXT = N_("Next:  casefile start   (all can be skipped, all is kept)")
