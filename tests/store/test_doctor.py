"""What `doctor` says of a zoo of cases: the right code, what is safe, a next step where there is one, and nothing written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.doctor import casefolder, installation, place
from sextortion_cli.store.lock import WriterLock
from sextortion_cli.synced import is_conflict_copy, service_of

from .scenes import SESSION, imported, new, sources

WORDS = "Oppdiktet eksempel om noe hemmelig"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zoo")
    case = folder / "case"
    new(case, folder)
    casework.add_note(case, SESSION, WORDS)
    imported(case, sources(folder / "files"))
    return case


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "case")
    return tmp_path / "case"


def rewrite(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def an_object(case: Path) -> Path:
    return next(path for path in sorted((case / "objects").rglob("*")) if path.is_file() and path.stat().st_size)


def codes(case: Path, *, full: bool = False) -> dict[str, str]:
    found, _ = casefolder.look(case, full=full)
    said = [item.as_json() for item in (*found, *place.look(case))]
    assert all(item["detail"] and item["safe"] for item in said)
    assert all(item["next"] for item in said if item["severity"] == "difference")
    assert WORDS not in str(said)
    return {item["code"]: item["severity"] for item in said}


def files(case: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(case.rglob("*")) if path.is_file()}


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "object-missing": (lambda case: an_object(case).unlink(), "difference"),
    "object-altered": (lambda case: rewrite(an_object(case), b"x"), "difference"),
    "log-truncated": (lambda case: rewrite(case / "log.jsonl", (case / "log.jsonl").read_bytes().split(b"\n")[0] + b"\n"), "difference"),
    "head-missing": (lambda case: (case / "head").unlink(), "difference"),
    "file-altered": (lambda case: rewrite(case / "README.txt", b"x"), "difference"),
    "unlisted-file": (lambda case: (case / "mine.txt").write_bytes(b"x"), "difference"),
    "torn-line": (lambda case: rewrite(case / "log.jsonl", (case / "log.jsonl").read_bytes() + b'{"actor":'), "remnant"),
    "temporary-file": (lambda case: (case / "objects" / "tmp-0123ab").write_bytes(b"x"), "remnant"),
    "system-file": (lambda case: (case / ".DS_Store").write_bytes(b"x"), "notice"),
    "index-stale": (lambda case: (case / "index.sqlite").unlink(missing_ok=True), "notice"),
    "conflict-copy": (lambda case: (case / "head (Kari's conflicted copy)").write_bytes(b"x"), "notice"),
    "folder-open": (lambda case: case.chmod(0o755), "notice"),
    "reading-missing": (lambda case: next((case / "readings").iterdir()).unlink(), "notice"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_zoo_of_broken_cases(code: str, case: Path) -> None:
    harm, severity = BROKEN[code]
    harm(case)
    before = files(case)
    assert codes(case).get(code) == severity
    assert files(case) == before


def test_a_whole_case_is_fine(case: Path) -> None:
    assert {severity for code, severity in codes(case).items() if code != "reference-present"} <= {"fine"}
    assert "quick-look" not in codes(case, full=True)


def test_other_bytes_of_the_same_size_need_the_full_look(case: Path) -> None:
    path = an_object(case)
    rewrite(path, b"x" * path.stat().st_size)
    assert "object-altered" not in codes(case)
    assert codes(case, full=True)["object-altered"] == "difference"


def test_who_writes_is_said(case: Path) -> None:
    with WriterLock(case):
        found, _ = casefolder.look(case, full=False)
    said = next(item.as_json() for item in found if item.code == "locked")
    assert "Another program is writing" in said["detail"]
    assert "locked" not in codes(case)


def test_folders_that_are_sent_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, service in (
        ("Dropbox", "Dropbox"), ("OneDrive - Skole", "OneDrive"), ("Library/Mobile Documents", "iCloud"), ("Nextcloud", "Nextcloud"),
        ("Library/CloudStorage/GoogleDrive-kari", "Google Drive"),
    ):  # fmt: skip
        assert service_of(tmp_path / name / "case") == service
    for name in ("boxing", "mega-list", "My Drive notes", "case"):
        assert service_of(tmp_path / name) is None
    (tmp_path / "sync").mkdir()
    (tmp_path / "sync" / ".stfolder").mkdir()
    assert service_of(tmp_path / "sync" / "case") == "Syncthing"
    monkeypatch.setenv("OneDrive", str(tmp_path / "mine"))
    assert service_of(tmp_path / "mine" / "case") == "OneDrive"
    assert is_conflict_copy("log (konfliktkopi).jsonl")
    assert not is_conflict_copy("log.jsonl")


def test_the_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    assert [item.code for item in installation._clock(datetime(1980, 1, 1, tzinfo=UTC))] == ["clock-wrong"]
    assert [item.code for item in installation._clock(datetime(2026, 11, 24, tzinfo=UTC))] == []
    monkeypatch.setattr("locale.getpreferredencoding", lambda do_setlocale=True: "ANSI_X3.4-1968")
    assert [item.code for item in installation._words()] == ["terminal-encoding"]
    found = {item.code for item in installation.look(tmp_path / "config.toml", is_broken=True)}
    assert {"python", "settings-broken"} <= found
    assert found & {"isolation", "isolation-reduced"}


@pytest.mark.slow
def test_the_command(casefile, case: Path, tmp_path: Path) -> None:
    ran = casefile("doctor", "--case", case, "--json").json
    assert (ran["ok"], ran["case"]) == (True, str(case))
    assert all(set(item) == {"code", "severity", "subject", "detail", "safe", "next"} for item in ran["findings"])
    assert casefile("doctor", cwd=tmp_path / "case" / "objects").status == 0
    (case / "head").unlink()
    assert casefile("doctor", "--case", case, "--json", status=4).json["ok"] is False
    assert "Kopier den som den er" in casefile("doctor", "--case", case, "--language", "nb", status=4).out
    os.makedirs(tmp_path / "empty")
    assert casefile("doctor", "--json", cwd=tmp_path / "empty").json["case"] is None
    casefile("doctor", "--case", tmp_path / "empty", status=10)
