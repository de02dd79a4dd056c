"""What the program itself promised: the records of every commit that came back, whatever a model of the medium may think."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from unittest.mock import patch

from sextortion_cli.store.log import Journal


@contextlib.contextmanager
def promises() -> Iterator[list[str]]:
    """Collect the digests of all records whose commit returned, in order."""
    kept: list[str] = []
    real = Journal.commit

    def commit(journal: Journal) -> None:
        lines = [str(json.loads(line)["self"]) for line in journal._pending]
        real(journal)
        kept.extend(lines)

    with patch.object(Journal, "commit", commit):
        yield kept
