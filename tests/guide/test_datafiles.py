"""The reviewed data files of the guides: every fact has a source and a day, sentences are short, nothing a person reads is untranslated."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib import resources
from typing import Any

import pytest

from sextortion_cli.guide import phone, services, topics
from sextortion_cli.guide.platforms import Source, platforms
from sextortion_cli.importers.base import importers
from sextortion_cli.model.route import ROUTE
from sextortion_cli.words import translator, use_language

FILES = ("topics", "services", "phone")
SOURCES = {"topics": topics.sources, "services": services.sources, "phone": phone.sources}
FRIGHTENS = re.compile(
    r"suicid|selvmord|overdos|tok livet|din feil|burde|should have|victim|\boffer\b|utpresser|gjerningsperson", re.IGNORECASE
)
LONGEST = 15


def raw(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def spoken(value: Any, key: str = "") -> list[str]:
    """Return every text a person reads."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in spoken(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in spoken(inner, key)]
    return [value] if isinstance(value, str) and key in ("text", "title") else []


def cited(value: Any) -> list[str]:
    """Return the name of every source that is named."""
    if isinstance(value, dict):
        here = [value["source"]] if isinstance(value.get("source"), str) else []
        return here + [name for inner in value.values() for name in cited(inner)]
    return [name for inner in value for name in cited(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", FILES)
def test_every_source_was_read_before_the_review_and_is_used(name: str) -> None:
    data = raw(name)
    sources: dict[str, Source] = dict(SOURCES[name]())
    for source in sources.values():
        assert source.name
        assert isinstance(source.seen, date)
        assert source.seen <= data["checked"]
        if source.of is not None:
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", source.of)
            assert source.of <= source.seen.isoformat()
    used = set(cited({key: value for key, value in data.items() if key != "source"})) | ({"searched"} if name == "services" else set())
    assert used == set(sources)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_sentences_are_short_calm_and_said_in_both_languages(name: str, language: str) -> None:
    say = translator(language)
    for text in spoken(raw(name)):
        said = say(text)
        assert said.strip() == said
        assert not FRIGHTENS.search(said), said
        assert sorted(re.findall(r"\{[a-z-]+\}", said)) == sorted(re.findall(r"\{[a-z-]+\}", text))
        for sentence in re.split(r"(?<=[.?!:])\s+", said):
            assert len(sentence.split()) <= LONGEST, sentence


def test_every_service_answers_every_question_or_says_that_nobody_found_out() -> None:
    data = raw("services")
    assert set(services.known_services()) == set(platforms())
    for name, entry in data["service"].items():
        answered = set(entry) - {"unknown", "own_data"}
        assert answered | set(entry["unknown"]) == set(data["question"]), name
        assert not answered & set(entry["unknown"]), name
        for told in services.answers(name).values():
            assert told.answer in services.ANSWER
            assert (told.text is None) == (told.answer == "unknown") == (told.source == services.sources()["searched"])
            assert told.days is None or told.question == "deletion"
        assert set(services.own_data(name)) <= set(importers())


@pytest.mark.parametrize("language", ["en", "nb"])
def test_what_nobody_found_out_is_printed_as_unknown(language: str) -> None:
    use_language(language)
    word = {"en": "Unknown.", "nb": "Ukjent."}[language]
    assert {services.shown(told) for told in services.answers("vk").values()} == {word}
    assert word in services.warnings("VK")[0]
    assert word not in " ".join(services.warnings("Snapchat"))


def test_what_was_not_read_at_the_service_itself_says_so() -> None:
    told = services.answers("snapchat")
    assert services.shown(told["on-unfriend"]).endswith("(Not checked in the app.)")
    assert not services.shown(told["screenshot"]).endswith("(Not checked in the app.)")


def test_every_phone_has_a_way_to_every_computer_and_every_way_is_one_that_import_takes() -> None:
    assert set(raw("phone")["path"]) == {f"{kind}-{system}" for kind in phone.PHONES for system in phone.COMPUTERS}
    assert [part.id for part in phone.parts("en", "iphone", "macos")] == ["iphone", "iphone-macos", "chats"]
    assert len(phone.parts("nb")) == len(phone.PHONES) * (len(phone.COMPUTERS) + 1) + 1
    ways = [way.id for way in phone.ways("en")]
    assert set(ways) == set(ROUTE) - {"unknown", "download"}
    assert ways[0] == "cable"
    for way in phone.ways("en"):
        if way.id in ("mail", "cloud"):
            assert "under 18" in way.text


def test_sources_the_code_names_exist() -> None:
    from pathlib import Path

    import sextortion_cli

    text = (Path(sextortion_cli.__file__).parent / "lacking" / "happened.py").read_text(encoding="utf-8")
    assert set(re.findall(r'topics\.sources\(\)\["([a-z-]+)"\]', text)) <= set(topics.sources())
    assert "topics.sources()[" in text
