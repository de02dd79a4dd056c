"""The options every command takes, before or after its name, and what holds for every word that is typed."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable
from typing import Any

import typer
from typer import _click
from typer.core import TyperOption
from typer.main import get_command as typer_command

from sextortion_cli.errors import UsageProblem
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

#: Values that name files: their bytes need not be UTF-8.
_PATHS = frozenset({"paths", "passphrase_file", "folder", "output", "path", "exhibit", "case"})


def _template(
    case: str = typer.Option(None, "--case", metavar="DIR", help=N_("The case folder (otherwise the nearest one above).")),
    json: bool = typer.Option(False, "--json", help=N_("One JSON object on stdout.")),
    quiet: bool = typer.Option(False, "--quiet", "-q", help=N_("Say less.")),
    verbose: bool = typer.Option(False, "--verbose", "-v", help=N_("Say more.")),
    language: str = typer.Option(None, "--language", metavar="nb|en", help=N_("Language of the screen.")),
    country: str = typer.Option(None, "--country", metavar="CC", help=N_("Your country, for help lines.")),
    no_color: bool = typer.Option(False, "--no-color", help=N_("No colours.")),
    no_input: bool = typer.Option(False, "--no-input", help=N_("Never ask a question.")),
    actor: str = typer.Option(None, "--actor", metavar="NAME", help=N_("Who does this, for the custody log.")),
    version: bool = typer.Option(False, "--version", "-V", is_eager=True, help=N_("Show the version.")),
) -> None:
    """Hold the options every command takes; never called."""


@functools.cache
def shared_options() -> tuple[TyperOption, ...]:
    """Return the options every command takes; their values go into the run's `Globals`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(_template)
    options = [option for option in typer_command(app).params if isinstance(option, TyperOption)]
    for option in options:
        option.help = _(option.help) if option.help else ""
        option.expose_value = False
        option.callback = _show_version if option.name == "version" else _keep
    _take_texts_as_typed(options)
    return tuple(options)


def share(command: _click.Command) -> None:
    """Give a command, and the commands in it, the options every command takes."""
    for parameter in command.params:
        if parameter.name not in _PATHS:
            parameter.callback = _readable
    _take_texts_as_typed(command.params)
    command.params.extend(option for option in shared_options() if option.name != "version")
    for inner in getattr(command, "commands", {}).values():
        share(inner)


class _AsTyped:
    """Reads the value of an option that takes a text: it is one already, or not given."""

    @staticmethod
    def coerce(value: Any, param: _click.Parameter, ctx: _click.Context) -> Any:
        """Return the value."""
        del param, ctx
        return value


def _take_texts_as_typed(parameters: Iterable[_click.Parameter]) -> None:
    """
    Leave the values of options that take one text alone.

    Typer makes a reader (a pydantic adapter) for each option of a command, also for those that are not given: half a millisecond for
    each of twenty, and a twentieth of a second to load pydantic in commands that need it for nothing else. Where a later Typer keeps
    no such attribute, this does nothing.
    """
    for item in parameters:
        if isinstance(item, TyperOption) and item.type_descriptor.annotation is str and not item.multiple:
            item._runtime_param = _AsTyped()  # type: ignore[assignment]


def _keep(context: _click.Context, parameter: _click.Parameter, value: Any) -> Any:
    if value not in (None, False):
        setattr(context.find_root().obj, str(parameter.name), _readable(context, parameter, value))
    return value


def _readable(context: _click.Context, parameter: _click.Parameter, value: Any) -> Any:
    """Refuse words whose bytes are no UTF-8: they could be kept neither as text nor exactly."""
    del context
    for text in value if isinstance(value, (tuple, list)) else (value,):
        if isinstance(text, str) and parameter.name not in _PATHS and not text.isascii() and _is_broken(text):
            name = parameter.opts[0] if parameter.param_type_name == "option" else str(parameter.name).upper()
            raise UsageProblem(message=_("{option}: the letters cannot be read. Write them as UTF-8.").format(option=name))
    return value


def _is_broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _show_version(context: _click.Context, parameter: _click.Parameter, value: Any) -> None:
    del parameter
    if value:
        from sextortion_cli import __version__

        sys.stdout.write(f"casefile {__version__}\n")
        context.exit()
