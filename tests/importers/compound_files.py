"""
Composes Outlook mails for tests: a compound file of version 3 from a tree of names, and the properties of a message in it.

``python -m tests.importers.compound_files`` in the project's folder writes the cases again.
"""

from __future__ import annotations

import struct
from pathlib import Path

_END, _FREE, _FAT, _LISTS = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
Tree = dict[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """Return a compound file; a storage's entries hang on each other in a row, which no program minds."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "kind": 5, "child": _FREE, "right": _FREE, "data": b""}]

    def add(inner: Tree) -> int:
        first, before = _FREE, -1
        for name, value in inner.items():
            number = len(entries)
            entries.append({"name": name, "kind": 2 if isinstance(value, bytes) else 1, "child": _FREE, "right": _FREE, "data": value})
            if before < 0:
                first = number
            else:
                entries[before]["right"] = number
            before = number
            if isinstance(value, dict):
                entries[number]["child"] = add(value)
                entries[number]["data"] = b""
        return first

    entries[0]["child"] = add(tree)
    mini, mini_fat, sectors, fat = bytearray(), [], [], []

    def chain(data: bytes) -> int:
        count = -(-len(data) // 512)
        if not count:
            return _END
        first = len(fat)
        for at in range(count):
            sectors.append(data[at * 512 : at * 512 + 512].ljust(512, b"\0"))
            fat.append(first + at + 1 if at + 1 < count else _END)
        return first

    for entry in entries[1:]:
        data = bytes(entry["data"])  # type: ignore[arg-type]
        entry["size"] = len(data)
        if entry["kind"] == 2 and len(data) >= 4096:
            entry["start"] = chain(data)
        elif entry["kind"] == 2 and data:
            entry["start"] = len(mini_fat)
            count = -(-len(data) // 64)
            mini_fat += [len(mini_fat) + at + 1 for at in range(count - 1)] + [_END]
            mini += data.ljust(count * 64, b"\0")
        else:
            entry["start"] = _END
    entries[0]["start"], entries[0]["size"] = chain(bytes(mini)), len(mini)
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) * 4 // 512) * 512, b"\xff"))
    raw = b"".join(_entry(entry) for entry in entries)
    directory = chain(raw.ljust(-(-len(raw) // 512) * 512, b"\0"))
    tables, lists = 1, 0
    while len(fat) + tables + lists > tables * 128:
        tables += 1
        lists = max(0, -(-(tables - 109) // 127))
    places = list(range(len(fat), len(fat) + tables))
    listed = len(fat) + tables
    fat += [_FAT] * tables + [_LISTS] * lists
    fat += [_FREE] * (tables * 128 - len(fat))
    sectors += [struct.pack("<128I", *fat[at * 128 : at * 128 + 128]) for at in range(tables)]
    for number in range(lists):
        some = places[109 + number * 127 : 109 + number * 127 + 127]
        following = listed + number + 1 if number + 1 < lists else _END
        sectors.append(struct.pack("<128I", *some, *[_FREE] * (127 - len(some)), following))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9I", 0, tables, directory, 0, 4096, mini_start, len(mini_fat) and 1, listed if lists else _END, lists)
    head += struct.pack("<109I", *places[:109], *[_FREE] * (109 - tables))
    return head + b"".join(sectors)


def _entry(entry: dict[str, object]) -> bytes:
    name = str(entry["name"]).encode("utf-16-le") + b"\0\0"
    links = struct.pack("<3I", _FREE, entry["right"], entry["child"])
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), entry["kind"], 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", entry["start"], entry["size"])
    )


def storage(
    head: int,
    texts: dict[int, str],
    fixed: tuple[tuple[int, int, bytes], ...] = (),
    narrow: str | None = None,
    **more: bytes | Tree,
) -> Tree:
    """Return a storage with string properties (Unicode, or in one code page), fixed ones as (number, type, eight bytes), and further entries by name."""
    kind, codec = (0x1F, "utf-16-le") if narrow is None else (0x1E, narrow)
    tree: Tree = {f"__substg1.0_{number:04X}{kind:04X}": text.encode(codec) for number, text in texts.items()}
    end = 2 if narrow is None else 1
    entries = b"".join(struct.pack("<HHIII", kind, number, 6, len(text.encode(codec)) + end, 0) for number, text in texts.items())
    entries += b"".join(struct.pack("<HHI", form, number, 6) + value for number, form, value in fixed)
    for name, value in more.items():
        if name.startswith("__substg1.0_"):
            size = len(value) if isinstance(value, bytes) else 0xFFFFFFFF
            entries += struct.pack("<HHIII", int(name[16:], 16), int(name[12:16], 16), 6, size, 1)
            entries += struct.pack("<HHIiI", 3, 0x3705, 6, 1 if isinstance(value, bytes) else 5, 0) if name[12:16] == "3701" else b""
    return {"__properties_version1.0": b"\0" * head + entries, **tree, **more}


def file_time(seconds: int) -> bytes:
    """Return seconds since 1970 as eight bytes."""
    return struct.pack("<Q", seconds * 10_000_000 + 116_444_736_000_000_000)


#: Names of properties of its own that a mail may have; every mail has the (empty) storage.
NAMES: Tree = {"__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""}}

HEADERS = (
    "Received: from ut.example (ut.example [198.51.100.8]) by mx.postkasse.example with ESMTPS id 1;\r\n\tThu, 12 Mar 2026 20:05:12 +0000\r\n"
    "From: Lina <lina@avsender.example>\r\nTo: kari@postkasse.example\r\nDate: Thu, 12 Mar 2026 20:05:08 +0000\r\nSubject: Bilder\r\n\r\n"
)
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def received() -> Tree:
    """Return a mail that came over the network, with two attachments of one name and a mail attached."""
    inner = storage(
        24, {0x001A: "IPM.Note", 0x0037: "Den første", 0x1000: "Hei på deg.\r\n", 0x0C1A: "Ukjent", 0x0C1F: "ukjent@utenfor.example"}
    )
    return storage(
        32,
        {
            0x001A: "IPM.Note", 0x0037: "Bilder", 0x0C1A: "Lina", 0x0C1F: "lina@avsender.example", 0x1000: "Betal 20 000 kroner.\r\nEllers …\r\n",
            0x007D: HEADERS, 0x1035: "<t1@avsender.example>", 0x0070: "Bilder",
        },
        ((0x0039, 0x40, file_time(1_773_345_908)), (0x0E06, 0x40, file_time(1_773_345_912)), (0x3FFD, 3, struct.pack("<iI", 65001, 0))),
        **NAMES,
        **{
            "__recip_version1.0_#00000000": storage(8, {0x3001: "Kari", 0x39FE: "kari@postkasse.example"}, ((0x0C15, 3, struct.pack("<iI", 1, 0)),)),
            "__attach_version1.0_#00000000": storage(8, {0x3707: "liten.gif", 0x370E: "image/gif"}, **{"__substg1.0_37010102": GIF}),
            "__attach_version1.0_#00000001": storage(8, {0x3707: "liten.gif"}, **{"__substg1.0_37010102": GIF + b" " * 5000}),
            "__attach_version1.0_#00000002": storage(8, {0x3001: "Den første"}, **{"__substg1.0_3701000D": inner}),
            "__substg1.0_10130102": "<p>Betal 20 000 kroner.</p><a href='http://betal.example'>Ellers …</a>".encode(),
        },
    )  # fmt: skip


def draft() -> Tree:
    """Return a mail that never went over the network, in an older alphabet."""
    fixed = ((0x3FFD, 3, struct.pack("<iI", 1252, 0)), (0x3007, 0x40, file_time(1_773_345_908)))
    return storage(32, {0x001A: "IPM.Note", 0x0037: "Blåbær", 0x1000: "Utkast på norsk"}, fixed, "cp1252", **NAMES)


CASES = {"received.msg": received, "draft.msg": draft}


def main() -> None:
    """Write the cases."""
    folder = Path(__file__).parent / "cases" / "mail_msg"
    folder.mkdir(exist_ok=True)
    for name, make in CASES.items():
        (folder / name).write_bytes(compound(make()))
    whole = compound(received())
    (folder / "damaged-cut.msg").write_bytes(whole[: len(whole) // 2])


if __name__ == "__main__":
    main()
