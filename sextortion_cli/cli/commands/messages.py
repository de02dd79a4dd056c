"""`messages`: what was read, in the order of the file."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_KINDS = ("text", "media", "call", "deleted", "reaction", "service", "app_notice", "other")


@app.command()
def messages(
    context: typer.Context,
    exhibit: str = typer.Argument(None, help=_("Only this exhibit (A-001).")),
    sender: str = typer.Option(None, help=_("Only this sender (name or id).")),
    kind: str = typer.Option(None, help=_("Only this kind: text, media, call, deleted, reaction, service, app_notice, other.")),
    since: str = typer.Option(None, "--from", metavar="YYYY-MM-DD", help=_("Only from this day.")),
    until: str = typer.Option(None, "--to", metavar="YYYY-MM-DD", help=_("Only up to this day.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """Show the messages that were read, in the order of the file."""
    from sextortion_cli import lookup
    from sextortion_cli.cli.choices import day_of, one_of
    from sextortion_cli.cli.describe import message_lines

    where = here(context, jsonl=jsonl)
    case = where.case()
    wanted = lookup.MessageFilter(
        where.exhibit(case, exhibit), sender, one_of(kind, "--kind", _KINDS), day_of(since, "--from"), day_of(until, "--to")
    )
    where.ui.listing("messages", lookup.messages(case, wanted), message_lines, jsonl=jsonl, empty=_("No messages."))
    where.ui.next("casefile timeline")
