"""WARC and WACZ: two readers, digests, what belongs together, pages as members for the gate, and hostile archives. All are composed here."""

from __future__ import annotations

import base64
import builtins
import gzip
import hashlib
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.extract import archive
from sextortion_cli.extract.httpbody import Chunks, HttpBody
from sextortion_cli.extract.mediatype import describe
from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberEnd
from sextortion_cli.extract.metadata import pages, warcfacts
from sextortion_cli.extract.metadata.kinds import kind_of
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.extract.warcs import is_warc
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord, ReadFault

Fd = Callable[[bytes], int]
PAGE = "<html><head><title>Blåbær</title><link rel=canonical href=https://youtu.be/AbC></head><body>tekst</body></html>".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def b32(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(kind: str, target: str, block: bytes, *, content: str = "application/http;msgtype=response", **fields: str) -> bytes:
    lines = [f"WARC-Type: {kind}", "WARC-Date: 2026-03-12T20:05:11Z", f"Content-Type: {content}", f"Content-Length: {len(block)}"]
    lines += [f"WARC-Target-URI: {target}"] if target else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("WARC/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    return ("HTTP/1.1 200 OK\r\n" + "\r\n".join(("Content-Type: text/html", *headers)) + "\r\n\r\n").encode() + body


def chunked(body: bytes) -> bytes:
    return b"%x;ext=1\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])


OTHER = PAGE.replace(b"tekst", b"en annen")
PACKED = chunked(gzip.compress(OTHER, mtime=0))
RECORDS = [
    record("warcinfo", "", b"software: Lager 1\r\noperator: Kari Eksempel\r\nhttp-header-from: x\r\n", content="application/warc-fields"),
    record("request", "https://video.example/a", b"GET /a HTTP/1.1\r\nCookie: hemmelig=1\r\n\r\n", content="application/http;msgtype=request", WARC_Record_ID="<urn:uuid:1>"),
    record(
        "response", "https://video.example/a?token=hemmelig", answer(PAGE), WARC_Record_ID="<urn:uuid:2>", WARC_Concurrent_To="<urn:uuid:1>",
        WARC_IP_Address="192.0.2.7", WARC_Block_Digest=b32(answer(PAGE)), WARC_Payload_Digest=b32(PAGE),
    ),
    record("response", "https://video.example/b", answer(PACKED, "Transfer-Encoding: chunked", "Content-Encoding: gzip"), WARC_Payload_Digest=b32(PACKED)),
    record("resource", "https://video.example/c.png", PICTURE, content="image/png", WARC_Payload_Digest="sha256:" + hashlib.sha256(PICTURE).hexdigest()),
]  # fmt: skip
PLAIN = b"".join(RECORDS)
PACKED_EACH = b"".join(map(gzip.compress, RECORDS))


def found(data: bytes, fd_of: Fd, *, libraries: bool = True) -> list[FileRecord]:
    view = View(fd_of(data), len(data))
    kind = kind_of(view, describe(view.head, "a").media_type)
    assert kind in ("warc", "wacz")
    pages.prepare(kind)
    return list(pages.page_facts(view, kind, libraries=libraries))


def values(records: list[FileRecord], name: str) -> dict[str, str]:
    return {item.reader.split(" ")[0]: item.value for item in records if isinstance(item, FileFact) and item.name == name}


def every(records: list[FileRecord], name: str) -> list[str]:
    return [item.value for item in records if isinstance(item, FileFact) and item.name == name]


def codes(records: list[FileRecord]) -> set[str]:
    return {item.code for item in records if isinstance(item, ReadFault)}


@pytest.mark.parametrize("data", [PLAIN, PACKED_EACH], ids=["plain", "gzip"])
def test_two_readers_of_an_archive_say_the_same(data: bytes, fd_of: Fd) -> None:
    records = found(data, fd_of)
    for name, value in (
        ("warc:records", "5 (response 2, request 1, resource 1, warcinfo 1)"),
        ("warc:first-date", "2026-03-12T20:05:11Z"),
        ("warc:hosts", "3 (video.example 3)"),
        ("warc:digests-wrong", "0"),
    ):
        assert values(records, name) == {"warc-walk": value, "warcio": value}
    assert not [item for item in records if isinstance(item, Disagreement | ReadFault)]
    assert every(records, "warc:page") == ["https://video.example/a?token=(withheld: key)", "https://video.example/b"]
    assert every(records, "html:title") == ["Blåbær", "Blåbær"]
    assert every(records, "warc:digests") == ["block right 1, payload right 3"]
    assert every(records, "warc:pairs") == ["requests 1, with an answer 1; answers 2, with a request 1"]
    assert every(records, "warc:server") == ["video.example 192.0.2.7"]
    assert values(records, "warc:info:operator") == {"warc-walk": "Kari Eksempel"}
    assert every(records, "publication-place") == ["YouTube: video AbC"]
    assert "hemmelig" not in str(records)


def test_the_type_is_told_by_content(fd_of: Fd) -> None:
    assert describe(PLAIN, "a.warc").media_type == "application/warc"
    told = describe(PACKED_EACH, "a.warc.gz")
    assert (told.media_type, told.content_class, told.agrees) == ("application/warc", "archive", True)
    assert describe(gzip.compress(b"WARCRAFT er et spill"), "a.gz").media_type == "application/gzip"
    assert describe(b"WARC/ er et format", "a.txt").media_type == "text/plain"
    assert not is_warc(b"\x1f\x8b\x00")


def test_a_digest_that_does_not_hold_is_said(fd_of: Fd) -> None:
    records = found(PLAIN.replace(b"tekst", b"tekzt"), fd_of)
    assert values(records, "warc:digests-wrong") == {"warc-walk": "2", "warcio": "2"}
    assert every(records, "warc:digests") == ["block wrong 1, payload right 2, payload wrong 1"]
    assert every(records, "warc:digest-differs")[0] == "https://video.example/a?token=(withheld: key)"


def test_a_digest_of_a_body_without_chunk_marks_holds_too(fd_of: Fd) -> None:
    bare = gzip.compress(OTHER, mtime=0)
    data = record("response", "https://video.example/b", answer(PACKED, "Transfer-Encoding: chunked"), WARC_Payload_Digest=b32(bare))
    assert every(found(data, fd_of, libraries=False), "warc:digests") == ["payload right 1"]


def test_without_the_library_our_own_reader_still_says_all(fd_of: Fd, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "warcio":
            raise ImportError(name)
        return real(name, *rest, **more)

    warcfacts._warcio.cache_clear()
    monkeypatch.setattr(builtins, "__import__", absent)
    records = found(PLAIN, fd_of)
    monkeypatch.undo()
    warcfacts._warcio.cache_clear()
    assert ReadFault("warcio", "not-installed") in records
    assert every(records, "warc:records")


def test_cut_and_damaged_archives_say_how_far_they_were_read(fd_of: Fd) -> None:
    for data, code in (
        (PLAIN[:-70], "cut-file"),
        (PACKED_EACH[:-30], "cut-file"),
        (PLAIN + b"ikke en post\r\n\r\n", "bad-record"),
        (PLAIN + b"WARC/1.1\r\nContent-Length: -4\r\n\r\n", "bad-record"),
        (PLAIN + b"WARC/1.1\r\nX: " + b"a" * 200_000, "long-record-header"),
        (PACKED_EACH[:400] + b"\x00" * 50 + PACKED_EACH[450:], "damaged-error"),
    ):
        records = found(data, fd_of)
        assert code in codes(records)
        assert every(records, "warc:read-until")
        assert values(records, "warc:version") == {"warc-walk": "WARC/1.1"}
    assert every(found(PLAIN.replace(b"Content-Length: 48", b"Content-Length: 47"), fd_of), "warc:loose-records")


def bomb(size: int) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: %d\r\n\r\n" % size
    return engine.compress(head) + b"".join(engine.compress(bytes(1 << 20)) for _ in range(size >> 20)) + engine.flush()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: bomb(300 << 20),
    "a line without end": lambda: gzip.compress(b"WARC/1.0\r\nX: " + bytes(60 << 20)),
    "tiny members": lambda: gzip.compress(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n") + gzip.compress(b"") * 100_000,
    "tiny records": lambda: b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 60_000,
    "line ends": lambda: b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" + b"\r\n" * 500_000,
    "http header without end": lambda: record("response", "https://a.example/", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 400_000),
    "folds": lambda: record("response", "https://a.example/", b"HTTP/1.1 200 OK\r\nA: b\r\n" + b" c\r\n" * 12_000 + b"\r\n"),
    "chunks": lambda: record("response", "https://a.example/", answer(b"1\r\na\r\n" * 300_000, "Transfer-Encoding: chunked")),
    "page bomb": lambda: record("response", "https://a.example/", answer(zlib.compress(bytes(60 << 20), 9), "Content-Encoding: deflate")),
    "length that lies": lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999\r\n\r\nabc",
    "digests": lambda: record(
        "resource", "https://a.example/", b"x", WARC_Payload_Digest="sha1:" + "=" * 5000, WARC_Block_Digest="rot13:abc"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_end_as_faults(name: str, fd_of: Fd) -> None:
    data = HOSTILE[name]()
    records = found(data, fd_of)
    assert len(records) < 400
    taken = sum(len(event) for event in archive.stream(fd_of(data), len(data)) if isinstance(event, bytes))
    assert taken < 80_000_000


def test_damaged_archives_never_raise(fd_of: Fd) -> None:
    chance = random.Random(3)
    for sample in (PLAIN, PACKED_EACH):
        for _ in range(150):
            data = bytearray(sample)
            for _ in range(chance.randint(1, 10)):
                data[chance.randrange(20, len(data))] = chance.randrange(256)
            cut = bytes(data[: chance.randint(200, len(data))])
            list(pages.page_facts(View(fd_of(cut), len(cut)), "warc"))
            list(archive.stream(fd_of(cut), len(cut)))


def test_payloads_are_members_unpacked_and_named_by_their_address(fd_of: Fd) -> None:
    taken: dict[str, bytes] = {}
    name = ""
    for event in archive.stream(fd_of(PACKED_EACH), len(PACKED_EACH)):
        assert not isinstance(event, ArchiveDefect)
        if isinstance(event, Member):
            name = event.name
            taken[name] = b""
        elif isinstance(event, bytes):
            taken[name] += event
        elif isinstance(event, MemberEnd):
            assert event.complete
    assert taken == {
        "https://video.example/a?token=(withheld: key)": PAGE,
        "https://video.example/b": OTHER,
        "https://video.example/c.png": PICTURE,
    }
    limited = list(archive.stream(fd_of(PLAIN), len(PLAIN), None, Limits(members=2)))
    assert any(isinstance(event, ArchiveDefect) and event.code == "too-many-records" for event in limited)


def test_bodies_that_are_not_packed_as_they_say_are_passed_on() -> None:
    chunks = Chunks()
    assert chunks.feed(b"<html>ikke delt</html>") == b"<html>ikke delt</html>"
    chunks = Chunks()
    assert b"".join(chunks.feed(bytes([byte])) for byte in chunked(PAGE)) == PAGE
    message = HttpBody()
    assert b"".join(message.feed(bytes([byte])) for byte in answer(PAGE, "X: a", " b")) == PAGE
    assert message.headers == {"content-type": "text/html", "x": "a b"}


def package(**changes: bytes) -> bytes:
    files = {
        "archive/data.warc.gz": PACKED_EACH,
        "pages/pages.jsonl": b'{"format":"json-pages-1.0","id":"pages","title":"Alle"}\n{"id":"1","url":"https://vimeo.com/123?sig=x","title":"Side","ts":"2026-03-12T20:05:11Z"}\n',
        "indexes/index.cdx.gz": gzip.compress(b"", mtime=0),
    }
    described = {
        "profile": "data-package", "wacz_version": "1.1.1", "software": "Lager 1", "created": "2026-03-12T20:05:11Z", "mainPageUrl": "https://video.example/a",
        "resources": [{"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)} for name, data in files.items()],
    }  # fmt: skip
    body = json.dumps(described).encode()
    signed = {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "signedData": {"created": "2026-03-12T20:05:12Z", "domain": "video.example"},
    }
    files |= {
        "datapackage.json": body,
        "datapackage-digest.json": json.dumps(signed).encode(),
        **{name.replace("__", "/"): data for name, data in changes.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def test_a_package_its_pages_and_its_digests(fd_of: Fd) -> None:
    records = found(package(), fd_of)
    assert values(records, "wacz:mainPageUrl") == {"wacz-walk": "https://video.example/a"}
    assert every(records, "wacz:digests") == ["right 3, wrong 0, missing 0, not checkable 0"]
    assert every(records, "wacz:page") == ["https://vimeo.com/123?sig=(withheld: key)"]
    assert every(records, "wacz:title-of-page") == ["Side"]
    assert every(records, "wacz:package-digest") == ["right"]
    assert every(records, "wacz:signed-domain") == ["video.example"]
    assert every(records, "page:address") == ["https://video.example/a"]
    assert every(records, "publication-place") == ["Vimeo: video 123"]
    assert codes(records) == set()


def test_a_package_that_was_changed(fd_of: Fd) -> None:
    records = found(package(**{"pages__pages.jsonl": b"{}\nikke json\n", "archive__ekstra.warc": b"x"}), fd_of)
    assert every(records, "wacz:differs") == ["pages/pages.jsonl"]
    assert every(records, "wacz:not-listed") == ["archive/ekstra.warc"]
    assert "bad-page-line" in codes(records)
    for body in (b"[]", b"[" * 100_000, b'{"resources": 7}', b'{"resources": [1, {"path": 3}, {"path": "a"}], "title": {"a": 1}}', b"\xff"):
        found(package(**{"datapackage.json": body, "datapackage-digest.json": body}), fd_of)


def test_an_archive_in_a_case_where_somebody_may_be_under_18(casefile: Callable[..., Any], tmp_path: Path) -> None:
    casefile("new", tmp_path / "case", "--minor", "yes", "--timezone", "Europe/Oslo", "--role", "victim")
    source = tmp_path / "side.warc.gz"
    source.write_bytes(PACKED_EACH)
    items = casefile("--case", tmp_path / "case", "import", source, "--json", "--no-input", status=None).json["items"]
    told = {item["name"]: item["status"] for item in items}
    assert told["side.warc.gz"] == "by-reference"
    assert told["https://video.example/c.png"] == "by-reference"
    assert told["https://video.example/b"] == "stored"
    copied = {path.read_bytes() for path in (tmp_path / "case" / "objects").rglob("*") if path.is_file()}
    assert PAGE in copied
    assert PICTURE not in copied
    assert PACKED_EACH not in copied
    facts = casefile("--case", tmp_path / "case", "metadata", "--jsonl").lines
    assert {fact["value"] for fact in facts if fact["name"] == "html:title"} == {"Blåbær"}
    casefile("--case", tmp_path / "case", "verify", status=None)


def test_a_copied_archive_is_kept_as_a_whole(casefile: Callable[..., Any], case: Path, tmp_path: Path) -> None:
    source = tmp_path / "side.warc.gz"
    source.write_bytes(PACKED_EACH)
    (tmp_path / "side.wacz").write_bytes(package())
    items = casefile("--case", case, "import", source, tmp_path / "side.wacz", "--json", "--no-input", status=None).json["items"]
    told = {item["name"]: (item["status"], item["reason"]) for item in items}
    assert told["side.warc.gz"] == ("stored", "saved-page")
    assert told["side.wacz"] == ("stored", "members-are-exhibits")
    assert told["archive/data.warc.gz"][0] == "duplicate"
