"""Statements at the edge: taken as they are, or refused in one sentence that names the option and never what was typed."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sextortion_cli.errors import UsageProblem
from sextortion_cli.model.refusal import Refused
from sextortion_cli.model.statement import Statement
from sextortion_cli.words import gettext as _

_OPTIONS = {
    "display_name": "--name",
    "stable_id": "--id",
    "profile_url": "--url",
    "disappearing_messages": "--disappearing",
    "clock_right": "--clock",
    "apps": "--app",
    "accounts": "--account",
}


def checked(model: type[Statement], fields: dict[str, Any]) -> Statement:
    """
    Return the statement; a text that is empty was not given.

    Raises:
        UsageProblem: It cannot be taken, and why.
    """
    try:
        return model.model_validate({key: value for key, value in fields.items() if not isinstance(value, str) or value.strip()})
    except ValidationError as error:
        raise UsageProblem(message=_why(model, error)) from None


def _why(model: type[Statement], error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    reason = first.get("ctx", {}).get("error")
    if isinstance(reason, Refused):
        return _(str(reason))
    name = str(first["loc"][0])
    option = name.upper() if name in model.ARGUMENTS else _OPTIONS.get(name, "--" + name.replace("_", "-"))
    if first["type"] == "missing":
        return _("This is missing: {name}").format(name=option)
    if first["type"] == "string_too_long":
        return _("{option} is too long.").format(option=option)
    return _("This cannot be understood: {names}").format(names=option)
