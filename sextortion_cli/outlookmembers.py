"""
The attachments of an Outlook mail as members, under the same gate as those of any mail (`mailmembers.py`).

Of a mail that may not be copied, its headers and its text leave the child, each as a member of its own, written in UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

from sextortion_cli.extract.members import ArchiveDefect, Event, Limits, Member, MemberEnd, Meter, b64
from sextortion_cli.importers.outlook.compound import BrokenError, Compound, Entry
from sextortion_cli.importers.outlook.mail import Attached, OutlookMail, mails
from sextortion_cli.mailmembers import STRETCHES, is_only_text
from sextortion_cli.words import N_

_WHAT = {
    "total-limit": N_("The mail holds more than is taken out; the rest is not read."),
    "member-limit": N_("An attachment is larger than is taken out."),
    "too-many-members": N_("The mail holds more attachments than are taken out."),
}


def stream(read_at: Callable[[int, int], bytes], size: int, name: str, limits: Limits, *, stretches: bool) -> Iterator[Event]:
    """
    Yield the attachments of a mail and of the mails attached to it, each with its bytes.

    Args:
        read_at: Positioned reads.
        size: Size in bytes.
        name: Of the file.
        limits: How much is taken out.
        stretches: The file is not in the case: headers and text are members too.
    """
    try:
        file = Compound(read_at, size)
    except BrokenError:
        return
    meter = Meter(limits)
    taken = texts = 0
    for mail in mails(file):
        for attached in mail.attachments:
            if attached.stream is None:
                continue
            if taken >= limits.members:
                yield ArchiveDefect("too-many-members", _WHAT["too-many-members"])
                return
            taken += 1
            if (yield from _attachment(file, attached, attached.stream, taken - 1, meter)):
                return
        for kind, text in _texts(mail) if stretches else ():
            data = text.encode("utf-8", "replace")
            if is_only_text(data, kind, None):
                yield from _text(f"{name}.{mail.path.replace('/', '.')}{kind}", data, STRETCHES + texts)
                texts += 1


def _texts(mail: OutlookMail) -> Iterator[tuple[str, str]]:
    if mail.headers:
        yield "headers.eml", mail.headers
    if mail.text is not None and mail.text.text.strip():
        yield "text.txt", mail.text.text
    elif mail.page is not None:
        yield "text.txt", mail.page.text


def _attachment(file: Compound, attached: Attached, entry: Entry, index: int, meter: Meter) -> Generator[Event, None, bool]:
    raw = attached.name.encode("utf-8", "replace")
    yield Member(index, raw.decode(), b64(raw), "file", is_regular=True, size_claimed=entry.size, size_packed=entry.size, method="stored")
    meter.start()
    meter.feed(entry.size)
    given = 0
    for piece in file.pieces(entry):
        broken = meter.count(len(piece))
        if broken is not None:
            yield ArchiveDefect(broken, _WHAT.get(broken, _WHAT["total-limit"]), index)
            yield MemberEnd(index, given, complete=False)
            return broken.startswith("total-")
        yield piece
        given += len(piece)
    yield MemberEnd(index, given, complete=given == entry.size)
    return False


def _text(name: str, data: bytes, index: int) -> Iterator[Event]:
    raw = name.encode("utf-8", "replace")
    yield Member(index, raw.decode(), b64(raw), "file", is_regular=True, size_claimed=len(data), method="utf-8")
    yield data
    yield MemberEnd(index, len(data))
