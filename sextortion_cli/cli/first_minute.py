"""Bare `casefile`: the first minute."""

from __future__ import annotations

from sextortion_cli.cli.here import here
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _


def first_minute(**given: object) -> None:
    """Say what to do in the first minute; needs no case."""
    del given
    from typer._click.globals import get_current_context

    context = get_current_context()
    if context.invoked_subcommand is not None:
        return
    from datetime import UTC, datetime

    from sextortion_cli.guide.first_minute import first_minute as text

    where = here(context, strict=False)  # type: ignore[arg-type]
    country, basis = where.country()
    shown = text(current_language(), country, basis, datetime.now(UTC))
    if where.options.json:
        where.ui.result({"text": shown}, ())
    else:
        where.ui.write(shown)
        where.ui.say(_("All help lines, also in writing: casefile guide help"))
