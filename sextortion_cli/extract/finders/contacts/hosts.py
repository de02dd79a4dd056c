"""Names of computers: which may exist, and which look more like a file, code or two sentences without a space."""

from __future__ import annotations

import functools
from typing import Any

from sextortion_cli.extract.finders.base import compiled
from sextortion_cli.extract.finders.contacts.common import EVERYDAY, words

#: Names for documents and tests (RFC 2606, RFC 6761) and for hidden services (RFC 7686): no registry lists them, people write them.
RESERVED = frozenset(("example", "test", "invalid", "localhost", "onion"))
#: Suffixes after which a bare ``a.b`` is a domain as a rule: neither words nor file endings.
PLAIN = words(
    "link click store pro space wiki cash "
    "com net org info biz xyz top online site website shop store club icu vip app dev tech cloud mobi tel asia xxx porn adult "
    "sexy tube cam host press network digital agency email edu gov mil int aero coop museum onion example test invalid io gg "
    "tv fm cc co ru su ua cn hk tw jp kr sg th vn ph pk bd lk np ae tr gr cz sk hu ro bg hr lt lv ee fi dk fr nl eu uk ie pt "
    "pl br ar mx cl pe ve ec ng gh ke za ci bf bj cm sn tg dz tn eg ca au nz ch lu bz vc pw nu ws cfd sbs bond lol gdn ly ug "
    "rw tz zm zw bo uy gt hn cr cu"
)
#: Suffixes that are file endings too.
FILES = words("zip mov py rs sh md ps cab pub bat map dot doc box ink bar bin rip java swift")
_FILE_NAMES = words(
    "app archive args array backup config data doc document el element event file image index install item key list main "
    "makefile math node obj object os readme report req request res response row script self setup str string sys system test "
    "value video window"
)
#: Known names that are products or code, not places.
NO_PLACES = words("asp.net ado.net vb.net system.io system.net ml.net next.js node.js e.g i.e d.o.b p.s a.k.a")
_CUE = compiled(
    r"(?:visit|sites?|website|domain|domains|page|webpage|link|url|go[ ]to|log[ ]?in[ ]to|on|at|from|via|to|see|check|open|called|besøk|nettside\w*|nettsted\w*|sida|side|siden|"
    r"domene\w*|domän\w*|domæne\w*|på|fra|til|se|sjekk|gå[ ]til|inn[ ]på|besök|hemsida|hemsidan|från|till|kolla|besøg|hjemmeside\w*|tjek|besuch\w*|webseite|seite|auf|von|unter|"
    r"siehe|visite[rz]?|sur|site|voir|visita|en|sitio|página|ver|lenke\w*|länk\w*|adresse\w*|adress\w*|host|server|dns|whois)\W{1,4}\z"
)
_SITE = compiled(
    r"\b(?:visit|website|domain|site|besøk|nettside\w*|nettsted\w*|domene\w*|hemsida\w*|domän\w*|hjemmeside\w*|webseite|host|whois|dns)\W{1,4}\z"
)
_LABEL = compiled(r"[\pL\pN](?:[\pL\pN\pM_\x{B7}-]*[\pL\pN\pM])?")


@functools.cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    # The copy inside the library: it is never fetched anew.
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def prepare() -> None:
    """Load the list of public suffixes."""
    _suffixes()


@functools.lru_cache(maxsize=1024)
def is_registrable(host: str) -> bool:
    """Tell whether `host` (lower case) has at least one label before a suffix under which names are registered, or a reserved one.

    A suffix of two labels (``oslo.no``) is a host as well: some are in use themselves.
    """
    tail = host.rpartition(".")[2]
    if tail in RESERVED:
        return "." in host.rstrip(".")
    return _suffixes().privatesuffix(host) is not None or ("." in host and is_suffix(host))


@functools.lru_cache(maxsize=1024)
def is_suffix(name: str) -> bool:
    """Tell whether `name` (lower case) is itself a suffix under which names are registered."""
    return name in RESERVED or (_suffixes().publicsuffix(name, accept_unknown=False) == name)


def is_plain_suffix(label: str) -> bool:
    """Tell whether the last label of a name (lower case) is a suffix that is no everyday word or file ending."""
    return label in PLAIN or (len(label) > 3 and label.startswith("xn--"))


def is_host(host: str) -> bool:
    """Tell whether `host` is written as a name of the DNS: labels of at most 63 characters, 253 in all, no empty one."""
    if not host or len(host) > 253:
        return False
    return all(0 < len(label) <= 63 and (label.isalnum() or _LABEL.fullmatch(label)) for label in host.split("."))


def settled(host: str) -> str:
    """
    Return the part of `host` that is a registrable name, ``""`` if none is: ``example.com.Then`` is ``example.com``.

    Labels at the end fall away while they are no suffix, or begin a new sentence with a capital after a name in lower case.
    """
    host = host[:300]  # a name has at most 253 characters: what is longer is none, and is not worth looking at label by label
    while "." in host:
        head, _, last = host.rpartition(".")
        lowered = host.lower()
        if is_registrable(lowered):
            starts_sentence = last[:1].isupper() and not last.isupper() and head == head.lower() and is_registrable(head)
            runs_on = (
                last in EVERYDAY and head.rpartition(".")[2] in ("com", "net", "org") and not is_suffix(".".join(lowered.split(".")[-2:]))
            )
            if not starts_sentence and not runs_on:
                return host
        host = head
    return ""


def other_form(host: str) -> tuple[str, str] | None:
    """Return how else an internationalised host is written: (``ascii``, ``xn--...``) or (``unicode``, ...), None for a plain one."""
    try:
        if not host.isascii():
            return "ascii", host.encode("idna").decode("ascii")
        if "xn--" in host:
            return "unicode", host.encode("ascii").decode("idna")
    except UnicodeError:
        pass
    return None


def belief(text: str, start: int, end: int, host: str) -> float:
    """
    Return how surely the bare name ``text[start:end]`` (`host`, settled and as written) is a domain: 0.8, 0.6 or less.

    A suffix that is no word speaks for it. Where the suffix is a word or a file ending (``.no``, ``.is``, ``.zip``), something else must:
    a word before it like *visit*, three labels, a digit or hyphen, or nothing behind it that a second sentence would have.
    """
    lowered = host.lower()
    labels = lowered.split(".")
    name, tail = labels[-2], labels[-1]
    written_tail = host.rpartition(".")[2]
    if is_suffix(lowered):
        return 0.4
    if (
        lowered in NO_PLACES
        or text[end : end + 1] in ("(", "[", "=", "\\", "@")
        or text[end : end + 2] == "::"
        or text[end : end + 3] in (" = ", " ==")
    ):
        return 0.3
    is_common = tail in ("com", "net", "org", "example", "onion")
    if written_tail != written_tail.lower() and not (host == host.upper() or (is_common and written_tail.istitle() and host[:1].isupper())):
        return 0.3  # home.It, yes.OK
    if len(labels) > 2 and labels[0] in ("com", "org", "net", "io", "java", "javax", "android"):
        return 0.3  # com.example.app: the name of a program
    if all(label.isdigit() for label in labels[:-1]):
        return 0.6 if is_common and len(labels) == 2 and len(name) > 2 else 0.3
    if len(name) == 1 and not (is_common or tail in ("co", "me", "gg")):
        return 0.3
    has_cue = bool(_CUE.search(text[max(0, start - 24) : start]))
    if name in _FILE_NAMES and tail in ("pl", "ai", "so", "cc", "app") and len(labels) == 2:
        return 0.3
    if tail in FILES:
        return (
            0.6
            if (_SITE.search(text[max(0, start - 24) : start]) and name not in EVERYDAY) or (len(labels) > 2 and labels[0] in ("www", "m"))
            else 0.3
        )
    if is_plain_suffix(tail) or not tail.isascii():
        if name in EVERYDAY and not (has_cue or is_common):
            return 0.4
        return 0.8
    if (name in EVERYDAY or name in _FILE_NAMES) and len(labels) == 2:
        return 0.4
    follows = text[end : end + 1]
    if has_cue or len(labels) > 2 or "-" in name or any(char.isdigit() for char in name):
        return 0.7
    if follows == "" or follows in "\n\r)]}>»”\"'!?,;:*~`|" or (follows == "." and not text[end + 1 : end + 2].isalnum()):
        return 0.6
    return 0.55 if len(name) > 8 else 0.4
