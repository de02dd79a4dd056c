"""The members of one object, seen alike whether the quick or the careful way read it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.importers.jsonscan.exact import json_text
from sextortion_cli.importers.jsonscan.tree import Tree, Value

_raws: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Fields:
    """
    The members of an object that is proven plain (`decode_exactly`): no key twice, all strings valid.

    Args:
        data: The bytes of the object.
        plain: Its value.

    Attributes:
        problems: Codes of what is illegal or ambiguous in the object.
    """

    problems: tuple[str, ...] = ()

    def __init__(self, data: bytes, plain: dict[str, object]) -> None:
        self.data = data
        self.plain = plain

    def __contains__(self, key: str) -> bool:
        return key in self.plain

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain)

    def get(self, key: str) -> object:
        """Return the value of `key` as Python value, None when it is null or absent."""
        return self.plain.get(key)

    def token(self, key: str) -> str:
        """Return the value of `key` as legal JSON without white space."""
        return json_text(self.plain[key])

    def exact(self, key: str) -> bytes:
        """Return the bytes of the value of `key` as they stand in the file."""
        return bytes(_raws.decode(self.data)[key])

    def is_lossy(self, key: str) -> bool:
        """Say whether the value of `key` holds a string that is not valid Unicode."""
        return False

    def repeated(self) -> dict[str, str]:
        """Return, for each key that stands more than once, the JSON array of all its values."""
        return {}

    def shown(self, key: str) -> str:
        """Return the value of `key` as `detail` shows it: a text as itself, all else (and what is not valid Unicode) as JSON."""
        value = self.get(key)
        return value if isinstance(value, str) and not self.is_lossy(key) else self.token(key)


class TreeFields(Fields):
    """The members of an object that was read carefully."""

    def __init__(self, tree: Tree, plain: dict[str, object]) -> None:
        super().__init__(tree.data, plain)
        self.problems = tree.problems
        self._pairs = tree.root.pairs
        self._first: dict[str, Value] = {}
        for key, value in self._pairs:
            self._first.setdefault(key, value)

    def token(self, key: str) -> str:
        """Return the value of `key` as legal JSON without white space."""
        return self._first[key].token.decode("utf-8", "replace")

    def exact(self, key: str) -> bytes:
        """Return the bytes of the value of `key` as they stand in the file."""
        value = self._first[key]
        return self.data[value.start : value.end]

    def is_lossy(self, key: str) -> bool:
        """Say whether the value of `key` holds a string that is not valid Unicode."""
        return self._first[key].is_lossy

    def repeated(self) -> dict[str, str]:
        """Return, for each key that stands more than once, the JSON array of all its values."""
        if "duplicate-key" not in self.problems:
            return {}
        every: dict[str, list[str]] = {}
        for key, value in self._pairs:
            every.setdefault(key, []).append(value.token.decode("utf-8", "replace"))
        return {key: f"[{','.join(values)}]" for key, values in every.items() if len(values) > 1}


def fields_of(data: bytes, held: object) -> Fields | None:
    """Return the members of an element that was decoded to `held` (a proven value or a `Tree`), or None when it is no object."""
    if isinstance(held, Tree):
        plain = held.root.plain
        return TreeFields(held, plain) if isinstance(plain, dict) else None
    return Fields(data, held) if isinstance(held, dict) else None
