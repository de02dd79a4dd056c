"""Hostile files through the real command line: all sealed and hashed, no crash, no hang, nothing outside, nothing a terminal obeys."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from .generated import build

#: What no screen may get, in UTF-8: C0 but tab, line feed and carriage return, DEL, C1, direction and invisible characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2028\u2029\ufeff]")
COMMANDS = ("items", "messages", "metadata", "timeline", "defects", "verify")


def digests(folder: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def outside(folder: Path, case: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and case not in path.parents
    }


def import_all(casefile, sources: Path, tmp_path: Path) -> Path:
    case = tmp_path / "case"
    casefile("new", case, "--minor", "no")
    before = outside(tmp_path, case)
    begun = time.monotonic()
    ran = casefile("import", sources, "--case", case, "--jsonl", status=None)
    assert ran.status in (0, 3)
    seconds = time.monotonic() - begun
    files = sum(1 for path in sources.rglob("*") if path.is_file())
    assert seconds < 10 + files, "something hangs"
    sealed = {line["sha256"] for line in ran.lines}
    assert digests(sources) <= sealed
    assert {path.name for path in (case / "objects" / "sha256").rglob("*") if path.is_file()} >= digests(sources)
    assert outside(tmp_path, case) == before
    assert casefile("verify", "--case", case, "--json").json["ok"]
    return case


def check_screens(casefile, case: Path) -> None:
    for command in COMMANDS:
        ran = casefile(command, "--case", case, status=None)
        assert ran.status in (0, 3)
        assert not FORBIDDEN.search(ran.out), f"{command}: {FORBIDDEN.search(ran.out)!r}"
        assert not FORBIDDEN.search(ran.err)
    for kind in ("json", "markdown"):
        ran = casefile("report", "--format", kind, "--case", case)
        if kind == "markdown":
            assert not FORBIDDEN.search(ran.out)


@pytest.mark.slow
def test_generated(casefile, tmp_path: Path) -> None:
    case = import_all(casefile, build(tmp_path / "sources"), tmp_path)
    check_screens(casefile, case)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_a_terminal_gets_nothing_it_could_obey(casefile, tmp_path: Path) -> None:
    """The same through a pseudo-terminal, where the program may use colours and progress of its own."""
    import pty
    import subprocess

    name = "\x1b]0;owned\x07\u202egnp"
    (tmp_path / f"{name}.txt").write_text(
        f"13.03.2026, 21:05 - {name}: hei {name}\n14.03.2026, 21:05 - {name}: \x9b31m\n", encoding="utf-8"
    )
    case = tmp_path / "case"
    casefile("new", case, "--minor", "no", "--title", name)
    casefile("contact", "add", "--case", case, "--name", name, "--handle", name, "--note", name)
    casefile("note", name, "--case", case)
    casefile("not-collected", name, "--why", name, "--case", case)
    casefile("event", "add", "demand", "--case", case, "--text", name, "--destination", name, "--method", name)
    casefile("import", tmp_path / f"{name}.txt", "--case", case, "--device", name, "--app", name, status=None)
    for command in (
        *((name,) for name in COMMANDS),
        ("contact", "list"),
        ("contact", "show", "C-001"),
        ("event", "list"),
        ("search", "hei"),
        ("report", "--format", "markdown"),
    ):
        leader, follower = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "sextortion_cli", *command, "--case", str(case)], stdin=follower, stdout=follower, stderr=follower, close_fds=True,
            env={**os.environ, "TERM": "xterm-256color"},
        ) as process:  # fmt: skip
            os.close(follower)
            data = b""
            while True:
                try:
                    piece = os.read(leader, 65536)
                except OSError:
                    break
                if not piece:
                    break
                data += piece
        os.close(leader)
        assert process.returncode in (0, 3)
        text = re.sub(r"\x1b\[[0-9;]*[mK]", "", data.decode())  # our own colours and progress line
        assert not FORBIDDEN.search(text), f"{command}: {FORBIDDEN.search(text)!r}"
        assert "owned" in text or command[0] in ("defects", "verify", "metadata")


@pytest.mark.corpus
def test_corpus(casefile, corpus: Path, tmp_path: Path) -> None:
    """Every hostile file of the corpus, in one import."""
    sources = tmp_path / "sources"
    shutil.copytree(corpus / "hostile", sources, symlinks=True, ignore_dangling_symlinks=True)
    for path in sources.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700)
    case = import_all(casefile, sources, tmp_path)
    check_screens(casefile, case)


@pytest.mark.corpus
def test_corpus_exports(casefile, corpus: Path, tmp_path: Path) -> None:
    """Every export of the corpus, in one import: sealed, read or kept, and accounted for."""
    case = tmp_path / "case"
    casefile("new", case, "--minor", "no")
    lines = casefile("import", corpus / "exports", "--case", case, "--jsonl", status=3).lines
    for line in lines:
        if line["units"] is not None:
            assert line["units"]["covered"] == line["units"]["total"], line["name"]
    assert sum(line["importer"] is not None for line in lines) > 40
    assert casefile("verify", "--case", case, "--json").json["ok"]
