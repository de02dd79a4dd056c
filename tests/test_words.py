"""The languages: complete ones are compiled and offered, prepared ones kept in step and shown to nobody before somebody has read them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from sextortion_cli.cli import settings
from sextortion_cli.words import LANGUAGES, in_every_language, translator

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def words() -> ModuleType:
    """Return `scripts/words.py`."""
    before = list(sys.path)
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import words as found
    finally:
        sys.path[:] = before
    return found


def test_the_languages_that_were_promised_are_there(words: ModuleType) -> None:
    assert set(words.COMPLETE) == {"nb"}
    assert set(words.PREPARED) == {"nn", "sv", "da", "de", "fr", "es", "pl"}
    assert set(words.HOME) == {*words.COMPLETE, *words.PREPARED}
    assert set(LANGUAGES) == {"en", *words.COMPLETE}


def test_only_complete_languages_are_compiled_and_offered(words: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = {path.parent.parent.name for path in (ROOT / "sextortion_cli" / "locale").rglob("*.mo")}
    assert compiled == set(words.COMPLETE)
    monkeypatch.setattr(settings, "_settings", {})
    for language in words.PREPARED:
        if language != "nn":
            assert settings.language_code(language) is None
            assert settings.language(f"{language}_XX.UTF-8") == "en"
        assert translator(language)("Help now") == "Help now"
    assert settings.language_code("nn_NO.UTF-8") == "nb"  # until somebody has read the nynorsk, bokmål is nearer than English


@pytest.mark.parametrize("language", ["nn", "sv", "da", "de", "fr", "es", "pl"])
def test_a_prepared_language_has_the_first_screens_as_drafts(words: ModuleType, language: str) -> None:
    from babel.messages.extract import extract_from_file

    catalogue = words.catalogue(language)
    wanted = set()
    for name in ("guide/first_minute.py", "guide/helplines.py"):
        found = extract_from_file("python", str(ROOT / "sextortion_cli" / name), keywords=words.KEYWORDS)
        wanted |= {message for _line, message, _comments, _context in found if isinstance(message, str)}
    assert len(wanted) > 50
    for text in wanted:
        message = catalogue.get(text)
        assert message is not None, text
        assert message.string, text
    assert words.catalogue("nb").get("Help now").fuzzy is False


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "da", "de", "fr", "es", "pl"])
def test_the_first_minute_is_narrow_in_every_language(words: ModuleType, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sextortion_cli.guide import first_minute, helplines

    for module in (first_minute, helplines):
        monkeypatch.setattr(module, "translator", module.translator)  # put back afterwards
    shown = words.first_screens(language, words.HOME[language])
    minute = shown[: shown.index("casefile start") + 60].splitlines()
    assert max(map(len, minute)) <= 59
    assert "{" not in shown
    assert "Stop answering" not in shown


@pytest.mark.slow
def test_a_fault_is_found(words: ModuleType) -> None:
    """A lost placeholder, a draft in a complete language, a message that is not in step."""
    said = [message for message in words.extracted() if message.id]
    broken = words.catalogue("nb")
    broken.get("Under 18: {child}.").string = "Under 18: {barn}."
    broken.get("Help now").flags.add("fuzzy")
    faults = list(words._short_of_complete(said, broken, "nb"))
    assert "placeholders differ: 'Under 18: {child}.'" in faults
    assert "not translated: 'Help now'" in faults
    prepared = words.catalogue("sv")
    prepared.get("Under 18: {child}.").string = "Under 18."
    prepared.delete("Help now")
    faults = list(words._not_well_formed(said, prepared, "sv"))
    assert faults == ["1 messages are not in step: scripts/words.py update", "placeholders differ: 'Under 18: {child}.'"]


def test_drafts_are_not_compiled(words: ModuleType) -> None:
    draft = words.catalogue("sv")
    assert draft.get("Help now").string == "Hjälp nu"
    assert "Hjälp nu".encode() not in words.compiled(draft)


def test_machines_get_every_language(words: ModuleType) -> None:
    assert in_every_language("Help now") == {"nb": "Hjelp nå", "en": "Help now"}
