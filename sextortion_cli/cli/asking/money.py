"""Sums, ways of paying and where money goes: the parts a demand and a payment share."""

from __future__ import annotations

from sextortion_cli.cli.asking.sitting import Fields
from sextortion_cli.cli.asking.talk import UNKNOWN, Talk
from sextortion_cli.model.amount import exact
from sextortion_cli.model.refusal import Refused
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_CURRENCIES = {"NOK": N_("Norwegian kroner (NOK)"), "EUR": N_("Euro (EUR)"), "USD": N_("US dollars (USD)"), "other": N_("Something else")}
#: As the list of ways of paying names them (`guide/data/platforms.toml`).
_METHODS = {
    "bank": N_("Bank transfer"),
    "vipps": N_("Vipps"),
    "gift card": N_("Gift card, like Apple or Steam"),
    "crypto": N_("Cryptocurrency, like Bitcoin"),
    "paypal": N_("PayPal"),
    "western union": N_("Western Union, MoneyGram or the like"),
    "other": N_("Another way"),
}


def ask_sum(talk: Talk, parts: Fields) -> None:
    """Ask how much, in which currency."""
    parts["amount"] = talk.text(_("How much? Only digits, like 20000."), is_no_sum)
    if parts["amount"] is None:
        return
    currency = talk.pick(_("In which currency?"), _CURRENCIES)
    if currency == "other":
        currency = talk.text(_("Which one? A code like GBP, or BTC."), _is_no_currency)
    parts["currency"] = None if currency == UNKNOWN else currency


def ask_way(talk: Talk, parts: Fields) -> None:
    """Ask how, and to whom."""
    method = talk.pick(_("How is it to be paid?"), _METHODS)
    if method == "other":
        method = talk.text(_("Which way?"))
    parts["method"] = None if method == UNKNOWN else method
    parts["destination"] = talk.text(_("To which account, number, name or address?"))


def ask_payment(talk: Talk, parts: Fields, when: str) -> None:
    """Ask everything about a payment that may trace or recall it."""
    parts["when"] = talk.text(when)
    ask_sum(talk, parts)
    ask_way(talk, parts)
    parts["reference"] = talk.text(_("Is there a number on the receipt?"))


def sum_and_currency(text: str) -> tuple[str, str | None]:
    """Part what was written as one (``20000 kr``, ``$500``) into the sum and the currency; without one, there is none."""
    word = text.strip("0123456789 .,'\u00a0\u2019")
    if not word or not (word.isalpha() or len(word) == 1):
        return text, None
    return text.replace(word, " ").strip(), word.upper()


def is_no_sum(text: str) -> str | None:
    """Return what is wrong with a sum, None when nothing is."""
    try:
        exact(text)
    except Refused:
        return _("Please write the sum in digits, like 20000, or only Enter.")
    return None


def _is_no_currency(text: str) -> str | None:
    fits = len(text) == 1 or (text.isascii() and text.isalpha() and 2 <= len(text) <= 10)
    return None if fits else _("Please write a code like GBP, or only Enter.")
