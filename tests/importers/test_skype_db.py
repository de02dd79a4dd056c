"""Skype's markup, and what is never shown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sextortion_cli.importers.skype.markup import shown

from .databases import compose
from .reading import golden_lines, read

CASES = Path(__file__).parent / "cases" / "skype_db"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("<3", "<3"),
        ("x<ss type='wink'>;)</ss>y", "x;)y"),
        (
            '<quote author="a" timestamp="1"><legacyquote>[1] a: </legacyquote>hei<legacyquote>\n\n&lt;&lt;&lt; </legacyquote></quote>svar',
            "[1] a: hei\n\n<<< svar",
        ),
        ('<a href="https://example.com">https://example.com', "https://example.com"),
        ("&#0; &#xD800; &bogus;", "\ufffd \ufffd &bogus;"),
    ],
)
def test_markup_is_shown_as_text(body: str, text: str) -> None:
    assert shown(body).text == text


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize("piece", ["<", "<a ", '<a href="', "&", "&#", "<a>", "</", '<URIObject type="'])
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    spent = []
    for size in (1 << 17, 1 << 18):
        begun = time.perf_counter()
        shown(piece * (size // len(piece)))
        spent.append(time.perf_counter() - begun)
    assert spent[1] < 4 * spent[0] + 0.3


def test_what_opens_something_is_withheld() -> None:
    data, _ = compose(CASES / "main.sql")
    found = golden_lines(read("skype-db", data, "main.db"))
    for secret in ("12345", "en-hemmelighet", '"tok"'):
        assert secret not in found
    assert found.count("(withheld: key)") == 4


def test_only_the_owners_address_is_the_owners() -> None:
    data, _ = compose(CASES / "main.sql")
    lines = golden_lines(read("skype-db", data, "main.db")).splitlines()
    assert [('"of":"account-owner"' in line) for line in lines if "192.0.2.17" in line] == [True]
    assert not any('"of":"account-owner"' in line for line in lines if "198.51.100.23" in line)
