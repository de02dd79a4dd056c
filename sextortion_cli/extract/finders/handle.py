"""User names and the stable ids of accounts, by how a service writes them or by the words before them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator

from sextortion_cli.extract.finders.base import Finder, compiled, is_apart, near
from sextortion_cli.extract.finders.contacts import hosts, labels
from sextortion_cli.extract.finders.contacts.common import EVERYDAY, words
from sextortion_cli.extract.finders.contacts.plain import FANGED, INVISIBLE, View, view
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

# One pattern without groups: RE2 then needs its fast automaton only. `_form` says which part matched.
_CANDIDATE = compiled(
    r"<@!?\d{17,20}>"
    r"|@[A-Za-z0-9._=/+-]{1,64}:[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,24}(?::\d{2,5})?"
    r"|@[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}@[\pL\pN][\pL\pN.-]*\.\pL{2,24}"
    r"|\b\d{6,18}(?:-\d{8,12})?@(?:s\.whatsapp\.net|c\.us|lid)\b"
    r"|@[\pL\pN_]"
    r"|(?:8:)?\blive:[.\pL\pN][\pL\pN._,-]*"
    r"|tg://(?:user\?id=\d{5,15}|resolve\?domain=\w{3,32})|skype:[A-Za-z][A-Za-z0-9._,-]{3,40}\?"
    r"|\bSTEAM_[0-5]:[01]:\d{1,10}\b"
    r"|\b05[0-9a-f]{64}\b"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    rf"|(?:{labels.UNNAMED_LABEL})"
    r"|[\pL\pN_.-]{2,32}#\d{4}\b"
    r"|\buser\d{6,12}\b"
    r"|\d{15,20}"
)
_LABEL = compiled(labels.LABEL)
_SERVICE = {name: compiled(rf"\b(?:{pattern})\b") for name, pattern in labels.SERVICES.items()}
_ANY_SERVICE = compiled(rf"\b(?:{'|'.join((*labels.SERVICES.values(), 'ig|fb|tg|dc'))})\b")
_SHORT = {name: compiled(f"(?:{pattern})") for name, pattern in labels.SHORT.items()}
_ID = compiled(r"\b(?:(?P<of>[\pL]+)[ -]?)?\bid(?:entifier|-?nr|-?nummer)?\b\W{0,3}\z")
_ID_NEAR = compiled(r"\b(?:discord|snowflake|client[ ]id|user[ ]?id|bruker-?id|member[ ]?id)\b")
_OTHER_NUMBER = compiled(
    r"\b(?:sporing\w*|tracking|track|order|ordre\w*|invoice|faktura\w*|imei|iccid|iban|kontonr|kontonummer|account[ ](?:no|number)|card|kort\w*|ref\w*|kid|parcel|pakke\w*|shipment|"
    r"transaction|transaksjon\w*|message|meldings?|serial|serie\w*|receipt|kvittering\w*|bestilling\w*|bestell\w*|sendung\w*|commande|pedido|ticket|case|sak\w*)\b"
)
_AND = compiled(
    r"[ ](?:and|og|och|und|et|y|or|eller|oder|ou|o|on|på|i|in|for|så|så|if|hvis|not|ikke|add|legg|please|pls|thx|takk|&|\+|/|if|when|når|der|there|here|her|now|nå|nu|jetzt)\b"
)
_OWN = compiled(r"\b(?:my|mine?|mitt|mein\w*|mon|ma|mi|his|hans|hennes|add me on|legg meg til på)[ ]\z")
_MINE = compiled(
    r"\b(?:my|mine?|mitt|mein\w*|mon|ma|mes|mi|mis|his|hans|her|hennes|their|din|ditt|your|add|legg|lägg|find|finn|follow|følg|följ|folge|search|søk|sök|text|message|write)\b[^.!?\n]{0,20}\z"
)
_NO_TAG = words(
    "issue ticket pr nr no order ordre room rom case sak bug faktura invoice build pull task page side chapter number nummer post item apt suite unit test line color colour id ref"
)


class Handle(Finder):
    """
    Finds user names (``handle``) and stable account ids (``platform-id``).

    A user name has no ``@`` in its value. It is given in lower case where the service named beside it takes no notice of case
    (`labels.FOLDED`), as written otherwise: two writings of one unknown service may be two accounts. Numbers (Discord, Telegram, Facebook)
    are given as digits, a Discord one with the time it was made (``created``, from the number itself: bits 22 and up count milliseconds since
    2015, Discord developer reference, "Snowflakes"); Skype's ``live:`` names in lower case without ``8:``; Matrix addresses whole.
    """

    id = "handle"
    kinds = ("handle", "platform-id")
    version = "1"
    trigger = (
        rf"[@＠]|#\d{{4}}|live:|tg://|skype:|steam_|\b05[0-9a-f]{{64}}|[0-9a-f]{{4}}-[0-9a-f]{{12}}|user\d{{6}}|\pN{{15}}|\pN[{INVISIBLE}]+\pN|"
        rf"{labels.UNNAMED_LABEL}|{FANGED}"
    )
    vectors = {
        # Discord developer reference, "Snowflakes": made 2016-04-30 11:18:25.796 UTC
        "my discord id is 175928847299117063": (("platform-id", "175928847299117063"),),
        "<@80351110224678912> skype: live:.cid.0123456789abcdef": (
            ("platform-id", "80351110224678912"),
            ("platform-id", "live:.cid.0123456789abcdef"),
        ),
        # Matrix specification, "User Identifiers"
        "@alice:example.org": (("platform-id", "@alice:example.org"),),
        "tg://user?id=123456789 (Bot API)": (("platform-id", "123456789"),),
        "snap: kari_n99, insta @kari.n": (("handle", "kari_n99"), ("handle", "kari.n")),
        "@everyone snap me, insta is down, @media print, kari@example.com": (),
    }

    def prepare(self) -> None:
        """Load the list of public suffixes."""
        hosts.prepare()

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the user names and account ids in `text`."""
        meant = view(text)
        claimed = -1
        for match in _CANDIDATE.finditer(meant.text):
            start, end = match.span()
            written = meant.text[start:end]
            form = _form(written)
            hit = None
            if form is None:
                hit = _labelled(meant, written, start, end, scope)
            elif start >= claimed:
                hit = form(meant, start, end, scope)
            if hit is not None:
                claimed = max(claimed, hit[1])
                yield hit[0]


_Found = tuple[Hit, int] | None
"""A hit and where it ends in the meant text."""


def _labelled(meant: View, label: str, start: int, end: int, scope: Scope) -> _Found:
    """Return the user name or id that stands behind `label`."""
    text = meant.text
    service, said, what, how, is_user_name = _read(label.lower())
    if text[start - 1 : start] and text[start - 1] in "?&/.=_@#":
        return None
    is_own = bool(_OWN.search(text[max(0, start - 16) : start])) or any(f" {word} " in label.lower() for word in ("min", "mitt", "mi"))
    has_at = how.endswith("@")
    while text[end : end + 1] and text[end] in " \"'“”«‘*_`([{<@" and end - start - len(label) < 4:
        if text[end] == "_" and text[end + 1 : end + 2].isalnum() and text[end - 1 : end] != "_":
            break
        has_at = has_at or text[end] == "@"
        end += 1
    name, last = _name(text, end)
    if (
        service == "Discord"
        and text[last : last + 1] == "#"
        and text[last + 1 : last + 5].isdigit()
        and not text[last + 5 : last + 6].isalnum()
    ):
        return _made(meant, "handle", text[end : last + 5], end, last + 5, SURE, "form-and-words", service)
    lowered = name.lower()
    if lowered.startswith("user") and lowered[4:].isdigit() and service == "Telegram":
        return None  # how its export writes an id: `_telegram`
    is_id = what.endswith("id") or what in ("user", "account", "konto", "profil", "profile") or said.endswith("id")
    if name.isdigit() and name.isascii() and is_id and 5 <= len(name) <= 20 and service and what.endswith("id"):
        return _made(meant, "platform-id", name, end, last, LIKELY, "form-and-words", service)
    if not _may_be_name(lowered) or (text[last : last + 1] in (":", "@", "(", "/", "\\") and text[last : last + 2] not in (": ", ":")):
        return None
    if text[last : last + 1] == ":" and not has_at:
        return None
    sign = how.strip()
    is_sign = bool(sign) and not sign[:1].isalpha()
    is_copula = bool(sign) and sign[:1].isalpha()
    is_marked = any(char.isdigit() or char in "_." for char in name)
    is_closed = _is_closed(text, last)
    if (
        service
        and scope.service is None
        and hosts.is_registrable(lowered)
        and lowered.rpartition(".")[2] in ("com", "net", "org", "no")
        and not has_at
    ):
        return None
    confidence = WEAK
    if has_at:
        confidence = LIKELY if lowered not in EVERYDAY else WEAK
    elif lowered in EVERYDAY or lowered in labels.NO_NAMES or lowered in labels.CODE:
        confidence = WEAK
    elif name.isupper() and is_marked and len(name) > 8:
        confidence = WEAK  # a code, not a name
    elif is_marked and any(char.isalpha() for char in name):
        is_version = lowered[0] == "v" and lowered[1:2].isdigit()
        if is_sign or is_copula:
            confidence = LIKELY
        elif (
            what
            or is_user_name
            or (
                not is_version
                and len(name) > 3
                and ("_" in name or any(char.isdigit() for char in name) or _MINE.search(text[max(0, start - 40) : start]))
            )
        ):
            confidence = 0.7
    elif is_sign:
        confidence = 0.7 if is_closed else POSSIBLE if (is_user_name or len(name) > 6) and name.islower() else 0.4
    elif is_copula and (what or is_own):
        confidence = 0.7 if is_closed else POSSIBLE if len(name) > (4 if is_user_name else 6) and name.islower() else 0.4
    elif what and is_closed and not is_copula and len(name) > 3:
        confidence = POSSIBLE
    elif (
        not sign
        and is_closed
        and len(name) > 4
        and name.islower()
        and _MINE.search(text[max(0, start - 24) : start])
        and not how.startswith(" (")
    ):
        confidence = 0.55
    if confidence < 0.4:
        return None
    why = "form-and-words" if confidence >= LIKELY else "words" if confidence >= 0.5 else "hint"
    return _made(meant, "handle", name, end, last, confidence, why, service)


@functools.lru_cache(maxsize=2048)
def _read(label: str) -> tuple[str | None, str, str, str, bool]:
    """Return of a label in lower case the service, how that is written, what of it (``id``, ``name``), the sign at its end, and whether it says *user name*."""
    match = _LABEL.fullmatch(label)
    said, what, how, short, short_what, short_how, name, name_how, add_how = match.groups()
    return (
        _service(said or short or ""),
        said or "",
        what or short_what or name or "",
        how or short_how or name_how or add_how or "",
        name is not None,
    )


@functools.cache
def _service(said: str) -> str | None:
    """Return the service that somebody calls `said` (one of the ways of `labels`, in lower case)."""
    return next((name for table in (_SERVICE, _SHORT) for name, pattern in table.items() if pattern.fullmatch(said)), None)


def _name(text: str, start: int) -> tuple[str, int]:
    """Return the user name that begins at `start` and where it ends; ``""`` if none does."""
    end, limit = start, min(len(text), start + 41)
    while end < limit and (text[end].isalnum() or text[end] in "._-"):
        end += 1
    if end == limit and end - start == 41:
        return "", start
    for place in range(start + 1, end - 1):
        if text[place] == "." and (text[place + 1] == "." or (text[place + 1].isupper() and text[start:place].islower())):
            end = place
            break
    while end > start and text[end - 1] in ".-":
        end -= 1
    if end > start and text[end - 1] == "_" and text[start - 1 : start] == "_":
        end -= 1
    return text[start:end], end


def _may_be_name(lowered: str) -> bool:
    if not 3 <= len(lowered) <= 32 or not any(char.isalpha() for char in lowered) or lowered[0] in ".-":
        return False
    if lowered[0].isdigit() and lowered.lstrip("0123456789.:").removesuffix("s") in (
        "",
        "am",
        "pm",
        "h",
        "kr",
        "k",
        "min",
        "sec",
        "st",
        "nd",
        "rd",
        "th",
        "x",
        "mb",
        "gb",
        "nok",
        "usd",
        "eur",
        "t",
        "dager",
        "days",
        "timer",
        "hours",
    ):
        return False
    return not lowered.endswith((".jpg", ".png", ".jpeg", ".pdf", ".zip", ".mp4", ".py", ".js", ".html", ".exe", ".apk", ".txt", ".heic"))


def _is_closed(text: str, end: int) -> bool:
    """Tell whether nothing follows that would make the word before `end` part of a sentence."""
    rest = text[end : end + 8]
    if rest == "" or rest[0] in "\n\r)]}>»”\"'!?,;|/*`…" or (rest[0] == "." and not rest[1:2].isalnum()) or rest[0] == "_":
        return True
    if not rest[0].isalnum() and rest[0] != " ":
        return True
    return bool(_AND.match(text[end : end + 12])) or (rest[0] == " " and rest[1:2] != "" and not rest[1].isalnum()) or rest == " "


def _at(meant: View, start: int, end: int, scope: Scope) -> _Found:
    text = meant.text
    before = text[start - 1 : start]
    if before.isalnum() or (before and before in "._-/@+=\\:%") or (before in ("'", '"') and text[start - 2 : start - 1] in ("=", "(")):
        return None
    name, last = _name(text, start + 1)
    lowered = name.lower()
    after = text[last : last + 2]
    if not _may_be_name(lowered) or (after and after[0] in "({/@=\\[") or (after[:1] == ":" and after[1:].isalnum()):
        return None
    if len(lowered) <= 3 and lowered[0].isdigit():
        return None
    service = None
    said = [match.group().lower() for match in _ANY_SERVICE.finditer(text[max(0, start - 30) : start])]
    if said:
        service = _service(said[-1])
    confidence, why = 0.65, "written-as"
    if (
        lowered in labels.CODE
        or text[last : last + 3] in (" = ", " {\n")
        or text[last:].lstrip(" ").startswith(("def ", "class ", "public ", "private ", "func ", "async def "))
    ):
        confidence, why = WEAK, "ambiguous"
    elif service is not None:
        confidence, why = LIKELY, "form-and-words"
    elif lowered in EVERYDAY:
        confidence, why = WEAK, "ambiguous"
    return _made(meant, "handle", name, start, last, confidence, why, service)


def _mention(meant: View, start: int, end: int, scope: Scope) -> _Found:
    return _made(meant, "platform-id", meant.text[start:end].strip("<@!>"), start, end, SURE, "form", "Discord")


def _matrix(meant: View, start: int, end: int, scope: Scope) -> _Found:
    before = meant.text[start - 1 : start]
    if before.isalnum() or before == "/" or not is_apart(meant.text, start, end):
        return None
    local, _, host = meant.text[start:end].partition(":")
    return (
        _made(meant, "platform-id", f"{local}:{host.lower()}", start, end, 0.9, "form", "Matrix")
        if hosts.is_registrable(host.partition(":")[0].lower())
        else None
    )


def _fediverse(meant: View, start: int, end: int, scope: Scope) -> _Found:
    if meant.text[start - 1 : start].isalnum():
        return None
    name, _, host = meant.text[start + 1 : end].partition("@")
    host = hosts.settled(host)
    if not host:
        return None
    end = start + 2 + len(name) + len(host)
    return _made(meant, "handle", f"{name}@{host.lower()}", start, end, SURE, "form", "Fediverse")


def _jid(meant: View, start: int, end: int, scope: Scope) -> _Found:
    return _made(meant, "platform-id", meant.text[start:end].lower(), start, end, SURE, "form", "WhatsApp")


def _skype(meant: View, start: int, end: int, scope: Scope) -> _Found:
    text = meant.text
    while text[end - 1] in ".,-":
        end -= 1
    value = text[start:end].lower().removeprefix("8:")
    name = value.removeprefix("live:")
    if len(name) < 3 or text[start - 1 : start].isalnum() or text[start - 1 : start] == "/":
        return None
    if name.startswith(".cid.") and len(name) > 10 and all(char in "0123456789abcdef" for char in name[5:]):
        confidence, why = SURE, "form"
    elif scope.service == "Skype" or near(text, start, end, _SERVICE["Skype"], scope):
        confidence, why = LIKELY, "form-and-words"
    elif not name.isdigit() and (text[start] == "8" or any(char.isdigit() or char in "._" for char in name)):
        confidence, why = POSSIBLE, "written-as"
    else:
        confidence, why = 0.4, "ambiguous"
    return _made(meant, "platform-id", value, start, end, confidence, why, "Skype")


def _link(meant: View, start: int, end: int, scope: Scope) -> _Found:
    written = meant.text[start:end]
    if written[:5].lower() == "skype":
        return _made(meant, "handle", written[6:-1], start, end - 1, SURE, "form", "Skype")
    kind = "platform-id" if "user?id=" in written.lower() else "handle"
    return _made(meant, kind, written.rpartition("=")[2], start, end, SURE, "form", "Telegram")


def _steam(meant: View, start: int, end: int, scope: Scope) -> _Found:
    return _made(meant, "platform-id", meant.text[start:end].upper(), start, end, SURE, "form", "Steam")


def _session(meant: View, start: int, end: int, scope: Scope) -> _Found:
    is_said = near(meant.text, start, end, _SHORT["Session"], scope)
    return _made(
        meant,
        "platform-id",
        meant.text[start:end].lower(),
        start,
        end,
        0.9 if is_said else 0.4,
        "form-and-words" if is_said else "ambiguous",
        "Session",
    )


def _uuid(meant: View, start: int, end: int, scope: Scope) -> _Found:
    if not near(meant.text, start, end, _SERVICE["Snapchat"], scope, before=60, after=0) or not near(
        meant.text, start, end, _USER_ID, before=40, after=0
    ):
        return None
    return _made(meant, "platform-id", meant.text[start:end].lower(), start, end, LIKELY, "form-and-words", "Snapchat")


def _tag(meant: View, start: int, end: int, scope: Scope) -> _Found:
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
    is_said = scope.service == "Discord" or near(text, start, end, _SERVICE["Discord"], scope)
    return _made(
        meant, "handle", text[start:end], start, end, 0.9 if is_said else POSSIBLE, "form-and-words" if is_said else "written-as", "Discord"
    )


def _telegram(meant: View, start: int, end: int, scope: Scope) -> _Found:
    text = meant.text
    if (
        not is_apart(text, start, end, "_@/-#")
        or text[start - 1 : start] == "."
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
    ):
        return None
    is_said = (scope.service or "").startswith("Telegram") or near(text, start, end, _TELEGRAM, scope)
    return _made(
        meant,
        "platform-id",
        text[start + 4 : end],
        start,
        end,
        LIKELY if is_said else 0.55 if end - start < 15 else 0.4,
        "form-and-words" if is_said else "written-as",
        "Telegram",
    )


def _number(meant: View, start: int, end: int, scope: Scope) -> _Found:
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
        return _made(meant, "platform-id", number, start, end, LIKELY, "form-and-words", "Facebook")
    if length == 17 and number.startswith("7656119") and near(text, start, end, _STEAM, scope, before=60):
        return _made(meant, "platform-id", number, start, end, LIKELY, "form-and-words", "Steam")
    if length >= 17 and _created(number):
        is_said = near(text, start, end, _SERVICE["Discord"], scope) or (scope.service == "Discord" and is_called)
        if is_said or is_called:
            return _made(
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


def _form(written: str) -> Callable[[View, int, int, Scope], _Found] | None:
    """Return what reads a match of `_CANDIDATE`; None for a label."""
    first = written[0]
    if first == "@":
        return _at if len(written) == 2 else _fediverse if "@" in written[1:] else _matrix
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


def _made(meant: View, kind: str, value: str, start: int, end: int, confidence: float, why: str, service: str | None) -> _Found:
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
