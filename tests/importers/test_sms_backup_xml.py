"""SMS Backup & Restore: what only its files have."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from sextortion_cli.importers.smsxml.values import counted, value_of
from sextortion_cli.model.reading import Conversation, Defect, Fact, Noise

from .reading import Reading, read

PICTURE = bytes(range(256)) * 16384  # 4 MiB


def backup(*messages: str) -> bytes:
    """Return a backup that holds `messages`."""
    return f'<?xml version="1.0"?>\n<smses count="{len(messages)}">\n{chr(10).join(messages)}\n</smses>\n'.encode()


def mms(picture: bytes, text: str) -> str:
    """Return an MMS with a picture before its text."""
    data = base64.b64encode(picture).decode()
    parts = f'<part ct="image/jpeg" cl="a.jpg" data="{data}"/><part ct="text/plain" text="{text}"/>'
    return f'<mms date="1773346200000" msg_box="1" address="+4799900001"><parts>{parts}</parts></mms>'


def part(reading: Reading, number: int) -> dict[str, str]:
    """Return what the first message says of one of its parts."""
    found: dict[str, str] = json.loads(reading.messages[0].detail[f"part_{number}"])
    return found


@pytest.mark.parametrize(
    ("written", "text", "problems"),
    [
        (b"&#55357;&#56832;", "😀", ()),
        (b"&#xD83D;&#xDE00;", "😀", ()),
        (b"&#55357; &#56832;", "\ufffd \ufffd", ("lone-surrogate",)),
        (b"&#56832;&#55357;", "\ufffd\ufffd", ("lone-surrogate",)),
        (b"\xed\xa0\xbd\xed\xb8\x80", "😀", ("invalid-utf8",)),
        (b"\xff&amp;amp;", "\ufffd&amp;", ("invalid-utf8",)),
        (b"&#0;&#8;&#10;", "\0\b\n", ("control-character",)),
        (b"&#1114112;&#9999999;&nbsp;&", "&#1114112;&#9999999;&nbsp;&", ()),
    ],
)
def test_characters(written: bytes, text: str, problems: tuple[str, ...]) -> None:
    found = value_of(written)
    assert (found.text, found.problems) == (text, problems)
    assert (found.raw or found.text).encode() == written or base64.b64decode(found.raw_b64 or "") == written


def test_sent_times_of_sms_and_mms() -> None:
    assert counted("1773345899000", in_seconds=False) == "1773345899000 (2026-03-12T20:04:59Z)"
    assert counted("1773345899", in_seconds=True) == "1773345899 (2026-03-12T20:04:59Z)"
    assert counted("1773345899000", in_seconds=True) == "1773345899000 (2026-03-12T20:04:59Z)"
    assert counted("0", in_seconds=True) == "0"


def test_a_large_picture_is_measured_and_not_kept() -> None:
    data = backup(mms(PICTURE, "Dette er deg"), '<sms address="+4799900001" date="1773346200000" type="1" body="Etterpå"/>')
    reading = read("sms-backup-xml", data)
    assert [message.text for message in reading.messages] == ["Dette er deg", "Etterpå"]
    assert [message.line for message in reading.messages] == [3, 4]
    assert part(reading, 1)["size"] == str(len(PICTURE))
    assert part(reading, 1)["sha256"] == hashlib.sha256(PICTURE).hexdigest()
    assert not reading.of(Defect)
    assert reading.units.covered == len(data)


def test_a_picture_with_line_breaks_is_the_same_picture() -> None:
    data = backup(mms(PICTURE[:1000], "x"))
    broken = data.replace(b'data="', b'data="&#10;\n  ').replace(b"AQID", b"AQ&#13;&#xA;ID")
    assert part(read("sms-backup-xml", data), 1) == part(read("sms-backup-xml", broken), 1)


def test_a_message_that_is_too_large_says_what_it_can() -> None:
    data = backup(mms(PICTURE * 6, "Dette er deg"))
    reading = read("sms-backup-xml", data)
    assert not reading.messages
    assert reading.codes(Defect) == {"too-large"}
    fact = next(fact for fact in reading.of(Fact) if fact.kind == "message-too-large")
    assert (fact.values["text"], fact.values["sender"]) == ("Dette er deg", "+4799900001")
    assert reading.units.covered == len(data)


def test_openings_are_found_across_windows() -> None:
    sms = '<sms address="+4799900001" date="1773346200000" type="1" body="{}"/>'
    for length in range((256 << 10) - 120, (256 << 10) - 100):
        data = backup(sms.format("x" * length), sms.format("y"))
        reading = read("sms-backup-xml", data)
        assert [len(message.text or "") for message in reading.messages] == [length, 1]
        assert reading.units.covered == len(data)


def test_a_conversation_can_be_chosen() -> None:
    sms = '<sms address="{}" contact_name="{}" date="1773346200000" type="1" body="Hei"/>'
    data = backup(sms.format("+4799900001", "Jenny"), sms.format("+4799900002", "Ola"))
    for name in ("Jenny", "+4799900001"):
        reading = read("sms-backup-xml", data, thread=(name,))
        assert [conversation.name for conversation in reading.of(Conversation)] == ["Jenny"]
        assert len(reading.messages) == 1
        assert "not-selected" in reading.codes(Noise)
        assert reading.units.covered == len(data)
