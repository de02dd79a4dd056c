"""Words for the kinds of identifiers, and for why one is believed."""

from __future__ import annotations

from sextortion_cli.words import N_

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
