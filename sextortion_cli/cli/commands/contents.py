"""`contents`: what an archive holds, before anything of it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from sextortion_cli.cli.describe import conversation_lines
from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def contents(
    context: typer.Context,
    path: str = typer.Argument(metavar="ARCHIVE", help=_("A zip or tar file, like the one a service lets you download.")),
    jsonl: bool = typer.Option(False, "--jsonl", help=_("One record a line.")),
) -> None:
    """List the conversations in an archive: name, service, how many messages, first and last day. Nothing is copied or changed."""
    from sextortion_cli.casework import path_of
    from sextortion_cli.contents import list_contents

    where = here(context, jsonl=jsonl)
    shown = [0]

    def counted() -> Iterator[dict[str, Any]]:
        for item in list_contents(path_of(path)):
            shown[0] += 1
            yield item

    where.ui.listing("conversations", counted(), conversation_lines, jsonl=jsonl, empty=_("No conversations were found in it."))
    if shown[0]:
        where.ui.next("casefile import ARCHIVE --thread NAME", "casefile import ARCHIVE --all")
