"""`intake`: the desk that receives a package."""

from __future__ import annotations

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_SEVERITIES = (N_("difference"), N_("notice"))
app = typer.Typer(add_completion=False, rich_markup_mode=None, help=_("Check a package that was received."))
_PACKAGES = typer.Argument(..., metavar="PACKAGE...", help=_("The folder or zip that was received."))


@app.command()
def verify(
    context: typer.Context,
    packages: list[str] = _PACKAGES,
    fingerprint: str | None = typer.Option(None, help=_("The fingerprint that was read out to you.")),
) -> None:
    """Check that nothing in a package differs. Opens no file by its name, writes nothing anywhere."""
    import shlex
    from pathlib import Path

    from sextortion_cli import desk

    where = here(context)
    lines, found = [], []
    for name in packages:
        result = desk.check(Path(name).absolute(), fingerprint, lambda done, total: where.ui.progress("bytes", done, total))
        where.ui.done()
        found.append(result)
        lines.append(_("Package: {path}").format(path=result.path))
        lines += [f"{_(item.severity)}: {item.code}  {item.subject}  {_(desk.WORDS[item.code])}" for item in result.findings]
        verdict = _("Whole: {files} files are as they were when the package was made.") if result.ok else _("Something differs. See above.")
        lines.append(verdict.format(files=result.files))
        if result.fingerprint is not None:
            lines.append(_("Fingerprint: {fingerprint}").format(fingerprint=result.fingerprint))
    ok = all(item.ok for item in found)
    where.ui.result({"ok": ok, "packages": [item.as_json() for item in found]}, lines, prose=True)
    if not ok:
        raise typer.Exit(4)
    where.ui.next(f"casefile intake summary {shlex.quote(packages[0])} --format txt")


@app.command()
def summary(
    context: typer.Context,
    package: str = typer.Argument(..., metavar="PACKAGE", help=_("The folder or zip that was received.")),
    form: str = typer.Option("txt", "--format", metavar="txt|csv", help=_("txt for people, csv for tables.")),
) -> None:
    """Show a package in thirty lines, to paste into any system. The package is checked first."""
    import csv
    import io
    from pathlib import Path

    from sextortion_cli import desk
    from sextortion_cli.cli.choices import one_of
    from sextortion_cli.gates.csvcell import cell
    from sextortion_cli.inshort import in_short

    where = here(context)
    form = str(one_of(form, "--format", ("txt", "csv")))
    path = Path(package).absolute()
    checked = desk.check(path)
    rows = list(in_short(path, checked))
    lines = [f"{line.label}: {line.value}" for line in rows]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([cell(line.label), cell(line.value)] for line in rows)
        lines = out.getvalue().splitlines()
    where.ui.result({"ok": checked.ok, "lines": [line._asdict() for line in rows]}, lines)
    if not checked.ok:
        raise typer.Exit(4)
