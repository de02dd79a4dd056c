"""What a command works with: the run's options, its output, the case, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sextortion_cli.cli.settings import Globals, case_folder, language, locale_country, may_ask, user_settings
from sextortion_cli.cli.ui import Ui
from sextortion_cli.model.session import Session
from sextortion_cli.words import use_language

if TYPE_CHECKING:
    from sextortion_cli.store.case import Case


@dataclass
class Here:
    """
    One run of one command.

    Attributes:
        options: The options that hold for every command.
        ui: The only way to print.
    """

    options: Globals
    ui: Ui

    def path(self) -> Path:
        """Return the case's folder."""
        return case_folder(self.options.case)

    def case(self) -> Case:
        """Open the case for reading; its language becomes the screen's unless another was asked for."""
        from sextortion_cli.store.case import open_case

        case = open_case(self.path())
        use_language(language(self.options.language, case.book.settings.get("language")))
        return case

    def session(self, clock_answer: str = "not-asked") -> Session:
        """Return who acts in this run."""
        asks = may_ask(self.options)
        return Session(
            actor=self.options.actor or user_settings().get("actor"),
            clock_answer=clock_answer,
            language=language(self.options.language),
            country=self.country()[0],
            interactive=asks,
            ask=self.ui.ask if asks else None,
        )

    def country(self, case_country: str | None = None) -> tuple[str | None, str]:
        """Return the country for help lines and where it comes from: ``given``, ``case``, ``settings``, ``locale`` or ``none``."""
        settings = user_settings().get("country")
        for value, basis in ((self.options.country, "given"), (case_country, "case"), (settings, "settings"), (locale_country(), "locale")):
            if isinstance(value, str) and value:
                return value.upper(), basis
        return None, "none"


def here(context: typer.Context, *, jsonl: bool = False) -> Here:
    """Return what the command works with."""
    options: Globals = context.find_root().obj
    return Here(options, Ui(as_json=options.json or jsonl, quiet=options.quiet, verbose=options.verbose))


def stated(**values: Any) -> dict[str, Any]:
    """Return only what was given."""
    return {key: value for key, value in values.items() if value not in (None, (), [])}
