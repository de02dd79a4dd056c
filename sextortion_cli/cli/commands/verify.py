"""`verify`: check that every byte still matches."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_SEVERITIES = (N_("difference"), N_("remnant"), N_("notice"))
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def verify(context: typer.Context, path: str = typer.Argument(None, metavar="[PATH]", help=_("The case folder."))) -> None:
    """Check that every byte still matches what the log says. Writes nothing anywhere."""
    from pathlib import Path

    from sextortion_cli.errors import NewerFormat
    from sextortion_cli.store.verify import as_json
    from sextortion_cli.store.verify import verify as check

    where = here(context)
    result = check(Path(path) if path is not None else where.path(), lambda done, total: where.ui.progress("bytes", done, total))
    where.ui.done()
    if result.ok and result.newer:
        raise NewerFormat()
    found = as_json(result)
    lines = [f"{_(item.severity)}: {item.code}  {item.subject}  {_(item.detail)}" for item in result.findings]
    verdict = (
        _("Whole: {objects} originals and {records} records are as they were saved.") if result.ok else _("Something differs. See above.")
    )
    lines.append(verdict.format(objects=result.objects, records=result.records))
    if result.fingerprint:
        lines.append(_("Fingerprint: {fingerprint}").format(fingerprint=result.fingerprint))
    lines += [_("This shows (level {level}):").format(level=result.level), f"  - {_(found['proves'])}"]
    lines += [_("This does not show:"), *(f"  - {_(text)}" for text in found["does_not_prove"])]
    where.ui.result(found, lines, prose=True)
    where.ui.next("casefile report --format markdown" if result.ok else "casefile guide helper")
    if not result.ok:
        raise typer.Exit(4)
