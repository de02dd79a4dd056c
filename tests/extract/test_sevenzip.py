"""7z archives: every member comes out whole or with a defect, in bounded memory, whatever the archive says of itself."""

from __future__ import annotations

import io
import itertools
import random
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import py7zr
import pytest

from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberEnd
from sextortion_cli.extract.sevenzips import sevenzip_stream

FILES = {"melding/æøå 😀.txt": b"hei " * 60_000, "bilde.jpg": random.Random(1).randbytes(300_000), "tom.txt": b"", "slutt.txt": b"slutt"}


def packed(files: dict[str, bytes], *blocks: Sequence[str], filters: Any = None, plain: bool = False, **more: Any) -> bytes:
    """Return a 7z; `blocks` are groups of names that are packed together (one group without), `plain` leaves its directory unpacked."""
    out = io.BytesIO()
    for number, names in enumerate(blocks or (list(files),)):
        out.seek(0)
        with py7zr.SevenZipFile(out, "a" if number else "w", filters=filters, **more) as archive:
            archive.set_encoded_header_mode(not plain)
            if more.get("header_encryption"):
                archive.set_encrypted_header(True)
            for name in names:
                archive.writestr(files[name], name)
    return out.getvalue()


def altered(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return an archive whose directory says something else, with check values that are right again."""
    offset, length = struct.unpack_from("<QQ", data, 12)
    head = data[32 + offset : 32 + offset + length]
    assert head.count(old) == 1
    head = head.replace(old, new)
    start = struct.pack("<QQL", offset, len(head), zlib.crc32(head))
    return data[:8] + struct.pack("<L", zlib.crc32(start)) + start + data[32 : 32 + offset] + head


class Taken:
    """What came out of an archive."""

    def __init__(self, data: bytes, wanted: set[int] | None = None, limits: Limits | None = None) -> None:
        self.members: list[Member] = []
        self.bytes: dict[str, bytes] = {}
        self.complete: dict[str, bool] = {}
        self.defects: list[tuple[str, int | None]] = []
        self.largest = 0
        held = bytearray()
        for event in sevenzip_stream(lambda offset, count: data[offset : offset + count], len(data), wanted, limits or Limits()):
            if isinstance(event, Member):
                self.members.append(event)
                held = bytearray()
            elif isinstance(event, ArchiveDefect):
                self.defects.append((event.code, event.index))
            elif isinstance(event, MemberEnd):
                assert event.size == len(held)
                self.bytes[self.members[-1].name], self.complete[self.members[-1].name] = bytes(held), event.complete
            else:
                held += event
                self.largest = max(self.largest, len(event))


@pytest.mark.parametrize(
    ("filters", "method"),
    [
        (None, "lzma2+bcj"),
        ([{"id": py7zr.FILTER_LZMA}], "lzma"),
        ([{"id": py7zr.FILTER_LZMA2, "preset": 1}], "lzma2"),
        ([{"id": py7zr.FILTER_DELTA}, {"id": py7zr.FILTER_LZMA2}], "lzma2+delta"),
        ([{"id": py7zr.FILTER_DEFLATE}], "deflate"),
        ([{"id": py7zr.FILTER_BZIP2}], "bzip2"),
        ([{"id": py7zr.FILTER_COPY}], "copy"),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_every_member_comes_out_as_it_went_in(filters: Any, method: str, plain: bool) -> None:
    taken = Taken(packed(FILES, filters=filters, plain=plain))
    assert taken.bytes == FILES
    assert not taken.defects
    assert all(taken.complete.values())
    assert {member.method for member in taken.members} == {method}
    assert [member.index for member in taken.members] == [0, 1, 2, 3]
    assert taken.members[0].mtime is not None
    assert taken.members[0].crc == f"{zlib.crc32(FILES['melding/æøå 😀.txt']):08x}"


def test_members_can_be_listed_and_chosen() -> None:
    data = packed(FILES)
    assert [member.name for member in Taken(data, set()).members] == list(FILES)
    assert not Taken(data, set()).bytes
    assert Taken(data, {3}).bytes == {"slutt.txt": b"slutt"}
    assert len(Taken(data, {3}).members) == 4


def test_several_blocks_and_folders() -> None:
    names = list(FILES)
    data = packed(FILES, names[:2], names[2:], filters=[{"id": py7zr.FILTER_LZMA2, "preset": 1}])
    assert Taken(data).bytes == FILES
    assert Taken(data, {1}).bytes == {"bilde.jpg": FILES["bilde.jpg"]}


def test_pieces_stay_small_however_much_a_block_holds() -> None:
    taken = Taken(packed({"null.bin": bytes(30_000_000), "etter.txt": b"etter"}))
    assert taken.bytes["etter.txt"] == b"etter"
    assert taken.largest <= 1 << 20


def test_a_folder_an_empty_file_and_a_link_are_told_apart(tmp_path: Any) -> None:
    (tmp_path / "mappe" / "tom mappe").mkdir(parents=True)
    (tmp_path / "mappe" / "tom.txt").write_bytes(b"")
    (tmp_path / "mappe" / "hei.txt").write_bytes(b"hei")
    (tmp_path / "mappe" / "lenke").symlink_to("hei.txt")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writeall(tmp_path / "mappe", "mappe")
    taken = Taken(out.getvalue())
    kinds = {member.name.rstrip("/"): member.kind for member in taken.members}
    assert kinds == {
        "mappe": "dir",
        "mappe/tom mappe": "dir",
        "mappe/tom.txt": "file",
        "mappe/hei.txt": "file",
        "mappe/lenke": "symlink",
    }
    assert taken.bytes == {"mappe/tom.txt": b"", "mappe/hei.txt": b"hei"}
    assert not taken.defects


def test_an_empty_archive_and_one_that_was_never_finished() -> None:
    assert Taken(b"7z\xbc\xaf'\x1c\x00\x04" + struct.pack("<L", zlib.crc32(bytes(20))) + bytes(20)).defects == []
    never = b"7z\xbc\xaf'\x1c\x00\x04" + struct.pack("<L", zlib.crc32(bytes(20))) + bytes(20) + b"packed bytes"
    assert Taken(never).defects == [("no-members", None)]


@pytest.mark.parametrize("hidden", [False, True])
def test_what_needs_a_password_is_said(hidden: bool) -> None:
    taken = Taken(packed({"a.txt": b"hei"}, password="ikke kjent", header_encryption=hidden))
    assert taken.bytes == {}
    assert taken.defects == [("encrypted", None if hidden else 0)]
    assert [member.encrypted for member in taken.members] == ([] if hidden else [True])


@pytest.mark.parametrize(
    "filters",
    [
        [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 16}],
        [{"id": py7zr.FILTER_ZSTD, "level": 3}],
        [{"id": py7zr.FILTER_BROTLI, "level": 3}],
        [{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA}],
    ],
)
def test_ways_of_packing_that_are_not_safe_to_unpack_are_named_and_left(filters: Any) -> None:
    taken = Taken(packed(FILES, filters=filters))
    assert set(taken.defects) == {("unknown-method", 0), ("unknown-method", 1), ("unknown-method", 2), ("unknown-method", 3)}
    assert {member.why_not for member in taken.members} == {"unknown-method"}
    assert taken.bytes == {}


def test_a_directory_may_not_be_packed_in_such_a_way_either() -> None:
    data = packed(FILES)
    assert Taken(altered(data, b"\x01\x21\x21\x01\x18", b"\x01\x23\x03\x04\x01\x05\x06\x00\x00\x10\x00")).defects == [
        ("unknown-method", None)
    ]
    assert Taken(data, limits=Limits(header_bytes=100)).defects == [("directory-too-large", None)]


def test_a_dictionary_of_any_size_is_not_believed() -> None:
    data = packed({"a.txt": b"hei"}, filters=[{"id": py7zr.FILTER_LZMA2, "dict_size": 1 << 20}], plain=True)
    assert Taken(data).bytes == {"a.txt": b"hei"}
    assert Taken(altered(data, b"\x21\x21\x01\x10", b"\x21\x21\x01\x28")).defects == [("too-much-memory", 0)]


@pytest.mark.slow
def test_a_bomb_is_stopped_and_what_lies_behind_it_is_said() -> None:
    data = packed(
        {"bombe.bin": bytes(120_000_000), "etter.txt": b"etter"}, ["bombe.bin"], ["etter.txt"], filters=[{"id": py7zr.FILTER_BZIP2}]
    )
    taken = Taken(data)
    assert taken.defects == [("ratio-limit", 0)]
    assert taken.complete == {"bombe.bin": False, "etter.txt": True}
    solid = Taken(packed({"bombe.bin": bytes(120_000_000), "etter.txt": b"etter"}))
    assert solid.defects == [("ratio-limit", 0), ("unreachable", 1)]
    assert Taken(packed({"bombe.bin": bytes(120_000_000), "etter.txt": b"etter"}), {1}).defects == [("ratio-limit", 0), ("unreachable", 1)]


def test_limits_on_members_and_bytes() -> None:
    data = packed(FILES)
    assert Taken(data, limits=Limits(members=2)).defects == [("too-many-members", None)]
    assert ("member-limit", 0) in Taken(data, limits=Limits(member_bytes=1000)).defects
    cut = Taken(data, limits=Limits(total_bytes=1000))
    assert cut.defects == [("total-limit", 0)]
    assert len(cut.members) == 1


def test_names_are_only_data_and_may_come_twice() -> None:
    data = packed({"xx/xx/a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}, plain=True)
    name = "xx/xx/a.txt".encode("utf-16-le")
    assert Taken(altered(data, name, "../../a.txt".encode("utf-16-le"))).bytes["../../a.txt"] == b"1"
    twice = Taken(altered(data, "c.txt".encode("utf-16-le"), "b.txt".encode("utf-16-le")))
    assert twice.defects == [("duplicate-name", 2)]
    assert [member.duplicate for member in twice.members] == [False, False, True]


def test_damage_costs_what_was_packed_with_it_and_no_more() -> None:
    names = list(FILES)
    data = bytearray(packed(FILES, names[:2], names[2:], filters=[{"id": py7zr.FILTER_LZMA2, "preset": 1}]))
    data[32 + 20] ^= 0xFF
    taken = Taken(bytes(data))
    assert taken.bytes["slutt.txt"] == b"slutt"
    assert taken.complete["tom.txt"]
    assert taken.bytes.get("bilde.jpg") != FILES["bilde.jpg"]
    assert {index for _, index in taken.defects} == {0, 1}
    flipped = bytearray(packed(FILES, filters=[{"id": py7zr.FILTER_COPY}]))
    flipped[32 + 10] ^= 1
    assert Taken(bytes(flipped)).defects == [("wrong-crc", 0)]


def test_data_outside_the_archive_and_after_its_end() -> None:
    data = packed({"a.txt": b"hei"}, filters=[{"id": py7zr.FILTER_COPY}], plain=True)
    assert Taken(data + b"mer").defects == [("bytes-after-end", None)]
    assert ("outside", 0) in Taken(altered(data, b"\x06\x00\x01\x09\x03", b"\x06\x00\x01\x09\x7f")).defects


def test_a_cut_archive_is_a_defect_and_never_an_error() -> None:
    data = packed(FILES)
    for end in (*range(1, 64), len(data) // 2, len(data) - 1):
        assert Taken(data[:end]).defects in ([("no-directory", None)], [("bad-directory", None)])


@pytest.mark.parametrize("seed", range(6))
def test_bytes_turned_over_anywhere_give_defects_and_never_an_error(seed: int) -> None:
    rng = random.Random(seed)
    bases = [packed({"a.txt": b"hei " * 400, "b.txt": rng.randbytes(200)}, plain=plain) for plain in (False, True)]
    for base, _ in itertools.product(bases, range(150)):
        data = bytearray(base)
        offset, length = struct.unpack_from("<QQ", data, 12)
        in_directory = rng.random() < 0.7
        places = range(32 + offset, len(data)) if in_directory else range(32, 32 + offset)
        for place in rng.choices(places, k=rng.randint(1, 3)):
            data[place] ^= rng.randrange(1, 256)
        struct.pack_into("<L", data, 28, zlib.crc32(data[32 + offset : 32 + offset + length]))
        struct.pack_into("<L", data, 8, zlib.crc32(data[12:32]))
        taken = Taken(bytes(data), limits=Limits(total_bytes=1 << 22))
        assert taken.defects or in_directory  # a directory that lies well is believed; packed bytes have check values
