"""Everyday words of the languages people write here: what stands where a name might, and is none."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


EVERYDAY = words(
    # English
    "a about account accounts actually add address after again all also always am an and any anything app apps are as ask at away back bad be because been before best "
    "better bitch block blocked both boy bro but buy by bye call calls can cant card chat check come cool cash could crazy cute dead dear delete did didnt do does doesnt doing "
    "done dont down each early eight email ended enough even ever every everyone everything face fake family far fast fine first five follow followers for found four free "
    "friend friends from fuck full fun game get girl give go god goes going gone good got great group guy guys had happy hard has hate have he hello help her here hey hi "
    "him his home house how hurry i id idk if im in info is it its job just keep kidding know last late later left let life like link list live load login lol long look love lot "
    "made mail make man many maybe me mean meet message min mine minute moment money more morning most move much music must my name need never new next nice night nine no nobody "
    "none not nothing now number of off ok okay old on once one online only open or order other our out over own page pay paid people phone photo photos pic pics picture place "
    "please pls post problem profile proof put ready real really right room run said same saw say school see seen sell send sent server seven shit show six sleep so some "
    "someone something soon sorry start stay still stop story stuff sure take talk tell ten text than thank thanks that thats the their them then there these they thing things "
    "think this those three thx time to today together tomorrow tonight too true try trying two type u under until up update ur us use used user username video videos wait walk want was "
    "watch way we week well went were what whatever when where which while who why will with without wont word words work working world would wrong ya yeah year yep yes "
    "yesterday yet you your yours yourself "
    # Norwegian, Danish, Swedish
    "adresse aldri alle allerede allt alt alltid altså andre at att av bara bare bedre bilde bilder bildene blir bli ble bra bruker brukernavn bättre da dag dager de dem den denne "
    "der deres det dette di din ditt doen du där därför då eg ein eit eller ellers en enda er ett etter etter ferdig fikk finns fint flere for fordi fram fra från før först först "
    "få får gang ganger gett gi gikk gjelder gjerne gjort gjøre god godt grei greit gå går ha had hade hadde han har hei hej hele heller hemma henne her hit hjelp hjem hjemme ho "
    "hon hun hur hva hvem hvor hvordan hvorfor hvis här hör i idag igen igjen ikke ikkje ikväll imorgen inn inne inte ja jag jeg jo jobb kan kanskje kanske klart klar kom komme kommer kun kunne "
    "kveld kvelden känner lage legg liker litt lite lyst lytt man meg med mens mer mig min mine mitt mye mycket må måste måtte natt natta navn navnet ned nei nej nettopp nok "
    "noe noen nog nå nær nå når nu ny nytt och og også om opp oss over penger pengar på pratas prates riktig rett sa sagt sammen samme savner se sedan seg sei selv sen send sende senere sendt ser si sida siden sig sikker "
    "sin sist sitt ska skal skall skjer skole skolen skriv skrive sku skulle slutt snart snakkes snakke snill som sov sover stopp svar sånn så takk tack tak telefon tenker ti tid tiden til till tilbake "
    "to tre trenger tro tror tusen under uten ut ute vakker var varje vart veldig vel venn venner vennene vent vente ved vi vil ville vis vite vet være vår väl "
    "værsåsnill ær å åpen åtte är än ändå ønsker øre "
    # German
    "aber alles als also am an auch auf aus bald beim bild bilder bin bis bist bitte da danke dann das dass dein deine dem den denn der des dich die dir doch dort drei du durch "
    "eben ein eine einen er es euch euer fertig für ganz geht geld genug gern gerne gestern gut gute haben habe hallo hast hat heute hier ich ihm ihn ihr im immer in ist ja jetzt "
    "kann kannst kein keine klar komm kommt konto leider mach machen mal man mehr mein meine mich mir mit morgen muss nach nacht nein nicht nichts noch nur ob oder ohne schnell schon "
    "schule sehr sein sich sicher sie sind so später super tag uhr um und uns viel vielleicht von vor wann war warum was weg weil weiter wenn wer wie wieder will wir wird wo zahlen zeit "
    "zu zum zur zurück zwei "
    # French
    "alors argent après assez au aussi autre aux avant avec beaucoup bien bon bonjour bonsoir ça car ce ceci cela ces cest cet cette chez comme comment compte dans de demain des donc du "
    "elle elles en encore envoie envoyer est et était être eux fait faire famille fini il ils ici jamais je jour juste la là le les leur lui ma mais maintenant maison me même merci mes "
    "moi mon moment ne non nos notre nous nuit on ou où oui paie par parce pas payer peu peut photo photos plus pour pourquoi pouvoir premier quand que quel qui quoi rien sa sans se ses si "
    "son sont sur ta te tes toi ton toujours tous tout tout tous très trop tu un une va vais veux vidéo viens voilà vos votre vous vrai vraiment vite "
    # Spanish
    "ahora ahí algo amigo amigos antes aquí así aún bien bueno casa chao claro como con contigo cosa creo cuando cuánto cómo dale de del después dice dime dinero dónde dos el él ella ellos en "
    "entonces eres es esa ese eso espera está estás este esto estoy fotos gracias ha hablar hacer haces hasta hay hola hora hoy la las le les listo lo los luego mal mañana mas más me "
    "mejor mi mis mucho muy nada no noche nos nunca o otra otro paga pago para pero poco por porque pues puede puedes qué que quien quiero rápido sabes se si sí siempre sin sino sobre "
    "solo soy su sus también te tengo tiene tienes tiempo tu tú tus un una vale vamos ver verdad vez vida video videos y ya yo"
)
"""Lower-case words that end or begin a sentence far more often than they are a user name or the name of a site."""
