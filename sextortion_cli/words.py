"""The words people see: English in the code, bokmål in the catalogue (GNU gettext)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("nb", "en")
_DOMAIN = "casefile"
_language = "en"


def N_(text: str) -> str:
    """Mark a text for the catalogue without translating it here."""
    return text


def use_language(code: str) -> None:
    """Set the language of everything printed from now on; unknown codes mean English."""
    global _language  # noqa: PLW0603  (one process, one language on the screen)
    _language = code if code in LANGUAGES else "en"


def current_language() -> str:
    """Return the language of what is printed."""
    return _language


@functools.cache
def translator(language: str) -> Callable[[str], str]:
    """Return the function that gives a text in `language`; for reports, whose language is independent of the screen's."""
    if language not in LANGUAGES or language == "en":
        return str
    import gettext as library

    found = library.translation(_DOMAIN, Path(__file__).parent / "locale", languages=[language], fallback=True)
    return found.gettext


def note_in(say: Callable[[str], str], note: str) -> str:
    """Return a note in the language of `say`: as a whole where it is known, otherwise its last part, before which stands what a file says."""
    whole = say(note)
    for head, sign, tail in (note.partition("; "), note.rpartition("; ")):
        if whole == note and sign and (said := say(tail)) != tail:
            return f"{head}; {said}"
    return whole


def in_every_language(text: str) -> dict[str, str]:
    """Return a text by language, for machines: ``nb`` and ``en``."""
    return {language: translator(language)(text) for language in LANGUAGES}


def gettext(text: str) -> str:
    """Return `text` in the language of the screen."""
    return translator(_language)(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for `count` in the language of the screen."""
    if _language == "en":
        return one if count == 1 else many
    import gettext as library

    found = library.translation(_DOMAIN, Path(__file__).parent / "locale", languages=[_language], fallback=True)
    return found.ngettext(one, many, count)
