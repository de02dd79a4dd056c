"""The words about people under 18: said to who needs them, short, without blame, with the numbers of the country."""

from __future__ import annotations

import re
from itertools import product

import pytest

from sextortion_cli.guide.minors import alone, first_words, stop
from sextortion_cli.words import use_language

ROLES, MINOR, COUNTRIES = (
    (None, "victim", "guardian", "volunteer", "helper", "police"),
    (None, "yes", "no", "unknown"),
    ("NO", "SE", "GB", None),
)
SAID = {(role, minor) for role in ("volunteer", "helper", "police") for minor in ("yes", "unknown", None)} | {
    ("guardian", "yes"),
    ("victim", "yes"),
}
_BLAME = re.compile(
    r"you should have|your own fault|why did you|gjerningsperson|utpresser|foreldrene dine|your parents|offer\b", re.IGNORECASE
)


def every(language: str) -> list[str]:
    use_language(language)
    return [line for role, minor, country in product(ROLES, MINOR, COUNTRIES) for line in first_words(role, minor, country)] + [
        line for country in COUNTRIES for line in stop(country)
    ]


def test_it_is_said_to_who_needs_it_and_to_nobody_else() -> None:
    for role, minor, country in product(ROLES, MINOR, COUNTRIES):
        assert bool(first_words(role, minor, country)) == ((role, minor) in SAID), (role, minor)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_sentences_are_short_and_blame_nobody(language: str) -> None:
    for line in every(language):
        assert not _BLAME.search(line), line
        for sentence in re.split(r"[.?!:;] ", line):
            assert len(sentence.split()) < 16, sentence


@pytest.mark.parametrize("language", ["en", "nb"])
def test_nothing_is_left_in_english(language: str) -> None:
    use_language("en")
    english = set(every("en"))
    if language == "nb":
        assert {line for line in every("nb") if line in english} == set()


def test_a_helper_hears_the_rule_before_the_duty_and_of_a_child_what_not_to_ask() -> None:
    said = first_words("volunteer", "yes", "NO")
    assert said[0] == "Before you receive anything:"
    text = " ".join(said)
    for words in ("do not receive it", "Do not question the child", "word for word", "section 196", "02800", "Before you tell the parents"):
        assert words in text
    assert "section 196" not in " ".join(first_words("volunteer", "yes", "SE"))
    assert "Do not question" not in " ".join(first_words("volunteer", "unknown", "NO"))


def test_under_18_and_alone_is_asked_nothing_and_collects_nothing() -> None:
    said = first_words("victim", "yes", "NO")
    assert said == alone("NO")
    text = " ".join(said)
    assert "?" not in text
    for words in (
        "not your fault",
        "116 111",
        "not be punished",
        "marsteinen.no",
        "adult you trust",
        "Keep the phone",
        "don't have to collect",
    ):
        assert words in text
    assert len(said) <= 8


def test_stop_names_the_police_of_the_country() -> None:
    assert stop("NO") == [
        "Stop. Don't look further, and don't send it to anyone.",
        "Call the police: 112 if it is urgent, else 02800. Do what they say.",
    ]
    assert "112" in stop(None)[1]
