"""The paper sheet as a file: written whole or not at all, and nothing else with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sextortion_cli.errors import ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.guide import papersheet
from sextortion_cli.guide.first_minute import numbers_of
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.glance import is_inside_any
from sextortion_cli.store.space import space_needed
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _


def write_sheet(target: Path, country: tuple[str | None, str], *, force: bool, dry_run: bool) -> dict[str, Any]:
    """
    Write the sheet: as text where the name ends in ``.txt``, else as a page.

    Raises:
        WouldOverwrite: There is something of that name. UsageProblem: The place is inside a case, or not there. ReadOnlyCase, NoSpace
    """
    target = Path(os.path.abspath(target))
    if is_inside_any(target):
        raise UsageProblem(message=_("That is inside the folder of a case, where only evidence belongs. Choose another place."))
    if not target.parent.is_dir():
        raise UsageProblem(message=_("The folder for that file is not there."))
    if target.is_dir() or (os.path.lexists(target) and not force):
        raise WouldOverwrite()
    shown = numbers_of(current_language(), *country)[0]
    form = "text" if target.suffix.lower() == ".txt" else "html"
    made = (papersheet.plain if form == "text" else papersheet.page)(current_language(), shown)
    if not dry_run:
        _write(target, made.encode())
    return {"path": str(target), "format": form, "country": shown, "lines": len(papersheet.LINES), **({"dry_run": True} if dry_run else {})}


def _write(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid():x}.part")
    with space_needed():
        try:
            fd = fileops().create(temporary)
        except PermissionError:
            raise ReadOnlyCase() from None
        try:
            try:
                fileops().write(fd, data)
            finally:
                fileops().close(fd)
            fileops().replace(temporary, target)
        except BaseException:
            if temporary.exists():
                fileops().unlink(temporary)
            raise
