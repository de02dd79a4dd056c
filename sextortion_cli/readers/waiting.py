"""Wait for whichever lane has something to say."""

from __future__ import annotations

import select
from collections.abc import Iterable
from typing import Any, Protocol


class Waitable(Protocol):
    """A lane, as far as waiting goes."""

    def waitables(self) -> list[Any]:
        """Return descriptors, or what `multiprocessing.connection.wait` takes."""


def readable_of(lanes: Iterable[Waitable], seconds: float) -> list[Any]:
    """Return what is readable of `lanes` within `seconds`."""
    watched = [item for lane in lanes for item in lane.waitables()]
    if all(type(item) is int for item in watched) and hasattr(select, "poll"):
        poll = select.poll()
        for fd in watched:
            poll.register(fd, select.POLLIN)
        return [fd for fd, _ in poll.poll(max(0, int(seconds * 1000) + 1))]
    from multiprocessing.connection import wait

    return wait(watched, max(0.0, seconds))
