"""Making a new case folder: built whole under another name, then given its own name in one step."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

from sextortion_cli.errors import CaseExists, ReadOnlyCase, SourceMissing, UsageProblem
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.canonical import canonical
from sextortion_cli.model.session import Session
from sextortion_cli.store import layout
from sextortion_cli.store.book import Book
from sextortion_cli.store.case import TOOL, Case, Writer, open_case
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.glance import is_case, is_inside_any
from sextortion_cli.store.log import LogState
from sextortion_cli.store.space import space_needed
from sextortion_cli.words import gettext as _


def create_case(path: Path, settings: dict[str, Any], readme: str, session: Session, case_id: str | None = None) -> Case:
    """
    Create a case at `path` (a new name, or an empty folder) and return it.

    Args:
        settings: title, timezone, country, language, role, minor, prefix; part of the genesis record.
        readme: The neutral text of `README.txt`.
        case_id: Given by tests; otherwise a random UUID.

    Raises:
        CaseExists: There is a case, or something else, at `path`.
        ReadOnlyCase, SourceMissing, NoSpace, OSError
    """
    path = path.absolute()
    case_id = case_id or str(uuid.UUID(session.clock.random_hex(16)))
    check_free(path)
    building = path.with_name(f".{path.name}.{layout.TEMPORARY}{session.clock.random_hex(4)}")
    with space_needed():
        _build(building, case_id, settings, readme, session)
        if path.exists():
            fileops().replace(building, path)
        else:
            fileops().rename_new(building, path)
        fileops().fsync_dir(path.parent)
    return open_case(path)


def check_free(path: Path) -> None:
    """
    Raise unless a case can be made at `path`.

    Raises:
        CaseExists, ReadOnlyCase, SourceMissing, UsageProblem: It lies in the folder of another case.
    """
    if is_inside_any(path):
        raise UsageProblem(message=_("This place is inside the folder of another case. Go out of it first: cd .."))
    if is_case(path):
        raise CaseExists()
    if os.path.lexists(path) and (not path.is_dir() or any(path.iterdir())):
        raise CaseExists()
    if not path.parent.is_dir():
        raise SourceMissing()
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyCase()


def _build(building: Path, case_id: str, settings: dict[str, Any], readme: str, session: Session) -> None:
    fileops().mkdir(building)
    for folder in layout.FOLDERS:
        fileops().mkdir(building / folder)
    case_json = canonical({"case_id": case_id, "format_version": layout.FORMAT_VERSION}) + b"\n"
    _write(building / layout.README, readme.encode("utf-8"))
    _write(building / layout.LOG, b"", read_only=False)
    state = LogState(c2sp.origin_of(case_id), prev=logline.genesis_prev(case_id))
    writer = Writer(Case(building, case_id, state, Book()), session)
    data = {
        "case_id": case_id,
        "format_version": layout.FORMAT_VERSION,
        "case_json_sha256": hashlib.sha256(case_json).hexdigest(),
        "readme_sha256": hashlib.sha256(readme.encode("utf-8")).hexdigest(),
        "settings": settings,
        "tool": TOOL,
    }
    try:
        writer.record("case-opened", {"case_id": case_id}, data)
        writer.commit()
    finally:
        writer.journal.close()
    _write(building / layout.CASE_FILE, case_json)
    fileops().fsync_dir(building / layout.OBJECTS)
    fileops().fsync_dir(building)


def _write(path: Path, data: bytes, *, read_only: bool = True) -> None:
    fd = fileops().create(path)
    fileops().write(fd, data)
    if read_only:
        fileops().make_read_only(path)
    fileops().fsync(fd)
    fileops().close(fd)
