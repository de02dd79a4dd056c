"""The shared ground of line-shaped formats: lines and CSV records with their bytes, dates of any region, times with zones."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.importers.lines import csvrows, textlines
from sextortion_cli.importers.lines.csvrows import heading_of, heading_rule, rows
from sextortion_cli.importers.lines.moments import moment, snowflake
from sextortion_cli.importers.lines.stamps import Clock, take
from sextortion_cli.importers.lines.textlines import blocks, lines

from .reading import read, sniff, source_of
from .test_laws import CASES, ONLY_ASKED, check_account

WIDE = {"utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff"), max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(sorted(WIDE)), st.booleans())
def test_records_are_those_of_the_standard_library(table: list[list[str]], codec: str, crlf: bool) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n" if crlf else "\n").writerows(table)
    data = WIDE[codec] + text.getvalue().encode(codec)
    found = list(rows(source_of(data), ","))
    assert [row.texts for row in found] == table
    assert [row.problem for row in found] == [None] * len(table)
    assert [row.start for row in found] == [0, *(row.end for row in found[:-1])]
    assert found[-1].end == len(data)
    for row in found:
        assert all(raw.encode(codec) in data[row.start : row.end] for raw in row.raws)


@pytest.mark.parametrize("size", [16, 64, 1000])
@pytest.mark.parametrize("codec", WIDE)
def test_windows_do_not_change_lines(monkeypatch: pytest.MonkeyPatch, size: int, codec: str) -> None:
    text = "en\r\n\r\nto æøå\n" + "Ċ" * 30 + "\nd" + "x" * 40 + "\n\n"
    data = WIDE[codec] + text.encode(codec)
    whole = list(lines(source_of(data)))
    monkeypatch.setattr(textlines, "WINDOW", size)
    assert list(lines(source_of(data))) == whole
    assert "".join(line.text + line.ending for line in whole) == text
    assert [line.number for line in whole] == list(range(1, 7))
    assert whole[-1].end == len(data)


def test_a_line_longer_than_a_window_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlines, "WINDOW", 16)
    monkeypatch.setattr(textlines, "LONGEST_LINE", 64)
    found = list(lines(source_of(b"a\n" + b"x" * 200 + b"\nb\n")))
    assert [line.number for line in found if line.is_first] == [1, 2, 3]
    assert not any(line.is_whole for line in found[1:-2])
    block = list(blocks(source_of(b"a\n" + b"x" * 200 + b"\nb\n"), lambda line: line.text == "b" or None))
    assert [(one.start, one.end, one.is_whole, one.opened) for one in block] == [(0, 203, False, None), (203, 205, True, True)]


def test_a_quotation_mark_that_stays_open_costs_its_own_line() -> None:
    data = b'a,b\n1,"open\n2,two\n3,three\n'
    assert [(row.texts, row.problem) for row in rows(source_of(data), ",")] == [
        (["a", "b"], None), ([], "unclosed-quote"), (["2", "two"], None), (["3", "three"], None),
    ]  # fmt: skip


def test_reading_goes_on_where_the_next_record_begins() -> None:
    data = b'"1","lost\ninside, ""2"",""x""\n"3","three"\n"4","four"\n'
    found = list(rows(source_of(data), ",", opening=re.compile(r'"\d+",')))
    assert [(row.line, row.texts, row.problem) for row in found] == [
        (1, [], "unclosed-quote"), (3, ["3", "three"], None), (4, ["4", "four"], None),
    ]  # fmt: skip


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize("line", ['1,"a\n', '"""\n', '""x\n', ',"\n', '1,"a"b\n', 'a""b""c\n', '"",""x\n'])
def test_hostile_quotes_take_linear_time(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvrows, "LONGEST_RECORD", 1 << 16)
    taken = []
    for count in (20_000, 80_000):
        source = source_of((line * count).encode())
        begun = time.process_time()
        end = 0
        for row in rows(source, ",", opening=re.compile(r'"\d+",')):
            assert row.start == end
            end = row.end
        assert end == source.size
        taken.append(time.process_time() - begun)
    assert taken[1] < taken[0] * 12 + 0.5


def test_headings() -> None:
    for text in ("A,B\n1,2\n", "\ufeffA;B\n", "sep=;\r\nA;B\r\n", '"A"\t"B"\n', "a,b,\n"):
        heading = heading_of(source_of(text.encode()), ("a", "b").__eq__)
        assert heading is not None
        assert heading_rule(frozenset(["a", "b"]))(text.encode()[: heading.end])
    assert heading_of(source_of(b"A,C\n"), ("a", "b").__eq__) is None
    assert not heading_rule(frozenset(["a", "b"]))(b"A,hidden\n")


@pytest.mark.parametrize(
    ("written", "local", "utc"),
    [
        ("2026-03-12T21:05:33.1234567+01:00", "2026-03-12T21:05:33", "2026-03-12T20:05:33Z"),
        ("2026-03-12 21:05:33 UTC", None, "2026-03-12T21:05:33Z"),
        ("2026-03-12 21:05:33+00:00", None, "2026-03-12T21:05:33Z"),
        ("2026-03-12T21:05:33Z", None, "2026-03-12T21:05:33Z"),
        ("2026-03-12 21:05:33 -0330", "2026-03-12T21:05:33", "2026-03-13T00:35:33Z"),
        ("2026-03-12 21:05", "2026-03-12T21:05:00", None),
        ("2026-02-30 21:05:33", None, None),
        ("i morgen", None, None),
    ],
)
def test_moments(written: str, local: str | None, utc: str | None) -> None:
    found = moment(written)
    assert (found.as_written, found.local, found.utc) == (written, local, utc)
    assert found.basis == ("explicit" if utc else "unknown")


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("14-Mar-26 09:05 PM", "2026-03-14T21:05:00"),
        ("13.03.2026 21:05", "2026-03-13T21:05:00"),
        ("3/13/2026 9:05:10\u202fPM", "2026-03-13T21:05:10"),
        ("2026년 3월 14일 오후 9:05", "2026-03-14T21:05:00"),
        ("2026年3月14日 下午9:05", "2026-03-14T21:05:00"),
        ("Mar 14, 2026  5:29:42 PM", "2026-03-14T17:29:42"),
        ("14. mars 2026 kl. 21.05", "2026-03-14T21:05:00"),
        ("14 de marzo de 2026, 21:05", "2026-03-14T21:05:00"),
        ("14. März 2026 um 21:05 Uhr", "2026-03-14T21:05:00"),
        ("2026/03/14(土)", "2026-03-14T00:00:00"),
        ("Sat, 3/14/2026", "2026-03-14T00:00:00"),
    ],
)
def test_dates_of_many_regions(written: str, local: str) -> None:
    assert Clock(lambda: [written], None).time(written).local == local


def test_open_dates_stay_open() -> None:
    clock = Clock(lambda: ["3/4/2026 9:05 PM"], None)
    assert clock.time("3/4/2026 9:05 PM").local is None
    assert [gap.code for gap in clock.gaps()] == ["date-order-ambiguous"]
    assert Clock(lambda: ["3/4/2026 9:05 PM"], "mdy").time("3/4/2026 9:05 PM").local == "2026-03-04T21:05:00"
    assert take("ingen dato") is None


def test_a_number_holds_its_time() -> None:
    assert snowflake("175928847299117063", 1_420_070_400_000) == "2016-04-30T11:18:25Z"
    assert snowflake("12", 1_420_070_400_000) is None


SAVED_AGAIN = [
    (name, path)
    for name in (
        "discord-csv", "discord-package-csv", "discord-txt", "line-txt", "kakaotalk", "zoom-txt", "threema-txt", "tiktok-txt", "viber-csv", "signal-export-md",
        "sigtop-text", "signalbackup-txt", "imessage-exporter-txt", "linkedin-csv", "reddit-csv", "kik-csv", "table", "pasted-text",
    )
    for path in sorted((CASES / name.replace("-", "_")).iterdir())
    if path.suffix != ".golden" and not path.name.startswith(("damaged", "resaved"))
]  # fmt: skip


@pytest.mark.parametrize(("importer", "path"), SAVED_AGAIN, ids=[f"{name}/{path.name}" for name, path in SAVED_AGAIN])
def test_a_text_saved_again_in_utf16_is_the_same(importer: str, path: Path) -> None:
    data = path.read_bytes()
    text = data.decode().removeprefix("\ufeff")
    first = read(importer, data, path.name)
    for codec in ("utf-16-le", "utf-16-be"):
        again = WIDE[codec] + text.encode(codec)
        reading = read(importer, again, path.name)
        check_account(reading)
        assert [(message.text, message.sender, message.time, message.line) for message in reading.messages] == [
            (message.text, message.sender, message.time, message.line) for message in first.messages
        ]
        assert sniff(importer, again, "a") == ("maybe" if importer in ONLY_ASKED else "yes")
