"""
The time line as a picture: how many messages each side wrote, and where the stated events lie. Drawn by us, readable in grey.

Bars up are of accounts used by the extorter (filled) and of others (hatched, on top), bars down are the person's (outlined). Numbers name rows of
the table of events. The table below the picture says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sextortion_cli.report.sheets.stated import in_time, moment

WIDTH, UP, DOWN, LABELS, FOOT = 720, 90, 50, 44, 30
_MARKS, _TICKS, _ROWS, _THIN = 40, 6, 4, 1.5


@dataclass(frozen=True)
class Bar:
    """One bar of one side: its place and size."""

    side: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """One event: its number, where it lies, and how low its number stands."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    """The picture, in numbers."""

    bars: Sequence[Bar]
    marks: Sequence[Mark]
    ticks: Sequence[tuple[float, str]]
    middle: float
    width: int = WIDTH
    height: int = LABELS + UP + DOWN + FOOT
    bottom: int = LABELS + UP + DOWN


def numbers(events: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return the number each event has in table and picture."""
    return {event["event_id"]: number for number, event in enumerate(in_time(list(events)), 1)}


def draw(activity: Mapping[str, Any], events: Sequence[dict[str, Any]]) -> Chart | None:
    """Return the picture; None where nothing has a time."""
    unit = activity["unit"] or 3600
    spans = [(seconds(span["start"]), span) for span in activity["spans"]]
    named = numbers(events)
    placed = [(seconds(when), named[event["event_id"]]) for event in events if (when := moment(event.get("when"))) is not None]
    times = [at for at, _ in spans] + [at + unit for at, _ in spans] + [at for at, _ in placed]
    if not times:
        return None
    first = min(times)
    last = max(first + 1, *times)
    scale = (WIDTH - 20) / (last - first)

    def x(at: int) -> float:
        return round(10 + (at - first) * scale, 1)

    most_up = max((span["extorter"] + span["other"] for _, span in spans), default=0) or 1
    most_down = max((span["victim"] for _, span in spans), default=0) or 1
    high = min(UP / most_up, DOWN / most_down)
    middle = LABELS + UP
    bars: list[Bar] = []
    for at, span in spans:
        width = max(_THIN, round(unit * scale - 1, 1))
        theirs, other, own = (round(span[side] * high, 1) for side in ("extorter", "other", "victim"))
        bars += [
            bar
            for bar in (
                Bar("extorter", x(at), round(middle - theirs, 1), width, theirs),
                Bar("other", x(at), round(middle - theirs - other, 1), width, other),
                Bar("victim", x(at), middle, width, own),
            )
            if bar.height > 0
        ]
    marks = [Mark(number, x(at), 10 + 10 * (place % _ROWS)) for place, (at, number) in enumerate(sorted(placed)[:_MARKS])]
    return Chart(bars, marks, _ticks(first, last, x), middle)


def _ticks(first: int, last: int, x: Any) -> list[tuple[float, str]]:
    day = last - first < 3 * 86400
    form = "%m-%d %H:%M" if day else "%Y-%m-%d"
    steps = [first + (last - first) * step // _TICKS for step in range(_TICKS + 1)]
    return [(x(at), datetime.fromtimestamp(at, UTC).strftime(form)) for at in steps]


def seconds(text: str) -> int:
    """Return seconds since 1970; a time without a zone is placed as if it were UTC."""
    return int(datetime.fromisoformat(text.removesuffix("Z")[:19]).replace(tzinfo=UTC).timestamp())
