"""`handover` and `intake` as they are typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sextortion_cli import flow, handing
from sextortion_cli.gates.terminal import safe
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session

from .conftest import Called

SESSION = Session(actor="Kari Eksempel")
COMMAND = ("--no-input", "--actor", "Kari Eksempel")


@pytest.fixture(scope="module")
def made(standing: Path) -> Path:
    """Return a folder with a case with one file in it, and its package."""
    (standing.parent / "shot.bin").write_bytes(b"\x00\x01\x02")
    for _ in flow.import_paths(standing, SESSION, ImportRequest(paths=(str(standing.parent / "shot.bin"),), shows="nothing-intimate")):
        pass
    handing.hand_over(standing, SESSION, standing.parent / "p")
    return standing.parent


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the case."""
    return Path(shutil.copytree(made / "case", tmp_path / "case"))


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    """Return a copy of its package."""
    return Path(shutil.copytree(made / "p", tmp_path / "p"))


def test_a_package_goes_out_and_comes_in(case: Path, tmp_path: Path, called: Called) -> None:
    status, out, _ = called("handover", "--output", tmp_path / "p.zip", "--case", case, "--json", *COMMAND)
    made = json.loads(out)
    assert status == 0
    assert {"path", "sha256", "fingerprint"} <= made.keys()
    status, out, _ = called("intake", "verify", tmp_path / "p.zip", "--fingerprint", made["fingerprint"].lower(), "--json")
    assert status == 0
    (found,) = json.loads(out)["packages"]
    assert found["ok"]
    assert found["fingerprint"] == made["fingerprint"]
    assert {item["code"] for item in found["findings"]} == {"never-timed", "unsigned"}


def test_the_screen_says_what_to_read_out(case: Path, tmp_path: Path, called: Called) -> None:
    status, out, err = called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    assert status == 0
    assert "Fingerprint: " in out
    assert "Read the fingerprint out" in out
    assert "intake verify" in err


def test_another_fingerprint_is_a_difference(package: Path, called: Called) -> None:
    status, out, _ = called("intake", "verify", package, "--fingerprint", "AAAA-BBBB-CCCC-DDDD", "--json")
    assert status == 4
    assert [item["code"] for item in json.loads(out)["packages"][0]["findings"] if item["severity"] == "difference"] == ["resealed"]


def test_several_packages_are_checked_and_one_bad_one_shows(package: Path, tmp_path: Path, called: Called) -> None:
    shutil.copytree(package, tmp_path / "q")
    (tmp_path / "q" / "READ-FIRST.txt").write_bytes(b"x")
    status, out, _ = called("intake", "verify", tmp_path / "p", tmp_path / "q", "--json")
    assert status == 4
    assert [item["ok"] for item in json.loads(out)["packages"]] == [True, False]


@pytest.mark.parametrize("form", ["txt", "csv"])
def test_a_summary_is_at_most_thirty_lines(case: Path, tmp_path: Path, called: Called, form: str) -> None:
    for number in range(30, 40):
        called("event", "add", "demand", "--amount", str(100 + number), "--currency", "NOK", "--method", "=cmd|x", "--case", case, *COMMAND)
    called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    status, out, _ = called("intake", "summary", tmp_path / "p", "--format", form)
    assert status == 0
    assert 15 < len(out.splitlines()) <= 30
    assert "139 NOK" in out
    assert not [line for line in out.splitlines() if line.split(",")[-1].startswith("=")]


def test_hostile_words_in_a_package_reach_no_terminal_raw(package: Path, tmp_path: Path, called: Called) -> None:
    report = package / "data" / "reports" / "case-file.json"
    report.write_text(
        report.read_text(encoding="utf-8").replace('"case_id": "', '"case_id": "\\u001b]52;c;eA==\\u0007\\u202e\\u009b31m', 1),
        encoding="utf-8",
    )
    (tmp_path / "p" / "data" / "\u202egpj.exe").write_bytes(b"x")
    for arguments in (("intake", "verify", tmp_path / "p"), ("intake", "summary", tmp_path / "p")):
        status, out, err = called(*arguments)
        assert status == 4
        for text in (out, err):
            assert all(line == safe(line) for line in text.splitlines())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"summary": 7, "contacts": {"a": 1}, "missing": "x"}', b"[" * 100_000])
def test_a_summary_of_nonsense_is_no_crash(package: Path, called: Called, data: bytes) -> None:
    (package / "data" / "reports" / "case-file.json").write_bytes(data)
    status, _, err = called("intake", "summary", package, "--json")
    assert status in (2, 4)
    assert "crash" not in err


def test_what_is_not_made_yet_is_said(case: Path, tmp_path: Path, called: Called) -> None:
    status, _, err = called("handover", "--output", tmp_path / "p", "--grade", "lawyer", "--case", case, *COMMAND)
    assert status == 2
    assert "police-full, helper" in err
    assert called("handover", "--output", tmp_path / "p", "--grade", "everything", "--case", case, *COMMAND)[0] == 2
    assert called("intake", "verify", tmp_path / "nowhere")[0] == 16
    (tmp_path / "shot.bin").write_bytes(b"x")
    assert called("intake", "verify", tmp_path / "shot.bin")[0] == 2
    assert not (tmp_path / "p").exists()
