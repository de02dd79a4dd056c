"""The help card: once in a case, before everything else, without a word of the text, stored nowhere, and easy to switch off."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.model.session import Session

from .conftest import Called

SAID = "13.03.2026, 21:05 - Lina: hei\n13.03.2026, 21:06 - Lina: just kill yourself zanzibarista\n"
CARD = "Something in these messages may be hard to read."
KORT = "Noe i disse meldingene kan være tungt å lese."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("13.03.2026, 21:05 - Per: an ordinary line\n")
    (tmp_path / "b.txt").write_text(SAID)
    (tmp_path / "c.txt").write_text(SAID.replace("hei", "hallo"))
    casework.new_case(tmp_path / "case", Session(), minor="no", timezone="Europe/Oslo", country="NO")
    return tmp_path / "case"


def spoken(err: str) -> list[str]:
    """What is said, without the line that counts how far the reading is, which a slow machine shows first."""
    return [line for line in err.splitlines() if line and not re.match(r"\d+ ", line)]


def test_the_card_stands_before_everything_else_and_once(called: Called, case: Path) -> None:
    status, out, err = called("--case", case, "import", case.with_name("b.txt"))
    assert status == 0
    said = spoken(err)
    assert said[0].startswith(CARD)
    assert "113" in said[1]
    assert "116 123" in said[2]
    assert "116 111" in said[2]
    assert err.count(CARD) == 1
    assert "zanzibarista" not in out + err
    assert CARD not in called("--case", case, "import", case.with_name("c.txt"))[2]


def test_in_bokmal(called: Called, case: Path) -> None:
    err = called("--case", case, "--language", "nb", "import", case.with_name("b.txt"))[2]
    assert spoken(err)[0].startswith(KORT)
    assert "113" in err


def test_json_carries_only_the_notice_with_the_lines(called: Called, case: Path) -> None:
    _, out, err = called("--case", case, "import", case.with_name("b.txt"), "--json")
    notice = json.loads(out)["totals"]["notices"][0]
    assert set(notice) == {"code", "lines"}
    assert notice["code"] == "distress-help"
    assert "113" in " ".join(notice["lines"])
    assert CARD not in err
    assert json.loads(called("--case", case, "import", case.with_name("c.txt"), "--json")[1])["totals"]["notices"] == []


def test_it_is_scored_and_recorded_nowhere(called: Called, case: Path) -> None:
    """With the card and without it the case holds the same: only an empty file among the caches says that it was shown."""
    called("--case", case, "import", case.with_name("b.txt"))
    assert [path.name for path in (case / "cache").iterdir()] == ["help-card-shown"]
    assert (case / "cache" / "help-card-shown").read_bytes() == b""
    for path in case.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"distress" not in data
            assert b"help-card" not in data
            assert b"help_card" not in data
    for form in ("json", "markdown"):
        assert CARD not in called("--case", case, "report", "--format", form)[1]
    assert called("--case", case, "verify")[0] == 0


@pytest.mark.parametrize("way", ["option", "settings", "ordinary", "quiet"])
def test_no_card(called: Called, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    more: tuple[str, ...] = ()
    if way == "settings":
        (tmp_path / "config" / "casefile").mkdir(parents=True)
        (tmp_path / "config" / "casefile" / "config.toml").write_text('help_card = "off"\n')
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    elif way != "ordinary":
        more = ("--no-help-card",) if way == "option" else ("--quiet",)
    _, out, err = called("--case", case, "import", *more, case.with_name("a.txt" if way == "ordinary" else "b.txt"))
    assert CARD not in out + err
    assert not (case / "cache" / "help-card-shown").exists()
    assert b"help" not in (case / "log.jsonl").read_bytes()


def test_the_numbers_are_of_the_country_and_a_guess_says_so() -> None:
    from sextortion_cli.guide.distress import help_card

    assert "assumed" in " ".join(help_card("en", "NO", "locale"))
    assert "assumed" not in " ".join(help_card("en", "NO", "given"))
    assert "112" in " ".join(help_card("en", None, "none"))
    assert "112" in " ".join(help_card("en", "ZZ", "given"))
    for language in ("en", "nb"):
        for country in ("NO", "SE", "DK", "GB", "US", "DE", None):
            assert any(character.isdigit() for character in " ".join(help_card(language, country, "given")))
