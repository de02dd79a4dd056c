"""The frame around every command: options before and after its name, lazy loading, one way to fail."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from types import FrameType

import typer
from typer import _click
from typer.core import TyperGroup
from typer.main import get_command as typer_command
from typer.main import get_group as typer_group

from sextortion_cli.cli.help import Help
from sextortion_cli.cli.options import share, shared_options
from sextortion_cli.cli.settings import Globals, early_language
from sextortion_cli.cli.streams import abandon_stdout, prepare_streams, talk
from sextortion_cli.cli.table import COMMANDS, HIDDEN
from sextortion_cli.cli.ui import problem
from sextortion_cli.errors import NoSpace, Problem, UsageProblem
from sextortion_cli.words import current_language
from sextortion_cli.words import gettext as _

COMPLETE_VARIABLE = "_CASEFILE_COMPLETE"


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
        share(command)
        return command

    def format_options(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """List options and commands without loading a command."""
        records = [record for record in (option.get_help_record(ctx) for option in self.get_params(ctx)) if record]
        with formatter.section(_("Options")):
            formatter.write_dl(records)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(COMMANDS[name][1])) for name in self.list_commands(ctx)])


def build() -> CaseGroup:
    """Return the program as a command."""
    _click.Context.formatter_class = Help
    from sextortion_cli.cli.first_minute import first_minute

    return CaseGroup(
        name="casefile",
        callback=first_minute,
        invoke_without_command=True,
        params=list(shared_options()),
        help=_("Collect evidence of extortion, safely and completely. Without a command: what to do in the first minute."),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        rich_markup_mode=None,
        subcommand_metavar="COMMAND [ARGS]...",
    )


class Interrupted(BaseException):
    """The system asked the program to end (SIGTERM)."""


def _terminate(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise Interrupted


def run(arguments: list[str]) -> int:
    """Run the program and return its exit status (`cli.md`). Nothing but the outermost frame catches what nobody expected."""
    prepare_streams()
    early_language(arguments)
    if hasattr(signal, "SIGTERM"):
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGTERM, _terminate)
    as_json = "--json" in arguments or "--jsonl" in arguments
    try:
        return _guarded(arguments, as_json)
    except BrokenPipeError:
        abandon_stdout()
        return 141


def _guarded(arguments: list[str], as_json: bool) -> int:
    try:
        return _invoke(arguments)
    except Problem as error:
        return _problem(error, arguments, as_json)
    except _click.exceptions.ClickException as error:
        return _usage(error, arguments, as_json)
    except (KeyboardInterrupt, Interrupted) as error:
        talk("\n" + _("Stopped. What was saved is safe; give the same command again to go on.") + "\n")
        return 143 if isinstance(error, Interrupted) else 130
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        return _problem(NoSpace(), arguments, as_json) if error.errno in _FULL else _crash(error, as_json)
    except Exception as error:  # noqa: BLE001  (the outermost frame: no traceback, no locals, no text of the evidence)
        return _crash(error, as_json)


_FULL = (errno.ENOSPC, errno.EDQUOT)


def _invoke(arguments: list[str]) -> int:
    """Find the command and call it. The library's own `main` is not used: it turns a broken pipe into 1, and Ctrl-C into silence."""
    if COMPLETE_VARIABLE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
        build().main(arguments, prog_name="casefile", complete_var=COMPLETE_VARIABLE)
    group = build()
    try:
        with group.make_context("casefile", list(arguments), obj=Globals()) as context:
            group.invoke(context)
        status = 0
    except typer.Exit as error:
        status = error.exit_code
    sys.stdout.flush()
    return status


def _problem(error: Problem, arguments: list[str], as_json: bool) -> int:
    said = error.as_json()
    if isinstance(error, UsageProblem):
        from sextortion_cli.cli.usage import help_of

        said["next"] = _("See:") + f" {help_of(arguments)}"
    return _fail(said, as_json)


def _usage(error: _click.exceptions.ClickException, arguments: list[str], as_json: bool) -> int:
    from sextortion_cli.cli.usage import help_of, message_of

    following = _("See:") + f" {help_of(arguments)}"
    return _fail({"code": 2, "name": "usage", "message": message_of(error), "safe": _("Nothing was changed."), "next": following}, as_json)


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
    return _fail(said, as_json)


def _fail(said: dict[str, object], as_json: bool) -> int:
    """Say what went wrong and return its number. A list that had begun as JSON is dropped: half an object helps nobody."""
    if as_json:
        abandon_stdout()
    problem(said, as_json=as_json)
    return int(str(said["code"]))
