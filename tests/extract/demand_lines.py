"""
Lines as people who extort write them, and as many lines of ordinary chat that look like them, made anew for each seed.

Everybody in them is invented. A hit names the kinds that must be found; a near-miss must give nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """One message: its language, the kinds it must give (none for ordinary chat), its sum and currency where one is stated."""

    language: str
    text: str
    kinds: frozenset[str]
    amount: str | None = None
    currency: str | None = None


D, T, P, C, L = "demand", "threat", "payment-instruction", "publication-claim", "deadline"
SUMS = (
    ("500", "500"), ("5000", "5000"), ("20 000", "20000"), ("20.000", "20000"), ("1500", "1500"), ("3 000", "3000"), ("750", "750"), ("20k", "20000"),
    ("2.500", "2500"), ("10000", "10000"), ("300", "300"), ("1 200,50", "1200.50"),
)  # fmt: skip
CURRENCIES = {
    "en": (("${}", "$"), ("{} dollars", "$"), ("{} USD", "USD"), ("£{}", "£"), ("{} euros", "EUR"), ("€{}", "EUR")),
    "nb": (("{} kr", "kr"), ("{} kroner", "kr"), ("{} NOK", "NOK"), ("kr {}", "kr"), ("{} euro", "EUR"), ("{} dollar", "$")),
    "nn": (("{} kr", "kr"), ("{} kroner", "kr"), ("{} NOK", "NOK")),
    "sv": (("{} kr", "kr"), ("{} kronor", "kr"), ("{} SEK", "SEK"), ("{} euro", "EUR")),
    "da": (("{} kr", "kr"), ("{} kroner", "kr"), ("{} DKK", "DKK"), ("{} euro", "EUR")),
    "de": (("{} Euro", "EUR"), ("{}€", "EUR"), ("{} €", "EUR"), ("{} EUR", "EUR")),
    "fr": (("{} euros", "EUR"), ("{}€", "EUR"), ("{} €", "EUR"), ("{} EUR", "EUR")),
    "es": (("{} euros", "EUR"), ("{}€", "EUR"), ("{} dólares", "$"), ("${}", "$")),
}
HITS: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "en": (
        ("I will send your video to all your {who}", {T}), ("Pay me {sum} or I send your {what} to your {who}", {D, T}),
        ("send me {sum} steam card or I post it", {D, T}), ("If you don't pay {sum} {until} everyone will see your {what}", {D, T}),
        ("I have your nudes and all your {who} list. You have 10 minutes to pay {sum}", {D, T}), ("I'm gonna leak your nudes to your {who}", {T}),
        ("your {what} will be posted on {place} unless you pay", {T}), ("Transfer {sum} to my paypal now or I ruin your life", {D, T}),
        ("I already sent your {what} to your {who}", {C}), ("Buy a {sum} Apple gift card and send me the code, or your {who} get the video", {D, T}),
        ("I want {sum} in bitcoin {until}. Otherwise I send it to your {who}", {D, T}), ("i'll ruin your life", {T}),
        ("Send more nudes or i expose you to your {who}", {D, T}), ("You must pay {sum} {until}, otherwise your {who} receive the video", {D, T}),
        ("I recorded you masturbating and i will share it with all your {who}", {T}), ("{sum} and I delete the video. If not I post it on {place}", {D, T}),
        ("last chance, pay or i send it to your {who}", {D, T}), ("if you block me I will send the video to your {who}", {T}),
        ("send {sum} via western union {until} or the film goes to {place}", {D, T}), ("Your naked video is now on {place}", {C}),
        ("Pay {sum} to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq within 48 hours or I publish your video", {D, T, P}),
    ),
    "nb": (
        ("jeg sender videoen til alle vennene dine", {T}), ("betal {sum} {until} ellers sender jeg {what} til {who} din", {D, T}),
        ("Hvis du ikke betaler {sum} {until} legger jeg ut {what} på {place}", {D, T}), ("{sum} {until}, ellers får {who} filmen", {D, T}),
        ("Jeg har nakenbildene dine og alle følgerne dine. Betal {sum}", {D, T}), ("du må betale {sum} nå, ellers ødelegger jeg livet ditt", {D, T}),
        ("Jeg skal sende {what} til hele familien din", {T}), ("Send meg {sum} på vipps ellers poster jeg alt på {place}", {D, T}),
        ("Jeg har allerede sendt videoen til moren din", {C}), ("kjøp et Steam-gavekort på {sum} og send koden, ellers deler jeg videoen med vennene dine", {D, T}),
        ("send flere nakenbilder ellers sender jeg disse til {who} din", {D, T}), ("Betal, eller så sprer jeg {what} til {who}", {D, T}),
        ("Jeg vil ha {sum} i bitcoin {until}. Ellers sender jeg den til vennene dine", {D, T}), ("blokkerer du meg sender jeg videoen til {who} din", {T}),
        ("alle vennene dine får se nakenvideoen din", {T}), ("overfør {sum} til kontonummer 1234.56.78903 eller så får familien din se videoen", {D, T, P}),
        ("Siste sjanse. Betal {sum} ellers går filmen til {place}", {D, T}), ("hvis du ikke svarer sender jeg nakenbildene til {who} din", {T}),
        ("jeg kommer til å ødelegge livet ditt", {T}),
    ),
    "nn": (
        ("eg sender videoen til alle venene dine", {T}), ("betal {sum} {until} elles sender eg {what} til {who} din", {D, T}),
        ("Viss du ikkje betalar {sum} legg eg ut {what} på {place}", {D, T}), ("du må betale {sum} no, elles øydelegg eg livet ditt", {D, T}),
        ("Eg har nakenbileta dine og alle følgjarane dine. Betal {sum}", {D, T}), ("{sum} {until}, elles får {who} filmen", {D, T}),
        ("eg skal sende {what} til heile familien din", {T}), ("send meg {sum} på vipps elles postar eg alt på {place}", {D, T}),
        ("Eg har allereie sendt videoen til mora di", {C}), ("send fleire nakenbilete elles sender eg desse til {who} din", {D, T}),
        ("Eg vil ha {sum} i bitcoin. Elles sender eg den til venene dine", {D, T}), ("alle venene dine får sjå nakenvideoen din", {T}),
    ),
    "sv": (
        ("jag skickar videon till alla dina vänner", {T}), ("betala {sum} {until} annars skickar jag {what} till din {who}", {D, T}),
        ("Om du inte betalar {sum} {until} lägger jag ut {what} på {place}", {D, T}), ("{sum} {until}, annars får dina vänner och din familj filmen", {D, T}),
        ("Jag har dina nakenbilder och alla dina följare. Betala {sum}", {D, T}), ("du måste betala {sum} nu annars förstör jag ditt liv", {D, T}),
        ("Jag ska skicka videon till hela din familj", {T}), ("swisha {sum} annars postar jag allt på {place}", {D, T}),
        ("Jag har redan skickat videon till din mamma", {C}), ("skicka fler nakenbilder annars skickar jag dessa till din {who}", {D, T}),
        ("Jag vill ha {sum} i bitcoin {until}. Annars skickar jag den till dina vänner", {D, T}), ("alla dina vänner får se din nakenvideo", {T}),
        ("köp presentkort för {sum} annars sprider jag {what} till {who}", {D, T}), ("sista chansen, betala eller så skickar jag videon till din {who}", {D, T}),
    ),
    "da": (
        ("jeg sender videoen til alle dine venner", {T}), ("betal {sum} {until} ellers sender jeg {what} til din {who}", {D, T}),
        ("Hvis du ikke betaler {sum} {until} lægger jeg {what} op på {place}", {D, T}), ("{sum} {until}, ellers får dine venner og din familie filmen", {D, T}),
        ("Jeg har dine nøgenbilleder og alle dine følgere. Betal {sum}", {D, T}), ("du skal betale {sum} nu ellers ødelægger jeg dit liv", {D, T}),
        ("Jeg vil sende videoen til hele din familie", {T}), ("send {sum} på mobilepay ellers deler jeg alt på {place}", {D, T}),
        ("Jeg har allerede sendt videoen til din mor", {C}), ("send flere nøgenbilleder ellers sender jeg dem til din {who}", {D, T}),
        ("Jeg vil have {sum} i bitcoin {until}. Ellers sender jeg den til dine venner", {D, T}), ("alle dine venner får din nøgenvideo at se", {T}),
        ("køb gavekort for {sum} ellers spreder jeg {what} til din {who}", {D, T}),
    ),
    "de": (
        ("ich schicke das Video an alle deine Freunde", {T}), ("zahl {sum} {until} sonst schicke ich {what} an deine {who}", {D, T}),
        ("Wenn du nicht {sum} zahlst, veröffentliche ich {what} auf {place}", {D, T}), ("Ich werde dein Video an deine ganze Familie schicken", {T}),
        ("Ich habe deine Nacktbilder und deine Kontaktliste. Überweise {sum} {until}", {D, T}), ("du musst {sum} zahlen, sonst zerstöre ich dein Leben", {D, T}),
        ("{sum} {until}, sonst bekommen deine Freunde und deine Familie den Film", {D, T}), ("Ich habe das Video schon an deine Mutter geschickt", {C}),
        ("schick mir mehr Nacktfotos oder ich poste alles auf {place}", {D, T}), ("Kauf eine Steam Karte für {sum} oder ich schicke das Video an deine {who}", {D, T}),
        ("Ich will {sum} in Bitcoin {until}. Sonst schicke ich es an deine {who}", {D, T}), ("dein Nacktvideo wird an alle deine {who} geschickt", {T}),
        ("letzte Chance: bezahl oder ich verbreite {what}", {D, T}), ("überweise {sum} auf dieses Konto DE89 3704 0044 0532 0130 00 oder alle sehen dein Video", {D, T, P}),
    ),
    "fr": (
        ("je vais envoyer la vidéo à tous tes amis", {T}), ("paie {sum} {until} sinon j'envoie {what} à {who}", {D, T}),
        ("Si tu ne paies pas {sum} je publie {what} sur {place}", {D, T}), ("j'ai tes nudes et tous tes contacts. Envoie {sum} {until}", {D, T}),
        ("tu dois payer {sum} maintenant sinon je vais détruire ta vie", {D, T}), ("{sum} {until}, sinon tes amis et ta famille vont recevoir la vidéo", {D, T}),
        ("j'ai déjà envoyé ta vidéo à ta mère", {C}), ("envoie-moi plus de nudes ou je publie tout sur {place}", {D, T}),
        ("Achète une carte Steam de {sum} et envoie le code ou j'envoie la vidéo à {who}", {D, T}), ("je veux {sum} en bitcoin {until}. Sinon je l'envoie à tes amis", {D, T}),
        ("ta vidéo sera publiée sur {place} si tu me bloques", {T}), ("je vais divulguer tes photos intimes à {who}", {T}),
        ("je vais publier ta vidéo", {T}), ("dernière chance, paie ou je balance la vidéo à {who}", {D, T}),
    ),
    "es": (
        ("voy a enviar el video a todos tus amigos", {T}), ("paga {sum} {until} o envío {what} a {who}", {D, T}),
        ("Si no pagas {sum} voy a publicar {what} en {place}", {D, T}), ("tengo tus fotos desnudo y todos tus contactos. Paga {sum} {until}", {D, T}),
        ("tienes que pagar {sum} ahora, si no voy a arruinar tu vida", {D, T}), ("{sum} {until}, si no tus amigos y tu familia van a recibir el video", {D, T}),
        ("ya envié tu video a tu madre", {C}), ("envíame más nudes o publico todo en {place}", {D, T}),
        ("Compra una tarjeta Steam de {sum} y mándame el código o mando el video a {who}", {D, T}), ("quiero {sum} en bitcoin {until}. Si no se lo mando a tus amigos", {D, T}),
        ("tu video será publicado en {place} si me bloqueas", {T}), ("voy a difundir tus fotos íntimas", {T}),
        ("última oportunidad, paga o subiré el video a {place}", {D, T}), ("todos tus contactos van a ver tu video desnudo", {T}),
    ),
}  # fmt: skip
MISSES: dict[str, tuple[str, ...]] = {
    "en": (
        "I'll send you the pictures from the trip", "I send {sum} for dinner", "can you send me {sum} for the pizza?", "rent is {sum} this month, pay before the 1st",
        "I paid {sum} for the tickets", "I will send the video from the party to the group tonight", "did you get the {sum} I sent you?", "my mom will send you the photos",
        "the new phone costs {sum}, too expensive for me", "I'll post the pictures from the wedding on facebook tomorrow", "you have 10 minutes until the bus leaves",
        "could you pay {sum} for your share of the cabin?", "I have your book, will give it back tomorrow", "send me your address please", "I'll be there in 20 minutes",
        "everyone will see the match tonight", "I sold the bike for {sum}", "can you send me the video of the kids?", "I'd pay {sum} for that haha", "happy birthday to your mom!",
        "otherwise I'll see you tomorrow", "my boss wants the report by 8 pm", "your video is really good, you should post it on youtube", "I won't send it to anyone, promise",
        "he said he would send {sum} back on friday", "tell your family I said hi", "send me the link to the video", "I got paid {sum} today",
    ),
    "nb": (
        "jeg sender deg bildene fra turen", "jeg sender {sum} for middagen", "kan du vippse meg {sum} for pizzaen?", "husleia er {sum}, betal før den første",
        "jeg betalte {sum} for billettene", "jeg sender videoen fra festen i gruppa i kveld", "fikk du de {sum} jeg sendte?", "mamma sender deg bildene",
        "den nye telefonen koster {sum}", "jeg legger ut bildene fra bryllupet på facebook i morgen", "du har 10 minutter til bussen går", "kan du betale {sum} for din del av hytta?",
        "jeg har boka di, du får den i morgen", "send meg adressen din da", "jeg er der om 20 minutter", "alle får se kampen i kveld", "jeg solgte sykkelen for {sum}",
        "kan du sende meg videoen av barna?", "gratulerer med dagen til moren din!", "ellers ses vi i morgen", "sjefen vil ha rapporten innen kl 20", "videoen din er kjempebra, du burde legge den ut på youtube",
        "jeg sender den ikke til noen, lover", "hils familien din", "send meg lenken til videoen", "jeg fikk {sum} i lønn i dag", "skal vi dele på en pizza til {sum}?", "jeg skylder deg {sum}, vippser deg i kveld",
    ),
    "nn": (
        "eg sender deg bileta frå turen", "eg sender {sum} for middagen", "kan du vippse meg {sum} for pizzaen?", "husleiga er {sum}, betal før den fyrste",
        "eg betalte {sum} for billettane", "mamma sender deg bileta", "eg sender videoen frå festen i gruppa i kveld", "den nye telefonen kostar {sum}", "du har 10 minutt til bussen går",
        "eg har boka di, du får den i morgon", "eg er der om 20 minutt", "alle får sjå kampen i kveld", "eg selde sykkelen for {sum}", "elles sjåast vi i morgon", "hels familien din",
        "eg skuldar deg {sum}, vippsar deg i kveld", "send meg lenka til videoen",
    ),
    "sv": (
        "jag skickar bilderna från resan till dig", "jag skickar {sum} för middagen", "kan du swisha mig {sum} för pizzan?", "hyran är {sum}, betala före den första",
        "jag betalade {sum} för biljetterna", "mamma skickar bilderna till dig", "jag skickar videon från festen i gruppen ikväll", "den nya telefonen kostar {sum}",
        "jag lägger ut bilderna från bröllopet på facebook imorgon", "du har 10 minuter innan bussen går", "jag har din bok, du får den imorgon", "jag är där om 20 minuter",
        "alla får se matchen ikväll", "jag sålde cykeln för {sum}", "kan du skicka videon på barnen?", "annars ses vi imorgon", "hälsa din familj", "jag är skyldig dig {sum}, swishar ikväll", "skicka länken till videon",
    ),
    "da": (
        "jeg sender dig billederne fra turen", "jeg sender {sum} for middagen", "kan du sende mig {sum} på mobilepay for pizzaen?", "huslejen er {sum}, betal før den første",
        "jeg betalte {sum} for billetterne", "mor sender dig billederne", "jeg sender videoen fra festen i gruppen i aften", "den nye telefon koster {sum}", "du har 10 minutter til bussen kører",
        "jeg har din bog, du får den i morgen", "jeg er der om 20 minutter", "alle får kampen at se i aften", "jeg solgte cyklen for {sum}", "ellers ses vi i morgen", "hils din familie",
        "jeg skylder dig {sum}", "send mig linket til videoen",
    ),
    "de": (
        "ich schicke dir die Bilder vom Urlaub", "ich schicke {sum} für das Abendessen", "kannst du mir {sum} für die Pizza überweisen?", "die Miete ist {sum}, bitte bis zum Ersten zahlen",
        "ich habe {sum} für die Tickets bezahlt", "meine Mutter schickt dir die Fotos", "ich schicke das Video von der Party heute in die Gruppe", "das neue Handy kostet {sum}",
        "ich poste die Bilder von der Hochzeit morgen auf Facebook", "du hast noch 10 Minuten bis der Bus fährt", "ich habe dein Buch, du bekommst es morgen", "ich bin in 20 Minuten da",
        "alle sehen heute Abend das Spiel", "ich habe das Fahrrad für {sum} verkauft", "sonst sehen wir uns morgen", "grüß deine Familie", "ich schulde dir {sum}", "schick mir den Link zum Video",
    ),
    "fr": (
        "je t'envoie les photos du voyage", "j'envoie {sum} pour le dîner", "tu peux m'envoyer {sum} pour la pizza ?", "le loyer est de {sum}, paie avant le premier",
        "j'ai payé {sum} pour les billets", "ma mère va t'envoyer les photos", "j'envoie la vidéo de la fête dans le groupe ce soir", "le nouveau téléphone coûte {sum}",
        "je publie les photos du mariage sur Facebook demain", "tu as 10 minutes avant le bus", "j'ai ton livre, je te le rends demain", "j'arrive dans 20 minutes",
        "tout le monde va voir le match ce soir", "j'ai vendu le vélo pour {sum}", "sinon on se voit demain", "dis bonjour à ta famille", "je te dois {sum}, je te rembourse ce soir", "envoie-moi le lien de la vidéo",
    ),
    "es": (
        "te envío las fotos del viaje", "te mando {sum} por la cena", "¿me puedes enviar {sum} para la pizza?", "el alquiler son {sum}, paga antes del día uno",
        "pagué {sum} por las entradas", "mi madre te va a enviar las fotos", "mando el video de la fiesta al grupo esta noche", "el móvil nuevo cuesta {sum}",
        "voy a publicar las fotos de la boda en Facebook mañana", "tienes 10 minutos antes de que salga el bus", "tengo tu libro, te lo doy mañana", "llego en 20 minutos",
        "todos van a ver el partido esta noche", "vendí la bici por {sum}", "si no nos vemos mañana", "saluda a tu familia", "te debo {sum}, te pago esta noche por la cena", "mándame el enlace del video",
    ),
}  # fmt: skip
WHO = {
    "en": ("friends", "family", "followers", "mom and dad", "girlfriend", "boss", "classmates"), "nb": ("familien", "kjæresten", "sjefen"), "nn": ("familien", "kjærasten", "sjefen"),
    "sv": ("familj", "mamma", "chef", "flickvän"), "da": ("familie", "mor", "chef", "kæreste"), "de": ("Freunde", "Familie", "Mutter", "Kollegen"),
    "fr": ("ta famille", "tes amis", "ta copine", "tes parents"), "es": ("tu familia", "tus amigos", "tu novia", "tus seguidores"),
}  # fmt: skip
WHAT = {
    "en": ("video", "nudes", "pictures", "naked video"), "nb": ("videoen", "bildene", "nakenbildene"), "nn": ("videoen", "bileta", "nakenbileta"), "sv": ("videon", "bilderna", "nakenbilderna"),
    "da": ("videoen", "billederne"), "de": ("dein Video", "deine Nacktbilder", "deine Bilder"), "fr": ("ta vidéo", "tes photos", "tes nudes"), "es": ("tu video", "tus fotos", "tus nudes"),
}  # fmt: skip
UNTIL = {
    "en": ("within 24 hours", "before midnight", "by 20:00", "by tomorrow"), "nb": ("innen kl. 20", "innen i kveld", "før midnatt", "innen 24 timer"), "nn": ("innan kl. 20", "innan i kveld", "før midnatt"),
    "sv": ("inom 2 timmar", "innan kl 20", "före midnatt"), "da": ("inden kl. 20", "inden 2 timer", "inden i morgen"), "de": ("bis 20 Uhr", "innerhalb von 24 Stunden", "bis morgen"),
    "fr": ("avant 20h", "dans les 24 heures", "avant minuit", "avant demain"), "es": ("antes de las 20:00", "en 24 horas", "antes de medianoche", "antes de mañana"),
}  # fmt: skip
PLACES = ("Facebook", "YouTube", "Instagram", "TikTok")
SLIPS = {"å": "a", "ø": "o", "é": "e", "ä": "a", "ö": "o", "ü": "u", "í": "i", "ñ": "n", "ó": "o"}


def _varied(text: str, draw: random.Random) -> str:
    """Return a line as people type it: capitals, missing accents, marks at its end, something before it."""
    if draw.random() < 0.2:
        text = text.lower()
    elif draw.random() < 0.1:
        text = text.upper()
    if draw.random() < 0.15:
        text = "".join(SLIPS.get(letter, letter) for letter in text)
    return text + draw.choice(("", "", "!", "!!!", " 😈", "."))


def lines(seed: int, each: int = 6) -> Iterator[Line]:
    """Yield `each` lines of every template, hits and near-misses."""
    draw = random.Random(seed)
    for language, templates in HITS.items():
        for template, kinds in templates:
            for _ in range(each):
                yield _line(language, template, frozenset(kinds), draw)
    for language, plain in MISSES.items():
        for template in plain:
            for _ in range(each):
                yield _line(language, template, frozenset(), draw)


def _line(language: str, template: str, kinds: frozenset[str], draw: random.Random) -> Line:
    written, amount = draw.choice(SUMS)
    form, currency = draw.choice(CURRENCIES[language])
    filled = template.format(
        sum=form.format(written),
        who=draw.choice(WHO[language]),
        what=draw.choice(WHAT[language]),
        until=draw.choice(UNTIL[language]),
        place=draw.choice(PLACES),
    )
    stated = "{sum}" in template and "demand" in kinds
    return Line(language, _varied(filled, draw), kinds, amount if stated else None, currency if stated else None)
