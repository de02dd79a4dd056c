"""
RFC 8785 canonical JSON for the values this program writes.

Over a restricted domain (ASCII keys, no floats, integers within 2^53 - 1, valid Unicode) the standard library's encoder gives
exactly the bytes of RFC 8785; `tests/model/test_canonical.py` proves it against an independent implementation (decision 0003).
Anything outside the domain is refused rather than written in a second form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_LARGEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """
    Return the canonical JSON of `value` as UTF-8.

    Raises:
        ValueError: `value` holds a float, a too large integer, a key that is not ASCII, or text that is not valid Unicode.
    """
    check(value)
    return _encode(value).encode("utf-8")


def check(value: Any) -> None:
    """Raise ValueError unless `value` is inside the domain where canonical JSON is unambiguous."""
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("integer beyond 2^53 - 1: write it as text")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError("keys are ASCII text")
            check(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            check(item)
    else:
        raise ValueError(f"no canonical form for {type(value).__name__}")
