"""What a file says of itself: an exhibit's as it was recorded, any other file's read now in the limited child (nothing is kept)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sextortion_cli import interpret, lookup
from sextortion_cli.errors import SourceMissing, UsageProblem
from sextortion_cli.items import why_hidden
from sextortion_cli.store.case import Case


def facts_for(open_case: Callable[[], Case], name: str | None) -> Iterator[dict[str, Any]]:
    """
    Yield the facts of all exhibits, of one, or of a file outside the case.

    Raises:
        SourceMissing: There is neither such an exhibit nor such a file.
        UsageProblem: Nothing of it may be shown.
    """
    if (name is not None and os.path.sep in name) or (name is not None and Path(name).is_file()):
        yield from _file(Path(name))
        return
    case = open_case()
    if name is None:
        yield from lookup.metadata(case, None)
        return
    exhibit = case.book.exhibit(name)
    if exhibit is None:
        raise SourceMissing()
    if exhibit.hidden:
        raise UsageProblem(message=why_hidden(exhibit))
    yield from lookup.metadata(case, exhibit.id)


def _file(path: Path) -> Iterator[dict[str, Any]]:
    from sextortion_cli.readers.server import ReaderServer

    if not path.is_file():
        raise SourceMissing()
    with ReaderServer("sextortion_cli.examination:OPERATIONS") as server:
        for found in interpret.examine(server, [(path.absolute(), path.name)]).values():
            for fact in lookup.with_media({"media": found.media, "facts": found.facts}):
                yield {"exhibit": None, **fact}
