"""What the words beside some digits say: a phone number, or something else (en, nb, nn, sv, da, de, fr, es, and some of others)."""

from __future__ import annotations

import functools

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.rails.words import WORDS as RAILS

_NUMBER = r"(?:numbers?|nummers?|nummeret|numret|nr|num(?:e|é)ros?|n(?:u|ú)meros?|numer|num|nmbr|nbr|no|id|code|kode|nº|n°|#)"
#: Words that, beside digits, name a phone or ask to use one.
_FOR = "|".join(
    (
        r"(?:tele)?phones?\w*", r"telefon\w*", r"t(?:e|é)l(?:e|é)phone\w*", r"tel(?:e|é)fono\w*", r"telefone\w*", r"t(?:e|é)l", r"tlfn?\w*", r"tfn", r"fon", r"fax\w*",
        r"mob", r"mobil\w*", r"m(?:o|ó)vil\w*", r"portable", r"cell(?:phone|ular)?", r"celular\w*", r"handy\w*", r"gsm", r"msisdn", r"sim",
        r"call(?:ing|ed|s)?", r"callto", r"ring(?:e|er|te|ing)?", r"ruf", r"(?:an)?rufen", r"appel\w*", r"rappel\w*", r"ll(?:a|á)ma\w*", r"chiama\w*", r"liga(?:r|me)?", r"bel", r"bellen", r"soita", r"zadzwo\w*",
        r"dial", r"text", r"sms\w*", r"txt", r"imessage", r"facetime", r"whats ?app?\w*", r"wats?app\w*", r"wapp", r"wasap", r"wa", r"viber", r"signal", r"telegram", r"imo", r"botim", r"we ?chat", r"line", r"zalo", r"kakao",
        r"contacts?", r"kontakt\w*", r"contact(?:ez|er|a|ame|o)", r"cont(?:a|á)ct\w*", r"reach", r"n(?:å|a)r? (?:meg|mig)", r"hmu", r"msg", r"messag\w*", r"melding", r"meddelande", r"besked", r"nachricht", r"schreib\w*", r"skriv\w*", r"write", r"escr(?:i|í)b\w*", r"(?:e|é)cri\w*", r"whatsapp",
        r"hotline", r"toll[- ]?free", r"support ?line", r"helpline", r"mobile ?money", r"m-?money", RAILS,
        r"send(?: \w+){0,2} (?:to|til|till|an)",
    )
)  # fmt: skip
_PICTURES = "\U0001f4de\U0001f4f1\u260e\U0001f4f2\U0001f919"
_OTHER_SCRIPTS = "номер|телефон|звони|позвони|набер|пиши|ватсап|вотсап|тел\\.|τηλ|κιν|هاتف|تلفون|اتصل|واتس|رقم|جوال|موبايل|شماره|تماس|فون|نمبر|फ़ोन|फोन|नंबर|कॉल|व्हाट्स|电话|手机|号码|電話|手機|携帯|전화|핸드폰|연락|โทร|เบอร์"
#: Words of other things that have numbers.
_AGAINST = "|".join(
    (
        r"order\w*", r"ordre\w*", r"orden", r"pedido\w*", r"bestilling\w*", r"best(?:ä|ae)llning\w*", r"bestell\w*", r"commande\w*", r"invoice\w*", r"faktura\w*", r"rechnung\w*", r"facture", r"factura", r"fakturanr",
        r"receipt\w*", r"kvitt\w*", r"quittung\w*", r"re(?:ç|c)u", r"recibo", r"track(?:ing)?\w*", r"sporing\w*", r"sp(?:å|a)r\w*", r"sendung\w*", r"sending\w*", r"pakke\w*", r"paket\w*", r"package", r"parcel", r"shipment", r"colis", r"kolli\w*", r"suivi", r"env(?:i|í)o",
        r"case", r"sak(?:s\w*|en)?", r"saksnr", r"(?:ä|a)rende\w*", r"aktenzeichen", r"vorgang\w*", r"dossier", r"expediente", r"ticket\w*", r"ref", r"refer[ae]n\w*", r"r(?:é|e)f(?:é|e)rence\w*", r"booking\w*", r"buchung\w*", r"bokning\w*", r"r(?:é|e)servation\w*", r"reserva\w*", r"pnr",
        r"user ?id", r"uid", r"id", r"ident\w*", r"customer\w*", r"kunde\w*", r"kundn\w*", r"client\w*", r"cliente\w*", r"member\w*", r"medlem\w*", r"mitglied\w*", r"account\w*", r"acct", r"a/c", r"konto\w*", r"compte\w*", r"cuenta\w*", r"clabe", r"routing", r"sort ?code", r"bank\w*", r"iban", r"bic", r"swift", r"kid", r"ocr",
        r"org", r"orgnr\w*", r"org\.? ?nr", r"organisasjons\w*", r"organisations\w*", r"personn\w*", r"f(?:ø|o)dsels\w*", r"f(?:ø|ö|o)dt?", r"born", r"birth\w*", r"dob", r"geboren", r"ssn", r"passport", r"passeport", r"pasaporte", r"reisepass", r"dni", r"cpr", r"cvr", r"vat", r"mva", r"siret", r"siren", r"nif", r"steuer\w*", r"tax",
        r"imei\w*", r"iccid", r"mac", r"serial\w*", r"serie\w*", r"serien\w*", r"s/n", r"licen[sc]e\w*", r"lisens\w*", r"lizenz\w*", r"product\w*", r"produkt\w*", r"artik\w*", r"article", r"art\.? ?nr", r"sku", r"item", r"isbn\w*", r"issn", r"ean", r"gtin", r"upc", r"barcode", r"strekkode", r"model\w*", r"modell",
        r"transac\w*", r"transak\w*", r"txn?", r"trx", r"txid", r"mtcn\w*", r"western ?union", r"money ?gram", r"ria", r"remitly", r"world ?remit", r"pin\w*", r"otp", r"verification", r"verifizier\w*", r"bekreft\w*", r"engangs\w*", r"passw?ord\w*", r"l(?:ö|o)senord", r"passwort", r"mot de passe", r"contrase(?:ñ|n)a", r"security", r"koden?", r"codes?", r"c(?:ó|o)digo",
        r"cards?", r"kort(?:nr|nummer\w*|et)?", r"karten?\w*", r"cartes?", r"tarjeta\w*", r"visa", r"mastercard", r"amex", r"gift ?\w*", r"gavekort\w*", r"presentkort\w*", r"gutschein\w*", r"voucher\w*", r"steam", r"paysafe\w*", r"neosurf", r"transcash", r"pcs", r"cvv", r"cvc",
        r"version\w*", r"versjon\w*", r"build", r"commit", r"revision", r"rev", r"dates?", r"dato\w*", r"datum", r"fecha", r"score", r"lott\w*", r"points?", r"poeng", r"po(?:ä|e)ng", r"punkte", r"views?", r"visninger", r"followers?", r"f(?:ø|ö)ljer\w*", r"subscribers?", r"likes", r"votes?", r"stemmer", r"population", r"innbyggere", r"policy", r"polise\w*", r"claim", r"skade\w*",
        r"lat", r"lon", r"lng", r"gps", r"coord\w*", r"koord\w*", r"timestamp", r"epoch", r"unix", r"total\w*", r"sum", r"summe", r"amount", r"bel(?:ø|o)p\w*", r"belopp\w*", r"betrag", r"montant", r"importe", r"price", r"pris\w*", r"preis", r"prix", r"precio", r"cost", r"usd", r"eur", r"nok", r"sek", r"dkk", r"gbp", r"xof", r"ngn", r"chf", r"euros?", r"dollars?", r"kroner",
        r"file", r"fil", r"fichier", r"datei", r"img", r"dsc", r"vid", r"room", r"meeting ?id", r"zoom", r"flight", r"delivery", r"levering", r"lieferung", r"purchase", r"contract", r"kontrakt\w*", r"avtale\w*", r"vertrag\w*", r"contrat", r"contrato", r"meter", r"m(?:å|a)ler\w*", r"bytes?", r"pixels?", r"px", r"port", r"process", r"pid", r"error", r"feilkode", r"fehler\w*", r"record", r"row", r"line \d+",
    )
)  # fmt: skip
_GLUE = rf"(?:[ .:_-]{{0,2}}{_NUMBER})?"
_PLAIN_GLUE = r"(?:[ .:_-]{0,2}(?:numbers?|nummers?|nummeret|numret|nr|no|#))?"
_AGAINST_ONE = rf"(?:{_AGAINST}){_GLUE}"
_FOR_ONE = rf"(?:{_FOR}){_PLAIN_GLUE}"
_ANY = compiled(rf"\b(?:{_AGAINST_ONE}|{_FOR_ONE}|{_NUMBER})(?:\b|[^\w]|$)|[{_PICTURES}]|{_OTHER_SCRIPTS}")
_IS_AGAINST = compiled(rf"{_AGAINST_ONE}\W?")
_IS_NUMBER = compiled(rf"{_NUMBER}\W?")
_WHOLE = compiled(rf"(?:{_FOR}|{_NUMBER}|p|t|m|ph)")

FOR, NUMBER, NOTHING, AGAINST = "for", "number", "", "against"


def verdict(text: str, start: int, end: int, before: str) -> str:
    """
    Return what the words nearest to ``text[start:end]`` say: `FOR`, `NUMBER` (just *number*), `AGAINST` or `NOTHING`.

    Those before it count first, then those after it, then what was written before the passage.
    """
    said = _last(text[max(0, start - 60) : start])
    if not said:
        said = _first(text[end : end + 36])
    if not said and before and start <= 40:
        said = _last(before[-100:])
    return said


def is_label(word: str) -> bool:
    """Tell whether a word that touches the digits only says that a phone number follows (``tlf41234567``)."""
    return _WHOLE.fullmatch(word) is not None


def _last(text: str) -> str:
    word = ""
    for found in _ANY.finditer(text):
        word = found[0]
    return _said(word.lower()) if word else NOTHING


def _first(text: str) -> str:
    found = _ANY.search(text)
    if found is None:
        return NOTHING
    said = _said(found[0].lower())
    return NOTHING if said == NUMBER else said


@functools.lru_cache(maxsize=1024)
def _said(word: str) -> str:
    if _IS_AGAINST.fullmatch(word):
        return AGAINST
    return NUMBER if _IS_NUMBER.fullmatch(word) else FOR
