"""Handing over dies, or is refused, at every single file operation: never half a package under the name, never one without a record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sextortion_cli import desk, handing, reporting
from sextortion_cli.errors import NoSpace
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import using
from sextortion_cli.store.verify import verify

from .faults import Counting, Died, Dying, Failing
from .scenes import SESSION, contact, imported, new, sources


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small case whose reports are a line each: what takes long in them writes nothing here."""
    monkeypatch.setattr(reporting, "for_package", lambda *_: iter([b"a report\n"]))
    files = sources(tmp_path / "files")
    for step in (new, imported, contact):
        step(tmp_path / "case", files)
    return tmp_path / "case"


def is_whole(target: Path) -> bool:
    return desk.check(target).ok


def recorded(case: Path) -> int:
    return sum(item["type"] == "handed-over" for item in cases.open_case(case).book.others)


def operations(case: Path, target: Path) -> list[str]:
    """Return the kinds of the file operations of a handover."""
    counting = Counting()
    with using(counting):
        handing.hand_over(case, SESSION, target)
    return counting.kinds


@pytest.mark.slow
@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_it_dies_at_every_operation_and_leaves_no_half_package(case: Path, tmp_path: Path, name: str) -> None:
    target, before = tmp_path / name, 1
    kinds = operations(case, tmp_path / f"count-{name}")
    assert len(kinds) > 40
    for at in range(1, len(kinds) + 1):
        for torn in (False, True) if kinds[at - 1] == "write" else (False,):
            with using(Dying(at, torn=torn)), pytest.raises(Died):
                handing.hand_over(case, SESSION, target)
            if target.exists():  # it died behind the last step: then it is whole, and recorded
                assert is_whole(target)
                assert recorded(case) > before
                os.rename(target, tmp_path / f"{at}-{torn}-{name}")
            before = recorded(case)
            assert verify(case).ok
    assert handing.hand_over(case, SESSION, target)["fingerprint"] == cases.open_case(case).fingerprint()
    assert is_whole(target)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_a_full_disk_leaves_nothing(case: Path, tmp_path: Path, name: str) -> None:
    for at in range(1, len(operations(case, tmp_path / f"count-{name}")) + 1):
        failing = Failing(at)
        try:
            with using(failing):
                handing.hand_over(case, SESSION, tmp_path / name)
        except NoSpace:
            pass
        if (tmp_path / name).exists():
            assert is_whole(tmp_path / name)
            os.rename(tmp_path / name, tmp_path / f"{at}-{name}")
        assert verify(case).ok
