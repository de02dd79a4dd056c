"""
Every sync is there for a reason: leave one kind out, and what was promised can be lost.

This is the control of the power-loss tests: a check that still passes without a sync would prove nothing about it. The promises come
from the program (a commit that returned), never from the model of the medium.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.store.fileops import using

from .faults import Disk
from .scenes import contact, imported, new
from .test_double_faults import ALL, Step, Workshop, lost, run_until


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


class Forgetful(Disk):
    """Leaves out the syncs of files or folders whose path within the world matches."""

    def __init__(self, root: Path, pattern: str) -> None:
        super().__init__(root, ALL)
        self.pattern = re.compile(pattern)
        self.left_out = 0

    def lying(self, name: str, arguments: tuple[Any, ...]) -> bool:
        if name not in ("fsync", "fsync_dir"):
            return False
        path = Path(f"/proc/self/fd/{arguments[0]}").readlink() if name == "fsync" else Path(arguments[0])
        forgets = self.pattern.fullmatch(f"{name} {path.relative_to(self.root)}") is not None
        self.left_out += forgets
        return forgets


class DiesAfter(Disk):
    """Dies right after the `count`-th operation of one kind under a folder of the case."""

    def __init__(self, root: Path, kind: str, folder: str, count: int) -> None:
        super().__init__(root, ALL)
        self.kind, self.folder, self.left = kind, folder, count

    def step(self, number: int, name: str, real: Any, arguments: tuple[Any, ...]) -> Any:
        found = super().step(number, name, real, arguments)
        if name == self.kind and f"/{self.folder}/" in str(arguments[-1]):
            self.left -= 1
            if self.left == 0:
                self.at = self.count + 1
        return found


FORGOTTEN = {
    "log": (contact, r"fsync case/log\.jsonl"),
    "head": (contact, r"fsync case/tmp-head-\w+"),
    "name of the head": (contact, r"fsync_dir case"),
    "original": (imported, r"fsync case/objects/tmp-\w+"),
    "name of an original": (imported, r"fsync_dir case/objects/sha256/\w\w"),
    "folder of an original": (imported, r"fsync_dir case/objects/sha256"),
    "reading": (imported, r"fsync case/readings/tmp-\w+"),
    "name of a reading": (imported, r"fsync_dir case/readings"),
    "new case": (new, r"fsync_dir \."),
    "folder of a new case": (new, r"fsync_dir \.case\.tmp-\w+"),
    "description of a new case": (new, r"fsync \.case\.tmp-\w+/case\.json"),
}


@pytest.mark.parametrize("which", FORGOTTEN)
def test_a_sync_that_is_left_out_is_noticed(which: str, workshop: Workshop, tmp_path: Path) -> None:
    step, pattern = FORGOTTEN[which]
    disk, wrong = finish(Forgetful, pattern, step, workshop, tmp_path)
    assert disk.left_out
    assert wrong


@pytest.mark.parametrize("step", [new, contact, imported])
def test_with_all_of_them_nothing_is_lost(step: Step, workshop: Workshop, tmp_path: Path) -> None:
    disk, wrong = finish(Forgetful, "nothing", step, workshop, tmp_path)
    assert not disk.left_out
    assert wrong == []


def finish(kind: type[Forgetful], pattern: str, step: Step, workshop: Workshop, tmp_path: Path) -> tuple[Forgetful, list[str]]:
    world = tmp_path / "world"
    if step is new:
        world.mkdir()
        case = world / "case"
    else:
        case = workshop.case(world)
    disk = kind(world, pattern)
    promised, ended = run_until(disk, step, case, workshop.files)
    assert ended
    assert promised
    return disk, lost(disk, case, promised, tmp_path)


@pytest.mark.parametrize(
    ("kind", "folder", "count"), [("rename_new", "sha256", 1), ("rename_new", "sha256", 3), ("mkdir", "sha256", 1), ("mkdir", "sha256", 2)]
)
def test_what_a_killed_writer_had_named_is_synced_before_it_is_promised(
    kind: str, folder: str, count: int, workshop: Workshop, tmp_path: Path
) -> None:
    """The next import finds the original, or its folder, there already: only the system's memory knows of it."""
    case = workshop.case(tmp_path / "world")
    disk = DiesAfter(tmp_path / "world", kind, folder, count)
    before, ended = run_until(disk, imported, case, workshop.files)
    assert not ended
    disk.again(ALL)
    after, ended = run_until(disk, imported, case, workshop.files)
    assert ended
    assert lost(disk, case, [*before, *after], tmp_path) == []


def test_a_half_written_original_that_was_set_aside_stays_as_it_was_recorded(workshop: Workshop, tmp_path: Path) -> None:
    case = workshop.case(tmp_path / "world")
    disk = DiesAfter(tmp_path / "world", "make_read_only", "objects", 1)
    run_until(disk, imported, case, workshop.files)
    disk.again(ALL)
    promised, ended = run_until(disk, contact, case, workshop.files)
    assert ended
    with using(disk):
        assert any((case / "quarantine").iterdir())
    assert lost(disk, case, promised, tmp_path) == []
