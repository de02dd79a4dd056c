"""
One sitting: the case that is filled in, what it knows already, and the ways an answer becomes a record.

Every answer is the record a command would write, with the name of the question beside it (`source`), so the log itself says what was
asked and answered. Only what was skipped is remembered apart, in the case's `cache/`, together with whether the screen is emptied.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sextortion_cli.cli.asking.talk import UNKNOWN, Talk
from sextortion_cli.cli.here import Here
from sextortion_cli.model.session import Session
from sextortion_cli.store.book import Book
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _

_CACHE = "start.json"
Fields = dict[str, Any]


class Sitting:
    """
    Guided mode over one case.

    Attributes:
        where, talk: The command's surrounding, and how it talks.
        path: The case; None until there is one.
        empties: The screen is emptied at the end: somebody else can use this computer.
        saved: How many records were written in this sitting.
        clock: What was answered about the clock; asked once.
    """

    def __init__(self, where: Here, talk: Talk) -> None:
        self.where = where
        self.talk = talk
        self.path: Path | None = None
        self.empties = False
        self.saved = 0
        self.clock = "not-asked"
        self._line: int | None = None
        self._sheet: str | None = None
        self._memory: dict[str, Any] = {}

    # -- the case ------------------------------------------------------------------------------------------------------------

    def take_up(self, path: Path) -> None:
        """Go on with this case, or with the one that was just opened."""
        from sextortion_cli.store.cache import recall
        from sextortion_cli.store.case import open_case

        open_case(path)  # a locked case, or one that cannot be read, is left as it is
        self.path = path
        self.where.options.case = self.where.ui.case = str(path)
        self._memory = {**recall(path, _CACHE), **self._memory}
        self.empties = self.empties or bool(self._memory.get("empties"))
        self.remember("empties", self.empties)

    @property
    def case_path(self) -> Path:
        """Return the case's folder."""
        assert self.path is not None
        return self.path

    def book(self) -> Book:
        """Return what the case says now."""
        return self.where.case().book

    def country(self) -> str | None:
        """Return the country whose numbers are said: the same that the help lines at the beginning showed."""
        from sextortion_cli.guide.first_minute import numbers_of

        return numbers_of(current_language(), *self.where.country())[0]

    def session(self) -> Session:
        """Return who acts."""
        return self.where.session(self.clock)

    # -- what is known already -----------------------------------------------------------------------------------------------

    def answered(self) -> set[str]:
        """Return the questions the log has an answer to, also one that was taken back."""
        records = (record for kept in self.book().statements.values() for record in kept)
        return {str(source["question"]) for record in records if (source := record["data"].get("source")) and source.get("question")}

    def contacts(self, side: str = "extorter") -> list[Mapping[str, Any]]:
        """Return the contacts of one side, in order."""
        from sextortion_cli.casework import list_contacts

        return [entry for entry in list_contacts(self.where.case()) if entry["side"] == side]

    def first_contact(self) -> str | None:
        """Return the number of the first account of the other side."""
        return next((str(entry["contact_id"]) for entry in self.contacts()), None)

    def recall(self, key: str) -> Any:
        """Return what is remembered besides the log."""
        return self._memory.get(key)

    def remember(self, key: str, value: Any) -> None:
        """Remember something that is no evidence."""
        from sextortion_cli.store.cache import remember

        self._memory[key] = value
        if self.path is not None:
            remember(self.path, _CACHE, self._memory)

    # -- saving --------------------------------------------------------------------------------------------------------------

    def on_paper(self, line: int | None, sheet: str | None) -> None:
        """Mark what is saved from now on as typed in from this line of the paper sheet."""
        self._line, self._sheet = line, sheet

    def event(self, question: str, kind: str, when: str | None = None, deadline: str | None = None, **fields: Any) -> str:
        """Save something that happened, and return its number."""
        from sextortion_cli import casework

        with self._whole():
            made = casework.add_event(self.case_path, self.session(), kind, when, deadline, source=self._source(question), **fields)
        return self._said(made["event_id"])

    def event_of(self, question: str, log: Callable[[Session, dict[str, Any]], dict[str, Any]]) -> str:
        """Save an event another story logs (a confirmed suggestion), and return its number."""
        with self._whole():
            made = log(self.session(), self._source(question))
        return self._said(made["event_id"])

    def contact(self, question: str, contact: str | None = None, first_seen: str | None = None, **fields: Any) -> str:
        """Save an account, or more about one, and return its number."""
        from sextortion_cli import casework

        with self._whole():
            made = casework.add_contact(self.case_path, self.session(), contact, first_seen, source=self._source(question), **fields)
        return self._said(made["contact_id"])

    def device(self, question: str, device: str | None = None, **fields: Any) -> str:
        """Save a phone or computer, and return its number."""
        from sextortion_cli import casework

        with self._whole():
            made = casework.add_device(self.case_path, self.session(), device, source=self._source(question), **fields)
        return self._said(made["device_id"])

    def note(self, question: str, text: str) -> str:
        """Save a remark, and return its number."""
        from sextortion_cli import casework

        with self._whole():
            made = casework.add_note(self.case_path, self.session(), text, source=self._source(question))
        return self._said(made["note_id"])

    def left_out(self, question: str, what: str, why: str) -> str:
        """Save what was left out, and return its number."""
        from sextortion_cli import casework

        with self._whole():
            made = casework.add_not_collected(self.case_path, self.session(), what, why, source=self._source(question))
        return self._said(made["not_collected_id"])

    @contextlib.contextmanager
    def kept(self, save: Callable[[Fields], Any]) -> Iterator[Fields]:
        """Give a place for the parts of one answer, and save them together; also when somebody stops in the middle of them."""
        parts: Fields = {}
        try:
            yield parts
        except BaseException:
            if any(parts.values()):
                save(parts)
            raise
        save(parts)

    def _source(self, question: str) -> dict[str, Any]:
        if self._line is None:
            return {"by": "question", "question": question}
        return {"by": "handwritten-form", "line": self._line, "exhibit": self._sheet}

    def _said(self, identity: str) -> str:
        self.saved += 1
        self.talk.say(_("Saved: {identity}").format(identity=identity))
        return identity

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """Let Ctrl-C wait while one record is written."""
        came: list[int] = []
        try:
            before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
        except ValueError:  # not the main thread
            yield
            return
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        if came:
            raise KeyboardInterrupt


def is_known(answer: str | None) -> bool:
    """Tell whether a choice says something."""
    return answer not in (None, UNKNOWN)
