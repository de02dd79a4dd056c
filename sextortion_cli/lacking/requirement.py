"""One thing the police ask for: whether it is there, from which records that was concluded, and how to get it without contacting anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sextortion_cli.guide.platforms import Fact, Source
from sextortion_cli.words import LANGUAGES, N_, translator

Status = Literal["done", "partly", "missing", "not-known", "not-applicable"]
OPEN = ("missing", "partly", "not-known")
_LAST = 10**6
_SHOWN = 5


class Tongue:
    """One language: `say` gives a text of the catalogue in it."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.say: Callable[[str], str] = translator(self.language)

    def fact(self, fact: Fact) -> str:
        """Return what is known of a fact; what is not is said to be unknown."""
        return self.say(UNKNOWN) if fact.text is None else self.say(fact.text)


UNKNOWN = N_("unknown")


@dataclass(frozen=True)
class Requirement:
    """
    One thing the police ask for.

    Attributes:
        id: Stable: ``K1``; ``C-003:stable-id``; ``E-011:reference``; ``D-001:clock``.
        group: kripos, account, payment, address, device or event.
        status: `model/readiness.py` has the words.
        why: From which records the status was concluded.
        how: The next step, which contacts nobody; a command to copy stands at its end.
        weight: How much the police can do with it, 0 to 100.
        platform, account: The service, and what is known of the account, where it belongs to one.
        days: Within how many days it may be gone; None where nobody knows.
        goes: What may be gone, with its sources.
        sources: Where it says that the police need this.
    """

    id: str
    group: str
    title: str
    status: Status
    why: str
    how: str
    weight: int
    platform: str | None = None
    account: Mapping[str, Any] | None = None
    days: int | None = None
    goes: str | None = None
    sources: tuple[Source, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        """Tell whether something can still be done for it."""
        return self.status in OPEN

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape of `cli.md`."""
        return {
            "id": self.id,
            "group": self.group,
            "title": self.title,
            "status": self.status,
            "why": self.why,
            "how": self.how,
            "weight": self.weight,
            "platform": self.platform,
            "account": None if self.account is None else dict(self.account),
            "disappears": None if self.goes is None else {"days": self.days, "what": self.goes},
            "sources": [source.as_json() for source in self.sources],
        }


def in_order(found: Iterable[Requirement]) -> list[Requirement]:
    """Return what is open first, by what disappears first, then by weight; what is there behind it, and what does not apply last."""
    rank = {"done": 1, "not-applicable": 2}
    return sorted(
        found, key=lambda item: (rank.get(item.status, 0), _LAST if item.days is None else item.days, -item.weight, _natural(item.id))
    )


def _natural(identity: str) -> tuple[int, str]:
    """Return what puts ``K2`` before ``K10``."""
    return len(identity.partition(":")[0]), identity


def named(records: Iterable[str]) -> str:
    """Return the numbers of records in one line: the first few, and how many more."""
    every = list(dict.fromkeys(records))
    more = f" (+{len(every) - _SHOWN})" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more
