"""Pages in pieces: places are exact, damage costs one tag, nothing takes more than linear time or calls itself."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.importers.markup import segments as module
from sextortion_cli.importers.markup.between import Between
from sextortion_cli.importers.markup.elements import MOST, TooManyError, parse
from sextortion_cli.importers.markup.rules import STRUCTURE, STYLE, STYLE_RULE
from sextortion_cli.importers.markup.segments import segments
from sextortion_cli.importers.markup.tags import TOKEN, attributes
from sextortion_cli.importers.markup.words import shown, unescaped, words_of
from sextortion_cli.model.reading import Defect, Noise
from sextortion_cli.readers.noise import MARKUP

from .reading import source_of

OPENING = re.compile(rb'<m a="[^"<>]*+"[^<>]*+>')
MARKS = [b"<", b">", b'"', b"'", b"<!--", b"-->", b"-", b"=", b"/", b"t", b" ", b"\n", b"&lt;", b"\xc3\xa5"]
TAGS = [b'<m a="1">', b'<m a="', b"<b>", b"</b>", b"</m>", b"<style>", b"</style>", b"<br/>", b"<?xml?>", b"<!doctype x>", b"<p"]
PIECES = st.lists(st.sampled_from(MARKS + TAGS), max_size=60).map(b"".join)


@pytest.mark.parametrize("chunk", [*range(1, 60), 64, 100])
def test_what_makes_a_tag_an_opening_may_stand_in_the_next_chunk(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = re.compile(rb"<div[^<>]*+>(?=(?:<span>){0,2}<h4>)")
    page = b"<div>" + b"<div class=x><span><span><h4>Lina</h4></span></span></div><br>" * 9
    monkeypatch.setattr(module, "_CHUNK", chunk)
    assert [item.start for item in segments(source_of(page), opening) if item.tag] == [found.start() for found in opening.finditer(page)]


@settings(max_examples=300, deadline=None)
@given(PIECES, st.integers(1, 9), st.integers(1, 40))
def test_segments_tile_the_page_and_begin_where_messages_open(data: bytes, chunk: int, limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        found = list(segments(source_of(data), OPENING, 1 << 20))
        short = list(segments(source_of(data), OPENING, limit))
    assert b"".join(item.data or b"" for item in found) == data
    assert [item.start for item in found if item.tag] == [match.start() for match in OPENING.finditer(data)]
    assert all(item.line == data.count(b"\n", 0, item.start) + 1 for item in found)
    for pieces in (found, short):
        assert [item.start for item in pieces] == [0, *(item.end for item in pieces[:-1])][: len(pieces)]
        assert not pieces or pieces[-1].end == len(data)
        assert all(item.data is None or item.data == data[item.start : item.end] for item in pieces)


@settings(max_examples=500, deadline=None)
@given(PIECES)
def test_what_stands_between_is_tiled_and_its_noise_bears_the_account(data: bytes) -> None:
    place = 0
    for record in Between({STYLE: STYLE_RULE}, "what").records(data, 0):
        assert isinstance(record, Noise | Defect)
        assert record.start == place < record.end
        place = record.end
        piece = data[record.start : record.end]
        if isinstance(record, Noise):
            assert {STRUCTURE: MARKUP, STYLE: STYLE_RULE}[record.code].fullmatch(piece)
    assert place == len(data)


@settings(max_examples=500, deadline=None)
@given(PIECES, st.booleans())
def test_every_text_is_in_the_tree_once(data: bytes, siblings: bool) -> None:
    root = parse(data, siblings=siblings)
    texts = sorted((node.start, node.end) for element in root.walk() for node in element.nodes if node.name is None)
    if root.end == len(data):
        stripped = TOKEN.sub(b"", data)
        assert b"".join(data[start:end] for start, end in texts) == stripped
    for element in root.walk():
        assert 0 <= element.start <= element.inner <= element.inner_end <= element.end <= len(data)
    assert isinstance(shown(data, root), str)
    assert isinstance(shown(data, root, blocks=True), str)


def test_attributes_are_read_as_programs_write_them() -> None:
    found = attributes(b' ID=a class = "b c" title=\'d"e\' href=https://x.example/?a=1 checked ="" id=z data-x="&quot;"')
    assert found == {
        b"id": b"a",
        b"class": b"b c",
        b"title": b'd"e',
        b"href": b"https://x.example/?a=1",
        b"checked": b"",
        b"data-x": b"&quot;",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&amp;lt;", "&lt;"),
        ("&lt;b&gt; &quot;&apos;&nbsp;&laquo;", "<b> \"'\u00a0\u00ab"),
        ("&#x1B;&#27;&#0;", "\x1b\x1b\0"),
        ("&#128512;&#x1F600;", "\U0001f600\U0001f600"),
        ("&copy &amp &nothing; &#xD83D; &#9999999; & ;", "&copy &amp &nothing; &#xD83D; &#9999999; & ;"),
    ],
)
def test_entities_are_decoded_once_and_lose_nothing(text: str, expected: str) -> None:
    assert unescaped(text) == expected


@pytest.mark.parametrize(
    ("page", "text", "raw", "lossy"),
    [
        (b"<d>\n  hei \n</d>", "hei", None, False),
        (b"<d>a<br>b<br/>c</d>", "a\nb\nc", "a<br>b<br/>c", False),
        (b"<d>&amp;</d>", "&", "&amp;", False),
        (b"<d></d>", "", None, False),
        (b"<d>a\xff</d>", "a\ufffd", None, True),
    ],
)
def test_words_keep_the_exact_stretch(page: bytes, text: str, raw: str | None, lossy: bool) -> None:
    found = words_of(page, parse(page).elements[0])
    assert (found.text, found.raw, found.lossy, found.raw_b64 is not None) == (text, raw, lossy, lossy)


def test_blocks_begin_lines() -> None:
    page = b"<d>\n <div></div>\n <div>en</div>\n <div><a>to</a> tre</div><ul><li>fire<li>fem</ul>seks</d>"
    assert shown(page, parse(page), blocks=True) == "en\nto tre\nfire\nfem\nseks"


def test_too_much_is_refused() -> None:
    with pytest.raises(TooManyError):
        parse(b"<b>" * (MOST + 2))


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"<!--",
        b"<b>",
        b"</b>",
        b"<b",
        b'<b "',
        b"<b a='",
        b"<style>",
        b"<script>x",
        b'<m a="',
        b'<m a="1"',
        b'<m a="1">',
        b"&#",
        b"<p>",
        b"\n",
    ],
)
def test_pages_take_linear_time(piece: bytes) -> None:
    def seconds(count: int) -> float:
        data, best = piece * count, 9.0
        source = source_of(data)
        for _ in range(3):
            begun = time.perf_counter()
            for segment in segments(source, OPENING):
                if segment.data is not None:
                    list(Between({STYLE: STYLE_RULE}, "what").records(segment.data, 0))
                    if count < MOST:
                        root = parse(segment.data)
                        shown(segment.data, root, blocks=True)
            best = min(best, time.perf_counter() - begun)
        return best

    assert seconds(40_000) < 8 * seconds(10_000) + 0.1
