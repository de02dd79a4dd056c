"""
How long a service takes to give a download of one's own data, and how long it can be fetched: one table a person can review.

Each row has the day it was looked up and where. What is not here is not known, and is then said to be so.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sextortion_cli.words import N_


class Waiting(NamedTuple):
    """How long it takes (English, to be translated), when that was looked up (``2026-11-24``), and where."""

    takes: str
    seen: str
    source: str


_META = Waiting(
    N_("Mostly some hours, at most two days. The download can be fetched for about four days."),
    "2026-11-24",
    "Instagram's own notice as quoted by engadget.com (24 April 2018) and engageweb.co.uk; hooleft.me (2026)",
)
_AT_ONCE = N_("At once: the app makes the file.")
#: By the service's name as importers give it (one of several names is enough).
WAITING: Final = {
    "Instagram": _META,
    "Messenger": _META,
    "Facebook": _META,
    "Snapchat": Waiting(
        N_("Some hours to a few days, in some cases a week."), "2026-11-24", "aeanet.org, how long a Snapchat data request takes"
    ),
    "Discord": Waiting(
        N_("Discord's own package: up to 30 days. It can be fetched for 30 days."),
        "2026-11-24",
        "support.discord.com, article 360004957991",
    ),
    "TikTok": Waiting(
        N_("A few days. The file can be fetched for about four days."),
        "2026-11-24",
        "nairobinews.co.ke; pirg.org, how to request TikTok data",
    ),
    "X": Waiting(N_("A day, sometimes a few."), "2026-11-24", "technicallyproduct.co.uk (25 November 2020), with Twitter's own notice"),
    "Telegram": Waiting(
        N_("At once, or a day after the computer was first signed in."), "2026-11-24", "Telegram Desktop, Export chat history"
    ),
    "WhatsApp": Waiting(_AT_ONCE, "2026-11-24", "WhatsApp, Export chat"),
    "LINE": Waiting(_AT_ONCE, "2026-11-24", "LINE, Export chat history"),
    "KakaoTalk": Waiting(_AT_ONCE, "2026-11-24", "KakaoTalk, Export chat"),
    "Signal": Waiting(_AT_ONCE, "2026-11-24", "Signal, chat export; other programs' exports of Signal Desktop"),
    "Apple Messages": Waiting(N_("At once: the database lies on the computer or in a backup."), "2026-11-24", "macOS, Library/Messages"),
}


def names(service: str) -> list[str]:
    """Return the services an importer reads, one by one: ``Messenger / Instagram`` is two."""
    return [name.partition(" (")[0].strip() for name in service.replace("/", ",").split(",")]


def waiting(service: str) -> Waiting | None:
    """Return how long that service takes, or None where it is not known."""
    return next((WAITING[name] for name in names(service) if name in WAITING), None)
