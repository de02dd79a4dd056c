"""`guide`: what to do now."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def guide(context: typer.Context, topic: str = typer.Argument("now", metavar="[TOPIC]", help=_("Without it: now."))) -> None:
    """Say what to do now, step by step. Needs no case."""
    from sextortion_cli.errors import UsageProblem
    from sextortion_cli.guide.topics import steps, topics
    from sextortion_cli.words import current_language

    where = here(context)
    known = {entry.id: entry.title for entry in topics(current_language())}
    if topic not in known:
        raise UsageProblem(message=_("Topics are: {topics}").format(topics=", ".join(known)))
    country, _basis = where.country()
    found = steps(topic, current_language(), country)
    lines = [known[topic], "", *(f"{number}  {step.text}" for number, step in enumerate(found, 1))]
    listed = [{"text": step.text, "source": step.source} for step in found]
    where.ui.result({"topic": topic, "title": known[topic], "steps": listed, "topics": list(known)}, lines)
    where.ui.say(_("More:") + "  casefile guide " + "|".join(name for name in known if name != topic))
