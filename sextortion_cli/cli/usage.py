"""What a wrong call is told: which part of it, in the language of the screen, and never the words that were typed."""

from __future__ import annotations

from collections.abc import Sequence

from typer import _click

from sextortion_cli.cli.table import COMMANDS
from sextortion_cli.words import gettext as _


def message_of(error: _click.exceptions.ClickException) -> str:
    """Return what is wrong with a call. Words that were too many may be a message or a name: they are not said again."""
    errors = _click.exceptions
    if isinstance(error, errors.MissingParameter) and error.param is not None:
        return _("This is missing: {name}").format(name=_name(error.param))
    if isinstance(error, errors.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, errors.BadOptionUsage):
        needs = "requires" in error.message
        return (_("{option} needs a value after it.") if needs else _("{option} takes no value.")).format(option=error.option_name)
    inner = getattr(getattr(error, "cmd", None), "commands", None)
    if isinstance(error, errors.UsageError) and inner is not None:
        return _("Say which: {commands}").format(commands=", ".join(inner)) if inner else _("There is no command of that name.")
    if isinstance(error, errors.BadParameter) and error.param is not None:
        return _("This cannot be understood: {names}").format(names=_name(error.param))
    return _("There is more here than this command takes. Put words that belong together in quotes.")


def _no_such_option(error: _click.exceptions.NoSuchOption) -> str:
    said = _("There is no option {option}.").format(option=error.option_name)
    if error.possibilities:
        said += " " + _("Perhaps: {options}").format(options=", ".join(sorted(error.possibilities)))
    if any(parameter.param_type_name == "argument" for parameter in getattr(getattr(error, "cmd", None), "params", ())):
        said += " " + _("Words that begin with - go after --.")
    return said


def _name(parameter: _click.Parameter) -> str:
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(getattr(parameter, "metavar", None) or parameter.name).upper()


def help_of(arguments: Sequence[str]) -> str:
    """Return the command line that shows the help of the command that was called."""
    names = [argument for argument in arguments if not argument.startswith("-")]
    found = next((name for name in names if name in COMMANDS), None)
    if found is None:
        return "casefile --help"
    after = names[names.index(found) + 1 :]
    inner = after[0] if found in _GROUPS and after and after[0] in _GROUPS[found] else ""
    return " ".join(part for part in ("casefile", found, inner, "--help") if part)


_GROUPS = {"contact": ("add", "list", "show"), "device": ("add", "list"), "event": ("add", "list")}
