"""Something that happened, as stated."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from sextortion_cli.model.refusal import Refused
from sextortion_cli.model.statement import Statement
from sextortion_cli.words import N_

EVENT_KINDS = (
    "first-contact", "platform-move", "identity-learned", "recording", "image-sent", "link-received", "threat", "demand", "payment",
    "bank-told", "publication", "taken-down", "captured", "contact-broken", "blocked", "recontact", "deleted", "recovery-tried",
    "told-someone", "preservation-asked", "reported", "other",
)  # fmt: skip
EventKind = Literal[
    "first-contact", "platform-move", "identity-learned", "recording", "image-sent", "link-received", "threat", "demand", "payment",
    "bank-told", "publication", "taken-down", "captured", "contact-broken", "blocked", "recontact", "deleted", "recovery-tried",
    "told-someone", "preservation-asked", "reported", "other",
]  # fmt: skip


def _amount(text: str | None) -> str | None:
    """Keep a decimal exactly as stated."""
    from sextortion_cli.model.amount import exact

    return None if text is None else exact(text)


def _currency(text: str | None) -> str | None:
    """Take a code or a word (``NOK``, ``kr``) or one sign (``$``), as stated."""
    if text is None:
        return None
    import unicodedata

    plain = text.strip()
    if not re.fullmatch(r"[A-Za-z]{2,10}", plain) and not (len(plain) == 1 and unicodedata.category(plain) == "Sc"):
        raise Refused(N_("--currency is a code like NOK, EUR or BTC, or a sign."))
    return plain.upper()


class Event(Statement):
    """
    Something that happened. A confirmed suggestion names itself and the place of the message that is quoted in `text`; `shot` is what a
    person ticked of the list of what to save (`guide/services.py`).
    """

    kind: EventKind
    when: dict[str, Any] | None = None
    service: str | None = None
    contact: str | None = None
    amount: Annotated[str | None, AfterValidator(_amount)] = None
    currency: Annotated[str | None, AfterValidator(_currency)] = None
    method: str | None = None
    destination: str | None = None
    deadline: dict[str, Any] | None = None
    reference: str | None = None
    exhibit: str | None = None
    text: str | None = None
    suggestion: str | None = None
    locator: dict[str, Any] | None = None
    shot: str | None = None

    def stated(self) -> dict[str, Any]:
        """Return the fields for the record; those that only a confirmed suggestion or a ticked shot has, only with one."""
        return {key: value for key, value in super().stated().items() if value is not None or key not in ("suggestion", "locator", "shot")}
