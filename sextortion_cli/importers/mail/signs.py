"""
Traits that mass mailings of the kind "we recorded you" have (since 2018): named soberly, and never a verdict.

They say nothing about whether this mail is one, and nothing about a person who writes: somebody who has a recording can write like that.
"""

from __future__ import annotations

import re

from sextortion_cli.importers.mail.authentication import Checked

_PASSWORD = re.compile(
    r"(?:your|you) (?:\w{1,12} ){0,3}password|password (?:is|was|:)|(?:ditt|dine) (?:\w{1,12} ){0,3}passord|passord(?:et)? (?:ditt|er|var)|jeg (?:vet|kjenner|har) passord",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r"(?:hacked|infected|malware|trojan|spyware|keylogger|remote (?:access|control)|hacket|skadevare|trojaner|virus)", re.IGNORECASE
)
_CAMERA = re.compile(r"(?:web ?cam|camera|kamera|adult (?:web)?sites?|porn|pornosider|masturbat|onaner)", re.IGNORECASE)
_WALLET = re.compile(
    r"(?<![A-Za-z0-9])(?:bc1[ac-hj-np-z02-9]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9a-fA-F]{40}|[48][1-9A-HJ-NP-Za-km-z]{94})(?![A-Za-z0-9])"
)
_LOOKED_AT = 64 << 10
_FAILS = frozenset(("fail", "softfail", "none", "permerror"))

NOTE = "These traits are seen in mass mailings. They do not show that this mail is one."


def signs(from_key: str, to_keys: set[str], text: str, checks: list[Checked]) -> dict[str, str]:
    """Return the traits of a mail by name, with what they are seen in; nothing when fewer than two are there."""
    found: dict[str, str] = {}
    text = text[:_LOOKED_AT]
    relied = next((check for check in checks if check.is_relied_on), None)
    if from_key and from_key in to_keys:
        found["from-is-to"] = "The stated sender is the recipient."
        failed = [f"{method}={result}" for method, result in relied.results if result in _FAILS] if relied is not None else []
        if failed:
            found["own-provider-says"] = "; ".join(failed)
    if _PASSWORD.search(text):
        found["speaks-of-a-password"] = "yes"
    if _RECORDED.search(text):
        found["speaks-of-malware"] = "yes"
    if _CAMERA.search(text):
        found["speaks-of-a-camera"] = "yes"
    if _WALLET.search(text):
        found["names-a-wallet"] = "yes"
    is_like = "own-provider-says" in found or "names-a-wallet" in found
    return {**found, "note": NOTE} if len(found) > 1 and is_like else {}
