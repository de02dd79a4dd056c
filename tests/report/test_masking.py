"""Masking: what names the victim is hidden however a chat writes it, and nothing else is."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import casework
from sextortion_cli.model.session import Session
from sextortion_cli.report.masking import Mask
from sextortion_cli.reporting import write_report


def account(side: str, **values: str) -> dict[str, Any]:
    return {"side": side, **values, "history": [{"side": side, **values}]}


OWN = account("victim", phone="+47 912 34 567", email="ola@example.org", handle="@olanord", display_name="Ola Eksempel")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+4791234567", "+4••••••••"),
        ("ring 91 23 45 67 nå", "ring 91•••••••• nå"),
        ("004791234567", "00••••••••"),
        ("912-34-567.", "91••••••••."),
        ("OLA@Example.org", "OL••••••••"),
        ("https://example.com/OlaNord?x", "https://example.com/Ol•••••?x"),
        ("Jeg heter Ola Eksempel", "Jeg heter Ol••••••••"),
    ],
)
def test_every_way_of_writing_it_is_hidden(text: str, shown: str) -> None:
    assert Mask([OWN], on=True).text(text) == shown
    assert Mask([OWN], on=False).text(text) == text


@pytest.mark.parametrize("text", ["991234567 12", "1234.56.78903", "olanordmann", "ola@example.orgx", "Eksempel", "+47 912 34 568"])
def test_what_only_looks_alike_is_not(text: str) -> None:
    assert Mask([OWN], on=True).text(text) == text


def test_the_side_stated_last_counts() -> None:
    corrected = {**OWN, "side": "extorter"}
    assert Mask([corrected], on=True).text("ola@example.org") == "ola@example.org"


@pytest.mark.slow
def test_no_report_shows_the_victims_values_unless_asked(casefile, tmp_path: Path) -> None:
    case, chat = tmp_path / "case", tmp_path / "chat.txt"
    chat.write_text("04.08.2018, 21:00 - Ola Nord: 912 34 567 OLA@example.org\n04.08.2018, 21:01 - Lina: hei Ola Nord\n", encoding="utf-8")
    me = Session()
    casework.new_case(case, me, minor="no", timezone="Europe/Oslo", title="Ola Nord")
    casework.add_contact(case, me, side="victim", phone="+4791234567", email="ola@example.org", display_name="Ola Nord")
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat.zip", "w") as export:
        export.writestr("Ola Nord/WhatsApp Chat with Ola Nord.txt", chat.read_bytes())
    casefile("import", "--case", case, tmp_path / "WhatsApp Chat.zip", "--shows", "nothing-intimate")
    casework.add_device(case, me, accounts=("ola@example.org",))
    casework.add_event(case, me, "identity-learned", text="fant ola@example.org")
    casework.add_note(case, me, "Ola@example.org er meg")
    casework.add_not_collected(case, me, "posten til ola@example.org", "+47 912 34 567")
    for form in ("json", "markdown"):
        hidden = report(case, form, unmask=False).casefold()
        assert not any(value in hidden for value in ("ola@example.org", "912 34 567", "91234567", "ola nord"))
        shown = report(case, form, unmask=True).casefold()
        assert all(value in shown for value in ("ola@example.org", "912 34 567", "ola nord"))
    assert json.loads(report(case, "json", unmask=False))["events"][0]["masked"] is True


def test_no_encoded_form_of_a_mail_tells_what_is_hidden(casefile, tmp_path: Path) -> None:
    word, body = base64.b64encode("Kåre Ås".encode()).decode(), base64.b64encode("Hei Kåre Ås, betal.".encode()).decode()
    quoted = "=?utf-8?Q?K=C3=A5re_=C3=85s?="
    mail = (
        f"From: {quoted} <lina@avsender.example>\nTo: =?utf-8?B?{word}?= <x@example.org>\nSubject: {quoted}\nDate: Thu, 12 Mar 2026 20:05:08 +0000\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n"
    )
    (tmp_path / "brev.eml").write_text(mail, encoding="ascii")
    casework.new_case(tmp_path / "case", Session(), minor="no")
    casework.add_contact(tmp_path / "case", Session(), side="victim", display_name="Kåre Ås")
    casefile("import", "--case", tmp_path / "case", tmp_path / "brev.eml")
    for form in ("json", "markdown"):
        hidden = report(tmp_path / "case", form, unmask=False)
        assert not any(value in hidden for value in ("Kåre Ås", word, body, "K=C3=A5re"))
        assert "betal" in hidden
        assert "Kåre Ås" in report(tmp_path / "case", form, unmask=True)


def report(case: Path, form: str, *, unmask: bool) -> str:
    parts: list[str] = []
    write_report(case, Session(), form, None, language="en", force=False, unmask=unmask, write=parts.append)
    return "".join(parts)
