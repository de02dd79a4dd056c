"""What holds for one run: options, environment, the case, the user's settings, the locale, in this order."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sextortion_cli.words import LANGUAGES, use_language


@dataclass
class Globals:
    """The options every command takes, before or after its name; None means not given."""

    case: str | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    language: str | None = None
    country: str | None = None
    no_color: bool = False
    no_input: bool = False
    actor: str | None = None


def early_language(arguments: list[str]) -> None:
    """Choose the language before any command is loaded: help texts are made in it."""
    given = None
    for position, argument in enumerate(arguments):
        if argument == "--language" and position + 1 < len(arguments):
            given = arguments[position + 1]
        elif argument.startswith("--language="):
            given = argument.partition("=")[2]
    use_language(language(given))


def language(given: str | None, case_language: str | None = None) -> str:
    """Return the language of the screen: option, environment, the case, settings, locale; otherwise English."""
    for candidate in (given, os.environ.get("CASEFILE_LANGUAGE"), case_language, user_settings().get("language"), _locale()):
        code = _code(candidate)
        if code is not None:
            return code
    return "en"


def _code(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    code = text.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    code = {"no": "nb", "nn": "nb"}.get(code, code)
    return code if code in LANGUAGES else None


def _locale() -> str | None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value
    return None


def locale_country() -> str | None:
    """Return the country the locale names (``nb_NO``), if any."""
    text = (_locale() or "").partition(".")[0]
    code = text.partition("_")[2].upper()
    return code if len(code) == 2 and code.isalpha() else None


_settings: dict[str, Any] | None = None


def user_settings() -> dict[str, Any]:
    """Return the user's settings file (`casefile/config.toml` in the configuration folder); broken or missing means none."""
    global _settings  # noqa: PLW0603  (read once a run)
    if _settings is None:
        base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
        path = Path(base) / "casefile" / "config.toml"
        _settings = {}
        if path.is_file():
            import tomllib

            try:
                _settings = tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                _settings = {}
    return _settings


def case_folder(given: str | None) -> Path:
    """
    Return the folder of the case: the option, the environment, else the nearest folder above with a case in it.

    Raises:
        NoCaseHere: There is none.
    """
    from sextortion_cli.errors import NoCaseHere
    from sextortion_cli.store.case import find

    named = given or os.environ.get("CASEFILE_DIR")
    if named is None:
        return find(Path.cwd())
    path = Path(named)
    if not (path / "case.json").exists() and not (path / "log.jsonl").exists():
        raise NoCaseHere()
    return path.absolute()


def may_ask(options: Globals) -> bool:
    """Tell whether a question may be put: both ends are a terminal, and nobody said not to."""
    return not options.no_input and not options.json and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
