"""`guide`: what to do now."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


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
def guide(context: typer.Context, topic: str = typer.Argument("now", metavar="[TOPIC]", help=_topics())) -> None:
    """Say what to do now, step by step. Needs no case."""
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.guide.first_minute import numbers_of, whose_numbers
    from sextortion_cli.guide.topics import steps, topics
    from sextortion_cli.words import current_language

    where = here(context)
    if topic == HELP:
        _help(where)
        return
    known = {entry.id: entry.title for entry in topics(current_language())}
    if topic not in known:
        raise UsageProblem(message=_("Topics are: {topics}").format(topics=", ".join((HELP, *known))))
    country, basis = numbers_of(current_language(), *where.country())
    found = steps(topic, current_language(), country)
    lines = [known[topic], "", *(f"{number}  {step.text}" for number, step in enumerate(found, 1))]
    if country is not None and any(step.source == "help.toml" for step in found):
        lines += ["", whose_numbers(current_language(), country, basis)]
    listed = [{"text": step.text, "source": step.source} for step in found]
    where.ui.result({"topic": topic, "title": known[topic], "steps": listed, "topics": [HELP, *known]}, lines, prose=True)
    where.ui.say(_("More:") + " " + ", ".join((HELP, *(name for name in known if name != topic))))
    where.ui.next("casefile guide capture" if topic == "now" else "casefile guide")
