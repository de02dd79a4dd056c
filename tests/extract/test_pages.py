"""Saved pages: title, addresses and dates by two readers, MHTML, and the places they name. Everything here is composed; nobody in it exists."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from sextortion_cli.extract.mediatype import prepare
from sextortion_cli.extract.metadata import pages
from sextortion_cli.extract.metadata.address import shown, split
from sextortion_cli.extract.metadata.clock import same_moment, time_note
from sextortion_cli.extract.metadata.kinds import kind_of
from sextortion_cli.extract.metadata.mhtml import decoded_words
from sextortion_cli.extract.metadata.places import addresses, place_of
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord, ReadFault

Fd = Callable[[bytes], int]
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://video.example/watch?v=1\r\n"
    b"Subject: =?utf-8?Q?Bl=C3=A5b=C3=A6r_?=\r\n =?utf-8?B?8J+rkA==?=\r\nDate: Thu, 12 Mar 2026 20:05:11 -0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--abc----"\r\n\r\n\r\n'
    b"------MultipartBoundary--abc----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://video.example/watch?v=1\r\n\r\n"
    b'<!DOCTYPE html><html><head><title>Bl=C3=A5b=C3=A6r</title><link rel=3D"canonic=\r\nal" href=3D"https://youtu.be/AbC_123"></head></html>\r\n'
    b"------MultipartBoundary--abc----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    b"------MultipartBoundary--abc------\r\n"
)
SINGLE = (
    b"<!DOCTYPE html> <html lang=nb><!--\n Page saved with SingleFile \n url: https://www.youtube.com/watch?v=AbCdEfGhIj0&token=hemmelig \n"
    b" saved date: Thu Mar 12 2026 21:05:11 GMT+0100 (sentraleuropeisk normaltid)\n--><head><meta charset=utf-8><title>Bl&aring;b&aelig;r\n side</title>"
    b'<link rel=canonical href="https://www.youtube.com/watch?v=AbCdEfGhIj0"><meta property="og:url" content="https://www.youtube.com/watch?v=AbCdEfGhIj0&amp;x=1">'
    b'<meta itemprop=channelId content=UCabc></head><body><svg><title>tegning</title></svg><script>"<title>skript</title>"</script></body></html>'
)


def found(data: bytes, fd_of: Fd, *, libraries: bool = True) -> list[FileRecord]:
    view = View(fd_of(data), len(data))
    kind = kind_of(view, prepare().of(data[:65536]))
    assert kind is not None
    pages.prepare(kind)
    return list(pages.page_facts(view, kind, libraries=libraries))


def values(records: list[FileRecord], name: str) -> dict[str, str]:
    return {item.reader.split(" ")[0]: item.value for item in records if isinstance(item, FileFact) and item.name == name}


def notes(records: list[FileRecord], name: str) -> str:
    return "; ".join(item.note or "" for item in records if isinstance(item, FileFact) and item.name == name)


def codes(records: list[FileRecord]) -> set[str]:
    return {item.code for item in records if isinstance(item, ReadFault)}


def places(records: list[FileRecord]) -> list[str]:
    return [item.value for item in records if isinstance(item, FileFact) and item.name == "publication-place"]


def test_two_readers_of_a_page_say_the_same(fd_of: Fd) -> None:
    records = found(SINGLE, fd_of)
    for name, value in (
        ("html:title", "Blåbær side"),
        ("html:canonical", "https://www.youtube.com/watch?v=AbCdEfGhIj0"),
        ("html:singlefile:saved-date", "Thu Mar 12 2026 21:05:11 GMT+0100 (sentraleuropeisk normaltid)"),
        ("html:item:channelid", "UCabc"),
        ("html:lang", "nb"),
    ):
        assert values(records, name) == {"html-walk": value, "html.parser": value}
    assert not [item for item in records if isinstance(item, Disagreement | ReadFault)]
    assert notes(records, "html:singlefile:saved-date").startswith("2026-03-12T21:05:11+01:00; basis explicit")
    assert places(records) == ["YouTube: video AbCdEfGhIj0"]


def test_a_key_in_an_address_is_withheld_and_more_than_one_address_is_said(fd_of: Fd) -> None:
    records = found(SINGLE, fd_of)
    assert not [item for item in records if isinstance(item, FileFact) and "hemmelig" in item.value + (item.note or "")]
    assert values(records, "page:address") == {"page-addresses": "https://www.youtube.com/watch?v=AbCdEfGhIj0&token=(withheld: key)"}
    assert "html:og:url: https://www.youtube.com/watch?v=AbCdEfGhIj0&x=1" in values(records, "page:addresses")["page-addresses"]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("<!-- saved from url=(0022)https://side.example/a -->\r\n<html><title>a</title>", "html:saved-from", "https://side.example/a"),
        ("<html><!-- saved from url=(0014)about:internet --></html>", "html:saved-from", "about:internet"),
        ("<html><head><meta name=savepage-url content=https://side.example/b>", "html:savepage-url", "https://side.example/b"),
        (
            "<html><!--\n Archive processed by SingleFile \n url: https://side.example/c\n--></html>",
            "html:singlefile:url",
            "https://side.example/c",
        ),
        (
            "<html><!-- Mirrored from side.example/d by HTTrack Website Copier/3.x [XR&CO'2014], Thu, 12 Mar 2026 20:05:11 GMT -->",
            "html:httrack:date",
            "Thu, 12 Mar 2026 20:05:11 GMT",
        ),
        (
            "<html><!-- Saved from https://side.example/e at 2026-03-12T20:05:11Z using monolith v2.8.1 -->",
            "html:monolith:program",
            "monolith v2.8.1",
        ),
        (
            "<html><body></body></html><!--\n     FILE ARCHIVED ON 20:05:11 Mar 12, 2026 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 08:00:00 Mar 13, 2026.\n-->",
            "html:wayback:archived",
            "20:05:11 Mar 12, 2026",
        ),
        ("<html data-scrapbook-source='https://side.example/f'>", "html:data-scrapbook-source", "https://side.example/f"),
        ("<html><meta property=al:android:url content=fb://profile/100001>", "html:al:android:url", "fb://profile/100001"),
    ],
)
def test_programs_that_save_pages(text: str, name: str, value: str, fd_of: Fd) -> None:
    assert values(found(text.encode(), fd_of), name) == {"html-walk": value, "html.parser": value}


def test_a_mark_whose_length_is_wrong_says_so(fd_of: Fd) -> None:
    records = found(b"<!-- saved from url=(0099)https://side.example/a --><html>", fd_of)
    assert "99" in notes(records, "html:saved-from")


def test_charsets_and_the_end_of_a_large_page(fd_of: Fd) -> None:
    assert values(found("<html><title>blåbær</title>".encode("cp1252"), fd_of), "html:title")["html-walk"] == "blåbær"
    assert values(found("<html><title>blåbær</title>".encode("utf-16"), fd_of), "html:title")["html-walk"] == "blåbær"
    large = (
        b"<html><title>x</title>"
        + b"<p>tekst</p>" * 120_000
        + b"<!-- FILE ARCHIVED ON 20:05:11 Mar 12, 2026 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 08:00:00 Mar 13, 2026.-->"
    )
    assert values(found(large, fd_of), "html:wayback:archived") == {"html-walk": "20:05:11 Mar 12, 2026"}


def test_where_two_readers_of_a_page_differ_it_is_said(fd_of: Fd) -> None:
    page = b"<html><head><noembed><title>skjult</title></noembed><title>synlig</title>"
    differing = [item for item in found(page, fd_of) if isinstance(item, Disagreement)]
    assert [item.name for item in differing] in ([], ["html:title"])  # newer parsers of the standard library know raw text
    assert values(found(page, fd_of, libraries=False), "html:title") == {"html-walk": "synlig"}


def test_mhtml_header_parts_and_page(fd_of: Fd) -> None:
    records = found(MHTML, fd_of)
    for name, value in (
        ("mhtml:Snapshot-Content-Location", "https://video.example/watch?v=1"),
        ("mhtml:title", "Blåbær 🫐"),
        ("mhtml:Date", "Thu, 12 Mar 2026 20:05:11 -0000"),
        ("mhtml:From", "<Saved by Blink>"),
    ):
        assert values(records, name) == {"mhtml-walk": value, "email": value}
    assert "UTC; the zone it was written in is not stated" in notes(records, "mhtml:Date")
    assert values(records, "mhtml:parts") == {"mhtml-walk": "2 (image/png 1, text/html 1)"}
    assert values(records, "html:title") == {"mhtml-walk": "Blåbær"}
    assert places(records) == ["YouTube: video AbC_123"]
    assert not [item for item in records if isinstance(item, Disagreement | ReadFault)]


def test_a_cut_mhtml_and_one_without_boundary_are_faults(fd_of: Fd) -> None:
    assert codes(found(MHTML[:-40], fd_of)) == {"cut-file"}
    assert "no-boundary" in codes(found(b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", fd_of))


def test_a_mail_is_no_saved_page(fd_of: Fd) -> None:
    mail = (
        b'From: a@example.com\r\nTo: b@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x--\r\n'
    )
    assert kind_of(View(fd_of(mail), len(mail)), "message/rfc822") is None


HOSTILE = {
    "comments": b"<html>" + b"<!--" * 300_000,
    "tags": b"<html>" + b"<a b='" * 200_000,
    "names": b"<html><" + b"a" * 1_000_000,
    "attributes": b"<html><meta " + b"a=" * 500_000,
    "spaces": b"<html><meta" + b" " * 1_000_000,
    "titles": b"<html>" + b"<title>" * 150_000,
    "scripts": b"<html>" + b"<script>" * 150_000,
    "quotes": b"<html><meta content=" + b"'\"" * 500_000,
    "nul": b"<html><title>a\x00b</title>",
    "parts": b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + b"\n--x" * 400_000,
    "folds": b"From: <Saved by Blink>\r\nSubject: a\r\n" + b" b\r\n" * 30_000 + b"Content-Type: multipart/related; boundary=x\r\n\r\n",
    "words": b"From: <Saved by Blink>\r\nSubject: "
    + b"=?utf-8?q?a" * 5_000
    + b"\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--",
    "marks": b"<!-- saved from url=(999999999)" + b"h" * 500_000 + b"--><html>",
    "addresses": b"<html><title>" + b"https://youtu.be/a " * 50_000 + b"</title>",
    "slashes": b"<html><title>" + b"://" * 300_000 + b"</title>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name: str, fd_of: Fd) -> None:
    data = HOSTILE[name]
    view = View(fd_of(data), len(data))
    for kind in ("html", "mhtml"):
        records = list(pages.page_facts(view, kind))
        assert len(records) < 1000


def test_damaged_pages_never_raise(fd_of: Fd) -> None:
    chance = random.Random(7)
    for sample in (SINGLE, MHTML):
        for _ in range(300):
            data = bytearray(sample)
            for _ in range(chance.randint(1, 12)):
                data[chance.randrange(len(data))] = chance.choice(b"<>\"'&=;\x00\xff-!/ \r\n")
            view = View(fd_of(bytes(data[: chance.randint(1, len(data))])), 0)
            view.size = len(data)
            for kind in ("html", "mhtml"):
                list(pages.page_facts(view, kind))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.youtube.com/watch?v=AbC-_1&t=3s", "YouTube: video AbC-_1"),
        ("http://youtu.be/AbC", "YouTube: video AbC"),
        ("https://m.youtube.com/shorts/xyz", "YouTube: video xyz"),
        ("https://www.youtube.com/channel/UCabc/videos", "YouTube: channel UCabc"),
        ("https://youtube.com/@navn", "YouTube: handle navn"),
        ("https://www.youtube.com/", "YouTube"),
        ("https://vimeo.com/123456", "Vimeo: video 123456"),
        ("https://vimeo.com/navn", "Vimeo: name navn"),
        ("https://player.vimeo.com/video/99?h=abc", "Vimeo: video 99"),
        ("https://streamable.com/abc12", "Streamable: video abc12"),
        ("https://mega.nz/file/AbCd#NOEKKEL", "MEGA: file AbCd"),
        ("https://mega.nz/#F!AbCd!NOEKKEL", "MEGA: folder AbCd"),
        ("https://mega.nz/#!AbCd!NOEKKEL", "MEGA: file AbCd"),
        ("https://gofile.io/d/abc", "Gofile: folder abc"),
        ("https://www.dropbox.com/scl/fi/abc/fil.mp4?rlkey=x", "Dropbox: file abc"),
        ("https://drive.google.com/file/d/1AbC/view", "Google Drive: file 1AbC"),
        ("https://drive.google.com/drive/folders/1AbC", "Google Drive: folder 1AbC"),
        ("https://we.tl/t-abc", "WeTransfer: short link t-abc"),
        ("https://files.catbox.moe/abc.mp4", "Catbox: file abc.mp4"),
        ("https://pixeldrain.com/u/abc", "Pixeldrain: file abc"),
        ("https://www.facebook.com/watch/?v=77", "Facebook: video 77"),
        ("https://www.facebook.com/kari.eksempel", None),
        ("https://x.com/navn/status/12", "X: post 12"),
        ("https://t.me/navn/12", "Telegram: post navn/12"),
        ("https://notyoutube.com/watch?v=1", None),
        ("https://youtube.com.evil.example/watch?v=1", None),
        ("https://evil.example/?u=youtube.com/watch", None),
        ("https://youtube.com@evil.example/watch?v=1", None),
        ("javascript:alert(1)", None),
        ("https://1fichier.com/?abc123&x", "1fichier: file abc123"),
        ("https://www.icloud.com/sharedalbum/#B0abc", "iCloud: album B0abc"),
    ],
)
def test_places(url: str, place: str | None) -> None:
    assert (None if place_of(url) is None else str(place_of(url))) == place


def test_addresses_in_a_text_end_where_a_person_would_end_them() -> None:
    assert list(addresses("se https://side.example/a. (https://side.example/b) xhttps://c.example ftp://d.example")) == [
        "https://side.example/a",
        "https://side.example/b",
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:pass@side.example/", "https://(withheld: key)@side.example/"),
        ("https://mega.nz/file/A#KEY", "https://mega.nz/file/A#(withheld: key)"),
        ("https://mega.nz/#!A!KEY", "https://mega.nz/#!A!(withheld: key)"),
        ("https://b.example/x?X-Amz-Signature=aa&b=1", "https://b.example/x?X-Amz-Signature=(withheld: key)&b=1"),
        ("https://b.example/x#access_token=aa&b=1", "https://b.example/x#access_token=(withheld: key)&b=1"),
        ("https://b.example/x?q=1#del", "https://b.example/x?q=1#del"),
        ("ikke en adresse", "ikke en adresse"),
    ],
)
def test_keys_in_addresses_are_not_shown(url: str, expected: str) -> None:
    assert shown(url) == expected


def test_addresses_are_taken_apart() -> None:
    parts = split("HTTPS://a@Side.Example.:8443/x/y?z=1#f")
    assert parts is not None
    assert (parts.scheme, parts.user, parts.host, parts.port, parts.path, parts.query, parts.fragment) == (
        "https",
        "a",
        "side.example",
        "8443",
        "/x/y",
        "z=1",
        "f",
    )
    assert split("https://") is None
    assert split("https://a.example/" + "x" * 5000) is None


def test_times_in_every_form() -> None:
    assert (time_note("2026-03-12T21:05:11+01:00") or "").startswith("2026-03-12T21:05:11+01:00; basis explicit")
    assert "basis unknown" in (time_note("2026-03-12T21:05:11") or "")
    assert "basis unknown" in (time_note("D:20260312210511") or "")
    assert (time_note("D:20260312210511+01'00'") or "").startswith("2026-03-12T21:05:11+01:00")
    assert time_note("i går") is None
    assert time_note("D:99999999999999") is None
    assert same_moment("D:20260312210511+01'00'", "2026-03-12T20:05:11Z")
    assert not same_moment("D:20260312210511+01'00'", "2026-03-12T21:05:11Z")


def test_encoded_words() -> None:
    assert decoded_words("=?iso-8859-1?Q?bl=E5?= og =?utf-8?B?w6U=?=") == "blå og å"
    assert decoded_words("=?koi8-r?Q?x?=") == "=?koi8-r?Q?x?="
