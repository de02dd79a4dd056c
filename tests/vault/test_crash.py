"""
The program dies, is refused, or the power goes, at every single file operation of locking and unlocking.

Whatever happens, the case is whole afterwards: plain with every byte it had, or locked in a file that both keys open to the same bytes.
The next command leaves nothing halfway: no plain file beside a locked one, no locked file beside an open case.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sextortion_cli import casework, locking
from sextortion_cli.errors import CaseLocked, MediumFailed, NoSpace, Problem
from sextortion_cli.store.case import open_case
from sextortion_cli.store.fileops import using
from sextortion_cli.store.verify import verify
from tests.store.faults import Counting, Died, Disk, Dying, Failing
from tests.store.scenes import SESSION, differences
from tests.vault.cases import WORDS, keys, made, picture, statements

Step = Callable[[Path], None]


def locks(case: Path) -> None:
    locking.lock(case, SESSION, keys())


def panics(case: Path) -> None:
    locking.lock(case, SESSION, None)


def unlocks(case: Path) -> None:
    locking.unlock(case, SESSION, keys().case, "case")


def nothing(case: Path) -> None:
    """Begin with an open case."""


#: What is done, and what was done before.
SCENES: dict[str, tuple[Step, Step]] = {"lock": (locks, nothing), "panic": (panics, nothing), "unlock": (unlocks, locks)}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return made(tmp_path / "template")


def prepared(template: Path, scene: str, place: Path) -> Path:
    """Return a copy of the case, as the scene begins."""
    case = place / "world" / "case"
    place.mkdir()
    shutil.copytree(template.parent, case.parent, symlinks=True)
    SCENES[scene][1](case)
    return case


def kinds(template: Path, scene: str, place: Path) -> list[str]:
    case = prepared(template, scene, place)
    counting = Counting()
    with using(counting):
        SCENES[scene][0](case)
    shutil.rmtree(place)
    return counting.kinds


def check_after(case: Path, expected: dict[str, bytes | None], promised: bytes) -> None:
    """Check that the case is whole, that the next command leaves nothing halfway, and that both keys open it."""
    check_next_command(case)
    for key, identity in (("case", keys().case), ("recovery", locking.key_from_words(WORDS))):
        if not (case / "locked.age").exists():
            assert differences(case) == []
            assert statements(picture(case)) == expected
            assert (case / "log.jsonl").read_bytes().startswith(promised)
            locks(case)
        copy = case.with_name(f"copy-{key}")
        shutil.copytree(case, copy)
        found = locking.unlock(copy, SESSION, identity, key)
        assert found.ok
        assert statements(picture(copy)) == expected
        assert (copy / "log.jsonl").read_bytes().startswith(promised)
        assert sorted(os.listdir(copy.parent)) == ["case", copy.name]
        shutil.rmtree(copy)


def check_next_command(case: Path) -> None:
    """Whatever command opens the case next finds it open or locked, and leaves it so."""
    try:
        casework.add_note(case, SESSION, "the next command")
    except CaseLocked:
        assert set(os.listdir(case)) <= {"lock", "key.age", "locked.age", "HOW-TO-OPEN.txt"}
    else:
        assert not {"locked.age", "locking.age", "opened.age", "plain.list", "key.new", "HOW-TO-OPEN.txt"} & set(os.listdir(case))
        assert verify(case).ok


def everywhere(template: Path, scene: str, place: Path, fault: Callable[[int, str], list[Counting]]) -> int:
    """Run a scene with faults at every operation, and check what is left. Returns how often."""
    expected, promised = statements(picture(template)), (template / "log.jsonl").read_bytes()
    count = 0
    for at, kind in enumerate(kinds(template, scene, place / "count"), 1):
        for number, operations in enumerate(fault(at, kind)):
            case = prepared(template, scene, place / f"{at}-{number}")
            with using(operations):
                try:
                    SCENES[scene][0](case)
                except (Died, NoSpace, MediumFailed):
                    pass
            check_after(case, expected, promised)
            shutil.rmtree(place / f"{at}-{number}")
            count += 1
    return count


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_every_operation(scene: str, template: Path, tmp_path: Path) -> None:
    def faults(at: int, kind: str) -> list[Counting]:
        return [Dying(at), *([Dying(at, torn=True)] if kind == "write" else [])]

    assert everywhere(template, scene, tmp_path, faults) > 60


@pytest.mark.slow
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("scene", SCENES)
def test_refused_at_every_operation(scene: str, error: int, template: Path, tmp_path: Path) -> None:
    assert everywhere(template, scene, tmp_path, lambda at, kind: [Failing(at, error)]) > 60


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_the_power_goes_at_every_operation(scene: str, template: Path, tmp_path: Path) -> None:
    expected, promised = statements(picture(template)), (template / "log.jsonl").read_bytes()
    for at in range(1, len(kinds(template, scene, tmp_path / "count")) + 1):
        case = prepared(template, scene, tmp_path / f"{at}")
        disk = Disk(case.parent, at)
        with using(disk), pytest.raises(Died):
            SCENES[scene][0](case)
        for variant in range(5):
            left = tmp_path / f"{at}" / f"left-{variant}"
            disk.after_power_loss(left, variant)
            check_after(left / "case", expected, promised)
            shutil.rmtree(left)
        shutil.rmtree(tmp_path / f"{at}")


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_killed_then_killed_again_at_every_operation_of_the_next_command(scene: str, template: Path, tmp_path: Path) -> None:
    expected, promised = statements(picture(template)), (template / "log.jsonl").read_bytes()
    for at in range(2, len(kinds(template, scene, tmp_path / "count")) + 1, 7):
        for again in (1, 2, 3, 5, 8, 13, 21):
            case = prepared(template, scene, tmp_path / "twice")
            with using(Dying(at)), pytest.raises(Died):
                SCENES[scene][0](case)
            with using(Dying(again)):
                try:
                    casework.add_note(case, SESSION, "again")
                except (Died, CaseLocked):
                    pass
            check_after(case, expected, promised)
            shutil.rmtree(tmp_path / "twice")


@pytest.mark.slow
def test_the_control_a_lock_that_does_not_sync_is_caught(template: Path, tmp_path: Path) -> None:
    """A medium on which nothing is synced: locked and removed, and then the power goes. Something must be lost, or the test sees nothing."""
    case = prepared(template, "lock", tmp_path / "control")
    disk = Disk(case.parent, 10**6, honest=False)
    with using(disk):
        locks(case)
    lost = 0
    for variant in range(2, 9):
        left = tmp_path / f"left-{variant}"
        disk.after_power_loss(left, variant)
        try:
            check_after(left / "case", statements(picture(template)), (template / "log.jsonl").read_bytes())
        except (AssertionError, OSError, Problem):
            lost += 1
        shutil.rmtree(left, ignore_errors=True)
    assert lost


def test_a_reader_removes_what_a_killed_lock_left_plain(template: Path, tmp_path: Path) -> None:
    names = kinds(template, "lock", tmp_path / "count")
    case = prepared(template, "lock", tmp_path / "killed")
    with using(Dying(len(names) - 8)), pytest.raises(Died):
        locks(case)
    assert (case / "plain.list").exists()
    with pytest.raises(CaseLocked):
        open_case(case)
    assert sorted(os.listdir(case)) == ["HOW-TO-OPEN.txt", "key.age", "lock", "locked.age"]
