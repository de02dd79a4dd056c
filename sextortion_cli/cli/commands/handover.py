"""`handover`: one package for the police, or for a helper."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def handover(
    context: typer.Context,
    output: str = typer.Option(..., "--output", metavar="PATH", help=_("The folder to make; a zip when the name ends with .zip.")),
    grade: str = typer.Option("police-full", metavar="police-full|helper", help=_("For whom it is.")),
    to: list[str] = typer.Option(
        [], "--to", metavar="KEY", help=_("Lock it for this age key (age1..., or a file with keys); may be given again.")
    ),
    max_size: str | None = typer.Option(
        None, "--max-size", metavar="SIZE", help=_("Make parts that are no larger, like 20MB; each can be checked alone.")
    ),
    force: bool = typer.Option(False, "--force", help=_("Overwrite that file.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Write nothing.")),
) -> None:
    """Make one package of the case that anybody can read, and check without this program."""
    import os
    from pathlib import Path

    from sextortion_cli import apportion
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.cli.settings import language_code
    from sextortion_cli.handing import hand_over

    where = here(context)
    grade = str(one_of(grade, "--grade", (*apportion.GRADES, *apportion.LATER)))
    made = hand_over(
        where.path(), where.session(), Path(os.path.abspath(output)),
        grade=grade, language=language_code(where.options.language), to=to, max_size=max_size,
        force=force, dry_run=dry_run,
    )  # fmt: skip
    what = _("Would write: {path}") if dry_run else _("Written: {path}")
    lines = [what.format(path=path) for path in made["paths"]] if dry_run else []
    lines += [text for part in made.get("parts", ()) for text in (what.format(path=part["path"]), f"SHA-256: {part['sha256']}")]
    lines.append(
        _("Originals in it: {given}. Not in it: {withheld}; the list says why.").format(given=made["originals"], withheld=made["withheld"])
    )
    lines += [text for notice in made["notices"] for text in (notice["what"], notice["how"])]
    if made["locked"]:
        lines.append(_("It is locked: only who has one of these keys can open it. It was opened again and compared."))
    else:
        lines.append(_("It is not encrypted: whoever gets it can read it. Give it by hand, or lock it for a key of the police with --to."))
    lines += [
        _("Fingerprint: {fingerprint}").format(fingerprint=made["fingerprint"]),
        _("Read the fingerprint out to the police: by telephone, or face to face. They compare it with the package."),
    ]
    where.ui.result(made, lines, prose=True)
    if not dry_run and not made["locked"]:
        import shlex

        where.ui.next(f"casefile intake verify {' '.join(shlex.quote(path) for path in made['paths'])}")
