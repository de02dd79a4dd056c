"""The page in a real browser: no request, no dialog, no script, page one on exactly one sheet. Skips where no Chromium is installed."""

from __future__ import annotations

import html as library
import io
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from sextortion_cli import casework
from sextortion_cli.model.session import Session

pytestmark = pytest.mark.slow
#: Where the browser itself looks for its own updates and accounts; no vector names them.
ITS_OWN = re.compile(r"(?:^|//|\.)(?:google\.com|googleapis\.com|gvt1\.com)(?:[:/]|$)")
LOCAL = ("file:", "data:", "chrome:", "chrome-extension:", "devtools:", "about:", "blob:")


def addresses(netlog: Path) -> set[str]:
    """Return every address the browser asked a network for."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if (
                    key in ("url", "host", "original_url")
                    and isinstance(item, str)
                    and not item.startswith(LOCAL)
                    and not ITS_OWN.search(item)
                ):
                    found.add(item)
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(json.loads(netlog.read_text(encoding="utf-8"))["events"])
    return found


def test_no_request_no_dialog_no_script(hostile_case: Path, made, chromium, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text(made(hostile_case), encoding="utf-8")
    log = tmp_path / "net.json"
    ran = chromium(f"--log-net-log={log}", "--dump-dom", target.as_uri())
    seen = ran.stdout.decode()
    assert "</main>" in seen
    root = seen[seen.index("<html") :].partition(">")[0]
    assert root == '<html lang="en"'  # a script that ran would have marked it
    assert "<script" not in seen.lower()
    talk = ran.stderr.decode(errors="replace")
    assert "Content Security Policy" not in talk  # nothing even tried
    assert "dialog" not in talk.lower()
    assert addresses(log) == set()


def test_a_page_that_does_ask_is_seen_to_ask(chromium, tmp_path: Path) -> None:
    """The test above can fail: an address, a script and a refused style are noticed."""
    target = tmp_path / "bad.html"
    target.write_text(
        "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\"><p style='color:red'>x<img src=http://evil.example/i.png>"
        "<script>document.documentElement.setAttribute('data-ran','1')</script>"
    )  # fmt: skip
    log = tmp_path / "net.json"
    ran = chromium(f"--log-net-log={log}", "--dump-dom", target.as_uri())
    assert b"data-ran" in ran.stdout
    assert b"Content Security Policy" in ran.stderr
    assert any("evil.example" in address for address in addresses(log))


def test_page_one_is_one_sheet_whatever_is_stated(hostile_case: Path, made, chromium, tmp_path: Path) -> None:
    for number in range(12):
        text = f"{number} " + ("﷽漢字W" * 300 if number % 2 else "lang tekst " * 90)
        casework.add_contact(hostile_case, Session(), service="Telegram", display_name=text[:900], handle=f"h{number}")
        casework.add_event(
            hostile_case, Session(), "payment", text[:80], None, amount=f"{number + 1}", currency="NOK", destination=text[:400], text=text
        )
        casework.add_event(hostile_case, Session(), "deleted", text[:80], None, text=text)
        casework.add_event(hostile_case, Session(), "reported", text[:80], None, service=text[:200])
        casework.add_device(hostile_case, Session(), make=text[:200], where=text[:300], disappearing_messages="ja")
    assert contents_on(2, hostile_case, made, chromium, tmp_path, "nb")


def test_page_one_of_an_empty_case_is_one_sheet_too(case: Path, made, chromium, tmp_path: Path) -> None:
    assert contents_on(2, case, made, chromium, tmp_path, "en")


def contents_on(number: int, case: Path, made, chromium, tmp_path: Path, language: str) -> bool:
    """Tell whether the list of contents, which follows page one, begins the sheet of this number, and page one's end is on the first."""
    page = made(case, language=language)
    target, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    target.write_text(page, encoding="utf-8")
    chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", target.as_uri())
    sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(paper.read_bytes())).pages[:3]]
    note = " ".join(library.unescape(page.partition('<p class="note">')[2].partition("</p>")[0]).split())
    contents = "Innhold" if language == "nb" else "Contents"
    assert note[:60] in sheets[0]
    starts = [index for index, sheet in enumerate(sheets, 1) if contents in sheet[:200]]
    total = len(PdfReader(io.BytesIO(paper.read_bytes())).pages)
    assert f"1 {'av' if language == 'nb' else 'of'} {total}" in sheets[0]
    return starts == [number]
