"""
The program dies, is refused, or the power goes, at every single file operation of new, import, contact and report.

Whatever happens: what was acknowledged is still there, `verify` finds nothing but remnants of the crash, and giving the same commands
again ends with the same originals as if nothing had happened.
"""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest

from sextortion_cli.errors import MediumFailed, NoSpace, Problem
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import using

from .faults import Counting, Died, Disk, Dying, Failing
from .promises import promises
from .scenes import SCENES, differences, new, objects, sources

VARIANTS = 9


def operations(scene: str, folder: Path) -> list[str]:
    """Return the kinds of the file operations a scene does after its beginning."""
    case, files = prepared(scene, folder)
    counting = Counting()
    with using(counting):
        SCENES[scene][-1](case, files)
    return counting.kinds


def prepared(scene: str, folder: Path) -> tuple[Path, Path]:
    """Do all of a scene but its last step."""
    folder.mkdir(parents=True)
    files = sources(folder / "files")
    case = folder / "world" / "case"
    case.parent.mkdir()
    for step in SCENES[scene][:-1]:
        step(case, files)
    return case, files


def acknowledged(case: Path) -> list[str]:
    """Return the digests of records that a head on the medium promised."""
    head = case / "head"
    parts = head.read_bytes().split(b"\n") if head.exists() else []
    size = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    if not size:
        return []
    return [digest(line) for line in (case / "log.jsonl").read_bytes().split(b"\n")[:size]]


def digest(line: bytes) -> str:
    """Return a record's own digest; of what is no record any more, nothing."""
    try:
        return str(json.loads(line)["self"])
    except ValueError:
        return ""


def check_after(scene: str, case: Path, files: Path, promised: list[str], expected: set[str]) -> None:
    """Check what a crash left, and that giving the command again ends as it should."""
    if not case.exists():  # never half a case: it is built beside its name, and named when it is whole
        assert not promised
        new(case, files)
    assert differences(case) == []
    assert acknowledged(case)[: len(promised)] == promised
    again = SCENES[scene][1:] if scene in ("import", "report") else SCENES[scene][-1:]
    for step in again:
        if step is not new:
            step(case, files)
    assert differences(case) == []
    assert objects(case) == expected
    assert acknowledged(case)[: len(promised)] == promised


def complete(scene: str, folder: Path) -> set[str]:
    case, files = prepared(scene, folder)
    SCENES[scene][-1](case, files)
    return objects(case)


def points(scene: str, folder: Path, every: int) -> list[tuple[int, str]]:
    """Return the operations to have a fault at: number and kind."""
    kinds = operations(scene, folder)
    assert len(kinds) > {"new": 20, "import": 40, "contact": 3, "report": 3}[scene]
    return list(enumerate(kinds, 1))[::every]


def die_everywhere(scene: str, tmp_path: Path, every: int) -> None:
    expected = complete(scene, tmp_path / "whole")
    for at, kind in points(scene, tmp_path / "count", every):
        for torn in (False, True) if kind == "write" else (False,):
            case, files = prepared(scene, tmp_path / f"{at}-{torn}")
            promised = acknowledged(case)
            with using(Dying(at, torn=torn)), pytest.raises(Died):
                SCENES[scene][-1](case, files)
            check_after(scene, case, files, promised, expected)
            shutil.rmtree(tmp_path / f"{at}-{torn}")


def fail_everywhere(scene: str, tmp_path: Path, every: int) -> None:
    expected = complete(scene, tmp_path / "whole")
    for at, _ in points(scene, tmp_path / "count", every):
        for error in (errno.ENOSPC, errno.EIO):
            case, files = prepared(scene, tmp_path / f"{at}-{error}")
            promised = acknowledged(case)
            said: Exception | None = None
            with using(Failing(at, error)):
                try:
                    SCENES[scene][-1](case, files)
                except (Problem, OSError) as raised:
                    said = raised
            # Full or failing, the medium is always named; a report is written outside the case, where other causes come first.
            named = NoSpace if error == errno.ENOSPC else MediumFailed
            assert said is None or isinstance(said, named) or scene == "report", said
            if (case / "case.json").exists():
                assert not cases.open_case(case).book.skipped, "a source was blamed for an error of the case's own medium"
            check_after(scene, case, files, promised, expected)
            shutil.rmtree(tmp_path / f"{at}-{error}")


def lose_power_everywhere(scene: str, tmp_path: Path, every: int, *, resume: int = 0) -> None:
    expected = complete(scene, tmp_path / "whole")
    for at, _ in points(scene, tmp_path / "count", every):
        case, files = prepared(scene, tmp_path / f"{at}")
        promised = acknowledged(case)
        disk = Disk(case.parent, at)
        with using(disk), promises() as kept, pytest.raises(Died):
            SCENES[scene][-1](case, files)
        if scene != "new":  # a new case is promised when its folder has its name: test_syncs.py
            promised += kept
        for variant in range(VARIANTS):
            left = tmp_path / f"{at}" / f"left-{variant}"
            disk.after_power_loss(left, variant)
            if variant == resume or not (left / "case").exists():
                check_after(scene, left / "case", files, promised, expected)
            else:
                assert differences(left / "case") == []
                assert acknowledged(left / "case")[: len(promised)] == promised
        shutil.rmtree(tmp_path / f"{at}")


QUICK = {"new": 6, "import": 75, "contact": 4, "report": 5}


@pytest.mark.parametrize("scene", SCENES)
def test_dying(scene: str, tmp_path: Path) -> None:
    die_everywhere(scene, tmp_path, QUICK[scene])


@pytest.mark.parametrize("scene", SCENES)
def test_errors(scene: str, tmp_path: Path) -> None:
    fail_everywhere(scene, tmp_path, QUICK[scene] + 1)


@pytest.mark.parametrize("scene", SCENES)
def test_power_loss(scene: str, tmp_path: Path) -> None:
    lose_power_everywhere(scene, tmp_path, QUICK[scene])


def test_without_syncing_the_loss_is_seen(tmp_path: Path) -> None:
    """The control: the same checks catch a program that does not wait for the medium."""
    case, files = prepared("contact", tmp_path / "x")
    before = acknowledged(case)
    disk = Disk(case.parent, 10**9, honest=False)
    with using(disk):
        SCENES["contact"][-1](case, files)
    told = acknowledged(case)
    assert len(told) > len(before)
    lost = 0
    for variant in range(VARIANTS):
        left = tmp_path / f"left-{variant}"
        disk.after_power_loss(left, variant)
        lost += acknowledged(left / "case")[: len(told)] != told or bool(differences(left / "case"))
    assert lost >= VARIANTS // 2


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_dying_at_every_operation(scene: str, tmp_path: Path) -> None:
    die_everywhere(scene, tmp_path, 1 if scene != "import" else 3)


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_power_loss_at_every_operation(scene: str, tmp_path: Path) -> None:
    lose_power_everywhere(scene, tmp_path, 1 if scene != "import" else 3)


@pytest.mark.campaign
def test_import_dying_and_losing_power_at_every_operation(tmp_path: Path) -> None:
    die_everywhere("import", tmp_path / "die", 1)
    lose_power_everywhere("import", tmp_path / "lose", 1)


@pytest.mark.campaign
@pytest.mark.parametrize("scene", SCENES)
def test_errors_at_every_operation(scene: str, tmp_path: Path) -> None:
    fail_everywhere(scene, tmp_path, 1)
