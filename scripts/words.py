"""
The catalogues of words: bring what the code says into them (`update`), compile what is reviewed (`compile`), say where they fall short (`check`),
or print the first screens of a language with its drafts, for who reviews it (`show LANGUAGE [COUNTRY]`).

A language is *complete* (`sextortion_cli.words.LANGUAGES`: compiled, offered by ``--language``) or *prepared* (`PREPARED`): its file is kept in
step, and whatever stands in it is a draft (fuzzy) until a native speaker has read it. `docs/developer/words.md` says how that is done.
"""

from __future__ import annotations

import copy
import io
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sextortion_cli.words import LANGUAGES  # noqa: E402  (the checkout this file lies in)

PACKAGE = ROOT / "sextortion_cli"
COMPLETE = tuple(language for language in LANGUAGES if language != "en")
PREPARED = ("nn", "sv", "da", "de", "fr", "es", "pl")
#: The country whose lines a reviewer sees unless another is named.
HOME = {"nb": "NO", "nn": "NO", "sv": "SE", "da": "DK", "de": "DE", "fr": "FR", "es": "ES", "pl": "PL"}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
#: In the reviewed data files (guide/data/*.toml), what a person reads stands in English under one of these keys; it is a message like any other.
SPOKEN = frozenset({"text", "title"})
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def po(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "casefile.po"


def extracted(language: str = "nb") -> Catalog:
    """Return everything the package marks for translation."""
    found = Catalog(locale=language, project="casefile", charset="utf-8", fuzzy=False)
    for name, _line, message, _comments, _context in extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS):
        if message:
            found.add(message, locations=[(name, 0)])
    for path in sorted((PACKAGE / "guide" / "data").glob("*.toml")):
        for message in spoken(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.add(message, locations=[(path.name, 0)])
    return found


def spoken(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of a data file that a person reads."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from spoken(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from spoken(item, key)
    elif isinstance(value, str) and key in SPOKEN and value:
        yield value


def catalogue(language: str = "nb") -> Catalog:
    """Return the catalogue of a language as it lies."""
    if not po(language).is_file():
        return Catalog(locale=language, project="casefile")
    return read_po(io.BytesIO(po(language).read_bytes()), locale=language)


def write(language: str, found: Catalog) -> None:
    """Write a catalogue: sorted, without places and dates, so that a change shows only what changed."""
    found.revision_date = found.creation_date = None
    text = io.BytesIO()
    write_po(text, found, omit_header=False, sort_output=True, no_location=True, ignore_obsolete=True, width=0)
    body = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*?\\n"\n',
        b"",
        text.getvalue(),
    )
    po(language).parent.mkdir(parents=True, exist_ok=True)
    po(language).write_bytes(re.sub(rb"\A(#.*\n|\n)+", b"", body))


def update() -> int:
    """Bring new messages in, keep what is translated, drop what nobody says any more; in every language."""
    said = extracted()
    for language in (*COMPLETE, *PREPARED):
        new, old = _of(said, language), catalogue(language)
        for message in new:
            known = old.get(message.id) if message.id else None
            if known is not None and is_said(known.string):
                message.string = known.string
                message.flags |= known.flags & {"fuzzy"}
        write(language, new)
        print(f"{language}: {sum(1 for item in new if item.id and not is_said(item.string))} messages without a translation")
    return 0


def _of(said: Catalog, language: str) -> Catalog:
    """Return an empty catalogue of a language with the messages of another one."""
    found = Catalog(locale=language, project="casefile", charset="utf-8", fuzzy=False)
    for message in said:
        if message.id:
            found.add(copy.copy(message.id))
    return found


def is_said(string: str | tuple[str, ...] | list[str]) -> bool:
    """Tell whether a translation is there, in every one of its forms."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def compiled(found: Catalog) -> bytes:
    """Return the catalogue as gettext reads it: the same bytes whenever it is made, and no draft in it."""
    found.creation_date = found.revision_date = _ANY_TIME
    binary = io.BytesIO()
    write_mo(binary, found)
    return binary.getvalue()


def check() -> int:
    """Say what is missing, untranslated, stale, or has lost a placeholder."""
    said = [message for message in extracted() if message.id]
    faults = [f"{language}: {fault}" for language in COMPLETE for fault in _short_of_complete(said, catalogue(language), language)]
    faults += [f"{language}: {fault}" for language in PREPARED for fault in _not_well_formed(said, catalogue(language), language)]
    print("\n".join(faults) or "words: complete")
    return bool(faults)


def _short_of_complete(said: list[Any], old: Catalog, language: str) -> Iterator[str]:
    for message in said:
        known = old.get(message.id)
        if known is None or not is_said(known.string) or known.fuzzy:
            yield f"not translated: {message.id!r}"
        elif _placeholders(message.id) != _placeholders(known.string):
            yield f"placeholders differ: {message.id!r}"
    binary = po(language).with_suffix(".mo")
    if not binary.is_file() or binary.read_bytes() != compiled(old):
        yield "the compiled catalogue is stale: scripts/words.py compile"


def _not_well_formed(said: list[Any], old: Catalog, language: str) -> Iterator[str]:
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in said}
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in old if message.id}
    if ids != known:
        yield f"{len(ids ^ known)} messages are not in step: scripts/words.py update"
    for message in old:
        if message.id and is_said(message.string) and _placeholders(message.id) != _placeholders(message.string):
            yield f"placeholders differ: {message.id!r}"
    if po(language).with_suffix(".mo").exists():
        yield "a prepared language is not compiled: nobody has read it yet"


def _placeholders(text: object) -> set[str]:
    return set(PLACEHOLDER.findall(str(text)))


def drafts(language: str) -> Callable[[str], str]:
    """Return what translates into a language with everything that stands in its catalogue, read by somebody or not."""
    binary = io.BytesIO()
    write_mo(binary, catalogue(language), use_fuzzy=True)
    binary.seek(0)
    return GNUTranslations(binary).gettext


def first_screens(language: str, country: str) -> str:
    """Return the first minute and the help lines as they would be in a language, drafts and all."""
    from sextortion_cli.guide import first_minute, helplines

    say = drafts(language)
    for module in (first_minute, helplines):
        module.translator = lambda _language: say  # type: ignore[attr-defined]
    shown = [first_minute.first_minute(language, country, "given"), helplines.title(language), ""]
    return "\n".join([*shown, *helplines.screen(language, country, "given", datetime.now(UTC))])


def main() -> int:
    """Do what the command line asks."""
    action = sys.argv[1] if len(sys.argv) > 1 else "check"
    if action == "show":
        print(first_screens(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else HOME[sys.argv[2]]))
        return 0
    if action == "update":
        return update()
    if action == "compile":
        for language in COMPLETE:
            po(language).with_suffix(".mo").write_bytes(compiled(catalogue(language)))
        return 0
    return check()


if __name__ == "__main__":
    sys.exit(main())
