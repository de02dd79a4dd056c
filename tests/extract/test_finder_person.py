"""Names and postal addresses: hints, never more, and no hint where nobody is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .contactchecks import ALONE, HOSTILE, check_hostile, check_vectors, hits


def test_known_answers() -> None:
    check_vectors("person")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Ola Nordmann and I", "Ola Nordmann"),
        ("My name's Kari.", "Kari"),
        ("jeg heter Kari", "Kari"),
        ("eg heiter Ola Nordmann", "Ola Nordmann"),
        ("jag heter Anna Svensson, hej", "Anna Svensson"),
        ("jeg hedder Anders And", "Anders And"),
        ("ich heiße Erika von Mustermann.", "Erika von Mustermann"),
        ("je m'appelle marie dupont ok", "marie dupont"),
        ("mi nombre es Juan Pérez", "Juan Pérez"),
        ("name: Kari Nordmann", "Kari Nordmann"),
        ("Beneficiary: KARI NORDMANN", "KARI NORDMANN"),
        ("mottaker = Kari Nordmann\nbeløp 500", "Kari Nordmann"),
        ("Full name: John A. Doe", "John A. Doe"),
        ("receiver name: Juan de la Cruz, Manila", "Juan de la Cruz"),
        ("Bénéficiaire: Jean-Pierre Dupont", "Jean-Pierre Dupont"),
        ("name: Ka\u00adri Nordmann", "Kari Nordmann"),
    ],
)
def test_a_name_is_a_hint(text: str, name: str) -> None:
    (hit,) = hits("person", text)
    assert (hit.kind, hit.value) == ("person-name", name)
    assert hit.confidence <= 0.4


@pytest.mark.parametrize(
    "text",
    [
        "Storgata 1, 0155 Oslo", "Storgata 12 B\n0155 Oslo", "Kongens gate 7, NO-0153 Oslo", "Drottninggatan 5, 111 51 Stockholm", "Nørregade 3, 1165 København", "Musterstraße 12, 12345 Berlin",
        "12 rue de la Paix, 75002 Paris", "10 Downing Street, London SW1A 2AA", "123 Main St, Springfield, IL 62701", "Address: 5 Example Road, Lagos",
    ],
)  # fmt: skip
def test_a_postal_address_is_a_hint(text: str) -> None:
    for sentence in (text, f"{text}.", f"Hei!\n{text}\nok"):
        (hit,) = hits("person", sentence)
        assert hit.kind == "postal-address"
        assert hit.confidence <= 0.4
        assert hit.raw.endswith(text.split()[-1])


@pytest.mark.parametrize(
    "text",
    [
        "my name is not important", "name: account number", "name: kari", "mottaker: ", "user name: kari_n", "Name: IBAN NO93", "jeg heter", "what is your name?", "navn og adresse", "i dag 12, 2024 var fint",
        "Kl 12, 2024 Kroner", "address: kari@example.com", "adresse: https://example.com/a 1", "I paid 100, 20000 more", "the name is: what", "order 12, 1234 pieces", "beneficiary", "titular: 123 456",
    ],
)  # fmt: skip
def test_no_hint_where_nobody_is_named(text: str) -> None:
    assert hits("person", text) == []


@given(
    st.sampled_from(["my name is {}", "jeg heter {}", "name: {}", "mottaker: {}", "me llamo {}"]),
    st.lists(st.from_regex(r"\A[A-ZÆØÅ][a-zæøå]{3,8}x\Z"), min_size=2, max_size=3),
    st.sampled_from(["", ".", ", ok", "\n", " 500 kr"]),
)
def test_any_name_is_a_hint_and_no_more(label: str, parts: list[str], after: str) -> None:
    (hit,) = hits("person", label.format(" ".join(parts)) + after)
    assert hit.value == " ".join(parts)
    assert hit.confidence < 0.5


@given(st.text(alphabet="my name is:Kari, 0123\n.'é\ud800\u200b", max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    hits("person", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    check_hostile("person", HOSTILE[name])


def test_lone_characters() -> None:
    for text in ALONE:
        hits("person", text)
