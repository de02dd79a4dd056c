"""`contents`: what an archive or folder holds, before anything of it is taken."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import typer

from sextortion_cli.cli.describe import conversation_lines
from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def contents(
    context: typer.Context,
    path: str = typer.Argument(metavar="PATH", help=_("A zip, tar or 7z file, or a folder, like the one a service lets you download.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """List the conversations in an archive or folder: name, service, how many messages, first and last day. Nothing is copied or changed."""
    from sextortion_cli.casework import path_of
    from sextortion_cli.contents import list_contents

    where = here(context, jsonl=jsonl)
    histories = [0]

    def found() -> Generator[dict[str, Any], None, None]:
        histories[0] = yield from list_contents(path_of(path))

    shown = where.ui.listing("conversations", found(), conversation_lines, jsonl=jsonl, empty=_("No conversations were found in it."))
    if histories[0]:
        where.ui.say(_("It holds a browser's history. Only the sites you name are read: casefile import PATH --thread example.com"))
    if shown:
        where.ui.next("casefile import PATH --thread NAME", "casefile import PATH --all")
