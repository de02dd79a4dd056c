"""`handover` and `intake` as they are typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sextortion_cli.gates.terminal import safe

from .conftest import Called

COMMAND = ("--no-input", "--actor", "Kari Eksempel")


@pytest.fixture
def case(standing: Path, tmp_path: Path, called: Called) -> Path:
    """Return a case with one file in it."""
    case = Path(shutil.copytree(standing, tmp_path / "case"))
    (tmp_path / "shot.bin").write_bytes(b"\x00\x01\x02")
    assert called("import", tmp_path / "shot.bin", "--shows", "nothing-intimate", "--case", case, *COMMAND)[0] == 0
    return case


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


def test_another_fingerprint_is_a_difference(case: Path, tmp_path: Path, called: Called) -> None:
    called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    status, out, _ = called("intake", "verify", tmp_path / "p", "--fingerprint", "AAAA-BBBB-CCCC-DDDD", "--json")
    assert status == 4
    assert [item["code"] for item in json.loads(out)["packages"][0]["findings"] if item["severity"] == "difference"] == ["resealed"]


def test_several_packages_are_checked_and_one_bad_one_shows(case: Path, tmp_path: Path, called: Called) -> None:
    for name in ("p", "q"):
        called("handover", "--output", tmp_path / name, "--case", case, *COMMAND)
    (tmp_path / "q" / "READ-FIRST.txt").write_bytes(b"x")
    status, out, _ = called("intake", "verify", tmp_path / "p", tmp_path / "q", "--json")
    assert status == 4
    assert [item["ok"] for item in json.loads(out)["packages"]] == [True, False]


@pytest.mark.parametrize("form", ["txt", "csv"])
def test_a_summary_is_at_most_thirty_lines(case: Path, tmp_path: Path, called: Called, form: str) -> None:
    for number in range(40):
        called("event", "add", "demand", "--amount", str(100 + number), "--currency", "NOK", "--method", "=cmd|x", "--case", case, *COMMAND)
    called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    status, out, _ = called("intake", "summary", tmp_path / "p", "--format", form)
    assert status == 0
    assert 15 < len(out.splitlines()) <= 30
    assert "139 NOK" in out
    assert not [line for line in out.splitlines() if line.split(",")[-1].startswith("=")]


def test_hostile_words_in_a_package_reach_no_terminal_raw(case: Path, tmp_path: Path, called: Called) -> None:
    called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    report = tmp_path / "p" / "data" / "reports" / "case-file.json"
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
def test_a_summary_of_nonsense_is_no_crash(case: Path, tmp_path: Path, called: Called, data: bytes) -> None:
    called("handover", "--output", tmp_path / "p", "--case", case, *COMMAND)
    (tmp_path / "p" / "data" / "reports" / "case-file.json").write_bytes(data)
    status, _, err = called("intake", "summary", tmp_path / "p", "--json")
    assert status in (2, 4)
    assert "crash" not in err


def test_what_is_not_made_yet_is_said(case: Path, tmp_path: Path, called: Called) -> None:
    status, _, err = called("handover", "--output", tmp_path / "p", "--grade", "lawyer", "--case", case, *COMMAND)
    assert status == 2
    assert "police-full, helper" in err
    assert called("handover", "--output", tmp_path / "p", "--grade", "everything", "--case", case, *COMMAND)[0] == 2
    assert called("intake", "verify", tmp_path / "nowhere")[0] == 16
    assert called("intake", "verify", tmp_path / "shot.bin")[0] == 2
    assert not (tmp_path / "p").exists()
