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


def country_code(text: str) -> str:
    """Return a country as the data file names it; people write UK for GB."""
    code = text.strip().upper()
    return {"UK": "GB"}.get(code, code)


def country_of(value: str | None) -> str | None:
    """
    Return the country a case is opened with.

    Raises:
        UsageProblem: It is not two letters.
    """
    if value is None:
        return None
    code = country_code(value)
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise UsageProblem(message=_("--country is two letters, like NO."))
    return code


def columns_of(values: list[str] | None) -> tuple[str, ...]:
    """
    Return what was said of a table's columns, one statement each.

    Raises:
        UsageProblem: It is not in the form WHAT=COLUMN, or says something that is not known.
    """
    from sextortion_cli.model.columns import ROLES, SETTINGS, statements

    try:
        return statements(values or ())
    except ValueError:
        known = ", ".join((*ROLES, *SETTINGS))
        raise UsageProblem(message=_("--columns is like time=1,sender=2,text=3. Known: {known}").format(known=known)) from None


def day_of(value: str | None, option: str) -> str | None:
    """
    Return a day as it was given.

    Raises:
        UsageProblem: It is no day in the form YYYY-MM-DD.
    """
    from datetime import date

    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageProblem(message=_("{option} is a day, like 2026-03-12.").format(option=option)) from None


def domain_of(value: str | None) -> str | None:
    """
    Return a mail provider's domain; of an address, what stands behind the @.

    Raises:
        UsageProblem: It is no domain.
    """
    if value is None:
        return None
    domain = value.strip().rpartition("@")[2].strip(".").lower()
    if not re.fullmatch(r"(?:[a-z0-9_-]{1,63}\.){1,10}[a-z0-9-]{1,63}", domain):
        raise UsageProblem(message=_("--mail-provider is a domain, like example.no."))
    return domain
