"""E-mail addresses, also defanged (``ola[at]example[.]no``), spoken (``ola at example dot no``), internationalised and quoted."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.contacts import hosts
from sextortion_cli.extract.finders.contacts.plain import FANGED, SPOKEN, View, view
from sextortion_cli.model.identifier import SURE, WEAK, Hit, Scope

_LOCAL = r"[\pL\pN_](?:[\pL\pN\pM_%+.&'/!#$~-]*[\pL\pN\pM_+%-])?"
_QUOTED = r'"(?:[^"\\\n]|\\.){1,64}"'
_HOST = r"(?:\[(?:IPv6:)?[0-9A-Fa-f:.]{3,45}\]|[\pL\pN][\pL\pN\pM.-]*[\pL\pN\pM])"
_ADDRESS = compiled(f"{_LOCAL}@{_HOST}")
_ANY_ADDRESS = compiled(f"(?:{_QUOTED}|{_LOCAL})@{_HOST}")
_REMOTE = compiled(r"\b(?:ssh|scp|rsync|sftp|git[ ]clone)[ ][^\n]{0,60}\z")
_NO_MAIL = ("s.whatsapp.net", "g.us", "c.us", "lid", "broadcast", "newsletter")
"""What stands behind the ``@`` of WhatsApp's own numbers for accounts: they look like mail and are none."""


class Email(Finder):
    """
    Finds e-mail addresses whose host has a known public suffix (or one reserved for documents and tests), or is an address in brackets.

    The local part is given as written: by RFC 5321 (section 2.4) only its owner may say whether case matters, and a court compares what was
    written. The host is given in lower case, as it was written otherwise; the other writing of an internationalised one is in the detail
    (``ascii`` or ``unicode``).
    """

    id = "email"
    kinds = ("email",)
    version = "1"
    trigger = rf"@|＠|﹫|{SPOKEN}|[ ]at[ ]|{FANGED}"
    vectors = {
        # RFC 5322, appendix A.1.1; RFC 3696, section 3; RFC 6531 has no example addresses of its own
        "From: John Doe <jdoe@machine.example>": (("email", "jdoe@machine.example"),),
        "user+mailbox@example.com, customer/department=shipping@example.com": (
            ("email", "user+mailbox@example.com"),
            ("email", "shipping@example.com"),
        ),
        "skriv til kari[at]example[.]no": (("email", "kari@example.no"),),
        "it is kari dot n at example dot com": (("email", "kari.n@example.com"),),
        "user@host, user@host.localdomain": (),
    }

    def prepare(self) -> None:
        """Load the list of public suffixes."""
        hosts.prepare()

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the e-mail addresses in `text`."""
        meant = view(text)
        plain = meant.text
        if "@" not in plain:
            return
        for match in (_ANY_ADDRESS if '"@' in plain else _ADDRESS).finditer(plain):
            start, end = match.span()
            at = plain.rindex("@", start, end)
            hit = _hit(meant, start, at, at + 1, end)
            if hit is not None:
                yield hit


def _hit(meant: View, start: int, at: int, host_start: int, end: int) -> Hit | None:
    text = meant.text
    local, host = text[start:at], text[host_start:end]
    if not local.startswith('"'):
        # A path, a key or a quote may touch the front; inside a name these signs stand between letters.
        cut = (
            max(local.rfind("$"), local.rfind("~"), local.rfind("#"), local.rfind("...") + 2 if "..." in local else -1) + 1
            if not local.isalnum()
            else 0
        )
        if local[cut:].startswith(("/", "'", "!")):
            cut += 1
        local, start = local[cut:], start + cut
    before = text[start - 1 : start]
    if (before == "_" and text[end : end + 1] == "_") or (local.startswith("_") and text[end : end + 1] == "_"):
        local, start = local.lstrip("_"), at - len(local.lstrip("_"))
    if not local or len(local) > 64 or ".." in local.strip('"') or (before in ("@", ":") and _is_address_of_room(text, start)):
        return None
    if host.startswith("["):
        return _literal(meant, local, host, start, end)
    settled = hosts.settled(host)
    if not settled or not hosts.is_host(settled):
        return None
    end = host_start + len(settled)
    name = settled.lower()
    if name in _NO_MAIL or (local.isdigit() and name.endswith(("whatsapp.net", "c.us"))):
        return None
    confidence, why = SURE, "form"
    first = name.partition(".")[0]
    after = text[end : end + 2]
    is_remote = (after[:1] == ":" and (local == "git" or after[1:] in ("/", "~"))) or _is_copied(text[max(0, start - 90) : start])
    is_scaled = len(first) == 2 and first[0].isdigit() and first[1] == "x"  # icon@2x.zip
    if (
        is_remote
        or is_scaled
        or after[:1] == "("
        or (name.rpartition(".")[2] in ("zip", "mov", "py", "rs", "sh", "md") and name.count(".") == 1)
    ) or (all(label.isdigit() for label in name.split(".")[:-1]) and not name.endswith((".com", ".net", ".org"))):
        confidence, why = WEAK, "ambiguous"
    detail = {}
    other = hosts.other_form(name)
    if other is not None:
        detail[other[0]] = f"{local}@{other[1]}"
    return _made(meant, f"{local}@{name}", start, end, confidence, why, ("public-suffix",), detail)


def _is_copied(before: str) -> bool:
    """Tell whether a command that takes ``name@host`` stands before it on its line."""
    lowered = before.casefold()
    return any(command in lowered for command in ("ssh ", "scp ", "rsync ", "sftp ", "git clone ")) and _REMOTE.search(before) is not None


def _literal(meant: View, local: str, host: str, start: int, end: int) -> Hit | None:
    import ipaddress

    written = host[1:-1]
    is_six = written.lower().startswith("ipv6:")
    try:
        address = ipaddress.ip_address(written[5:] if is_six else written)
    except ValueError:
        return None
    return _made(meant, f"{local}@[{'IPv6:' if is_six else ''}{address}]", start, end, SURE, "form", (), {})


def _made(
    meant: View, value: str, start: int, end: int, confidence: float, why: str, checks: tuple[str, ...], detail: dict[str, str]
) -> Hit:
    first, last = meant.place(start, end)
    raw = meant.written[first:last]
    if meant.is_fanged(start, end):
        detail["defanged"] = raw
    return Hit("email", value, raw, first, last, confidence, why, checks, detail)


def _is_address_of_room(text: str, start: int) -> bool:
    """Tell whether what starts at `start` follows ``@`` or ``:`` as in ``@user@example.social`` (fediverse)."""
    return text[start - 1 : start] == "@" and not text[start - 2 : start - 1].isalnum()
