"""`guide`: what to do now."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _topics() -> str:
    """Return what there is a guide for."""
    from sextortion_cli.guide.topics import topics
    from sextortion_cli.words import current_language

    return "; ".join(f"{entry.id}: {entry.title}" for entry in topics(current_language())) + "."


@app.command()
def guide(context: typer.Context, topic: str = typer.Argument("now", metavar="[TOPIC]", help=_topics())) -> None:
    """Say what to do now, step by step. Needs no case."""
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.guide.first_minute import numbers_of, whose_numbers
    from sextortion_cli.guide.topics import steps, topics
    from sextortion_cli.words import current_language

    where = here(context)
    known = {entry.id: entry.title for entry in topics(current_language())}
    if topic not in known:
        raise UsageProblem(message=_("Topics are: {topics}").format(topics=", ".join(known)))
    country, basis = numbers_of(current_language(), *where.country())
    found = steps(topic, current_language(), country)
    lines = [known[topic], "", *(f"{number}  {step.text}" for number, step in enumerate(found, 1))]
    if country is not None and any(step.source == "help.json" for step in found):
        lines += ["", whose_numbers(current_language(), country, basis)]
    listed = [{"text": step.text, "source": step.source} for step in found]
    where.ui.result({"topic": topic, "title": known[topic], "steps": listed, "topics": list(known)}, lines, prose=True)
    where.ui.say(_("More:") + " " + ", ".join(name for name in known if name != topic))
    where.ui.next("casefile guide capture" if topic == "now" else "casefile guide")
