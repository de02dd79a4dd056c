"""What holds for one run: options, environment, the case, the user's settings, the locale, in this order."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sextortion_cli.words import LANGUAGES, use_language


class Globals:
    """The options every command takes, before or after its name; None means not given. Each run has one of its own."""

    case: str | None = None
    json = False
    quiet = False
    verbose = False
    language: str | None = None
    country: str | None = None
    no_color = False
    no_input = False
    actor: str | None = None


def early_language(arguments: list[str]) -> None:
    """Choose the language before any command is loaded: help texts and errors are made in it."""
    given = _given(arguments, "--language")
    chosen = language_code(given) or language_code(os.environ.get("CASEFILE_LANGUAGE"))
    use_language(chosen or language(None, case_settings(_given(arguments, "--case")).get("language")))


def _given(arguments: list[str], option: str) -> str | None:
    found = None
    for position, argument in enumerate(arguments):
        if argument == option and position + 1 < len(arguments):
            found = arguments[position + 1]
        elif argument.startswith(option + "="):
            found = argument.partition("=")[2]
    return found


def language(given: str | None, case_language: str | None = None) -> str:
    """Return the language of the screen: option, environment, the case, settings, locale; otherwise English."""
    for candidate in (given, os.environ.get("CASEFILE_LANGUAGE"), case_language, user_settings().get("language"), _locale()):
        code = language_code(candidate)
        if code is not None:
            return code
    return "en"


def language_code(text: object) -> str | None:
    """Return the language a text names (``nb``, ``no``, ``nn_NO.UTF-8``), None when it is not one of ours."""
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
_broken = False


def user_settings() -> dict[str, Any]:
    """Return the texts of the user's settings file (`casefile/config.toml` in the configuration folder); broken or missing means none."""
    global _settings, _broken  # noqa: PLW0603  (read once a run)
    if _settings is None:
        path = settings_file()
        _settings = {}
        if path.is_file():
            import tomllib

            try:
                _settings = {key: value for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items() if isinstance(value, str)}
            except (OSError, ValueError):
                _broken = True
    return _settings


def settings_file() -> Path:
    """Return where the user's settings file is, if there is one."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return Path(base) / "casefile" / "config.toml"


def settings_are_broken() -> bool:
    """Tell whether there is a settings file that cannot be read."""
    user_settings()
    return _broken


def case_folder(given: str | None) -> Path:
    """
    Return the folder of the case: the option, the environment, else the nearest folder above with a case in it.

    Raises:
        NoCaseHere: There is none.
    """
    from sextortion_cli.errors import NoCaseHere
    from sextortion_cli.store.glance import find

    named = named_folder(given)
    if named is None:
        try:
            return find(Path.cwd())
        except NoCaseHere:
            raise NoCaseHere(inside=_below(Path.cwd())) from None
    path = Path(named)
    if not any((path / name).exists() for name in ("case.json", "log.jsonl", "locked.age")):
        raise NoCaseHere()
    return Path(os.path.abspath(path))


def _below(folder: Path) -> str | None:
    """Return the one folder in `folder` that holds a case, as it is typed; None when there is none or more than one."""
    import shlex

    from sextortion_cli.store.glance import is_case

    try:
        found = [entry.name for entry in os.scandir(folder) if entry.is_dir() and is_case(Path(entry.path))]
    except OSError:
        return None
    return shlex.quote(found[0]) if len(found) == 1 else None


def named_folder(given: str | None) -> str | None:
    """Return the folder that was named as the case, by the option or the environment."""
    return given or os.environ.get("CASEFILE_DIR") or None


def case_settings(given: str | None) -> dict[str, Any]:
    """Return what was set when the case was opened (language, country, ...); nothing where there is no case."""
    from sextortion_cli.errors import NoCaseHere
    from sextortion_cli.store.glance import settings

    try:
        return settings(case_folder(given))
    except (NoCaseHere, OSError, ValueError):
        return {}


def may_ask(options: Globals) -> bool:
    """Tell whether a question may be put: both ends are a terminal, and nobody said not to."""
    return not options.no_input and not options.json and sys.stdin.isatty() and sys.stderr.isatty()
