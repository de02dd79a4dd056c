"""Real exports nobody of us wrote: no crash, every byte accounted for, and the counts of an independent look at the file."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sextortion_cli.importers.base import importers
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Gap, Noise

from .reading import read, sniff
from .test_laws import check_account

pytestmark = pytest.mark.corpus
#: Written apart from the reader: something like a date, something like a time, and what ends a header, near the start of a line.
_HEADER = re.compile(r"\[?\d{1,4}[./:-] ?R?\d{1,4}[./:-] ?R?\d{1,4}.{1,24}?\d{2}[^\d\]]{0,8}(?:\] | [-–] )")
#: Folders of the corpus that are not called as the reader is.
_FAMILIES = {"network": "pcap", "firewall_logs": "firewall-log"}
_MARKS = re.compile("[\u200e\u200f\ufeff\u202a\u202c]")


def whatsapp(corpus: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((corpus / "exports" / "whatsapp").iterdir()):
        if path.suffix == ".txt":
            yield path.name, path.read_bytes()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.endswith(".txt"):
                        yield f"{path.name}/{member}", archive.read(member)


def test_whatsapp_counts(corpus: Path) -> None:
    seen = 0
    for name, data in whatsapp(corpus):
        assert sniff("whatsapp-text", data) == "yes", name
        reading = read("whatsapp-text", data, name)
        check_account(reading)
        counted = sum(bool(_HEADER.match(_MARKS.sub("", line))) for line in data.decode().split("\n"))
        # A pasted header of another shape is counted by the simple look and is no message.
        pasted = sum(gap.count for gap in reading.of(Gap) if gap.code == "other-header-shapes")
        assert counted - pasted <= len(reading.messages) <= counted, name
        assert len(data.rstrip(b"\r\n").split(b"\n")) == reading.units.messages + reading.units.continuations, name
        assert not any(message.time is None for message in reading.messages), name
        seen += 1
    assert seen > 30


def test_telegram_counts(corpus: Path) -> None:
    for path in sorted((corpus / "exports" / "telegram").glob("*.json")):
        data = path.read_bytes()
        assert sniff("telegram-json", data) == "yes", path.name
        reading = read("telegram-json", data, path.name)
        check_account(reading)
        whole = json.loads(data)
        chats = [whole] if "messages" in whole else whole["chats"]["list"]
        assert len(reading.messages) == sum(len(chat["messages"]) for chat in chats)
        assert "not-selected" not in reading.codes(Noise)


def test_nobody_else_is_claimed(corpus: Path, subtests: pytest.Subtests) -> None:
    """No file of another service is claimed by one of these readers, and no two readers claim one file."""
    import os

    for path in sorted(item for item in corpus.rglob("*") if item.is_file() and not item.is_symlink()):
        with subtests.test(path.name):
            with path.open("rb") as stream:
                source = Source(os.dup(stream.fileno()), path.stat().st_size, path.name)
                claimed = [name for name, importer in importers().items() if importer.sniff(source).verdict == "yes"]
            assert len(claimed) <= 1
            family = path.relative_to(corpus).parts[:2]
            if claimed and family[0] == "exports":
                assert claimed[0].startswith(_FAMILIES.get(family[1], family[1]))
