"""Links to Discord's files are signed: whoever has one can fetch the file for a day, so the signature is not shown."""

from __future__ import annotations

_MARK = "?(withheld: link signature)"


def unsigned(link: str) -> str:
    """Return a link without the signature behind its question mark; any other text as it is."""
    bare, mark, query = link.partition("?")
    return bare + _MARK if mark and "://" in bare and "hm=" in query else link


def without_signatures(value: object) -> object:
    """Return a plain value with every link in it `unsigned`."""
    if isinstance(value, str):
        return unsigned(value)
    if isinstance(value, dict):
        return {key: without_signatures(item) for key, item in value.items()}
    return [without_signatures(item) for item in value] if isinstance(value, list) else value
