"""The commands lock, unlock and traces: what they say, what they never show, and the secrets they never let out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Called
from tests.cli.terminal import run
from tests.vault.cases import PASSPHRASE, WORDS, made, quick_wrapping


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return made(tmp_path, imports=False)


def test_without_a_lock_one_sentence(called: Called, tmp_path: Path) -> None:
    called("new", tmp_path / "sak")
    status, out, err = called("--case", tmp_path / "sak", "lock", "--panic")
    assert (status, out) == (23, "")
    assert err.count(".") == 1
    assert "casefile lock --setup" in err
    assert called("--case", tmp_path / "sak", "lock", "--setup")[0] == 2


def test_lock_and_unlock_with_a_file(called: Called, case: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    with quick_wrapping():
        secret.write_text("wrong one here\n")
        assert called("--case", case, "lock", "--passphrase-file", secret)[0] == 12
        secret.write_text(PASSPHRASE + "\n")
        assert called("--case", case, "lock", "--json")[0] == 2  # never a question without a terminal
        assert json.loads(called("--case", case, "lock", "--dry-run", "--json")[1])["files"] > 3
        assert json.loads(called("--case", case, "lock", "--passphrase-file", secret, "--json")[1])["locked"] is True
        for command in (["items"], ["verify"], ["note", "x"], ["report", "--format", "json"], ["identifiers"]):
            status, out, err = called("--case", case, *command)
            assert (status, out) == (22, ""), command
            assert "casefile unlock" in err
        assert called("--case", case, "lock", "--panic")[0] == 0  # it is, already
        found = json.loads(called("--case", case, "unlock", "--passphrase-file", secret, "--json")[1])
        assert (found["verified"], found["locked"]) == (True, False)
        assert called("--case", case, "unlock")[0] == 0
        assert called("--case", case, "lock", "--panic", "-q")[0] == 0
        secret.write_text(" ".join(WORDS).upper() + "\r\n")
        assert called("--case", case, "unlock", "--recovery", "--passphrase-file", secret, "-q")[0] == 0
    assert called("--case", case, "verify")[0] == 0


@pytest.mark.slow
def test_the_passphrase_is_nowhere_but_in_memory(case: Path, tmp_path: Path) -> None:
    """What another account of the computer could see: arguments, environment, temporary folders, what is said, what is kept."""
    from sextortion_cli import locking
    from tests.store.scenes import SESSION

    locking.set_up(case, SESSION, PASSPHRASE, WORDS)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for command in ("lock", "unlock"):
        reading, writing = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "sextortion_cli", "--case", str(case), command, "--passphrase-fd", str(reading), "-v"],
            pass_fds=(reading,),
            env={**os.environ, "TMPDIR": str(temporary), "CASEFILE_DEBUG": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        os.close(reading)
        os.write(writing, PASSPHRASE.encode() + b"\n")
        os.close(writing)
        seen = b""
        while process.poll() is None:
            for name in ("cmdline", "environ"):
                try:
                    seen += Path(f"/proc/{process.pid}/{name}").read_bytes()
                except OSError:
                    break
            for path in temporary.rglob("*"):
                if path.is_file():
                    seen += path.read_bytes()
            seen = seen if PASSPHRASE.encode() in seen else b""
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                pass
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert PASSPHRASE.encode() not in seen + out + err
        for path in case.rglob("*"):
            if path.is_file():
                assert PASSPHRASE.encode() not in path.read_bytes()
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_person_at_a_terminal(language: str, tmp_path: Path) -> None:
    """Set up, with a short passphrase, two different ones and a wrong word on the way; locked; opened with the words from the paper."""
    from sextortion_cli import casework
    from tests.store.scenes import SESSION

    case = tmp_path / "sak"
    casework.new_case(case, SESSION, minor="no")
    casework.add_note(case, SESSION, "KANARIFUGL")
    paper: dict[int, str] = {}

    def written_down(screen: str) -> str:
        paper.update({int(number): word for number, word in re.findall(r"(\d+)  ([a-z]+)", screen.rpartition("\x1b[?1049h")[2])})
        return "\n"

    def word(screen: str) -> str:
        return paper[int(re.findall(r"[Ww]?[Oo]rd (\d+): $", screen)[-1])] + "\n"

    tries = ["short\n", f"{PASSPHRASE}\n", "another one\n", f"{PASSPHRASE}\n", f"{PASSPHRASE}\n"]
    keys = [*tries, written_down, "wrong\n", word, written_down, word, word]
    status, said = run(["lock", "--setup"], keys, case, language=language, columns=60)
    assert (status, len(paper)) == (0, 12)
    assert (case / "key.age").exists()
    status, locked = run(["lock"], ["wrong again\n", f"{PASSPHRASE}\n"], case, language=language, columns=60)
    assert status == 0
    assert not (case / "case.json").exists()
    first_letters = [f"{paper[number][:4]}\n" for number in range(1, 13)]
    status, opened = run(["unlock", "--recovery"], ["no-word\n", *first_letters], case, language=language, columns=60)
    assert status == 0, opened
    shown = said + locked + opened
    assert PASSPHRASE not in shown
    assert "KANARIFUGL" not in shown
    assert "\x1b]" not in shown  # no window title
    assert [line for line in shown.splitlines() if len(line) > 60 and str(case) not in line] == []
    assert ("Låst opp" if language == "nb" else "Unlocked") in opened


def test_traces_removes_only_what_is_ours(called: Called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / ".config" / "casefile").mkdir(parents=True)
    (home / ".config" / "casefile" / "config.toml").write_text('language = "en"\n')
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HISTFILE"):
        monkeypatch.delenv(name, raising=False)
    temporary = tmp_path / "tmp"
    (temporary / "casefile-left").mkdir(parents=True)
    (temporary / "casefile-file").write_text("not a folder of ours")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    (home / ".bash_history").write_text("ls\ncasefile new x\ngit clone sextortion_cli\n")
    script = called("completion", "bash")[1]
    (home / ".bashrc").write_text("mine\n" + script + "mine too\n")
    (home / ".zshrc").write_text(called("completion", "zsh")[1].replace("casefile", "casefile ", 1))
    found = {item["kind"]: item for item in json.loads(called("traces", "--json")[1])["traces"] if item["path"] != str(home / ".zshrc")}
    assert {"shell-history", "completion", "temporary", "settings", "program"} <= found.keys()
    assert "2" in found["shell-history"]["detail"]
    changed = [item for item in json.loads(called("traces", "--json")[1])["traces"] if item["path"] == str(home / ".zshrc")]
    assert [item["removable"] for item in changed] == [False]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert called("traces", "--remove", found["shell-history"]["id"])[0] == 2
    assert called("traces", "--remove", found["settings"]["id"])[0] == 2
    for item in ("completion", "temporary", "settings"):
        assert called("traces", "--remove", found[item]["id"], "--dry-run")[0] == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    for item in ("completion", "temporary"):
        assert called("traces", "--remove", found[item]["id"])[0] == 0
    assert called("traces", "--remove", found["settings"]["id"], "--yes")[0] == 0
    assert (home / ".bashrc").read_text() == "mine\nmine too\n"
    assert (home / ".bash_history").read_text().count("\n") == 3
    assert not (temporary / "casefile-left").exists()
    assert not (home / ".config" / "casefile").exists()
    assert called("traces", "--remove", found["temporary"]["id"])[0] == 2


def test_a_synced_folder_and_open_permissions_are_named(called: Called, tmp_path: Path) -> None:
    place = tmp_path / "OneDrive - Example"
    place.mkdir()
    status, out, err = called("new", place / "sak", "--json")
    assert (status, json.loads(out)["synced"]) == (0, "OneDrive")
    assert "OneDrive" in err
    os.chmod(place / "sak", 0o755)
    kinds = [item["kind"] for item in json.loads(called("--case", place / "sak", "traces", "--json")[1])["traces"]]
    assert {"cloud", "modes"} <= set(kinds)
    marked = tmp_path / "plain"
    marked.mkdir()
    assert json.loads(called("new", marked / "a", "--json")[1])["synced"] is None
    (marked / ".dropbox.cache").mkdir()
    assert json.loads(called("new", marked / "b", "--json")[1])["synced"] == "Dropbox"
