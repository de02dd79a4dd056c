"""
Web addresses as a page or an archive states them: taken apart by plain scanning, and shown without what opens a door.

Reference: RFC 3986 section 3. Percent signs are left as they are: the address is shown as it is written.
"""

from __future__ import annotations

from typing import NamedTuple

WITHHELD = "(withheld: key)"
LONGEST = 4096
# Names of parts of a query whose value is a password, a session or a signature that gives access to whoever has the address.
_SECRET_NAMES = frozenset(
    {
        "access_token", "accesstoken", "api_key", "apikey", "auth", "authkey", "auth_token", "authtoken", "awsaccesskeyid", "client_secret",
        "googleaccessid", "hmac", "id_token", "jwt", "key-pair-id", "otp", "passcode", "passwd", "password", "pwd",
        "refresh_token", "secret", "session", "session_id", "sessionid", "sig", "signature", "ticket", "token", "x-amz-credential",
        "x-amz-security-token", "x-amz-signature", "x-goog-credential", "x-goog-signature", "oh", "_nc_ohc", "hdnts", "hdnea",
    }
)  # fmt: skip
# Hosts that put the key of an encrypted file behind the number sign.
_KEYED_HOSTS = ("mega.nz", "mega.co.nz", "mega.io", "file.io", "send.vis.ee", "cryptpad.fr", "disroot.org")


class Address(NamedTuple):
    """The parts of a web address. `host` is in small letters and without port; `segments` are the parts of the path that hold something."""

    scheme: str
    user: str
    host: str
    port: str
    path: str
    query: str
    fragment: str

    @property
    def segments(self) -> list[str]:
        """Return the parts of the path between slashes."""
        return [part for part in self.path.split("/") if part]

    def parameter(self, name: str) -> str | None:
        """Return the first value of `name` in the query, as written."""
        for part in self.query.split("&"):
            key, sign, value = part.partition("=")
            if sign and key == name:
                return value
        return None


def split(url: str) -> Address | None:
    """Return the parts of an ``http`` or ``https`` address, or None when `url` is none or is longer than `LONGEST`."""
    url = url.strip()
    scheme, sign, rest = url[: LONGEST + 1].partition("://")
    if not sign or scheme.lower() not in ("http", "https") or len(url) > LONGEST:
        return None
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    place, slash, path = rest.partition("/")
    user, _, host = place.rpartition("@")
    host, _, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    return Address(scheme.lower(), user, host.rstrip(".").lower(), port, slash + path, query, fragment) if host else None


def shown(url: str) -> str:
    """Return an address with passwords, keys and signatures in it replaced by `WITHHELD`; anything else comes back as it is."""
    parts = split(url)
    if parts is None:
        return url[:LONGEST]
    head, number_sign, fragment = url.strip().partition("#")
    if parts.user:
        head = head.replace(f"{parts.user}@", f"{WITHHELD}@" if ":" in parts.user else f"{parts.user}@", 1)
    front, question, query = head.partition("?")
    kept = "&".join(_shown_parameter(part) for part in query.split("&"))
    if any(parts.host == host or parts.host.endswith(f".{host}") for host in _KEYED_HOSTS):
        fragment = _shown_key(fragment)
    elif "=" in fragment:
        fragment = "&".join(_shown_parameter(part) for part in fragment.split("&"))
    return f"{front}{question}{kept}{number_sign}{fragment}"


def _shown_parameter(part: str) -> str:
    name, sign, value = part.partition("=")
    return f"{name}={WITHHELD}" if sign and value and name.lower() in _SECRET_NAMES else part


def _shown_key(fragment: str) -> str:
    """Return a fragment without its key. MEGA's older form holds an id too: ``#!id!key``, ``#F!id!key``."""
    parts = fragment.split("!")
    if len(parts) >= 3:
        return "!".join([*parts[:2], WITHHELD])
    return WITHHELD if fragment and len(parts) == 1 else fragment
