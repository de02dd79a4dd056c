"""The people around: who knows, whether the police do; what was left out; and the person's own words."""

from __future__ import annotations

from sextortion_cli.cli.asking.sitting import Sitting
from sextortion_cli.cli.asking.talk import DONT_KNOW
from sextortion_cli.guide.lines import number
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_TOLD = {"yes": N_("Yes"), "no": N_("Not yet")}


def told(sitting: Sitting) -> bool:
    """Ask whether somebody knows; nobody should be alone with it."""
    question = _("Have you told someone you trust?")
    answer = sitting.talk.pick(question, _TOLD)
    if answer is None:
        return False
    if answer == "yes":
        sitting.talk.say(_("Good. You need not be alone with it."))
        with sitting.kept(lambda parts: sitting.event("told", "told-someone", **parts)) as parts:
            parts["text"] = sitting.talk.text(_("Who knows? A word is enough, like friend."))
    else:
        sitting.talk.say(_("Choose one person you trust. A friend, family, a doctor: you need not say everything."))
        sitting.note("told", f"{question} {_(_TOLD.get(answer, DONT_KNOW))}.")
    return True


def police(sitting: Sitting) -> bool:
    """Ask whether the police know, and under which number."""
    question = _("Have you talked to the police?")
    answer = sitting.talk.pick(question, _TOLD)
    if answer is None:
        return False
    if answer == "yes":
        with sitting.kept(lambda parts: sitting.event("police", "reported", **parts)) as parts:
            parts["when"] = sitting.talk.text(_("When was that? Like 2026-03-12 21:05, or in your own words."))
            parts["reference"] = sitting.talk.text(_("Did you get a case number?"))
        return True
    _say_whom_to_call(sitting)
    sitting.note("police", f"{question} {_(_TOLD.get(answer, DONT_KNOW))}.")
    return True


def _say_whom_to_call(sitting: Sitting) -> None:
    country = sitting.country()
    report, support = number(country, "police-report"), number(country, "support-no-report")
    sitting.talk.say(_("Call the police: {number}.").format(number=report) if report else _("Call the police where you are."))
    if support:
        sitting.talk.say(_("Not ready to report? Call {number}. You need not report to call.").format(number=support))


def left_out(sitting: Sitting) -> bool:
    """Ask what was left out on purpose: that is fine, and good to know."""
    what = sitting.talk.text(_("Is there something you leave out on purpose? That is fine. What is it?"))
    if what is None:
        return False
    why = sitting.talk.text(_("Why? A word is enough."))
    sitting.left_out("left-out", what, why or _("no reason was given"))
    return True


def own_words(sitting: Sitting) -> bool:
    """Ask for the person's own words, as many as they like."""
    text = sitting.talk.text(_("Is there something else? Write it in your own words, as much or as little as you like."), several=True)
    if text is None:
        return False
    sitting.note("own-words", text)
    return True


def childs_words(sitting: Sitting) -> bool:
    """Take down what a child said of its own accord, word for word."""
    sitting.talk.say("", _("Don't question the child. Write down what it has said of its own accord, word for word."))
    text = sitting.talk.text(_("What did it say? Leave out what you think it meant."), several=True)
    if text is None:
        return False
    sitting.note("childs-words", text)
    return True
