"""The first minute, the guides and the numbers: both languages, narrow, calm, and nothing unverified in print."""

from __future__ import annotations

import re
from datetime import date

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


def test_only_verified_lines_are_printed() -> None:
    for country in lines.countries():
        for line in lines.lines(country):
            if line.status != "verified" and line.kind not in ("emergency-medical", "emergency-police", "police-report"):
                assert lines.number(country, line.kind) is None or lines.number(country, line.kind) != line.value
            assert line.source


def test_no_line_is_older_than_half_a_year_at_release() -> None:
    newest = max(line.checked for country in lines.countries() for line in lines.lines(country))
    assert lines.stale(newest) == []
    assert lines.stale(date(newest.year + 2, 1, 1))


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
        assert words[1] in {*COMMANDS, "say"}, command
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
