"""Amounts as people write them: kept as the exact decimal that was meant, and never guessed where two could be meant."""

from __future__ import annotations

import re
import unicodedata

from sextortion_cli.model.refusal import Refused
from sextortion_cli.words import N_

_LONGEST = 100
_GAPS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'", "\u066b": ".", "\u066c": ","})
#: ``20000`` and ``20000,50``; ``20 000``; ``20.000,50``; ``20,000.50``. What stands before a group of three is at most three long.
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_GAPPED = re.compile(r"(\d{1,3}(?: \d{3})+|\d{1,3}(?:'\d{3})+)(?:[.,](\d+))?")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_COMMAED = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")
#: ``20.000`` is twenty thousand to one person and twenty to another; ``0.125`` is only ever a fraction.
_BOTH = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NO_CENTS = re.compile(r"[.,]\s?[-\u2013\u2014]\Z")

NOT_AN_AMOUNT = N_("--amount is a number, like 20000 or 49.90. The currency goes into --currency.")
TWO_MEANINGS = N_("That amount can be read in two ways. Write 20000 for thousands, or 1.2500 for a fraction.")


def exact(text: str) -> str:
    """
    Return the decimal a person wrote, in digits and one point; trailing zeros stay as they were stated.

    Raises:
        Refused: It is no amount, or could be two.
    """
    plain = _NO_CENTS.sub("", _in_ascii(text.strip().translate(_GAPS)))
    if _BOTH.fullmatch(plain):
        raise Refused(TWO_MEANINGS)
    for shape in (_PLAIN, _GAPPED, _DOTTED, _COMMAED):
        found = shape.fullmatch(plain)
        if found is not None and len(plain) <= _LONGEST:
            whole = re.sub(r"\D", "", found[1]).lstrip("0") or "0"
            return whole if found[2] is None else f"{whole}.{found[2]}"
    raise Refused(NOT_AN_AMOUNT)


def _in_ascii(text: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
