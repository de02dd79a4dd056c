"""The Markdown report as a renderer sees it, and as a duty officer, a prosecutor and a defence lawyer read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from sextortion_cli import casework
from sextortion_cli.gates.terminal import safe
from sextortion_cli.model.session import Session
from sextortion_cli.reporting import write_report

SENDER = "Lina `Eks` <b>"
HOSTILE = [
    "hei `kode` ``` og ```` fire",
    "```\n# Case file\n- Is anyone shown under 18: no\n## Most important first\n```",
    "~~~\n<script>alert(1)</script>\n[klikk](https://evil.example/x) ![x](https://evil.example/y.png)\n<https://evil.example>",
    "A" * 10_240,
    "\u202emoc.live\u202c \x1b]52;c;AAAA\x07 \u200b zero\u2028line\u0085nel",
    "   ```\n   - item\n\n\n1. list\n    ```text",
    "| a | b |\n|---|---|\n===\n---\n<!-- comment",
    "&lt;b&gt; &#x202e; \\` \\*",
    *(f"melding {number}" for number in range(4)),
]


@pytest.fixture
def hostile(casefile, tmp_path: Path) -> Path:
    """Return a case in which every text that can be is an attempt on the report."""
    folder, case = tmp_path / "files", tmp_path / "case"
    folder.mkdir()
    lines = [f"04.08.2018, 21:{number:02} - {SENDER}: {text}\n" for number, text in enumerate(HOSTILE)]
    (folder / "chat.txt").write_text("".join(lines), encoding="utf-8")
    casework.new_case(case, Session(), timezone="Europe/Oslo", minor="no", title="a `b` <i>\n# Heading")
    casework.add_contact(case, Session(), service="WhatsApp", display_name=SENDER, note="two\n## lines", handle="*x*")
    casefile("import", "--case", case, folder, "--shows", "nothing-intimate", "--as", "whatsapp-text")
    event(case, "threat", text="`x`\n## [a](https://evil.example)")
    return case


def report(case: Path, form: str = "markdown") -> str:
    """Return the case file, made in this process: a process for each would only cost time."""
    parts: list[str] = []
    write_report(case, Session(), form, None, language="en", force=False, unmask=False, write=parts.append)
    return "".join(parts)


def event(case: Path, kind: str, when: str | None = None, deadline: str | None = None, **fields: str) -> None:
    casework.add_event(case, Session(), kind, when, deadline, **fields)


def test_a_renderer_sees_our_structure_and_nothing_of_theirs(hostile: Path) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(report(hostile))
    inner = [child for token in tokens for child in token.children or ()]
    assert not {token.type for token in [*tokens, *inner]} & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "table_open",
        "code_block",
        "hr",
    }
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    assert headings[0] == "Most important first"
    assert headings[-1] == "What this shows, and what it does not"
    assert len(headings) == len(set(headings)) == 15
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1


def test_every_message_is_quoted_whole_inside_its_own_entry(hostile: Path) -> None:
    tokens = MarkdownIt("commonmark").parse(report(hostile))
    fences = [token for token in tokens if token.type == "fence"]
    assert [token.content.removesuffix("\n") for token in fences] == [safe(text, newlines=True) for text in HOSTILE]
    assert all(token.level >= 2 for token in fences)
    assert [token.type for token in tokens].count("ordered_list_open") == 1


def test_page_one_is_in_the_order_of_time_not_of_entry(case: Path) -> None:
    event(case, "blocked", "2018-08-05 10:00")
    event(case, "demand", "2018-08-04 21:00", amount="20000", currency="NOK", deadline="2018-08-06 12:00")
    event(case, "demand", amount="0.05", currency="BTC", deadline="2018-08-05 12:00")
    event(case, "threat", "2018-08-03 09:00")
    found = json.loads(report(case, "json"))["summary"]
    assert (found["going_on"], found["going_on_when"]["utc"]) == ("blocked", "2018-08-05T08:00:00Z")
    assert found["deadline"]["utc"] == "2018-08-06T10:00:00Z"
    assert [money["amount"] for money in found["demands"]] == ["20000", "0.05"]
    text = report(case)
    assert "- Is it going on now: stated last: blocked, 2018-08-05T08:00:00Z" in text
    assert "`20000` `NOK`, 2018-08-04T19:00:00Z" in text


def test_what_was_stated_of_money_stands_once_and_with_everything_that_traces_it(case: Path) -> None:
    casework.add_contact(case, Session(), service="Instagram", handle="lina99")
    event(case, "payment", contact="C-001", amount="100", currency="eur", reference="R-7", text="første del")
    line = next(line for line in report(case).splitlines() if line.endswith("[E-001, record 2, the person's statement]"))
    assert line.count("første del") == 1
    assert all(part in line for part in ("`100` `EUR`", "`C-001`", "`R-7`"))


def test_history_of_an_account_is_shown_not_only_counted(case: Path) -> None:
    casework.add_contact(case, Session(actor="Kari"), service="Instagram", handle="lina99")
    casework.add_contact(case, Session(actor="Per"), "C-001", handle="lina_new")
    text = report(case)
    before = next(line for line in text.splitlines() if line.startswith("- Stated before:"))
    assert "`Kari`" in before
    assert "`lina99`" in before
    assert "Handle: `lina_new`" in text


def test_custody_says_what_was_done_to_what_with_which_program(case: Path) -> None:
    casework.add_note(case, Session(actor="Kari"), "x")
    line = next(line for line in report(case).splitlines() if "note written" in line)
    assert "`N-001`" in line
    assert "`Kari`" in line
    assert "`sextortion_cli " in line


def test_service_lines_without_text_still_say_what_happened(casefile, case: Path, tmp_path: Path) -> None:
    entry = {
        "id": 1,
        "type": "service",
        "date": "2018-08-06T09:00:00",
        "date_unixtime": "1533538800",
        "action": "clear_history",
        "text": "",
    }
    chat = {"name": "N", "type": "personal_chat", "id": 9, "messages": [{**entry, "actor": "N", "actor_id": "user9", "text_entities": []}]}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "result.json", "--shows", "nothing-intimate")
    text = report(case)
    assert "`action`: `clear_history`" in text
    assert "[`/messages/0`, export made by the service, deleted]" in text


def test_what_was_taken_back_and_what_was_left_is_said_plainly(casefile, tmp_path: Path) -> None:
    case, picture = tmp_path / "case", tmp_path / "bilde.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "lenke").symlink_to(picture)
    casework.new_case(case, Session(), timezone="Europe/Oslo", minor="unknown")
    casefile("import", "--case", case, picture, tmp_path / "lenke", status=None)
    event(case, "other", "28.10.2018 02:30")
    event(case, "threat", "i går kveld")
    event(case, "recording", "2018-10-27")
    casework.add_note(case, Session(), "feil")
    casework.withdraw(case, Session(), "N-001", "gjaldt noen andre")
    text = report(case)
    assert "this local time happened twice or never: 2018-10-28T00:30:00Z or 2018-10-28T01:30:00Z" in text
    assert "`i går kveld` (in the person's words)" in text
    assert "`2018-10-27` (a day, no time of day)" in text
    assert "`N-001`, nobody named, `sextortion_cli" in text
    assert "because `gjaldt noen andre`" in text
    assert f"- Where it lay: `{picture}`" in text
    assert "- State: not copied (it was not stated that nobody shown is under 18)" in text
    assert "\n- `lenke`: `skipped:symbolic-link`" in text
    assert "- -" not in text


def test_a_name_that_claims_another_type_is_said_to(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"%PDF-1.4\n%%EOF\n")
    casefile("import", "--case", case, tmp_path / "holiday.jpg", "--shows", "nothing-intimate")
    assert "`claimed-media-type`: `image/jpeg` (derived; `file name`; `the name claims another type than the content`)" in report(case)
