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
        assert [step.commands for step in norwegian] == [step.commands for step in english]
        assert all(one.text != other.text for one, other in zip(norwegian, english, strict=True))
        assert all("{" not in step.text for step in norwegian + english)


def test_numbers_are_the_same_in_both_languages_and_never_stand_unfilled() -> None:
    for country in (*lines.countries(), None):
        for topic in topics.topics("en"):
            both = [topics.steps(topic.id, language, country) for language in LANGUAGES]
            assert len(both[0]) == len(both[1])
            for norwegian, english in zip(*both, strict=True):
                assert norwegian.has_number == english.has_number
                assert re.findall(r"\d{3,}", norwegian.text) == re.findall(r"\d{3,}", english.text), english.text
                assert "{" not in norwegian.text + english.text


def test_every_path_of_what_already_happened_ends_in_an_event() -> None:
    from sextortion_cli.cli.pathlog import FORMS
    from sextortion_cli.model.event import EVENT_KINDS, Event

    logged = {topic.id: topic.log for topic in topics.topics("en") if topic.log}
    assert set(logged) >= {"paid", "deleted", "published", "recontact", "removal", "report", "scams"}
    for topic, kind in logged.items():
        commands = [command for step in topics.steps(topic, "en", None) for command in step.commands]
        assert topic == "removal" or any(f"casefile event add {kind}" in command for command in commands), topic
        for form in FORMS[kind]:
            assert form.kind in EVENT_KINDS
            assert {name for name, _question in form.fields} <= set(Event.model_fields)


def test_what_a_guide_says_to_type_exists_and_fits_a_narrow_screen() -> None:
    from sextortion_cli.cli.table import COMMANDS
    from sextortion_cli.guide import phone
    from sextortion_cli.model.event import EVENT_KINDS

    commands = [command for topic in topics.topics("en") for step in topics.steps(topic.id, "en", "NO") for command in step.commands]
    commands += [command for part in phone.parts("en") for move in part.moves for command in move.commands]
    known = {topic.id for topic in topics.topics("en")}
    for command in commands:
        words = command.split()
        assert words[0] == "casefile"
        assert words[1] in COMMANDS, command
        assert len(command) <= 57
        if words[1] == "guide":
            assert words[2] in known
        if words[1:3] == ["event", "add"]:
            assert words[3] in EVENT_KINDS


def test_what_is_saved_comes_before_what_is_removed_and_the_bank_before_everything_else() -> None:
    published = [step.text for step in topics.steps("published", "en", None)]
    assert "First save" in published[0]
    assert next(place for place, text in enumerate(published) if "report it to the service" in text) > next(
        place for place, text in enumerate(published) if "screenshot" in text
    )
    paid = [step.text for step in topics.steps("paid", "en", None)]
    assert "bank" in paid[1]
    assert any("Nobody can promise" in text for text in paid)


def test_which_service_stops_copies_goes_by_the_age_in_the_picture() -> None:
    steps = [step.text for step in topics.steps("removal", "en", None)]
    for text, age in (
        (next(t for t in steps if name in t), age)
        for name, age in (("Take It Down", "Under 18"), ("StopNCII", "18 or older"), ("Report Remove", "Under 18"))
    ):
        assert text.startswith(age), text


def test_nobody_under_18_is_told_to_collect_or_to_answer_questions() -> None:
    for step in topics.steps("under18", "en", "NO"):
        assert "screenshot" not in step.text.casefold()
        assert "casefile import" not in " ".join(step.commands)


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
