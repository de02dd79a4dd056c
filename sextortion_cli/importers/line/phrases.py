"""The app's own words in LINE's text exports."""

from __future__ import annotations

import re
from typing import NamedTuple

from sextortion_cli.model.reading import MessageKind

#: A line that is nothing but a date, with or without the name of the day.
DATE = re.compile(
    r"(?:[^\W\d_]{1,12}\.?,? )?(?P<date>\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,4}\.?|\d{4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일])"
    r"(?: ?[(（][^()（）\d]{1,12}[)）]| ?[^\W\d_]{1,14})?\Z"
)
#: Words in square brackets that stand for what was sent, per kind.
_MEDIA = {
    "image": "Photo|Image|Photos|写真|画像|照片|圖片|图片|사진|รูป|รูปภาพ|Foto|Bilde|Bild|Imagen",
    "video": "Video|Videos|動画|影片|视频|동영상|วิดีโอ",
    "audio": "Voice message|Audio|Voice note|ボイスメッセージ|音声メッセージ|語音訊息|语音信息|음성메시지|ข้อความเสียง|Mensaje de voz|Sprachnachricht",
    "sticker": "Sticker|Stickers|スタンプ|貼圖|贴图|스티커|สติกเกอร์",
    "gif": "GIF",
    "document": "File|ファイル|檔案|文件|파일|ไฟล์|Fil|Datei|Archivo",
    "contact": "Contact|連絡先|聯絡資訊|联系信息|연락처|Kontakt|Contacto",
    "location": "Location|位置情報|位置訊息|位置信息|위치정보|Ubicación|Standort|Sted",
}
_BY_WORD = {word.casefold(): media for media, words in _MEDIA.items() for word in words.split("|")}
_OTHER = frozenset(
    ["album", "note", "gift", "payment", "poll", "アルバム", "ノート", "ギフト", "送金", "投票", "相簿", "記事本", "投票", "앨범", "노트"]
)
_BRACKET = re.compile(r"\[(?P<word>[^\[\]\n]{1,40})\](?: (?P<name>[^\n]{1,255}))?\Z")
_UNSENT = re.compile(
    r"(?:.{1,80} )?unsent a message\.?\Z|(?:.{1,80}が)?メッセージの送信を取り消しました。?\Z|(?:.{1,80})?(?:已收回訊息|收回了訊息|已撤回了?信息)。?\Z"
    r"|(?:.{1,80})?(?:님이 )?메시지(?:를|가) (?:보내기를 )?(?:취소|삭제)(?:했습니다|하였습니다|되었습니다)\.?\Z|.{1,80}ยกเลิกข้อความ\Z"
)
_CALL = re.compile(
    r"☎|Call time \d|Missed call|No answer|Canceled call|Call canceled|通話時間 ?\d|不在着信|応答なし|キャンセル\Z|通話時間|未接來電|통화시간|부재중"
)
_EVENT = re.compile(
    r".{1,120}(?:joined the (?:group|chat)|left the (?:group|chat)|invited .{1,80}|changed the group (?:name|profile).{0,120}|unsent a message)\.?\Z"
    r"|.{1,120}が(?:グループに参加|グループを退会|.{1,80}をグループに招待|メッセージの送信を取り消|グループ名を.{1,80}に変更)しました。?\Z"
    r"|.{1,120}(?:加入群組|退出群組|已收回訊息)。?\Z"
)
_PARTNER = re.compile(
    r"(?:Chat history (?:with|in) (?P<en>.+)|(?P<ja>.+)とのトーク履歴|(?P<ja2>.+)のトーク履歴|[與与](?P<zh>.+)的(?:聊天記錄|聊天记录|對話紀錄)"
    r"|(?P<ko>.+?)(?:님과의 대화|의 대화내용|와의 대화)|ประวัติการ(?:สนทนา|แชท)กับ ?(?P<th>.+)|Chatverlauf mit (?P<de>.+)|Historial de chat con (?P<es>.+)"
    r"|Chatlogg med (?P<nb>.+))\Z"
)


class What(NamedTuple):
    """What a text is: its kind, what was sent in its place, and that file's name."""

    kind: MessageKind
    media: str | None = None
    name: str | None = None


def what_of(text: str, has_sender: bool) -> What:
    """Return what a text is, by the app's own words; anybody could have typed them."""
    first, _, further = text.partition("\n")
    if not further:
        if _UNSENT.match(first):
            return What("deleted")
        if _CALL.match(first):
            return What("call")
        found = _BRACKET.match(first)
        if found is not None:
            word = found["word"].casefold()
            if word in _BY_WORD and (found["name"] is None or _BY_WORD[word] in ("document", "location", "contact")):
                return What("media", _BY_WORD[word], found["name"])
            if word in _OTHER:
                return What("other")
    return What("text" if has_sender else "service")


def is_date_line(data: bytes) -> bool:
    """Say whether bytes are one date line and empty lines, and nothing else."""
    first, _, rest = data.decode("utf-8", "replace").removeprefix("\ufeff").partition("\n")
    return not rest.strip() and DATE.match(first.removesuffix("\r")) is not None


def is_event(line: str) -> bool:
    """Say whether a line without columns tells of the group rather than quoting somebody."""
    return _EVENT.match(line) is not None


def partner_of(title: str) -> str | None:
    """Return with whom a conversation is, from the first line of an export, or None."""
    found = _PARTNER.match(title.strip())
    return next((part for part in found.groups() if part), None) if found else None
