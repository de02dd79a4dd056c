"""The catalogue of words: extract what the code says (`update`), compile it (`compile`), or fail where it falls short (`check`)."""

from __future__ import annotations

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sextortion_cli"
PO = PACKAGE / "locale" / "nb" / "LC_MESSAGES" / "casefile.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
#: In the reviewed data files (guide/data/*.toml), what a person reads stands in English under one of these keys; it is a message like any other.
SPOKEN = frozenset({"text", "title"})
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def extracted() -> Catalog:
    """Return everything the package marks for translation."""
    found = Catalog(locale="nb", project="casefile", charset="utf-8", fuzzy=False)
    for name, _line, message, _comments, _context in extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS):
        if message:
            found.add(message, locations=[(name, 0)])
    for path in sorted((PACKAGE / "guide" / "data").glob("*.toml")):
        for message in _spoken(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.add(message, locations=[(path.name, 0)])
    return found


def _spoken(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of a data file that a person reads."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _spoken(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _spoken(item, key)
    elif isinstance(value, str) and key in SPOKEN and value:
        yield value


def catalogue() -> Catalog:
    """Return the catalogue as it lies."""
    if not PO.is_file():
        return Catalog(locale="nb", project="casefile")
    return read_po(io.BytesIO(PO.read_bytes()), locale="nb")


def update() -> int:
    """Bring new messages in, keep what is translated, drop what nobody says any more."""
    new, old = extracted(), catalogue()
    for message in new:
        known = old.get(message.id) if message.id else None
        if known is not None:
            message.string = known.string
    new.revision_date = new.creation_date = None
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, new, omit_header=False, sort_output=True, no_location=True, width=0)
    body = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*?\\n"\n',
        b"",
        text.getvalue(),
    )
    body = re.sub(rb"\A(#.*\n)+", b"", body)
    PO.write_bytes(body)
    print(f"{sum(1 for item in new if item.id and not _is_said(item.string))} messages without a translation")
    return 0


def _is_said(string: str | tuple[str, ...] | list[str]) -> bool:
    """Tell whether a translation is there, in every one of its forms."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def compiled(found: Catalog) -> bytes:
    """Return the catalogue as gettext reads it: the same bytes whenever it is made."""
    found.creation_date = found.revision_date = _ANY_TIME
    binary = io.BytesIO()
    write_mo(binary, found)
    return binary.getvalue()


def check() -> int:
    """Say what is missing, untranslated, stale, or has lost a placeholder."""
    faults = []
    old = catalogue()
    for message in extracted():
        if not message.id:
            continue
        known = old.get(message.id)
        if known is None or not _is_said(known.string) or known.fuzzy:
            faults.append(f"not translated: {message.id!r}")
        elif set(PLACEHOLDER.findall(str(message.id))) != set(PLACEHOLDER.findall(str(known.string))):
            faults.append(f"placeholders differ: {message.id!r}")
    if not MO.is_file() or MO.read_bytes() != compiled(old):
        faults.append("the compiled catalogue is stale: scripts/words.py compile")
    print("\n".join(faults) or "words: complete")
    return bool(faults)


def main() -> int:
    """Do what the command line asks."""
    action = sys.argv[1] if len(sys.argv) > 1 else "check"
    if action == "update":
        return update()
    if action == "compile":
        MO.write_bytes(compiled(catalogue()))
        return 0
    return check()


if __name__ == "__main__":
    sys.exit(main())
