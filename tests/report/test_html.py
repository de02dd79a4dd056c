"""The page as a parser of HTML5 sees it (html5lib, not ours): our elements and attributes only, whatever the evidence holds."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import html5lib
import pytest

from sextortion_cli import casework
from sextortion_cli.gates.html import shown
from sextortion_cli.model.session import Session
from sextortion_cli.report.htmlfile import SECTIONS

#: Every element our templates write, with every attribute it may have.
OURS = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(), "style": set(), "body": set(),
    "section": {"id", "class", "aria-label"}, "h1": set(), "h2": set(), "h3": {"id"}, "p": {"class"}, "table": {"class"}, "thead": set(),
    "tbody": set(), "tr": {"class"}, "th": {"class", "scope"}, "td": {"class", "colspan"}, "div": {"class"}, "samp": set(), "nav": {"aria-label"},
    "ol": {"start"}, "ul": set(), "li": set(), "a": {"href"}, "main": set(), "figure": {"class"}, "figcaption": set(),
    "img": {"src", "width", "height", "alt"}, "svg": {"viewBox", "role", "aria-label"}, "defs": set(),
    "pattern": {"id", "width", "height", "patternUnits", "patternTransform"}, "rect": {"class", "x", "y", "width", "height"},
    "line": {"class", "x1", "y1", "x2", "y2"}, "text": {"class", "x", "y"},
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = re.compile(r"data:image/jpeg;base64,[A-Za-z0-9+/=]+")


def check(page: str) -> list:
    """Return the elements of a page that holds nothing but what our templates write."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(page)
    assert [error for _, error, _ in parser.errors] == []
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    assert not [element for element in tree.iter() if not isinstance(element.tag, str)]  # no comment, no instruction
    for element in elements:
        name = element.tag.rpartition("}")[2]
        assert name in OURS, name
        assert set(element.attrib) <= OURS[name], (name, element.attrib)
        if name == "a":
            assert re.fullmatch(r"#s[0-9]{1,2}", element.attrib["href"])
        if name == "img":
            assert PICTURE.fullmatch(element.attrib["src"])
    names = [element.tag for element in elements]
    assert names.count("title") == names.count("style") == names.count("h1") == 1
    return elements


def test_nothing_of_evidence_becomes_an_element_an_attribute_or_a_link(hostile_case: Path, made) -> None:
    page = made(hostile_case)
    elements = check(page)
    assert "://" not in page.replace("hxxps://", "").replace("hxxp://", "")
    assert not re.search(r"www\.|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200c\u200e-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000]", page)
    text = "".join(elements[0].itertext())
    assert text.count("<script>") > 50  # it is there to be read
    assert "{{7*7}}" in text
    assert "\\u202e" in text


def test_the_policy_names_the_style_and_nothing_else(case: Path, made) -> None:
    elements = check(made(case))
    (style,) = (element.text for element in elements if element.tag == "style")
    (policy,) = (element.attrib["content"] for element in elements if element.attrib.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.replace("url(#stripes)", "")
    assert "@import" not in style


@pytest.mark.parametrize(("language", "title"), [("nb", "Samtaler"), ("en", "Conversations")])
def test_every_section_stands_once_numbered_and_in_the_language_asked_for(case: Path, made, language: str, title: str) -> None:
    casework.add_event(case, Session(), "threat", "2026-03-01 12:00", text="ordrett")
    elements = check(made(case, language=language))
    headings = ["".join(element.itertext()) for element in elements if element.tag == "h2"]
    numbered = [heading for heading in headings if heading[0].isdigit()]
    assert [int(heading.split()[0]) for heading in numbered] == list(range(2, 2 + len(SECTIONS)))
    assert any(heading.endswith(title) for heading in numbered)
    assert elements[0].attrib["lang"] == language
    assert "ordrett" in "".join(elements[0].itertext())


@pytest.mark.slow
def test_the_same_case_gives_the_same_bytes(hostile_case: Path, made) -> None:
    assert made(hostile_case) == made(hostile_case)


def test_what_is_masked_is_in_no_report(casefile, case: Path, tmp_path: Path, made) -> None:
    casework.add_contact(
        case, Session(), side="victim", service="WhatsApp", display_name="Kari Hemmelig", email="kari.h@example.org", phone="+47 999 00 017"
    )
    casework.add_event(case, Session(), "threat", "2026-03-01 12:00", text="De skrev til kari.h@example.org", destination="99900017")
    chat = "04.08.2018, 21:00 - Lina: Hei Kari Hemmelig\n04.08.2018, 21:01 - Kari Hemmelig: ring +4799900017 eller 999 00 017\n"
    (tmp_path / "chat med Kari Hemmelig.txt").write_text(chat, encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "chat med Kari Hemmelig.txt", "--shows", "nothing-intimate", "--as", "whatsapp-text")
    page = made(case)
    for secret in ("Kari Hemmelig", "kari.h@example.org", "99900017", "999 00 017"):
        assert secret not in page
    assert "Kari Hemmelig" in made(case, unmask=True)


@pytest.mark.slow
def test_pictures_are_drawn_anew_and_blurred_unless_somebody_said_there_is_no_need(casefile, case: Path, tmp_path: Path, made) -> None:
    from PIL import Image

    for name, shows, kind in (("a", "nothing-intimate", "picture"), ("b", "adults-only", "picture"), ("c", "nothing-intimate", "lure")):
        image = Image.effect_noise((300, 200), 90).convert("RGB")
        image.putpixel((0, 0), (ord(name), 0, 0))
        image.save(tmp_path / f"{name}.png")
        casefile("import", "--case", case, tmp_path / f"{name}.png", "--shows", shows, "--kind", kind)
    (tmp_path / "d.png").write_bytes(PNG + b"\x00\x00\x00\rIHDR" + b"\x00" * 40)
    casefile("import", "--case", case, tmp_path / "d.png", "--shows", "nothing-intimate", status=None)
    elements = check(made(case))
    figures = [element for element in elements if element.attrib.get("class") == "picture"]
    captions = ["".join(figure.itertext()) for figure in figures]
    assert [("Blurred" in caption, "could not be drawn" in caption) for caption in captions[:3]] == [
        (False, False),
        (True, False),
        (True, False),
    ]
    sizes = [(image.attrib["width"], image.attrib["height"]) for figure in figures for image in figure.iter("img")]
    assert sizes[0] == ("300", "200")
    assert {width for width, _ in sizes[1:]} == {"240"}
    for image in (image for figure in figures for image in figure.iter("img")):
        data = base64.b64decode(image.attrib["src"].partition(",")[2])
        assert data.startswith(b"\xff\xd8\xff")
        assert b"Exif" not in data


def test_a_picture_by_reference_is_never_opened(casefile, case: Path, tmp_path: Path, made) -> None:
    (tmp_path / "x.png").write_bytes(PNG + b"0" * 100)
    casefile("import", "--case", case, tmp_path / "x.png", "--shows", "maybe-minor", status=None)
    found = json.loads(made(case, "json"))
    assert [item["status"] for item in found["exhibits"]] == ["by-reference"]
    assert not [element for element in check(made(case)) if element.attrib.get("class") == "picture"]


def test_a_word_somebody_wrote_harmless_already_stays() -> None:
    assert shown("se hxxps://video[.]example og https://a.example/b.c www.x.example") == (
        "se hxxps://video[.]example og hxxps://a[.]example/b.c www[.]x[.]example"
    )
