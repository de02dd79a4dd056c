"""
Files of any size for every importer: a composed case whose messages come again and again, each time with other words and numbers.

`SAMPLES` names one for each importer; a test fails where one is missing. `Sample.write` makes a file of the case and `copies` more of its
messages, so that time and memory can be measured at two sizes (`benchmarks/scaling.py`, and the campaign tier).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from sextortion_cli.importers.base import importer_of
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Fact, Message, ReadOptions

from .compound_files import Tree, compound, received
from .databases import compose

CASES = Path(__file__).parent / "cases"
_WORD = re.compile(rb"[A-Za-z]{6,}")
_NUMBER = re.compile(rb"(?<![0-9])[0-9]{12,}(?![0-9])")
_STEP = 1000


class Sample(NamedTuple):
    """
    How the files of one importer grow.

    Attributes:
        case: The file in `cases/` it grows from.
        write: Makes a file: place, path of the case, importer, copies.
        stated: `ReadOptions` it is read with.
        batch: How many copies stand for one: where a copy is a few bytes.
    """

    case: str
    write: Callable[[Path, Path, str, int], None]
    stated: Mapping[str, Any] = {}
    batch: int = 1


def make(identity: str, place: Path, copies: int) -> ReadOptions:
    """Write a file for an importer under `place`; return what it is read with."""
    sample = SAMPLES[identity]
    path = CASES / identity.replace("-", "_") / sample.case
    sample.write(place, path, identity, copies * sample.batch)
    return ReadOptions(**sample.stated)


# -- text, JSON, HTML, packets: the stretch that holds the messages comes again ------------------------------------------------------


class _Stretch(NamedTuple):
    """A stretch of a file, cut where each copy differs: pieces of bytes, and between them words and numbers."""

    before: bytes
    pieces: tuple[bytes, ...]
    after: bytes
    joint: bytes

    def copies(self, count: int) -> Iterator[bytes]:
        for number in range(count):
            word = bytes(97 + number // 26**place % 26 for place in range(6))
            yield b"".join(_varied(piece, number, word) for piece in self.pieces)


def _varied(piece: bytes, number: int, word: bytes) -> bytes:
    if piece.startswith(b"\0w"):
        return word
    if not piece.startswith(b"\0n"):
        return piece
    width = len(piece) - 2
    return b"%0*d" % (width, (int(piece[2:]) + number) % 10**width)


def _cut(data: bytes, start: int, end: int, joint: bytes, spans: list[tuple[int, int]]) -> _Stretch:
    """Cut a stretch: in each message of `spans` (places of its text) the first six letters, and everywhere the end of long numbers."""
    slots: dict[int, bytes] = {}
    for found in _NUMBER.finditer(data, start, end):  # of a number that counts time, what is less than a second
        width = 3 if len(found[0]) < 14 else 6
        slots[found.end() - width] = b"\0n" + found[0][-width:]
    for first, last in spans:
        word = _WORD.search(data, first, last)
        if word is not None and not any(word.start() - 6 < at < word.start() + 6 for at in slots):
            slots[word.start()] = b"\0w" + word[0][:6]
    pieces: list[bytes] = []
    place = start
    for at, slot in sorted(slots.items()):
        pieces += [data[place:at], slot]
        place = at + len(slot) - 2
    return _Stretch(data[:start], (*pieces, data[place:end]), data[end:], joint)


def _records(identity: str, path: Path, stated: Mapping[str, Any]) -> list[Message | Fact]:
    with path.open("rb") as handle:
        source = Source(handle.fileno(), path.stat().st_size, path.name)
        found = [*importer_of(identity).read(source, ReadOptions(**stated))]
    return [item for item in found if isinstance(item, Message) or (isinstance(item, Fact) and not item.overlay)]


def _texts(data: bytes, records: list[Message | Fact]) -> list[tuple[int, int]]:
    """Return where the texts of messages stand in the file, of those that stand there as they are."""
    found = []
    for record in records:
        text = (record.text or "").encode() if isinstance(record, Message) else b""
        at = data.find(text, record.start, record.end) if text else -1
        if at >= 0:
            found.append((at, at + len(text)))
    return found


def _stretch_of(identity: str, path: Path, stated: Mapping[str, Any]) -> _Stretch:
    data, records = path.read_bytes(), _records(identity, path, stated)
    some = [record for record in records if isinstance(record, Message)] or records
    if importer_of(identity).form != "json":
        return _cut(data, some[0].start, some[-1].end, b"", _texts(data, some))
    lists: dict[str | None, list[Message | Fact]] = {}
    for record in some:
        above, _, last = (record.pointer or "").rpartition("/")
        if record.pointer is None or last.isdecimal():
            lists.setdefault(None if record.pointer is None else above, []).append(record)
    above, longest = max(lists.items(), key=lambda item: len(item[1]))
    return _cut(data, longest[0].start, longest[-1].end, b"\n" if above is None else b",\n", _texts(data, longest))


def _again(place: Path, path: Path, identity: str, copies: int) -> None:
    """Repeat the stretch from the first message of the case to its last (in JSON: of its longest list)."""
    stretch = _stretch_of(identity, path, SAMPLES[identity].stated)
    with place.open("wb") as out:
        out.write(stretch.before)
        for number, piece in enumerate(stretch.copies(copies)):
            out.write(stretch.joint + piece if number else piece)
        out.write(stretch.after)


def _whole(place: Path, path: Path, identity: str, copies: int) -> None:
    """Repeat the whole file: mailboxes, sections of packets."""
    data = path.read_bytes()
    spans = _texts(data, _records(identity, path, SAMPLES[identity].stated))
    with place.open("wb") as out:
        out.writelines(_cut(data, 0, len(data), b"", spans).copies(copies))


# -- one message that grows --------------------------------------------------------------------------------------------------------


def _lines(place: Path, path: Path, identity: str, copies: int) -> None:
    """Let one pasted text grow."""
    del identity
    with place.open("wb") as out:
        out.write(path.read_bytes())
        out.writelines(b"linje %06d\n" % number for number in range(copies))


_LETTER: Final = (
    b"From: Lina <lina@avsender.example>\r\nTo: kari@postkasse.example\r\nDate: Thu, 12 Mar 2026 20:05:08 +0000\r\nSubject: Bilder\r\n"
    b'Message-ID: <t1@avsender.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="000001"\r\n\r\n'
    b'--000001\r\nContent-Type: text/plain; charset="UTF-8"\r\n\r\n'
)
_ENCLOSED: Final = (
    b'--000001\r\nContent-Type: image/gif; name="bilde.gif"\r\nContent-Disposition: attachment; filename="bilde.gif"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n"
)


def _letter(place: Path, path: Path, identity: str, copies: int) -> None:
    """Let the text of a mail and what is enclosed grow."""
    del path, identity
    with place.open("wb") as out:
        out.write(_LETTER)
        out.writelines(b"linje %06d i et brev\r\n" % number for number in range(copies))
        out.write(_ENCLOSED)
        out.writelines([b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7AAAAAAAAAAAAAAAAAA==\r\n"[:-4] + b"AA\r\n"] * copies)
        out.write(b"--000001--\r\n")


def _outlook(place: Path, path: Path, identity: str, copies: int) -> None:
    """Let the text of an Outlook mail and a file enclosed grow."""
    del path, identity
    tree: Tree = received()
    for name, value in tree.items():
        if name.startswith("__substg1.0_1000") and isinstance(value, bytes):
            tree[name] = "".join(f"linje {number:06d}\r\n" for number in range(copies)).encode("utf-16-le")
    enclosed = tree["__attach_version1.0_#00000001"]
    assert isinstance(enclosed, dict)
    enclosed["__substg1.0_37010102"] = b"GIF89a" + bytes(24 * copies)
    place.write_bytes(compound(tree))


# -- databases ---------------------------------------------------------------------------------------------------------------------

_Shift = Mapping[str, Mapping[str, str]]


def _rows(**tables: str) -> Callable[[Path, Path, str, int], None]:
    """
    Return what repeats rows: for each table its columns that differ, ``name+`` a number to which a thousand is added each time, ``name|`` a
    text to which the number of the copy is added.
    """

    def write(place: Path, path: Path, identity: str, copies: int) -> None:
        del identity
        place.write_bytes(compose(path)[0])
        base = sqlite3.connect(place, isolation_level=None)
        base.execute("BEGIN")
        for table, differing in tables.items():
            columns = [str(row[1]) for row in base.execute(f"PRAGMA table_info({table})")]
            made = {
                word[:-1]: f"{word[:-1]} + {_STEP} * k" if word[-1] == "+" else f"{word[:-1]} || ' ' || k" for word in differing.split()
            }
            assert made.keys() <= set(columns), table
            wanted = ", ".join(made.get(column, column) for column in columns)
            base.execute(
                f"WITH RECURSIVE again (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM again WHERE k < {copies - 1}) "
                f"INSERT INTO {table} SELECT {wanted} FROM again CROSS JOIN (SELECT * FROM {table})"
            )
        base.execute("COMMIT")
        base.close()

    return write


SAMPLES: Final[Mapping[str, Sample]] = {
    "android-sms-db": Sample(
        "modern_mms.sql", _rows(sms="_id+ body|", pdu="_id+", part="_id+ mid+ text|", addr="_id+ msg_id+", pending_msgs="_id+ msg_id+")
    ),
    "browser-history": Sample(
        "chrome.sql",
        _rows(urls="id+ url|", visits="id+ url+", downloads="id+", downloads_url_chains="id+", keyword_search_terms="url_id+"),
        {"thread": ("example.com",)},
    ),
    "chrome-takeout-json": Sample("BrowserHistory.json", _again, {"thread": ("example.com",)}),
    "discord-csv": Sample("iso.csv", _again),
    "discord-html": Sample("private_minified.html", _again),
    "discord-json": Sample("direct.json", _again),
    "discord-package-csv": Sample("messages.csv", _again),
    "discord-package-json": Sample("messages.json", _again),
    "discord-txt": Sample("direct_message.txt", _again),
    "firewall-log": Sample("ufw_syslog.log", _again),
    "google-chat-json": Sample("messages.json", _again),
    "hangouts-json": Sample("Hangouts.json", _again),
    "hinge-json": Sample("matches.json", _again),
    "imessage-db": Sample(
        "sonoma_everything.sql",
        _rows(
            message="ROWID+ guid| text|",
            chat_message_join="message_id+",
            attachment="ROWID+ guid|",
            message_attachment_join="message_id+ attachment_id+",
        ),
    ),
    "imessage-exporter-html": Sample("+4799900002.html", _again),
    "imessage-exporter-txt": Sample("+4799900002.txt", _again),
    "kakaotalk": Sample("android_ko.txt", _again),
    "kik-csv": Sample("data-text.csv", _again),
    "kik-db": Sample(
        "ios.sql",
        _rows(
            ZKIKMESSAGE="Z_PK+ ZBODY|",
            Z_3MESSAGES="Z_5MESSAGES+",
            ZKIKATTACHMENT="Z_PK+ ZMESSAGE+",
            ZKIKATTACHMENTEXTRA="Z_PK+ ZATTACHMENT+",
        ),
    ),
    "line-txt": Sample("en.txt", _again),
    "linkedin-csv": Sample("messages.csv", _again),
    "mail-eml": Sample("plain.eml", _letter, batch=100),
    "mail-mbox": Sample("takeout.mbox", _whole),
    "mail-msg": Sample("received.msg", _outlook, batch=100),
    "matrix-json": Sample("export.json", _again),
    "meta-account-json": Sample("instagram_logins.json", _again),
    "meta-html": Sample("instagram_2023.html", _again),
    "meta-json": Sample("instagram_request.json", _again),
    "pasted-text": Sample("chat.txt", _lines, batch=100),
    "pcap": Sample("direct_call.pcapng", _whole),
    "reddit-csv": Sample("chat_history.csv", _again),
    "signal-export-jsonl": Sample("data.json", _again),
    "signal-export-md": Sample("chat.md", _again),
    "signal-jsonl": Sample("main.jsonl", _again),
    "signalbackup-txt": Sample("Lina (_id12).txt", _again),
    "sigtop-json": Sample("Lina (+4799900001).json", _again),
    "sigtop-text": Sample("short.txt", _again),
    "skype-db": Sample("main.sql", _rows(Messages="id+ body_xml|", Calls="id+", CallMembers="id+ call_db_id+", Transfers="id+")),
    "skype-json": Sample("messages.json", _again),
    "slack-json": Sample("2026-03-12.json", _again),
    "sms-backup-xml": Sample("everything.xml", _again),
    "snapchat-account-json": Sample("memories_history.json", _again),
    "snapchat-html": Sample("subpage_lina.html", _again),
    "snapchat-json": Sample("chat_history.json", _again),
    "table": Sample("comma.csv", _again, {"columns": ("time=1", "sender=2", "text=3")}),
    "telegram-html": Sample("single_chat.html", _again),
    "telegram-json": Sample("single_chat.json", _again),
    "threema-txt": Sample("android_en.txt", _again),
    "tiktok-json": Sample("user_data.json", _again),
    "tiktok-txt": Sample("direct_messages.txt", _again),
    "tinder-json": Sample("odd_values.json", _again),
    "viber-csv": Sample("chat.csv", _again),
    "whatsapp-text": Sample("language_en.txt", _again),
    "x-archive": Sample("direct-messages-group.js", _again),
    "zoom-txt": Sample("cloud.txt", _again),
}
