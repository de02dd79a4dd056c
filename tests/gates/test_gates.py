"""The output gates: forbidden code points in any text, and text that would be markup, a formula or a link."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.gates import csvcell, html, markdown, terminal

FORBIDDEN = [
    chr(code)
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x2028,
        0x2029,
        0xFEFF,
        0xE0041,
        0x061C,
        0x1FFFE,
        0x3FFFF,
        0xDFFFE,
    )
]
anything = st.text()
hostile = st.text(st.sampled_from([*FORBIDDEN, "a", "`", "|", "<", ">", "&", '"', "=", "@", "\n", "👩", "\u200d", "\ufe0f"]))


def hidden(shown: str, allowed: str = "") -> set[str]:
    """Return what no screen may get, by Unicode's own categories; joiners and selectors inside emoji are looked at elsewhere."""
    return {
        letter
        for letter in shown
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and letter not in allowed + "\u200d"
    }


@given(anything | hostile)
def test_nothing_a_terminal_acts_on(text: str) -> None:
    assert not hidden(terminal.safe(text))
    assert not hidden(terminal.safe(text, newlines=True), "\n")


@pytest.mark.parametrize("letter", FORBIDDEN, ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_is_taken_out_is_shown(letter: str) -> None:
    shown = terminal.safe(f"a{letter}b")
    assert letter not in shown
    assert shown == f"a{terminal.escape(letter)}b" or letter == "\u202f"


@pytest.mark.parametrize("text", ["Hei på deg", "👩‍⚖️", "👩🏿‍🦰 ok", "1️⃣", "שלום", "مرحبا", "å", "한글", "नमस्ते", "ไทย"])
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert terminal.safe(text) == text


def test_towers_of_marks_are_cut() -> None:
    assert len(terminal.safe("a" + "\u0301" * 500)) < 10


@given(anything | hostile)
def test_markdown_text_stays_inside_its_fence(text: str) -> None:
    fenced = markdown.fence(text, indent="   ").splitlines()
    ticks = fenced[0].strip().removesuffix("text")
    assert set(ticks) == {"`"}
    assert fenced[-1].strip() == ticks
    assert all(line.strip() != ticks and not line.strip().startswith(ticks) for line in fenced[1:-1])
    span = markdown.code(text)
    assert "\n" not in span
    assert not hidden(span)
    run = len(span) - len(span.lstrip("`"))
    inner = span[run:-run]
    assert "`" * run not in inner.replace("`" * (run + 1), "")
    assert "|" not in markdown.cell(text)


class Elements(HTMLParser):
    """Counts elements and collects text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(hostile)
def test_html_text_is_never_an_element(text: str) -> None:
    page = Elements()
    page.feed(f'<p title="{html.attribute(text)}">{html.text(text)}</p>')
    page.close()
    assert page.tags == ["p"]
    assert page.text == terminal.safe(text, newlines=True)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "|", "%", " =", "\u00a0=", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert csvcell.cell(start + "cmd|' /C calc'!A0").startswith("'")
    assert csvcell.cell("20 000 kroner") == "20 000 kroner"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://evil.example/a.b?c", "hxxps://evil[.]example/a.b?c"),
        ("HTTP://X.example", "HxxP://X[.]example"),
        ("evil.example", "evil[.]example"),
    ],
)
def test_addresses_are_not_links(address: str, shown: str) -> None:
    assert terminal.defang(address) == shown


def test_no_terminal_makes_a_link_of_what_was_written() -> None:
    from sextortion_cli.gates.terminal import unlinked

    text = "se  https://evil.example/a\tog HTTP://other.example:80/b?c\nslutt."
    assert unlinked(text) == "se  hxxps://evil[.]example/a\tog HxxP://other[.]example:80/b?c\nslutt."
    assert unlinked("ingen lenke her: kl. 20:30 //") == "ingen lenke her: kl. 20:30 //"
