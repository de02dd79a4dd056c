"""
Full-text search in two steps: the index knows which blocks of messages hold the words, the same engine then asks each message.

A million messages make a thousand blocks, so the index is small and grows quickly. Which messages of a block match is settled by an
FTS5 table in memory with the same tokenizer, so phrases and word beginnings mean the same in both steps.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

_TOKENIZER = "unicode61 remove_diacritics 0"
WORDS_TABLE = f"CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize=\"{_TOKENIZER}\");"
#: Scripts written without spaces: every character is indexed, and asked for, as a word of its own.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def spaced(text: str) -> str:
    """Return `text` as it is indexed."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def query_of(words: str) -> str:
    """Return an FTS5 query for what a person typed: every term quoted, so that nothing in it is an operator; "" when it holds no word."""
    terms = []
    for position, part in enumerate(words.replace("\0", " ").split('"')):
        for term in [part] if position % 2 else part.split():
            clean = term.replace('"', "").strip()
            star = "*" if clean.endswith("*") and not position % 2 else ""
            clean = clean.rstrip("*") if star else clean
            if any(letter.isalnum() for letter in clean):
                terms.append(f'"{spaced(clean)}"{star}')
    return " ".join(terms)


class Probe:
    """Says which texts of a block match a query."""

    def __init__(self) -> None:
        self._base = sqlite3.connect(":memory:", isolation_level=None)
        self._base.execute(WORDS_TABLE)

    def matches(self, texts: Iterable[tuple[int, str]], query: str) -> Iterator[int]:
        """Yield the numbers of the (number, text) pairs that match, in order."""
        base = self._base
        base.execute("BEGIN")
        base.executemany("INSERT INTO words (rowid, text) VALUES (?,?)", ((number, spaced(text)) for number, text in texts))
        base.execute("COMMIT")
        found = [row[0] for row in base.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (query,))]
        base.execute("INSERT INTO words (words) VALUES ('delete-all')")
        yield from found

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()
