"""What one message seems to demand or threaten: hits and near-misses in eight languages, sums, deadlines, hostile text."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.extract.demands.folding import fold
from sextortion_cli.extract.demands.lexicon import Role, language_codes, languages
from sextortion_cli.extract.demands.money import decimal_of
from sextortion_cli.extract.demands.passage import Passage, tokens_of
from sextortion_cli.extract.demands.suggest import suggest
from sextortion_cli.extract.passwords import hidden
from sextortion_cli.model.identifier import Scope
from sextortion_cli.model.suggestion import MATERIALS, RECIPIENTS, Suggestion
from sextortion_cli.suggesting import _triggered


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


LINES = _beside("demand_lines")
LEAST = 0.97


def said(text: str) -> list[Suggestion]:
    return list(suggest(text, Scope()))


def kinds(text: str) -> set[str]:
    return {item.kind for item in said(text) if item.clear}


def test_there_is_a_table_for_every_language() -> None:
    assert language_codes() == ("da", "de", "en", "es", "fr", "nb", "nn", "sv")


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_extorters_write_is_found_and_ordinary_chat_is_not(seed: int) -> None:
    right, wanted, wrong, given_ = Counter(), Counter(), Counter(), Counter()
    for line in LINES.lines(seed, each=1):
        clear = kinds(line.text)
        if line.kinds:
            wanted[line.language] += len(line.kinds)
            right[line.language] += len(line.kinds & clear)
        else:
            given_[line.language] += 1
            wrong[line.language] += bool(clear)
    for language in language_codes():
        assert right[language] >= LEAST * wanted[language], language
        assert wrong[language] <= (1 - LEAST) * given_[language], language


def test_sums_are_exact_and_in_the_currency_stated() -> None:
    for line in LINES.lines(21, each=1):
        if line.amount is not None:
            assert (line.amount, line.currency) in {(item.amount, item.currency) for item in said(line.text) if item.kind == "demand"}, (
                line.text
            )


@pytest.mark.parametrize(
    ("text", "fine", "amount"),
    [
        ("20 000", False, "20000"), ("20.000", False, "20000"), ("20,000", False, "20000"), ("1.234,56", False, "1234.56"), ("1,234.56", False, "1234.56"),
        ("500,-", False, "500"), ("20 000,-", False, "20000"), ("49.90", False, "49.90"), ("0.125", True, "0.125"), ("1.250", True, None), ("1.000.000", True, "1000000"),
    ],
)  # fmt: skip
def test_how_amounts_are_written(text: str, fine: bool, amount: str | None) -> None:
    found = decimal_of(text, fine=fine)
    assert (None if found is None else str(found)) == amount


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("pay 20k kr or I send the video to your family", "20000", "kr"), ("betal 5 tusen kroner ellers sender jeg videoen til familien din", "5000", "kr"),
        ("betal femhundre kroner ellers sender jeg videoen til familien din", "500", "kr"), ("pay five hundred dollars or I post your video", "500", "$"),
        ("send me 1.250 BTC or I post your video", None, "BTC"), ("paie 500 balles sinon je publie ta vidéo", "500", "EUR"),
    ],
)  # fmt: skip
def test_sums_in_words(text: str, amount: str | None, currency: str) -> None:
    assert (amount, currency) in {(item.amount, item.currency) for item in said(text) if item.kind == "demand"}


@pytest.mark.parametrize(
    ("text", "written", "seconds", "clock"),
    [
        ("pay $500 within 24 hours or I send it to your friends", "within 24 hours", 86400, None), ("betal 500 kr innen kl 20 ellers sender jeg bildene til familien din", "innen kl 20", None, "20:00"),
        ("du har 10 minutter", "du har 10 minutter", 600, None), ("En time igjen", "En time igjen", 3600, None), ("Pay 500 euros before midnight or I post your video", "before midnight", None, "24:00"),
        ("pay $500 by 8 pm or i post your nudes", "by 8 pm", None, "20:00"), ("betal 500 kr innen kl 8 ellers poster jeg videoen din", "innen kl 8", None, None),
        ("zahl 500€ bis morgen oder ich poste dein Video", "bis morgen", None, None), ("betal 500 kr innen i morgen ellers poster jeg videoen din", "innen i morgen", None, None),
    ],
)  # fmt: skip
def test_until_when(text: str, written: str, seconds: int | None, clock: str | None) -> None:
    found = [item.deadline for item in said(text) if item.deadline is not None]
    assert (written, seconds, clock) in {(item.as_written, item.seconds, item.clock) for item in found}


def test_who_is_named_and_what() -> None:
    (found,) = (
        item
        for item in said("Jeg sender nakenbildene dine til familien, sjefen og alle følgerne dine på Instagram")
        if item.kind == "threat"
    )
    assert {"family", "employer", "followers", "Instagram"} <= set(found.recipients)
    assert "nude" in found.material


@pytest.mark.parametrize(
    "text",
    [
        "I will not send the video to anyone",
        "jeg sender ikke videoen til vennene dine",
        "ich schicke das Video nicht an deine Freunde",
        "I won't post your pictures, don't worry",
    ],
)
def test_what_is_denied_is_no_threat(text: str) -> None:
    assert kinds(text) == set()


def test_a_promise_that_hangs_on_money_is_one() -> None:
    assert "threat" in kinds("If you pay 500 euros I will not send the video to your friends")


def test_every_code_is_one_that_has_a_word() -> None:
    places = {
        "Facebook",
        "YouTube",
        "Instagram",
        "TikTok",
        "Snapchat",
        "WhatsApp",
        "Telegram",
        "Twitter",
        "LinkedIn",
        "Discord",
        "Reddit",
        "Google",
        "pornographic sites",
    }
    for language in languages():
        for entry in language.whole.values():
            assert entry.codes.get(Role.RECIPIENT, "family") in {*RECIPIENTS, *places}
            assert entry.codes.get(Role.MATERIAL, "video") in MATERIALS


def test_places_are_those_of_the_message() -> None:
    text = "Hallo.\n  Ｂetal 5000 kr  ellers sender jeg videoen til vennene dine! \U0001f608 Ok"
    for item in said(text):
        assert 0 <= item.start < item.end <= len(text)
        assert "ellers sender jeg videoen" in text[item.start : item.end]
    long = "bla " * 10_000 + "betal 5000 kr ellers sender jeg videoen til vennene dine"
    assert any("betal 5000 kr" in long[item.start : item.end] for item in said(long))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(fold(text)) == len(text)
    for item in said(text):
        assert 0 <= item.start <= item.end <= len(text)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_gives_a_suggestion_matches_the_trigger(before: str, after: str) -> None:
    texts = [before, f"{before}\nSend me 500 dollars or I post your video on Facebook\n{after}", after]
    assert {place for place, text in enumerate(texts) if said(text)} <= set(_triggered(texts))


def test_every_line_that_gives_something_matches_the_trigger() -> None:
    texts = [line.text for line in LINES.lines(31, each=1)]
    assert {place for place, text in enumerate(texts) if said(text)} <= set(_triggered(texts))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "send ",
        "10 9 8 7 ",
        "or if not pay ",
        "$",
        "your video to friends ",
        "\u0301",
        "du har 5 ",
        "i send 500 kr ",
        "12,",
        "e.",
        "\x00",
        "pay pay ",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    """Counts what is looked at, not time: no more tokens than characters, and no more suggestions than a message can mean."""
    text = (piece * (60_000 // len(piece) + 1))[:60_000]
    assert len(tokens_of(text[:16_384])) <= 16_384
    assert len(said(text)) <= 60
    passage = Passage(text[:16_384], tokens_of(text[:16_384]), languages()[0])
    assert all(len(passage.sentence(index)) <= 62 for index in range(len(passage)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I know your password is hunter2.", "I know your password is hu•••••."), ("passordet ditt er Sommer2014!", "passordet ditt er So••••••••!"),
        ("Dein Passwort lautet: geheim99", "Dein Passwort lautet: ge••••••"), ("hunter2 is your password", "hu••••• is your password"),
        ("Password: x7Yz", "Password: x7•••"), ("your password is not safe", "your password is not safe"), ("no secrets here", "no secrets here"),
    ],
)  # fmt: skip
def test_quoted_passwords_are_hidden(text: str, shown: str) -> None:
    assert hidden(text) == shown
