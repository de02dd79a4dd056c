"""Where a report may be written: beside the case, never in it, and never over anything unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.errors import Problem, ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.model.session import Session
from sextortion_cli.reporting import write_report


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """Return a new case made in this process."""
    return casework.new_case(tmp_path / "case", Session(), minor="no").path


def written(case: Path, target: Path, *, force: bool = False) -> None:
    write_report(case, Session(), "markdown", target, language="en", force=force, unmask=False, write=print)


@pytest.mark.parametrize("place", ["report.md", "log.jsonl", "proofs/report.md", "../link/report.md", "objects/../head"])
@pytest.mark.parametrize("force", [False, True])
def test_never_inside_the_case(opened: Path, place: str, force: bool) -> None:
    (opened.parent / "link").symlink_to(opened / "readings")
    before = {path: path.read_bytes() for path in opened.rglob("*") if path.is_file()}
    with pytest.raises(UsageProblem) as refused:
        written(opened, opened / place if not place.startswith("..") else opened.parent / place[3:], force=force)
    assert "inside the case folder" in refused.value.sentences()[0]
    assert {path: path.read_bytes() for path in opened.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("place", "problem"), [("absent/report.md", UsageProblem), ("folder", WouldOverwrite), ("there.md", WouldOverwrite)]
)
def test_what_cannot_be_is_said_and_not_called_our_mistake(opened: Path, tmp_path: Path, place: str, problem: type[Problem]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "there.md").write_text("mine", encoding="ascii")
    with pytest.raises(problem):
        written(opened, tmp_path / place)
    with pytest.raises(WouldOverwrite):
        written(opened, tmp_path / "folder", force=True)
    assert (tmp_path / "there.md").read_text(encoding="ascii") == "mine"
    written(opened, tmp_path / "there.md", force=True)
    assert (tmp_path / "there.md").read_text(encoding="utf-8").startswith("# Case file")


def test_a_folder_that_may_not_be_written_is_said_to_be(opened: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("runs as root, who may write everywhere")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(ReadOnlyCase):
        written(opened, closed / "report.md")


def test_json_of_the_command_is_one_object(casefile, case: Path, tmp_path: Path) -> None:
    assert casefile("report", "--format", "markdown", "--json", "--case", case, status=2).out == ""
    assert casefile("report", "--format", "json", "--json", "--output", "-", "--case", case).json["schema_version"]
    assert not (tmp_path / "-").exists()
