"""Values that come from a closed list, with an error that names the list."""

from __future__ import annotations

import re

from sextortion_cli.errors import UsageProblem
from sextortion_cli.words import gettext as _


def one_of(value: str | None, option: str, allowed: tuple[str, ...]) -> str | None:
    """
    Return `value` if it is allowed, None as None.

    Raises:
        UsageProblem: It is not in the list.
    """
    if value is None or value in allowed:
        return value
    raise UsageProblem(message=_("{option} is one of: {allowed}").format(option=option, allowed=", ".join(allowed)))


def prefix_of(value: str | None) -> str:
    """
    Return the letters of exhibit numbers.

    Raises:
        UsageProblem: They are not one to six capital letters.
    """
    if value is None:
        return "A"
    if not re.fullmatch(r"[A-Z]{1,6}", value):
        raise UsageProblem(message=_("--prefix is one to six capital letters."))
    return value
