"""What a command works with: the run's options, its output, the case, and who acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sextortion_cli.cli.choices import country_code
from sextortion_cli.cli.settings import (
    Globals,
    case_folder,
    case_settings,
    language_code,
    locale_country,
    may_ask,
    settings_are_broken,
    user_settings,
)
from sextortion_cli.cli.ui import Ui
from sextortion_cli.errors import UsageProblem
from sextortion_cli.model.session import Session
from sextortion_cli.words import LANGUAGES, current_language
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.store.case import Case


class Here:
    """
    One run of one command.

    Attributes:
        options: The options that hold for every command.
        ui: The only way to print.
    """

    def __init__(self, options: Globals, ui: Ui) -> None:
        self.options = options
        self.ui = ui

    def path(self) -> Path:
        """Return the case's folder."""
        found = case_folder(self.options.case)
        self.ui.detail(_("The case: {path}").format(path=found))
        return found

    def case(self) -> Case:
        """Open the case for reading."""
        from sextortion_cli.store.case import open_case

        return open_case(self.path())

    def exhibit(self, case: Case, name: str | None) -> str | None:
        """
        Return the number of an exhibit a person named, None as None.

        Raises:
            UsageProblem: There is none, or nothing of it may be shown.
        """
        found = None if name is None else case.book.exhibit(name)
        if name is not None and found is None:
            raise UsageProblem(message=_("There is no exhibit with that number. See: casefile items"))
        if found is not None and found.hidden:
            from sextortion_cli.items import why_hidden

            raise UsageProblem(message=why_hidden(found))
        return None if found is None else found.id

    def session(self, clock_answer: str = "not-asked") -> Session:
        """Return who acts in this run."""
        asks = may_ask(self.options)
        return Session(
            actor=self.options.actor or user_settings().get("actor"),
            clock_answer=clock_answer,
            language=current_language(),
            country=self.country()[0],
            interactive=asks,
            ask=self.ui.ask if asks else None,
        )

    def country(self) -> tuple[str | None, str]:
        """Return the country for help lines and where it comes from: ``given``, ``case``, ``settings``, ``locale`` or ``none``."""
        if self.options.country:
            return country_code(self.options.country), "given"
        sources = (
            (lambda: case_settings(self.options.case).get("country"), "case"),
            (lambda: user_settings().get("country"), "settings"),
            (locale_country, "locale"),
        )
        for source, basis in sources:
            value = source()
            if isinstance(value, str) and value:
                return country_code(value), basis
        return None, "none"


def here(context: typer.Context, *, jsonl: bool = False, strict: bool = True) -> Here:
    """
    Return what the command works with.

    Args:
        strict: A language the program does not speak is refused; the first minute rather says it in another.

    Raises:
        UsageProblem: The language that was asked for is not one of ours.
    """
    options: Globals = context.find_root().obj
    if strict and options.language is not None and language_code(options.language) is None:
        raise UsageProblem(message=_("{option} is one of: {allowed}").format(option="--language", allowed=", ".join(LANGUAGES)))
    made = Here(options, Ui(as_json=options.json or jsonl, quiet=options.quiet, verbose=options.verbose, case=options.case))
    if not made.ui.as_json and settings_are_broken():
        made.ui.say(_("Your settings file cannot be read, and is not used."))
    return made


def stated(**values: Any) -> dict[str, Any]:
    """Return only what was given."""
    return {key: value for key, value in values.items() if value not in (None, (), [])}
