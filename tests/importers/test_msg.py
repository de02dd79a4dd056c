"""Outlook mails: against two other readers, and as files nobody should trust."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from sextortion_cli.importers.outlook.compound import BrokenError, Compound
from sextortion_cli.importers.outlook.mail import mails
from sextortion_cli.model.reading import Defect, Fact, Message
from sextortion_cli.readers.tally import Tally

from .compound_files import CASES as MADE
from .compound_files import compound, storage
from .reading import read, sniff
from .test_laws import CASES, check_account

FILES = [path for path in sorted((CASES / "mail_msg").glob("*.msg")) if "damaged" not in path.name]


def opened(data: bytes) -> Compound:
    return Compound(lambda at, count: data[at : at + count], len(data))


@pytest.mark.parametrize("name", MADE)
def test_the_cases_are_what_the_script_makes(name: str) -> None:
    assert (CASES / "mail_msg" / name).read_bytes() == compound(MADE[name]())


def samples(corpus: Path | None = None) -> list[bytes]:
    return [path.read_bytes() for path in FILES] + (
        [] if corpus is None else [(corpus / "exports" / "email" / "mail-parser__mail_outlook_1").read_bytes()]
    )


def against_olefile(data: bytes) -> None:
    olefile = pytest.importorskip("olefile")
    ours = opened(data)
    theirs = olefile.OleFileIO(data)
    streams = sorted(theirs.listdir(streams=True, storages=False))

    def walk(entry, place: tuple[str, ...]) -> list[tuple[tuple[str, ...], bytes]]:
        found = []
        for inner in ours.children(entry):
            if inner.is_stream:
                found.append(((*place, inner.name), b"".join(ours.pieces(inner))))
            else:
                found += walk(inner, (*place, inner.name))
        return found

    found = dict(walk(ours.entries[0], ()))
    assert sorted(map(list, found)) == streams
    for place, content in found.items():
        assert content == theirs.openstream(list(place)).read()
    assert ours.problems == set()


def against_aspose(data: bytes, folder: Path) -> None:
    library = pytest.importorskip("aspose.email_foss.msg")
    path = folder / "x.msg"
    path.write_bytes(data)
    theirs = library.MapiMessage.from_file(path)
    ours = next(mails(opened(data)))
    assert (ours.subject, ours.message_class) == (theirs.subject or "", theirs.message_class)
    assert (ours.text.text if ours.text is not None else "").strip() == (theirs.body or "").strip()
    streams = [item for item in ours.attachments if item.stream is not None]
    data_of = [item.data for item in theirs.attachments if item.data]
    assert [b"".join(opened(data).pieces(item.stream)) for item in streams] == data_of
    theirs.close()


def test_two_other_readers_find_the_same(tmp_path: Path) -> None:
    for data in samples():
        against_olefile(data)
        against_aspose(data, tmp_path)


@pytest.mark.corpus
def test_two_other_readers_find_the_same_in_a_real_file(corpus: Path, tmp_path: Path) -> None:
    data = samples(corpus)[-1]
    against_olefile(data)
    against_aspose(data, tmp_path)
    check_account(read("mail-msg", data))


def test_a_reader_that_forgets_a_stream_is_found_out() -> None:
    data = FILES[-1].read_bytes()
    records = [record for record in read("mail-msg", data).records if isinstance(record, Fact | Message)]
    forgotten = [
        Fact(fact.start, fact.end, fact.kind, overlay=True, values=dict(list(fact.values.items())[1:]))
        if isinstance(fact, Fact) and fact.kind == "mail-streams"
        else fact
        for fact in records
    ]
    for told, codes in ((records, set()), (forgotten, {"hidden-in-mail"})):
        tally = Tally(len(data), lambda at, count: data[at : at + count], "compound", selecting=False)
        assert {record.code for record in tally.watch(iter(told)) if isinstance(record, Defect)} == codes


def test_attached_mails_are_read_three_deep_and_no_deeper() -> None:
    tree = storage(24, {0x001A: "IPM.Note", 0x0037: "innerst"})
    for depth in range(6):
        attached = storage(8, {}, **{"__substg1.0_3701000D": tree})
        tree = storage(
            24 if depth < 5 else 32, {0x001A: "IPM.Note", 0x0037: f"nivå {depth}"}, **{"__attach_version1.0_#00000000": attached}
        )
    reading = read("mail-msg", compound(tree))
    check_account(reading)
    assert [fact.values["in"] for fact in reading.of(Fact) if fact.kind == "mail-attached-mail"] == ["1/", "1/1/"]


def test_no_byte_of_a_picture_leaves_a_mail_that_may_not_be_copied(casefile, tmp_path: Path) -> None:
    picture = b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(6000)
    attached = storage(8, {0x3707: "bilde.jpg", 0x370E: "image/jpeg"}, **{"__substg1.0_37010102": picture})
    tree = storage(32, {0x001A: "IPM.Note", 0x0037: "hei", 0x1000: "Betal 20 000 kroner."}, **{"__attach_version1.0_#00000000": attached})
    (tmp_path / "brev.msg").write_bytes(compound(tree))
    casefile("new", tmp_path / "case", "--minor", "yes")
    items = casefile("import", tmp_path / "brev.msg", "--case", tmp_path / "case", "--json", status=None).json["items"]
    assert {item["name"]: item["status"] for item in items} == {
        "brev.msg": "by-reference",
        "bilde.jpg": "by-reference",
        "brev.msg.text.txt": "stored",
    }
    kept = b"".join(path.read_bytes() for path in (tmp_path / "case").rglob("*") if path.is_file())
    assert b"Betal 20 000 kroner." in kept
    assert not any(picture[at : at + 12] in kept for at in range(4, len(picture) - 12, 61))


def test_a_compound_file_without_a_message_is_not_claimed() -> None:
    data = compound({"WordDocument": b"x" * 5000, "1Table": b"y"})
    assert sniff("mail-msg", data) == "no"
    check_account(read("mail-msg", data))


def test_chains_in_circles_and_out_of_the_file_end() -> None:
    whole = bytearray(FILES[-1].read_bytes())
    rng = random.Random(5)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(4):
            at = rng.randrange(0, len(data) - 4) & ~3
            data[at : at + 4] = struct.pack("<I", rng.choice((0, 1, 2, 5, 0xFFFFFFFE, 0xFFFFFFF0, rng.randrange(40), 0x7FFFFFFF)))
        try:
            file = opened(bytes(data))
            for entry in file.entries.values():
                assert sum(len(piece) for piece in file.pieces(entry)) <= len(data) + 64
        except BrokenError:
            pass
        check_account(read("mail-msg", bytes(data)))
