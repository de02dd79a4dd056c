"""The first minute: help lines first, then six steps. At most 59 columns."""

from __future__ import annotations

from sextortion_cli.guide.lines import adjective, countries, number

_WIDTH = 59
_GUESSES = frozenset({"settings", "locale", "language"})


def first_minute(language: str, country: str | None, basis: str) -> str:
    """
    Return the text.

    Args:
        language: ``nb`` or ``en``.
        country: Two letters, or None.
        basis: ``given``, ``case``, ``settings``, ``locale`` or ``none``; a guess is said to be a guess.
    """
    country, basis = numbers_of(language, country, basis)
    words = _NB if language == "nb" else _EN
    return words["first"] + _numbers(words, language, country, basis) + _steps(words, country)


def numbers_of(language: str, country: str | None, basis: str) -> tuple[str | None, str]:
    """Return the country whose numbers are shown, None when they are not known, and where it comes from; nb alone means Norway."""
    if country in countries():
        return country, basis
    if language == "nb" and basis != "given":
        return "NO", "language"
    return None, basis


def whose_numbers(language: str, country: str, basis: str) -> str:
    """Return the sentence that says of which country the numbers are, and whether that is a guess."""
    words = _NB if language == "nb" else _EN
    guess = words["guess"] if basis in _GUESSES else ""
    return words["whose"].format(adjective=adjective(country, language), guess=guess)


def _numbers(words: dict[str, str], language: str, country: str | None, basis: str) -> str:
    if country is None:
        known = words["known"].format(countries=" ".join(countries()))
        return words["unknown"].format(hint=known if basis == "given" else words["example"])
    medical, police = number(country, "emergency-medical"), number(country, "emergency-police")
    adult, child = number(country, "crisis-adult"), number(country, "crisis-child")
    text = words["danger"].format(medical=medical, police=police)
    if adult or child:
        under = words["under"].format(child=child) if child else ""
        text += words["talk"] + f"   {adult}.{under}\n" if adult else words["talk"] + f"  {under}\n"
    whose = whose_numbers(language, country, basis) + "\n\n"
    return text + (whose if len(whose.rstrip()) <= _WIDTH else whose.replace(". ", ".\n", 1))


def _steps(words: dict[str, str], country: str | None) -> str:
    police = number(country, "police-report") or number(country, "emergency-police")
    tell = words["call"].format(police=police) if police else words["tell"]
    return words["steps"] + (tell if len(tell.rstrip()) <= _WIDTH else tell.replace(". ", ".\n   ", 1)) + words["next"]


_NB = {
    "first": """\
Det er ikke din skyld. Den som presser deg, gjør noe
straffbart. Det finnes hjelp nå.

""",
    "danger": """\
I fare, eller tenker du på å ta livet ditt?
   Ring {medical}.  Politiet: {police}.
""",
    "talk": "Trenger du noen å snakke med nå?\n",
    "under": "  Under 18: {child}.",
    "guess": " (antatt land)",
    "whose": "{adjective} numre{guess}. Annet land: --country CC",
    "unknown": """\
I fare, eller tenker du på å ta livet ditt?
   Ring 112, eller nødnummeret der du er.
Hjelp i ditt land: casefile --country CC
   ({hint})

""",
    "example": "for eksempel --country NO",
    "known": "kjente land: {countries}",
    "steps": """\
1  Slutt å svare. Ikke forklar, ikke forhandle.
2  Ikke betal. Har du betalt: ring banken nå,
   og ikke betal mer.
3  Ikke send flere bilder.
4  Ikke slett noe: ikke samtalen, ikke appen, ikke kontoen.
5  Ta skjermbilder av teksten, profilen og kravet.
   Blokker etterpå.
   Snapchat varsler den andre: bruk en annen telefon
   som kamera.
   Under 18: ikke ta bilde av selve nakenbildet.
   La det ligge.
   Orker du ikke? Skriv ned brukernavnet og blokker.
   Det er greit.
""",
    "call": "6  Si det til noen du stoler på. Ring politiet: {police}.\n\n",
    "tell": "6  Si det til noen du stoler på. Ring politiet.\n\n",
    "next": "Neste:  casefile new   (alt kan hoppes over, alt lagres)\n",
}
_EN = {
    "first": """\
It is not your fault. Whoever is pressing you is
committing a crime. There is help now.

""",
    "danger": """\
In danger, or thinking of taking your life?
   Call {medical}.  Police: {police}.
""",
    "talk": "Do you need someone to talk to now?\n",
    "under": "  Under 18: {child}.",
    "guess": " (country assumed)",
    "whose": "{adjective} numbers{guess}. Other: --country CC",
    "unknown": """\
In danger, or thinking of taking your life?
   Call 112, or the emergency number where you are.
Help in your country: casefile --country CC
   ({hint})

""",
    "example": "for example --country NO",
    "known": "known countries: {countries}",
    "steps": """\
1  Stop answering. Don't explain, don't negotiate.
2  Don't pay. If you have paid: call your bank now,
   and pay no more.
3  Don't send more pictures.
4  Delete nothing: no chats, no apps, no accounts.
5  Take screenshots of the text, the profile, the demand.
   Block afterwards.
   Snapchat tells the other side: use another phone
   as a camera.
   Under 18: take no picture of the nude itself.
   Leave it where it is.
   Too much? Write down the user name and block.
   That is fine.
""",
    "call": "6  Tell someone you trust. Call the police: {police}.\n\n",
    "tell": "6  Tell someone you trust. Call the police.\n\n",
    "next": "Next:  casefile new   (all can be skipped, all is kept)\n",
}
