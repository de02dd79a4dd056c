"""Files and pasted chats in guided mode, the paper sheet, and real terminals: each imports or starts a process, so most of it is slow."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from sextortion_cli.guide.papersheet import LINES, page, plain
from sextortion_cli.store.verify import verify

from .seated import CTRL_C, home, log, sit, stated
from .terminal import run
from .test_start import OPENING, STORY

CHAT = "04.08.2018, 22:41 - Lina Eksempel: Hei\n04.08.2018, 22:42 - Lina Eksempel: 20 000 kroner innen kl. 24, ellers får vennene filmen.\n"
HOSTILE = "\x1b]52;c;aGVp\x07\x1b[2J\u202eTrues\x9b31m\n\nelleve\x00tolv \ud83d"
#: What it is, no nudity, by cable, taken by the person, same clock, when; then the list is not asked for.
ABOUT = ["1", "1", "1", "1", "1", "2018-08-05", ""]


@pytest.mark.slow
def test_files_are_sealed_early_counted_and_shown_only_on_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "my chat.txt").write_text(CHAT, encoding="utf-8")
    keys = [
        *OPENING,
        "",
        "",
        "",
        f"'{tmp_path}/nothing.txt'",
        f"'{tmp_path}/my chat.txt'",
        *ABOUT,
        "",
        "",
        "",
        "",
        "",
        "3",
        "1",
        "1234.56.78903",
        "pause",
    ]
    _, found, shown, _ = sit(keys, monkeypatch)
    case = Path(found["path"])
    acquired = next(record["data"] for record in log(case) if record["type"] == "acquired")
    assert acquired["gate"]["rule"] == "shows-nothing-intimate"
    before, _, after = shown.partition("Did they demand")
    assert "Saved: 1 file." in before
    assert "2 messages were read." in before
    assert "filmen" not in before
    assert "20 000 kroner innen kl. 24" in after
    event = next(record["data"] for record in log(case) if record["type"] == "event")
    assert (event["kind"], event["amount"], event["exhibit"], event["destination"]) == ("demand", "20000", "A-001", "1234.56.78903")
    assert event["source"]["question"] == "demand"
    assert verify(case).ok


@pytest.mark.slow
def test_a_hostile_paste_is_kept_to_the_byte_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HOSTILE.encode("utf-8", "surrogatepass")
    keys = [*OPENING, "", "", "", "", "1", text.decode("utf-8", "surrogateescape"), "show", CTRL_C]
    _, found, shown, _ = sit(keys, monkeypatch)
    case = Path(found["path"])
    subject = next(record["subject"] for record in log(case) if record["type"] == "acquired")
    assert (case / "objects" / "sha256" / subject["sha256"][:2] / subject["sha256"]).read_bytes() == text
    for sign in ("\x1b", "\u202e", "\x9b", "\x00", "elleve"):
        assert sign not in shown
    assert verify(case).ok


@pytest.mark.slow
def test_an_import_that_was_interrupted_is_gone_on_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from sextortion_cli import flow

    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")

    def dies(self: object, files: object) -> object:
        del files
        self._start()  # type: ignore[attr-defined]
        raise KeyboardInterrupt
        yield

    with monkeypatch.context() as patched:
        patched.setattr(flow._Import, "run", dies)
        status, found, _, _ = sit([*OPENING, "", "", "", f"{tmp_path}/chat.txt", *ABOUT], monkeypatch)
    assert status == 130
    _, found, shown, _ = sit(["1", "1", "", "pause"], monkeypatch, case=Path(found["path"]))
    assert "Saving files was interrupted" in shown
    assert "2 messages were read." in shown
    assert verify(Path(found["path"])).ok


def test_the_sheet_is_one_closed_page() -> None:
    for language, country in (("nb", "NO"), ("en", None), ("en", "GB")):
        text = page(language, country)
        assert set(re.findall(r"<([a-z0-9]+)", text)) <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "h2",
            "p",
            "div",
            "ul",
            "ol",
            "li",
            "b",
            "span",
        }
        assert "default-src 'none'" in text
        assert "http" not in text.replace("http-equiv", "")
        assert f"<title>{'Notater' if language == 'nb' else 'Notes'}</title>" in text
        assert max(map(len, plain(language, country).splitlines())) <= 72
    assert "Du trenger ikke datamaskin. Telefonen er beviset. Ta den med til politiet." in page("nb", "NO")


def test_the_numbers_of_the_sheet_never_change() -> None:
    """Sheets lie printed in drawers: a line keeps its number and what it asks for; new lines come at the end."""
    assert [(line.number, line.fields[0].record, line.fields[0].key) for line in LINES] == [
        (1, "contact:1", "service"), (2, "contact:1", "handle"), (3, "contact:2", "service"), (4, "contact:own", "handle"),
        (5, "event:demand", "amount"), (6, "event:payment", "amount"), (7, "event:publication", "text"), (8, "event:deleted", "text"),
        (9, "event:blocked", "when"), (10, "device", "model"), (11, "event:reported", "when"), (12, "note", "text"),
    ]  # fmt: skip


def test_the_sheet_is_written_and_nothing_else(called, tmp_path: Path) -> None:
    sheet = tmp_path / "notes.html"
    assert called("start", "--paper", sheet, "--dry-run", "--language", "nb")[0] == 0
    assert not sheet.exists()
    assert called("start", "--paper", sheet, "--language", "nb")[0] == 0
    assert "Notater" in sheet.read_text(encoding="utf-8")
    assert called("start", "--paper", sheet)[0] == 15
    assert called("start", "--paper", tmp_path / "notes.txt")[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.html", "notes.txt"]


#: Nobody else, helps an adult, Norway and its time, the folder that is offered, no scan.
TYPING = ["2", "4", "1", "1", "", ""]
SHEET = [
    "Snapchat", "4. august", "@lina", "Lina", "https://example.com/lina", "Skype", "lina.e", "ola99", "20000 kr", "bank", "1234.56.78903",
    "midnight", "", "", "", "", "", "to my brother", "", "", "", "5 August 2018", "Phone 8", "with me", "", "", "They wrote at night.\nAgain and again.",
]  # fmt: skip


def test_a_sheet_is_typed_in_and_says_so(monkeypatch: pytest.MonkeyPatch, called) -> None:
    status, found, _, _ = sit([*TYPING, *SHEET], monkeypatch, paper=True)
    case = Path(found["path"])
    assert status == 0
    sources = [record["data"]["source"] for record in log(case) if record["data"].get("source")]
    assert {source["by"] for source in sources} == {"handwritten-form"}
    assert [source["line"] for source in sources] == sorted(source["line"] for source in sources)
    assert [kind for _, kind in stated(case) if kind] == ["first-contact", "platform-move", "demand", "publication", "blocked"]
    contact = [record["data"] for record in log(case) if record["type"] == "contact"][1]
    assert (contact["service"], contact["handle"], contact["profile_url"]) == ("Snapchat", "@lina", "https://example.com/lina")
    _, report, _ = called("report", "--format", "markdown", "--case", case)
    assert "from handwritten form, line 5" in report
    assert called("report", "--format", "json", "--case", case)[0] == 0


def test_typing_a_sheet_in_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, _, _ = sit([*TYPING, *SHEET[:7], CTRL_C], monkeypatch, paper=True)
    case = Path(found["path"])
    status, _, shown, _ = sit(["1", "", *SHEET[7:]], monkeypatch, paper=True, case=case)
    assert status == 0, shown
    assert [kind for _, kind in stated(case) if kind] == ["first-contact", "platform-move", "demand", "publication", "blocked"]


needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")


@needs_terminal
@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
def test_on_a_real_terminal(language: str, tmp_path: Path) -> None:
    keys = [f"{key}\n" for key in STORY]
    status, shown = run(["start", "--country", "NO"], keys[:2] + keys[3:], tmp_path, columns=60, language=language)
    assert status == 0, shown
    case = tmp_path / ("arkiv" if language == "nb" else "archive")
    assert len([kind for _, kind in stated(case) if kind]) == 8
    assert verify(case).ok


@needs_terminal
@pytest.mark.slow
def test_ctrl_c_on_a_real_terminal(tmp_path: Path) -> None:
    status, shown = run(["start", "--country", "NO"], ["2\n", "3\n", "1\n", "\n", "1\n", "\x03"], tmp_path, columns=60)
    assert status == 130
    assert "Alt hit er lagret." in shown
    assert "--case" in shown


@needs_terminal
@pytest.mark.slow
def test_a_long_line_is_pasted_whole(tmp_path: Path) -> None:
    """Line editing of a terminal cuts a line after 4,095 bytes; a paste is read past it, and an empty line in it does not end it."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminal")
    text = b"x" * 10_000 + b"\n\nafter an empty line \x15\x03"[:-1] + b"\n\n"
    code = "import sys; from sextortion_cli.cli.asking.keyboard import keyboard; k = keyboard(); print('ready', flush=True); open('out', 'wb').write(k.paste())"
    child, master = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execve(sys.executable, [sys.executable, "-c", code], {**os.environ})
    shown = b""
    while b"ready" not in shown:
        shown += os.read(master, 1024)
    import time

    time.sleep(0.3)
    for at in range(0, len(text), 512):
        os.write(master, text[at : at + 512])
    os.waitpid(child, 0)
    os.close(master)
    assert (tmp_path / "out").read_bytes() == text
    assert home()
