"""Data of fixed seeds: invented people, reserved addresses."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import tarfile
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

WORDS = [
    "hei",
    "ja",
    "nei",
    "kanskje",
    "send",
    "penger",
    "nå",
    "eller",
    "bildet",
    "familie",
    "venner",
    "lenke",
    "konto",
    "video",
    "ikke",
    "svar",
    "takk",
    "jobb",
    "hjem",
    "kveld",
    "helg",
    "skjerm",
    "hello",
    "yes",
    "no",
    "maybe",
    "money",
    "picture",
    "friends",
    "link",
    "account",
    "never",
    "always",
    "please",
    "wait",
    "tomorrow",
    "night",
    "work",
    "home",
    "phone",
    "again",
]
PEOPLE = ("Kari Eksempel", "Ola Eksempel", "Lina Example", "+47 999 00 001")
START = datetime(2024, 1, 1, tzinfo=UTC)
BANNER = "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them."


def sentence(rng: random.Random) -> str:
    """Return three to sixteen words."""
    return " ".join(rng.choices(WORDS, k=rng.randint(3, 16)))


def whatsapp(path: Path, count: int) -> dict[str, int]:
    """Write an Android export of `count` messages and return how many messages and multi-line messages it holds."""
    rng = random.Random(1)
    when, multi = START, 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number in range(count):
            when += timedelta(seconds=rng.randint(5, 120))
            head = when.strftime("%d/%m/%Y, %H:%M - ")
            kind = rng.random()
            if number == 0 or kind < 0.002:
                out.write(head + BANNER + "\n")
                continue
            who = PEOPLE[rng.randrange(len(PEOPLE))]
            if kind < 0.022:
                body = "<Media omitted>"
            elif kind < 0.024:
                body = "This message was deleted"
            elif kind < 0.094:
                body = "\n".join(sentence(rng) for _ in range(rng.randint(2, 4)))
                multi += 1
            else:
                body = sentence(rng) + (f" https://pay.example/{number}" if kind > 0.97 else "")
            out.write(f"{head}{who}: {body}\n")
    return {"messages": count, "multiline": multi}


def telegram(path: Path, count: int) -> dict[str, int]:
    """Write a single-chat result.json of `count` messages in Telegram Desktop's own layout."""
    rng = random.Random(2)
    when = START
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{\n "name": "Lina Example",\n "type": "personal_chat",\n "id": 900000002,\n "messages": [\n')
        for number in range(count):
            when += timedelta(seconds=rng.randint(5, 120))
            name, identity = (("Lina Example", "user900000002"), ("Ola Eksempel", "user900000001"))[rng.randrange(2)]
            stamp = {"date": when.strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(int(when.timestamp()))}
            entry: dict[str, object] = {"id": number + 1}
            if rng.random() < 0.003:
                called = {"action": "phone_call", "discard_reason": "missed", "text": "", "text_entities": []}
                entry |= {"type": "service", **stamp, "actor": name, "actor_id": identity, **called}
            else:
                text = sentence(rng)
                entities = [{"type": "plain", "text": text}]
                shown: object = text
                if rng.random() < 0.1:
                    link = {"type": "link", "text": f"https://pay.example/{number}"}
                    shown, entities = [text + " ", link, ""], [{"type": "plain", "text": text + " "}, link]
                entry |= {"type": "message", **stamp, "from": name, "from_id": identity, "text": shown, "text_entities": entities}
            body = json.dumps(entry, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            out.write(f"  {body}{',' if number + 1 < count else ''}\n")
        out.write(" ]\n}")
    return {"messages": count}


def meta(folder: Path, count: int) -> dict[str, int]:
    """Write an Instagram download of `count` messages in files of 10,000, newest first, its UTF-8 as Meta writes it; one in seven is no text."""
    rng = random.Random(5)
    thread = "message_requests/linaexample_900000002"
    inner = folder / "your_instagram_activity" / "messages" / thread
    inner.mkdir(parents=True)
    people = ("Lina Example", "Ola Åsnes")
    flags = {"is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False}
    when = START + timedelta(days=600)
    photos = 0
    for number in range(0, count, 10_000):
        messages: list[dict[str, object]] = []
        for place in range(number, min(count, number + 10_000)):
            when -= timedelta(seconds=rng.randint(1, 50))
            stamp = int(when.timestamp()) * 1000 + rng.randrange(1000)
            entry: dict[str, object] = {"sender_name": _as_meta(people[rng.randrange(2)]), "timestamp_ms": stamp}
            kind = rng.random()
            if kind < 0.10:
                uri = f"your_instagram_activity/messages/{thread}/photos/{place}.jpg"
                entry["photos"] = [{"uri": uri, "creation_timestamp": stamp // 1000}]
                photos += 1
            elif kind < 0.14:
                entry["is_unsent"] = True
            else:
                entry["content"] = _as_meta(sentence(rng) + (" på én 😈" if kind > 0.8 else ""))
                if kind < 0.19:
                    entry["reactions"] = [{"reaction": _as_meta("❤"), "actor": _as_meta(people[1]), "timestamp": stamp // 1000 + 9}]
            messages.append(entry | flags)
        thread_file = {
            "participants": [{"name": _as_meta(name)} for name in people],
            "messages": messages,
            "title": people[0],
            "is_still_participant": True,
            "thread_path": thread,
            "magic_words": [],
        }
        (inner / f"message_{number // 10_000 + 1}.json").write_text(json.dumps(thread_file, indent=2), encoding="ascii", newline="\n")
    return {"messages": count, "media": photos}


def archive(path: Path, total: int) -> dict[str, int]:
    """
    Write an Instagram download of about `total` bytes as a zip, or as a tar where the name ends so: 40 conversations, 1,000 messages each.

    Nearly all of it is photos and videos that cannot be packed any tighter, each with its own bytes, from 200 KB to 150 MB.
    """
    rng = random.Random(6)
    conversations, messages = 40, 1000
    block = rng.randbytes(1 << 20)
    share, written = total // conversations, 0
    with _Packed(path) as out:
        for number in range(conversations):
            thread = f"inbox/{'linaexample' if number == 0 else f'person{number:02d}'}_{900000100 + number}"
            folder = f"your_instagram_activity/messages/{thread}"
            sizes = [share * 3 // 5, *[share // 100] * 20, *[share // 500] * 100]  # a long video, short ones, photos
            media = [
                f"{folder}/{'videos' if place < 21 else 'photos'}/{place:04d}.{'mp4' if place < 21 else 'jpg'}" for place in range(121)
            ]
            out.add(f"{folder}/message_1.json", io.BytesIO(_thread(rng, thread, messages, media)))
            for place, (name, size) in enumerate(zip(media, sizes, strict=True)):
                out.add(name, _Media(block, number * 1000 + place, size))
                written += size
    return {"conversations": conversations, "messages": conversations * messages, "in_one": messages, "bytes": written}


def _thread(rng: random.Random, thread: str, count: int, media: list[str]) -> bytes:
    name = "Lina Example" if "lina" in thread else thread.rpartition("/")[2].partition("_")[0].capitalize()
    messages: list[dict[str, object]] = []
    for place in range(count):
        entry: dict[str, object] = {
            "sender_name": (name, _as_meta("Ola Åsnes"))[place % 2],
            "timestamp_ms": 1_760_000_000_000 - place * 60_000,
        }
        if place < len(media):
            entry["videos" if media[place].endswith("mp4") else "photos"] = [{"uri": media[place], "creation_timestamp": 1_760_000_000}]
        else:
            entry["content"] = _as_meta(sentence(rng))
        messages.append(entry)
    about = {"participants": [{"name": name}, {"name": _as_meta("Ola Åsnes")}], "messages": messages, "title": name, "thread_path": thread}
    return json.dumps(about, indent=2).encode("ascii")


class _Media(io.RawIOBase):
    """A file of `size` bytes with its own beginning, made as it is read."""

    def __init__(self, block: bytes, number: int, size: int) -> None:
        self._block, self.size, self._at = block, size, 0
        self._head = b"\xff\xd8\xff\xe0" + number.to_bytes(8, "big")

    def read(self, count: int = -1) -> bytes:
        left = self.size - self._at
        count = min(left if count < 0 else count, left, 1 << 20)
        piece = (self._head + self._block)[:count] if self._at == 0 else self._block[:count]
        self._at += len(piece)
        return piece


class _Packed:
    """A zip or tar that is written member by member."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) if path.suffix == ".zip" else None
        self._tar = None if self._zip is not None else tarfile.open(path, "w")

    def __enter__(self) -> _Packed:
        return self

    def __exit__(self, *_: object) -> None:
        (self._zip or self._tar).close()  # type: ignore[union-attr]

    def add(self, name: str, data: io.RawIOBase | io.BytesIO) -> None:
        if self._zip is not None:
            with self._zip.open(zipfile.ZipInfo(name, (2026, 3, 12, 21, 5, 0)), "w", force_zip64=True) as out:
                shutil.copyfileobj(data, out, 1 << 20)
        elif self._tar is not None:
            about = tarfile.TarInfo(name)
            about.size = data.size if isinstance(data, _Media) else len(data.getvalue())  # type: ignore[attr-defined]
            self._tar.addfile(about, data)


def _as_meta(text: str) -> str:
    return text.encode().decode("latin-1")


def files(folder: Path, count: int, total: int) -> dict[str, int]:
    """Write `count` files of about `total` bytes; four of them hold 70 per cent."""
    rng = random.Random(3)
    folder.mkdir(parents=True)
    block = rng.randbytes(1 << 20)
    big, small = int(total * 0.7 / 4), max(16, int(total * 0.3 / (count - 4)))
    large = {count // 4 * quarter + 1 for quarter in range(4)}
    written = 0
    for number in range(count):
        size = big if number in large else rng.randint(small // 2, small + small // 2)
        inner = folder / f"{number // 500:03d}"
        inner.mkdir(exist_ok=True)
        with (inner / f"VID-{number:05d}.bin").open("wb") as out:
            out.write(number.to_bytes(8, "big"))
            left = size - 8
            while left > 0:
                out.write(block[: min(left, len(block))])
                left -= len(block)
        written += size
    return {"files": count, "bytes": written}


def screenshots(folder: Path, count: int) -> dict[str, int]:
    """Write phone screenshots of some 160 KB, half JPEG with EXIF, half PNG with a text chunk; every file has its own bytes."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    rng = random.Random(4)
    folder.mkdir(parents=True)
    picture = Image.new("RGB", (1080, 2340), "white")
    pen = ImageDraw.Draw(picture)
    for line in range(58):
        pen.text((40 + 400 * (line % 2), 40 * line), sentence(rng), fill=(rng.randrange(160),) * 3)
    for line in range(2340):
        for _ in range(2):
            picture.putpixel((rng.randrange(1080), line), (rng.randrange(256), rng.randrange(256), rng.randrange(256)))
    info, exif = PngInfo(), Image.Exif()
    info.add_text("Software", "Example Phone 8")
    exif[0x010F], exif[0x0110], exif[0x0131], exif[0x0132] = "Example", "Phone 8", "Camera 1.0", "2026:03:12 21:05:00"
    jpeg, png = io.BytesIO(), io.BytesIO()
    picture.save(jpeg, "JPEG", exif=exif, quality=60)
    picture.save(png, "PNG", pnginfo=info)
    head, end = png.getvalue()[:-12], png.getvalue()[-12:]
    for number in range(count):
        if number % 2:
            comment = b"\xff\xfe\x00\x0a" + f"{number:08d}".encode()
            (folder / f"IMG_{number:05d}.jpg").write_bytes(jpeg.getvalue()[:2] + jpeg.getvalue()[2:] + comment)
        else:
            chunk = b"tEXtTitle\x00" + f"{number:08d}".encode()
            whole = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
            (folder / f"Screenshot_{number:05d}.png").write_bytes(head + whole + end)
    with os.scandir(folder) as entries:
        return {"files": count, "bytes": sum(entry.stat().st_size for entry in entries)}
