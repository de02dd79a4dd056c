"""
The gate: a marked picture among text, stated to show maybe a minor, leaves no byte of itself anywhere.

Not plain, not inflated, not as base64 in any alignment, not as hex, not as its thumbnail: not in the case, its index, its log, the
temporary folder or a report. The text beside it is kept, and the picture is listed by reference.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import lzma
import random
import sqlite3
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

CHAT = "13.03.2026, 21:05 - Lina: Hei\n13.03.2026, 21:06 - Lina: \u200eIMG-20260313-WA0001.jpg (fil vedlagt)\n13.03.2026, 21:07 - Lina: 20 000 kroner\n"
WINDOW = 12


def marked() -> tuple[bytes, bytes, bytes]:
    """Return a JPEG with a thumbnail, a PNG, and the pixels of the PNG; nothing of them occurs anywhere else."""
    rng = random.Random(2018)
    picture = Image.frombytes("RGB", (48, 48), rng.randbytes(48 * 48 * 3))
    jpeg, png, small = io.BytesIO(), io.BytesIO(), io.BytesIO()
    picture.resize((16, 16)).save(small, "JPEG")
    exif = Image.Exif()
    exif[0x0110] = "Marked Phone"
    picture.save(jpeg, "JPEG", exif=exif, comment=small.getvalue())
    picture.save(png, "PNG")
    return jpeg.getvalue(), png.getvalue(), picture.tobytes()


JPEG, PNG, PIXELS = marked()


def traces() -> dict[str, set[bytes]]:
    """Return, by form, windows all over the picture that must be nowhere."""
    found: dict[str, set[bytes]] = {}
    for name, data in (("jpeg", JPEG), ("png", PNG), ("pixels", PIXELS), ("deflated", zlib.compress(JPEG))):
        core = data[64:-16]  # the first bytes are those of every file of the kind
        found[name] = {core[at : at + WINDOW] for at in range(0, len(core) - WINDOW, 61)}
        for shift in range(3):
            text = base64.b64encode(data[64 + shift : -16])
            found[f"{name}-base64-{shift}"] = {text[at : at + 16] for at in range(0, len(text) - 16, 80)}
        text = data[64:-16].hex().encode()
        found[f"{name}-hex"] = {text[at : at + 24] for at in range(0, len(text) - 24, 120)}
    return found


TRACES = traces()


def every_byte(*folders: Path) -> dict[str, bytes]:
    """Return what lies in the folders, and what compressed files there hold."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                found[str(path)] = data
                if data[:2] == b"\x1f\x8b":
                    found[f"{path} (inflated)"] = gzip.decompress(data)
    return found


def leaks(found: dict[str, bytes]) -> list[str]:
    """Return where a window of the picture stands, and in which form."""
    seen = []
    for place, data in found.items():
        # lines, quotes and the zeros of UTF-16 taken out: in however small pieces it is there, it is there
        folded = data.lower().translate(None, b" \t\r\n\"',|\x00")
        for form, windows in TRACES.items():
            hay = folded if "base64" in form or "hex" in form else data
            needles = {window.lower() for window in windows} if "base64" in form or "hex" in form else windows
            if any(needle in hay for needle in needles):
                seen.append(f"{form} in {place}")
    return seen


def zipped(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("WhatsApp-chat med Lina.txt", CHAT)
        archive.writestr("IMG-20260313-WA0001.jpg", JPEG)
        archive.writestr("skjult/notat.txt.png", PNG)
        archive.writestr("data.json", json.dumps({"note": "tekst ved siden av", "picture": base64.b64encode(JPEG).decode()}))
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in (("chat.txt", CHAT.encode()), ("bilde.jpg", JPEG), ("bilde.png", PNG)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def wrapped(data: bytes, width: int, end: bytes) -> bytes:
    return end.join(data[at : at + width] for at in range(0, len(data), width))


def odd_zip() -> bytes:
    """The picture in every corner of an archive: inside another one, in a name, a comment, an extra field, in two members as text."""
    out = io.BytesIO()
    text = base64.b64encode(JPEG)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", zipped(zipfile.ZIP_STORED))
        archive.writestr("bilde.jpg.gz", gzip.compress(JPEG))
        archive.writestr("med/" + base64.urlsafe_b64encode(JPEG).decode() + ".txt", "tekst ved siden av")
        archive.writestr("del-1.txt", text[: len(text) // 2])
        archive.writestr("del-2.txt", text[len(text) // 2 :])
        archive.writestr("bilde.txt", JPEG)
        noted = zipfile.ZipInfo("notat.txt")
        noted.comment, noted.extra = JPEG[64:], b"\x99\x99" + (1000).to_bytes(2, "little") + JPEG[64:1064]
        archive.writestr(noted, "tekst ved siden av, igjen")
        archive.comment = JPEG[64:1500]
    return out.getvalue()


def database() -> bytes:
    found = sqlite3.connect(":memory:")
    found.execute("create table message (text, thumbnail)")
    found.execute("insert into message values (?, ?)", (CHAT, JPEG))
    found.commit()
    return found.serialize()


B64 = base64.b64encode(JPEG)


def mail(*parts: bytes, head: bytes = b"") -> bytes:
    """Return a mail whose text says what the others say too, with parts of their own headers."""
    start = b"From: lina@avsender.example\r\nTo: kari@postkasse.example\r\nSubject: hei\r\n" + head
    joined = b"".join(b"--q\r\n" + part + b"\r\n" for part in parts)
    return start + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n" + joined + b"--q--\r\n"


TEXT = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(
    ("Betal 20 000 kroner, ellers ser alle bildet. " * 5).encode()
)
ENCODED = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(JPEG)
QUOTED = b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n".join(
    b"".join(b"=%02X" % byte for byte in JPEG[at : at + 24]) for at in range(0, len(JPEG), 24)
)
MAILS = {
    "med bilde.eml": mail(TEXT, b"Content-Type: image/jpeg; name=bilde.jpg\r\n" + ENCODED),
    "som tekst.eml": mail(TEXT, b"Content-Type: text/plain; charset=iso-8859-1\r\n" + ENCODED, QUOTED),
    "rått.eml": mail(TEXT, b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + JPEG),
    "i hodet.eml": mail(
        TEXT, head=b"X-Bilde: " + wrapped(B64, 70, b"\r\n ") + b"\r\nFace: " + JPEG.replace(b"\n", b"").replace(b"\r", b"") + b"\r\n"
    ),
    "i navnet.eml": mail(TEXT, b'Content-Type: image/jpeg; name="' + B64[:1900] + b'"\r\n' + ENCODED),
    "gammel.eml": mail(
        "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGammel post på blåbær, med ord nok til å være tekst.".encode(
            "latin-1"
        ),
        b"Content-Type: image/jpeg\r\n" + ENCODED,
    ),
    "i en annen.eml": mail(TEXT, b"Content-Type: message/rfc822\r\n\r\n" + mail(TEXT, b"Content-Type: image/jpeg\r\n" + ENCODED)),
    "side.eml": mail(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"<p>hei</p><img src='data:image/jpeg;base64," + B64 + b"'>")
    ),
    "post.mbox": b"".join(
        b"From lina@avsender.example Thu Mar 12 20:05:12 2026\n"
        + mail(TEXT, b"Content-Type: image/jpeg; name=b%d.jpg\r\n" % number + ENCODED)
        + b"\n"
        for number in range(2)
    ),
}
FILES = {
    "odd.zip": odd_zip(),
    "document.docx": zipped(zipfile.ZIP_DEFLATED).replace(b"data.json", b"mimetype."),
    "chat.db": database(),
    "tekst.xz": lzma.compress(B64),
    "side.pdf": b"%PDF-1.4\n1 0 obj << /Filter /ASCIIHexDecode >> stream\n" + JPEG.hex().encode() + b">\nendstream\n",
    "tegning.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/jpeg;base64," + B64 + b"'/></svg>",
    "bred.txt": ("tekst ved siden av\n" + B64.decode() + "\n").encode("utf-16"),
    "smal.plist": b"<?xml version='1.0'?>\n<plist><data>\n\t\t\t\t" + wrapped(B64, 16, b"\n\t\t\t\t") + b"\n</data></plist>",
    "spredt.txt": b"tekst ved siden av " + wrapped(B64, 4, b" ") + b" slutt\n",
    "rader.csv": b"id,data\n1,tekst\n" + wrapped(JPEG.hex().encode(), 32, b'","') + b"\n",
    "tall.json": json.dumps([{"b": byte} for byte in JPEG]).encode(),
    "boks.mbox": b"From x\nFrom: lina@example.org\n\nhei\n" + wrapped(base64.urlsafe_b64encode(JPEG), 38, b"\n> ") + b"\n\n",
    "escapet.json": json.dumps({"t": JPEG.decode("latin-1")}).encode(),
    "linjevis.txt": b"".join(b"13.03.2026, 21:05 - Lina: " + B64[at : at + 60] + b"\n" for at in range(0, len(B64), 60)),
    "stored.zip": zipped(zipfile.ZIP_STORED),
    "deflated.zip": zipped(zipfile.ZIP_DEFLATED),
    "archive.tar.gz": tarred(),
    "page.html": b"<html><p>tekst ved siden av</p><img src='data:image/jpeg;base64," + base64.b64encode(JPEG) + b"'><p>mer</p></html>",
    "mail.eml": b"From: lina@example.org\nSubject: hei\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ntekst\n--x\n"
    b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(PNG) + b"\n--x--\n",
    **MAILS,
    "export.json": json.dumps({"messages": [{"text": "tekst", "hex": PNG.hex()}]}).encode(),
    "picture.jpg": JPEG,
    "picture.png": PNG,
    "chat.txt": CHAT.encode(),
}


@pytest.mark.parametrize(
    "shows", ["maybe-minor", pytest.param("unknown", marks=pytest.mark.slow), pytest.param(None, marks=pytest.mark.slow)]
)
def test_no_byte_of_the_picture_anywhere(casefile, tmp_path: Path, shows: str | None) -> None:
    sources, temporary, case = tmp_path / "sources", tmp_path / "temporary", tmp_path / "case"
    sources.mkdir()
    temporary.mkdir()
    for name, data in FILES.items():
        (sources / name).write_bytes(data)
    here = {"TMPDIR": str(temporary)}
    casefile("new", case, "--minor", "unknown" if shows != "unknown" else "yes", environment=here)
    stated = () if shows is None else ("--shows", shows)
    items = casefile("import", sources, "--case", case, *stated, "--json", environment=here, status=None).json["items"]
    for kind in ("json", "markdown"):
        (tmp_path / f"report.{kind}").write_text(
            casefile("report", "--format", kind, "--case", case, environment=here).out, encoding="utf-8"
        )
    out = "".join(
        casefile(command, "--case", case, environment=here).out for command in ("items", "messages", "metadata", "timeline", "defects")
    )
    (tmp_path / "screens.txt").write_text(out, encoding="utf-8")

    found = {place: data for place, data in every_byte(tmp_path).items() if not place.startswith(str(sources))}
    assert leaks(found) == []
    by_name = {item["name"]: item for item in items}
    assert by_name["picture.jpg"]["status"] == by_name["picture.png"]["status"] == "by-reference"
    assert by_name["stored.zip"]["status"] == "by-reference"
    assert by_name["chat.txt"]["status"] in ("read", "duplicate")
    assert by_name["WhatsApp-chat med Lina.txt"]["units"] is None or by_name["WhatsApp-chat med Lina.txt"]["units"]["messages"] == 3
    assert any(message["text"] == "20 000 kroner" for message in casefile("messages", "--case", case, "--jsonl").lines)
    kept = b"".join(data for place, data in found.items() if "/objects/" in place)
    assert b"tekst ved siden av" in kept, "text beside an embedded picture is kept"
    assert casefile("verify", "--case", case, "--json").json["ok"]


@pytest.mark.slow
def test_text_of_mails_is_read_and_their_pictures_are_listed(casefile, tmp_path: Path) -> None:
    """What may not be copied is a mail all the same: who wrote what, and what hangs on it."""
    casefile("new", tmp_path / "case", "--minor", "yes")
    for name, data in MAILS.items():
        (tmp_path / name).write_bytes(data)
    items = casefile("import", *(tmp_path / name for name in MAILS), "--case", tmp_path / "case", "--json", status=3).json["items"]
    assert leaks(every_byte(tmp_path / "case")) == []
    by_id = {item["exhibit"]: item for item in items}
    assert {by_id[item["exhibit"]]["status"] for item in items if item["name"] in MAILS} == {"by-reference"}
    messages = casefile("messages", "--case", tmp_path / "case", "--jsonl").lines
    by_source = {by_id[by_id[message["exhibit"]]["parent"]]["name"] for message in messages}
    assert by_source >= {"med bilde.eml", "som tekst.eml", "gammel.eml", "post.mbox", "side.eml", "i navnet.eml"}
    assert sum("Betal 20 000 kroner" in message["text"] for message in messages) >= 6
    assert any("blåbær" in message["text"] for message in messages)
    left = [
        item for item in items if item["parent"] and by_id[item["parent"]]["name"] == "med bilde.eml" and item["status"] == "by-reference"
    ]
    assert [item["name"] for item in left] == ["bilde.jpg"]
    named = [attachment["exhibit"] for message in messages for attachment in message["attachments"] if attachment["name"] == "bilde.jpg"]
    assert left[0]["exhibit"] in named


def test_the_search_itself_finds_a_leak(tmp_path: Path) -> None:
    """The control: were the picture there in any of its forms, this test would see it."""
    for number, data in enumerate((JPEG, PNG, base64.b64encode(JPEG)[1:], PIXELS, PNG.hex().encode(), gzip.compress(JPEG))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "x").write_bytes(b"before" + data + b"after" if data[:2] != b"\x1f\x8b" else data)
        assert leaks(every_byte(folder))


def test_stated_harmless_is_copied(casefile, tmp_path: Path) -> None:
    """The other way round: a person who states that nothing intimate is shown gets everything sealed."""
    (tmp_path / "a.zip").write_bytes(FILES["deflated.zip"])
    casefile("new", tmp_path / "case")
    items = casefile("import", tmp_path / "a.zip", "--case", tmp_path / "case", "--shows", "nothing-intimate", "--json", status=None).json[
        "items"
    ]
    assert {item["status"] for item in items} <= {"read", "stored"}
    assert len(items) == 5
    messages = casefile("messages", "--case", tmp_path / "case", "--jsonl").lines
    named = [item for message in messages for item in message["attachments"]]
    assert named[0]["exhibit"]


@pytest.mark.parametrize("first", ["maybe-minor", "unknown"])
@pytest.mark.slow
def test_what_was_once_stated_to_show_a_minor_is_not_copied_on_a_later_word(casefile, tmp_path: Path, first: str) -> None:
    """Also where it was stated of a file that is by reference already; only taking the exhibit back changes it."""
    case = tmp_path / "unsure"
    casefile("new", case, "--role", "volunteer")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"PIXELS" * 9)
    casefile("import", "--case", case, tmp_path / "a.png", "--shows", first, "--no-input")
    casefile("import", "--case", case, tmp_path / "a.png", "--shows", "maybe-minor", "--no-input")
    casefile("import", "--case", case, tmp_path / "a.png", "--shows", "adults-only", "--no-input")
    assert not any(b"PIXELS" in path.read_bytes() for path in case.rglob("*") if path.is_file())
    casefile("withdraw", "A-001", "--case", case, "--why", "it was another file")
    casefile("import", "--case", case, tmp_path / "a.png", "--shows", "nothing-intimate", "--no-input")
    assert any(b"PIXELS" in path.read_bytes() for path in case.rglob("*") if path.is_file())
