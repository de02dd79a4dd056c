"""How many messages fell into which span of time, by side: what a picture of the time line is drawn from. Counting and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sextortion_cli.pageone import clockless
from sextortion_cli.store.index import sort_time
from sextortion_cli.store.indexed import Place

_HOUR = 3600
_UNITS = (_HOUR, 6 * _HOUR, 24 * _HOUR, 7 * 24 * _HOUR, 30 * 24 * _HOUR, 365 * 24 * _HOUR)
_MOST = 60
_SIDES = ("extorter", "victim", "other")


class Tempo:
    """Counts messages by hour and side; a chat of twenty years has fewer hours than a million."""

    def __init__(self) -> None:
        self._hours: dict[str, Counter[int]] = {side: Counter() for side in _SIDES}

    def take(self, place: Place, side: str | None) -> None:
        """Count one message; one without a time is not drawn."""
        at = sort_time(place.message.time)
        if at is not None:
            self._hours[side if side in ("extorter", "victim") else "other"][at // _HOUR] += 1

    def activity(self) -> dict[str, Any]:
        """Return `unit` (seconds of a span, at most sixty of which cover everything) and the `spans` that hold messages."""
        hours = [hour for counted in self._hours.values() for hour in counted]
        if not hours:
            return {"unit": None, "spans": []}
        reach = (max(hours) - min(hours) + 1) * _HOUR
        unit = next((unit for unit in _UNITS if reach <= unit * _MOST), -(-reach // (_MOST * _HOUR)) * _HOUR)
        start = min(hours) * _HOUR // unit * unit if unit in _UNITS[:3] else min(hours) * _HOUR
        spans: dict[int, dict[str, Any]] = {}
        for side, counted in self._hours.items():
            for hour, count in counted.items():
                begin = start + (hour * _HOUR - start) // unit * unit
                span = spans.setdefault(begin, {"start": clockless(begin), **dict.fromkeys(_SIDES, 0)})
                span[side] += count
        return {"unit": unit, "spans": [spans[begin] for begin in sorted(spans)]}
