"""The reviewed facts: every one has a source and a day, none is younger than its review, and every name leads to what the code knows."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

import sextortion_cli
from sextortion_cli.guide import platforms as known
from sextortion_cli.importers.base import importers
from sextortion_cli.lacking.account import FIELDS
from sextortion_cli.model.identifier import KINDS, PAYMENT
from sextortion_cli.words import translator

#: Providers of the list the product promises (issue 4).
PROMISED = {
    "facebook", "instagram", "whatsapp", "snapchat", "tiktok", "x", "discord", "telegram", "kik", "skype", "signal", "google", "email",
    "sms", "tinder", "viber", "line", "vk", "other",
}  # fmt: skip
RAILS = {
    "bank", "card", "vipps", "swish", "paypal", "cashapp", "venmo", "zelle", "revolut", "wise", "western-union", "moneygram", "ria",
    "remitly", "gift-card", "voucher", "crypto", "mobile-money", "other",
}  # fmt: skip
FRIGHTENS = re.compile(r"suicid|selvmord|overdos|tok livet|your fault|din feil|burde|should have|victim|offer\b", re.IGNORECASE)


def raw() -> dict:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/platforms.toml").read_text(encoding="utf-8"))


def texts(value: object, key: str = "") -> list[str]:
    """Return every text a person reads."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in texts(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner, key)]
    return [value] if isinstance(value, str) and key in ("text", "title") else []


def test_every_source_has_a_name_and_a_day_and_was_read_before_the_review() -> None:
    for name, source in known.sources().items():
        assert source.name, name
        assert isinstance(source.seen, date), name
        assert source.seen <= known.checked(), name
        if source.of is not None:
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", source.of), name
            assert source.of <= source.seen.isoformat(), name


def test_every_fact_names_a_source_and_no_source_stands_there_for_nothing() -> None:
    used = {"kripos", "ports"}  # named by the code

    def walk(value: object, where: str) -> None:
        if isinstance(value, dict):
            assert not (value.get("unknown") and "text" in value), where
            if isinstance(value.get("source"), str):
                assert value["source"] in known.sources(), where
                used.add(value["source"])
            for key, inner in value.items():
                walk(inner, f"{where}.{key}")
        elif isinstance(value, list):
            for inner in value:
                walk(inner, where)

    data = {key: value for key, value in raw().items() if key != "source"}
    walk(data, "")
    assert used == set(known.sources())
    for platform in data["platform"].values():
        for fact in platform["facts"].values():
            assert "source" in fact
        for need in platform["needs"]:
            assert "source" in need
    assert all("source" in rail for rail in data["rail"].values())


def test_what_is_unknown_cites_no_text_and_what_is_known_does() -> None:
    for platform in known.platforms().values():
        for kind, fact in platform.facts.items():
            searched = fact.source == known.sources()["searched"]
            assert (fact.text is None) == searched, (platform.id, kind)
            assert fact.days is None or fact.days >= 0


def test_everything_is_said_in_both_languages_shortly_and_calmly() -> None:
    norwegian = translator("nb")
    for text in texts(raw()):
        for said in (text, norwegian(text)):
            assert said.strip() == said
            assert 0 < len(said) <= 260, text
            assert not FRIGHTENS.search(said), text


def test_the_promised_providers_and_ways_to_pay_are_there_with_every_kind_of_fact() -> None:
    assert set(known.platforms()) == PROMISED
    assert set(known.rails()) == RAILS
    for entry in raw()["platform"].values():
        assert tuple(entry["facts"]) == known.FACTS
        assert entry["needs"]


def test_needs_are_fields_of_a_contact_and_tell_themselves_apart() -> None:
    special = {known.PROFILE_SCREENSHOT, known.MAIL_SOURCE}
    for platform in known.platforms().values():
        assert len({need.id for need in platform.needs}) == len(platform.needs), platform.id
        for need in platform.needs:
            assert set(need.fields) <= set(FIELDS) | special
            assert "display_name" not in need.fields  # no provider finds an account by it
            assert 0 < need.weight <= 100


def test_every_payment_kind_has_a_way_to_pay_and_names_are_not_ambiguous() -> None:
    kinds = [kind for rail in known.rails().values() for kind in rail.kinds]
    assert sorted(kinds) == sorted(PAYMENT)
    assert set(kinds) <= set(KINDS)
    for table in (known.platforms(), known.rails()):
        names = [name.casefold() for entry in table.values() for name in {entry.id, *entry.names}]
        assert len(names) == len(set(names))
    for kind in PAYMENT:
        assert kind in known.rail_of(None, kind).kinds


def test_every_id_the_code_names_exists() -> None:
    """A platform, way of paying or source that is looked up by a literal."""
    tables = {"platforms": known.platforms(), "rails": known.rails(), "sources": known.sources()}
    for path in Path(sextortion_cli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Name)
                and node.value.func.id in tables
                and isinstance(node.slice, ast.Constant)
            ):
                assert node.slice.value in tables[node.value.func.id], f"{path}: {node.slice.value}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("WhatsApp", "whatsapp"), ("  whatsapp ", "whatsapp"), ("Messenger / Instagram", "facebook"), ("Instagram, Facebook", "instagram"),
        ("X (Twitter)", "x"), ("Skype / Teams", "skype"), ("Google Chat", "google"), ("SMS", "sms"), ("E-mail", "email"),
        ("WhatsApp Business", "whatsapp"), ("Apple Messages", "sms"), (None, "other"), ("", "other"), ("Chatroulette", "other"),
        ("x-rated chat", "other"), ("\u202e" * 50, "other"), ("a/" * 5000, "other"),
    ],
)  # fmt: skip
def test_a_service_is_found_by_what_people_and_exports_call_it(said: str | None, meant: str) -> None:
    assert known.platform_of(said).id == meant


def test_every_service_of_an_importer_that_has_a_platform_leads_there() -> None:
    expected = {
        "WhatsApp",
        "Telegram",
        "Discord",
        "Snapchat",
        "Signal",
        "Kik",
        "TikTok",
        "Tinder",
        "Viber",
        "LINE",
        "Skype",
        "SMS",
        "E-mail",
    }
    for importer in importers().values():
        if importer.service in expected:
            assert known.platform_of(importer.service).id != "other", importer.service


@pytest.mark.parametrize(
    ("said", "kind", "meant"),
    [
        ("bank", None, "bank"), ("Bankoverføring", None, "bank"), ("Vipps til nummer", None, "vipps"), ("Western Union", None, "western-union"),
        ("gift card Steam", None, "gift-card"), ("Apple Pay", None, "card"), (None, "iban", "bank"), (None, "mtcn", "western-union"),
        (None, "btc", "crypto"), ("cash in hand", None, "other"), (None, None, "other"), ("MobilePay", "iban", "vipps"),
    ],
)  # fmt: skip
def test_a_way_to_pay_is_found_by_its_name_or_by_what_was_found(said: str | None, kind: str | None, meant: str) -> None:
    assert known.rail_of(said, kind).id == meant
