"""Words for the kinds of identifiers, for why one is believed, and the sentence that stands on every sheet of them."""

from __future__ import annotations

from sextortion_cli.words import N_

#: Stands on every sheet that names accounts: a handle is reassigned, a picture stolen, a payee a mule (NorSIS; practice 17).
SENTENCE = N_("These belong to accounts and may point to an uninvolved person. Don't contact, publish or look them up yourself.")

KIND = {
    "phone": N_("phone number"),
    "email": N_("e-mail address"),
    "handle": N_("user name"),
    "profile": N_("profile address"),
    "platform-id": N_("account id of a service"),
    "url": N_("web address"),
    "domain": N_("domain"),
    "ipv4": N_("IP address"),
    "ipv6": N_("IP address (v6)"),
    "iban": N_("bank account (IBAN)"),
    "account-no": N_("bank account"),
    "card": N_("payment card"),
    "payment-handle": N_("name on a payment service"),
    "mtcn": N_("Western Union number (MTCN)"),
    "transfer-ref": N_("reference of a money transfer"),
    "gift-card": N_("gift card or voucher"),
    "btc": N_("Bitcoin address"),
    "eth": N_("Ethereum address"),
    "tron": N_("TRON address"),
    "ltc": N_("Litecoin address"),
    "doge": N_("Dogecoin address"),
    "xmr": N_("Monero address"),
    "sol": N_("Solana address"),
    "ton": N_("TON address"),
    "tx": N_("transaction of a cryptocurrency"),
    "person-name": N_("name of a person (a hint)"),
    "postal-address": N_("postal address (a hint)"),
}
#: Why a hit has its confidence: a code for programs, a sentence for people.
WHY = {
    "checksum": N_("Its check digits are right."),
    "registry": N_("It is a number that a numbering plan has."),
    "form-and-words": N_("Its form is right, and the words beside it say what it is."),
    "form": N_("Its form is right; it has no check digits."),
    "words": N_("The words beside it say what it is."),
    "written-as": N_("It is written as such a thing is written, and nothing speaks against it."),
    "ambiguous": N_("It could also be something else, like a date or an order number."),
    "bad-check": N_("Its check digits are wrong: it may be mistyped."),
    "service-says": N_("The service itself gives it in the export."),
    "stated": N_("The person stated it."),
    "hint": N_("Only a hint."),
}
OWNER = {
    "extorter": N_("an account of the side that extorts"),
    "victim": N_("your own"),
    "third-person": N_("somebody else's"),
    "infrastructure": N_("a service's own"),
    "unknown": N_("not known whose"),
}
#: Why it is taken to be theirs: what was stated, and what was only inferred.
OWNER_WHY = {
    "stated": N_("The person said so."),
    "contact": N_("A contact of the case has it."),
    "contacts-disagree": N_("Contacts on different sides have it."),
    "export-own": N_("The export says it belongs to the exported account, which is assumed to be the person's own."),
    "export-infrastructure": N_("The file shows it as a server on the way."),
    "candidate": N_("A candidate for the other end of a call."),
    "listed": N_("It stands in a list of contacts (inferred)."),
    "sender": N_("It is the name or id a sender has (inferred from the contacts of the case)."),
    "said-by": N_("That side wrote it (inferred)."),
    "said-first": N_("That side wrote it first (inferred)."),
    "said-too": N_("Both sides wrote it; it is of a kind one hardly has oneself (inferred)."),
    "paid-with": N_("The person wrote it: a payment. Who collected it is not known."),
    "only-mentioned": N_("It was only mentioned."),
    "nobody-known": N_("No contact of the case is known to have written it."),
}
ROLE = {"payee": N_("gets money"), "possible-mule": N_("gets money, perhaps for others"), "unknown": N_("role unknown")}
