"""What references of money transfers look like, and the words beside them."""

from __future__ import annotations

import functools

from sextortion_cli.extract.finders.base import compiled

#: The service a word names.
_SERVICES = (
    ("western-union", r"western ?union|west union|mtcns?|wu|money transfer control (?:number|no)"),
    ("moneygram", r"money ?gram"),
    ("ria", r"ria(?: money transfer)?"),
    ("remitly", r"remitly"),
    ("worldremit", r"world ?remit"),
    ("wise", r"(?:transfer)?wise"),
    ("xoom", r"xoom"),
    ("sendwave", r"send ?wave"),
    ("taptap-send", r"tap ?tap ?send"),
    ("paysend", r"paysend"),
    ("small-world", r"small ?world"),
    ("intermex", r"intermex"),
)
SERVICE = compiled(r"\b(?:" + "|".join(pattern for _code, pattern in _SERVICES) + r")\b")
_EACH = tuple((code, compiled(f"(?:{pattern})")) for code, pattern in _SERVICES)
DIGITS = {
    "western-union": frozenset((10,)), "moneygram": frozenset((8,)), "ria": frozenset((11,)), "remitly": frozenset((11, 12)), "worldremit": frozenset((8, 9, 10, 11, 12)), "wise": frozenset((8, 9, 10)),
    "xoom": frozenset((9, 10, 11, 12, 16)), "sendwave": frozenset((8, 9, 10, 11, 12)), "taptap-send": frozenset((8, 9, 10, 11, 12)), "paysend": frozenset((8, 9, 10, 11, 12)), "small-world": frozenset((10, 11, 12, 13)), "intermex": frozenset((8, 9, 10, 11)),
}  # fmt: skip
"""How many digits a number of the service has. Only that of Western Union's MTCN is published; the others are what their receipts show."""
ENOUGH = frozenset(("western-union", "moneygram", "ria", "remitly"))
"""Services whose name beside a number of the right length is enough; for the others a word for a reference stands there too."""
_REFERENCE = (
    r"ref(?:erence|erans[ea]?|erens|erenz|erencia|\.)?|r(?:é|e)f(?:(?:é|e)rence)?|referansenummer|referansenr|referensnummer|referensnr|referenznummer|kontroll?nummer|control number|n(?:ú|u)mero de control|"
    r"trans(?:action|aksjons?|aktions?|acci(?:ó|o)n|fer|fert)?[ -]?(?:id|ref|nr|no|number|code|nummer|reference|referanse)|transaction|transaksjon|transaktion|tracking(?: number)?|confirmation|confirm(?:ation)? (?:code|number)|bekreftelses?(?:nummer|kode)|"
    r"pin|pickup (?:code|number)|order (?:number|no)|receipt|kvitterings?(?:nummer|nr)|trx ?id|txn ?id|txn|trxid|tx ?ref|payment ?id|payment ref(?:erence)?|betalings-?(?:id|referanse|nr)|overf(?:ø|ö)rings?(?:nummer|nr|referanse|id)|verwendungszweck|"
    r"id (?:de )?(?:la )?transaction|num(?:é|e)ro de (?:la )?transaction|financial transaction id|utr|rrn"
)
_GLUE = r"(?:[ .-]?(?:number|nummer|nr|no|num(?:é|e)ro|n(?:ú|u)mero|id|code|kode|n°|#))?"
REFERENCE = compiled(rf"\b(?:{_REFERENCE}){_GLUE}(?:\b|[^\w]|$)")
REFERRED = compiled(
    rf"\b({_REFERENCE}){_GLUE}(?:\.?[ ]?[:=#-]?[ ]{{0,2}}|[ ](?:er|is|är|ist|est|es)[ :]{{1,2}})#?([A-Z0-9][A-Z0-9_.-]{{4,34}}[A-Z0-9])"
)
"""A word for a reference (group 1) right before something with digits (group 2)."""
SAID = compiled(rf"{_REFERENCE}|pay ?pal")
"""What stands wherever `REFERENCE`, `REFERRED` or the name of PayPal does."""
OF_MONEY = compiled(
    r"(?:trans(?:action|aksjons?|aktions?|acci(?:ó|o)n|fer|fert)[ -]?(?:id|ref|nr|no|number|code|nummer|reference|referanse).*|trx ?id|txn ?id|trxid|payment ?(?:id|ref(?:erence)?)|betalings-?(?:id|referanse|nr)|overf(?:ø|ö)rings?.*|id (?:de )?(?:la )?transaction|num(?:é|e)ro de (?:la )?transaction|financial transaction id|utr|verwendungszweck)"
)
"""Words of `REFERRED` that speak of money by themselves."""
OF_OTHERS = compiled(
    r"\b(?:booking|flight|flug|fly|hotel|order|ordre|bestilling\w*|bestell\w*|case|sak\w*|ticket|job|customer|kunde\w*|policy|invoice|faktura|rechnung|shipping|shipment|parcel|pakke|product|model|serial|vin|git|commit|police|politi\w*|bitcoin|btc|eth|ethereum|usdt|blockchain|hash|tron)\b[^.!?\n]{0,12}$"
)
BANK = compiled(
    r"\b(?:bank\w*|wire|sepa|iban|nettbank|overf(?:ø|ö)r\w*|(?:ü|u)berweis\w*|virement|transferencia|dnb|nordea|sparebank\w*|danske|swedbank|handelsbanken|revolut|n26|chase|wells fargo|barclays|interac|ach)\b|(?:ü|Ü)berweis|verwendungszweck"
)
KID = compiled(
    r"\b(kid|ocr)(?:[ -]?(?:nr|nummer(?:et)?|number|no))?(?:\.?[ ]?[:=]?[ ]{0,2}|[ ](?:er|är|is)[ :]{1,2})([0-9](?:[ ]?[0-9]){2,26}-?)"
)
#: Orange Money and Airtel Money: letters for the kind, day, hour and minute, a letter and a counter.
MOBILE = compiled(r"[A-Z]{2}[0-9]{6}\.[0-9]{4}\.[A-Z][0-9]{4,6}", case=True)
#: M-Pesa (10 signs, letters first), as its confirmations begin; bKash has the same form.
PESA = compiled(r"[A-Z][A-Z0-9]{9}", case=True)
PAYPAL = compiled(r"[0-9A-Z]{17}", case=True)
LETTERED = compiled(r"#[0-9]{8,10}|[PT][0-9]{8,11}|R[0-9]{11}|(?:WR|TR|RW)[0-9]{7,11}|[A-Z]{2}[0-9]{9,11}", case=True)
#: ISO 11649, a creditor reference with check digits.
CREDITOR = compiled(r"RF[0-9]{2}(?:[ ]?[A-Z0-9]{1,4}){1,6}", case=True)


@functools.lru_cache(maxsize=256)
def service_of(word: str) -> str:
    """Return the code of the service that a match of `SERVICE` names."""
    return next(code for code, pattern in _EACH if pattern.fullmatch(word))


def has_mod11(digits: str) -> bool:
    """Tell whether the last sign is the MOD11 check of the others (weights 2 to 7 from the right; ``-`` for ten), as of a Norwegian KID."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits[:-1])))
    check = (11 - total % 11) % 11
    return digits[-1] == ("-" if check == 10 else str(check))


def has_mod97(reference: str) -> bool:
    """Tell whether the check digits of a creditor reference are right (ISO 11649, as of an IBAN)."""
    turned = reference[4:] + reference[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
