"""
What the gate needs to know of a file that may not be copied: whether it is plain text that can be taken without its neighbours.

The survey runs in the limited child on the source itself. It types the file and looks for pictures written into text; it decodes,
renders and keeps nothing.
"""

from __future__ import annotations

from typing import Any

from sextortion_cli.acquire import Arrival, Sealer
from sextortion_cli.interpret import lacks_extra
from sextortion_cli.model.gate import CHOSEN, Decision
from sextortion_cli.readers.frames import ReaderEnd
from sextortion_cli.readers.server import ReaderServer
from sextortion_cli.sources import display
from sextortion_cli.store.regular import NotRegularError
from sextortion_cli.store.sealing import SourceUnreadableError

UNREADABLE = (NotRegularError, SourceUnreadableError)


def settle(server: ReaderServer, sealer: Sealer, group: list[Arrival]) -> None:
    """
    Survey the by-reference files of a group; those that are nothing but text are sealed as copies after all. So is what stays only for
    the sake of chosen conversations and turns out to hold no members: the gate had let it in.

    The copy counts only if it has the digest of the bytes that were surveyed; otherwise the file stays by reference.
    """
    waiting = [item for item in group if not item.decision.copy and item.sealed is not None and item.sealed.exception() is None]
    for arrival, found in zip(waiting, look(server, [item.path for item in waiting if item.path is not None]), strict=True):
        arrival.survey = found
        single = arrival.decision.rule == CHOSEN and found.get("container") == "" and not lacks_extra(found["media"], "")
        if not (single or found.get("separable") == "text") or arrival.path is None or arrival.sealed is None:
            continue
        before = arrival.sealed.result().digests.sha256
        copied = sealer.start(arrival.path, copy=True, size=arrival.size)
        error = copied.exception()
        if error is not None and not isinstance(error, UNREADABLE):
            raise error
        if error is None and copied.result().digests.sha256 == before:
            arrival.sealed = copied
            arrival.decision = Decision(copy=True, rule=f"{arrival.decision.rule}:{'no-archive' if single else 'text-only'}")
        elif error is None and (temporary := copied.result().temporary) is not None:
            sealer.drop(temporary)


def look(server: ReaderServer, paths: list[bytes]) -> list[dict[str, Any]]:
    """Return what the survey says of each path: media, sniffs, container, separable."""
    found: list[dict[str, Any]] = [{} for _ in paths]
    if paths:
        batch = [(path, {"name": display(path.rpartition(b"/")[2])}) for path in paths]
        for position, frame in server.run_batch("survey", batch, lanes=[0]):
            if isinstance(frame, ReaderEnd) and frame.status == "complete":
                found[position] = frame.result
    return found
