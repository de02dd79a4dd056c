"""The words for ways to send money, as people write them, and the code each has in ``detail.rail``."""

from __future__ import annotations

import functools

from sextortion_cli.extract.finders.base import compiled

_NORDIC = frozenset(("NO", "SJ", "DK", "GL", "FO", "FI", "AX", "SE"))
WHERE = {
    "wave": frozenset(("SN", "CI", "ML", "BF", "GM", "UG", "SL", "NE", "CM", "GN")),
    "vipps": _NORDIC,
    "mobilepay": _NORDIC,
    "swish": frozenset(("SE",)),
    "bizum": frozenset(("ES", "AD")),
}
"""Where a way that goes by phone number has customers: beside a number of another country its name is about something else."""
_RAILS = (
    ("vipps", r"vipps\w*"),
    ("mobilepay", r"mobile ?pay\w*"),
    ("swish", r"swish\w*"),
    ("zelle", r"zelle"),
    ("orange-money", r"orange ?money|o-?money"),
    ("mtn-momo", r"mtn|momo|mobile ?money mtn"),
    ("moov-money", r"moov(?: ?(?:money|africa))?|flooz"),
    ("airtel-money", r"airtel(?: ?money)?"),
    ("m-pesa", r"m-?pesa"),
    ("wave", r"wave"),
    ("t-money", r"t-?money|tmoney|mixx by yas"),
    ("bizum", r"bizum"),
    ("gcash", r"g-?cash"),
    ("bkash", r"bkash"),
    ("easypaisa", r"easy ?paisa"),
    ("jazzcash", r"jazz ?cash"),
    ("upi", r"upi|phonepe|google ?pay|gpay|paytm"),
    ("pix", r"pix"),
    ("venmo", r"venmo"),
    ("cash-app", r"cash ?app"),
    ("revolut", r"revolut"),
    ("paypal", r"pay ?pal"),
)
_ANY = compiled(r"\b(?:" + "|".join(pattern for _rail, pattern in _RAILS) + r")\b")
_EACH = tuple((code, compiled(f"(?:{pattern})")) for code, pattern in _RAILS)
WORDS = "|".join(pattern for _rail, pattern in _RAILS if _rail != "wave")


def rail_near(text: str, start: int, end: int, before: str, region: str | None = None) -> str | None:
    """
    Return the code of the way to send money that is named closest before (else shortly after) ``text[start:end]``, or None.

    Args:
        before: What was written before the passage; looked at when the passage names none.
        region: The country of the phone number; None where that says nothing.
    """
    last = _last(text[max(0, start - 60) : start], region)
    if last is None:
        last = _first(text[end : end + 40], region)
    if last is None and before and start <= 60:
        last = _last(before[-120:], region)
    return last


def _codes(text: str, region: str | None) -> list[str]:
    codes = [_code(match[0].lower()) for match in _ANY.finditer(text)]
    return [code for code in codes if (region in WHERE[code] if code in WHERE and region else code != "wave")]


@functools.lru_cache(maxsize=1024)
def _code(word: str) -> str:
    return next(code for code, pattern in _EACH if pattern.fullmatch(word))


def _last(text: str, region: str | None) -> str | None:
    codes = _codes(text, region)
    return codes[-1] if codes else None


def _first(text: str, region: str | None) -> str | None:
    codes = _codes(text, region)
    return codes[0] if codes else None
