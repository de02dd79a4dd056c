"""The gate's reader: no byte of an embedded picture in a text part, and the text around it kept."""

from __future__ import annotations

import base64
import binascii
import itertools
import json
import quopri
import random
import time
from collections.abc import Callable

import pytest

from sextortion_cli.extract.textparts import WINDOW, separable, text_parts

CHAT = "[12.03.2026, 21:05:11] Kari Eksempel: hei, det er blåbær på brød 🙂 https://example.com/a%20b?c=1&d=%C3%A5\n"


def reader(data: bytes) -> Callable[[int, int], bytes]:
    return lambda offset, count: data[offset : offset + count]


def kept(data: bytes) -> bytes:
    return b"\x00".join(data[at : at + count] for at, count in text_parts(reader(data), len(data)))


def blob(size: int, seed: int = 1) -> bytes:
    """Return bytes like a JPEG's: a known start, a stretch of readable metadata, then noise."""
    noise = random.Random(seed).randbytes(size)
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
        + noise[: size // 2]
        + b"Copyright of nobody in particular, a colour profile"
        + noise[size // 2 :]
    )


def wrapped(text: str, width: int, end: str = "\n", before: str = "") -> str:
    return end.join(before + text[at : at + width] for at in range(0, len(text), width))


def uuencoded(data: bytes) -> str:
    lines = [binascii.b2a_uu(data[at : at + 45], backtick=True).decode() for at in range(0, len(data), 45)]
    return "begin 644 bilde.jpg\n" + "".join(lines) + "`\nend\n"


WAYS: dict[str, Callable[[bytes], str]] = {
    "base64": lambda data: base64.b64encode(data).decode(),
    "urlsafe": lambda data: base64.urlsafe_b64encode(data).decode(),
    "mime": lambda data: "\nContent-Transfer-Encoding: base64\n\n" + wrapped(base64.b64encode(data).decode(), 76) + "\n\n--x",
    "mime-crlf": lambda data: "\r\n\r\n" + wrapped(base64.b64encode(data).decode(), 60, "\r\n") + "\r\n",
    "quoted-mail": lambda data: "\n" + wrapped(base64.b64encode(data).decode(), 64, "\n", "> ") + "\n",
    "vcard": lambda data: "\nPHOTO;ENCODING=b;TYPE=JPEG:" + wrapped(base64.b64encode(data).decode(), 74, "\n ") + "\n",
    "json-slashes": lambda data: '{"thumb":"' + base64.b64encode(data).decode().replace("/", "\\/") + '"}',
    "json-newlines": lambda data: json.dumps({"thumb": base64.encodebytes(data).decode()}),
    "json-lines": lambda data: json.dumps([base64.b64encode(data).decode()[at : at + 64] for at in range(0, len(data) * 4 // 3, 64)]),
    "data-uri": lambda data: f'<img src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">',
    "data-uri-percent": lambda data: "<img src='data:image/jpeg," + "".join(f"%{byte:02X}" for byte in data) + "'>",
    "css": lambda data: f"url(data:image/png;base64,{base64.b64encode(data).decode()})",
    "hex": lambda data: data.hex(),
    "hex-lines": lambda data: "\n" + wrapped(data.hex(), 64) + "\n",
    "hex-pairs": lambda data: data.hex(" "),
    "hex-colons": lambda data: data.hex(":"),
    "hex-dump": lambda data: "\n" + "".join(f"{at:08x}: {data[at : at + 16].hex(' ', 2)}  {'.' * 16}\n" for at in range(0, len(data), 16)),
    "uuencode": lambda data: "\n" + uuencoded(data),
    "array": lambda data: json.dumps(list(data)),
    "array-signed": lambda data: json.dumps([byte - 256 if byte > 127 else byte for byte in data], indent=2),
    "array-object": lambda data: json.dumps({str(at): byte for at, byte in enumerate(data)}),
    "array-hex": lambda data: "{ " + ", ".join(f"0x{byte:02x}" for byte in data) + " }",
    "python": repr,
    "escapes": lambda data: '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"',
    "unicode-escapes": lambda data: '"' + "".join(f"\\u{byte:04x}" for byte in data) + '"',
    "javascript": lambda data: json.dumps(data.decode("latin-1")),
    "javascript-raw": lambda data: json.dumps(data.decode("latin-1"), ensure_ascii=False).replace("\x7f", ""),
    "quoted-printable": lambda data: "\n" + quopri.encodestring(data).decode("ascii").replace("\t", "=09") + "\n",
    "hex-strings": lambda data: json.dumps([f"{byte:02x}" for byte in data]),
    "numbers-piped": lambda data: "|".join(map(str, data)),
    "numbers-in-tags": lambda data: "".join(f"<i>{byte}</i>" for byte in data),
    "numbers-in-objects": lambda data: json.dumps([{"b": byte} for byte in data]),
    "rtf": lambda data: "".join(f"\\'{byte:02x}" for byte in data),
    "braces": lambda data: "".join(f"\\u{{{byte:x}}}" for byte in data),
    "ascii85": lambda data: base64.a85encode(data, adobe=True).decode(),
    "base85": lambda data: base64.b85encode(data).decode(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [200, 3000])
def test_no_stretch_of_a_picture_is_in_a_text_part(way: str, size: int) -> None:
    hidden = WAYS[way](blob(size, size))
    data = (CHAT * 3 + "foran: " + hidden + " :etter\n" + CHAT * 3).encode()
    assert separable(reader(data), len(data)) == "mixed"
    text = kept(data)
    core = hidden.encode()
    inside = [core[at : at + 40] for at in range(len(core) - 40) if core[at : at + 40] in text]
    # What introduces the picture (a header, a property name, a tag) may stay; nothing that carries bytes of it may.
    body = WAYS[way](bytes(size + 62)).encode() if way == "hex-dump" else b""
    assert not [piece for piece in inside if piece not in body and b"Content-" not in piece and b"begin 644" not in piece]
    assert text.count(b"bl\xc3\xa5b\xc3\xa6r") == 6
    assert b"foran" in text or way in ("python", "escapes")


WIDTHS = (4, 8, 10, 16, 20, 30, 38, 39, 40, 64, 76, 100)
WRAPPINGS: dict[str, Callable[[str, int], str]] = {
    "lines": lambda text, width: "\n" + wrapped(text, width) + "\n",
    "spaces": lambda text, width: wrapped(text, width, " "),
    "plist": lambda text, width: "<data>\n" + wrapped(text, width, "\n", "\t\t\t\t") + "\n\t\t\t</data>",
    "csv": lambda text, width: wrapped(text, width, ","),
    "csv-quoted": lambda text, width: '"' + wrapped(text, width, '","') + '"',
    "json-list": lambda text, width: json.dumps([text[at : at + width] for at in range(0, len(text), width)], indent=1),
    "json-line-ends": lambda text, width: json.dumps(wrapped(text, width, "\r\n")),
    "html": lambda text, width: wrapped(text, width, "<br>"),
    "ldif": lambda text, width: "jpegPhoto:: " + wrapped(text, width, "\n "),
    "no-break": lambda text, width: wrapped(text, width, "\u00a0"),
    "zero-width": lambda text, width: wrapped(text, width, "\u200b"),
}
ALPHABETS: dict[str, Callable[[bytes], str]] = {
    "base64": WAYS["base64"],
    "urlsafe": WAYS["urlsafe"],
    "hex": bytes.hex,
    "HEX": lambda data: data.hex().upper(),
}


@pytest.mark.parametrize("alphabet", ALPHABETS)
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_picture_in_lines_of_any_width(wrapping: str, alphabet: str) -> None:
    for width in WIDTHS:
        hidden = WRAPPINGS[wrapping](ALPHABETS[alphabet](blob(900, width)), width).encode()
        data = CHAT.encode() * 3 + b"foran: " + hidden + b" :etter\n" + CHAT.encode() * 3
        assert separable(reader(data), len(data)) == "mixed", width
        text = kept(data)
        middle = range(80, len(hidden) - 80)
        assert not [at for at in middle if hidden[at : at + 24] in text], width
        assert text.count(b"bl\xc3\xa5b\xc3\xa6r") == 6


@pytest.mark.parametrize("width", [16, 30, 64, 76])
@pytest.mark.parametrize("alphabet", ["base64", "hex"])
def test_a_picture_sent_line_by_line(width: int, alphabet: str) -> None:
    """One piece a message: the picture is known by its beginning, and followed whatever stands between."""
    text = ALPHABETS[alphabet](blob(900, width))
    pieces = [text[at : at + width] for at in range(0, len(text), width)]
    for line in ("13.03.2026, 21:05 - Lina: {}\n", '{{"id": 7, "type": "message", "text": "{}"}},\n', "<p class='x'>{}</p>"):
        hidden = "".join(line.format(piece) for piece in pieces).encode()
        data = CHAT.encode() * 3 + hidden + CHAT.encode() * 3
        assert separable(reader(data), len(data)) == "mixed"
        left = [piece for piece in pieces if len(piece) == width and piece.encode() in kept(data)]
        assert left == []


def test_a_long_link_does_not_cost_the_chat() -> None:
    tracked = "IwY2xjawF5aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefGHIJ_aem_QwErTyUiOpAsDfGh"
    slug = "/nyheter/innenriks/2026/03/13/en-veldig-lang-overskrift-om-noe-som-skjedde-i-en-by-langt-herfra-i-gaar-kveld/"
    for link in (f"https://example.com/a?fbclid={tracked}", f"https://example.com{slug}", f"https:\\/\\/example.com\\/a?x={tracked}"):
        data = (CHAT + f"13.03.2026, 21:06 - Ola: se {link}\n" + CHAT).encode()
        assert separable(reader(data), len(data)) == "text", link


def test_a_picture_in_a_link_is_a_picture() -> None:
    link = "https://example.com/?img=" + WAYS["base64"](blob(300))
    data = (CHAT + link + "\n" + CHAT).encode()
    assert separable(reader(data), len(data)) == "mixed"
    assert link[40:80].encode() not in kept(data)


@pytest.mark.slow
@pytest.mark.parametrize(
    "way", ["base64", "mime", "data-uri", "array", "hex", "unicode-escapes", "javascript", "data-uri-percent", "uuencode"]
)
def test_pictures_across_windows(way: str) -> None:
    hidden = WAYS[way](blob(400_000, 7)).encode()
    for shift in (0, 40, 8192 + 11):
        front = CHAT.encode() * ((WINDOW - shift) // len(CHAT.encode()))
        data = front + hidden + CHAT.encode() * 5
        text = kept(data)
        assert separable(reader(data), len(data)) == "mixed"
        assert not [at for at in range(200, len(hidden) - 200, 5003) if hidden[at : at + 30] in text]
        assert hidden[-150:-110] not in text
        assert abs(len(text) - len(front) - len(CHAT.encode()) * 5) < 400


def test_utf16_offsets() -> None:
    hidden = WAYS["base64"](blob(2000))
    for codec, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        data = bom + (CHAT * 9 + hidden + "\n" + CHAT).encode(codec)
        assert separable(reader(data), len(data)) == "mixed"
        parts = list(text_parts(reader(data), len(data)))
        text = "".join(data[at : at + count].decode(codec) for at, count in parts)
        assert text == "\ufeff" + CHAT * 9 + "\n" + CHAT


@pytest.mark.parametrize(
    "text",
    [
        CHAT * 50,
        "hahaha" * 40 + "\n" + "-" * 200 + "\n" + "=" * 120 + "\n" + "NEEEEEEEEI" * 30,
        json.dumps({"text": "مرحبا كيف حالك اليوم يا صديقي العزيز"}),
        json.dumps({"text": "مرحبا كيف حالك اليوم يا صديقي العزيز".encode().decode("latin-1")}),
        json.dumps({"text": "Tiếng Việt không được gửi ảnh cho người lạ nhé bạn ơi, đừng trả tiền"}),
        "https://example.com/?q=" + "%D9%85%D8%B1%D8%AD%D8%A8%D8%A7" * 5,
        quopri.encodestring("Привет, как дела сегодня, всё хорошо".encode()).decode(),
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 og NO93 8601 1117 947, +47 912 34 567, 12, 13, 14\n",
        "é" * 90,
        "data: 12, 13 og noe mer\n",
        "",
    ],
)
def test_ordinary_text_is_text(text: str) -> None:
    data = text.encode()
    assert separable(reader(data), len(data)) == "text"
    assert list(text_parts(reader(data), len(data))) == ([(0, len(data))] if data else [])


@pytest.mark.parametrize(
    "data",
    [
        b"SQLite format 3\x00",
        b"%PDF-1.4\nabc",
        b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"P3 2 2 255\n1 2 3",
        b"\xff\xd8\xff",
        b"a\x01b",
        b"abc\xc3",
    ],
)
def test_binary_is_binary(data: bytes) -> None:
    assert separable(reader(data), len(data)) == "binary"


def test_binary_late_in_a_file_is_found() -> None:
    data = CHAT.encode() * 12_000 + b"\x00"
    assert separable(reader(data), len(data)) == "binary"


def test_parts_tile_what_is_not_embedded() -> None:
    data = (CHAT + WAYS["base64"](blob(300)) + "\n" + CHAT + WAYS["array"](blob(300)) + "\n").encode()
    parts = list(text_parts(reader(data), len(data)))
    assert parts == sorted(parts)
    assert all(count > 0 for _, count in parts)
    assert all(first + count <= second for (first, count), (second, _) in itertools.pairwise(parts))


@pytest.mark.slow
def test_time_grows_with_the_file_and_not_faster() -> None:
    for line in (
        "A" * 39 + " ",
        "0," * 31 + "x",
        "\\x41" * 15 + "\n",
        '"' * 64,
        "data:image/png;" * 5,
        "ab " * 31 + "\n",
        "M" + "A" * 60 + "\n",
        "/9j/4AAQSkZJRgABAQEA\n",
        "255, 216, 255, ",
        "ff d8 ff ",
        "a://b" * 40 + " ",
        "https://example.com/" + "aB3/" * 30 + " ",
        "aB3d ",
    ):
        took = []
        for count in (400_000, 800_000):
            data = (line * (count // len(line) + 1)).encode()
            start = time.process_time()
            list(text_parts(reader(data), len(data)))
            took.append(time.process_time() - start)
        assert took[1] <= 2.5 * took[0] + 0.2
