"""Hostile files, made here: bombs, paths that climb, lengths that lie, loops, damaged text, two types in one."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path


def png(*chunks: tuple[bytes, bytes, int | None]) -> bytes:
    """Return a PNG of the given chunks; a third value is the length it claims."""
    out = b"\x89PNG\r\n\x1a\n"
    for kind, data, claimed in chunks:
        out += struct.pack(">I", len(data) if claimed is None else claimed) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return out


IHDR = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), None)


def zipped(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def link_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def odd_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (
            ("link", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard", tarfile.LNKTYPE, "../../x"),
            ("device", tarfile.CHRTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("../../../outside.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"hei"))
    return out.getvalue()


def exif_loop() -> bytes:
    """Return a JPEG whose EXIF directory points to itself."""
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    segment = b"Exif\x00\x00" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xd9"


def files() -> dict[str, bytes]:
    """Return hostile files by name."""
    whole = zipped([("a.txt", b"hei" * 100)])
    return {
        "bomb.zip": zipped([("zeros", bytes(256 << 20))]),
        "nested.zip": zipped([("1.zip", zipped([("2.zip", zipped([("3.zip", zipped([("4.zip", whole)]))]))]))]),
        "climb.zip": zipped(
            [("../../outside.txt", b"hei"), ("/absolute.txt", b"hei"), ("C:\\windows.txt", b"hei"), ("con", b"hei"), ("a/../../b", b"x")]
        ),
        "twice.zip": whole[:-22] + whole,
        "cut.zip": whole[:-30],
        "damaged.zip": whole[:40] + b"\xff" * 20 + whole[60:],
        "link.zip": link_zip(),
        "many.zip": zipped([(f"{number}", b"") for number in range(3000)], zipfile.ZIP_STORED),
        "odd.tar": odd_tar(),
        "deep.json": b"[" * 200_000,
        "deeper.json": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "telegram_deep.json": b'{"name":"x","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","from_id":"u","text":'
        + b"[" * 50_000,
        "long_line.txt": b"13.03.2026, 21:05 - Lina: " + b"x" * (5 << 20),
        "headers_only.txt": b"13.03.2026, 21:05 - \n" * 20_000,
        "nul.txt": b"13.03.2026, 21:05 - Lina: hei\x00\x1b[31m\x07\n" * 100,
        "escape_names.txt": "13.03.2026, 21:05 - \x1b]0;eid\x07\u202egnp.exe: hei \u2066\u200b\ud7ff\n".encode() * 10,
        "not_utf8.txt": b"13.03.2026, 21:05 - L\xefna: \xff\xfe\n" * 10,
        "lying.png": png(IHDR, (b"tEXt", b"a\x00b", 0x7FFFFFFF)),
        "negative.png": png(IHDR, (b"iTXt", b"k\x00\x01\x00\x00\x00" + b"\x00" * 9, None), (b"IEND", b"", None)),
        "text_bomb.png": png(IHDR, (b"zTXt", b"k\x00\x00" + zlib.compress(bytes(64 << 20)), None), (b"IEND", b"", None)),
        "loop.jpg": exif_loop(),
        "short.jpg": b"\xff\xd8\xff\xe1\xff\xff",
        "entities.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><x>&j;</x>",
        "outside.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/><script>1</script></svg>',
        "two_types.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<html><script>alert(1)</script></html>\xff\xd9" + whole,
        "empty": b"",
        "-rf": b"hei",
        "\x1b[31mred.txt": b"hei",
        "\u202egnp.exe": b"MZ" + bytes(100),
        "new\nline.txt": b"hei",
        "random.bin": os.urandom(4096),
    }


def build(folder: Path) -> Path:
    """Write the files."""
    folder.mkdir()
    for name, data in files().items():
        (folder / name).write_bytes(data)
    return folder
