"""The case file as Markdown: what a duty officer reads from top to bottom. Written as a stream, quotes only inside code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.report.exported import Exported
from sextortion_cli.report.found import Found
from sextortion_cli.report.identified import Identified
from sextortion_cli.report.lacking import Lacking
from sextortion_cli.report.ledgered import Ledgered
from sextortion_cli.report.pen import Pen, Streams
from sextortion_cli.report.stated import Stated
from sextortion_cli.words import translator


def render(head: Mapping[str, Any], streams: Streams, language: str) -> Iterator[str]:
    """Yield the text of the report in `language` (``nb`` or ``en``); quotes stay in the original."""
    pen = Pen(translator(language))
    stated, found, exported = Stated(head, pen), Found(head, streams, pen), Exported(streams, pen)
    identified, ledgered = Identified(streams, pen), Ledgered(head, streams, pen)
    for section in (
        stated.page_one, stated.people, stated.devices, stated.timeline, stated.money, ledgered.suggestions, ledgered.pressure, ledgered.signs,
        Lacking(head, pen).section, found.messages, exported.facts, identified.section, found.exhibits,
        found.metadata, found.custody, stated.not_collected, found.gaps, found.defects, found.limits,
    ):  # fmt: skip
        yield from section()
