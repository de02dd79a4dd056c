"""Databases and backups of telephones, of fixed seeds: invented people, numbers nobody has."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.data import START, sentence

_NUMBER = "+4799900001"
_APPLE = datetime(2001, 1, 1, tzinfo=UTC)
_SCHEMA = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL,
  uncanonicalized_id TEXT, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER, chat_identifier TEXT,
  service_name TEXT, room_name TEXT, account_login TEXT, display_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, replace INTEGER DEFAULT 0,
  service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, version INTEGER DEFAULT 0,
  type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER,
  date_delivered INTEGER, is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0,
  is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0,
  other_handle INTEGER DEFAULT 0, group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT,
  associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, message_summary_info BLOB, destination_caller_id TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id));
CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join (message_id);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, filename TEXT, mime_type TEXT,
  transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));
"""
_INSERT = """INSERT INTO message (guid, text, handle_id, attributedBody, service, account, date, date_read, date_delivered, is_delivered,
  is_finished, is_from_me, is_read, is_sent, cache_has_attachments, destination_caller_id)
  VALUES (?,?,1,?,'iMessage','E:ola@example.com',?,?,?,1,1,?,1,?,?,'ola@example.com')"""


def archived(text: str) -> bytes:
    """Return a text as Apple's old archiver writes an attributed string."""
    data = text.encode()
    size = bytes([len(data)]) if len(data) < 0x80 else b"\x81" + len(data).to_bytes(2, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92"
    return head + b"\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + size + data + b"\x86\x84\x02iI\x01"


def imessage(path: Path, count: int) -> dict[str, int]:
    """Write a chat.db of `count` messages: half with their text only in the archived string, one in twenty with a file."""
    rng = random.Random(6)
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript(_SCHEMA)
    base.execute("BEGIN")
    base.execute("INSERT INTO handle VALUES (1, ?, 'no', 'iMessage', NULL)", (_NUMBER,))
    row = f"iMessage;-;{_NUMBER}", 45, 3, _NUMBER, "iMessage", None, "E:ola@example.com", None
    base.execute("INSERT INTO chat VALUES (1,?,?,?,?,?,?,?,?)", row)
    base.execute("INSERT INTO chat_handle_join VALUES (1, 1)")
    when = int((START - _APPLE).total_seconds()) * 10**9
    for number in range(1, count + 1):
        when += rng.randrange(10**9, 10**11)
        text, own, has_file = sentence(rng), rng.randrange(2), rng.random() < 0.05
        body, plain = archived(text), text if number % 2 else None
        base.execute(_INSERT, (f"M-{number:08d}", plain, body, when, when + 10**10, when + 10**9, own, own, has_file))
        base.execute("INSERT INTO chat_message_join VALUES (1,?,?)", (number, when))
        if has_file:
            place = f"~/Library/Messages/Attachments/ab/{number}/IMG_{number}.HEIC"
            values = f"at_{number}", place, "image/heic", f"IMG_{number}.HEIC"
            made = base.execute("INSERT INTO attachment VALUES (NULL,?,?,?,?,1,0)", values)
            base.execute("INSERT INTO message_attachment_join VALUES (?,?)", (number, made.lastrowid))
    base.execute("COMMIT")
    base.close()
    return {"messages": count}


def sms(path: Path, count: int) -> dict[str, int]:
    """Write a backup of `count` messages by SMS Backup & Restore: one in fifty an MMS with a small picture."""
    rng = random.Random(7)
    when = int(START.timestamp() * 1000)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n")
        out.write(f'<smses count="{count}" backup_set="11111111-2222-3333-4444-555555555555" backup_date="1773511331000">\n')
        for number in range(count):
            when += rng.randrange(1000, 100_000)
            text, own = sentence(rng) + (" &#55357;&#56832;" if number % 9 == 0 else ""), rng.randrange(1, 3)
            shown = 'readable_date="12. mars 2026 21:05:00" contact_name="Lina Example"'
            if number % 50:
                out.write(
                    f'  <sms protocol="0" address="{_NUMBER}" date="{when}" type="{own}" subject="null" body="{text}" toa="null" sc_toa="null" '
                    f'service_center="null" read="1" status="-1" locked="0" date_sent="{when - 900}" sub_id="1" {shown} />\n'
                )
                continue
            out.write(
                f'  <mms date="{when}" ct_t="application/vnd.wap.multipart.related" msg_box="{own}" address="{_NUMBER}" text_only="0" locked="0" '
                f'm_id="M{number}" date_sent="{when // 1000}" read="1" sub_id="1" m_type="132" {shown}>\n    <parts>\n'
                f'      <part seq="0" ct="image/jpeg" name="{number}.jpg" cl="{number}.jpg" text="null" data="{"/9j/4AAQSkZJRgABAQAA" * 100}" />\n'
                f'      <part seq="0" ct="text/plain" chset="106" cl="text.txt" text={quoteattr(sentence(rng))} />\n    </parts>\n    <addrs>\n'
                f'      <addr address="{_NUMBER}" type="137" charset="106" />\n    </addrs>\n  </mms>\n'
            )
        out.write("</smses>\n")
    return {"messages": count}
