"""What must never be written down about a device: its PIN or password."""

from __future__ import annotations

import re

from sextortion_cli.words import N_

_WORDS = (
    r"(?:pin(?:[ -]?(?:kode[nr]?|codes?))?|pass(?:ord(?:et|ene)?|words?|codes?|phrases?)|(?:adgangs|skjerm|l\u00e5se)koden?|unlock codes?)"
)
_SAID = r"(?:\b(?:er|is|var|was)\b|[:=])"
#: ``PIN: 1234``, ``passordet er ...``; ``PIN 1234``; ``the PIN of the phone is 1234``; ``1234 er PIN-koden``; ``kode 1234``.
_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WORDS}\b\s*{_SAID}",
        rf"\b{_WORDS}\b[\s\"'(]*[^\s\"']*\d",
        rf"\b{_WORDS}\b.{{0,40}}?{_SAID}\s*\S{{0,20}}\d",
        rf"\b\d{{4,8}}\b\W{{0,3}}(?:{_SAID}\W{{0,3}})?{_WORDS}\b",
        rf"\b(?:kode[nr]?|codes?)\b\W{{0,3}}(?:{_SAID}\W{{0,3}})?\d{{4,}}",
    )
)

SECRET = N_("A PIN or password never belongs in a case, so this was not saved. Leave it out. If the police need it, they will ask.")


def holds_secret(text: str) -> bool:
    """Tell whether a text seems to say what a PIN or password is. That one exists, or who knows it, may be said."""
    return any(shape.search(text) for shape in _SHAPES)
