"""
What a message seems to ask for or to threaten, as a recogniser says of its words: a suggestion, never a finding of fact.

Bulk types, so msgspec structs (decision 0004). Who wrote the message, and whether it is meant, is not decided here: a person confirms.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SuggestionKind = Literal["demand", "threat", "deadline", "publication-claim", "payment-instruction"]
Wants = Literal["money", "material", "act"]
"""What a demand asks for: an act is a meeting, sex, or something to be done."""
SUGGESTION_KINDS: tuple[SuggestionKind, ...] = ("demand", "threat", "deadline", "publication-claim", "payment-instruction")
RECIPIENTS = ("family", "partner", "friends", "followers", "contacts", "employer", "colleagues", "school", "police", "everyone")
"""Whom a threat names, without naming anybody. A place is written as it is called: ``Facebook``, ``YouTube``."""
MATERIALS = ("video", "picture", "nude", "recording", "webcam", "conversation", "ai-made")


class Deadline(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """
    Until when.

    Attributes:
        as_written: The characters of the message.
        seconds: A span from the message on (``within 24 hours``), else None.
        clock: Time of day ``HH:MM`` (``24:00`` is midnight), where the message names one without doubt, else None.
    """

    as_written: str
    seconds: int | None = None
    clock: str | None = None


class Suggestion(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """
    One thing one message seems to say.

    Attributes:
        kind: One of `SUGGESTION_KINDS`.
        start, end: The sentence it stands in, in characters of the message.
        clear: False where the same words are common in ordinary chat: then it counts only for an account stated to be the extorter's.
        amount: Exact decimal, digits and one point; None where none is stated or it could be read in two ways.
        currency: As stated, in one spelling (``kr`` for ``kroner``, ``$`` for ``dollars``); None when none is.
        as_written: Amount and currency in the characters of the message.
        method: ``bitcoin``, ``paypal``, ``steam card`` ...
        deadline: Until when, if the message says so.
        recipients: Of `RECIPIENTS`, or places.
        material: Of `MATERIALS`.
        wants: What a demand asks for.
    """

    kind: SuggestionKind
    start: int
    end: int
    clear: bool = True
    amount: str | None = None
    currency: str | None = None
    as_written: str | None = None
    method: str | None = None
    deadline: Deadline | None = None
    recipients: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    wants: Wants | None = None
