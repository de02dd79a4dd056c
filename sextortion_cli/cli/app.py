"""The frame around every command: options before and after its name, lazy loading, one way to fail."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
from types import FrameType
from typing import Any

import typer
from typer import _click
from typer.core import TyperGroup, TyperOption
from typer.main import get_command as typer_command
from typer.main import get_group as typer_group

from sextortion_cli.cli.settings import Globals, early_language
from sextortion_cli.cli.table import COMMANDS, HIDDEN
from sextortion_cli.cli.ui import problem
from sextortion_cli.errors import Problem
from sextortion_cli.words import N_, current_language
from sextortion_cli.words import gettext as _

COMPLETE_VARIABLE = "_CASEFILE_COMPLETE"


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
def _shared_options() -> tuple[TyperOption, ...]:
    """Return the options every command takes, before or after its name; their values go into the run's `Globals`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(_template)
    options = [option for option in typer_command(app).params if isinstance(option, TyperOption)]
    for option in options:
        option.help = _(option.help) if option.help else ""
        option.expose_value = False
        option.callback = _show_version if option.name == "version" else _keep
    return tuple(options)


def _keep(context: _click.Context, parameter: _click.Parameter, value: Any) -> Any:
    if value not in (None, False):
        setattr(context.find_root().obj, str(parameter.name), value)
    return value


class CaseGroup(TyperGroup):
    """The program's own group: commands are loaded when they are called, help comes from the table."""

    def list_commands(self, ctx: _click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return [name for name in COMMANDS if name not in HIDDEN]

    def get_command(self, ctx: _click.Context, cmd_name: str) -> _click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        import importlib

        module = importlib.import_module(f"sextortion_cli.cli.commands.{COMMANDS[cmd_name][0]}")
        app: typer.Typer = module.app
        grouped = len(app.registered_commands) > 1
        command = typer_group(app) if grouped else typer_command(app)
        command.name = cmd_name
        if current_language() != "en" or not command.help:  # the longer docstrings are English
            command.help = _(COMMANDS[cmd_name][1])
        _share(command)
        return command

    def format_options(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """List options and commands without loading a command."""
        records = [record for record in (option.get_help_record(ctx) for option in self.get_params(ctx)) if record]
        with formatter.section(_("Options")):
            formatter.write_dl(records)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(COMMANDS[name][1])) for name in self.list_commands(ctx)])


def _share(command: _click.Command) -> None:
    command.params.extend(option for option in _shared_options() if option.name != "version")
    for inner in getattr(command, "commands", {}).values():
        _share(inner)


class _Help(_click.HelpFormatter):
    """Help in the language of the screen; the library's own words are English only."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _(_USAGE) + " " if prefix is None else prefix)

    def section(self, name: str) -> Any:
        return super().section(_(name))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(first, _(second) if second else "") for first, second in rows], col_max, col_spacing)


_USAGE = N_("Usage:")
_LIBRARY_WORDS = (N_("Arguments"), N_("Options"), N_("Commands"), N_("Show this message and exit."))


def build() -> CaseGroup:
    """Return the program as a command."""
    _click.Context.formatter_class = _Help
    from sextortion_cli.cli.first_minute import first_minute

    return CaseGroup(
        name="casefile",
        callback=first_minute,
        invoke_without_command=True,
        params=list(_shared_options()),
        help=_("Collect evidence of extortion, safely and completely. Without a command: what to do in the first minute."),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        rich_markup_mode=None,
        subcommand_metavar="COMMAND [ARGS]...",
    )


def _show_version(context: _click.Context, parameter: _click.Parameter, value: Any) -> None:
    del parameter
    if value:
        from sextortion_cli import __version__

        sys.stdout.write(f"casefile {__version__}\n")
        context.exit()


class Interrupted(BaseException):
    """The system asked the program to end (SIGTERM)."""


def _terminate(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise Interrupted


def run(arguments: list[str]) -> int:
    """Run the program and return its exit status (`cli.md`). Nothing but the outermost frame catches what nobody expected."""
    _prepare_streams()
    early_language(arguments)
    if hasattr(signal, "SIGTERM"):
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGTERM, _terminate)
    as_json = "--json" in arguments or "--jsonl" in arguments
    try:
        status = _guarded(arguments, as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def _guarded(arguments: list[str], as_json: bool) -> int:
    try:
        if COMPLETE_VARIABLE in os.environ:
            from typer._completion_classes import completion_init

            completion_init()
        found = build().main(arguments, prog_name="casefile", standalone_mode=False, obj=Globals(), complete_var=COMPLETE_VARIABLE)
    except Problem as error:
        problem(error.name, error.as_json(), as_json=as_json)
        return error.status
    except _click.exceptions.UsageError as error:
        return _usage(error, as_json)
    except _click.exceptions.ClickException as error:
        return _usage(error, as_json)
    except typer.Exit as error:
        return error.exit_code
    except typer.Abort:
        return 130
    except (KeyboardInterrupt, Interrupted) as error:
        sys.stderr.write("\n" + _("Stopped. What was saved is safe; give the same command again to go on.") + "\n")
        return 143 if isinstance(error, Interrupted) else 130
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  (the outermost frame: no traceback, no locals, no text of the evidence)
        return _crash(error, as_json)
    return found if isinstance(found, int) else 0


def _usage(error: _click.exceptions.ClickException, as_json: bool) -> int:
    message = error.format_message()
    context = getattr(error, "ctx", None)
    following = f"{context.command_path} --help" if context is not None else "casefile --help"
    said = {"code": 2, "name": "usage", "message": message, "safe": _("Nothing was changed."), "next": _("See:") + f" {following}"}
    problem("usage", said, as_json=as_json)
    return 2


def _crash(error: Exception, as_json: bool) -> int:
    if os.environ.get("CASEFILE_DEBUG"):
        import traceback

        traceback.print_exception(error, limit=-8)
    said: dict[str, object] = {
        "code": 1,
        "name": "crash",
        "message": _("The program made a mistake ({kind}).").format(kind=type(error).__name__),
        "safe": _("What was saved before is safe, and nothing outside the case was touched."),
        "next": _("Check the case: casefile verify"),
    }
    problem("crash", said, as_json=as_json)
    return 1


def _prepare_streams() -> None:
    """Speak UTF-8 whatever the locale says; text no encoding can hold is shown as escapes rather than breaking the output."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n" if os.name != "nt" else None)
