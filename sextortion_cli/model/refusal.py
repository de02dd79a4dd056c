"""Why a statement is not taken."""

from __future__ import annotations


class Refused(ValueError):
    """A statement that is not taken, with the reason as a sentence of ours: it never holds what was typed."""
