"""
Meta writes each byte of UTF-8 as a character of its own (``å`` stands in the file as ``Ã¥``): put right value by value.

Strings that are right already (the encrypted download has such) do not survive both steps, and stay as they are.
"""

from __future__ import annotations

from typing import Any

from sextortion_cli.importers.jsonscan.tree import Number

_SIGNED_HOSTS = ("fbcdn.net", "cdninstagram.com", "fbsbx.com")
_WITHHELD = "?(withheld: signature)"


def repaired(text: str) -> str:
    """Return `text` as it was meant; itself when nothing is wrong, or when it cannot be put right as a whole."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def all_repaired(value: Any) -> Any:
    """Return a decoded JSON value with every string in it, keys too, put right."""
    if isinstance(value, str):
        return repaired(value)
    if isinstance(value, list):
        return [all_repaired(item) for item in value]
    if isinstance(value, dict):
        return {repaired(key): all_repaired(item) for key, item in value.items()}
    return value


def all_unsigned(value: Any) -> Any:
    """Return a decoded JSON value without the signatures of download links, and its numbers as JSON has them or as text."""
    if isinstance(value, str):
        return unsigned(value)
    if isinstance(value, list):
        return [all_unsigned(item) for item in value]
    if isinstance(value, dict):
        return {key: all_unsigned(item) for key, item in value.items()}
    return value.text if isinstance(value, Number) else value


def unsigned(url: str) -> str:
    """Return a link to Meta's own file store without what lets whoever has it download the file; any other text as it is."""
    if not url.startswith(("https://", "http://")) or "?" not in url:
        return url
    authority = url.partition("://")[2].partition("/")[0].partition("?")[0]  # RFC 3986 section 3.2: user@host:port
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    if host.endswith(_SIGNED_HOSTS):
        return url.partition("?")[0] + _WITHHELD
    return url
