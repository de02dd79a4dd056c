"""Addresses of pages: their host, and without the keys in them."""

from __future__ import annotations

import re
from typing import Final

WITHHELD: Final = "(withheld: key)"
_HOST = re.compile(
    r"(?:view-source:)?[A-Za-z][A-Za-z0-9+.-]{0,31}://(?:[^/?#@\\\s]{0,256}@)?(?P<host>\[[0-9A-Fa-f:.]{2,64}\]|[^/?#:@\\\s]{1,255})"
)
_PASSWORD = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]{0,31}://[^/?#@:\s]{0,256}:)[^/?#@\s]{1,256}@")
_KEY = re.compile(
    r"([?&#;](?:[a-z0-9_.-]{0,32}(?:token|signature|secret|password|passwd|session|sessid|credential|apikey|api_key|auth|jwt)[a-z0-9_.-]{0,32}"
    r"|sig|sid|pwd|key|code|otp|oob_?code|hmac|ticket)=)[^&#;\s]{1,8192}",
    re.IGNORECASE,
)
_KEYED_HOSTS = ("mega.nz", "mega.co.nz", "mega.io")  # the key of an encrypted file stands behind the number sign
_KEYED = re.compile(r"#(?:[^#!]{0,64}![^!]{0,64}!)?[^#!]{1,8192}\Z")


def host_of(address: str) -> str:
    """Return the host of an address in small letters, or an empty string."""
    found = _HOST.match(address)
    return found["host"].lower().rstrip(".") if found else ""


def is_within(host: str, domain: str) -> bool:
    """Say whether a host is a domain or lies below it."""
    return host == domain or host.endswith(f".{domain}")


def domain_of(said: str) -> str:
    """Return the domain a person means by ``Example.com``, ``*.example.com`` or a whole address."""
    return host_of(said) or said.strip().lower().removeprefix("*.").strip("./").partition("/")[0]


def without_keys(address: str) -> tuple[str, bool]:
    """Return an address with a mark for every password and key in it, and whether there was one."""
    shown, passwords = _PASSWORD.subn(rf"\g<1>{WITHHELD}@", address)
    shown, keys = _KEY.subn(rf"\g<1>{WITHHELD}", shown)
    if any(is_within(host_of(address), host) for host in _KEYED_HOSTS):
        shown, fragments = _KEYED.subn(lambda found: f"#{WITHHELD}", shown)
        keys += fragments
    return shown, bool(passwords or keys)
