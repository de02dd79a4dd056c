"""Bare `casefile`: the first minute."""

from __future__ import annotations

from sextortion_cli.cli.here import here
from sextortion_cli.words import current_language


def first_minute(**_: object) -> None:
    """Say what to do in the first minute; needs no case."""
    from typer._click.globals import get_current_context

    context = get_current_context()
    if context.invoked_subcommand is not None:
        return
    from sextortion_cli.guide.first_minute import first_minute as text

    where = here(context, strict=False)  # type: ignore[arg-type]
    country, basis = where.country()
    shown = text(current_language(), country, basis)
    if where.options.json:
        where.ui.result({"text": shown}, ())
    else:
        where.ui.write(shown if shown.endswith("\n") else shown + "\n")
