"""Whom to call, and that it is nobody's fault: the first minute without its steps, for what begins with help and then goes its own way."""

from __future__ import annotations

from sextortion_cli.guide.first_minute import first_minute


def help_first(language: str, country: str | None, basis: str) -> str:
    """Return the first words and the help lines; the arguments are those of `first_minute`."""
    return first_minute(language, country, basis).partition("\n1  ")[0].strip("\n")
