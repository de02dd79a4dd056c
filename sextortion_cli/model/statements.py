"""What people state: contacts, devices, events, notes. Strict at the edge; corrections are new records."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

Side = Literal["extorter", "victim", "third-person"]
EVENT_KINDS = (
    "first-contact", "platform-move", "identity-learned", "recording", "image-sent", "link-received", "threat", "demand", "payment",
    "publication", "taken-down", "captured", "contact-broken", "blocked", "recontact", "deleted", "told-someone",
    "preservation-asked", "reported", "other",
)  # fmt: skip
EventKind = Literal[
    "first-contact", "platform-move", "identity-learned", "recording", "image-sent", "link-received", "threat", "demand", "payment",
    "publication", "taken-down", "captured", "contact-broken", "blocked", "recontact", "deleted", "told-someone",
    "preservation-asked", "reported", "other",
]  # fmt: skip
_SECRET = re.compile(r"\b(?:pin|pin-?kode|passord|password|passcode|passphrase|unlock code)\b\s*(?:er|is|:|=)", re.IGNORECASE)


def _amount(text: str | None) -> str | None:
    """Keep a decimal exactly as stated; ``20 000`` and ``20000,50`` are read as people write them, ``20,000`` is asked about."""
    if text is None:
        return None
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", plain):
        raise ValueError("a comma before three digits can mean thousands or decimals")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if not value.is_finite() or value < 0 or not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ValueError("not an amount")
    return plain


def _currency(text: str | None) -> str | None:
    if text is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2,10}", text):
        raise ValueError("not a currency")
    return text.upper()


def _no_secret(text: str | None) -> str | None:
    if text is not None and _SECRET.search(text):
        raise ValueError("a PIN or password does not belong here")
    return text


class Statement(BaseModel):
    """Something a person stated. Unknown stays None."""

    # Built when first used: a command states one kind of thing, and start-up is measured.
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=100_000, defer_build=True)

    def stated(self) -> dict[str, Any]:
        """Return the fields for the record."""
        return self.model_dump(mode="json")


class Contact(Statement):
    """One account of one side on one service; stable id, handle, display name and address are kept apart."""

    side: Side = "extorter"
    service: str | None = None
    stable_id: str | None = None
    handle: str | None = None
    display_name: str | None = None
    profile_url: str | None = None
    phone: str | None = None
    email: str | None = None
    first_seen: dict[str, Any] | None = None
    note: str | None = None


class Device(Statement):
    """A phone or computer that holds evidence. Never a PIN or password."""

    make: str | None = None
    model: str | None = None
    system: str | None = None
    system_version: str | None = None
    apps: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    disappearing_messages: str | None = None
    clock_right: Literal["yes", "no", "unknown"] = "unknown"
    changed: str | None = None
    where: str | None = None
    examine: Literal["yes", "no", "ask", "unknown"] = "unknown"
    note: Annotated[str | None, AfterValidator(_no_secret)] = None


class Event(Statement):
    """Something that happened."""

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


class Note(Statement):
    """A dated remark."""

    text: str


class NotCollected(Statement):
    """Something left out, and why."""

    what: str
    why: str
