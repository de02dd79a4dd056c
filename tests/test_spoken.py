"""No sentence a person sees stands outside the catalogues, as well as a machine can tell: read from the program's own source."""

from __future__ import annotations

import ast
import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import sextortion_cli

PACKAGE = Path(sextortion_cli.__file__).parent
#: Files whose sentences no screen shows as they are, each with the reason.
NOT_SPOKEN = {
    "demo/": "the invented example: what its people write, and its own two-language notes",
    "extract/demands/": "phrases of other people that are looked for",
    "extract/finders/": "words beside identifiers that are looked for",
    "extract/passwords.py": "words that are no passwords",
    "importers/": "what exports write, sources, and reasons of noise for the reference pages; texts for people are N_ and found below",
    "lacking/devices.py": "answers a person may have typed",
    "model/casefile.py": "descriptions in the published JSON Schema, English as every schema",
}
#: Strings of importers that people do read must be marked: these attributes and these records.
_LETTERS = re.compile(r"[a-zA-ZæøåÆØÅ']+")
_NORWEGIAN = frozenset(("ikke", "og", "er", "det", "du", "som", "på", "den", "til", "av", "har", "med", "å", "jeg", "noen", "deg"))


@functools.cache
def known() -> frozenset[str]:
    """Return every message of the catalogue."""
    found = read_po(io.BytesIO((PACKAGE / "locale" / "nb" / "LC_MESSAGES" / "casefile.po").read_bytes()))
    return frozenset(text for message in found if message.id for text in ((message.id,) if isinstance(message.id, str) else message.id))


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every string of a module that is no docstring and no message of an exception of Python's own."""
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id.endswith("Error"):
                    quiet |= {id(part) for part in ast.walk(inner)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node.lineno, node.value


def is_sentence(text: str) -> bool:
    """Tell whether a string reads like a sentence: some words, a capital, and an end."""
    return (
        len(_LETTERS.findall(text)) >= 3
        and text[:1].isupper()
        and text.rstrip()[-1:] in ".?:!"
        and re.search("[a-zæøå] [a-zæøå]", text) is not None
    )


@functools.cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple((path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def is_spoken(name: str) -> bool:
    return not any(name.startswith(place) for place in NOT_SPOKEN)


def test_every_sentence_of_the_program_is_a_message_of_the_catalogue() -> None:
    """Short labels are held by the test of `_()` and `N_()` in test_house_rules.py; this one finds sentences nobody marked."""
    found = [
        f"{name}:{line} {text}"
        for name, tree in modules()
        if is_spoken(name)
        for line, text in strings(tree)
        if is_sentence(text) and text not in known()
    ]
    assert found == []


@pytest.mark.slow
def test_no_norwegian_stands_in_the_code() -> None:
    """Bokmål is in the catalogue only."""
    found = []
    for name, tree in modules():
        if is_spoken(name) or name.startswith("importers/"):
            for line, text in strings(tree):
                words = [word.lower() for word in _LETTERS.findall(text)]
                if len(words) >= 3 and len(_NORWEGIAN.intersection(words)) >= 2 and text[:1].isupper() and text.rstrip()[-1:] in ".?:!":
                    found.append(f"{name}:{line} {text}")
    assert found == []


def test_what_importers_say_to_people_is_marked() -> None:
    """How to get an export, what it leaves out, and what could not be read."""
    from sextortion_cli.importers.base import importers

    for importer in importers().values():
        assert importer.how_to_export in known(), importer.id
        assert importer.limits in known(), importer.id
    found = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Defect", "Gap"):
                texts = [arg for arg in (*node.args, *(keyword.value for keyword in node.keywords)) if isinstance(arg, ast.Constant)]
                found += [
                    f"{name}:{arg.lineno} {arg.value}"
                    for arg in texts
                    if isinstance(arg.value, str) and is_sentence(arg.value) and arg.value not in known()
                ]
    assert found == []


def test_every_place_that_is_not_spoken_exists_and_says_why() -> None:
    for place, why in NOT_SPOKEN.items():
        assert (PACKAGE / place).exists(), place
        assert why


def test_the_test_finds_a_sentence_nobody_marked() -> None:
    tree = ast.parse('"""Doc. This is one."""\nx = "Nobody marked this sentence."\nraise ValueError("This one is for us only.")\n')
    assert [text for _line, text in strings(tree) if is_sentence(text)] == ["Nobody marked this sentence."]
