"""
A case of every release still verifies, is read, and can be continued, for ever.

The folders in tests/cases/ are never changed; `tests/cases/freeze.py` makes the one of a new release, and its facts are added below.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.lookup import MessageFilter, messages
from sextortion_cli.store import case as cases
from sextortion_cli.store.verify import verify

from .scenes import SESSION

FROZEN = Path(__file__).resolve().parent.parent / "cases"

#: By release: fingerprint, records, originals.
FACTS = {"0.1.0": ("H4C7-AZX5-HEAI-XWUR", 32, 6)}
TEXTS = ["Hei", "to\nlinjer \U0001f600", "Hallo", "to\nlinjer \U0001f600"]


@pytest.fixture(params=sorted(FACTS))
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """Return a release and a copy of its case."""
    shutil.copytree(FROZEN / request.param, tmp_path / "case")
    return request.param, tmp_path / "case"


def test_every_frozen_case_is_known() -> None:
    assert sorted(path.parent.name for path in FROZEN.glob("*/case.json")) == sorted(FACTS)


def test_it_verifies_as_on_the_day_it_was_made(frozen: tuple[str, Path]) -> None:
    release, case = frozen
    result = verify(case)
    assert result.ok
    assert (result.fingerprint, result.records, result.objects) == FACTS[release]
    assert [(item.code, item.severity, item.subject) for item in result.findings] == [("reference-gone", "notice", "A-007")]


def test_it_is_read(frozen: tuple[str, Path]) -> None:
    case = cases.open_case(frozen[1])
    assert [item["handle"] for item in casework.list_contacts(case)] == ["lina.example"]
    assert [item["text"] for item in casework.list_statements(case, "note")] == ["Oppdiktet eksempel. Linje to\nog 'tegn' \u2028."]
    assert [item["amount"] for item in casework.list_statements(case, "event")] == ["20000.00"]
    assert [item["text"] for item in messages(case, MessageFilter(kind="text"))] == TEXTS


def test_it_is_continued(frozen: tuple[str, Path]) -> None:
    release, case = frozen
    before = (case / "log.jsonl").read_bytes()
    casework.add_note(case, SESSION, "fortsatt")
    assert (case / "log.jsonl").read_bytes().startswith(before)
    result = verify(case)
    assert result.ok
    assert result.records == FACTS[release][1] + 1


def test_one_changed_letter_is_found(frozen: tuple[str, Path]) -> None:
    log = frozen[1] / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"lina.example", b"lina.exampel"))
    assert not verify(frozen[1]).ok
