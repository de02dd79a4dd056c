"""
Looking through texts for what calls for the help card. One search over many texts at once; the answer is yes or no, and nothing else.

Rather too little than too much: whole phrases, and none of them where the words around it make it a manner of speaking.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Sequence
from typing import Any

import re2

from sextortion_cli.extract.demands.folding import fold
from sextortion_cli.extract.distress.languages import Phrases

CODES = ("nb", "nn", "sv", "da", "en", "de", "fr", "es")
_AROUND = 48
#: Letters a folded letter may stand for; what people leave out (accents, apostrophes) may be left out. All is Latin-1, a byte a letter: over
#: the bytes of UTF-8 the pattern is ten times as large, and takes longer to make than most imports.
_LETTERS = {"a": "aåäàáâæ", "e": "eéèêëæ", "i": "iíìîï", "o": "oøöóòô", "u": "uüúùû", "c": "cç", "n": "nñ"}
_APOSTROPHE = "['?`´]"
_BETWEEN = r"[ ,.!?*_~'\-]{1,3}"
_EDGE = "a-z0-9à-öø-ÿÀ-ÖØ-Þ"
_ANYWHERE = re2._Anchor.UNANCHORED


@functools.cache
def phrases() -> dict[str, Phrases]:
    """Return the phrases of every language."""
    home = "sextortion_cli.extract.distress.languages"
    return {code: importlib.import_module(f"{home}.{code}").PHRASES for code in CODES}


def _word(word: str) -> str:
    ends = f"[{_EDGE}]*" if word.endswith("*") else ""
    return "".join(_letter(letter) for letter in fold(word.rstrip("*"))) + ends


def _letter(letter: str) -> str:
    if letter == "'":
        return f"{_APOSTROPHE}? ?"
    found = _LETTERS.get(letter)
    return f"[{found}{found.upper()}]" if found else re2.escape(letter)


#: Written in the lists without their apostrophe, which may be there.
_SHORTENED = {
    "dont": f"don{_APOSTROPHE}?t", "cant": f"can{_APOSTROPHE}?t", "didnt": f"didn{_APOSTROPHE}?t", "wont": f"won{_APOSTROPHE}?t",
    "im": f"i{_APOSTROPHE}?m",
}  # fmt: skip


def _either(found: Sequence[str]) -> str:
    made = []
    for phrase in found:
        words = [_SHORTENED.get(word) or _word(word) for word in phrase.split(" ")]
        made.append(_BETWEEN.join(words))
    return "|".join(made)


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 16 << 20
    return re2.compile(pattern.encode("latin-1"), options)


@functools.cache
def engine() -> Any:
    """Return the search for a phrase of any language, the edges around it included."""
    return _compiled(rf"[^{_EDGE}](?:{'|'.join(_said(code) for code in CODES)})[^{_EDGE}]")._regexp.Match


def _said(code: str) -> str:
    return _either([*phrases()[code].urges, *phrases()[code].will])


@functools.cache
def _turning(code: str) -> tuple[Any, Any, Any]:
    """Return of one language, made only for texts with a phrase: its phrases, the words right behind them, and right before."""
    found = phrases()[code]
    whole = _compiled(rf"^[^{_EDGE}](?:{_said(code)})[^{_EDGE}]$")
    behind = _compiled(rf"^[^{_EDGE}\n]{{0,4}}(?:{_either(found.after)})[^{_EDGE}]")
    ahead = _compiled(rf"[^{_EDGE}](?:{_either(found.before)})[ *_~-]{{1,3}}$")
    return whole, behind, ahead


def calls_for_help(texts: Sequence[str]) -> bool:
    """Tell whether one of these texts urges to self-harm, or says that the writer will. Time is linear in their length."""
    search = engine()
    block = "\n".join(("", *texts, "")).encode("latin-1", "replace")
    position, size = 0, len(block)
    while position < size:
        start, end = search(_ANYWHERE, block, position, size)[0]
        if start < 0:
            return False
        if not _is_turned(block, start, end):
            return True
        position = end - 1
    return False


def _is_turned(block: bytes, start: int, end: int) -> bool:
    """Tell whether the words around a phrase make it a manner of speaking, in a language it is a phrase of."""
    rest = block[end - 1 : end + _AROUND].split(b"\n", 1)[0] + b"\n"
    lead = b"\n" + block[max(0, start - _AROUND) : start + 1].rsplit(b"\n", 1)[-1]
    said = [turning for turning in map(_turning, CODES) if turning[0].search(block[start:end])]
    return any(behind.search(rest) is not None or ahead.search(lead) is not None for _, behind, ahead in said)


class Watch:
    """Watches the texts of one reading until something is seen."""

    def __init__(self) -> None:
        self.seen = False

    def take(self, texts: Sequence[str]) -> None:
        """Look at some texts, unless something was seen already."""
        if not self.seen and texts:
            self.seen = calls_for_help(texts)
