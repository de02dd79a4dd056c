"""The index: words found by block and settled by message, order of time, blocks taken in turn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sextortion_cli.model.reading import Conversation, Message, Record, Sender, Time
from sextortion_cli.store import layout, readings
from sextortion_cli.store.fulltext import Probe, query_of
from sextortion_cli.store.index import IndexWriter, sort_time
from sextortion_cli.store.indexed import Index

BLOCK = 5


def message(number: int, text: str | None, second: int | None = None) -> Message:
    time = None if second is None else Time(str(second), f"2026-03-12T21:{second // 60:02d}:{second % 60:02d}")
    return Message(number, number + 1, "text", Sender("Lina" if number % 2 else "Ola"), time, text)


def index_of(folder: Path, *files: list[Message]) -> Index:
    """Return an index over one reading per list, in blocks of five messages."""
    (folder / layout.READINGS).mkdir(parents=True)
    writer = IndexWriter(folder / "index-new")
    for number, messages in enumerate(files):
        key = f"{number:032x}"
        reading = readings.ReadingWriter(folder / "reading-new", {"format": "test"})
        rows = writer.reading(f"A-{number + 1:03d}", key, "Test", "verbatim")
        opening: list[Record] = [Conversation(name=f"chat {number}")]
        for at in range(0, len(messages), BLOCK):
            block = [*opening, *messages[at : at + BLOCK]]
            rows.block(reading.block(json_of(block)), block)
            opening = []
        rows.finish(reading.finish(folder, key, {}).sha256)
    writer.finish(folder / layout.INDEX, {"schema": "test"})
    return Index(folder / layout.INDEX, folder)


def json_of(records: list[Record]) -> bytes:
    import msgspec

    return msgspec.json.encode(records)


def found(index: Index, words: str) -> list[str | None]:
    return [index.place(number).message.text for number in index.search(words)]


def test_words_are_settled_message_by_message(tmp_path: Path) -> None:
    texts = ["send penger nå", "penger", "nå", "Send bilder", "ingenting", "sende penger", "én til", "お金を送って"]
    index = index_of(tmp_path, [message(number, text) for number, text in enumerate(texts)])
    assert found(index, "penger nå") == ["send penger nå"]  # the block holds both words in other messages too
    assert found(index, "send") == ["send penger nå", "Send bilder"]
    assert found(index, "send*") == ["send penger nå", "Send bilder", "sende penger"]
    assert found(index, '"penger nå"') == ["send penger nå"]
    assert found(index, '"nå send"') == []  # a phrase does not reach over the end of a message
    assert found(index, "お金") == ["お金を送って"]
    assert found(index, "finnes ikke") == found(index, "") == found(index, '"*') == []


def test_order_of_time_over_files_and_those_without_come_last(tmp_path: Path) -> None:
    one = [message(number, f"a{number}", 10 * number) for number in range(40)]
    two = [message(number, f"b{number}", 10 * number + 5) for number in range(40)]
    two[7].time = None
    index = index_of(tmp_path, one, two)
    order = list(index.in_time())
    assert [at for _, at in order[:-1]] == sorted(at for _, at in order[:-1] if at is not None)
    assert order[-1][1] is None
    assert len(order) == 80
    shown = [index.place(number) for number, _ in order]
    assert [place.message.text for place in shown[:4]] == ["a0", "b0", "a1", "b1"]
    assert all(place.conversation is not None and place.conversation.name == f"chat {int(place.exhibit[-1]) - 1}" for place in shown)
    assert list(index.in_time()) == order
    base = sort_time(one[0].time)
    assert base is not None
    assert list(index.spans()) == [("A-001", 40, base, base + 390, 0), ("A-002", 40, base + 5, base + 395, 0)]
    assert {(row[0], row[1], row[4]) for row in index.senders()} == {(f"A-00{n}", who, 20) for n in (1, 2) for who in ("Lina", "Ola")}


@pytest.mark.parametrize("text", ["2026-03-12T21:05:00Z", "2026-03-12T21:05:60Z", "2026-03-12T24:00:00", "x", "", "0001-01-01T00:00:00Z"])
def test_sort_time_never_raises(text: str) -> None:
    for _ in range(2):  # the second time from memory
        at = sort_time(Time(text, utc=text))
        assert at is None or isinstance(at, int)
    assert sort_time(Time("2026-03-12", utc="1970-01-01T01:00:01Z")) == 3601


@settings(max_examples=60, deadline=None)
@example(["a\x00b", "penger"], "penger")
@example([""], "0\x00")
@given(st.lists(st.text(max_size=30), min_size=1, max_size=12), st.text(max_size=12))
def test_a_block_never_hides_a_message(texts: list[str], words: str) -> None:
    """Whatever the engine finds in a message alone, it finds in the block the message stands in."""
    query = query_of(words)
    if not query:
        return
    probe = Probe()
    alone = [number for number, text in enumerate(texts) if list(probe.matches([(number, text)], query))]
    together = list(probe.matches(enumerate(texts), query))
    assert alone == together
    assert not alone or list(probe.matches([(0, "\n".join(texts))], query))
    probe.close()


def test_search_through_the_command_line(casefile, tmp_path: Path) -> None:
    chat = "".join(
        f"13.03.2026, 21:{number % 60:02d} - Lina: linje {number} {'penger' if number % 500 == 3 else 'ord'}\n" for number in range(2500)
    )
    (tmp_path / "chat.txt").write_text(chat, encoding="utf-8")
    case = tmp_path / "case"
    casefile("new", case, "--minor", "no")
    casefile("import", tmp_path / "chat.txt", "--case", case)
    lines = [json.loads(line)["text"] for line in casefile("search", "penger", "--case", case, "--jsonl").out.splitlines()]
    assert lines == [f"linje {number} penger" for number in range(3, 2500, 500)]
