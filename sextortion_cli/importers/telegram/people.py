"""Whom a message names: a display name, which anyone may choose, and the stable id."""

from __future__ import annotations

import unicodedata

from sextortion_cli.importers.telegram.fields import Fields
from sextortion_cli.model.reading import Sender

_MOST = 100_000
# Letters and symbols to Unicode, but nothing to see: Hangul fillers, the empty Braille pattern.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def visible(name: str) -> str:
    """Return `name` without invisible, control and direction characters, and with single spaces."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    kept = (" " if character in "\t\r\n" else character for character in name if character in "\t\r\n" or not _is_unseen(character))
    return " ".join("".join(kept).split())


def _is_unseen(character: str) -> bool:
    return character in _UNSEEN or unicodedata.category(character) in ("Cf", "Cc")


class People:
    """Remembers senders, because the same few people write nearly all messages."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None], Sender] = {}

    def of(self, name: str, identity: str | None) -> Sender:
        """Return the sender with this display name and id."""
        found = self._known.get((name, identity))
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            shown = visible(name)
            found = self._known[name, identity] = Sender(shown, None if shown == name else name, identity)
        return found

    def sender(self, fields: Fields, name_key: str, id_key: str) -> tuple[Sender | None, tuple[str, ...], bool]:
        """
        Return the sender under two keys, the keys that it shows completely, and whether one holds something else than expected.

        A deleted account has no name any more (null), but still its id.
        """
        name, identity = fields.get(name_key), fields.get(id_key)
        shown: list[str] = []
        is_odd = False
        if name_key in fields:
            is_odd = name is not None and not isinstance(name, str)
            if not is_odd and not fields.is_lossy(name_key):
                shown.append(name_key)
        known: str | None = None
        if identity is not None:
            if isinstance(identity, (str, int)) and not isinstance(identity, bool):
                known = str(identity)
                if not fields.is_lossy(id_key):
                    shown.append(id_key)
            else:
                is_odd = True
        if not isinstance(name, str) and known is None:
            return None, (), is_odd
        return self.of(name if isinstance(name, str) else "", known), tuple(shown), is_odd
