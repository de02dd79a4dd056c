"""User names and the stable ids of accounts, by how a service writes them or by the words before them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.contacts import hosts, labels
from sextortion_cli.extract.finders.contacts.accounts import Result, form_of, made, service_of
from sextortion_cli.extract.finders.contacts.common import EVERYDAY
from sextortion_cli.extract.finders.contacts.plain import FANGED, INVISIBLE, View, view
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

# One pattern without groups: RE2 then needs its fast automaton only. `form_of` says which part matched.
_ROOM = r"<@!?\d{17,20}>|@[A-Za-z0-9._=/+-]{1,64}:[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,24}(?::\d{2,5})?"
_FEDIVERSE = r"|@[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}@[\pL\pN][\pL\pN.-]*\.\pL{2,24}"
_MOST = (
    r"|\b\d{6,18}(?:-\d{8,12})?@(?:s\.whatsapp\.net|c\.us|lid)\b"
    r"|@[\pL\pN_]"
    r"|(?:8:)?\blive:[.\pL\pN][\pL\pN._,-]*"
    r"|tg://(?:user\?id=\d{5,15}|resolve\?domain=\w{3,32})|skype:[A-Za-z][A-Za-z0-9._,-]{3,40}\?"
    r"|\bSTEAM_[0-5]:[01]:\d{1,10}\b"
    r"|\b05[0-9a-f]{64}\b"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    rf"|(?:{labels.UNNAMED_LABEL})"
)
_TAGGED = r"|[\pL\pN_.-]{2,32}#\d{4}\b"
_NUMBERED = r"|\buser\d{6,12}\b|\d{15,20}"
_CANDIDATES = {
    (is_fediverse, is_tagged): compiled(_ROOM + _FEDIVERSE * is_fediverse + _MOST + _TAGGED * is_tagged + _NUMBERED)
    for is_fediverse in (False, True)
    for is_tagged in (False, True)
}
"""What may be a name; the two forms that are large automata only where the text has their signs."""
_AT_AND_AT = compiled(r"@[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}@")
_TAG = compiled(r"#\d{4}\b")
_LABEL = compiled(labels.LABEL)
_ANY_SERVICE = compiled(rf"\b(?:{'|'.join((*labels.SERVICES.values(), 'ig|fb|tg|dc'))})\b")
_AND = compiled(
    r"[ ](?:and|og|och|und|et|y|or|eller|oder|ou|o|on|på|i|in|for|så|så|if|hvis|not|ikke|add|legg|please|pls|thx|takk|&|\+|/|if|when|når|der|there|here|her|now|nå|nu|jetzt)\b"
)
_OWN = compiled(r"\b(?:my|mine?|mitt|mein\w*|mon|ma|mi|his|hans|hennes|add me on|legg meg til på)[ ]\z")
_MINE = compiled(
    r"\b(?:my|mine?|mitt|mein\w*|mon|ma|mes|mi|mis|his|hans|her|hennes|their|din|ditt|your|add|legg|lägg|find|finn|follow|følg|följ|folge|search|søk|sök|text|message|write)\b[^.!?\n]{0,20}\z"
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
        plain = meant.text
        claimed = -1
        is_fediverse = plain.count("@") > 1 and _AT_AND_AT.search(plain) is not None
        is_tagged = "#" in plain and _TAG.search(plain) is not None
        for match in _CANDIDATES[is_fediverse, is_tagged].finditer(plain):
            start, end = match.span()
            written = plain[start:end]
            form = _at if written[0] == "@" and len(written) == 2 else form_of(written)
            hit = None
            if form is None:
                hit = _labelled(meant, written, start, end, scope)
            elif start >= claimed:
                hit = form(meant, start, end, scope)
            if hit is not None:
                claimed = max(claimed, hit[1])
                yield hit[0]


def _labelled(meant: View, label: str, start: int, end: int, scope: Scope) -> Result:
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
        return made(meant, "handle", text[end : last + 5], end, last + 5, SURE, "form-and-words", service)
    lowered = name.lower()
    if lowered.startswith("user") and lowered[4:].isdigit() and service == "Telegram":
        return None  # how its export writes an id: `_telegram`
    is_id = what.endswith("id") or what in ("user", "account", "konto", "profil", "profile") or said.endswith("id")
    if name.isdigit() and name.isascii() and is_id and 5 <= len(name) <= 20 and service and what.endswith("id"):
        return made(meant, "platform-id", name, end, last, LIKELY, "form-and-words", service)
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
    return made(meant, "handle", name, end, last, confidence, why, service)


@functools.lru_cache(maxsize=2048)
def _read(label: str) -> tuple[str | None, str, str, str, bool]:
    """Return of a label in lower case the service, how that is written, what of it (``id``, ``name``), the sign at its end, and whether it says *user name*."""
    match = _LABEL.fullmatch(label)
    said, what, how, short, short_what, short_how, name, name_how, add_how = match.groups()
    return (
        service_of(said or short or ""),
        said or "",
        what or short_what or name or "",
        how or short_how or name_how or add_how or "",
        name is not None,
    )


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


def _at(meant: View, start: int, end: int, scope: Scope) -> Result:
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
        service = service_of(said[-1])
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
    return made(meant, "handle", name, start, last, confidence, why, service)
