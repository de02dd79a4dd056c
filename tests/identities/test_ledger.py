"""The ledger through the real command line: the 2018 story, a chat nobody extorts in, a mass mail; confirmed, put aside, counted, reported."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from sextortion_cli.demo import story
from sextortion_cli.model.casefile import schema

pytestmark = pytest.mark.slow

CHAT = "WhatsApp-chat med Lina Eksempel.txt"
FRIENDLY = """\
04.08.2018, 21:01 - Kari Eksempel: jeg sender {sum} kr for middagen
04.08.2018, 21:02 - Ola Eksempel: betal 500 kr ellers sender jeg videoen til vennene dine
04.08.2018, 21:04 - Kari Eksempel: husleia er 9000 kr, betal før den første
04.08.2018, 21:05 - Kari Eksempel: jeg sender deg bildene fra turen
"""
BLUFF = """\
From: ola@example.org
To: ola@example.org
Subject: I know your password is hunter2x
Date: Sat, 04 Aug 2018 22:40:00 +0200
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8

I know your password is hunter2x. I installed malware and turned on your webcam while you watched porn.
Transfer $950 in bitcoin to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT within 48 hours.
If I do not get the payment, I will send the video to all of your contacts.
"""


@pytest.fixture
def told(casefile, case: Path, tmp_path: Path) -> Path:
    (tmp_path / CHAT).write_text(story.CHAT, encoding="utf-8")
    (tmp_path / "result.json").write_text(story.telegram(), encoding="utf-8")
    casefile("contact", "add", "--case", case, "--side", "extorter", "--service", "WhatsApp", "--name", "Lina Eksempel")
    casefile("contact", "add", "--case", case, "--side", "extorter", "--service", "Telegram", "--id", "user900000002")
    casefile("contact", "add", "--case", case, "--side", "victim", "--service", "WhatsApp", "--name", "Ola Eksempel")
    casefile("import", "--case", case, tmp_path / CHAT, tmp_path / "result.json", "--shows", "nothing-intimate")
    return case


def suggested(casefile, case: Path, *more: str) -> list[dict]:
    return casefile("demand", "suggest", "--case", case, "--jsonl", *more).lines


def test_the_story_is_suggested_with_the_message_it_is_quoted_from(casefile, told: Path) -> None:
    found = suggested(casefile, told)
    assert found == casefile("demand", "suggest", "--case", told, "--json").json["suggestions"]
    demand = next(entry for entry in found if entry["kind"] == "demand")
    assert (demand["amount"], demand["currency"], demand["amount_as_written"]) == ("20000", "kr", "20 000 kroner")
    assert demand["deadline"]["as_written"] == "innen kl. 24"
    assert (demand["deadline"]["local"], demand["deadline"]["left_seconds"]) == ("2018-08-05T00:00:00", 78 * 60)
    assert demand["deadline"]["utc"] == "2018-08-04T22:00:00Z"
    threat = next(entry for entry in found if entry["kind"] == "threat")
    assert set(threat["recipients"]) == {"friends", "family"}
    assert threat["exhibit"] == demand["exhibit"] == "A-001"
    assert demand["locator"]["line"] == 11
    assert "20 000 kroner innen kl. 24" in demand["text"]
    assert demand["sender"]["name"] == "Lina Eksempel"
    assert demand["confirmed"] is None
    assert {entry["exhibit"] for entry in found} == {"A-001", "A-002"}


def test_the_numbers_stay_whatever_is_rebuilt(casefile, told: Path) -> None:
    before = suggested(casefile, told)
    (told / "index.sqlite").unlink()
    casefile("reread", "A-001", "--case", told, "--timezone", "America/New_York")
    after = suggested(casefile, told)
    assert [entry["suggestion"] for entry in after] == [entry["suggestion"] for entry in before]
    assert after[0]["time"]["utc"] != before[0]["time"]["utc"]


def test_confirming_makes_an_event_that_points_back(casefile, told: Path) -> None:
    demand = next(entry for entry in suggested(casefile, told) if entry["kind"] == "demand")
    made = casefile("demand", "confirm", demand["suggestion"], "--case", told, "--currency", "NOK", "--json").json
    assert (made["kind"], made["amount"], made["currency"], made["exhibit"]) == ("demand", "20000", "NOK", "A-001")
    assert made["locator"] == demand["locator"]
    assert isinstance(made["record"], int)
    assert made["when"]["utc"] == "2018-08-04T20:42:00Z"
    assert made["deadline"]["utc"] == "2018-08-04T22:00:00Z"
    again = next(entry for entry in suggested(casefile, told) if entry["suggestion"] == demand["suggestion"])
    assert again["confirmed"] == made["event_id"]
    assert casefile("demand", "confirm", demand["suggestion"], "--case", told, status=2).out == ""
    casefile("withdraw", made["event_id"], "--case", told)
    assert all(entry["confirmed"] is None for entry in suggested(casefile, told))
    casefile("demand", "confirm", "S-0000000000", "--case", told, status=2)
    assert casefile("verify", "--case", told, "--json").json["ok"]


def test_putting_aside_hides_and_removes_nothing(casefile, told: Path) -> None:
    first = suggested(casefile, told)[0]["suggestion"]
    assert casefile("demand", "dismiss", first.lower(), "--case", told, "--why", "spøk", "--json").json["dismissed"]
    assert first not in {entry["suggestion"] for entry in suggested(casefile, told)}
    assert next(entry for entry in suggested(casefile, told, "--all") if entry["suggestion"] == first)["dismissed"]
    casefile("withdraw", first, "--case", told)
    assert first in {entry["suggestion"] for entry in suggested(casefile, told)}


def test_own_words_and_ordinary_chat_give_nothing(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "WhatsApp-chat med Kari Eksempel.txt").write_text(FRIENDLY.format(sum=500), encoding="utf-8")
    casefile("contact", "add", "--case", case, "--side", "victim", "--service", "WhatsApp", "--name", "Ola Eksempel")
    casefile("import", "--case", case, tmp_path / "WhatsApp-chat med Kari Eksempel.txt", "--shows", "nothing-intimate")
    assert suggested(casefile, case) == []
    ran = casefile("demand", "suggest", "--case", case)
    assert ran.out == ""
    assert "No message seems to" in ran.err


def test_pressure_is_counted(casefile, told: Path) -> None:
    casefile("event", "add", "blocked", "--case", told, "--when", "2018-08-05 00:15")
    found = casefile("pressure", "--case", told, "--json").json["pressure"]
    (span,) = found["spans"]
    assert span["clock"] == "utc"
    assert span["peak_hour"] == {"from": "2018-08-04T19:00:00Z", "count": 4}
    assert found["calls"]["count"] == 1
    assert [item["left_seconds"] for item in found["deadlines"]["listed"]] == [78 * 60, 3600]
    (again,) = found["recontacts"]["listed"]
    assert (again["new_account"], again["exhibit"], again["after_event"]) == (True, "A-002", "E-001")


def test_a_confirmed_quote_is_no_link_on_the_screen(casefile, told: Path, tmp_path: Path) -> None:
    text = "04.08.2018, 21:02 - Lina Eksempel: betal 500 kr ellers sender jeg alt https://evil.example.org/x\n"
    (tmp_path / "WhatsApp-chat med Kari.txt").write_text(text, encoding="utf-8")
    casefile("import", "--case", told, tmp_path / "WhatsApp-chat med Kari.txt", "--shows", "nothing-intimate")
    threat = next(entry for entry in suggested(casefile, told) if "evil" in entry["quoted"])
    assert "https://" not in casefile("demand", "confirm", threat["suggestion"], "--case", told).out


def test_a_friends_deadline_is_no_pressure_unless_confirmed(casefile, told: Path, tmp_path: Path) -> None:
    before = casefile("pressure", "--case", told, "--json").json["pressure"]["deadlines"]["count"]
    (tmp_path / "WhatsApp-chat med Kari.txt").write_text(
        "04.08.2018, 21:02 - Kari Eksempel: betal 500 kr innen 24 timer\n", encoding="utf-8"
    )
    casefile("import", "--case", told, tmp_path / "WhatsApp-chat med Kari.txt", "--shows", "nothing-intimate")
    assert casefile("pressure", "--case", told, "--json").json["pressure"]["deadlines"]["count"] == before
    friend = next(entry for entry in suggested(casefile, told, "--all") if entry["exhibit"] == "A-003")
    casefile("demand", "confirm", friend["suggestion"], "--case", told)
    assert casefile("pressure", "--case", told, "--json").json["pressure"]["deadlines"]["count"] == before + 1


def test_without_an_extorter_nothing_is_counted_and_that_is_said(casefile, case: Path) -> None:
    ran = casefile("pressure", "--case", case)
    assert "nothing was counted" in ran.err
    assert casefile("pressure", "--case", case, "--json").json["pressure"]["stated"] is False


@pytest.fixture
def mailed(casefile, case: Path, tmp_path: Path) -> Path:
    (tmp_path / "mail.eml").write_text(BLUFF.replace("\n", "\r\n"), encoding="utf-8", newline="")
    casefile("import", "--case", case, tmp_path / "mail.eml", "--shows", "nothing-intimate")
    return case


def test_a_mass_mail_is_called_so_with_why_and_what_would_change_it(casefile, mailed: Path) -> None:
    found = casefile("signs", "--case", mailed, "--json").json
    assert found["bluff"]["holds"], found["bluff"]
    assert len(found["bluff"]["signs"]) >= 2
    text = casefile("--language", "nb", "signs", "--case", mailed).out
    assert "Alt tyder på masseutsendt bløff." in text
    assert "Hvorfor:" in text
    assert "ville endre det" in text
    assert "bytt det overalt" in text
    assert "hunter2x" not in text


@pytest.mark.parametrize("what", ["event", "contact", "chat", "picture", "unread"])
def test_anything_that_speaks_of_contact_keeps_the_sentence_away(casefile, mailed: Path, tmp_path: Path, what: str) -> None:
    from PIL import Image

    if what == "event":
        casefile("event", "add", "image-sent", "--case", mailed, "--when", "2018-08-01")
    elif what == "contact":
        casefile("contact", "add", "--case", mailed, "--side", "extorter", "--service", "Instagram", "--handle", "lina.example")
    elif what == "chat":
        (tmp_path / CHAT).write_text(story.CHAT, encoding="utf-8")
        casefile("import", "--case", mailed, tmp_path / CHAT, "--shows", "nothing-intimate")
    elif what == "unread":
        (tmp_path / "chat.bin").write_bytes(b"\x00\x01 what no importer reads" * 9)
        casefile("import", "--case", mailed, tmp_path / "chat.bin", "--shows", "nothing-intimate", status=None)
    else:
        Image.new("RGB", (8, 8)).save(tmp_path / "IMG_0001.png")
        casefile("import", "--case", mailed, tmp_path / "IMG_0001.png", "--shows", "nothing-intimate")
    found = casefile("signs", "--case", mailed, "--json").json
    assert not found["bluff"]["holds"]
    assert found["bluff"]["against"]
    assert "mass-mailed bluff" not in casefile("signs", "--case", mailed).out


def test_a_quoted_password_stands_in_no_report_unless_asked_for(casefile, mailed: Path) -> None:
    casefile("demand", "suggest", "--case", mailed)
    for kind in ("json", "markdown"):
        assert "hunter2x" not in casefile("report", "--format", kind, "--case", mailed).out
        assert "hunter2x" in casefile("report", "--format", kind, "--case", mailed, "--unmask").out
    assert "hunter2x" not in json.dumps(suggested(casefile, mailed, "--all"))
    assert "hunter2x" in json.dumps(casefile("messages", "--case", mailed, "--json").json)


def test_the_case_file_holds_confirmed_and_suggested_apart(casefile, told: Path) -> None:
    first, second = (entry["suggestion"] for entry in suggested(casefile, told)[:2])
    casefile("demand", "confirm", first, "--case", told)
    casefile("demand", "dismiss", second, "--case", told)
    found = json.loads(casefile("report", "--format", "json", "--case", told).out)
    jsonschema.Draft202012Validator(schema()).validate(found)
    assert [entry["suggestion"] for entry in found["suggestions"] if entry["confirmed"]] == [first]
    assert second not in {entry["suggestion"] for entry in found["suggestions"]}
    assert found["pressure"]["messages"] > 0
    assert {entry["kind"] for entry in found["signs"]} == {"image-threat"}
    for language, confirmed, open_ in (
        ("en", "Confirmed by a person", "Suggestions, not confirmed"),
        ("nb", "Bekreftet av en person", "Forslag, ikke bekreftet"),
    ):
        text = casefile("report", "--format", "markdown", "--language", language, "--case", told).out
        assert text.index(confirmed) < text.index(first) < text.index(open_)
        assert second not in text.split("## Messages")[0].split("## Meldinger")[0]
    assert casefile("report", "--format", "json", "--case", told).out == casefile("report", "--format", "json", "--case", told).out


def test_quotes_reach_no_terminal_raw(casefile, case: Path, tmp_path: Path) -> None:
    hostile = "04.08.2018, 22:42 - Lina: betal 500 kr \x1b]52;c;AAAA\x07 ellers sender jeg videoen til vennene dine https://evil.example/x \u202egnp\n"
    (tmp_path / "WhatsApp-chat med Lina.txt").write_text(hostile + hostile.replace("22:42", "22:43"), encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "WhatsApp-chat med Lina.txt", "--shows", "nothing-intimate", status=None)
    shown = casefile("demand", "suggest", "--case", case).out
    assert "ellers sender jeg" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "https://evil" not in shown


SIGNED = """\
04.08.2018, 21:01 - Lina Eksempel: send more nudes or i leak the ones i have
04.08.2018, 21:02 - Lina Eksempel: møt meg i kveld ellers sender jeg bildene til moren din
04.08.2018, 21:03 - Lina Eksempel: i made ai nudes of you and i will send them to your friends
04.08.2018, 21:04 - Ola Eksempel: meet me or i post your video, you wrote?
"""


def test_pictures_acts_and_pictures_made_by_a_machine_are_signs(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / CHAT).write_text(SIGNED, encoding="utf-8")
    casefile("contact", "add", "--case", case, "--side", "extorter", "--service", "WhatsApp", "--name", "Lina Eksempel")
    casefile("contact", "add", "--case", case, "--side", "victim", "--service", "WhatsApp", "--name", "Ola Eksempel")
    casefile("import", "--case", case, tmp_path / CHAT, "--shows", "nothing-intimate")
    found = {(entry["kind"], entry["sign"]): entry["count"] for entry in casefile("signs", "--case", case, "--json").json["signs"]}
    assert found["non-financial", "asks-for-pictures"] == 1
    assert found["non-financial", "asks-for-acts"] == 1
    assert found["ai-made", "speaks-of-made-pictures"] == 1
    assert "a meeting" in casefile("signs", "--case", case).out
