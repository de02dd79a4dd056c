"""File facts: every value with its reader, disagreements, faults, and pictures that are never taken out."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, PngImagePlugin

from sextortion_cli.extract.mediatype import prepare
from sextortion_cli.extract.metadata.iptc import iptc_facts
from sextortion_cli.extract.metadata.read import disagreements, facts, same_value
from sextortion_cli.extract.metadata.screenshot import screenshot_hints
from sextortion_cli.extract.metadata.xmp import xmp_facts
from sextortion_cli.model.filefact import VALUE_LIMIT, Disagreement, FileFact, ReadFault, fact

Make = Callable[..., bytes]
Fd = Callable[[bytes], int]
PACKET = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Redigerer 4"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
)


def found(data: bytes, fd_of: Fd, name: str = "a") -> list[FileFact | Disagreement | ReadFault]:
    records = list(facts(fd_of(data), len(data), name, prepare().of(data[:65536]), prepare()))
    assert msgspec.json.decode(msgspec.json.encode(records))  # what cannot leave the child is lost
    return records


def values(records: list[FileFact | Disagreement | ReadFault], name: str) -> dict[str, str]:
    return {item.reader.split(" ")[0]: item.value for item in records if isinstance(item, FileFact) and item.name == name}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"])
def test_two_readers_say_the_same(kind: str, picture: Make, fd_of: Fd) -> None:
    records = found(picture(kind), fd_of)
    second = "pillow-heif" if kind == "HEIF" else "pillow"
    for name, value in (
        ("exif:Make", "Fabrikk"),
        ("exif:DateTimeOriginal", "2026:03:12 21:05:11"),
        ("exif:OffsetTimeOriginal", "+01:00"),
        ("gps:latitude", "59.9139000"),
    ):
        assert values(records, name) == {"exifread": value, second: value}
    assert values(records, "gps:longitude")["exifread"] == "-10.7522222"
    assert values(records, "gps:altitude")["exifread"] == "-23.500"
    assert values(records, "exif:UserComment")[second] == "Screenshot"
    assert not [item for item in records if isinstance(item, Disagreement | ReadFault)]
    if kind != "TIFF":
        assert values(records, "xmp:CreatorTool") == {"xmp-walk": "Tegn 3"}
        assert values(records, "xmp:dc:creator[2]") == {"xmp-walk": "Ola Eksempel"}


def test_times_carry_their_basis(picture: Make, fd_of: Fd) -> None:
    notes = {item.name: item.note for item in found(picture("JPEG"), fd_of) if isinstance(item, FileFact) and item.note}
    assert "basis explicit: offset +01:00" in notes["exif:DateTimeOriginal"]
    assert "basis unknown" in notes["exif:DateTime"]
    assert "UTC" in notes["exif:GPSTimeStamp"]
    assert "basis explicit" in notes["xmp:CreateDate"]
    assert "59/1 54/1 1251/25 N" in notes["gps:latitude"]


def test_jpeg_comment_markers_and_maker_note(picture: Make, fd_of: Fd) -> None:
    records = found(picture("JPEG"), fd_of)
    assert values(records, "jpeg:COM") == {"jpeg-walk": "en kommentar", "pillow": "en kommentar"}
    assert values(records, "exif:MakerNote") == {"pillow": "(present, 90 bytes)"}
    assert "APP1 Exif" in values(records, "jpeg:markers")["jpeg-walk"]
    assert values(records, "type:description")


def test_thumbnails_are_mentioned_and_never_shown(fd_of: Fd) -> None:
    small = io.BytesIO()
    Image.effect_noise((32, 32), 90).save(small, "JPEG")
    inner = small.getvalue()
    ifd1_at = 8 + 2 + 12 + 4
    tiff = b"MM\x00*" + struct.pack(">L", 8) + struct.pack(">HHHLHHL", 1, 0x0112, 3, 1, 1, 0, ifd1_at)
    tiff += (
        struct.pack(">H", 2)
        + struct.pack(">HHLL", 0x0201, 4, 1, ifd1_at + 30)
        + struct.pack(">HHLL", 0x0202, 4, 1, len(inner))
        + struct.pack(">L", 0)
    )
    block = b"Exif\x00\x00" + tiff + inner
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02"
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "JPEG")
    data = b"\xff\xd8" + jfif + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + plain.getvalue()[20:]
    records = found(data, fd_of)
    assert values(records, "exif:thumbnail")["exifread"] == f"(present, {len(inner)} bytes)"
    assert "2 x 2" in values(records, "jpeg:thumbnail")["jpeg-walk"]
    shown = " ".join(item.value for item in records if isinstance(item, FileFact))
    assert not any(inner[at : at + 8].hex() in shown for at in range(0, len(inner) - 8, 8))


def test_png_text_is_read_without_the_picture(picture: Make, fd_of: Fd, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the picture was decoded")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", fail)
    records = found(picture("PNG"), fd_of)
    assert values(records, "png:tEXt:Software") == {"png-walk": "Skjerm 1"}
    assert values(records, "png:iTXt:Title") == {"png-walk": "blåbær"}
    assert values(records, "png:zTXt:Comment") == {"png-walk": "lang " * 50}
    assert values(records, "png:text:Title") == {"pillow": "blåbær"}
    assert values(records, "png:pHYs")["png-walk"].endswith("per metre")
    assert not [item for item in records if isinstance(item, Disagreement | ReadFault)]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def test_png_after_the_picture_time_crc_and_bombs(picture: Make, fd_of: Fd) -> None:
    plain = picture("PNG")
    end = plain.rfind(b"IEND") - 4
    late = chunk(b"tIME", struct.pack(">HBBBBB", 2026, 3, 12, 20, 5, 11)) + chunk(b"tEXt", b"Late\x00found")
    bomb = chunk(b"zTXt", b"Bomb\x00\x00" + zlib.compress(bytes(50_000_000)))
    bad = bytearray(chunk(b"tEXt", b"Bad\x00crc"))
    bad[-1] ^= 1
    records = found(plain[:end] + late + bomb + bytes(bad) + plain[end:] + b"after", fd_of)
    assert values(records, "png:tIME") == {"png-walk": "2026-03-12T20:05:11"}
    assert values(records, "png:tEXt:Late") == {"png-walk": "found"}
    assert values(records, "png:tEXt:Bad") == {"png-walk": "crc"}
    assert values(records, "png:after-end") == {"png-walk": "(5 bytes)"}
    codes = {item.code for item in records if isinstance(item, ReadFault)}
    assert {"crc-tEXt", "inflate-limit-zTXt"} <= codes
    assert next(item for item in records if isinstance(item, FileFact) and item.name == "png:zTXt:Bomb").cut


def test_a_huge_picture_is_a_fault_and_keeps_its_other_facts(fd_of: Fd) -> None:
    header = chunk(b"IHDR", struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"Software\x00App") + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    records = found(data, fd_of)
    assert "too-many-pixels" in {item.code for item in records if isinstance(item, ReadFault)}
    assert values(records, "image:width") == {"png-walk": "60000"}
    assert values(records, "png:tEXt:Software") == {"png-walk": "App"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"])
def test_damage_gives_faults_and_never_an_exception(kind: str, picture: Make, fd_of: Fd) -> None:
    data = picture(kind)
    variants = [data[: len(data) * part // 7] for part in range(1, 7)]
    for step in range(0, min(len(data), 1400), 17):
        flipped = bytearray(data)
        flipped[step] ^= 0xFF
        variants.append(bytes(flipped))
    media_type = prepare().of(data)
    for variant in variants:
        for record in facts(fd_of(variant), len(variant), "a", media_type):
            assert isinstance(record, FileFact | Disagreement | ReadFault)
    cut = list(facts(fd_of(data[: len(data) // 9]), len(data) // 9, "a", media_type))
    # What is missing from a TIFF after its directory is picture data, which nobody here looks at.
    assert kind == "TIFF" or any(isinstance(item, ReadFault) for item in cut)


def test_disagreements_are_shown_and_ways_of_writing_are_not() -> None:
    said = [
        fact("exif:Make", "A", "one 1"),
        fact("exif:Make", "B", "two 2"),
        fact("exif:ExposureTime", "10/600", "one 1"),
        fact("exif:ExposureTime", "1/60", "two 2"),
    ]
    assert list(disagreements(said)) == [Disagreement("exif:Make", (("one 1", "A"), ("two 2", "B")))]
    assert same_value("Blåbær", "Blåbær".encode().decode("latin-1"))
    assert same_value("72/1", "72")
    assert not same_value("1 2", "1 3")
    assert not same_value("1/0", "1")


def test_long_values_are_cut_and_say_so() -> None:
    long = fact("x:y", "a" * (VALUE_LIMIT + 1), "r 1")
    assert long.cut
    assert len(long.value) == VALUE_LIMIT
    assert fact("x:y", "a\ud800b", "r 1").value == "a?b"


def test_hints_are_called_hints() -> None:
    hints = {
        item.name: item for item in screenshot_hints("Screenshot_20260312-210512.png", {"image:width": "1080", "image:height": "2400"})
    }
    assert hints["hint:name-time"].value == "2026-03-12T21:05:12"
    assert {"hint:no-camera", "hint:phone-screen-size", "hint:screenshot-name"} <= set(hints)
    assert all("hint" in (item.note or "") for item in hints.values())
    whatsapp = {item.name: item.value for item in screenshot_hints("IMG-20220323-WA0002.jpg", {"exif:Make": "Fabrikk"})}
    assert whatsapp["hint:name-time"] == "2022-03-23"
    assert "hint:no-camera" not in whatsapp
    for name in ("20269999_999999.jpg", "IMG_20180804_996199.jpg", "IMG_20180231_101010.jpg"):
        assert not [item for item in screenshot_hints(name, {}) if item.name == "hint:name-time"]


@pytest.mark.parametrize(
    ("name", "time", "says"),
    [
        ("Screenshot 2018-08-04 at 9.05.06 PM.png", "2018-08-04T21:05:06", "local"),
        ("Screen Shot 2018-08-04 at 12.05.06\u202fAM.png", "2018-08-04T00:05:06", "local"),
        ("Screenshot 2018-08-04 at 21.05.06.png", "2018-08-04T21:05:06", "local"),
        ("Skjermbilde 2018-08-04 kl. 9.05.06.png", "2018-08-04T09:05:06", "local"),
        ("Skjermbilde 2018-08-04 210506.png", "2018-08-04T21:05:06", "local"),
        ("PXL_20180804_190506123.jpg", "2018-08-04T19:05:06", "UTC"),
        ("IMG_20180804_210506.jpg", "2018-08-04T21:05:06", "local"),
    ],
)
def test_times_in_names_are_read_as_the_device_writes_them(name: str, time: str, says: str) -> None:
    hint = next(item for item in screenshot_hints(name, {}) if item.name == "hint:name-time")
    assert hint.value == time
    assert says in (hint.note or "")


def test_the_program_behind_a_packet_and_the_moment_of_a_position(picture: Make, fd_of: Fd) -> None:
    assert [(item.name, item.value) for item in xmp_facts(PACKET) if isinstance(item, FileFact)] == [("xmp:x:xmptk", "Redigerer 4")]
    assert values(found(picture("JPEG"), fd_of), "gps:time") == {"exifread": "2026-03-12T20:05:11Z", "pillow": "2026-03-12T20:05:11Z"}


def test_text_of_a_phone_screenshot_leaves_the_child(casefile: Callable[..., Any], tmp_path: Path) -> None:
    """Pillow gives international PNG text as a str of its own kind; iPhones write it into every screenshot."""
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", PACKET.decode())
    text.add_itxt("Title", "Krav", "nb", "Tittel")
    text.add_text("Comment", "k" * 70_000)
    Image.new("RGB", (8, 8)).save(tmp_path / "IMG_0001.PNG", pnginfo=text)
    casefile("new", tmp_path / "case", "--minor", "no")
    item = casefile("import", "--case", tmp_path / "case", tmp_path / "IMG_0001.PNG", "--json").json["items"][0]
    assert (item["status"], item["reason"], item["defects"]) == ("stored", None, {})
    facts = casefile("metadata", "A-001", "--case", tmp_path / "case", "--jsonl").lines
    assert {(fact["name"], fact["value"]) for fact in facts} >= {
        ("png:iTXt:Title", "Krav"),
        ("png:text:Title", "Krav"),
        ("xmp:x:xmptk", "Redigerer 4"),
    }
    long = [fact for fact in facts if fact["name"].endswith(":Comment")]
    assert long
    assert all(set(fact["value"]) == {"k"} and "cut" in fact["note"] for fact in long)


def test_iptc_and_photoshop_resources() -> None:
    dataset = b"\x1c\x02\x50\x00\x04Kari" + b"\x1c\x02\x78\x00\x03abc"
    block = (
        b"8BIM\x04\x04\x00\x00"
        + struct.pack(">L", len(dataset))
        + dataset
        + b"\x00" * (len(dataset) & 1)
        + b"8BIM\x04\x0c\x00\x00"
        + struct.pack(">L", 4)
        + b"JPEG"
    )
    names = {item.name: item.value for item in iptc_facts(block) if isinstance(item, FileFact)}
    assert names == {"iptc:Byline": "Kari", "iptc:Caption": "abc", "photoshop:thumbnail": "(present, 4 bytes)"}
    assert [item.code for item in iptc_facts(dataset[:-1]) if isinstance(item, ReadFault)] == ["cut-dataset"]


def test_xmp_refuses_entities() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert [type(item) for item in xmp_facts(bomb)] == [ReadFault]
    assert list(xmp_facts(b"<unclosed"))
    assert isinstance(next(iter(xmp_facts(b"<unclosed>"))), ReadFault)
