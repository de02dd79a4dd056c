"""
What names the victim, hidden in reports: the values of the victim's own contacts, wherever they stand.

Chats write a telephone number and an address in many ways; each of them names the same person, so each of them is hidden.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sextortion_cli.model.factwords import IDENTITY

#: What a contact's entry holds that can name the person.
PERSONAL = ("stable_id", "handle", "display_name", "profile_url", "phone", "email")
#: What `hidden` calls the log's records, and what a file says of itself (an exhibit behind it).
RECORDS, METADATA = "records", "metadata "
_SIDE = "victim"
_SHORTEST = 4
_NATIONAL = 8
#: What is an e-mail address, a number to be called from abroad or a pair of coordinates, in whatever words it stands.
_REACHES = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w+])\+\d(?:[ ()-]{0,2}\d){6,14}(?!\d)"
    r"|(?<![\w.])-?\d{1,3}\.\d{1,16}, ?-?\d{1,3}\.\d{1,16}(?![\w.])"
)
_BETWEEN = "[ \u00a0\u202f.()/-]{0,2}"


#: How mails write letters in headers, and what a header's own form is called beside the readable one.
_ENCODED, _RAW = "=?", " (raw)"


class Mask:
    """
    Hides what names the victim.

    Args:
        contacts: The contacts of the case, each with its history; the side stated last is the one that counts.
        on: False shows everything.
        secrets: Hides what must not be shown whoever's it is (passwords that messages quote).
        hidden: Tells what else is hidden at a place, longest first: cards, and what seems to be the victim's. A place is an exhibit and where
            the message begins, `RECORDS` and a record's number, or `METADATA` with an exhibit behind it, and 0.
        also: Contacts that are hidden like the victim's own (third persons in a package, who are no recipients).
    """

    def __init__(
        self,
        contacts: Iterable[Mapping[str, Any]],
        *,
        on: bool,
        secrets: Callable[[str], str] | None = None,
        hidden: Callable[[str, int], list[str]] | None = None,
        also: frozenset[str] = frozenset(),
    ) -> None:
        self._also = also
        patterns: dict[str, None] = {}
        for data in (step for entry in contacts if on and self._hides(entry) for step in entry["history"]):
            patterns |= {_pattern(key, str(data[key])): None for key in PERSONAL if len(str(data.get(key) or "")) >= _SHORTEST}
        longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
        self._find = re.compile("|".join(longest_first), re.IGNORECASE) if longest_first else None
        self._known: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._hidden = hidden
        self.on = on
        self._secrets = secrets if on else None

    def value(self, text: str) -> str:
        """Return a value with all but its first two characters hidden."""
        return text[:2] + "•" * min(8, max(3, len(text) - 2))

    def text(self, text: str | None) -> str | None:
        """Return text with every one of the victim's values hidden."""
        if not text:
            return text
        if self._find is not None:
            text = self._find.sub(lambda hit: self.value(hit[0]), text)
        return text if self._secrets is None else self._secrets(text)

    def _hits(self, text: str | None) -> int:
        return len(self._find.findall(text)) if self._find is not None and text else 0

    def deep(self, value: Any) -> Any:
        """Return a plain value with every text in it masked; what is a key stays."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.deep(item) for key, item in value.items()}
        return [self.deep(item) for item in value] if isinstance(value, (list, tuple)) else value

    def entry(self, entry: Mapping[str, Any], *free: str) -> dict[str, Any]:
        """Return an entry with the fields `free` masked, and whether anything was hidden."""
        hidden = {key: self.deep(entry[key]) for key in free if entry.get(key)}
        return {**entry, **hidden, "masked": any(hidden[key] != entry[key] for key in hidden)}

    def _hides(self, entry: Mapping[str, Any]) -> bool:
        return entry["side"] == _SIDE or entry.get("contact_id") in self._also

    def contact(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Return a contact with its history; the victim's own with every value hidden."""
        hide = self.on and self._hides(entry)
        history = [self._account(step, hide=hide) for step in entry["history"]]
        return {**self._account(entry, hide=hide), "history": history, "masked": hide}

    def _account(self, data: Mapping[str, Any], *, hide: bool) -> dict[str, Any]:
        shown = {key: self.value(value) if hide and key in PERSONAL and isinstance(value, str) else value for key, value in data.items()}
        return {**shown, "note": self.text(data.get("note"))}

    def sender(self, sender: Mapping[str, Any]) -> dict[str, Any]:
        """Return a sender; one on the victim's side is hidden as a whole."""
        hide = self.value if self.on and sender["side"] == _SIDE else self.text
        hidden = {key: hide(sender[key]) for key in ("name", "raw", "id") if sender.get(key)}
        if hidden.get("name") != sender.get("name") and _ENCODED in (sender.get("raw") or ""):
            hidden["raw"] = hidden["name"]
        return {**sender, **hidden}

    def message(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return a message with everything in it that names the victim masked."""
        writings = self._writings(message)
        if writings:
            return {**self._shown(_without(message, writings, self.value)), "masked": True, "raw_b64": None}
        return self._shown(message)

    def _writings(self, entry: Mapping[str, Any]) -> list[str]:
        """Return what is hidden in one message besides the person's contacts, longest first."""
        place = entry["locator"] and (entry["locator"]["bytes"] or entry["locator"]["rows"])
        return self._at(entry["exhibit"], place[0]) if place else []

    def _at(self, where: str, start: int) -> list[str]:
        return self._hidden(where, start) if self.on and self._hidden is not None else []

    def _shown(self, message: Mapping[str, Any]) -> dict[str, Any]:
        if not self.on:
            return {**message, "masked": False}
        text = self.text(message["text"])
        if self._find is None and text == message["text"] and (message["sender"] or {}).get("side") != _SIDE:
            return {**message, "masked": False}
        raw = text if message["raw"] == message["text"] else self.text(message["raw"])
        if self._hits(message["raw"]) < self._hits(message["text"]) or (raw == message["raw"] and text != message["text"]):
            raw = None  # encoded: what was hidden in the text stands in it in other letters
        shown = {**self.entry(message, "detail", "attachments", "reactions"), "text": text, "raw": raw}
        shown["detail"] = {key: value for key, value in shown["detail"].items() if not _tells(key, shown["detail"], message["detail"])}
        if message["locator"]["member"] is not None:
            shown["locator"] = {**message["locator"], "member": self.text(message["locator"]["member"])}
        for key, mask in (("conversation", self.deep), ("sender", self.sender)):
            if message[key] is not None:
                shown[key] = self._again(mask, message[key])
                shown["masked"] = shown["masked"] or shown[key] != message[key]
        shown["masked"] = shown["masked"] or text != message["text"] or raw != message["raw"]
        return {**shown, "raw_b64": None} if shown["masked"] else shown

    def statement(self, entry: Mapping[str, Any], *free: str) -> dict[str, Any]:
        """Return what a person stated, with what is hidden in the fields `free`."""
        writings = self._at(RECORDS, int(entry["record"]))
        shown = self.entry({**entry, **{key: _hide(entry[key], writings, self.value) for key in free if entry.get(key)}}, *free)
        return {**shown, "masked": any(shown.get(key) != entry.get(key) for key in free if entry.get(key))}

    def metadata(self, fact: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a file says of itself."""
        shown = _hide(fact, self._at(f"{METADATA}{fact['exhibit']}", 0), self.value)
        return {**self.deep(shown), "exhibit": fact["exhibit"]}

    def sign(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Return a sign of a kind of case, its quotes masked."""
        places = [{**place, "quoted": self.text(_hide(place["quoted"], self._writings(place), self.value))} for place in entry["places"]]
        return {**entry, "places": places}

    def suggestion(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Return a suggestion with what names the victim masked in its quote and its sender."""
        writings = self._writings(entry)
        parts = {key: _hide(entry[key], writings, self.value) for key in ("text", "quoted")}
        shown = self.entry({**entry, **parts}, "text", "quoted")
        shown["masked"] = shown["masked"] or bool(writings)
        if entry["sender"] is not None:
            shown["sender"] = self.sender(entry["sender"])
            shown["masked"] = shown["masked"] or shown["sender"] != entry["sender"]
        return {**shown, "status": "derived"}

    def fact(self, fact: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a fact with what names the victim masked.

        Of the account's own owner, what says who that is is hidden whole, and addresses, numbers and places wherever they stand. IP
        addresses and devices stay: whoever reads the report must be able to tell them from the other side's.
        """
        if not self.on:
            return {**fact, "masked": False}
        writings = [item for item in self._writings(fact) if not _is_address(item)]
        shown = self.entry({**fact, "values": _hide(fact["values"], writings, self.value)}, "values")
        if fact["of"] == "account-owner":
            hide = self._whole if fact["kind"] in IDENTITY else self._reached
            shown["values"] = {key: hide(value) for key, value in shown["values"].items()}
        if fact["locator"]["member"] is not None:
            shown["locator"] = {**fact["locator"], "member": self.text(fact["locator"]["member"])}
        return {**shown, "masked": shown["values"] != fact["values"]}

    def _whole(self, text: str) -> str:
        return self.value(text) if text else text

    def _reached(self, text: str) -> str:
        return _REACHES.sub(lambda hit: self.value(hit[0]), text)

    def _again(self, mask: Callable[[Any], dict[str, Any]], value: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was made of the same value before: a million messages have few senders and fewer conversations."""
        key = (mask.__name__, *value.values())
        if key not in self._known:
            self._known[key] = mask(value)
        return self._known[key]


def _without(message: Mapping[str, Any], writings: list[str], mask: Callable[[str], str]) -> dict[str, Any]:
    """Return a message with these writings hidden wherever they stand in it; its raw form only where all of them were found there."""
    shown = {**message, **{key: _hide(message[key], writings, mask) for key in ("text", "raw", "detail", "attachments")}}
    whole = all((message["raw"] or "").count(item) >= (message["text"] or "").count(item) for item in writings)
    return shown if whole else {**shown, "raw": None}


def _hide(value: Any, writings: list[str], mask: Callable[[str], str]) -> Any:
    """Return a plain value with these writings hidden in every text in it; what is a key stays."""
    if not writings:
        return value
    if isinstance(value, str):
        for writing in writings:
            value = value.replace(writing, mask(writing))
        return value
    if isinstance(value, Mapping):
        return {key: _hide(item, writings, mask) for key, item in value.items()}
    return [_hide(item, writings, mask) for item in value] if isinstance(value, (list, tuple)) else value


def _is_address(text: str) -> bool:
    """Tell whether a writing is an IP address, with or without a port."""
    try:
        ipaddress.ip_address(text.strip("[]").rpartition(":")[0] if text.count(":") == 1 else text)
    except ValueError:
        return False
    return True


def _tells(key: str, hidden: Mapping[str, str], detail: Mapping[str, str]) -> bool:
    """Say whether a header in its encoded form tells what was hidden beside it in its readable form."""
    readable = key.removesuffix(_RAW)
    return readable != key and _ENCODED in detail[key] and hidden.get(readable) != detail.get(readable)


def _pattern(key: str, value: str) -> str:
    """Return what finds a value in text, written with capitals or without, and a number with or without its country and its gaps."""
    if key == "phone":
        digits = re.sub(r"\D", "", value)
        if len(digits) >= _SHORTEST:
            national, country = _BETWEEN.join(digits[-_NATIONAL:]), digits[:-_NATIONAL].removeprefix("00")
            return rf"(?<!\d)(?:(?:\+|00)\d{{1,3}}{_BETWEEN}|{country}{_BETWEEN})?{national}(?!\d)"
    value = value.lstrip("@") if key == "handle" else value
    start = r"(?<!\w)" if value[:1].isalnum() else ""
    return start + re.escape(value) + (r"(?!\w)" if value[-1:].isalnum() else "")
