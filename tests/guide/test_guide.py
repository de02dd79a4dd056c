"""The first minute, the guides and the numbers: both languages, narrow, calm, and nothing unverified in print."""

from __future__ import annotations

import re

import pytest

from sextortion_cli.guide import lines, topics
from sextortion_cli.guide.first_minute import first_minute

LANGUAGES = ("nb", "en")
#: A victim's text never mentions that others have taken their lives, nor any method; the one question that leads to help may be asked.
NEVER = re.compile(
    r"suicid|selvmord|\bhang(?:ed|ing)\b|overdos|kutte seg|cut (?:your|them)selves|tok livet|took (?:his|her|their) (?:own )?li",
    re.IGNORECASE,
)
BLAME = re.compile(r"din feil\b|your fault\b|burde ikke|shouldn't have|dum\b|stupid|naiv", re.IGNORECASE)


def every_text() -> list[str]:
    found = [first_minute(language, country, "given") for language in LANGUAGES for country in (*lines.countries(), None)]
    for language in LANGUAGES:
        for topic in topics.topics(language):
            found += [
                topic.title,
                *(step.text for country in (*lines.countries(), None) for step in topics.steps(topic.id, language, country)),
            ]
    return found


def test_no_text_frightens_or_blames() -> None:
    for text in every_text():
        assert not NEVER.search(text), text
        assert not BLAME.search(
            text.replace("Det er ikke din skyld", "").replace("It is not your fault", "").replace("not your fault", "")
        ), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_minute_has_help_first_and_is_narrow(language: str) -> None:
    for country in (*lines.countries(), None):
        text = first_minute(language, country, "given")
        assert max(map(len, text.splitlines())) <= 59
        assert text.index("112" if country is None else lines.number(country, "emergency-medical") or "112") < text.index("\n1  ")
        assert text.rstrip().splitlines()[-1].split()[1] == "casefile"


def test_a_guessed_country_is_said_to_be_a_guess() -> None:
    assert "(antatt land)" in first_minute("nb", "NO", "locale")
    assert "(antatt land)" not in first_minute("nb", "NO", "given")


def test_every_topic_stands_in_both_languages_with_its_sources() -> None:
    assert [topic.id for topic in topics.topics("nb")] == [topic.id for topic in topics.topics("en")]
    for topic in topics.topics("nb"):
        norwegian, english = (topics.steps(topic.id, language, "NO") for language in LANGUAGES)
        assert len(norwegian) == len(english) > 0
        assert [step.source for step in norwegian] == [step.source for step in english]
        assert all("{" not in step.text for step in norwegian + english)
