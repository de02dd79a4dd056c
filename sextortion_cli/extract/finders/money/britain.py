"""British account numbers: sort code and eight digits."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import compiled, near
from sextortion_cli.extract.finders.money import Account, pairs
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, Scope

SIGNS = ("sort", "acc", "bank", "s/c", "a/c")
"""One of these stands, in small letters, in every text with such an account, or before it."""
_BANK = compiled(r"(?:sort[ \-]?code|\bs/c\b|\bsort\b)[^0-9\n]{0,12}([0-9]{2}[ \-]?[0-9]{2}[ \-]?[0-9]{2})\b")
_ACCOUNT = compiled(r"(?:account|\bacct?\b|\ba/c)[^0-9\n]{0,20}([0-9]{4}[ ]?[0-9]{4})\b")
_TOGETHER = compiled(r"\b([0-9]{2}-[0-9]{2}-[0-9]{2})(?:[ ,/|;]{1,3}|[^0-9\n]{1,20}\bacc[^0-9\n]{0,16})([0-9]{4}[ ]?[0-9]{4})\b")
_WORDS = compiled(r"sort|account|\bacct?\b|a/c|\bbank|barclays|lloyds|natwest|hsbc|monzo|revolut|starling|halifax|santander")


def found(text: str, scope: Scope) -> Iterator[Account]:
    """Yield the British accounts of a folded text. The value is the sort code (six digits), then the account (eight)."""
    for start, end, bank, account in pairs(text, _BANK, _ACCOUNT):
        yield Account(start, end, bank + account, "GB", "sort-code-account", LIKELY, "form-and-words", ("near-word",))
    for match in _TOGETHER.finditer(text):
        start, end = match.span()
        is_said = near(text, start, end, _WORDS, scope)
        if not is_said and "GB" not in scope.regions:
            continue
        value = "".join(filter(str.isdigit, match.group(1) + match.group(2)))
        confidence, why = (LIKELY, "form-and-words") if is_said else (POSSIBLE, "written-as")
        yield Account(start, end, value, "GB", "sort-code-account", confidence, why, ("near-word",) if is_said else ())
