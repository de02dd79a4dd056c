"""The first minute, the guides and the numbers: both languages, narrow, calm, and nothing unverified in print."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sextortion_cli.guide import lines, topics
from sextortion_cli.guide.first_minute import first_minute

ROOT = Path(__file__).resolve().parents[2]
WRITE_GOLDEN = bool(os.environ.get("CASEFILE_WRITE_GOLDEN"))
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


NUMBER = re.compile(r"(?<![\w-])\d(?:[\d -]{1,14})\d(?!\w|\.\w)")


@pytest.mark.parametrize("page", ["README.md", "docs/now/README.md", "docs/now/README.nb.md"])
def test_a_page_shows_only_numbers_of_the_reviewed_data(page: str) -> None:
    """The numbers stand there in words of their own; they may not drift from the data."""
    known = {way.value for country in lines.countries() for line in lines.printed(country) for way in line.ways}
    text = (ROOT / page).read_text(encoding="utf-8").split("\n---\n", 1)[0]
    text = re.sub(r"^    .*$|under 18|A-001|^\d+\. |[\w.]+\.no\b", "", text, flags=re.IGNORECASE | re.MULTILINE)
    found = {number.strip() for number in NUMBER.findall(text)}
    assert len(found) > 3
    assert found <= known, found - known


def test_the_norwegian_pages_have_the_lines_of_norway() -> None:
    for page, kinds in (
        ("README.md", ("emergency-medical", "emergency-police", "crisis-adult", "crisis-child", "support-no-report")),
        (
            "docs/now/README.nb.md",
            ("emergency-medical", "emergency-police", "crisis-adult", "crisis-child", "support-no-report", "police-report"),
        ),
    ):
        text = (ROOT / page).read_text(encoding="utf-8").split("## ", 1)[0]
        for kind in kinds:
            assert lines.number("NO", kind) in text
    norwegian = (ROOT / "docs" / "now" / "README.nb.md").read_text(encoding="utf-8")
    for written in ("sidetmedord.no", "116111.no"):
        assert written in norwegian
        assert any(way.value == written for line in lines.printed("NO") for way in line.ways)


GOLDEN = Path(__file__).parent / "golden"


def transcripts() -> dict[str, str]:
    """Return the screens a new user meets, at one moment, as they are kept."""
    from sextortion_cli.cli.fit import fit
    from sextortion_cli.guide.helplines import screen, title
    from sextortion_cli.saying import AUDIENCES, hints, sentences

    night = datetime(2026, 3, 14, 2, 55, tzinfo=UTC)
    found = {}
    for language, country in (("nb", "NO"), ("en", "GB"), ("en", "DE")):
        found[f"first-minute.{language}-{country}"] = first_minute(language, country, "locale", night)
        shown = [title(language), "", *screen(language, country, "locale", night)]
        found[f"guide-help.{language}-{country}"] = "\n".join(part for line in shown for part in fit(line, 60)) + "\n"
    for language in LANGUAGES:
        for audience in AUDIENCES:
            shown = [*(f"({hint})" for hint in hints(audience, language)), *sentences(audience, language)]
            found[f"say-{audience}.{language}"] = "\n".join(part for line in shown for part in fit(line, 60)) + "\n"
    return found


@pytest.mark.parametrize("name", sorted(transcripts()))
def test_a_transcript_is_as_it_was_read_and_approved(name: str) -> None:
    """Written with CASEFILE_WRITE_GOLDEN=1 where it is missing; somebody reads it before it is committed."""
    path, shown = GOLDEN / f"{name}.txt", transcripts()[name]
    if WRITE_GOLDEN and not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown
    assert max(map(len, shown.splitlines())) <= 60


def test_the_first_minute_is_the_one_that_was_promised() -> None:
    """`cli.md` prints it; the transcript is that text, to the letter."""
    shown = (GOLDEN / "first-minute.nb-NO.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(shown.encode()).hexdigest() == "a5be8b7af52d43a79f8576d34cac3e2383a611c10a5544fc6ed033140b51441a"
