"""Passwords that messages quote, as mass mailings do to frighten: found so that they can be hidden. Linear (RE2), and rather one too many."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import re2

_WORD = r"(?:pass ?words?|passwort|kennwort|passord(?:et|a|ene)?|l[oö]senord(?:et)?|adgangskoden?|kodeord(?:et)?|kodeordet|mot de passe|mots de passe|contrase[nñ]a|clave)"
_IS = r"(?:is|was|er|var|[äa]r|ist|war|lautet|est|[eé]tait|es|era)"
_VALUE = r"[\"'«“‘`(\[]?([^\s\"'«»“”‘’`()\[\],;]{3,64})"
_SHAPES = (
    rf"(?i){_WORD}(?:[ \t]+(?:ditt|din|dit|dein|ihr|of yours|for this|to your)(?:[ \t]+[\pL]{{1,12}}){{0,2}})?[ \t]*(?::|=|[ \t]{_IS}\b:?)[ \t]*{_VALUE}",
    rf"(?i){_VALUE}[\"'»”’`)\]]?,?[ \t]+{_IS}[ \t]+(?:[\pL]{{1,8}}[ \t]+){{0,3}}{_WORD}",
    rf"(?i){_WORD}[ \t]+(?:ditt|din|dit)[,:]?[ \t]+{_VALUE}",
)
_NOT_ONE = frozenset(
    """
    required wrong correct expired changed not the your you that this it what safe weak strong stolen hacked leaked old new known and but still also
    now feil riktig ikke det ditt at utløpt stjålet kjent gammelt fel inte falsch nicht das ton est pas faux es tu no incorrecta abgelaufen sicher
    """.split()  # noqa: SIM905  (a list of fifty quoted words reads worse)
)


@functools.cache
def _patterns() -> tuple[Any, Any, tuple[Any, ...]]:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(rf"(?i){_WORD}", options), options, tuple(re2.compile(shape, options) for shape in _SHAPES)


def passwords(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in `text` something stands that is said to be a password: start and end, in characters."""
    if len(text) < len("password x") - 3:
        return
    word, _, shapes = _patterns()
    if word.search(text) is None:
        return
    for shape in shapes:
        for hit in shape.finditer(text):
            if hit[1].rstrip(".!?:").casefold() not in _NOT_ONE:
                end = hit.end(1)
                while end > hit.start(1) + 1 and text[end - 1] in ".!?:":
                    end -= 1
                yield hit.start(1), end


def hidden(text: str) -> str:
    """Return `text` with every such password hidden but for its first two characters, as other values are."""
    parts: list[str] = []
    position = 0
    for start, end in sorted(set(passwords(text))):
        if start >= position:
            parts += (text[position:start], text[start : start + 2], "•" * min(8, max(3, end - start - 2)))
            position = end
    return "".join((*parts, text[position:])) if parts else text
