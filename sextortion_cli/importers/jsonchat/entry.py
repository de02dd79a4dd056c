"""One object of a JSON export by its keys, however it was decoded: every key with its value and its exact bytes, in order."""

from __future__ import annotations

import base64
import functools
import re

import msgspec

from sextortion_cli.importers.jsonscan.exact import json_text
from sextortion_cli.importers.jsonscan.tree import Number, Tree

_RAWS = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Field(msgspec.Struct, frozen=True):
    """
    One value of an object.

    Attributes:
        plain: A Python value (`jsonscan.tree.Value.plain`).
        raw: Its bytes in the file.
        token: The same as legal JSON.
        lossy: A string in it is not valid Unicode.
    """

    plain: object
    raw: bytes
    token: bytes
    lossy: bool = False


class Entry:
    """
    An object with its keys.

    Args:
        data: Its bytes.
        held: What they hold: a proven dict (`decode_exactly`) or a `Tree`.

    Attributes:
        fields: The first value of every key.
        more: Further values of keys that came twice, as (key, field).
        problems: Codes of what is illegal or ambiguous in it.
    """

    def __init__(self, data: bytes, held: object) -> None:
        self.fields: dict[str, Field] = {}
        self.more: list[tuple[str, Field]] = []
        self.problems: tuple[str, ...] = ()
        self.is_object = True
        if isinstance(held, Tree):
            self.problems = held.problems
            self.is_object = isinstance(held.root.plain, dict)
            for key, value in held.root.pairs:
                field = Field(value.plain, held.data[value.start : value.end], value.token, value.is_lossy)
                if key in self.fields:
                    self.more.append((key, field))
                else:
                    self.fields[key] = field
        elif isinstance(held, dict):
            for key, raw in _RAWS(data).items():
                token = bytes(raw)
                value = held[key]
                self.fields[key] = Field(value, token, json_text(value).encode() if isinstance(value, dict | list) else token)
        else:
            self.is_object = False

    def text(self, key: str) -> str | None:
        """Return the value of `key` when it is a string."""
        field = self.fields.get(key)
        return field.plain if field is not None and isinstance(field.plain, str) else None


def shown(field: Field) -> str:
    """Return a value as `Message.detail` and `Fact.values` hold it: a string as itself, anything else as JSON."""
    return field.plain if isinstance(field.plain, str) else field.token.decode("utf-8", "replace")


def whole(data: bytes, held: object) -> Field:
    """Return one value of any kind: its bytes, and what they hold (a proven value or a `Tree`)."""
    if not isinstance(held, Tree):
        return Field(held, data, json_text(held).encode())
    root = held.root
    return Field(str(root.token, "utf-8", "replace") if root.is_lossy and isinstance(root.plain, str) else root.plain, data, root.token)


WITHHELD = "(withheld: {})"
"""Stands for a secret; the sealed original has it."""


def masked(key: str, field: Field, withheld: frozenset[str]) -> str:
    """Return `shown`, with a mark for every value, at any depth, whose key is in `withheld`."""
    if not withheld:
        return shown(field)
    if key in withheld:
        return shown(field) if field.plain in (None, "") else WITHHELD.format(key)
    if not isinstance(field.plain, dict | list) or _keys(withheld).search(field.token) is None:
        return shown(field)
    return msgspec.json.encode(_without(field.plain, withheld)).decode()


@functools.cache
def _keys(names: frozenset[str]) -> re.Pattern[bytes]:
    """Return what finds any of `names` as a whole string."""
    return re.compile(b'"(?:' + b"|".join(re.escape(name.encode()) for name in sorted(names)) + b')"')


def _without(value: object, withheld: frozenset[str]) -> object:
    if isinstance(value, dict):
        return {
            key: WITHHELD.format(key) if key in withheld and item not in (None, "") else _without(item, withheld)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_without(item, withheld) for item in value]
    return value.text if isinstance(value, Number) else value


def stretch(field: Field, text: str) -> tuple[str | None, str | None, bool]:
    """Return `Message.raw`, `Message.raw_b64` and `Message.lossy` for the text that was read from `field` (`raw_form` is ``json``)."""
    if field.raw == b'"%b"' % text.encode("utf-8", "surrogatepass"):
        return None, None, field.lossy
    try:
        return field.raw.decode(), None, field.lossy
    except UnicodeDecodeError:
        return None, base64.b64encode(field.raw).decode(), True
