"""Builders of pictures, archives and files for the extract room; everything is made here, nobody in it exists."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, PngImagePlugin

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:CreatorTool="Tegn 3" '
    b'xmp:CreateDate="2026-03-12T21:05:11+01:00"><dc:creator><rdf:Seq><rdf:li>Kari Eksempel</rdf:li><rdf:li>Ola Eksempel</rdf:li></rdf:Seq></dc:creator>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.fixture
def fd_of() -> Iterator[Callable[[bytes], int]]:
    """Return a function that puts bytes behind a read-only descriptor."""
    opened: list[int] = []

    def make(data: bytes) -> int:
        fd, path = tempfile.mkstemp()
        with open(fd, "wb") as file:
            file.write(data)
        opened.append(os.open(path, os.O_RDONLY))
        os.unlink(path)
        return opened[-1]

    yield make
    for fd in opened:
        os.close(fd)


def exif() -> Image.Exif:
    """Return Exif with maker, times, offset, comment and a position in the sea off Norway."""
    block = Image.Exif()
    block[0x010F], block[0x0110], block[0x0131], block[0x0132], block[0x0112] = "Fabrikk", "Modell 7", "App 1.2", "2026:03:12 21:05:12", 6
    sub = block.get_ifd(0x8769)
    sub[0x9003], sub[0x9011], sub[0x9004], sub[0x9000] = "2026:03:12 21:05:11", "+01:00", "2026:03:12 21:05:11", b"0232"
    sub[0x9286] = b"ASCII\x00\x00\x00Screenshot"
    sub[0x927C] = b"MAKERNOTE" * 10
    gps = block.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (59.0, 54.0, 50.04), "W", (10.0, 45.0, 8.0)
    gps[5], gps[6], gps[7], gps[29] = b"\x01", 23.5, (20.0, 5.0, 11.0), "2026:03:12"
    return block


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Return a function that makes a picture in a format with all its metadata."""

    def make(kind: str, width: int = 40, height: int = 30) -> bytes:
        import pillow_heif

        pillow_heif.register_heif_opener()
        image, out = Image.new("RGB", (width, height), (200, 30, 60)), io.BytesIO()
        if kind == "JPEG":
            image.save(out, "JPEG", exif=exif(), comment="en kommentar", xmp=XMP)
            return out.getvalue()
        if kind == "PNG":
            info = PngImagePlugin.PngInfo()
            info.add_text("Software", "Skjerm 1")
            info.add_text("Comment", "lang " * 50, zip=True)
            info.add_itxt("Title", "blåbær", "nb", "Tittel", zip=True)
            info.add_itxt("XML:com.adobe.xmp", XMP.decode())
            image.save(out, "PNG", pnginfo=info, exif=exif(), dpi=(300, 300))
            return out.getvalue()
        if kind == "GIF":
            image.save(out, "GIF", comment=b"en kommentar")
            return out.getvalue()
        if kind == "TIFF":
            # Pillow writes sub-directories into a TIFF only when they were read from a file.
            image.save(out, "TIFF", exif=Image.open(io.BytesIO(make("JPEG"))).getexif())
            return out.getvalue()
        image.save(out, kind, exif=exif(), xmp=XMP)
        return out.getvalue()

    return make
