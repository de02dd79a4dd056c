"""
RFC 8785 canonical JSON for the values this program writes.

Over a restricted domain (ASCII keys, no floats, integers within 2^53 - 1, valid Unicode) msgspec's encoder with sorted keys gives
exactly the bytes of RFC 8785; `tests/model/test_canonical.py` proves it against an independent implementation (decision 0003).
Anything outside the domain is refused rather than written in a second form.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

_encode = msgspec.json.Encoder(order="sorted").encode
_LARGEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """
    Return the canonical JSON of `value` as UTF-8.

    Raises:
        ValueError: `value` holds a float, a too large integer, a key that is not ASCII, or text that is not valid Unicode.
    """
    check(value)
    return again(value)


def again(value: Any) -> bytes:
    """Return the canonical JSON of a value that was checked already."""
    return _encode(value)


def plainly_decoded(data: bytes) -> tuple[Any, bool]:
    """
    Return what `data` says, and whether its bytes alone show that `check` would find nothing: most of the time of reading a long log.

    Raises:
        ValueError: It is no JSON.
    """
    try:
        if data.isascii() and b"\\u" not in data and re.search(_LONG_NUMBER, data) is None:
            return _decode_whole(data), True
    except (msgspec.DecodeError, RecursionError):
        pass  # perhaps only for a float
    try:
        return _decode(data), False
    except (msgspec.DecodeError, RecursionError):
        raise ValueError("not JSON") from None


def _refuse(text: str) -> float:
    raise ValueError(text)


#: An integer of 16 digits or more begins like this; texts may hold the same, and are then looked at by `check`.
_LONG_NUMBER = rb"(?:\A|[:,\[])-?[0-9]{16}"  # stays text until one is needed: start-up is measured
_decode = msgspec.json.Decoder().decode
_decode_whole = msgspec.json.Decoder(float_hook=_refuse).decode


def check(value: Any) -> None:
    """Raise ValueError unless `value` is inside the domain where canonical JSON is unambiguous."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if kind is int:
        if abs(value) > _LARGEST:
            raise ValueError("integer beyond 2^53 - 1: write it as text")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise ValueError("keys are ASCII text")
            if type(item) is not str:  # most are, and a log has millions
                check(item)
    elif kind is list or kind is tuple:
        for item in value:
            check(item)
    else:
        raise ValueError(f"no canonical form for {kind.__name__}")
