"""The word list holds over every text a person may read: the catalogue in both languages, the reviewed data, the pages for victims and helpers."""

from __future__ import annotations

import functools
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import sextortion_cli
from sextortion_cli.words import translator

PACKAGE = Path(sextortion_cli.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
DATA = PACKAGE / "guide" / "data"
LIST = tomllib.loads((Path(__file__).parent / "wordlist.toml").read_text(encoding="utf-8"))
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
#: Where the texts of the first screens stand in the code (those of the guides stand in `guide/data`): the guide's room, and `say`.
APART = {entry["file"] for entry in LIST["sentences"]["longer"]}
FIRST = (*sorted(path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "guide").glob("*.py") if path.name not in APART), "saying.py")
#: Pages, by language; of README only what stands before the first rule.
PAGES = {"nb": ("docs/now/README.nb.md",), "en": ("docs/now/README.md",)}
HELPERS = {"nb": (), "en": ("docs/volunteer/README.md",)}
SENTENCE = re.compile(r"(?<=[.?!:;])\s")


@functools.cache
def catalogue() -> list[tuple[str, str]]:
    """Return every message as (English, bokmål)."""
    found = read_po(io.BytesIO((PACKAGE / "locale" / "nb" / "LC_MESSAGES" / "casefile.po").read_bytes()))
    pairs = []
    for message in found:
        if message.id:
            ids, strings = ((item,) if isinstance(item, str) else tuple(item) for item in (message.id, message.string))
            pairs += list(zip(ids, strings, strict=False))
    return pairs


def spoken(value: object, key: str = "") -> Iterator[str]:
    """Yield what a person reads of a data file; the guides of `topics.json` stand there in both languages, English first."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from spoken(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from spoken(item, key)
    elif isinstance(value, str) and key in ("text", "title", "en"):
        yield value


@functools.cache
def guides() -> dict[str, list[tuple[str, str]]]:
    """Return the texts of every data file of the guide, by file, as (English, bokmål)."""
    say, found = translator("nb"), {}
    for path in sorted(DATA.glob("*.toml")):
        found[path.name] = [(text, say(text)) for text in spoken(tomllib.loads(path.read_text(encoding="utf-8")))]
    for path in sorted(DATA.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        english, norwegian = list(spoken(data)), list(_norwegian(data))
        found[path.name] = list(zip(english, norwegian, strict=True))
    return found


def _norwegian(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _norwegian(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _norwegian(item, key)
    elif isinstance(value, str) and key == "nb":
        yield value


def page(name: str) -> list[str]:
    """Return the paragraphs, list items and table rows of a page, without commands and addresses."""
    return paragraphs((ROOT / name).read_text(encoding="utf-8"))


def paragraphs(text: str) -> list[str]:
    """Return a page's text by paragraph, each on one line."""
    text = re.sub(r"^    .*$|`[^`]*`|\]\([^)]*\)|<[^>]*>", "", text, flags=re.MULTILINE)
    parts = re.split(r"\n\s*\n|\n(?=\s*(?:- |\d+\. |\|))| \| ", text)
    return [re.sub(r"[*_#>\[\]|]", "", " ".join(part.split())).strip() for part in parts]


def first_block() -> tuple[list[str], list[str]]:
    """Return the first block of README, bokmål and English."""
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("\n---\n", 1)[0]
    norwegian, english = block.split("**Is it happening", 1)
    return paragraphs(norwegian), paragraphs("**Is it happening" + english)


@functools.cache
def first(language: str) -> tuple[str, ...]:
    """Return every text of the first screens."""
    say = translator(language)
    found = [say(text) for name in FIRST for text in _messages(PACKAGE / name)]
    place = 1 if language == "nb" else 0
    found += [pair[place] for name, pairs in guides().items() if name not in APART for pair in pairs]
    found += [line for name in PAGES[language] for line in page(name)]
    return (*found, *first_block()[0 if language == "nb" else 1])


def _messages(path: Path) -> list[str]:
    return [item[1] for item in extract_from_file("python", str(path), keywords=KEYWORDS) if isinstance(item[1], str)]


@functools.cache
def everywhere(language: str) -> tuple[str, ...]:
    """Return every text."""
    place = 1 if language == "nb" else 0
    found = [pair[place] for pair in catalogue()] + [pair[place] for pairs in guides().values() for pair in pairs]
    found += [line for name in HELPERS[language] for line in page(name)]
    return tuple(dict.fromkeys((*found, *first(language))))


@pytest.mark.parametrize("word", LIST["word"], ids=lambda word: f"{word['language']}-{word['pattern'][:24]}")
def test_a_word_of_the_list_stands_nowhere_it_may_not(word: dict) -> None:
    assert word["why"]
    assert word["instead"]
    pattern = re.compile(word["pattern"], 0 if word.get("case") else re.IGNORECASE)
    texts = (everywhere if word["where"] == "everywhere" else first)(word["language"])
    allowed = set(word.get("except", ()))
    found = []
    for text in texts:
        if text not in allowed and pattern.search(_without(text, allowed)):
            found.append(text)
    assert found == [], f"{word['why']}; instead: {word['instead']}"


def _without(text: str, allowed: set[str]) -> str:
    """Return a page's line without the sentences that may stand there."""
    for sentence in allowed:
        text = text.replace(sentence, "")
    return text


def test_the_list_would_find_what_it_is_for() -> None:
    """A list whose patterns match nothing proves nothing."""
    wrong = {
        "nb": ["Det var din feil.", "nakenbilder du sendte", "Utpresseren er en mann.", "et offer for dette", "Ring foreldrene dine.", "Vil De anmelde?",
               "Lagre exhibit A-001", "hashen til filen", "kontrollsummen", "et screenshot", "Du kan tipse eller anmelde.", "Ring nå!", "gyldig i retten",
               "mange har død", "selvmord", "hun presser deg", "henge seg"],
        "en": ["It was your fault.", "the nudes you sent", "The offender is a man.", "the extorter", "a victim of this", "Tell your parents.", "exhibit A-001",
               "Tip or report it.", "Call now!", "court-admissible", "many died", "suicide", "he is pressing you", "cut yourself"],
    }  # fmt: skip
    for word in LIST["word"]:
        pattern = re.compile(word["pattern"], 0 if word.get("case") else re.IGNORECASE)
        assert any(pattern.search(text) for text in wrong[word["language"]]), word["pattern"]
    assert len(first("nb")) > 150
    assert len(everywhere("nb")) > 1500


@pytest.mark.parametrize("language", ["nb", "en"])
def test_sentences_of_the_first_screens_are_short(language: str) -> None:
    long = [part for text in first(language) for part in SENTENCE.split(_plain(text)) if len(part.split()) > LIST["sentences"]["longest"]]
    assert long == []


def _plain(text: str) -> str:
    return text.replace("\n", " ")


def test_every_exception_is_still_needed() -> None:
    """An exception nobody uses hides the next mistake."""
    for word in LIST["word"]:
        for text in word.get("except", ()):
            assert any(text in said for said in everywhere(word["language"])), text
    assert all((DATA / name).is_file() or (PACKAGE / "guide" / name).is_file() for name in APART)
    assert all(entry["why"] for entry in LIST["sentences"]["longer"])
