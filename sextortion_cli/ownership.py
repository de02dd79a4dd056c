"""
Whose an identifier is: decided by rules that can be read, from what people stated and from who said it, never silently.

In this order, the first that holds: what the person stated of this very value; a contact of the case that has it; whose an export says
it is; whose name or id it is; who said it first. Everything after the first two is an inference, and is marked as one; that an exported
account is the person's own is assumed, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sextortion_cli.extract.senders import plain_id
from sextortion_cli.lookup import Shaper, service_key
from sextortion_cli.model.factwords import ADDRESSES, CANDIDATE, IDENTITY
from sextortion_cli.model.found import Found
from sextortion_cli.model.identifier import PAYMENT, SURE
from sextortion_cli.model.reading import Sender
from sextortion_cli.store.book import Book

SIDES = ("extorter", "victim", "third-person", "infrastructure", "unknown")
ROLES = ("payee", "possible-mule", "unknown")
#: What a contact's fields are.
_FIELDS = {
    "phone": "phone", "email": "email", "handle": "handle", "profile_url": "profile", "stable_id": "platform-id",
}  # fmt: skip
#: Kinds that name whoever gives them, when they stand in that person's own words.
_PERSONAL = frozenset(
    ("phone", "email", "handle", "profile", "platform-id", "iban", "account-no", "card", "payment-handle", "postal-address", "person-name")
)
#: Kinds that are no account, but one payment: they belong to nobody for long.
_PAYMENTS = frozenset(("gift-card", "mtcn", "transfer-ref", "tx"))
_SERVERS = frozenset(("ipv4", "ipv6", "domain", "url"))
_INFRASTRUCTURE_FACTS = frozenset(("relay", "mail-hop", "mail-authentication"))


class Owner(NamedTuple):
    """Whose it is: side, on what that rests (``stated``, ``contact``, ``export``, ``inferred``, ``none``), a code of the reason, a payee's role."""

    side: str
    basis: str
    why: str
    role: str | None


class Owners:
    """
    What the case knows about sides.

    Args:
        book: The folded log.
        speakers: Who writes in each exhibit.
    """

    def __init__(self, book: Book, speakers: Mapping[str, list[tuple[str, str | None]]]) -> None:
        self._book = book
        self._speakers = speakers
        self._shaper = Shaper(book)
        self._stated = {(item["data"]["kind"], item["data"]["value"]): item["data"] for item in book.current("owner")}
        self._contacts: dict[tuple[str, str], str] = {}
        for record in book.current("contact"):
            data = record["data"]
            for field in (*_FIELDS, "display_name"):
                if data.get(field):
                    key = service_key(data.get("service")), str(data[field]).casefold().lstrip("@")
                    self._contacts[key] = str(record["subject"]["contact_id"])
        self._only_other: dict[str, tuple[str, str | None] | None] = {}

    def side(self, exhibit: str | None, sender: Sender | None) -> str | None:
        """Return whose side a sender is on: as a contact says, or because nobody else writes with an account of the extorter's side."""
        if exhibit is None or sender is None:
            return None
        known = self.known_side(exhibit, sender)
        if known is not None:
            return known
        return "victim" if self._other_of(exhibit) == (sender.name, sender.id) else None

    def known_side(self, exhibit: str, sender: Sender) -> str | None:
        """Return whose side a contact of the case says a sender is on."""
        return self._shaper.side(self._service(exhibit), sender.name, sender.id)

    def contact(self, exhibit: str | None, sender: Sender | None) -> str | None:
        """Return the contact of the case a sender is, if one has that name or id on that service."""
        if exhibit is None or sender is None:
            return None
        service = service_key(self._service(exhibit))
        names = [value.casefold().lstrip("@") for value in (sender.id, sender.name) if value]
        keys = [(known, name) for name in names for known in (service, "")]
        return next((self._contacts[key] for key in keys if key in self._contacts), None)

    def _other_of(self, exhibit: str) -> tuple[str, str | None] | None:
        """Return the only one who writes with an account of the extorter's side in an exhibit, if it is so."""
        if exhibit not in self._only_other:
            pair = self._speakers.get(exhibit, [])
            sides = [self.known_side(exhibit, Sender(name, None, stable)) for name, stable in pair]
            is_clear = len(pair) == 2 and sides.count("extorter") == 1 and None in sides
            self._only_other[exhibit] = pair[sides.index(None)] if is_clear else None
        return self._only_other[exhibit]

    def _service(self, exhibit: str) -> str | None:
        reads = self._book.exhibits[exhibit].reads if exhibit in self._book.exhibits else []
        return next((record["data"].get("service") for record in reversed(reads) if record["data"].get("service")), None)

    def stated(self) -> Iterator[tuple[str | None, Found]]:
        """Yield what the contacts of the case hold, each value as a hit at the statement that gave it."""
        for record in self._book.current("contact"):
            data = record["data"]
            for field, kind in _FIELDS.items():
                value = str(data.get(field) or "").strip()
                if value:
                    service = {"service": data["service"]} if data.get("service") else {}
                    where = f"contact:{record['subject']['contact_id']}"
                    yield (
                        None,
                        Found(
                            kind,
                            _normal(kind, value, data.get("service")),
                            value,
                            SURE,
                            "stated",
                            where,
                            0,
                            0,
                            detail=service,
                            row=int(record["seq"]),
                        ),
                    )

    def contact_side(self, identity: str) -> str:
        """Return the side a contact was last stated to be on."""
        records = [item for item in self._book.current("contact") if item["subject"]["contact_id"] == identity]
        return str(records[-1]["data"]["side"]) if records else "unknown"

    def verdict(self, kind: str, value: str) -> Verdict:
        """Return an empty verdict on one identifier; give it every place the identifier stands at."""
        return Verdict(self, kind, self._stated.get((kind, value)))


class Verdict:
    """Hears every place one identifier stands at, in the order of the case, and then says whose it is."""

    def __init__(self, owners: Owners, kind: str, stated: Mapping[str, Any] | None) -> None:
        self._owners = owners
        self._kind = kind
        self._stated = stated
        self._sides: set[str] = set()
        self._fact: str | None = None
        self._named: str | None = None
        self._first: tuple[str, str] | None = None
        self._speakers: set[str] = set()

    def hear(self, exhibit: str | None, item: Found) -> None:
        """Take in one place."""
        if item.field.startswith("contact:"):
            self._sides.add(self._owners.contact_side(item.field.partition(":")[2]))
            return
        if item.of:
            self._hear_fact(item)
            return
        if item.field.startswith("event:payee"):
            self._heard("extorter", "0")
            return
        side = self._owners.side(exhibit, item.sender)
        if side is None:
            return
        if item.field == "sender":
            self._named = side
        else:
            self._heard(side, _moment(item))

    def _hear_fact(self, item: Found) -> None:
        kind = item.field.partition(":")[2].partition("/")[0]
        if kind in _INFRASTRUCTURE_FACTS:
            found = "infrastructure" if self._kind in _SERVERS else ""
        elif kind == CANDIDATE:
            found = "candidate"
        elif item.of == "account-owner" and (kind in IDENTITY or kind in ADDRESSES):
            found = "own"
        else:
            found = "listed" if item.of == "contact" else ""
        self._fact = self._fact or found or None

    def _heard(self, side: str, at: str) -> None:
        self._speakers.add(side)
        if self._first is None or at < self._first[0]:
            self._first = at, side

    def said(self) -> Owner:
        """Return whose it is."""
        side, basis, why = self._side()
        role = self._stated.get("role") if self._stated else None
        if role is None and self._kind in PAYMENT and self._kind not in _PAYMENTS and side == "extorter":
            role = "payee"
        return Owner(side, basis, why, role)

    def _side(self) -> tuple[str, str, str]:
        if self._stated is not None and self._stated.get("side"):
            return str(self._stated["side"]), "stated", "stated"
        if self._sides:
            agree = len(self._sides) == 1
            return (next(iter(self._sides)), "contact", "contact") if agree else ("unknown", "contact", "contacts-disagree")
        if self._fact in ("infrastructure", "own"):
            return ("victim" if self._fact == "own" else "infrastructure"), "export", f"export-{self._fact}"
        if self._named is not None:
            return self._named, "inferred", "sender"
        if self._first is None:
            return ("third-person", "inferred", "listed") if self._fact == "listed" else ("unknown", "none", self._fact or "nobody-known")
        return self._by_words(self._first[1])

    def _by_words(self, first: str) -> tuple[str, str, str]:
        """Decide by who said it: what the other side gives is its own; what the person gave first is the person's, if it can be."""
        if first == "extorter":
            return "extorter", "inferred", "said-first" if len(self._speakers) > 1 else "said-by"
        if first == "victim" and self._kind in _PERSONAL:
            return "victim", "inferred", "said-first" if len(self._speakers) > 1 else "said-by"
        if first == "victim" and self._kind in _PAYMENTS:
            return "unknown", "none", "paid-with"
        if "extorter" in self._speakers:
            return "extorter", "inferred", "said-too"
        return ("third-person", "inferred", "said-by") if first == "third-person" else ("unknown", "none", "only-mentioned")


def _moment(item: Found) -> str:
    time = item.time
    if time is None:
        return "9"
    return time.utc or (time.candidates[0] if time.candidates else time.local) or "9"


def _normal(kind: str, value: str, service: str | None) -> str:
    """Return a stated value in the form finders give, as far as it can be told without them."""
    if kind == "handle":
        return value.removeprefix("@").lower()
    if kind == "phone":
        digits = "".join(letter for letter in value if letter.isdigit())
        return f"+{digits.removeprefix('00')}" if value.startswith(("+", "00")) else digits
    if kind == "platform-id":
        return plain_id((service or "").strip().title(), value)
    return value.lower() if kind == "email" else value
