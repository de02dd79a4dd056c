"""What people state: contacts, devices, events, notes. Strict at the edge; corrections are new records."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from sextortion_cli.model.refusal import Refused
from sextortion_cli.words import N_

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


def _no_secret(text: str | None) -> str | None:
    from sextortion_cli.model.secret import SECRET, holds_secret

    if text is not None and holds_secret(text):
        raise Refused(SECRET)
    return text


Harmless = Annotated[str, AfterValidator(_no_secret)]


class Statement(BaseModel):
    """Something a person stated. Unknown stays None."""

    # Built when first used: a command states one kind of thing, and start-up is measured.
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=100_000, defer_build=True)
    #: Fields that are words of the command line rather than options.
    ARGUMENTS: ClassVar[frozenset[str]] = frozenset()

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

    make: Harmless | None = None
    model: Harmless | None = None
    system: Harmless | None = None
    system_version: Harmless | None = None
    apps: tuple[Harmless, ...] = ()
    accounts: tuple[Harmless, ...] = ()
    disappearing_messages: Harmless | None = None
    clock_right: Literal["yes", "no", "unknown"] = "unknown"
    changed: Harmless | None = None
    where: Harmless | None = None
    examine: Literal["yes", "no", "ask", "unknown"] = "unknown"
    note: Harmless | None = None


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

    ARGUMENTS: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str


class NotCollected(Statement):
    """Something left out, and why."""

    ARGUMENTS: ClassVar[frozenset[str]] = frozenset({"what"})
    what: str
    why: str
