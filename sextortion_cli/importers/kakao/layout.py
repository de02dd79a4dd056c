"""How KakaoTalk's text exports are built: first lines, day headings, and the one form of message that a file has."""

from __future__ import annotations

import re
from typing import NamedTuple

from sextortion_cli.importers.lines.stamps import Clock, Stamp, clock_text, join, take
from sextortion_cli.importers.lines.textlines import Line
from sextortion_cli.model.reading import Attachment, MessageKind

_HALF = r"(?:오전|오후|[AaPp]\.?[Mm]\.?|午前|午後)"
_CLOCK = rf"(?:{_HALF} ?)?\d{{1,2}}:\d\d(?::\d\d)?(?: ?{_HALF})?"
_DATE = r"(?:\d{4}년 \d{1,2}월 \d{1,2}일|\d{4}[.\-/] ?\d{1,2}[.\-/] ?\d{1,2}\.?|\d{4}年\d{1,2}月\d{1,2}日|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
_DAY_NAME = r"(?:,? ?(?:[^\W\d_]{1,9}요일|[A-Z][a-z]{5,8}|.曜日))?"
#: The forms of a message's first line: date and time, time only (iPhone), name and time in brackets (Windows).
FORMS = {
    "whole": re.compile(rf"(?P<stamp>{_DATE}(?:,| at)? {_CLOCK})(?:, (?P<rest>)|: (?P<app>))"),
    "time": re.compile(rf"(?P<stamp>{_CLOCK})(?:, (?P<rest>)|: (?P<app>))"),
    "bracket": re.compile(rf"\[(?P<name>[^\n]{{1,120}}?)\] \[(?P<stamp>{_CLOCK})\](?: |\Z)"),
}
DAY = re.compile(
    rf"(?:-{{5,40}} (?P<ruled>(?:[A-Z][a-z]{{5,8}}, )?{_DATE}{_DAY_NAME}) -{{5,40}}|(?P<bare>(?:[A-Z][a-z]{{5,8}}, )?{_DATE}{_DAY_NAME}(?:(?:,| at)? {_CLOCK})?))\Z"
)
_LONGEST = 120
TITLES = (
    re.compile(r"(?P<room>.{1,200}?)(?: 님과)? 카카오톡 대화\Z"),
    re.compile(r"(?:KakaoTalk Chats? with (?P<room>.{1,200})|(?P<group>.{1,200}?) KakaoTalk Chats?(?: Log)?)\Z"),
    re.compile(r"(?P<room>.{1,200}?)(?: ?さん)?との(?:カカオトーク|トーク).{0,20}\Z"),
)
SAVED = re.compile(r"(?:저장한 날짜|Date Saved|保存した日付|保存日) ?[:：] ?(?P<date>.{6,60})\Z")
#: On Android, app notices stand without a name; the same words end them on every phone.
_NOTICE = re.compile(
    r".{1,120}(?:들어왔습니다|나갔습니다|초대했습니다|내보냈습니다|joined this chatroom|left this chatroom|invited .{1,80})\.?\Z"
)
_DELETED = frozenset(["삭제된 메시지입니다.", "This message was deleted.", "Message deleted.", "メッセージが削除されました。"])
_MEDIA = {
    "사진": "image", "Photo": "image", "写真": "image", "동영상": "video", "Video": "video", "動画": "video", "이모티콘": "sticker",
    "Emoticon": "sticker", "Emoticons": "sticker", "スタンプ": "sticker", "음성메시지": "audio", "Voice Note": "audio", "Voice message": "audio",
}  # fmt: skip
_SEVERAL = re.compile(r"(?:사진 \d{1,3}장|\d{1,3} [Pp]hotos|Photos? ?\(\d{1,3}\))\Z")
_FILE = re.compile(r"(?:파일|File|ファイル): ?(?P<name>[^\n]{1,255})\Z")
_CALL = re.compile(r"(?:보이스톡|페이스톡|그룹콜|Voice ?[Cc]all|Video ?[Cc]all|VoiceTalk|FaceTalk)(?:\Z|[ :].{0,60}\Z)")


class Seen(NamedTuple):
    """What a line is: a day heading (`day`), or a message whose time is `stamp` and whose text begins at `rest`."""

    day: str = ""
    stamp: str = ""
    name: str = ""
    rest: int = 0
    by_app: bool = False


def is_day_line(data: bytes) -> bool:
    """Say whether bytes are one day heading and empty lines."""
    first, _, rest = data.decode("utf-8", "replace").removeprefix("\ufeff").partition("\n")
    return not rest.strip() and DAY.match(first.removesuffix("\r")) is not None


class Opener:
    """
    Sees the day headings and the messages of one form; a heading that would go back in time is text.

    Args:
        form: Name in `FORMS`.
    """

    def __init__(self, form: str) -> None:
        self._form = form
        self._pattern = FORMS[form]
        self._last = ""

    def __call__(self, line: Line) -> Seen | None:
        """Return what `line` is, None for one that belongs to what stands above it."""
        text = line.text
        found = self._pattern.match(text)
        if found is not None:
            part = found.groupdict()
            return Seen("", part["stamp"], part.get("name") or "", found.end(), part.get("app") is not None)
        if len(text) <= _LONGEST and (day := DAY.match(text)) is not None and (day["ruled"] or self._form != "bracket"):
            written = day["ruled"] or day["bare"]
            stamp = take(written)
            date = None if stamp is None else Clock(lambda: [written], None).day(stamp)
            if date is not None and date >= self._last:
                self._last = date
                return Seen(day=written)
        return None


def form_of(lines: list[str]) -> str | None:
    """Return the commonest form of messages in a sample, or None when there is none."""
    counts = {form: sum(bool(pattern.match(line)) for line in lines) for form, pattern in FORMS.items()}
    best = max(counts, key=lambda form: counts[form])
    return best if counts[best] else None


def local_of(seen: Seen, day: str | None, clock: Clock) -> str | None:
    """Return the local time of a message under a day heading (``2026-03-12``)."""
    stamp = take(seen.stamp)
    if stamp is not None and stamp.hour:
        return join(clock.day(stamp), stamp)
    bare = take(f"2000-01-01 {seen.stamp}")
    return None if bare is None or day is None or not bare.hour else _joined(day, bare)


def _joined(day: str, stamp: Stamp) -> str | None:
    clock = clock_text(stamp.hour, stamp.minute, stamp.second, stamp.period)
    return None if clock is None else f"{day}T{clock}"


def is_notice(text: str) -> bool:
    """Say whether a line without a name is one of the app."""
    return _NOTICE.match(text) is not None


def what_of(text: str) -> tuple[MessageKind, tuple[Attachment, ...]]:
    """Return what a text stands for, by the app's words; anybody could have typed them."""
    if text in _DELETED:
        return "deleted", ()
    if text in _MEDIA:
        return "media", (Attachment(media=_MEDIA[text], note=text),)
    if _SEVERAL.match(text):
        return "media", (Attachment(media="image", note=text),)
    if (found := _FILE.match(text)) is not None:
        return "media", (Attachment(found["name"], "document", text),)
    return ("call" if _CALL.match(text) else "text"), ()
