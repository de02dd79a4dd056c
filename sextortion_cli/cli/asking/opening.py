"""Before there is a case: whom to call, who can use this computer, whom it is about, and where it is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import UNKNOWN, Talk
from sextortion_cli.cli.here import Here
from sextortion_cli.guide.minors import first_words
from sextortion_cli.words import N_, current_language
from sextortion_cli.words import gettext as _

_WHO = {
    "young": N_("I am under 18, and it is about me"),
    "child": N_("I help someone under 18"),
    "me": N_("No. It is about me, and I am 18 or older"),
    "adult": N_("No. I help someone who is 18 or older"),
    UNKNOWN: N_("I help someone, and don't know the age"),
}
_HELPERS = {"guardian": N_("A parent or guardian"), "volunteer": N_("Someone else who helps")}
_COUNTRIES = {
    "NO": N_("Norway"), "SE": N_("Sweden"), "DK": N_("Denmark"), "DE": N_("Germany"), "GB": N_("United Kingdom"), "IE": N_("Ireland"),
    "US": N_("United States"), "CA": N_("Canada"), "AU": N_("Australia"), "other": N_("Another country"),
}  # fmt: skip
#: Countries with one time zone.
_ZONES = {
    "NO": "Europe/Oslo", "SE": "Europe/Stockholm", "DK": "Europe/Copenhagen", "DE": "Europe/Berlin", "GB": "Europe/London",
    "IE": "Europe/Dublin",
}  # fmt: skip


class Person(NamedTuple):
    """Who fills this in, and whether the person it is about is under 18: ``yes``, ``no``, ``unknown``."""

    role: str
    young: str

    @property
    def is_young_alone(self) -> bool:
        """Tell whether somebody under 18 sits here."""
        return (self.role, self.young) == ("victim", "yes")

    @property
    def minor(self) -> str:
        """Return what is known of everybody who is shown anywhere in the case: of an adult's case, nothing about the others."""
        return "yes" if self.young == "yes" else "unknown"


def help_lines(where: Here) -> str:
    """Return the first words and whom to call: the first minute without its steps."""
    from sextortion_cli.guide.helpfirst import help_first

    return help_first(current_language(), *where.country())


def greet(sitting: Sitting) -> None:
    """Say whom to call, and how this works."""
    sitting.talk.say(
        help_lines(sitting.where),
        "",
        _("One question at a time. Everything can be skipped with Enter. Every answer is saved at once."),
        _("Type ? if you don't know, help to see the numbers again, pause to stop."),
    )


def who_can_see(sitting: Sitting) -> None:
    """Ask whether somebody else can use this computer, and say what helps then."""
    talk = sitting.talk
    answer = talk.yes(_("Can someone you don't want to know about this use this computer?"))
    if answer not in ("yes", UNKNOWN):
        return
    sitting.empties = True
    talk.say(
        _("Then another computer is best, if you have one. Here, a neutral name and a private place are chosen."),
        _("When you are done, lock everything into one file:  casefile lock --setup"),
        _("What this program leaves on the computer:  casefile traces"),
        _("The screen is emptied when this ends."),
    )


def whom(sitting: Sitting) -> Person:
    """Ask whom it is about."""
    answer = sitting.talk.pick(_("Are you, or is the person it is about, under 18?"), _WHO)
    if answer == "child":
        return Person(sitting.talk.pick(_("Who are you?"), _HELPERS, unsure=False) or "volunteer", "yes")
    if answer == "young":
        return Person("victim", "yes")
    if answer in ("adult", UNKNOWN):
        return Person("volunteer", "no" if answer == "adult" else UNKNOWN)
    return Person("victim", "no" if answer == "me" else UNKNOWN)


def open_or_go_on(sitting: Sitting) -> Person | None:
    """
    Take up the case that was begun, or ask the first questions and open one.

    Returns:
        Who fills it in, where no case was opened because somebody under 18 is alone with it; else None.
    """
    if _go_on(sitting):
        return None
    who_can_see(sitting)
    person = whom(sitting)
    said = first_words(person.role, person.young, sitting.country())
    if said:
        sitting.talk.say("", *said)
    if person.is_young_alone:
        return person
    if person.role != "victim":
        sitting.talk.say("", _("Answer for the person you help. Don't ask them again for what you know already."))
    open_case(sitting, person)
    return None


def _go_on(sitting: Sitting) -> bool:
    """Take up the case that was begun, if there is one and it is the one that is meant."""
    found = begun(sitting.where)
    if found is None:
        return False
    sitting.talk.say("", _("There is one you began: {path}").format(path=found))
    answer = sitting.talk.pick(_("Go on with it?"), {"yes": N_("Yes"), "no": N_("No, begin a new one")}, unsure=False)
    if answer == "no":
        sitting.where.options.case = None
        return False
    sitting.take_up(found)
    return True


def open_case(sitting: Sitting, person: Person) -> None:
    """Ask where it is kept and which clock the phone has, and open the case."""
    from sextortion_cli import casework

    country = _country(sitting)
    zone = _zone(sitting.talk, country)
    made = casework.new_case(
        _place(sitting), sitting.session(), title=None, timezone=zone, country=country, language=current_language(), role=person.role,
        minor=person.minor, prefix="A",
    )  # fmt: skip
    sitting.take_up(made.path)
    sitting.talk.say("", _("It is kept here: {path}").format(path=made.path))
    sitting.talk.say(_("Put nothing into that folder yourself."))


def _country(sitting: Sitting) -> str | None:
    """Return the country: as given, else as the person says; a guess is only offered first."""
    from sextortion_cli.cli.choices import country_code, country_of

    options = sitting.where.options
    if options.country:
        return country_of(options.country)
    guess = sitting.country()
    offered = {guess: _COUNTRIES.get(guess, guess), **_COUNTRIES} if guess else _COUNTRIES
    found = sitting.talk.pick(_("Which country are you in?"), offered)
    if found == "other":
        text = sitting.talk.text(
            _("Two letters, like FR?"), lambda text: None if _is_code(text) else _("Please write two letters, or only Enter.")
        )
        found = country_code(text) if text else None
    if found in (None, UNKNOWN):
        return None
    options.country = found
    if found != guess:
        sitting.talk.say("", help_lines(sitting.where))
    return found


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()


def _zone(talk: Talk, country: str | None) -> str | None:
    """Return the zone the phone showed, as the person says."""
    zone = _ZONES.get(country or "")
    if zone is not None:
        answer = talk.pick(_("Did the phone show this time zone: {zone}?").format(zone=zone), {"yes": N_("Yes"), "no": N_("No, another")})
        if answer != "no":
            return zone if answer == "yes" else None
    return talk.text(_("Which time zone did the phone show? Like Europe/Oslo."), _is_no_zone)


def _is_no_zone(text: str) -> str | None:
    from sextortion_cli.normalise.times import zone

    try:
        zone(text)
    except ValueError:
        return _("That time zone is not known. Write it like Europe/Oslo.")
    return None


def _place(sitting: Sitting) -> Path:
    """Return the folder of the new case: the one that was named, else one the person agrees to."""
    from sextortion_cli import casework
    from sextortion_cli.cli.settings import named_folder
    from sextortion_cli.synced import service_of

    talk = sitting.talk
    named = named_folder(sitting.where.options.case)
    if named is not None:
        return casework.path_of(named)
    offered = default_place()
    while True:
        typed = talk.text(_("Where is it to be kept? Enter takes: {path}").format(path=offered))
        found = offered if typed is None else casework.path_of(os.path.expanduser(typed))
        fault = _is_no_place(found)
        if fault is not None:
            talk.say(fault)
            continue
        service = service_of(found.parent)
        if service is None:
            return found
        talk.say(_("That folder seems to be sent to {service}. Others may see it there.").format(service=service))
        if talk.pick(_("Keep it there all the same?"), {"yes": N_("Yes"), "no": N_("No")}, unsure=False) == "yes":
            return found


def _is_no_place(path: Path) -> str | None:
    from sextortion_cli.errors import Problem
    from sextortion_cli.store.create import check_free

    try:
        check_free(path)
    except Problem as problem:
        return problem.sentences()[0]
    return None


def default_place() -> Path:
    """Return a free folder of a neutral name in the home folder, or here where that is sent to a cloud."""
    from sextortion_cli.synced import service_of

    home = Path(os.path.expanduser("~"))
    base = home if home.is_dir() and os.access(home, os.W_OK) and service_of(home) is None else Path.cwd()
    number, found = 1, base / _("archive")
    while os.path.lexists(found):
        number += 1
        found = base / f"{_('archive')}-{number}"
    return found


def begun(where: Here) -> Path | None:
    """Return the case to go on with: named, around or below this folder, or at the default place."""
    from sextortion_cli.cli.settings import case_folder
    from sextortion_cli.errors import NoCaseHere

    try:
        return case_folder(where.options.case)
    except NoCaseHere as error:
        if where.options.case or os.environ.get("CASEFILE_DIR"):
            return None
        inside = error.values.get("inside")
    if isinstance(inside, str):
        import shlex

        return Path(os.path.abspath(shlex.split(inside)[0]))
    found = Path(os.path.expanduser("~")) / _("archive")
    return found if (found / "case.json").is_file() else None
