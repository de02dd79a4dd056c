"""Real exports nobody of us wrote: no crash, every byte accounted for, and the counts of an independent look at the file."""

from __future__ import annotations

import email
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sextortion_cli.importers.base import importers
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Fact, Gap, Noise

from .reading import read, sniff
from .test_laws import check_account

pytestmark = pytest.mark.corpus
#: Written apart from the reader: something like a date, something like a time, and what ends a header, near the start of a line.
_HEADER = re.compile(r"\[?\d{1,4}[./:-] ?R?\d{1,4}[./:-] ?R?\d{1,4}.{1,24}?\d{2}[^\d\]]{0,8}(?:\] | [-–] )")
#: Whose files lie in a folder that is not named as their importer is.
FAMILIES = {
    "email": ("mail",),
    "android_sms": ("android", "sms"),
    "messenger": ("meta",),
    "instagram": ("meta",),
    "network": ("pcap",),
    "firewall_logs": ("firewall",),
}
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


def test_meta_pages(corpus: Path) -> None:
    """As many messages as a plain look at each page counts, in every conversation of the page that holds them all."""
    folder = corpus / "exports" / "messenger"
    counts = {}
    for path in sorted(folder.rglob("*.htm*")):
        data = path.read_bytes()
        if sniff("meta-html", data, "a") != "yes":
            continue
        reading = read("meta-html", data, path.name)
        check_account(reading)
        counts[path.name if path.parent == folder else f"{path.parent.name}/{path.name}"] = len(reading.messages)
        old = data.count(b'class="message"')
        assert not old or len(reading.messages) == old
        assert {defect.code for defect in reading.of(Defect)} <= {"unreadable-time"}
        assert all(message.sender is not None and message.time is not None for message in reading.messages)
    assert sum(name.startswith("fb2018html__messages_") for name in counts) == 5
    assert sum(counts.values()) > 100
    assert "alice_ABC123/message_1.html" in counts


def test_mails_balance_and_have_the_parts_the_standard_library_finds(corpus: Path) -> None:
    """Damaged mails are read differently by everybody; whole ones are not."""
    seen = 0
    for path in sorted(
        [*(corpus / "exports" / "email").iterdir(), *(item for item in (corpus / "hostile" / "mail").rglob("*") if item.is_file())]
    ):
        data = path.read_bytes()
        reading = read("mail-eml", data, path.name)
        check_account(reading)
        structure = {
            "boundary-not-closed",
            "boundary-never-found",
            "no-blank-line",
            "no-boundary",
            "too-deep",
            "many-headers",
            "long-header",
            "not-a-mail",
            "no-media-type",
        }
        if sniff("mail-eml", data) != "yes" or reading.codes(Defect) & structure:
            continue
        library = email.message_from_bytes(data)
        leaves, pending = [], [library]
        while pending:
            part = pending.pop(0)
            inner = part.get_payload() if part.is_multipart() and part.get_content_maintype() == "multipart" else None
            if isinstance(inner, list):
                pending[:0] = inner
            else:
                leaves.append(part.get_content_type())
        found = [fact.values["type"] for fact in reading.of(Fact) if fact.kind == "mail-part"]
        assert found == (leaves if found else []), path.name
        seen += 1
    assert seen >= 20


def test_database_counts(corpus: Path, subtests: pytest.Subtests) -> None:
    """The number of messages is what the standard library's SQLite counts, and every row of every table is accounted for."""
    import sqlite3

    tables = {"imessage-db": "message", "android-sms-db": "sms", "skype-db": "Messages", "kik-db": "ZKIKMESSAGE"}
    seen = set()
    for path in sorted((corpus / "exports").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        claimed = [name for name in tables if data[:6] == b"SQLite" and sniff(name, data) == "yes"]
        if claimed:
            with subtests.test(path.name):
                reading = read(claimed[0], data, path.name)
                check_account(reading)
                base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
                names = [
                    name
                    for (name,) in base.execute(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
                    )
                ]
                assert len(reading.messages) == base.execute(f"SELECT count(*) FROM {tables[claimed[0]]}").fetchone()[0]
                assert reading.units.total == sum(base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)
                base.close()
                seen.add(claimed[0])
    assert seen == set(tables)


def test_histories_of_the_corpus(corpus: Path, subtests: pytest.Subtests) -> None:
    for path in sorted((corpus / "exports" / "browser").iterdir()):
        with subtests.test(path.name):
            data = path.read_bytes()
            assert sniff("browser-history", data) == "yes"
            check_account(read("browser-history", data, path.name))
            chosen = read("browser-history", data, path.name, since="2000-01-01", until="2030-01-01")
            check_account(chosen)
            assert {fact.kind for fact in chosen.of(Fact)} >= {"page", "visit"}


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
                assert claimed[0].partition("-")[0] in FAMILIES.get(family[1], (family[1],))


def test_discord_counts(corpus: Path) -> None:
    for path in sorted((corpus / "exports" / "discord").glob("*.json")):
        data = path.read_bytes()
        assert sniff("discord-json", data) == "yes", path.name
        reading = read("discord-json", data, path.name)
        check_account(reading)
        assert len(reading.messages) == len(json.loads(data)["messages"])
        assert all(message.time is not None and message.time.basis == "explicit" for message in reading.messages)


def test_sms_backups(corpus: Path) -> None:
    """As many messages as a plain look counts; the files say the same number of themselves."""
    seen = 0
    for path in sorted((corpus / "exports" / "android_sms").glob("*.xml")):
        data = path.read_bytes()
        assert sniff("sms-backup-xml", data, "a") == "yes"
        reading = read("sms-backup-xml", data, path.name)
        check_account(reading)
        assert len(reading.messages) == len(re.findall(rb"<(?:sms|mms|call)\s", data))
        assert {defect.code for defect in reading.of(Defect)} <= {"attachment-damaged"}
        seen += 1
    assert seen
