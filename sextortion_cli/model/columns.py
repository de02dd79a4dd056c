"""What a person says of the columns of a table: which holds the time, the sender, the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ROLES = ("time", "date", "clock", "unix", "sender", "sender-id", "text", "conversation", "attachment")
"""
What a column can be: date and time in one (`time`) or in two (`date`, `clock`), seconds or milliseconds since 1970 (`unix`), who wrote and
under which lasting number or address, what was written, in which conversation, which file.
"""
SETTINGS: Mapping[str, tuple[str, ...]] = {"heading": ("yes", "no"), "delimiter": ("comma", "semicolon", "tab", "pipe")}
"""What else can be said: whether the first row names the columns, and what stands between two values."""


def statements(texts: Iterable[str]) -> tuple[str, ...]:
    """
    Return what was said (``time=1,sender=Name``) in single statements, in the order of `ROLES`.

    Raises:
        ValueError: A part is no statement, says something of a role that does not exist, or says it twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        for part in text.split(","):
            role, equals, column = (piece.strip() for piece in part.partition("="))
            if not equals or not column or role in found or role not in (*ROLES, *SETTINGS):
                raise ValueError(part)
            if role in SETTINGS and column not in SETTINGS[role]:
                raise ValueError(part)
            found[role] = column
    return tuple(f"{role}={found[role]}" for role in (*ROLES, *SETTINGS) if role in found)
