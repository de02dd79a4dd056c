"""Links that hold a signature or a token let whoever has them fetch the file: what stands behind their question mark is not shown."""

from __future__ import annotations

_MARK = "?(withheld: link signature)"
_SIGNS = ("hm=", "t=xox", "sig=", "signature=", "token=", "pub_secret=")


def unsigned(link: str) -> str:
    """Return a link without the signature behind its question mark; any other text as it is."""
    bare, mark, query = link.partition("?")
    if not mark or "://" not in bare or len(bare) > 4096:
        return link
    said = query[:8192].lower()
    return bare + _MARK if any(sign in said for sign in _SIGNS) else link


def without_signatures(value: object) -> object:
    """Return a plain value with every link in it `unsigned`."""
    if isinstance(value, str):
        return unsigned(value)
    if isinstance(value, dict):
        return {key: without_signatures(item) for key, item in value.items()}
    return [without_signatures(item) for item in value] if isinstance(value, list) else value
