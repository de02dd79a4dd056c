"""The phrases of each language, as people write them; one file a language. Reviewed lists: no file of them names a way of doing it."""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """
    One language.

    Attributes:
        urges: The reader is told to.
        will: The writer says they will, or that they want to be dead.
        after: Words right behind a phrase that make it a manner of speaking.
        before: Words right before it that turn it round.
    """

    urges: tuple[str, ...]
    will: tuple[str, ...]
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
