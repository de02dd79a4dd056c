"""Accounts by what a service writes for them: mentions, numbers, ``live:`` names, tags, links of apps."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable

from sextortion_cli.extract.finders.base import compiled, is_apart, near
from sextortion_cli.extract.finders.contacts import hosts, labels
from sextortion_cli.extract.finders.contacts.common import words
from sextortion_cli.extract.finders.contacts.plain import View
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, Hit, Scope

SERVICE = {name: compiled(rf"\b(?:{pattern})\b") for name, pattern in labels.SERVICES.items()}
SHORT = {name: compiled(f"(?:{pattern})") for name, pattern in labels.SHORT.items()}
_ID = compiled(r"\b(?:(?P<of>[\pL]+)[ -]?)?\bid(?:entifier|-?nr|-?nummer)?\b\W{0,3}\z")
_OTHER_NUMBER = compiled(
    r"\b(?:sporing\w*|tracking|track|order|ordre\w*|invoice|faktura\w*|imei|iccid|iban|kontonr|kontonummer|account[ ](?:no|number)|card|kort\w*|ref\w*|kid|parcel|pakke\w*|shipment|"
    r"transaction|transaksjon\w*|message|meldings?|serial|serie\w*|receipt|kvittering\w*|bestilling\w*|bestell\w*|sendung\w*|commande|pedido|ticket|case|sak\w*)\b"
)
_NO_TAG = words(
    "issue ticket pr nr no order ordre room rom case sak bug faktura invoice build pull task page side chapter number nummer post item apt suite unit test line color colour id ref"
)


Result = tuple[Hit, int] | None
"""A hit and where it ends in the meant text."""


@functools.cache
def service_of(said: str) -> str | None:
    """Return the service that somebody calls `said` (one of the ways of `labels`, in lower case)."""
    return next((name for table in (SERVICE, SHORT) for name, pattern in table.items() if pattern.fullmatch(said)), None)


def _mention(meant: View, start: int, end: int, scope: Scope) -> Result:
    return made(meant, "platform-id", meant.text[start:end].strip("<@!>"), start, end, SURE, "form", "Discord")


def _matrix(meant: View, start: int, end: int, scope: Scope) -> Result:
    before = meant.text[start - 1 : start]
    if before.isalnum() or before == "/" or not is_apart(meant.text, start, end):
        return None
    local, _, host = meant.text[start:end].partition(":")
    return (
        made(meant, "platform-id", f"{local}:{host.lower()}", start, end, 0.9, "form", "Matrix")
        if hosts.is_registrable(host.partition(":")[0].lower())
        else None
    )


def _fediverse(meant: View, start: int, end: int, scope: Scope) -> Result:
    if meant.text[start - 1 : start].isalnum():
        return None
    name, _, host = meant.text[start + 1 : end].partition("@")
    host = hosts.settled(host)
    if not host:
        return None
    end = start + 2 + len(name) + len(host)
    return made(meant, "handle", f"{name}@{host.lower()}", start, end, SURE, "form", "Fediverse")


def _jid(meant: View, start: int, end: int, scope: Scope) -> Result:
    return made(meant, "platform-id", meant.text[start:end].lower(), start, end, SURE, "form", "WhatsApp")


def _skype(meant: View, start: int, end: int, scope: Scope) -> Result:
    text = meant.text
    while text[end - 1] in ".,-":
        end -= 1
    value = text[start:end].lower().removeprefix("8:")
    name = value.removeprefix("live:")
    if len(name) < 3 or text[start - 1 : start].isalnum() or text[start - 1 : start] == "/":
        return None
    if name.startswith(".cid.") and len(name) > 10 and all(char in "0123456789abcdef" for char in name[5:]):
        confidence, why = SURE, "form"
    elif scope.service == "Skype" or near(text, start, end, SERVICE["Skype"], scope):
        confidence, why = LIKELY, "form-and-words"
    elif not name.isdigit() and (text[start] == "8" or any(char.isdigit() or char in "._" for char in name)):
        confidence, why = POSSIBLE, "written-as"
    else:
        confidence, why = 0.4, "ambiguous"
    return made(meant, "platform-id", value, start, end, confidence, why, "Skype")


def _link(meant: View, start: int, end: int, scope: Scope) -> Result:
    written = meant.text[start:end]
    if written[:5].lower() == "skype":
        return made(meant, "handle", written[6:-1], start, end - 1, SURE, "form", "Skype")
    kind = "platform-id" if "user?id=" in written.lower() else "handle"
    return made(meant, kind, written.rpartition("=")[2], start, end, SURE, "form", "Telegram")


def _steam(meant: View, start: int, end: int, scope: Scope) -> Result:
    return made(meant, "platform-id", meant.text[start:end].upper(), start, end, SURE, "form", "Steam")


def _session(meant: View, start: int, end: int, scope: Scope) -> Result:
    is_said = near(meant.text, start, end, SHORT["Session"], scope)
    return made(
        meant,
        "platform-id",
        meant.text[start:end].lower(),
        start,
        end,
        0.9 if is_said else 0.4,
        "form-and-words" if is_said else "ambiguous",
        "Session",
    )


def _uuid(meant: View, start: int, end: int, scope: Scope) -> Result:
    if not near(meant.text, start, end, SERVICE["Snapchat"], scope, before=60, after=0) or not near(
        meant.text, start, end, _USER_ID, before=40, after=0
    ):
        return None
    return made(meant, "platform-id", meant.text[start:end].lower(), start, end, LIKELY, "form-and-words", "Snapchat")


def _tag(meant: View, start: int, end: int, scope: Scope) -> Result:
    text = meant.text
    while text[start] in ".-":
        start += 1
    name, _, number = text[start:end].partition("#")
    if (
        len(name) < 2
        or number == "0000"
        or name.lower() in _NO_TAG
        or name.isdigit()
        or text[start - 1 : start] in ("/", "@", ":", "#", "?", "=", "&")
    ):
        return None
    is_said = scope.service == "Discord" or near(text, start, end, SERVICE["Discord"], scope)
    return made(
        meant, "handle", text[start:end], start, end, 0.9 if is_said else POSSIBLE, "form-and-words" if is_said else "written-as", "Discord"
    )


def _telegram(meant: View, start: int, end: int, scope: Scope) -> Result:
    text = meant.text
    if (
        not is_apart(text, start, end, "_@/-#")
        or text[start - 1 : start] == "."
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
    ):
        return None
    is_said = (scope.service or "").startswith("Telegram") or near(text, start, end, _TELEGRAM, scope)
    return made(
        meant,
        "platform-id",
        text[start + 4 : end],
        start,
        end,
        LIKELY if is_said else 0.55 if end - start < 15 else 0.4,
        "form-and-words" if is_said else "written-as",
        "Telegram",
    )


def _number(meant: View, start: int, end: int, scope: Scope) -> Result:
    """Return a long number that the words beside it call an account's."""
    text, length = meant.text, end - start
    number = text[start:end]
    ends = text[end : end + 1] in (".", ",") and not text[end + 1 : end + 2].isalnum()
    is_valued = text[start - 1 : start] == ":" and not text[start - 2 : start - 1].isdigit()
    if not is_apart(text, start - is_valued, end + ends, "_#@.,-/+"):
        return None
    before = text[max(0, start - 32) : start]
    if _OTHER_NUMBER.search(before):
        return None
    is_called = _ID.search(before) is not None
    if length == 15 and number.startswith("1000") and near(text, start, end, _FACEBOOK, scope, before=60):
        return made(meant, "platform-id", number, start, end, LIKELY, "form-and-words", "Facebook")
    if length == 17 and number.startswith("7656119") and near(text, start, end, _STEAM, scope, before=60):
        return made(meant, "platform-id", number, start, end, LIKELY, "form-and-words", "Steam")
    if length >= 17 and _created(number):
        is_said = near(text, start, end, SERVICE["Discord"], scope) or (scope.service == "Discord" and is_called)
        if is_said or is_called:
            return made(
                meant,
                "platform-id",
                number,
                start,
                end,
                LIKELY if is_said else POSSIBLE,
                "form-and-words" if is_said else "words",
                "Discord",
            )
    return None


_TELEGRAM = compiled(r"\btelegram|\btg\b|from_id|actor_id")
_FACEBOOK = compiled(r"\b(?:facebook|fb|messenger|profil\w*)\b")
_STEAM = compiled(r"\bsteam\w*")
_USER_ID = compiled(r"\b(?:user|bruker)?[ -]?id\b|\buuid\b")


def form_of(written: str) -> Callable[[View, int, int, Scope], Result] | None:
    """Return what reads a match of `handle._CANDIDATES`; None for a label or a plain ``@name``."""
    first = written[0]
    if first == "@":
        return _fediverse if "@" in written[1:] else _matrix
    if first == "<":
        return _mention
    if len(written) > 5 and written[-5] == "#" and written[-4:].isdigit():
        return _tag
    lowered = written[:6].lower()
    if lowered.startswith(("live:", "8:live")) and len(written) > 5:
        return _skype
    if lowered.startswith("tg://") or (lowered == "skype:" and written.endswith("?")):
        return _link
    if lowered.startswith("steam_"):
        return _steam
    if lowered.startswith("user") and written[4:].isdigit() and len(written) > 9:
        return _telegram
    if written.isdigit():
        return _number
    if "@" in written and first.isdigit():
        return _jid
    if len(written) == 66 and written.startswith("05"):
        return _session
    if len(written) == 36 and written.count("-") == 4 and written[8] == "-":
        return _uuid
    return None


def _created(number: str) -> str:
    """Return when a Discord account with this number was made (RFC 3339), ``""`` if no such time has been or can soon be."""
    milliseconds = int(number) >> 22
    if not 0 < milliseconds < 790_000_000_000:  # to 2040
        return ""
    moment = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def made(meant: View, kind: str, value: str, start: int, end: int, confidence: float, why: str, service: str | None) -> Result:
    """Return a hit for ``meant.text[start:end]``, in lower case where the service takes no notice of case, and where it ends."""
    first, last = meant.place(start, end)
    detail: dict[str, str] = {}
    if service is not None:
        detail["service"] = service
    if kind == "handle" and service in labels.FOLDED and "#" not in value:
        value = value.lower()
    if kind == "platform-id" and service == "Discord":
        created = _created(value)
        if created:
            detail["created"] = created
    if service == "WhatsApp" and "-" not in value and not value.endswith("@lid"):
        detail["phone"] = f"+{value.partition('@')[0]}"
    return Hit(
        kind, value, meant.written[first:last], first, last, confidence, why, ("near-word",) if why == "form-and-words" else (), detail
    ), end
