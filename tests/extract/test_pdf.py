"""PDF: two readers, information dictionary against XMP, what is active, and hostile documents that end as faults. All documents are composed here."""

from __future__ import annotations

import builtins
import io
import os
import random
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import interpret
from sextortion_cli.extract.metadata import pages, pypdfreader
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord, ReadFault
from sextortion_cli.readers.server import ReaderServer

Fd = Callable[[bytes], int]
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmp:CreatorTool="Skriver 3" '
    b'pdf:Producer="En annen 2" xmp:CreateDate="2026-03-12T20:05:11Z"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
INFO = b"<</Title(Krav om betaling \\(1\\))/Producer(Lager 2)/Creator(Skriver 3)/Author<feff00c5007300610020>/CreationDate(D:20260312210511+01'00')/ModDate(D:20260312220000)/Trapped/False>>"
CONTENT = b"BT /F 12 Tf (Betal til https://mega.nz/file/AbC#NOEKKEL) Tj ET"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://gofile.io/d/abc)>>>>]>>"
)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


def document(*objects: bytes, trailer: bytes = b"/Info 6 0 R") -> bytes:
    """Return a document of numbered objects; the first is its catalogue."""
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        trailer,
        len(body),
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles<</Names[(bilde.jpg) 7 0 R]>>>>>>"
FILE = b"<</Type/Filespec/F(bilde.jpg)/UF(bilde.jpg)/EF<</F 8 0 R>>>>"
PLAIN = document(
    CATALOG,
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    PAGE,
    stream(CONTENT),
    stream(XMP, b"/Type/Metadata/Subtype/XML"),
    INFO,
    FILE,
    stream(b"ikke et bilde", b"/Type/EmbeddedFile/Params<</Size 13>>"),
)


def found(data: bytes, fd_of: Fd, *, libraries: bool = True) -> list[FileRecord]:
    pages.prepare("pdf")
    return list(pages.page_facts(View(fd_of(data), len(data)), "pdf", libraries=libraries))


def values(records: list[FileRecord], name: str) -> dict[str, str]:
    return {item.reader.split(" ")[0]: item.value for item in records if isinstance(item, FileFact) and item.name == name}


def codes(records: list[FileRecord]) -> set[str]:
    return {item.code for item in records if isinstance(item, ReadFault)}


def test_two_readers_of_a_document_say_the_same(fd_of: Fd) -> None:
    records = found(PLAIN, fd_of)
    for name, value in (
        ("pdf:Title", "Krav om betaling (1)"),
        ("pdf:Producer", "Lager 2"),
        ("pdf:Author", "Åsa "),
        ("pdf:CreationDate", "D:20260312210511+01'00'"),
    ):
        assert values(records, name) == {"pdf-walk": value, "pypdf": value}
    assert not values(records, "pdf:UF")  # the dictionary ends where it ends
    dates = {item.name: item.note or "" for item in records if isinstance(item, FileFact)}
    assert dates["pdf:CreationDate"].startswith("2026-03-12T21:05:11+01:00; basis explicit")
    assert "basis unknown" in dates["pdf:ModDate"]
    assert codes(records) == set()


def test_information_and_xmp_are_held_against_each_other(fd_of: Fd) -> None:
    records = found(PLAIN, fd_of)
    assert values(records, "xmp:CreatorTool") == {"xmp-walk": "Skriver 3"}
    differing = {item.name: item.values for item in records if isinstance(item, Disagreement)}
    assert differing == {"pdf:Producer": (("Info", "Lager 2"), ("XMP", "En annen 2"))}  # one moment in two zones is no difference


def test_pages_scripts_links_embedded_files_and_text(fd_of: Fd) -> None:
    records = found(PLAIN, fd_of)
    assert values(records, "pdf:pages") == {"pypdf": "1"}
    assert values(records, "pdf:encrypted") == {"pypdf": "no"}
    assert values(records, "pdf:javascript") == {"pypdf": "present (1)"}
    assert values(records, "pdf:embedded-file") == {"pypdf": "bilde.jpg"}
    assert values(records, "pdf:link") == {"pypdf": "https://gofile.io/d/abc"}
    assert values(records, "pdf:text:page-1") == {"pypdf": "Betal til https://mega.nz/file/AbC#(withheld: key)"}
    named = [item.value for item in records if isinstance(item, FileFact) and item.name == "publication-place"]
    assert named == ["Gofile: folder abc", "MEGA: file AbC"]
    said = " ".join(f"{item.value} {item.note}" for item in records if isinstance(item, FileFact))
    assert "NOEKKEL" not in said
    assert "ikke et bilde" not in said
    assert "app.alert" not in said


def test_without_the_library_our_own_reader_still_says_what_it_can(fd_of: Fd, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "pypdf":
            raise ImportError(name)
        return real(name, *rest, **more)

    pypdfreader._pypdf.cache_clear()
    monkeypatch.setattr(builtins, "__import__", absent)
    records = found(PLAIN, fd_of)
    monkeypatch.undo()
    pypdfreader._pypdf.cache_clear()
    assert ReadFault("pypdf", "not-installed") in records
    assert values(records, "pdf:Title") == {"pdf-walk": "Krav om betaling (1)"}
    assert "JavaScript 1" in values(records, "pdf:names")["pdf-walk"]


def test_revisions_and_what_lies_outside_the_document(fd_of: Fd) -> None:
    records = found(b"#!skript\n" + PLAIN + PLAIN[-60:] + b"\n<script>", fd_of, libraries=False)
    assert values(records, "pdf:ends") == {"pdf-walk": "2"}
    assert values(records, "pdf:before-header") == {"pdf-walk": "(9 bytes)"}
    assert values(records, "pdf:after-end") == {"pdf-walk": "(8 bytes or more)"}
    assert values(found(b"%PDF-1.4 /J#61vaScript %%EOF", fd_of, libraries=False), "pdf:escaped-names") == {"pdf-walk": "1"}
    assert codes(found(PLAIN[:300], fd_of, libraries=False)) == {"no-end"}
    assert "no-header" in codes(found(b"ikke en pdf", fd_of, libraries=False))


def test_an_encrypted_document(fd_of: Fd) -> None:
    import pypdf

    for user, expected in (("", "yes, opens without a password"), ("hemmelig", "yes, needs a password")):
        writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(PLAIN)), io.BytesIO()
        writer.encrypt(user, "eier", algorithm="RC4-128")
        writer.write(out)
        records = found(out.getvalue(), fd_of)
        assert values(records, "pdf:encrypted") == {"pypdf": expected}
        assert ("pypdf" in values(records, "pdf:Title")) == (user == "")


BOMB = zlib.compress(bytes(80_000_000), 9)
DEEP = b"[" * 20_000 + b"]" * 20_000
HOSTILE = {
    "bomb in the packet": document(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(CONTENT), stream(BOMB, b"/Type/Metadata/Filter/FlateDecode"), INFO
    ),
    "bomb in the page": document(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(BOMB, b"/Filter/FlateDecode"), stream(XMP), INFO
    ),
    "bomb in a bomb": document(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        stream(zlib.compress(BOMB), b"/Filter[/FlateDecode/FlateDecode]"),
        stream(XMP),
        INFO,
    ),
    "pages in a ring": document(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>", PAGE, stream(CONTENT), stream(XMP), INFO),
    "count that lies": document(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 99999999999>>", PAGE, stream(CONTENT), stream(XMP), INFO),
    "deep": document(
        CATALOG.replace(b"/OpenAction", b"/X" + DEEP + b"/OpenAction"),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        stream(CONTENT),
        stream(XMP),
        INFO,
    ),
    "actions in a ring": document(
        CATALOG.replace(b"/JS(app", b"/Next 9 0 R/JS(app"),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        stream(CONTENT),
        stream(XMP),
        INFO,
        FILE,
        b"1",
        b"<</S/JavaScript/Next 9 0 R>>",
    ),
    "names in a ring": document(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>", b"<</Type/Pages/Kids[]/Count 0>>", PAGE, b"<</Kids[4 0 R 4 0 R]>>"
    ),
    "no table": PLAIN.replace(b"startxref", b"startxxxx").replace(b"xref", b"xxxx"),
    "a million objects": b"%PDF-1.4\n" + b"1 0 obj<<>>endobj\n" * 100_000 + b"%%EOF",
    "many strings": document(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(b"BT " + b"(a)Tj " * 300_000), stream(XMP), INFO
    ),
    "info without end": PLAIN.replace(b"(Krav om", b"((((((("),
    "entities": document(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(CONTENT), stream(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), INFO
    ),
    "names": b"%PDF-1.4\n" + b"/" * 2_000_000,
    "infos": b"%PDF-1.4\n" + b"/Info 1 " * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_as_faults(name: str, fd_of: Fd) -> None:
    records = found(HOSTILE[name], fd_of)
    assert len(records) < 300
    assert [item for item in records if isinstance(item, FileFact) and item.reader.startswith("pdf-walk")]


def test_damaged_documents_never_raise(fd_of: Fd) -> None:
    chance = random.Random(11)
    for _ in range(150):
        data = bytearray(PLAIN)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.choice(b"<>[]()/0123456789R \n\x00\xff")
        found(bytes(data[: chance.randint(len(data) // 2, len(data))]), fd_of)


def test_a_library_that_dies_leaves_the_type_the_fault_and_what_our_own_readers_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("not on Linux")

    def die(view: View) -> Iterator[FileRecord]:
        del view
        os.abort()
        yield from ()

    path = tmp_path / "krav.pdf"
    path.write_bytes(PLAIN)
    monkeypatch.setitem(pages._LIBRARIES, "pdf", (die,))  # the server is forked from this process
    with ReaderServer("sextortion_cli.examination:OPERATIONS") as server:
        finding = interpret.examine(server, [(path, "krav.pdf"), (path, "skjermbilde.png")])
    for place in (0, 1):
        assert finding[place].media["media_type"] == "application/pdf"
        facts = {fact["name"]: fact for fact in finding[place].facts}
        assert facts["read-fault"]["value"] == "died-SIGABRT"
        assert facts["pdf:Title"]["reader"] == "pdf-walk 1"
