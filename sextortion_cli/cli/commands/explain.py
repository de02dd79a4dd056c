"""`explain`: one page on one exhibit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from sextortion_cli.cli.here import here
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def explain(
    context: typer.Context,
    exhibit: str = typer.Argument(..., metavar="EXHIBIT", help=_("An exhibit (A-001), or the first eight or more letters of its SHA-256.")),
) -> None:
    """Explain one exhibit on one page: origin, route, checksums, readers, times, what it does not show, and how to check it without this program."""
    from sextortion_cli import explaining

    where = here(context)
    case = where.case()
    name = where.exhibit(case, exhibit)
    assert name is not None
    page = explaining.explain(case, case.book.exhibits[name], where.session())
    where.ui.result(page, list(_lines(page)))
    where.ui.next("casefile verify")


def _lines(page: Mapping[str, Any]) -> Iterator[str]:
    from sextortion_cli.report.wording import ANSWERED_CLOCK, STATUS

    yield f"{page['exhibit']}  {page['name']}"
    yield f"{_('Kind of evidence')}: {_(STATUS[page['evidential_status']])}"
    for label, key in _PLAIN:
        if page[key]:
            yield f"{_(label)}: {page[key]}"
    for key, value in page["acquisition"]["stated"].items():
        yield f"{_('Stated')}: {key} {value}"
    yield f"{_('What that route can change')}: {_(page['route']['changes'])}"
    by = page["acquisition"]["by"] or _("nobody named")
    yield f"{_('Imported')}: {page['file_times']['imported']}, {by} [{_('record')} {page['record']}]"
    yield f"{_('Phone and computer showed the same time')}: {_(ANSWERED_CLOCK.get(page['acquisition']['clock'] or 'not-asked', 'not asked'))}"
    if page["file_times"]["source_modified"]:
        yield f"{_('Modification time of the source file (not the time of capture)')}: {page['file_times']['source_modified']}"
    reading, derived = page["reading"], page["derived"]
    if page["importer"] and reading:
        options = ", ".join(f"{key} {value}" for key, value in reading["options"].items())
        yield f"{_('Read as')}: {page['importer']} {reading['version']} ({reading['isolation']})" + (f"; {options}" if options else "")
    if derived["readers"]:
        yield f"{_(_SELF)}: {', '.join(derived['readers'])}"
    came = ", ".join(derived["exhibits"]) or "-"
    yield f"{_(_DERIVED)}: {_('messages')} {derived['messages']}; {_(_EXHIBITS)} {came}"
    for label, key in ((N_("Shows"), "shows"), (N_("Does not show"), "does_not_show")):
        yield ""
        yield f"{_(label)}:"
        yield from (f"  - {_(text)}" for text in page[key])
    yield ""
    yield _("To check it without this program:")
    for item in page["repeat"]:
        yield f"  {_(item['what'])}"
        yield f"    {item['command']}"


_PLAIN = (
    ("SHA-256", "sha256"),
    ("SHA-1", "sha1"),
    ("MD5", "md5"),
    (N_("Size"), "size"),
    (N_("Came out of"), "parent"),
    (N_("Type by content"), "media_type"),
)
_SELF = N_("Readers of what the file says of itself")
_DERIVED, _EXHIBITS = N_("What came out of it"), N_("exhibits")
