"""Write the case file: assemble, render, put it where it was asked for, and log that it was made."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sextortion_cli.assemble import assemble
from sextortion_cli.errors import ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.model.session import Session
from sextortion_cli.redrawing import pictures
from sextortion_cli.report import jsonfile, markdown
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import fileops
from sextortion_cli.words import gettext as _

_BLOCK = 1 << 16
#: Every format, and the ending of its file's name.
FORMATS = {"html": "html", "markdown": "md", "json": "json"}


def write_report(
    path: Path,
    session: Session,
    form: str,
    target: Path | None,
    *,
    language: str | None,
    force: bool,
    unmask: bool,
    write: Callable[[str], None],
    dry_run: bool = False,
) -> dict[str, Any]:
    """
    Write the case file in `form` to `target`, or to `write` when there is none.

    The same log head, options and program version give the same bytes, on any machine. Without `language` it is the case's: the one
    it was opened in.

    Raises:
        UsageProblem: `target` is in the case folder or in none that is there. WouldOverwrite: `target` exists and `force` is not given.
        ReadOnlyCase: Unmasking cannot be logged, or nothing may be written where `target` is.
    """
    if target is not None:
        check_place(path, target, force=force)
    case = cases.open_case(path)
    if unmask:
        _log(path, session, "viewed", {"what": "unmasked-report", "format": form}, must=True)
    language = language or case.book.settings.get("language") or "en"  # never the locale's: it is another one on another machine
    pieces = _render(case, form, language, None if dry_run else session, unmask=unmask)
    if dry_run:
        return {"path": None if target is None else str(target), "sha256": None, "format": form, "dry_run": True}
    digest = hashlib.sha256()
    if target is None:
        for piece in pieces:
            digest.update(piece.encode("utf-8", "surrogatepass"))
            write(piece)
    else:
        to_file(_blocks(pieces), target, digest)
    made = {
        "format": form,
        "language": language if form in ("markdown", "html") else None,
        "sha256": digest.hexdigest(),
        "unmasked": unmask,
    }
    _log(path, session, "report-made", made, must=False)
    return {"path": None if target is None else str(target), "sha256": digest.hexdigest(), "format": form}


def write_tables(
    path: Path,
    session: Session,
    form: str,
    only: str | None,
    target: Path | None,
    *,
    force: bool,
    unmask: bool,
    write: Callable[[str], None],
    dry_run: bool = False,
) -> dict[str, Any]:
    """
    Write the lists of the case as tables in `form`: each into a file of the folder `target`, or the one called `only` to `target` or `write`.

    Raises:
        UsageProblem, WouldOverwrite, ReadOnlyCase: As `write_report`.
    """
    from sextortion_cli.report import tables

    if target is None and only is None:
        raise UsageProblem(message=_("Tables go into a folder: --output FOLDER. Or choose one of them with --only."))
    if target is not None:
        check_place(path, target, force=force or (only is None and target.is_dir()), folder=only is None)
    names = {name: target if only or target is None else target / f"{name}.{form}" for name in tables.TABLES if only in (None, name)}
    for file in names.values():
        if file is not None and (file.is_dir() or (os.path.lexists(file) and not force)):
            raise WouldOverwrite()
    case = cases.open_case(path)
    if unmask:
        _log(path, session, "viewed", {"what": "unmasked-report", "format": form}, must=True)
    made: dict[str, Any] = {"path": None if target is None else str(target), "format": form}
    if dry_run:
        return {**made, "sha256": None, "files": [], "dry_run": True}
    found = assemble(case, unmask=unmask, session=session)
    if target is not None and only is None and not target.is_dir():
        fileops().mkdir(target)
    files = []
    for name, file in names.items():
        digest = hashlib.sha256()
        pieces = tables.render(found.streams[name](), name, form)
        if file is None:
            for block in _blocks(pieces):
                digest.update(block)
                write(block.decode("utf-8", "surrogatepass"))
        else:
            to_file(_blocks(pieces), file, digest)
        files.append({"table": name, "path": None if file is None else str(file), "sha256": digest.hexdigest()})
        _log(path, session, "report-made", {"format": form, "table": name, "sha256": digest.hexdigest(), "unmasked": unmask}, must=False)
    return {**made, "sha256": files[0]["sha256"] if only else None, "files": files}


def check_place(case: Path | None, target: Path, *, force: bool, folder: bool = False) -> None:
    """Refuse a place inside the case: whatever is not evidence there is a difference to `verify`, and the log is there too."""
    around, home = Path(os.path.realpath(target.parent)), None if case is None else Path(os.path.realpath(case))
    if home is not None and (home in (around, Path(os.path.realpath(target))) or home in around.parents):
        raise UsageProblem(
            message=_("That is inside the case folder, where only evidence belongs. Choose a place beside it, like ../{name}").format(
                name=target.name
            )
        )
    if not around.is_dir():
        raise UsageProblem(message=_("The folder for that file is not there."))
    if (target.is_dir() and not folder) or (os.path.lexists(target) and not force):
        raise WouldOverwrite()


def for_package(
    case: cases.Case, form: str, language: str, session: Session | None, also: frozenset[str], without: frozenset[str]
) -> Iterator[bytes]:
    """Yield the case file as it goes into a package: without some exhibits, and with some contacts hidden like the victim's own."""
    return _blocks(_render(case, form, language, session, unmask=False, also=also, without=without))


def _render(
    case: cases.Case,
    form: str,
    language: str,
    session: Session | None,
    *,
    unmask: bool,
    also: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> Iterator[str]:
    if form == "json":
        found = assemble(case, unmask=unmask, session=session, also=also, without=without)
        return jsonfile.render(found.head, found.streams)
    found = assemble(case, unmask=unmask, language=language, session=session, also=also, without=without)
    if form == "html":
        from sextortion_cli.report import htmlfile

        return htmlfile.render(found.head, found.streams, lambda: pictures(case, without), language)
    return markdown.render(found.head, found.streams, language)


def _blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    """Yield the pieces together, some at a time: one write for each message would take longer than making it."""
    block, size = [], 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(block).encode("utf-8", "surrogatepass")
            block, size = [], 0
    yield "".join(block).encode("utf-8", "surrogatepass")


def write_text(case: Path | None, text: str, target: Path, *, force: bool, dry_run: bool = False) -> None:
    """
    Write a text to a file beside the case; with `dry_run` only see whether it could be.

    Raises:
        UsageProblem, WouldOverwrite, ReadOnlyCase.
    """
    check_place(case, target, force=force)
    if not dry_run:
        to_file(iter((text.encode("utf-8", "surrogatepass"),)), target, hashlib.sha256())


def to_file(blocks: Iterator[bytes], target: Path, digest: Any) -> None:
    """
    Write to a name beside the target, then give it its name: a half-written file never stands under it.

    Raises:
        ReadOnlyCase: Nothing may be written there.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        fd = fileops().create(temporary)
    except PermissionError:
        raise ReadOnlyCase() from None
    try:
        try:
            for data in blocks:
                digest.update(data)
                fileops().write(fd, data)
            fileops().fsync(fd)
        finally:
            fileops().close(fd)
        fileops().replace(temporary, target)
        fileops().fsync_dir(target.parent)
    except BaseException:
        if temporary.exists():
            fileops().unlink(temporary)
        raise


def log_viewed(path: Path, session: Session, what: str, **more: Any) -> None:
    """
    Record that something was shown in full, or that an intimate picture was.

    Raises:
        ReadOnlyCase: It cannot be recorded, so it may not be shown.
    """
    _log(path, session, "viewed", {"what": what, **more}, must=True)


def _log(path: Path, session: Session, kind: str, data: dict[str, Any], *, must: bool) -> None:
    try:
        with cases.writing(path, session) as writer:
            writer.record(kind, None, data)
            writer.commit()
    except ReadOnlyCase:
        if must:
            raise
