"""The media type by content and by name: own rules for text, three engines, no file access after start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sextortion_cli
from sextortion_cli.extract.claims import agree, claimed_type
from sextortion_cli.extract.engines import PureMagic, system_libmagic, wheel_libmagic
from sextortion_cli.extract.mediatype import MediaTyper, content_class, describe, prepare

PACKAGE = str(Path(sextortion_cli.__file__).parents[1])
CHAT = "[12.03.2026, 21:05:11] Kari Eksempel: hei, du\n[12.03.2026, 21:05:12] Ola Eksempel: ja, hva, da\n" * 5


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (CHAT.encode(), "text/plain"),
        ("12/03/2026, 21:05 - Kari Eksempel: å, nei\n".encode() * 9, "text/plain"),
        (CHAT.encode("utf-16"), "text/plain"),
        ("blåbærsyltetøy på brød\n".encode("latin-1") * 5, "text/plain"),
        (b'{"messages": [', "application/json"),
        (b"\xef\xbb\xbf[\n {", "application/json"),
        (b"[1, 2, 3]", "application/json"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"<?xml version='1.0'?><smses>", "application/xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "text/vcard"),
        (b"SQLite format 3\x00" + bytes(84), "application/vnd.sqlite3"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"", "application/x-empty"),
    ],
)
def test_content_decides(head: bytes, expected: str) -> None:
    assert prepare().of(head) == expected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"])
def test_pictures(kind: str, picture: Callable[..., bytes]) -> None:
    expected = "image/heic" if kind == "HEIF" else f"image/{kind.lower()}"
    found = describe(picture(kind)[:65536], f"a.{kind.lower()}")
    assert (found.media_type, found.content_class, found.agrees) == (expected, "picture", True)


@pytest.mark.parametrize("maker", [system_libmagic, wheel_libmagic, PureMagic])
def test_engines_agree_on_pictures(maker: Callable[[], object], picture: Callable[..., bytes]) -> None:
    # python-magic binds to one library per process, so each engine is tried in a process of its own.
    code = (
        "import os, sys\nfrom sextortion_cli.extract import engines, mediatype\nbefore = dict(os.environ)\n"
        f"typer = mediatype.MediaTyper((engines.{maker.__name__},))\nassert dict(os.environ) == before\n"
        "import ctypes; assert not hasattr(ctypes.CDLL, '__init_orig__')\n"
        "print(typer.engine, typer.of(sys.stdin.buffer.read()))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], input=picture("PNG"), capture_output=True, check=True, env={**os.environ, "PYTHONPATH": PACKAGE}
    )
    engine, _, kind = result.stdout.decode().strip().rpartition(" ")
    if engine == "none":
        pytest.skip("this engine is not installed here")
    assert kind == "image/png"


def test_without_any_engine_signatures_still_hold() -> None:
    typer = MediaTyper(())
    assert typer.engine == "none"
    assert typer.of(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert typer.of(CHAT.encode()) == "text/plain"
    assert typer.of(b"\x00\x01\x02") == "application/octet-stream"


def test_name_and_content_beside_each_other() -> None:
    found = describe(b"<html><script>", "bilde.jpg")
    assert (found.media_type, found.claimed, found.agrees, found.content_class) == ("text/html", "image/jpeg", False, "html")
    assert claimed_type("gpj.exe") == "application/x-msdownload"
    assert claimed_type("jpg") is None
    assert agree("application/zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert not agree("application/zip", "image/png")
    assert content_class("application/gzip") == "archive"


def test_a_disc_image_is_known_by_what_lies_at_32_kib() -> None:
    image = bytes(32768) + b"\x01CD001\x01\x00" + bytes(24000)
    assert describe(image, "disc.iso").media_type == "application/x-iso9660-image"


def test_a_polyglot_is_a_picture_first() -> None:
    assert prepare().of(b"GIF89a/*<html>*/=1;") == "image/gif"


def test_no_file_is_opened_after_prepare(picture: Callable[..., bytes], tmp_path: object) -> None:
    """In a process whose limit of open files is nought, types and metadata are still found."""
    pytest.importorskip("resource")
    code = """
import os, resource, sys
from sextortion_cli.extract import mediatype
from sextortion_cli.extract.metadata import read
typer = mediatype.prepare()
read.prepare(heif=True)
files = [os.open(name, os.O_RDONLY) for name in sys.argv[1:]]
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
try:
    os.open('/dev/null', os.O_RDONLY)
except OSError:
    pass
else:
    sys.exit('the limit does not hold')
for fd in files:
    head = os.pread(fd, 65536, 0)
    kind = typer.of(head)
    found = list(read.facts(fd, os.fstat(fd).st_size, 'a', kind, typer))
    faults = [item for item in found if type(item).__name__ == 'ReadFault']
    assert not faults, faults
    assert any(getattr(item, 'name', '') in ('exif:Make', 'gif:comment') for item in found), kind
print('ok')
"""
    paths = []
    for kind in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"):
        path = tmp_path / kind  # type: ignore[operator]
        path.write_bytes(picture(kind))
        paths.append(str(path))
    result = subprocess.run(
        [sys.executable, "-c", code, *paths], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": PACKAGE}
    )
    assert result.stdout.strip() == b"ok", result.stderr.decode()
