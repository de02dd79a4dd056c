"""What mails leave out or leave open, counted over one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sextortion_cli.importers.mail.codes import GAPS
from sextortion_cli.importers.mail.records import Mail
from sextortion_cli.model.reading import Gap, ReadOptions


class Gaps:
    """Gathers the gaps of every mail of one reading."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._counts: Counter[str] = Counter()

    def add(self, mail: Mail) -> None:
        """Take one mail."""
        self._counts.update(("sender-unverifiable", *mail.trace.gaps))
        if mail.time is not None and mail.time.local is not None and mail.time.utc is None and self._options.timezone is None:
            self._counts["zone-unknown"] += 1
        self._counts["pictures-not-fetched"] += sum(content.page.remote for content in mail.contents if content.page is not None)

    def count(self, code: str, number: int = 1) -> None:
        """Count something else."""
        self._counts[code] += number

    def all(self) -> Iterator[Gap]:
        """Yield the gaps, sorted."""
        for code, count in sorted(self._counts.items()):
            if count:
                yield Gap(code, GAPS[code], count)
