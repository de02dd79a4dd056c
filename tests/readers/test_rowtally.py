"""The independent account of a database: readers that drop, merge, swap, invent or hide rows or texts are caught."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.importers.rows.database import Damaged, Database
from sextortion_cli.importers.rows.values import take_text
from sextortion_cli.importers.rows.wal import inspect
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap, Message, Noise, Record
from sextortion_cli.model.tables import Parts, Table
from sextortion_cli.readers.rowtally import RowTally

from .databases import composed, source_over, with_log

SQL = """
CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT, body BLOB, seen INTEGER);
INSERT INTO letter VALUES (1, 'en', NULL, 1), (2, 'to' || char(10) || 'linjer', NULL, 0), (5, NULL, CAST('...tre...' AS BLOB), 0), (9, NULL, NULL, 1);
CREATE TABLE page (letter INTEGER, text TEXT);
INSERT INTO page VALUES (9, 'første side'), (9, 'andre side'), (77, 'løs side');
CREATE TABLE other (a, b);
INSERT INTO other VALUES (1, 2), (3, 4);
CREATE TABLE none (a);
CREATE VIEW all_letters AS SELECT * FROM letter;
"""
TABLES = (Table("letter", shown=("text",), within=("body",), parts=Parts("page", "letter", "text")), Table("absent", shown=("text",)))
HONEST: list[Record] = [
    Conversation(name="x"),
    Message(0, 1, "text", text="en", pointer="/letter/1", row=1),
    Message(1, 2, "text", text="to\nlinjer", pointer="/letter/2", row=2),
    Message(2, 3, "text", text="tre", pointer="/letter/5", row=5),
    Message(3, 4, "text", text="første side\nandre side", pointer="/letter/9", row=9),
    Fact(4, 7, "table-not-read", pointer="/page"),
    Fact(7, 9, "table-not-read", pointer="/other"),
    Gap("g", "what"),
]


@pytest.fixture(scope="module")
def base() -> Source:
    return source_over(composed(SQL))


def account(source: Source, records: list[Record], *, selecting: bool = False) -> tuple[list[Record], RowTally]:
    tally = RowTally(source.database, TABLES, selecting=selecting)
    return list(tally.watch(iter(records))), tally


def is_balanced(tally: RowTally) -> bool:
    units = tally.units()
    return tally.is_balanced and units.covered == units.total


def test_an_honest_reader_balances(base: Source) -> None:
    passed, tally = account(base, HONEST)
    assert passed == HONEST
    assert is_balanced(tally)
    units = tally.units()
    assert (units.unit, units.total, units.messages, units.facts) == ("rows", 9, 4, 2)


def test_a_fact_beside_the_rows_covers_none(base: Source) -> None:
    beside = Fact(4, 4, "counts", overlay=True)
    passed, tally = account(base, [*HONEST[:5], beside, *HONEST[5:]])
    assert beside in passed
    assert is_balanced(tally)
    assert not is_balanced(account(base, [*HONEST[:5], Fact(4, 7, "counts", overlay=True), *HONEST[6:]])[1])


def changed(number: int, record: Record | None) -> list[Record]:
    return [*HONEST[:number], *([] if record is None else [record]), *HONEST[number + 1 :]]


def lies() -> Iterator[tuple[str, list[Record], str]]:
    yield "drops one", changed(2, None), "unaccounted-rows"
    yield "drops the last table", changed(6, None), "unaccounted-rows"
    yield "says nothing", [], "unaccounted-rows"
    yield "calls one noise", changed(1, Noise(0, 1, "blank")), "undeclared-noise"
    yield "hides all as not chosen", [Noise(0, 9, "not-selected")], "undeclared-noise"
    yield "says one twice", [*HONEST[:2], HONEST[1], *HONEST[2:]], "overlapping-ranges"
    yield "merges two", [*HONEST[:1], Message(0, 2, "text", text="en", pointer="/letter/1", row=1), *HONEST[3:]], "impossible-range"
    yield "swaps two", changed(1, Message(0, 1, "text", text="to\nlinjer", pointer="/letter/2", row=2)), "another-row"
    yield "names another table", changed(1, Message(0, 1, "text", text="en", pointer="/page/1", row=1)), "another-row"
    yield "invents a text", changed(1, Message(0, 1, "text", text="fjorten", pointer="/letter/1", row=1)), "text-not-in-row"
    yield "invents a raw text", changed(1, Message(0, 1, "text", text="en", raw="fjorten", pointer="/letter/1", row=1)), "text-not-in-row"
    yield "leaves a text out", changed(1, Message(0, 1, "text", pointer="/letter/1", row=1)), "text-left-out"
    yield "cuts a text", changed(2, Message(1, 2, "text", text="to", pointer="/letter/2", row=2)), "text-left-out"
    yield "takes another row's part", changed(4, Message(3, 4, "text", text="løs side", pointer="/letter/9", row=9)), "text-not-in-row"
    yield "counts too few", changed(6, Fact(7, 8, "table-not-read", pointer="/other")), "impossible-range"
    yield "counts too many", changed(6, Fact(7, 11, "table-not-read", pointer="/other")), "impossible-range"
    yield "reaches too far", [*HONEST, Message(9, 10, "text", pointer="/letter/99", row=99)], "impossible-range"
    yield "turns a range around", changed(1, Message(1, 0, "text", text="en", pointer="/letter/1", row=1)), "impossible-range"
    yield "one fact for two tables", [*HONEST[:5], Fact(4, 9, "table-not-read", pointer="/page")], "impossible-range"


@pytest.mark.parametrize(("name", "records", "code"), [pytest.param(*lie, id=lie[0]) for lie in lies()])
def test_every_lie_is_caught(base: Source, name: str, records: list[Record], code: str) -> None:
    passed, tally = account(base, records)
    assert not is_balanced(tally), name
    assert code in {record.code for record in passed if isinstance(record, Defect)}
    assert tally.units().total == 9


def test_lists_and_single_records_give_the_same_account(base: Source) -> None:
    for _, records, _ in (*lies(), ("honest", HONEST, "")):
        passed, tally = account(base, records)
        for size in (1, 2, len(records) or 1):
            again = RowTally(base.database, TABLES, selecting=False)
            found = [item for at in range(0, len(records), size) for item in again.take(records[at : at + size])]
            assert [*found, *again.finish()] == passed
            assert again.units() == tally.units()


def test_what_a_person_left_out_may_be_left_out(base: Source) -> None:
    records: list[Record] = [*HONEST[:2], Noise(1, 4, "not-selected"), *HONEST[5:]]
    assert is_balanced(account(base, records, selecting=True)[1])
    assert not is_balanced(account(base, records)[1])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12), st.sampled_from("mnfd")), max_size=10))
def test_nothing_a_reader_says_breaks_the_account(ranges: list[tuple[int, int, str]]) -> None:
    made = {
        "m": lambda a, b: Message(a, b, "text", pointer="/letter/1", row=1),
        "n": lambda a, b: Noise(a, b, "blank"),
        "f": lambda a, b: Fact(a, b, "x", pointer="/other"),
        "d": lambda a, b: Defect(a, b, "c", "w", pointer="/page"),
    }
    passed, tally = account(source_over(composed(SQL)), [made[kind](start, end) for start, end, kind in ranges])
    units = tally.units()
    assert 0 <= units.covered <= units.total == 9
    assert not tally.is_balanced
    assert len([record for record in passed if isinstance(record, Defect)]) == tally.units().defects


def big(rows: int = 400) -> bytes:
    values = ", ".join(f"({number}, 'tekst nummer {number}')" for number in range(1, rows + 1))
    return composed(f"CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO letter VALUES {values}; CREATE TABLE z (a);")


def read_all(source: Source) -> tuple[list[Record], RowTally]:
    """Read as an honest importer would."""
    records: list[Record] = []
    try:
        database = Database(source)
    except Damaged:
        return account(source, [Defect(0, 0, "database-unreadable", "", overlay=True)])
    for row in database.rows("letter"):
        if isinstance(row, Defect):
            records.append(row)
        else:
            text = take_text(row.cells, "text")
            records.append(Message(row.start, row.start + 1, "text", text=text.text, raw_b64=text.raw_b64, pointer=row.pointer, row=row.id))
    records += database.others()
    database.close()
    return account(source, records)


def test_rows_around_a_damaged_page_are_still_read() -> None:
    data = bytearray(big())
    whole, _ = read_all(source_over(bytes(data)))
    assert sum(isinstance(record, Message) for record in whole) == 400
    pages = [at for at in range(512, len(data), 512) if data[at] == 0x0D]  # leaves of a table
    for page in (pages[3], pages[len(pages) // 2]):
        hurt = bytearray(data)
        hurt[page : page + 512] = b"\xff" * 512
        passed, tally = read_all(source_over(bytes(hurt)))
        messages = [record for record in passed if isinstance(record, Message)]
        assert 370 < len(messages) < 400
        assert {record.code for record in passed if isinstance(record, Defect)} == {"rows-unreadable"}
        assert tally.units().covered == tally.units().total == len(messages)
        assert messages[0].row == 1
        assert messages[-1].row == 400


def test_a_database_cut_or_damaged_anywhere_is_no_exception() -> None:
    import random

    unfair = 0
    rng, data = random.Random(4), big(120)
    for trial in range(200):
        hurt = bytearray(data)
        if trial % 3 == 0:
            del hurt[rng.randrange(len(hurt)) :]
        for _ in range(rng.randint(1, 12)):
            if hurt:
                hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        passed, tally = read_all(source_over(bytes(hurt)))
        units = tally.units()
        bad = {record.code for record in passed if isinstance(record, Defect)}
        assert units.covered == units.total or "unaccounted-rows" in bad or "another-row" in bad
        unfair += units.covered < units.total
        assert units.messages == sum(isinstance(record, Message) for record in passed)
        if units.messages < 120 and hurt:
            assert bad or b"letter" not in hurt[:600]
    assert unfair < 6


def test_text_that_is_no_unicode_is_a_row_of_its_own() -> None:
    sql = "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO letter VALUES (1, 'a'), (2, CAST(x'68ff69' AS TEXT)), (3, 'b')"
    database = Database(source_over(composed(sql)))
    assert [row.cells.get("text") for row in database.rows("letter")] == ["a", b"h\xffi", "b"]  # type: ignore[union-attr]


def test_the_newest_rows_stand_in_the_log(tmp_path: Path) -> None:
    sql = "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO letter VALUES (1, 'gammel')"
    data, log = with_log(sql, "INSERT INTO letter VALUES (2, 'ny'); INSERT INTO letter VALUES (3, 'nyest')", tmp_path)

    def found(log: bytes | None) -> tuple[list[object], set[str]]:
        database = Database(source_over(data, **({} if log is None else {"wal": log})))
        said = {record.code for record in database.beginning()}
        return [row.cells["text"] for row in database.rows("letter")], said  # type: ignore[union-attr]

    assert found(log) == (["gammel", "ny", "nyest"], {"wal-read"})
    assert found(None) == (["gammel"], {"wal-missing"})
    frame = 24 + 512
    assert found(log[: 32 + frame + 100]) == (["gammel", "ny"], {"wal-read", "wal-damaged"})
    hurt = bytearray(log)
    hurt[32 + frame + 24 + 300] ^= 1
    assert found(bytes(hurt)) == (["gammel", "ny"], {"wal-read", "wal-damaged"})
    assert found(b"\0" * 100) == (["gammel"], {"wal-damaged"})
    assert found(b"") == (["gammel"], set())
    assert list(tmp_path.iterdir())


def test_a_log_is_checked_as_sqlite_checks_it(tmp_path: Path) -> None:
    later = "INSERT INTO letter VALUES (2, 'ny'); INSERT INTO letter VALUES (3, 'nyest')"
    _, log = with_log("CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT)", later, tmp_path)
    assert inspect(source_over(log)) == (2, 2, "")
    for end in itertools.chain(range(1, 40), range(len(log) - 40, len(log))):
        assert inspect(source_over(log[:end])).damaged in ("header", "cut", "")


def test_what_a_database_says_runs_nothing() -> None:
    """Views and triggers are off, no other database can be attached, nothing can be written."""
    import apsw

    base = source_over(composed(SQL)).database()
    for sql in (
        "SELECT * FROM all_letters",
        "ATTACH 'x.db' AS x",
        "INSERT INTO letter VALUES (20, '', '', 0)",
        "CREATE TABLE x (a)",
        "PRAGMA journal_mode=DELETE",
        "VACUUM",
    ):
        try:
            found = base.execute(sql).fetchall()
        except apsw.Error:
            continue
        assert sql.startswith("PRAGMA"), found
