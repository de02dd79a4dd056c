"""
Lines written before the tables were read, in eight languages: two thirds the tables were made with, one third they never saw.

Each line of ``phrases/*/<language>.txt`` begins with what must be found (D demand, T threat, P payment instruction, C claim that it was
published, L until when), or with ``.`` where it is ordinary chat. Everybody in them is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sextortion_cli.extract.demands.lexicon import language_codes
from sextortion_cli.extract.demands.suggest import suggest
from sextortion_cli.model.identifier import Scope
from sextortion_cli.model.suggestion import Suggestion
from sextortion_cli.suggesting import _triggered

FOLDER = Path(__file__).with_name("phrases")
KINDS = {"D": "demand", "T": "threat", "P": "payment-instruction", "C": "publication-claim", "L": "deadline"}
DEVELOPED, HELD_OUT, HELD_OUT_OVERALL = 0.95, 0.85, 0.90
SETS = [(part, code) for part in ("developed", "held_out") for code in language_codes()]


def lines(part: str, code: str) -> Iterator[tuple[frozenset[str], str]]:
    for line in (FOLDER / part / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        marks, _, text = line.partition(" ")
        yield frozenset(KINDS[mark] for mark in marks if mark != "."), text


def said(text: str) -> list[Suggestion]:
    return list(suggest(text, Scope()))


def recall(part: str, code: str) -> tuple[int, int]:
    """Return how many lines gave every kind they must, and how many there are; a deadline may also be one of a demand or threat."""
    found = wanted = 0
    for kinds, text in lines(part, code):
        if kinds:
            items = said(text)
            given = {item.kind for item in items} | {"deadline" for item in items if item.deadline is not None}
            wanted += 1
            found += kinds <= given
    return found, wanted


@pytest.mark.parametrize("code", language_codes())
def test_the_lines_the_tables_were_made_with_are_found(code: str) -> None:
    found, wanted = recall("developed", code)
    assert wanted == 40
    assert found >= DEVELOPED * wanted


def test_lines_the_tables_never_saw_are_found() -> None:
    total: Counter[str] = Counter()
    for code in language_codes():
        found, wanted = recall("held_out", code)
        assert wanted == 20
        assert found >= HELD_OUT * wanted, code
        total.update(found=found, wanted=wanted)
    assert total["found"] >= HELD_OUT_OVERALL * total["wanted"]


@pytest.mark.parametrize(("part", "code"), SETS)
def test_ordinary_chat_gives_nothing_plain(part: str, code: str) -> None:
    assert [text for kinds, text in lines(part, code) if not kinds and any(item.clear for item in said(text))] == []


@pytest.mark.parametrize(("part", "code"), SETS)
def test_whatever_gives_something_matches_the_trigger(part: str, code: str) -> None:
    texts = [text for _, text in lines(part, code)]
    assert {place for place, text in enumerate(texts) if said(text)} <= set(_triggered(texts))


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("meet me tonight or everyone sees your nudes", "act"), ("sleep with me or i post your pics", "act"), ("do what i say or i send it to your mom", "act"),
        ("møt meg i kveld ellers sender jeg bildene til moren din", "act"), ("ha sex med meg ellers legger jeg ut bildene dine", "act"),
        ("møt meg i kveld elles sender eg bileta til mor di", "act"), ("möt mig ikväll annars lägger jag ut dina bilder", "act"),
        ("mød mig i aften ellers deler jeg dine billeder", "act"), ("triff mich heute sonst poste ich deine bilder", "act"),
        ("viens chez moi sinon je publie tes photos", "act"), ("acuéstate conmigo o publico tus fotos", "act"), ("ven a mi casa o publico tus fotos", "act"),
        ("strip on cam or i leak everything", "material"), ("kle av deg på kamera ellers deler jeg bildene", "material"),
        ("zieh dich aus sonst poste ich deine bilder", "material"), ("déshabille toi sinon je publie tes photos", "material"),
        ("desnúdate o publico tus fotos", "material"), ("klä av dig annars lägger jag ut dina bilder", "material"),
        ("do you want to meet me at the station at five", None), ("skal vi møtes på kino", None), ("viens chez moi ce soir on mange", None),
    ],
)  # fmt: skip
def test_acts_and_more_pictures_are_demands_only_with_a_threat(text: str, wants: str | None) -> None:
    assert {item.wants for item in said(text) if item.kind == "demand"} == ({wants} if wants else set())


@pytest.mark.parametrize(
    "text",
    [
        "i made ai nudes of you and i will send them to your friends", "your face on a porn video, pay or i post it", "this deepfake goes to your boss",
        "jeg har laget falske nakenbilder av deg og sender dem til vennene dine", "eg sender dei falske nakenbileta til venene dine",
        "jag skickar dom manipulerade bilderna till dina vänner", "jeg sender de falske billeder til dine venner",
        "ich schicke die gefälschten Bilder an deine Freunde mit KI gemacht", "j'envoie tes photos truquées à tes amis", "mando las fotos falsas a tus amigos",
    ],
)  # fmt: skip
def test_pictures_made_by_a_machine_are_named(text: str) -> None:
    assert "ai-made" in {name for item in said(text) for name in item.material}


def test_a_text_that_begins_with_the_telling_word_is_looked_at_behind_another() -> None:
    texts = ["send me 500 dollars", "vipps til 00000000", "ok", "bitcoin now"]
    assert list(_triggered(texts)) == [0, 1, 3]
