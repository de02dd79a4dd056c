"""No name in a package can hurt on any system: hostile names of senders, every kind of file, every rule of Windows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.package.names import BLOCKED, LONGEST_NAME, faults, original_name, viewing_name

HOSTILE = (
    "con.txt", "CON", "nul.jpg.exe", "aux.", "com1.png", "LPT9", "..", ".", "", "a/../../b.py", "..\\..\\x.js", "C:\\x.txt", "x.txt ", "x.", "\u202egpj.exe",
    "a" * 500 + ".png", "\x00.png", "x\n.txt", "x:stream.txt", "x?.txt", "x*.csv", "\u00e6\u00f8\u00e5.JPG", "page.html", "cert.cer", "page.mhtml",
    "link.url", "shot.svg", "run.ps1", "a.jar", "note.py", "x.txt.lnk", "\ud800.txt", "chat.TXT", "mail.eml",
)  # fmt: skip
TYPES = (
    None,
    "text/plain",
    "text/html",
    "image/jpeg",
    "image/svg+xml",
    "application/zip",
    "application/x-dosexec",
    "message/rfc822",
    "multipart/related",
    "weird",
)


@pytest.mark.parametrize("sender", HOSTILE)
@pytest.mark.parametrize("media", TYPES)
def test_a_hostile_name_gives_a_harmless_one(sender: str, media: str | None) -> None:
    name = original_name("A-001", "whatsapp-text", media, sender)
    assert faults(f"data/originals/{name}") == []
    assert name.startswith("A-001-")
    assert name.rpartition(".")[2] not in BLOCKED


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.one_of(st.none(), st.text(max_size=60)), st.text(max_size=300))
def test_no_words_at_all_break_a_name(exhibit: str, what: str, media: str | None, sender: str) -> None:
    name = original_name(exhibit, what, media, sender)
    assert faults(f"data/originals/{name}") in ([], ["reserved"])
    assert len(name) <= LONGEST_NAME


def test_what_could_run_is_no_longer_called_so() -> None:
    assert original_name("A-003", None, "text/html", "page.html") == "A-003.bin"
    assert original_name("A-003", "profile", "image/jpeg", "x.exe") == "A-003-profile.jpg"
    assert original_name("A-003", "kind", "text/plain", "chat.jsonl") == "A-003-kind.jsonl"
    assert original_name("A-003", None, "text/plain", "run.ps1") == "A-003.txt"
    assert viewing_name("A-007", "jpg") == "A-007-viewing-copy.jpg"


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("data/CON.txt", "reserved"), ("data/com1", "reserved"), ("data/nul.tar.gz", "reserved"), ("data/x.", "dots"), ("data/.x", "dots"),
        ("data//x", "dots"), ("../x", "dots"), ("data/x y", "letters"), ("data/x:y", "letters"), ("data/\u00e6", "letters"), ("C:/x", "letters"),
        ("data/" + "x" * 81, "long-name"), ("data/" + "x/" * 90 + "x", "long-path"), ("data/x.py", "blocked"), ("data/x.JS", "blocked"),
        ("data/x.mhtml", "blocked"), ("data\\x", "letters"),
    ],
)  # fmt: skip
def test_every_rule_is_kept(path: str, rule: str) -> None:
    assert rule in faults(path)
