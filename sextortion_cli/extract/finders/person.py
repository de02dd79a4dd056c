"""Names of persons and postal addresses, only as hints: what somebody calls himself, whom money is to be sent to, where he says he lives."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.contacts.common import EVERYDAY, words
from sextortion_cli.extract.finders.contacts.plain import INVISIBLE, View, view
from sextortion_cli.model.identifier import WEAK, Hit, Scope

_STATED = (
    r"my[ ](?:full[ ]|real[ ])?name[ ](?:is|s)|my[ ]name['’]s|i[ ]am[ ]called|jeg[ ]heter|eg[ ]heiter|mitt[ ](?:fulle[ ])?navn[ ]er|navnet[ ]mitt[ ]er|namnet[ ]mitt[ ]er|jag[ ]heter|mitt[ ]namn[ ]är|"
    r"jeg[ ]hedder|mit[ ]navn[ ]er|ich[ ]hei(?:ß|ss)e|mein[ ]name[ ]ist|je[ ]m['’]appelle|mon[ ]nom[ ]est|me[ ]llamo|mi[ ]nombre[ ]es"
)
_PAYEE = (
    r"(?:account[ ]|full[ ]|first[ ]and[ ]last[ ]|last[ ]|receiver(?:['’]?s)?[ ]|recipient(?:['’]?s)?[ ]|beneficiary(?:['’]?s)?[ ])?name|receiver|recipient|beneficiary|pay[ ]?to|payee|account[ ](?:holder|owner)|"
    r"navn|mottaker(?:s[ ]navn|navn)?|mottakar|kontohaver|kontoeier|namn|mottagare|kontohavare|kontoinnehavare|modtager|kontoindehaver|name|empfänger(?:in)?|kontoinhaber(?:in)?|zahlungsempfänger|"
    r"nom(?:[ ]complet)?|prénom|bénéficiaire|destinataire|titulaire|nombre(?:[ ]completo)?|beneficiari[oa]|destinatari[oa]|titular"
)
_NAME_LABEL = rf"(?:\b(?:{_STATED})[ ]|\b(?:{_PAYEE})[ ]?[:=][ \t]{{0,3}})"
_PLACE_LABEL = r"\b(?:address|adresse|adress|postadresse|anschrift|adresse[ ]postale|direcci[oó]n|bor[ ](?:i|på)|live[ ](?:at|in)|wohn(?:e|t)[ ]in)[ ]?[:=]?[ ]"
_LABELS = compiled(_NAME_LABEL)
_WORD = compiled(r"(?:\pL[\pL\pM'’-]*\.?)")
#: Street and number (or number and street), and within a few words a postcode and a place: NO, DK, DE, SE, FR, ES shapes, then UK, then US.
_ADDRESS = compiled(
    r"\b\p{Lu}[\pL.'’-]{3,40}(?:[ ][\pL.'’-]+){0,3}[ ]\d{1,4}[ ]?[A-Za-z]?(?:[ ](?:lgh|leil|h)[ .]?\d{1,4})?[,\n][ ]?(?:(?:NO|N|SE|S|DK|D|DE|FR|F|ES)-)?(?:\d{4,5}|\d{3}[ ]\d{2})[ ]\p{Lu}[\pL.'’-]+(?:[ -]\p{Lu}[\pL.'’-]*){0,3}"
    r"|\b\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|quai|allée|route)[ ][\pL'’. -]{2,40}[,\n][ ]?\d{5}[ ]\p{Lu}[\pL'’-]+(?:[ -]\p{Lu}[\pL'’-]*){0,3}"
    r"|\b\d{1,4}[A-Za-z]?[ ]\p{Lu}[\pL.'’-]+(?:[ ]\p{Lu}[\pL.'’-]+){0,3}[,\n][ ]?(?:\p{Lu}[\pL .'’-]{1,30}[,\n]?[ ])?[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b"
    r"|\b\d{1,5}[ ](?:[NSEW]\.?[ ])?\p{Lu}[\pL.'’-]*(?:[ ][\pL\d.'’-]+){0,3}(?:,?[ ](?:Apt|Suite|Unit|#)\.?[ ]?\w{1,5})?[,\n][ ]?\p{Lu}[\pL .'’-]{1,30},?[ ][A-Z]{2}[ ]\d{5}(?:-\d{4})?\b",
    case=True,
)
#: What every address of these has in it; `_ADDRESS` is a large automaton, made only where this stands.
_POSTCODE = compiled(
    r"[,\n](?:[ ]?(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{3}[ ]\d{2})[ ]\p{Lu}|[\pL .,\n'’-]*(?:[A-Z]\d[A-Z\d]?[ ]?\d[A-Z]{2}\b|[ ][A-Z]{2}[ ]\d{5}))",
    case=True,
)
_LABELLED_ADDRESS = compiled(r"\b(?:address|adresse|adress|postadresse|anschrift|direcci[oó]n)[ ]?[:=][ ]{0,3}([^\n]{8,120})")
_NO_NAMES = words(
    "bank account number phone email mail address date code iban swift bic western union moneygram amount country city state username user paypal bitcoin not required unknown unavailable payment product file "
    "konto kontonummer telefon adresse dato kode beløp land by bruker produkt fil"
)
_BETWEEN = words("van von der de da di del la le el bin al ibn af av dos den ter ten")


class Person(Finder):
    """
    Finds what may be a person's name or a postal address. Every hit is a hint (at most 0.4): names are stolen and payees are often others.

    A name is two to five words behind words that announce one (*my name is*, *mottaker:*), each with a capital or all in lower case behind a
    statement about oneself. The value is the name with single spaces, as written otherwise.
    """

    id = "person"
    kinds = ("person-name", "postal-address")
    version = "1"
    trigger = rf"{_NAME_LABEL}|{_PLACE_LABEL}|\d[ ]?[a-z]?\d{{0,4}}[,\n][{INVISIBLE}]?[ ]?(?:[a-z]{{1,2}}-)?\d{{3}}|\pL[,\n]?[ ]\d{{5}}|\d[a-z]{{2}}\b|[,\n][ ]?\d{{5}}[ ]\pL"
    vectors = {"my name is Ola Nordmann": (), "mottaker: Kari Nordmann": ()}

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the hints in `text`."""
        meant = view(text)
        plain = meant.text
        for match in _LABELS.finditer(plain):
            is_payee = match.group().rstrip()[-1:] in (":", "=")
            found = _name(plain, match.end(), is_payee)
            if found is not None:
                yield _made(meant, "person-name", *found, 0.4 if is_payee else WEAK, "words")
        ends = -1
        for match in _ADDRESS.finditer(plain) if _POSTCODE.search(plain) else ():
            start, ends = match.span()
            while plain[ends - 1] in ".-’'":
                ends -= 1
            yield _made(meant, "postal-address", start, ends, 0.4, "form")
        for match in _LABELLED_ADDRESS.finditer(plain) if ":" in plain or "=" in plain else ():
            start, end = match.span(1)
            if ends < start and any(char.isdigit() for char in plain[start:end]) and any(char.isalpha() for char in plain[start:end]):
                while plain[end - 1] in " .,;":
                    end -= 1
                if not any(sign in plain[start:end] for sign in ("@", "://")) and " " in plain[start:end]:
                    yield _made(meant, "postal-address", start, end, WEAK, "words")


def _name(text: str, start: int, is_payee: bool) -> tuple[int, int] | None:
    """Return where the name that begins at `start` stands, None if none does."""
    while text[start : start + 1] in ("*", "_", '"', "“", "«"):
        start += 1
    place, end, capitals, count = start, start, 0, 0
    while count < 5:
        match = _WORD.match(text[place : place + 40])
        if match is None:
            break
        word = match.group()
        lowered = word.lower().rstrip(".")
        if lowered in _NO_NAMES or ((lowered in EVERYDAY and not (word[:1].isupper() and count)) and lowered not in _BETWEEN):
            break
        if not word[:1].isupper() and lowered not in _BETWEEN and (is_payee or capitals):
            break
        if word.endswith(".") and len(word) > 3:
            count, end = count + 1, place + len(word) - 1
            capitals += word[:1].isupper()
            break
        capitals += word[:1].isupper()
        count, end = count + 1, place + len(word)
        place = end
        if text[place : place + 1] != " ":
            break
        place += 1
    while count and text[start:end].rpartition(" ")[2].lower() in _BETWEEN:
        end = start + len(text[start:end].rpartition(" ")[0])
        count -= 1
    if count < 1 or end <= start or (is_payee and count < 2) or (capitals == 0 and not 1 <= count <= 3) or end - start < 2:
        return None
    return start, end


def _made(meant: View, kind: str, start: int, end: int, confidence: float, why: str) -> Hit:
    first, last = meant.place(start, end)
    value = " ".join(meant.text[start:end].replace("\n", ", ").split()).replace(",,", ",")
    return Hit(kind, value, meant.written[first:last], first, last, confidence, "hint", ("near-word",) if why == "words" else (), {})
