"""What the codes of gift cards and vouchers look like, brand by brand, and the words beside them."""

from __future__ import annotations

import functools

from sextortion_cli.extract.finders.base import compiled

MIXED, DIGITS, EITHER = "mixed", "digits", "either"
#: Code of the brand, its words, how many signs a code has, and whether they are letters and digits, digits, or either.
_BRANDS = (
    ("apple", r"apple|itunes|i-tunes|app ?store", (16,), MIXED),
    ("steam", r"steam", (15, 25), MIXED),
    ("google-play", r"google ?play|play ?store|play ?(?:gift ?)?cards?|google (?:gift )?cards?", (16, 20), MIXED),
    ("amazon", r"amazon|amzn", (14, 15), MIXED),
    ("razer", r"razer(?: ?gold)?", (10, 12, 13, 14, 15, 16, 18, 20), EITHER),
    ("paysafecard", r"pay ?safe(?:[ -]?cards?)?|psc", (16,), DIGITS),
    ("neosurf", r"neo ?surf", (10,), EITHER),
    ("transcash", r"trans ?cash", (12,), DIGITS),
    ("pcs", r"pcs", (10, 11, 12), DIGITS),
    ("xbox", r"x ?box(?: ?live)?|microsoft|game ?pass", (25,), MIXED),
    ("playstation", r"play ?station|psn|ps ?(?:4|5|store|plus)", (12,), MIXED),
    ("netflix", r"netflix", (10, 11, 12, 13, 16), MIXED),
    ("roblox", r"roblox|robux", (10, 16), EITHER),
    ("nintendo", r"nintendo|e-?shop", (16,), MIXED),
    ("spotify", r"spotify", (10, 16), MIXED),
    ("flexepin", r"flexepin", (16,), DIGITS),
    ("cashlib", r"cash ?lib", (16,), DIGITS),
    ("ebay", r"e-?bay", (13,), DIGITS),
)
SIZES = {code: frozenset(sizes) for code, _words, sizes, _signs in _BRANDS}
SIGNS = {code: signs for code, _words, _sizes, signs in _BRANDS}
_EACH = tuple((code, compiled(f"(?:{words})")) for code, words, _sizes, _signs in _BRANDS)
_GIFT = r"gift ?(?:cards?|codes?|vouchers?)|giftcards?|gave ?kort\w*|present ?kort\w*|gutschein\w*|geschenk ?karten?|guthaben\w*|cartes? cadeaux?|bons? d'achat|tarjetas? (?:de )?regalo|carta regalo|vouchers?|redeem\w*|coupons?|scratch\w*|recharges?|prepaid|top ?up"
_AGAINST = (
    r"licen[sc]e\w*|lisens\w*|lizenz\w*|serial\w*|serie ?n\w*|product key|produktnøkkel|activation|aktivering\w*|windows|office|adobe|uuid|guid|tracking|sporing\w*|sendung\w*|shipment|parcel|pakke\w*|booking\w*|bokning\w*|buchung\w*|flight|pnr|reservation|order\w*|ordre\w*|bestell\w*|invoice|faktura\w*|iban|konto\w*|account|imei|vin|hash|md5|sha\w*|commit|checksum|version|model|part(?: no| number)|sku|isbn|ean|"
    r"transaction\w*|transaksjon\w*|reference|referanse\w*|mtcn|western union|moneygram|(?:bitcoin|btc|crypto|eth) ?wallet|wallet (?:address|id)|bitcoin|btc|eth|password|passord\w*|wi-?fi|api ?key|token|key ?id|fingerprint|registration|reg\.? ?nr|plate|passport|chassis|mac|visa|master ?card|amex|credit|debit|bank ?cards?|bank ?kort\w*|kredittkort\w*|kreditkarten?|expiry|exp|cvv|cvc|remitly|vanilla"
)
WORDS = compiled(r"\b(?:" + "|".join(words for _code, words, _sizes, _signs in _BRANDS) + rf"|{_GIFT}|{_AGAINST})\b")
_IS_AGAINST = compiled(_AGAINST)
#: Runs of words that a code can stand in: capitals and digits; and codes in small letters.
RUN = compiled(r"[A-Z0-9]{3,25}(?:[ \x{a0}\x{2009}\x{202f}\x{2013}\x{2011}\x{ad}\x{200b}-]{1,3}[A-Z0-9]{2,25})*", case=True)
SMALL = compiled(r"[a-z0-9]{3,6}(?:-[a-z0-9]{3,6}){2,4}|[A-Za-z0-9]{10,25}", case=True)
_GAP = r"[ \x{a0}\x{2009}\x{202f}\x{2013}\x{2011}\x{ad}\x{200b}-]"
#: Forms that are believed without a word beside them.
ALONE = compiled(
    rf"X[A-Z0-9]{{3}}(?:{_GAP}{{0,3}}[A-Z0-9]{{4}}){{3}}|[A-Z0-9]{{4}}{_GAP}{{1,3}}[A-Z0-9]{{6}}{_GAP}{{1,3}}[A-Z0-9]{{4}}"
    rf"|[A-Z0-9]{{5}}(?:{_GAP}{{1,3}}[A-Z0-9]{{5}}){{2}}|0[0-9]{{3}}(?:{_GAP}{{1,3}}[0-9]{{4}}){{3}}",
    case=True,
)
SHAPES = frozenset(
    (
        (4, 4, 4), (4, 4, 4, 4), (4, 4, 4, 4, 4), (5, 5, 5), (5, 5, 5, 5, 5), (4, 6, 4), (4, 6, 5), (3, 3, 4), (3, 4, 3), (5, 5), (4, 4, 2), (2, 4, 4), (4, 3, 3), (3, 3, 3, 3), (6, 6), (2, 2, 2, 2, 2), (6, 4), (4, 6), (8, 8), (4, 4, 3), (4, 4, 5), (4, 5, 4), (4, 5, 5),
    )
)  # fmt: skip
"""Sizes of the groups that codes are printed in."""
GIFT, AGAINST = "gift", "against"


@functools.lru_cache(maxsize=1024)
def meaning(word: str) -> str:
    """Return what a match of `WORDS` names: a brand's code, `GIFT`, or `AGAINST`."""
    for code, pattern in _EACH:
        if pattern.fullmatch(word):
            return code
    return AGAINST if _IS_AGAINST.fullmatch(word) else GIFT
