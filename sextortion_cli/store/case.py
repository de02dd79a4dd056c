"""Opening a case: to read it, or as its one writer."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from sextortion_cli import __version__
from sextortion_cli.errors import CaseDamaged, NewerFormat, NoCaseHere, UsageProblem
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.session import Session
from sextortion_cli.store import layout, platform
from sextortion_cli.store.book import Book
from sextortion_cli.store.lock import WriterLock
from sextortion_cli.store.locked import refuse_locked, settle
from sextortion_cli.store.log import Journal, LogState, load
from sextortion_cli.store.recovery import recover
from sextortion_cli.store.regular import NotRegularError, digest_of, read_own
from sextortion_cli.store.space import space_needed
from sextortion_cli.words import gettext as _

TOOL = {"name": "sextortion_cli", "version": __version__}


class Case(msgspec.Struct):
    """
    A case as it was when it was opened.

    Attributes:
        path: Absolute path of the folder.
        case_id: Random id (UUID).
        log: The log's state.
        book: The folded log.
    """

    path: Path
    case_id: str
    log: LogState
    book: Book

    def fingerprint(self) -> str:
        """Return the short fingerprint of the log up to its last record that is not an access record."""
        return c2sp.fingerprint(self.log.statements())


def read_case_file(path: Path) -> tuple[str, int]:
    """
    Return case id and format version.

    Raises:
        NoCaseHere: There is no `case.json`.
        CaseDamaged: It cannot be read.
    """
    try:
        found = msgspec.json.decode(read_own(path / layout.CASE_FILE))
        return str(found["case_id"]), int(found["format_version"])
    except (FileNotFoundError, NotADirectoryError):
        raise NoCaseHere() from None
    except (OSError, msgspec.DecodeError, ValueError, KeyError, TypeError, RecursionError):
        raise CaseDamaged(part=layout.CASE_FILE) from None


def open_case(path: Path) -> Case:
    """
    Open a case for reading; nothing is written.

    Raises:
        NoCaseHere, CaseDamaged, NewerFormat, CaseLocked
    """
    path = path.absolute()
    refuse_locked(path)
    return load_case(path)


def load_case(path: Path) -> Case:
    """
    Open a case whose folder is known not to be locked, or to be just coming out of it.

    Raises:
        NoCaseHere, CaseDamaged, NewerFormat
    """
    case_id, version = read_case_file(path)
    book = Book()

    def take(record: dict[str, Any], offset: int) -> None:
        nonlocal version
        if logline.is_newer(record):  # the first record binds `case.json`, so an upgraded case still names the format it began with
            version = max(version, layout.FORMAT_VERSION + 1)
        elif version <= layout.FORMAT_VERSION:
            book.take(record, offset)

    try:
        log = load(path, case_id, take)
    except (FileNotFoundError, NotRegularError):
        raise CaseDamaged(part=layout.LOG) from None
    except (KeyError, TypeError, ValueError, AttributeError):
        if version > layout.FORMAT_VERSION:
            raise NewerFormat() from None
        raise CaseDamaged(part=layout.LOG) from None
    if book.genesis is not None or version <= layout.FORMAT_VERSION:
        _check_genesis(path, book)
    if version > layout.FORMAT_VERSION:
        raise NewerFormat()
    return Case(path, case_id, log, book)


def _check_genesis(path: Path, book: Book) -> None:
    """The first record binds `case.json` and `README.txt`; a case whose own description differs is not written to."""
    if book.genesis is None:
        raise CaseDamaged(part=layout.LOG)
    for name, key in ((layout.CASE_FILE, "case_json_sha256"), (layout.README, "readme_sha256")):
        try:
            found = digest_of(path / name)
        except OSError:
            raise CaseDamaged(part=name) from None
        if found != book.genesis["data"].get(key):
            raise CaseDamaged(part=name)


class Writer:
    """
    The one writer of a case, while `writing` lasts.

    Attributes:
        case: The case; its book grows with every record.
        session: Who acts.
    """

    def __init__(self, case: Case, session: Session) -> None:
        self.case = case
        self.session = session
        writer = hashlib.sha256(f"{case.case_id}\n{platform.machine()}".encode()).hexdigest()[:16]
        self._random = f"{layout.TEMPORARY}{session.clock.random_hex(6)}"
        self._numbers = itertools.count()
        self.journal = Journal(case.path, case.log, writer, TOOL)

    @property
    def book(self) -> Book:
        """Return the folded log, the queued records included."""
        return self.case.book

    def record(self, kind: str, subject: Mapping[str, Any] | None, data: Mapping[str, Any]) -> dict[str, Any]:
        """
        Queue one record (kept only after `commit`) and return it.

        Raises:
            UsageProblem: A person's words are no text: bytes of another encoding than the terminal's.
        """
        try:
            record = self.journal.add(
                kind,
                time=self.session.clock.stamp(),
                actor=self.session.actor_record(),
                subject=None if subject is None else dict(subject),
                data=dict(data),
            )
        except UnicodeEncodeError:
            raise UsageProblem(message=_("Some of these words are not text here. Is the terminal set to UTF-8?")) from None
        self.book.take(record)
        return record

    def commit(self) -> None:
        """Put the queued records on the medium."""
        self.journal.commit()

    def temporary(self, folder: str) -> Path:
        """Return a new temporary name in a folder of the case; threads may ask for one."""
        return self.case.path / folder / f"{self._random}{next(self._numbers):08x}"


@contextlib.contextmanager
def writing(path: Path, session: Session) -> Iterator[Writer]:
    """
    Open a case as its one writer, recovering first what a crash may have left.

    Raises:
        AnotherWriter, ReadOnlyCase, NoCaseHere, CaseDamaged, NewerFormat, NoSpace, CaseLocked
    """
    path = path.absolute()
    refuse_locked(path)
    read_case_file(path)
    with space_needed(), WriterLock(path):
        settle(path)
        refuse_locked(path)  # another process may have locked it while this one waited
        writer = Writer(load_case(path), session)
        try:
            recover(writer)
            yield writer
        finally:
            writer.journal.close()
