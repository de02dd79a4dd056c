"""
Every sentence of the product that speaks of taking one's life stands in ``sensitive.txt``, for a person to review, and stands beside a
number to call. Not those an import looks for (`extract/distress`): those are never printed.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.guide.first_minute import first_minute
from sextortion_cli.guide.helplines import screen
from sextortion_cli.guide.lines import countries

ROOT = Path(__file__).resolve().parents[2]
REVIEWED = Path(__file__).with_name("sensitive.txt")
#: Words of such sentences, in the languages of the screen.
SENSITIVE = re.compile(
    r"suicid|selvmord|sjølvmord|self.?harm|selvskad|sjølvskad|(?:tak|end)(?:e|ing) (?:your|his|her|their|my|one's|ones)(?: own)? li(?:fe|ves)"
    r"|kill(?:ed|ing)? (?:your|him|her|my|them)sel|ta(?:r)? livet|ta sitt eget liv|want(?:s)? to die|ønsk\w+ å dø|vil dø|hurt yourself|skade deg selv",
    re.IGNORECASE,
)
#: A number, or where one is put in.
NUMBER = re.compile(r"\{(?:medical|police|adult|child|urgent)\}|(?<![\d.§])\d{3}(?: ?\d{2,3})*(?!\d|\.\d)")
#: Files of messages of which the screens are put together; the drafts among them are shown to nobody.
PARTS = ("casefile.po",)
READ_BY_PEOPLE = ("README.md", "docs/now", "docs/volunteer", "docs/police")


def strings(path: Path) -> Iterator[str]:
    """Yield the texts of a module that may be printed: all but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


def catalogue(path: Path) -> Iterator[str]:
    for found in re.finditer(r'^msg(?:id|str(?:\[\d\])?)((?: ?"(?:[^"\\]|\\.)*"\n)+)', path.read_text(encoding="utf-8"), re.MULTILINE):
        yield "".join(ast.literal_eval(piece) for piece in re.findall(r'"(?:[^"\\]|\\.)*"', found[1]))


def passages() -> Iterator[tuple[str, str]]:
    """Yield (where, passage): what is read in one go, so that what helps must stand in it too."""
    home = ROOT / "sextortion_cli"
    for path in sorted(home.rglob("*.py")):
        if "distress/languages" not in path.as_posix():
            yield from ((path.name, text) for text in strings(path))
    for path in sorted(home.rglob("*.po")):
        yield from ((path.name, text) for text in catalogue(path))
    for path in sorted(home.rglob("data/*")):
        if path.suffix in (".json", ".toml"):
            text = path.read_text(encoding="utf-8")
            yield from ((path.name, item) for item in leaves(json.loads(text) if path.suffix == ".json" else tomllib.loads(text)))
    for name in READ_BY_PEOPLE:
        for path in [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*")):
            if path.suffix in (".md", ".html", ".txt"):
                text = path.read_text(encoding="utf-8")
                if path.suffix == ".html":
                    text = re.sub(r"<[^>]*>", "", re.sub(r"</(?:p|h\d|li)>", "\n\n", text))
                yield from ((path.name, part) for part in re.split(r"\n\s*\n", text))
    yield from screens()


def screens() -> Iterator[tuple[str, str]]:
    """Yield what is put together from several messages, as it stands on the screen, parted at blank lines."""
    now = datetime(2026, 3, 14, 2, 55, tzinfo=UTC)
    for language in ("nb", "en"):
        for country in (*countries(), None):
            together = [first_minute(language, country, "locale", now), "\n".join(screen(language, country, "locale", now))]
            yield from ((f"{language} {country}", part) for text in together for part in re.split(r"\n\s*\n", text))


def sentences(passage: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?!:])\s+", " ".join(passage.replace("*", "").split())):
        if SENSITIVE.search(sentence):
            yield sentence


@pytest.fixture(scope="module")
def found() -> list[tuple[str, str, str]]:
    return [(where, passage, sentence) for where, passage in passages() if SENSITIVE.search(passage) for sentence in sentences(passage)]


def test_every_such_sentence_is_in_the_list_for_review(found: list[tuple[str, str, str]]) -> None:
    reviewed = {line for line in REVIEWED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    said = {sentence for _, _, sentence in found}
    assert said - reviewed == set(), "new sentences: have them reviewed, then add them"
    assert reviewed - said == set(), "these are not said any more"


def test_each_stands_beside_a_help_line(found: list[tuple[str, str, str]]) -> None:
    """A message that is the question alone is judged where it is shown (`screens`)."""
    shown = {sentence for where, _, sentence in found if where[:2] in ("nb", "en") and where[2:3] == " "}
    assert len(shown) >= 2
    bare = [
        (where, sentence)
        for where, passage, sentence in found
        if not NUMBER.search(passage) and not (passage.strip() == sentence and (sentence in shown or where in PARTS))
    ]
    assert bare == []


def test_the_search_sees_what_it_must_see() -> None:
    for text in ("thinking of taking your life?", "tenker du på å ta livet ditt?", "speaks of suicide", "selvmordstanker", "wants to die"):
        assert SENSITIVE.search(text)
    for text in ("Take your time.", "ta bilde", "a dead link", "see paragraph 196."):
        assert not SENSITIVE.search(text)
    assert not NUMBER.search("(Penal Code section 19) in 20")
    assert NUMBER.search("Call 113.")
