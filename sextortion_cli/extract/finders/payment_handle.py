"""Names on payment services: pay pages, cashtags, and names beside the word Venmo, Revolut, PayPal or Wise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled, is_apart
from sextortion_cli.extract.finders.rails import pages
from sextortion_cli.extract.finders.rails.named import Named
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

_PAGE = SURE + 0.02
"""A pay page is also a web address; what it says of money counts."""
_NAMED = r"venmo|cash ?app|cashtag|\$ ?cashtag|revolut|revtag|rev ?tag|pay ?pal|wise(?: ?tag)?|zelle|chime|\$ ?chimesign|strike"
_RAIL = {
    "venmo": "venmo", "cashapp": "cash-app", "cashtag": "cash-app", "$cashtag": "cash-app", "revolut": "revolut", "revtag": "revolut", "paypal": "paypal", "wise": "wise", "wisetag": "wise", "zelle": "zelle",
    "chime": "chime", "$chimesign": "chime", "strike": "strike",
}  # fmt: skip
_OTHERS = r"instagram|insta|ig|snap(?:chat)?|sc|telegram|tg|tele|kik|twitter|discord|whats ?app|signal|tik ?tok|facebook|fb|onlyfans|reddit|skype|wechat|threads|youtube|linkedin|gmail|e-?mail"
_SERVICE = compiled(rf"(?:\b|\$)(?:{_NAMED}|{_OTHERS})\b")
_IS_RAIL = compiled(_NAMED)
_WISE_GAP = compiled(r"(?:[ :=-]|is|tag|me|at|via|account)*")
_PAYING = compiled(
    r"\b(?:send|pay|paid|payment|transfer|money|tip|donate|betal\w*|send\w*|überweis\w*|pagar?|paga|env(?:oie|oyer|iar?)|payer?|zahl\w*|overf(?:ø|ö)r\w*)\b"
)
#: A name with its mark: not inside a word, an address, or a price.
_MARKED = compiled(r"[$@＄＠]\x{200b}?[A-Za-z][A-Za-z0-9_.-]{0,29}")
#: A name without a mark: after a colon, or after a word that says a name follows.
_SAID = compiled(
    r"\b(venmo|cash ?app|revolut|pay ?pal|wise|cashtag|rev ?tag)"
    r"(?:[ ]?(user ?name|user|id|handle|name|tag|account|acct|brukernavn|navn|konto|nom|nutzername|usuario|användarnamn))?"
    r"([ ]?[:=\x{2192}>-]{1,2}[ ]{0,2}|[ ](?:is|er|är|ist|es|est)[ :]{1,2})"
    r"[\"'`*(]?([A-Za-z][A-Za-z0-9_.-]{2,29})"
)
_VIPPS = compiled(
    r"\bvipps[ -]?(?:(?:nummer(?:et)?|nr|number|no)\b[ .:]{0,3}(?:er |is |til )?#?|(?:(?:meg |me |dem |\d{1,6} ?(?:kr|kroner|,-)? )?(?:til|to|på) #?|[:]? ?#))(\d{4,6})\b"
)
_SWISH = compiled(r"\bswish\w*[^0-9\n]{0,24}(123[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})\b")
_BOX = compiled(
    r"\bmobile ?pay\w*[^0-9\n]{0,16}(?:box|boks)[^0-9\n]{0,6}(\d{4,6}[A-Z]{0,2})\b|\bbox(?:nr|nummer)?[ .:]{0,2}(\d{4}[A-Z]{2})\b"
)
_UPI = compiled(
    r"[A-Za-z0-9][A-Za-z0-9._-]{1,49}@(?:ok(?:axis|sbi|hdfcbank|icici)|ybl|ibl|axl|apl|paytm|upi|ptsbi|ptyes|pthdfc|axisb|kotak|freecharge|airtel|postbank|barodampay|jupiteraxis|yapl|rapl|waaxis|wahdfcbank|waicici|wasbi)\b"
)
_CODE = tuple("=([{<>;\\`|:$")
_MONEY = frozenset(
    (
        "usd",
        "cad",
        "aud",
        "us",
        "ca",
        "hkd",
        "sgd",
        "nzd",
        "k",
        "m",
        "mm",
        "b",
        "bn",
        "mil",
        "million",
        "btc",
        "eth",
        "usdt",
        "one",
        "two",
        "three",
        "five",
        "ten",
        "twenty",
        "thirty",
        "fifty",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "grand",
    )
)
_NO_NAME = frozenset(
    (
        "me", "my", "mine", "the", "not", "is", "it", "your", "you", "and", "or", "to", "for", "only", "only.", "please", "pls", "plz", "username", "user", "name", "email", "mail", "e-mail", "link", "below", "here", "https", "http", "www", "down",
        "better", "best", "fine", "ok", "okay", "yes", "no", "nei", "ja", "easy", "fast", "safe", "free", "accepted", "preferred", "good", "bad", "also", "friends", "family", "send", "pay", "money", "tag", "handle", "account", "number", "phone", "same",
        "helt", "greit", "raskt", "ikke", "what", "how", "why", "when", "available", "required", "faster", "easier", "still", "dead", "banned", "blocked", "limited", "working", "slow", "scam", "gone", "instant", "secure", "cool", "great", "just", "all", "a", "an", "in", "on", "at", "so", "too",
    )
)  # fmt: skip
_BESIDE = 0.85
"""A name with its mark beside the service: more than the finder of handles can say of it."""


class PaymentHandle(Finder):
    """
    Finds names on payment services.

    The value is the name as the service shows it, without ``@`` or ``$``, in the letters written; ``detail.rail`` says on which service,
    and the two together are the account. A UPI address (``name@bank``) is whole and in lower case. PayPal, Zelle and Vipps accounts that are an e-mail address or a phone number are those kinds.
    """

    id: ClassVar[str] = "payment-handle"
    kinds: ClassVar[tuple[str, ...]] = ("payment-handle",)
    version: ClassVar[str] = "1"
    trigger: ClassVar[str] = (
        pages.TRIGGER
        + r"|\$[A-Za-z]|＄|(?:^|[\s:>(])@[a-z]|venmo|cash ?app|cashtag|revolut|rev ?tag|pay ?pal|\bwise\b|zelle|chime|vipps|swish|mobile ?pay|\bbox|@(?:ok|ybl|ibl|axl|apl|paytm|upi|pt|axisb|kotak|free|airtel|post|baroda|jup|yapl|rapl|wa)"
    )
    vectors: ClassVar = {
        "pay me: https://paypal.me/example123/50USD": (("payment-handle", "example123"),),
        "cash app $Example22": (("payment-handle", "Example22"),),
        "https://cash.app/$Example22": (("payment-handle", "Example22"),),
        "venmo @example-22": (("payment-handle", "example-22"),),
        "my revtag is @example22": (("payment-handle", "example22"),),
        "vippsnummer 12345": (("payment-handle", "12345"),),
        "it costs $100, echo $HOME, $TSLA": (),
        "venmo is down": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the names in `text`."""
        yield from _pages(text)
        if "$" in text or "@" in text or "＄" in text or "＠" in text:
            yield from _marked(text, scope)
        lowered = text.lower()
        if any(word in lowered for word in ("venmo", "cash", "revolut", "pal", "wise", "rev")):
            yield from _said(text)
        if "vipps" in lowered or "swish" in lowered or "box" in lowered or "boks" in lowered:
            yield from _numbered(text)
        if "@" in text:
            yield from _upi(text)


def _pages(text: str) -> Iterator[Hit]:
    if "/" not in text:
        return
    for found in pages.PAGE.finditer(text):
        start, end = found.start(), found.end()
        left = text[start - 1 : start]
        if left and (left.isalnum() or left in ".-_@"):
            continue
        known = pages.payee(found[0])
        if known is None:
            continue
        rail, name = known
        if text[end : end + 1].isalnum():
            continue  # longer than a name there can be
        end = start + found[0].rfind(name) + len(name)
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum() and text[end + 1 : end + 4].lower() in ("php", "htm", "asp"):
            continue
        detail = {"rail": rail}
        if "[" in found[0] or "(" in found[0] or found[0].lower().startswith("hxx"):
            detail["defanged"] = "yes"
        yield Hit("payment-handle", name, text[start:end], start, end, _PAGE, "written-as", (), detail)


def _marked(text: str, scope: Scope) -> Iterator[Hit]:
    services = paying = None
    for found in _MARKED.finditer(text):
        start = found.start()
        written: str = found[0].rstrip(".-_")
        end = start + len(written)
        if not _is_own(text, start, end):
            continue
        if services is None:
            services, paying = Named(text, _SERVICE), Named(text, _PAYING)
        name = written[1:].lstrip("\u200b")
        dollar = written[0] in "$＄"
        if dollar and (name.lower() in _MONEY or len(name) > 20 or "." in name or text[end : end + 1] in _CODE):
            continue
        rail = _rail(_service(services, start, end, scope), dollar)
        if rail:
            yield Hit("payment-handle", name, text[start:end], start, end, _BESIDE, "form-and-words", ("near-word",), {"rail": rail})
        elif rail is None and dollar and len(name) > 2 and not (name.isupper() and len(name) < 6):
            spoken = not name.isupper() and paying is not None and paying.before(start, 30) is not None
            confidence, why = (POSSIBLE, "written-as") if spoken else (WEAK, "hint")
            yield Hit("payment-handle", name, text[start:end], start, end, confidence, why, (), {"rail": "cash-app"})


def _is_own(text: str, start: int, end: int) -> bool:
    """Tell whether a name with its mark is no part of a word, an address, a path or code."""
    left = text[start - 1 : start]
    if left.isalnum() or (left and left in "@$./\\_-=`") or text[end : end + 1] == "@":
        return False
    return not (left == "(" and text[max(0, start - 2) : start - 1].isalnum())


def _service(services: Named, start: int, end: int, scope: Scope) -> str | None:
    """Return the service named closest before the name, else right after it, else in what was written before; None where none is."""
    named = services.before(start, 48)
    if named is not None:
        name, gap = named
        return "" if name.lower() == "wise" and not _WISE_GAP.fullmatch(gap) else name
    found = services.after(end, 24)
    if found is None and scope.before and start <= 48:
        earlier = Named(scope.before, _SERVICE).before(len(scope.before), 80)
        return None if earlier is None else earlier[0]
    return found


def _rail(named: str | None, dollar: bool) -> str | None:
    """Return the code of the way to send money that a mark beside this service means; "" where it means none, None where none is named."""
    if named is None:
        return None
    code = _RAIL.get(named.lower().replace(" ", ""), "")
    if dollar:
        return "chime" if code == "chime" else "cash-app" if code in ("cash-app", "zelle", "paypal", "venmo") else ""
    return "" if code in ("zelle", "cash-app", "chime", "strike") else code


def _said(text: str) -> Iterator[Hit]:
    for found in _SAID.finditer(text):
        name: str = found[4].rstrip(".-_")
        start = found.start(4)
        end = start + len(name)
        marked = any(character.isdigit() or character in "_-." for character in name)
        if name.lower() in _NO_NAME or text[end : end + 1] == "@" or text[end : end + 3] == "://" or len(name) < 3:
            continue
        told = marked or found[2] is not None or (":" in found[3] and text[end : end + 1] != " ")
        if not told or "." in name:
            continue
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
            continue
        code = _RAIL[found[1].lower().replace(" ", "")]
        yield Hit("payment-handle", name, text[start:end], start, end, LIKELY, "form-and-words", ("near-word",), {"rail": code})


def _numbered(text: str) -> Iterator[Hit]:
    for pattern, rail in ((_VIPPS, "vipps"), (_SWISH, "swish"), (_BOX, "mobilepay")):
        for found in pattern.finditer(text):
            group = 1 if found[1] is not None else 2
            start, end = found.start(group), found.end(group)
            if _is_price(text, end) or not is_apart(text, start, end):
                continue
            value = "".join(character for character in text[start:end] if character.isalnum())
            yield Hit("payment-handle", value, text[start:end], start, end, LIKELY, "form-and-words", ("near-word",), {"rail": rail})


def _upi(text: str) -> Iterator[Hit]:
    for found in _UPI.finditer(text):
        start, end = found.start(), found.end()
        if is_apart(text, start, end, "@._-") or (text[end : end + 1] in (".", "-") and not text[end + 1 : end + 2].isalnum()):
            yield Hit("payment-handle", found[0].lower(), found[0], start, end, LIKELY, "written-as", (), {"rail": "upi"})


def _is_price(text: str, end: int) -> bool:
    after = text[end : end + 6].lower().lstrip()
    return (
        after.startswith(("kr", "nok", ",-", "sek", "dkk", "€", "$"))
        or (after[:1] in (",", ".") and after[1:2].isdigit())
        or after[:1].isdigit()
    )
