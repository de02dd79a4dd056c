"""The custody log while it grows: a reader beside the writer, a record too long to be read again, a forged history."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.errors import NewerFormat, Problem
from sextortion_cli.model import checkpoint as c2sp
from sextortion_cli.model import logline
from sextortion_cli.model.merkle import Tree, leaf_hash
from sextortion_cli.store import case as cases
from sextortion_cli.store.log import LARGEST_LINE, lines
from sextortion_cli.store.verify import verify

from .scenes import SESSION, differences, new


@pytest.fixture
def case(tmp_path: Path) -> Path:
    new(tmp_path / "case", tmp_path)
    for text in ("en", "to", "tre"):
        casework.add_note(tmp_path / "case", SESSION, text)
    return tmp_path / "case"


def test_a_line_that_is_being_written_is_never_seen_in_two_pieces(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"one\ntw")
    found = lines(log)
    assert next(found) == b"one\n"
    assert next(found) == b"tw"
    with log.open("ab") as out:
        out.write(b"o\nthree\n")
    assert list(found) == []


def test_reading_beside_a_writer_of_large_groups(case: Path) -> None:
    """Groups far larger than a page are appended while the case is opened and checked again and again."""
    program = f"""
from pathlib import Path
from sextortion_cli.model.session import Session
from sextortion_cli.store.case import writing
with writing(Path({str(case)!r}), Session()) as writer:
    for group in range(30):
        for number in range(20):
            writer.record("later-kind", None, {{"text": "x" * 20_000}})
        writer.commit()
"""
    with subprocess.Popen([sys.executable, "-c", program]) as writer:
        while writer.poll() is None:
            assert differences(case) == []
            cases.open_case(case)
        assert writer.returncode == 0
    assert verify(case).records == 604


def test_a_record_too_long_to_be_read_again_is_refused_before_it_is_written(case: Path) -> None:
    before = (case / "log.jsonl").read_bytes()
    with cases.writing(case, SESSION) as writer, pytest.raises(ValueError, match="8 MiB"):
        writer.record("note", {"note_id": "N-009"}, {"text": "x" * LARGEST_LINE})
    assert (case / "log.jsonl").read_bytes() == before
    with cases.writing(case, SESSION) as writer:
        writer.record("later-kind", None, {"text": "y" * (LARGEST_LINE - 4096)})
        writer.commit()
    casework.add_note(case, SESSION, "etter")
    assert verify(case).ok


def rewritten(data: bytes, at: int, text: str) -> bytes:
    """Return the log with one note's text changed and every later record made to follow it again, as a careful forger would."""
    out: list[bytes] = []
    prev = ""
    for number, line in enumerate(data.splitlines()):
        record = {key: value for key, value in json.loads(line).items() if key != "self"}
        if number == at:
            record["data"] = {**record["data"], "text": text}
        if number > at:
            record["prev"] = prev
        forged = logline.encode(record)
        prev = leaf_hash(forged).hex()
        out.append(forged + b"\n")
    return b"".join(out)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_history_rewritten_without_its_head_is_found(case: Path, at: int) -> None:
    log = case / "log.jsonl"
    log.write_bytes(rewritten(log.read_bytes(), at, "annet"))
    assert differences(case) == ["log-differs-from-head head"]
    with pytest.raises(Problem):
        cases.open_case(case)


def test_a_history_rewritten_with_its_head_has_another_fingerprint(case: Path) -> None:
    """From inside this cannot be seen; the fingerprint somebody noted earlier shows it, and `verify` says so."""
    noted = verify(case).fingerprint
    log = case / "log.jsonl"
    forged = rewritten(log.read_bytes(), 2, "annet")
    tree = Tree()
    for line in forged.splitlines():
        tree.append(leaf_hash(line))
    origin = c2sp.parse((case / "head").read_bytes()).origin
    log.write_bytes(forged)
    (case / "head").write_bytes(c2sp.Checkpoint(origin, tree.size, tree.root()).text())
    result = verify(case)
    assert result.ok
    assert result.fingerprint != noted


def test_a_case_continued_in_two_places_is_named_a_fork(case: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(case, tmp_path / "other"))
    casework.add_note(case, SESSION, "her")
    casework.add_note(other, SESSION, "der")
    last = (other / "log.jsonl").read_bytes().splitlines(keepends=True)[-1]
    with (case / "log.jsonl").open("ab") as log:
        log.write(last)
    assert differences(case) == ["log-forked record 5"]


def continued(case: Path, *extra: dict[str, object]) -> None:
    """Append records and pin them with a head, as another version of the program would."""
    lines_before = (case / "log.jsonl").read_bytes().splitlines()
    tree = Tree()
    for line in lines_before:
        tree.append(leaf_hash(line))
    out = b""
    last = json.loads(lines_before[-1])
    for fields in extra:
        prev = leaf_hash(out.splitlines()[-1] if out else lines_before[-1]).hex()
        base = {key: value for key, value in last.items() if key != "self"} | {"seq": tree.size, "prev": prev}
        line = logline.encode({key: value for key, value in (base | fields).items() if value is not None or key == "subject"})
        tree.append(leaf_hash(line))
        out += line + b"\n"
    with (case / "log.jsonl").open("ab") as log:
        log.write(out)
    origin = c2sp.parse((case / "head").read_bytes()).origin
    (case / "head").write_bytes(c2sp.Checkpoint(origin, tree.size, tree.root()).text())


@pytest.mark.parametrize(
    "extra",
    [
        {"v": 2, "type": "upgraded", "data": {"to": 2}},
        {"v": 2, "type": "acquired", "data": {"shaped": "otherwise"}},
        {"v": 2, "type": "note", "tool": None, "writer": None},
    ],
)
def test_a_case_a_newer_version_went_on_with_is_not_written_and_no_difference(case: Path, extra: dict[str, object]) -> None:
    """The first record binds `case.json`, so only later lines can say that the format went on."""
    continued(case, extra)
    (case / "anchors").mkdir()
    result = verify(case)
    assert result.newer
    assert result.ok, result.findings
    before = (case / "log.jsonl").read_bytes()
    with pytest.raises(NewerFormat):
        casework.add_note(case, SESSION, "etter")
    assert (case / "log.jsonl").read_bytes() == before
    (case / "README.txt").chmod(0o600)
    (case / "README.txt").write_bytes(b"x")
    assert differences(case) == ["file-altered README.txt"], "bytes that differ are a difference, whatever version they claim"


@pytest.mark.parametrize("kind", ["statement", "add-exhibit", "later-kind"])
def test_a_record_of_an_unknown_type_is_kept(case: Path, kind: str) -> None:
    with cases.writing(case, SESSION) as writer:
        writer.record(kind, {"exhibit": "A-001"}, {"x": 1})
        writer.commit()
    assert verify(case).ok
    assert [record["type"] for record in cases.open_case(case).book.others] == [kind]


def test_a_case_is_opened_once_and_first(case: Path) -> None:
    genesis = json.loads((case / "log.jsonl").read_bytes().splitlines()[0])
    continued(case, {"type": "case-opened", "data": {**genesis["data"], "settings": {"minor": "no"}}})
    assert differences(case)
    with pytest.raises(Problem):
        cases.open_case(case)


@pytest.mark.parametrize("digest", ["../../../../../../etc/passwd", "A" * 64, "ab"])
def test_a_digest_never_leads_out_of_the_case(case: Path, digest: str) -> None:
    """The log of a case from elsewhere is evidence too."""
    continued(case, {"type": "acquired", "subject": {"exhibit": "A-001", "sha256": digest, "size": "1"}, "data": {"name": "x"}})
    assert [item.code for item in verify(case).findings] == ["log-line-altered"]
    with pytest.raises(Problem):
        cases.open_case(case)


def test_a_whole_line_after_the_head_that_does_not_follow_is_not_taken_in(case: Path) -> None:
    """A writer believes lines after the head only when each follows the one before it; a doubled or foreign one is no crash remnant."""
    log = case / "log.jsonl"
    data = log.read_bytes()
    log.write_bytes(data + data.splitlines(keepends=True)[-1])
    with pytest.raises(Problem):
        casework.add_note(case, SESSION, "etter")
    assert log.read_bytes() == data + data.splitlines(keepends=True)[-1]


def test_an_older_log_under_a_newer_head_and_the_other_way_round(case: Path, tmp_path: Path) -> None:
    older = Path(shutil.copytree(case, tmp_path / "older"))
    casework.add_note(case, SESSION, "fire")
    head, log = (case / "head").read_bytes(), (case / "log.jsonl").read_bytes()
    shutil.copy(older / "log.jsonl", case / "log.jsonl")
    assert differences(case) == ["log-truncated log.jsonl"]
    (case / "log.jsonl").write_bytes(log)
    shutil.copy(older / "head", case / "head")
    result = verify(case)
    assert [item.code for item in result.findings] == ["records-after-head"]
    casework.add_note(case, SESSION, "fem")
    assert verify(case).findings == []
    (case / "head").write_bytes(head)
    assert [item.code for item in verify(case).findings] == ["records-after-head"]
