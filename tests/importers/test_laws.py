"""
The laws every importer keeps, over every file in `cases/<importer>/`, whole, cut and damaged.

A new importer needs a folder of cases with its golden files and no new test. Golden files are read by a person before they are
kept: ``CASEFILE_WRITE_GOLDEN=1 pytest tests/importers/test_laws.py -k golden`` writes those that are missing.
"""

from __future__ import annotations

import os
import random
import re
from datetime import date
from pathlib import Path

import pytest

from sextortion_cli.examination import _can_read
from sextortion_cli.extract.mediatype import HEAD, describe
from sextortion_cli.importers.base import importers
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, ReadOptions

from .databases import compose
from .reading import Reading, golden_lines, read, sniff, source_of

CASES = Path(__file__).parent / "cases"
#: The only bytes no record need cover: what separates two values of a list, in a JSON file.
SEPARATOR = re.compile(rb"[ \t\r\n]*,?[ \t\r\n]*")
#: Readers for anything a person hands them: they claim nothing, and are used only when asked for.
ONLY_ASKED = {"table", "pasted-text"}
WRITE = os.environ.get("CASEFILE_WRITE_GOLDEN") == "1"
FILES = [
    pytest.param(importer, path, id=f"{importer}/{path.name}")
    for importer in importers()
    for path in sorted((CASES / importer.replace("-", "_")).glob("*"))
    if path.is_file() and path.suffix != ".golden"
]
#: How often a file is cut or damaged: a few times in every run of the tests, many times in the slow tier.
ROUNDS = (4, pytest.param(40, marks=pytest.mark.slow))
NOT_MESSAGES = (
    b"",
    b"\n",
    b"\x00" * 4096,
    b"\xff" * 1000,
    b"{}",
    b"[]",
    b'{"a": 1}',
    b"Dear diary,\nnothing happened today.\n",
    b"2026-03-12 21:05:00 INFO server: started\n" * 20,
    b"<html><body>12/03/2026</body></html>",
    bytes(random.Random(7).randbytes(8192)),
)


def loaded(path: Path) -> tuple[bytes, bytes | None]:
    """Return the bytes of a case, and of its write-ahead log where it is a database that has one."""
    return compose(path) if path.suffix == ".sql" else (path.read_bytes(), None)


def check_account(reading: Reading, *, damaged: bool = False) -> None:
    """
    Every byte, or row, is in exactly one message, fact, noise or defect, in order; the independent count agrees.

    Of a `damaged` database reader and account may reach different rows; then the account says so.
    """
    position = 0
    total = reading.units.total if reading.form == "rows" else len(reading.data)
    for record in reading.records:
        if isinstance(record, Conversation | Gap) or (isinstance(record, Defect | Fact) and record.overlay):
            continue
        assert isinstance(record, Message | Fact | Noise | Defect)
        between = reading.data[position : record.start]
        assert record.start == position or (reading.form == "json" and SEPARATOR.fullmatch(between)), (
            f"a gap or an overlap at byte {position}"
        )
        assert record.end > record.start
        position = record.end
    if not (damaged and reading.form == "rows" and reading.codes(Defect) & {"unaccounted-rows", "another-row", "impossible-range"}):
        assert position == total
        assert reading.units.covered == reading.units.total == total
    assert reading.units.messages == len(reading.messages)


def check_silence(reading: Reading) -> None:
    """No defect, gap or noise quotes the file."""
    quoted = {word for message in reading.messages for word in (message.text or "").split() if len(word) > 12}
    for record in reading.records:
        if isinstance(record, Defect | Gap):
            assert not quoted & set(record.what.split())


def test_every_importer_has_cases_and_says_what_it_is() -> None:
    for name, importer in importers().items():
        assert (CASES / name.replace("-", "_")).is_dir(), f"{name} has no cases"
        assert importer.how_to_export
        assert importer.limits
        assert importer.service
        assert importer.version
        assert importer.seen_on
        assert importer.references
        assert all(importer.noise.values())


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_account_balances(importer: str, path: Path) -> None:
    data, log = loaded(path)
    reading = read(importer, data, path.name, log)
    check_account(reading)
    check_silence(reading)
    assert reading.codes(Noise) <= set(importers()[importer].noise)


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_golden(importer: str, path: Path) -> None:
    data, log = loaded(path)
    found = golden_lines(read(importer, data, path.name, log, timezone="Europe/Oslo"))
    kept = path.with_name(path.name + ".golden")
    if WRITE and not kept.exists():
        kept.write_text(found, encoding="utf-8", newline="\n")
    assert found == kept.read_bytes().decode(), "the reading differs from the one a person has read"


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_same_bytes_same_records(importer: str, path: Path) -> None:
    data, log = loaded(path)
    assert golden_lines(read(importer, data, path.name, log)) == golden_lines(read(importer, data, path.name, log))


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_text_is_what_stands_in_the_file(importer: str, path: Path) -> None:
    """Where a message says nothing else, its text stands in its bytes, exactly."""
    if importers()[importer].raw_form != "verbatim" or importers()[importer].form == "rows":
        return  # of a database the account proves it
    data = path.read_bytes()
    wide = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be" if data[:2] == b"\xfe\xff" else "utf-8"
    for message in read(importer, data, path.name).messages:
        stretch = message.text if message.raw is None else message.raw
        if stretch is not None and message.raw_b64 is None:
            assert stretch.encode(wide) in data[message.start : message.end]


@pytest.mark.parametrize("places", ROUNDS)
@pytest.mark.parametrize(("importer", "path"), FILES)
def test_cut_anywhere(importer: str, path: Path, places: int) -> None:
    """A file that ends too early loses nothing of what is there, and raises nothing."""
    data, _ = loaded(path)
    for end in sorted({*range(min(len(data), places)), *random.Random(1).sample(range(len(data) + 1), min(len(data), places))}):
        check_account(read(importer, data[:end], path.name), damaged=True)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize(("importer", "path"), FILES)
def test_damaged_anywhere(importer: str, path: Path, rounds: int) -> None:
    rng = random.Random(2)
    whole, log = loaded(path)
    for _ in range(rounds):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            if data:
                data[rng.randrange(len(data))] = rng.choice(
                    (0, 10, 13, 0x22, 0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0x3A, 0x5C, 0xC3, 0xE2, 0xFF, rng.randrange(256))
                )
        check_account(read(importer, bytes(data), path.name, log), damaged=True)


@pytest.mark.parametrize("importer", importers())
@pytest.mark.parametrize("data", NOT_MESSAGES, ids=range(len(NOT_MESSAGES)))
def test_other_files_are_not_claimed_and_break_nothing(importer: str, data: bytes) -> None:
    assert sniff(importer, data) != "yes"
    reading = read(importer, data)
    check_account(reading)


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_detection_is_by_content_and_unambiguous(importer: str, path: Path) -> None:
    """At most one importer claims a file, and the claim does not hang on the name."""
    data, _ = loaded(path)
    verdicts = {name: sniff(name, data, "a") for name in importers()}
    claimed = {name for name, verdict in verdicts.items() if verdict == "yes"}
    assert claimed <= {importer}
    if importer in ONLY_ASKED:
        assert claimed == set()
        assert verdicts[importer] == "maybe"
    elif "damaged" not in path.name:
        assert claimed == {importer}


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_it_is_asked_about_its_own_files(importer: str, path: Path) -> None:
    """The child asks only the importers that read such content."""
    data, _ = loaded(path)
    if "damaged" not in path.name and data:
        assert _can_read(importers()[importer], describe(data[:HEAD], path.name).content_class)


@pytest.mark.parametrize(("importer", "path"), FILES)
def test_selecting_days_loses_nothing(importer: str, path: Path) -> None:
    data, log = loaded(path)
    whole = read(importer, data, path.name, log)
    days = sorted({(message.time.local or message.time.utc or "")[:10] for message in whole.messages if message.time} - {""})
    in_utc = any(message.time is not None and message.time.local is None and message.time.utc is not None for message in whole.messages)
    if len(days) < 2 or (in_utc and (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days < 3):
        return  # a day of UTC may be any of three where the phone was
    chosen = read(importer, data, path.name, log, since=days[0], until=days[0])
    check_account(chosen)
    assert 0 < len(chosen.messages) < len(whole.messages)
    assert "not-selected" in chosen.codes(Noise)


def test_a_source_is_read_only_through_its_descriptor(tmp_path: Path) -> None:
    source = source_of(b"abc")
    assert (source.head(), source.tail(2), source.read_at(1, 9), list(source.chunks(2))) == (b"abc", b"bc", b"bc", [b"ab", b"c"])
    assert ReadOptions() == ReadOptions()
