"""`guide`: what to do now, and when it has already happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.store.case import Case

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_PHONES = ("iphone", "android")
_COMPUTERS = ("linux", "windows", "macos")
#: Topics that say more when a service or a way to pay is named.
_NAMED = ("capture", "paid", "deleted", "data")


def _topics() -> str:
    """Return what there is a guide for."""
    from sextortion_cli.guide.helplines import title
    from sextortion_cli.guide.topics import topics
    from sextortion_cli.words import current_language

    return (
        "; ".join((f"{HELP}: {title(current_language())}", *(f"{entry.id}: {entry.title}" for entry in topics(current_language())))) + "."
    )


HELP = "help"
"""The topic that lists every help line; `guide/helplines.py` has it."""


def _help(where: Here) -> None:
    from datetime import UTC, datetime

    from sextortion_cli.guide.helplines import records, screen, title
    from sextortion_cli.words import current_language

    language, now = current_language(), datetime.now(UTC)
    shown = screen(language, *where.country(), now)
    value = {"topic": HELP, "title": title(language), "steps": [], **records(language, *where.country(), now)}
    where.ui.result(value, [title(language), "", *shown], prose=True)
    where.ui.next("casefile guide")


@app.command()
def guide(
    context: typer.Context,
    topic: str = typer.Argument("now", metavar="[TOPIC]", help=_topics()),
    name: str = typer.Argument(
        None, metavar="[NAME]", help=_("A service (capture, data, deleted) or a way to pay (paid), like Snapchat or Vipps.")
    ),
    phone: str = typer.Option(None, "--from", metavar="iphone|android", help=_("With phone: only this phone.")),
    computer: str = typer.Option(None, "--to", metavar="linux|windows|macos", help=_("With phone: only this computer.")),
    done: int = typer.Option(None, "--done", metavar="NUMBER", help=_("With capture SERVICE: tick this one; it is logged.")),
) -> None:
    """Say what to do now, step by step. Needs no case; in a case it says what is done already, and offers to log what happened."""
    from sextortion_cli.cli import guiding, pathlog
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.guide.first_minute import numbers_of, whose_numbers
    from sextortion_cli.guide.topics import steps, topics
    from sextortion_cli.words import current_language

    where = here(context)
    known = {entry.id: entry for entry in topics(current_language())}
    if topic not in known and topic != HELP:
        raise UsageProblem(message=_("Topics are: {topics}").format(topics=", ".join((HELP, *known))))
    _check(topic, name, phone, computer, done)
    if topic == HELP:
        _help(where)
        return
    country, basis = numbers_of(current_language(), *where.country())
    found = steps(topic, current_language(), country)
    more, lines = _more(where, topic, name, phone, computer, done)
    shown = [known[topic].title, "", *guiding.step_lines(where, found), *lines]
    if country is not None and any(step.has_number for step in found):
        shown += ["", whose_numbers(current_language(), country, basis)]
    value = {
        "topic": topic,
        "title": known[topic].title,
        "steps": [step.as_json() for step in found],
        "log": known[topic].log,
        **more,
        "topics": [HELP, *known],
    }
    where.ui.result(value, shown, prose=True)
    logged = pathlog.offer(where, known[topic].log)
    where.ui.say(_("More:") + " " + ", ".join((HELP, *(entry for entry in known if entry != topic))))
    where.ui.next(*_following(topic, name, is_logged=bool(logged)))


def _check(topic: str, name: str | None, phone: str | None, computer: str | None, done: int | None) -> None:
    """Refuse what does not belong together."""
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.errors import UsageProblem

    if name is not None and topic not in _NAMED:
        raise UsageProblem(message=_("Only these topics take a name: {topics}").format(topics=", ".join(_NAMED)))
    if topic != "phone" and (phone or computer):
        raise UsageProblem(message=_("--from and --to belong to: guide phone"))
    if done is not None and (topic != "capture" or name is None):
        raise UsageProblem(message=_("--done belongs to: guide capture SERVICE"))
    one_of(phone, "--from", _PHONES)
    one_of(computer, "--to", _COMPUTERS)


def _more(
    where: Here, topic: str, name: str | None, phone: str | None, computer: str | None, done: int | None
) -> tuple[dict[str, Any], list[str]]:
    """Return what a topic shows besides its steps."""
    from sextortion_cli.cli import guiding
    from sextortion_cli.guide.platforms import platform_of

    if topic == "phone":
        return guiding.phone_parts(where, *_asked(where, phone, computer))
    if topic == "paid" and name is not None:
        value, lines = guiding.rail_of(name)
        return value, ["", *lines]
    if name is None:
        value, lines = guiding.shots_of(where, None, None) if topic == "capture" else ({}, [])
        return value, ["", *lines] if lines else []
    platform = platform_of(name)
    title = name if platform.id == "other" else platform.name
    if topic == "data":
        value, lines = guiding.own_data_of(platform)
        return {"service": title, "platform": platform.id, **value}, ["", f"{title}:", *lines]
    if topic == "deleted":
        value, lines = guiding.deletion_of(where, platform, title)
        return value, ["", *lines]
    if done is not None:
        guiding.tick(where, platform, name, done)
    facts, known = guiding.known_of(where, platform, title)
    shots, wanted = guiding.shots_of(where, _case(where), platform)
    return {**facts, **shots}, ["", *known, "", *wanted]


def _asked(where: Here, phone: str | None, computer: str | None) -> tuple[str | None, str | None]:
    """On a terminal, ask which phone and which computer; what is skipped means every one."""
    ask = where.session().ask
    if ask is not None and phone is None:
        answer = ask(_("Which phone is it?"), ("iPhone", "Android"))
        phone = None if answer is None else answer.casefold()
    if ask is not None and computer is None:
        answer = ask(_("To which computer?"), ("Linux", "Windows", "Mac"))
        computer = None if answer is None else {"mac": "macos"}.get(answer.casefold(), answer.casefold())
    return phone, computer


def _case(where: Here) -> Case | None:
    """Return the case, None where there is none: a guide needs none."""
    from sextortion_cli.errors import NoCaseHere

    try:
        return where.case()
    except NoCaseHere:
        return None


def _following(topic: str, name: str | None, *, is_logged: bool) -> tuple[str, ...]:
    if is_logged:
        return ("casefile missing",)
    if topic == "now":
        return ("casefile guide capture",)
    if topic == "capture":
        return ("casefile import PATH", "casefile missing") if name else ("casefile guide capture SERVICE",)
    return ("casefile guide",)
