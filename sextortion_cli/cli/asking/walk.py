"""
Guided mode from its first line to its last.

    1  whom to call, who can see this, whom it is about    opening.py
    2  the case: the one that was begun, or a new one      opening.py
    3  the questions that are open, one at a time          order.py
    4  once more, if wanted, those that were skipped
    5  the case, what is missing, the next best step       ending.py
"""

from __future__ import annotations

from typing import Any

from sextortion_cli.cli.asking import ending, opening
from sextortion_cli.cli.asking.accounts import ask_account, ask_service
from sextortion_cli.cli.asking.opening import Person
from sextortion_cli.cli.asking.order import QUESTIONS
from sextortion_cli.cli.asking.question import Question, is_about_young
from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import UNKNOWN
from sextortion_cli.errors import CannotReadAs, NeedsExtra, SourceMissing, UsageProblem
from sextortion_cli.words import N_, ngettext
from sextortion_cli.words import gettext as _

#: What one answer may run into without anything being wrong with the rest.
_PASSING = (UsageProblem, SourceMissing, CannotReadAs, NeedsExtra)


def walk(sitting: Sitting) -> dict[str, Any]:
    """
    Ask everything that is open, end with what is there and what is not, and return it.

    Raises:
        Paused: The person wants to stop; everything until here is saved.
    """
    opening.greet(sitting)
    young = opening.open_or_go_on(sitting)
    if young is not None:
        _young_alone(sitting, young)
        return ending.summary(sitting)
    _ask_all(sitting)
    return ending.end(sitting)


def _young_alone(sitting: Sitting, person: Person) -> None:
    """A short path: no questionnaire, no pictures; one line to write down, if that is wanted."""
    talk = sitting.talk
    wanted = talk.pick(
        _("Do you want to write down their user name here? It takes a minute."), {"yes": N_("Yes"), "no": N_("No")}, unsure=False
    )
    if wanted == "yes":
        opening.open_case(sitting, person)
        service = ask_service(talk, _("Where did it start?"))
        with sitting.kept(lambda parts: any(parts.values()) and sitting.contact("started", side="extorter", **parts)) as parts:
            parts["service"] = None if service == UNKNOWN else service
            ask_account(talk, parts)
    talk.say("", _("You have done enough here. Talk to someone now, and keep the phone."), "", opening.help_lines(sitting.where))


def open_questions(sitting: Sitting) -> list[Question]:
    """Return what is still to be asked, of those that fit the case."""
    book, answered = sitting.book(), sitting.answered()
    young = is_about_young(book)
    return [item for item in QUESTIONS if item.open(book) and item.id not in answered and (item.young or not young)]


def _ask_all(sitting: Sitting) -> None:
    skipped = set(sitting.recall("skipped") or ())
    asked = [item for item in QUESTIONS if item.id not in skipped]
    _ask(sitting, asked)
    left = [item for item in open_questions(sitting) if item.id in set(sitting.recall("skipped") or ())]
    if not left:
        return
    count = ngettext("You skipped {count} question.", "You skipped {count} questions.", len(left)).format(count=len(left))
    sitting.talk.say("", count, _("That is fine."))
    if sitting.talk.pick(_("Look at them once more?"), {"yes": N_("Yes"), "no": N_("Not now")}, unsure=False) == "yes":
        _ask(sitting, left)


def _ask(sitting: Sitting, questions: list[Question]) -> None:
    for question in questions:
        if question not in open_questions(sitting):
            continue
        try:
            answered = question.ask(sitting)
        except _PASSING as problem:
            sitting.talk.say(*problem.sentences()[:2])
            answered = False
        if not answered and not question.again:
            sitting.remember("skipped", sorted({*(sitting.recall("skipped") or ()), question.id}))
