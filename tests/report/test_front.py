"""Page one: bounded whatever a case holds, and what nobody stated is said to be so; the kind of evidence of every exhibit."""

from __future__ import annotations

import json
from pathlib import Path

from sextortion_cli import casework
from sextortion_cli.importers.base import importer_ids
from sextortion_cli.model import evidential
from sextortion_cli.model.casefile import CaseFile
from sextortion_cli.model.session import Session
from sextortion_cli.report.front import _COUNTED, LINE, Front, _cut, _wrapped
from sextortion_cli.report.wording import STATUS
from sextortion_cli.reporting import write_report
from sextortion_cli.words import translator

HOSTILE = "ﷺ\u202e漢字" * 400 + "\n<b>x</b> " * 50
MOST_ROWS = 64


def made(case: Path, form: str = "json", language: str = "en") -> str:
    parts: list[str] = []
    write_report(case, Session(), form, None, language=language, force=False, unmask=False, write=parts.append)
    return "".join(parts)


def rows(page: dict, language: str = "en") -> list:
    return [row for block in Front(page, translator(language), str).blocks() for row in block.rows]


def test_an_empty_case_says_what_is_not_known(case: Path) -> None:
    found = json.loads(made(case))
    CaseFile.model_validate(found)
    page = found["page_one"]
    assert (page["paid"], page["published"], page["going_on"], page["story"], page["accounts"]) == (None, None, None, [], [])
    text = made(case, "markdown").partition("## Steps and numbers")[0]
    for label in ("Is it going on now", "Deadline", "Published anywhere", "Money sent"):
        assert f"- {label}: not stated\n" in text
    assert text.count("- None stated.\n") == 4
    assert "- Nothing is stated as deleted.\n" in text


def test_page_one_has_money_bank_reports_and_the_persons_own_words(case: Path) -> None:
    casework.add_contact(case, Session(), service="Instagram", handle="lina99", stable_id="178")
    casework.add_event(
        case, Session(), "payment", "2026-03-01 12:00", None, amount="100", currency="EUR", method="vipps", destination="+47 000"
    )
    casework.add_event(case, Session(), "reported", "2026-03-01 13:00", None, service="Vipps", reference="V-77")
    casework.add_event(case, Session(), "threat", "2026-03-01 11:00", None, text="Han skal sende det til mor.\nJeg er redd.")
    casework.add_event(case, Session(), "deleted", "2026-03-01 14:00", None, text="appen")
    page = json.loads(made(case))["page_one"]
    assert page["bank_told"]["reference"] == "V-77"
    assert [entry["text"] for entry in page["story"]] == ["Han skal sende det til mor.\nJeg er redd.", "appen"]
    text = made(case, "markdown", "nb").partition("## Steg og tall")[0]
    assert "- Kan det fortsatt stanses: Ikke kjent." in text
    assert "`Vipps`, referanse `V-77`" in text
    assert "Stabil id `178`" in text or "`178`" in text


def test_the_time_of_page_one_is_that_of_the_last_record_not_of_today(case: Path) -> None:
    casework.add_note(case, Session(actor="Kari"), "huskelapp")
    first = made(case)
    page = json.loads(first)["page_one"]
    assert page["made"]["by"] == "Kari"
    assert page["made"]["at"] == json.loads(first)["custody"][-1]["time"]
    assert made(case) == first  # a report was logged in between


def test_it_stays_within_its_lines_whatever_is_stated(case: Path) -> None:
    for number in range(30):
        casework.add_contact(case, Session(), service="Telegram", display_name=f"{number} {HOSTILE}"[:900], handle=f"h{number}")
        casework.add_event(case, Session(), "demand", None, None, amount=str(number + 1), currency="NOK", destination=f"{HOSTILE}"[:500])
        casework.add_event(case, Session(), "deleted", None, None, text=HOSTILE)
        casework.add_device(case, Session(), make=HOSTILE[:300], disappearing_messages="ja")
    page = json.loads(made(case))["page_one"]
    for language in ("nb", "en"):
        found = rows(page, language)
        assert len(found) <= MOST_ROWS
        assert sum(row.more for row in found) >= 4
        assert all(len(span.text) <= LINE + 2 for row in found for span in row.spans if span.quoted)


def test_a_long_statement_is_cut_between_words_and_counted_by_columns() -> None:
    assert list(_wrapped("en to tre", 5)) == ["en to", "tre"]
    assert list(_wrapped("漢字漢字", 4)) == ["漢字", "漢字"]
    assert list(_wrapped("x\u202e" * 3, 11)) == ["x\u202e"] * 3
    assert _cut("kort  tekst", 44) == "kort  tekst".replace("  ", " ")
    assert _cut("en to tre", 5) == "en to…"
    assert _cut("", 5) == ""
    assert {key for key, _ in _COUNTED} == {"not_collected", "gaps", "by_reference", "unread"}


def test_every_importer_and_kind_of_file_has_a_status_and_says_what_it_does_not_show() -> None:
    assert evidential.SHOWS.keys() == evidential.SHOWS_NOT.keys()
    assert set(evidential._NATURE) <= set(importer_ids())
    item = {"importer": None, "status": "stored", "media_type": None, "kind": None, "reason": None}
    kinds = {evidential.nature({**item, "importer": name}) for name in importer_ids()}
    assert kinds == set(evidential._NATURE.values()) | {"export"}
    shown = {"media_type": "image/png", "kind": "conversation"}
    for change, kind, status in (
        ({"importer": "whatsapp-text"}, "export", "provider-export"),
        ({"importer": "discord-json"}, "program-export", "program-export"),
        ({"importer": "imessage-db"}, "database", "original"),
        ({"importer": "pasted-text"}, "pasted", "statement"),
        (shown, "screenshot", "screenshot"),
        ({**shown, "kind": "picture"}, "picture", "original"),
        ({**shown, "status": "by-reference"}, "by-reference", "original"),
        ({"media_type": "application/zip", "reason": "members-are-exhibits"}, "container", "original"),
    ):
        assert (evidential.nature({**item, **change}), evidential.status({**item, **change})) == (kind, status)
        assert status in STATUS
