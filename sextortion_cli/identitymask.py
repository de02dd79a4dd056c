"""Identifiers as lists and papers show them: the victim's own and payment cards hidden but for what tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HIDDEN = "•"
_SHORT = 4


def masked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return one identifier of `identities.identifiers` as it may be shown; `masked` says whether anything was hidden."""
    card, own = entry["kind"] == "card", entry["owner"] == "victim"
    if not card and not own:
        places = [{**item, "sender": _sender(item["sender"])} for item in entry["occurrences"]]
        return {**entry, "occurrences": places, "masked": False}
    hide = hidden_card if card else hidden
    shown = {**entry, "value": hide(entry["value"]), "raw": hide(entry["raw"]), "masked": True}
    shown["defanged"] = None if entry["defanged"] is None else hide(entry["defanged"])
    shown["detail"] = {key: value if key in _PLAIN else hide(value) for key, value in entry["detail"].items()}
    shown["occurrences"] = [{**item, "raw": hide(item["raw"]), "sender": _sender(item["sender"])} for item in entry["occurrences"]]
    return shown


#: Details that name nobody.
_PLAIN = frozenset(("service", "rail", "region", "type", "scheme", "network", "brand", "category", "created", "scope", "port"))


def _sender(sender: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if sender is None or sender["side"] != "victim":
        return sender
    return {**sender, **{key: hidden(sender[key]) for key in ("name", "id") if sender[key]}}


def hidden(text: str) -> str:
    """Return a value with all but its first two characters hidden."""
    return text[:2] + _HIDDEN * min(8, max(3, len(text) - 2))


def hidden_card(text: str) -> str:
    """Return a card number with all but its last four digits hidden."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return _HIDDEN * 8 + digits[-_SHORT:]
