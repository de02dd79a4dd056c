"""One message taken apart: words, numbers and marks with their places, the sentence each stands in, and what each does in one language."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import re2

from sextortion_cli.extract.demands.folding import fold
from sextortion_cli.extract.demands.lexicon import Entry, Words

_PIECES = (
    r'(?:https?://|www\.)[^\s<>"]+'
    r"|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|bc1[a-z0-9]{20,80}|0x[0-9a-f]{40}"
    r"|[a-z]{2}\d{2}(?: ?[a-z]{4})?(?: ?\d{4}){2,6}(?: ?\d{1,3})?"
    r"|\d{4}[. ]\d{2}[. ]\d{5}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{5}|[13lt48][a-z0-9]{25,95}|\$[a-z][a-z0-9_-]{1,20}"
    r"|\d{1,2}[:h]\d{2}|\+?\d{7,20}|\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?(?:,-)?|\d+(?:[.,]\d+)?(?:,-)?"
    r"|[$€£¥₦₹]|[\pL\pM]+|[.!?;…\n]"
)
_SHORT = frozenset(("kl", "ca", "nr", "min", "std", "tel", "mr", "mrs", "dr", "st", "kr", "bl", "eks", "ev"))
WORD, NUMBER, CLOCK, SYMBOL, TARGET, LINK, MAIL = range(7)
_NONE = Entry(0, {})
_LONGEST = 60
"""Tokens after which a sentence without an end is taken to end."""


def _compiled() -> object:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 64 << 20
    return re2.compile(_PIECES, options)


_tokens = _compiled()


class Token(NamedTuple):
    """A stretch of the folded message: where it stands, what it is, in which sentence."""

    start: int
    end: int
    word: str
    kind: int
    sentence: int


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a message; marks that end a sentence only count it."""
    folded, sentence = fold(text), 0
    found: list[Token] = []
    before, long = "", 0
    for hit in _tokens.finditer(folded):  # type: ignore[attr-defined]
        word, start, end = hit[0], hit.start(), hit.end()
        first = word[0]
        if first in ".!?;…\n":
            is_end = first != "." or ((end == len(folded) or folded[end] in " \n") and before not in _SHORT)
            sentence += is_end
            continue
        if not word.isascii():
            word = "".join(letter for letter in word if not unicodedata.combining(letter)) or word
        long += 1
        if found and found[-1].sentence != sentence:
            long = 0
        elif long >= _LONGEST:
            sentence, long = sentence + 1, 0
        found.append(Token(start, end, word, _kind(word, first), sentence))
        before = word
    return found


def _kind(word: str, first: str) -> int:
    if word.isalpha():
        return TARGET if len(word) > 25 and word.startswith(("bc1", "0x")) else WORD
    if len(word) == 1 and not first.isdigit():
        return SYMBOL
    if "@" in word:
        return MAIL
    if first in "hw" and ("://" in word or word.startswith("www.")):
        return LINK
    if first == "$":
        return TARGET
    digits = sum(letter.isdigit() for letter in word)
    if first.isdigit() and len(word) <= 5 and (":" in word or "h" in word):
        return CLOCK
    if any(letter.isalpha() for letter in word) or (digits >= 7 and "," not in word and "'" not in word and not _is_grouped(word)):
        return TARGET
    return NUMBER


def _is_grouped(word: str) -> bool:
    """Tell whether a long number is written as amounts are: in groups of three."""
    parts = word.replace(".", " ").split(" ")
    return len(parts) > 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


class Passage:
    """
    A message in one language.

    Attributes:
        text: As written.
        tokens: Its tokens; words of a phrase are one of them.
        roles: What each does, as bits of `Role`.
        seen: Every role that is played anywhere.
    """

    def __init__(self, text: str, tokens: list[Token], words: Words) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.roles: list[int] = []
        self._codes: list[Entry] = []
        position = 0
        while position < len(tokens):
            length, entry = _longest(tokens, position, words)
            first, last = tokens[position], tokens[position + length - 1]
            self.tokens.append(first if length == 1 else Token(first.start, last.end, first.word, WORD, first.sentence))
            self.roles.append(entry.roles)
            self._codes.append(entry)
            position += length
        self._sentences: dict[int, range] = {}
        for index, token in enumerate(self.tokens):
            begun = self._sentences.get(token.sentence)
            self._sentences[token.sentence] = range(index if begun is None else begun.start, index + 1)
        self.seen = 0
        for roles in self.roles:
            self.seen |= roles

    def __len__(self) -> int:
        return len(self.tokens)

    def code(self, index: int, role: int) -> str:
        """Return the code of a token in one of its roles, "" where it has none."""
        return self._codes[index].codes.get(role, "")

    def plays(self, index: int, role: int) -> bool:
        """Tell whether the token there has one of the roles; no token, no role."""
        return 0 <= index < len(self.roles) and bool(self.roles[index] & role)

    def same(self, index: int, other: int) -> bool:
        """Tell whether both places are there and in one sentence."""
        return 0 <= other < len(self.tokens) and self.tokens[index].sentence == self.tokens[other].sentence

    def around(self, index: int, role: int, before: int, after: int) -> int | None:
        """Return the nearest token with one of the roles within so many tokens of the same sentence, or None."""
        for distance in range(1, max(before, after) + 1):
            if distance <= before and self.same(index, index - distance) and self.roles[index - distance] & role:
                return index - distance
            if distance <= after and self.same(index, index + distance) and self.roles[index + distance] & role:
                return index + distance
        return None

    def sentence(self, index: int) -> range:
        """Return the places of the sentence of a token."""
        return self._sentences[self.tokens[index].sentence]

    def stretch(self, places: range) -> tuple[int, int]:
        """Return where these tokens stand in the message."""
        return self.tokens[places.start].start, self.tokens[places.stop - 1].end


def _longest(tokens: list[Token], position: int, words: Words) -> tuple[int, Entry]:
    first = tokens[position]
    if first.kind not in (WORD, SYMBOL):
        return 1, _NONE
    for parts, entry in words.phrases.get(first.word, ()):
        length = len(parts)
        last = position + length - 1
        if (
            last < len(tokens)
            and tokens[last].sentence == first.sentence
            and all(tokens[position + at].word == part for at, part in enumerate(parts))
        ):
            return length, entry
    return 1, words.of(first.word)
