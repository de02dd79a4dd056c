"""What stands beside a stretch of digits, and which of its groups belong to that instead."""

from __future__ import annotations

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.phones import words
from sextortion_cli.extract.finders.phones.stretch import DASHES, INVISIBLE, OPENING, PLUS, SPACES, Group

_LINK = compiled(r"(?:wa\.me/|phone=|phone/|number=|tel:|tel=|callto:|sms:|smsto:|signal\.me/#p/|t\.me/)(?:\+|%2B)?$")
_LINKING = "/=:+"
_EXTENSION = compiled(r"^[ ,;]{0,2}(?:ext(?:ension)?\.?[ =:]?|x|#|int(?:erno)?\.?[ ]?|linje |durchwahl )[ ]?(\d{1,6})\b")
_EXTENDING = "eExXiIlLdD#"
_MONEY = r"(?:[$€£¥₹₽₦%‰°]|kr(?:oner|onor)?\b|,-|:-|nok\b|sek\b|dkk\b|usd\b|eur(?:os?)?\b|gbp\b|chf\b|pln\b|xof\b|fcfa\b|cfa\b|naira\b|ngn\b|dollars?\b|bucks\b|pounds?\b|rub\b|btc\b|usdt\b|mill?(?:ion)?\b|mb\b|gb\b|km\b|kg\b|views\b|pts?\b)"
_PLAIN_ENDS, _PLAIN_STARTS = ".!?)]\"'\n", "(\"'\n[:,"
_MONEY_AFTER = compiled(rf"^[{SPACES}]?{_MONEY}([{SPACES}]?\d)?")
_MONEY_BEFORE = compiled(rf"(?:^|[^\d])[{SPACES}]?{_MONEY}\.?[{SPACES}]?$")
_IBAN_BEFORE = compiled(r"\b[A-Z]{2}\d\d[ -]?(?:[A-Z]{4}|[A-Z]\d{3})?[ -]?(?:[A-Z0-9]{4}[ -])*$", case=True)
_SUFFIX = compiled(r"^\.[a-z][a-z0-9]{1,4}(?:[^\w]|$)", case=True)


def is_linked(text: str, start: int, lead: str) -> bool:
    """Tell whether the digits are those of a link that opens a number (``tel:``, ``wa.me/``)."""
    return bool(lead) and lead in _LINKING and _LINK.search(text[max(0, start - 20) : start]) is not None


def extension_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the extension behind a number and where it ends, or None."""
    tail = text[end : end + 24]
    if tail.lstrip(" ,;")[:1] not in _EXTENDING:
        return None
    found = _EXTENSION.search(tail)
    return None if found is None else (found[1], end + found.end(1))


def lead_of(text: str, start: int) -> str:
    """Return what stands before the digits: ``+`` when that is a plus sign that begins the number, else the last seen character."""
    place = start
    while place > 0 and (text[place - 1] in OPENING or text[place - 1] in INVISIBLE):
        place -= 1
    if place > 1 and text[place - 1] in SPACES and text[place - 2] in PLUS:
        place -= 1
    if place and text[place - 1] in PLUS:
        left = (
            text[max(0, place - 3) : place - 1].rstrip()[-1:]
            if place < start and text[place] in SPACES
            else text[max(0, place - 2) : place - 1]
        )
        return "=" if left.isdecimal() or left in ("=", ")") else "+"  # a sum is no number
    if text[max(0, place - 3) : place] == "%2B":
        return "+"
    return text[place - 1 : place] if place else ""


def widened(text: str, start: int, end: int, plus: bool) -> tuple[int, int]:
    """Widen a stretch by the plus sign, and a bracket that is closed in it."""
    place = start
    if plus:
        while place > 0 and text[place - 1] not in PLUS and start - place < 6 and text[max(0, place - 3) : place] != "%2B":
            place -= 1
        place -= 1 if place and text[place - 1] in PLUS else 0
        start = place
    if start > 0 and text[start - 1] in OPENING and any(closing in text[start:end] for closing in ")]\uff09"):
        start -= 1
    return start, end


def _goes_on(text: str, end: int) -> bool:
    """Tell whether letters touch the end of the digits, so that they are part of something else."""
    after = text[end : end + 1]
    if not after or after in SPACES or after in ".,;:!?)]}\"'*\n":
        return bool(after == "." and _SUFFIX.search(text[end : end + 8])) or (after in ",:" and text[end + 1 : end + 2].isdecimal())
    if after.isalpha() and after < "\u0590":
        return _EXTENSION.search(text[end : end + 12]) is None
    return after in "@\\%=" or (after in "-_/" and text[end + 1 : end + 2].isalnum() and text[end + 1 : end + 2] < "\u0590")


def ended(text: str, groups: list[Group]) -> list[Group]:
    """Return the groups without those that belong to what stands behind the stretch (``24h``, ``12:30``); none where all of it does."""
    end = groups[-1].end
    if not _goes_on(text, end):
        return groups
    return groups[:-1] if len(groups) > 1 and groups[-1].gap[-1:].isspace() and text[end : end + 1] != "@" else []


def begun(text: str, groups: list[Group]) -> list[Group]:
    """Return the groups without those that belong to what stands before the stretch (``20:30``, ``A12``); none where all of it does."""
    start = groups[0].start
    lead = lead_of(text, start)
    left = text[start - 2 : start - 1] if start > 1 else ""
    if lead and lead in ":,." and left.isdecimal():
        groups = groups[1:]
    elif (lead == "." and left.isalnum() and not _labelled(text, start - 1)) or (lead and lead in "_" + DASHES and left.isalnum()):
        return []
    elif lead.isalpha():
        if lead.isupper() and len(groups[0].digits) == 2 and _looks_iban(text, start):
            return []
        if lead < "\u0590" and not _labelled(text, start):
            groups = groups[1:] if len(groups) > 1 and groups[1].gap.isspace() else []
    elif lead and lead in "#/=@\\&%$€£¥^" and not (lead == "/" and left == "/"):
        return []
    if groups and _IBAN_BEFORE.search(text[max(0, groups[0].start - 24) : groups[0].start]):
        return []
    return groups


def without_price(text: str, groups: list[Group]) -> list[Group]:
    """Return the groups without a price after a number (``412 34 567 500 kr``)."""
    last = groups[-1]
    if len(groups) > 1 and last.gap.isspace() and len(last.digits) < 6 and sum(len(group.digits) for group in groups[:-1]) > 6:
        after = _MONEY_AFTER.search(text[last.end : last.end + 12])
        if after is not None and after[1] is None:
            return groups[:-1]
    return groups


def _labelled(text: str, end: int) -> bool:
    """Tell whether the word that ends at `end` only says that a phone number follows."""
    start = end
    while start > 0 and end - start < 16 and text[start - 1].isalpha():
        start -= 1
    return words.is_label(text[start:end])


def is_money(text: str, start: int, end: int) -> bool:
    """Tell whether a currency or a unit stands beside the digits and belongs to them."""
    after = text[end : end + 12]
    if after and after[0] not in _PLAIN_ENDS and not after[:2].isspace():
        found = _MONEY_AFTER.search(after)
        if found is not None and found[1] is None:
            return True
    before = text[max(0, start - 12) : start]
    return bool(before) and (before[-1] not in _PLAIN_STARTS) and _MONEY_BEFORE.search(before) is not None


def _looks_iban(text: str, start: int) -> bool:
    left = text[max(0, start - 3) : start]
    return len(left) >= 2 and left[-2:].isalpha() and left[-2:].isascii() and not left[:-2].isalnum()
