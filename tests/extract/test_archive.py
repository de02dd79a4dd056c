"""Archives: every member listed, bytes counted by us, bombs stopped, names never more than data."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import pytest

from sextortion_cli.extract.archive import ArchiveDefect, Event, Limits, Member, MemberEnd, is_container, member_names, members, stream

Fd = Callable[[bytes], int]
HOSTILE = ["../../etc/x", "/abs", "C:\\x", "CON", "a\nb", "æøå.txt", "._x", "\u202egpj.exe"]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 12, 21, 5, 10)), data, method)
    return out.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_773_349_510
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def taken(data: bytes, fd_of: Fd, wanted: set[int] | None = None, limits: Limits | None = None) -> tuple[dict[int, bytes], list[Event]]:
    """Return the bytes by member, and all other events; checks that every piece stands between its member and its end."""
    got: dict[int, bytes] = {}
    events: list[Event] = []
    current = -1
    for event in stream(fd_of(data), len(data), wanted, limits):
        if isinstance(event, bytes):
            assert 0 < len(event) <= 1 << 20
            got[current] = got.get(current, b"") + event
            continue
        events.append(event)
        if isinstance(event, Member):
            current = event.index
        if isinstance(event, MemberEnd):
            assert event.index == current
            got.setdefault(current, b"")
            assert len(got[current]) == event.size
    return got, events


def codes(events: list[Event]) -> list[str]:
    return [event.code for event in events if isinstance(event, ArchiveDefect)]


FILES = {"_chat.txt": b"[12.03.2026] hei\n" * 99, "IMG-20260312-WA0001.jpg": bytes(range(256)) * 40, "empty": b""}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_gives_every_byte(method: int, fd_of: Fd) -> None:
    got, events = taken(zipped(FILES, method), fd_of)
    assert list(got.values()) == list(FILES.values())
    assert codes(events) == []
    first = next(event for event in events if isinstance(event, Member))
    assert (first.name, first.mtime, first.size_claimed, first.crc) == (
        "_chat.txt",
        "2026-03-12T21:05:10",
        17 * 99,
        f"{zlib.crc32(FILES['_chat.txt']):08x}",
    )


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_tar_gives_every_byte(form: int, pack: Callable[[bytes], bytes], fd_of: Fd) -> None:
    files = {**FILES, "mappe/" + "langt" * 15 + "/æ.txt": b"dyp"}
    data = pack(tarred(files, form))
    assert is_container("application/octet-stream", data[:65536])
    got, events = taken(data, fd_of)
    assert list(got.values()) == list(files.values())
    assert codes(events) == []
    listed = [event for event in members(fd_of(data), len(data)) if isinstance(event, Member)]
    assert [event.name for event in listed] == list(files)
    assert listed[0].mtime == "1773349510"


def test_only_the_wanted_members_are_read(fd_of: Fd) -> None:
    for data in (zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES))):
        got, events = taken(data, fd_of, {1})
        assert got == {1: FILES["IMG-20260312-WA0001.jpg"]}
        assert sum(isinstance(event, Member) for event in events) == 3


def test_names_are_data(fd_of: Fd) -> None:
    for data in (zipped(dict.fromkeys(HOSTILE, b"x")), tarred(dict.fromkeys(HOSTILE, b"x"))):
        listed = [event for event in members(fd_of(data), len(data)) if isinstance(event, Member)]
        assert [base64.b64decode(event.name_raw).decode() for event in listed] == HOSTILE
        assert [event.name for event in listed] == HOSTILE
    raw = zipped({"aaa": b"x"}).replace(b"aaa", b"\x80\xffa")
    only = next(iter(members(fd_of(raw), len(raw))))
    assert isinstance(only, Member)
    assert (only.name_basis, base64.b64decode(only.name_raw)) == ("cp437", b"\x80\xffa")


def test_links_devices_and_folders_are_listed_and_not_given(fd_of: Fd) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    got, events = taken(out.getvalue(), fd_of)
    found = [event for event in events if isinstance(event, Member)]
    assert got == {}
    assert [event.kind for event in found] == ["symlink", "hardlink", "device", "fifo", "dir"]
    assert all(event.why_not for event in found)
    assert found[0].link == "/etc/passwd"
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
        zip_archive.mkdir("folder")
    got, events = taken(out.getvalue(), fd_of)
    assert got == {}
    assert [event.kind for event in events if isinstance(event, Member)] == ["symlink", "dir"]


def test_duplicate_names_are_both_kept(fd_of: Fd) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"second")
    for data in (out.getvalue(), tarred({"a": b"first"})[:1024] + tarred({"a": b"second"})):
        got, events = taken(data, fd_of)
        assert list(got.values()) == [b"first", b"second"]
        assert codes(events) == ["duplicate-name"]


def test_wrong_crc_keeps_the_bytes(fd_of: Fd) -> None:
    data = bytearray(zipped({"a": b"hello there"}, zipfile.ZIP_STORED))
    data[data.find(b"hello")] ^= 1
    got, events = taken(bytes(data), fd_of)
    assert got == {0: b"iello there"}
    assert codes(events) == ["wrong-crc"]


def test_encrypted_unknown_and_damaged_members(fd_of: Fd) -> None:
    data = bytearray(zipped({"a": b"x" * 900, "b": b"fine"}))
    at = data.find(b"PK\x01\x02")
    encrypted = bytearray(data)
    encrypted[at + 8] |= 1
    assert codes(taken(bytes(encrypted), fd_of)[1]) == ["encrypted"]
    unknown = bytearray(data)
    unknown[at + 10] = 98
    assert codes(taken(bytes(unknown), fd_of)[1]) == ["unknown-method"]
    damaged = bytearray(data)
    damaged[32] ^= 0xFF
    got, events = taken(bytes(damaged), fd_of)
    assert got[1] == b"fine"
    assert codes(events)[0] in ("damaged", "wrong-crc", "wrong-size")


def test_lying_sizes(fd_of: Fd) -> None:
    data = bytearray(zipped({"a": b"x" * 5000}))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 3)
    got, events = taken(bytes(data), fd_of)
    assert len(got[0]) == 5000
    assert codes(events) == ["wrong-size"]


def fifield(count: int) -> bytes:
    """Return a zip whose directory points `count` times at one member: all of it overlaps."""
    one = zipped({"a": b"0" * 5_000_000})
    at = one.find(b"PK\x01\x02")
    end = one.find(b"PK\x05\x06")
    entry = one[at:end]
    directory = b"".join(entry[:46] + f"{number:01x}"[-1:].encode() for number in range(count))
    return one[:at] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)


def test_overlapping_members_are_refused(fd_of: Fd) -> None:
    got, events = taken(fifield(16), fd_of)
    assert sum(map(len, got.values())) == 5_000_000
    assert codes(events).count("overlap") == 15


def test_limits_stop_bombs(fd_of: Fd) -> None:
    few = Limits(ratio_after_bytes=3_000_000)
    bomb = zipped({"a": bytes(5_000_000), "b": b"x"})
    got, events = taken(bomb, fd_of, limits=few)
    assert len(got[0]) <= 4_100_000
    assert codes(events) == ["ratio-limit"]
    assert got[1] == b"x"
    assert [event.complete for event in events if isinstance(event, MemberEnd)] == [False, True]
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        got, events = taken(pack(tarred({"a": bytes(9_000_000)})), fd_of, limits=few)
        assert len(got.get(0, b"")) <= 4_100_000
        assert codes(events) in (["ratio-limit"], ["total-ratio-limit"])
    many = zipped({f"{number}": b"ab" for number in range(30)})
    _, events = taken(many, fd_of, limits=Limits(members=20))
    assert codes(events) == ["too-many-members"]
    assert sum(isinstance(event, Member) for event in events) == 20
    _, events = taken(many, fd_of, limits=Limits(total_bytes=30))
    assert codes(events)[-1] == "total-limit"
    got, events = taken(many, fd_of, limits=Limits(member_bytes=1))
    assert set(codes(events)) == {"member-limit"}
    assert len(codes(events)) == 30
    got, events = taken(tarred({"a": b"abc", "b": b"d"}), fd_of, limits=Limits(member_bytes=2))
    assert got == {0: b"ab", 1: b"d"}
    assert codes(events) == ["member-limit"]


def test_cut_and_flipped_archives_never_raise(fd_of: Fd) -> None:
    for data in (zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), bz2.compress(tarred(FILES)), lzma.compress(tarred(FILES))):
        for part in range(1, 12):
            taken(data[: len(data) * part // 12], fd_of)
        for step in range(0, len(data), max(1, len(data) // 60)):
            flipped = bytearray(data)
            flipped[step] ^= 0xFF
            taken(bytes(flipped), fd_of)
        cut = data[: len(data) // 2]
        assert codes(taken(cut, fd_of)[1])


def test_what_follows_the_end_is_said(fd_of: Fd) -> None:
    assert codes(taken(zipped(FILES) + b"more", fd_of)[1]) == ["bytes-after-end"]
    assert codes(taken(tarred(FILES) + b"more", fd_of)[1]) == ["bytes-after-end"]
    assert codes(taken(b"MZ program" + zipped(FILES), fd_of)[1]) == []


def test_documents_are_no_containers(fd_of: Fd) -> None:
    plain = zipped(FILES)
    assert is_container("application/zip", plain[:65536], member_names(fd_of(plain), len(plain)))
    for names in ({"[Content_Types].xml": b"", "word/document.xml": b""}, {"META-INF/MANIFEST.MF": b""}, {"AndroidManifest.xml": b""}):
        data = zipped(names)
        assert not is_container("application/zip", data[:65536], member_names(fd_of(data), len(data)))
    epub = zipped({"mimetype": b"application/epub+zip"}, zipfile.ZIP_STORED)
    assert not is_container("application/zip", epub)
    assert not is_container("application/vnd.android.package-archive", plain)
    assert not is_container("application/gzip", gzip.compress(b"just a log" * 100))
    assert not is_container("text/plain", b"text")
