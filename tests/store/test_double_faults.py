"""
Two faults in a row: a writer is killed, and while the next one puts things in order, or just after, the power goes.

A killed process loses nothing that the system has in memory, so the next writer sees bytes and names that are not on the medium yet.
What it promises on top of them must not rest on luck: it syncs what it takes over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sextortion_cli.store.fileops import using
from sextortion_cli.store.verify import verify

from .faults import Counting, Died, Disk
from .promises import promises
from .scenes import contact as add_contact
from .scenes import differences, imported, new, sources
from .test_crash import acknowledged

VARIANTS = 9
Step = Callable[[Path, Path], None]


class Workshop:
    """A folder of sources and an empty case to start every run from."""

    def __init__(self, folder: Path) -> None:
        self.files = sources(folder / "files")
        self._case = folder / "case"
        new(self._case, self.files)

    def case(self, world: Path) -> Path:
        """Return a fresh copy of the case in its own world."""
        world.mkdir(parents=True)
        return Path(shutil.copytree(self._case, world / "case"))

    def operations(self, world: Path, step: Step) -> int:
        """Return how many file operations a step does."""
        counting = Counting()
        with using(counting):
            step(self.case(world), self.files)
        return counting.count


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


def run_until(disk: Disk, step: Step, case: Path, files: Path) -> tuple[list[str], bool]:
    """Run a step on a medium; return what it promised, and whether it came to its end."""
    with using(disk), promises() as promised:
        try:
            step(case, files)
        except Died:
            return promised, False
    return promised, True


def lost(disk: Disk, case: Path, promised: list[str], folder: Path) -> list[str]:
    """Return what is wrong in any variant of what the medium may hold."""
    wrong = []
    for variant in range(VARIANTS):
        left = folder / f"left-{variant}"
        disk.after_power_loss(left, variant)
        remains = left / case.name
        if not (remains / "case.json").exists() and not (remains / "log.jsonl").exists():
            wrong.append(f"{variant}: the case is gone")
            continue
        for item in verify(remains).findings:
            if item.severity == "difference" or item.code == "reading-missing":
                wrong.append(f"{variant}: {item.code} {item.subject}")
        if not set(promised) <= set(acknowledged(remains)):
            wrong.append(f"{variant}: a promised record is lost")
        shutil.rmtree(left)
    return wrong


def killed_then_dark(workshop: Workshop, folder: Path, first: Step, first_at: int, second: Step, second_at: int) -> list[str]:
    """Kill `first` at one operation, run `second` up to another, cut the power; return what is wrong then."""
    case = workshop.case(folder)
    disk = Disk(folder, first_at)
    before, _ = run_until(disk, first, case, workshop.files)
    disk.again(second_at)
    after, ended = run_until(disk, second, case, workshop.files)
    wrong = lost(disk, case, [*before, *after], folder.with_name(folder.name + "-left"))
    if ended:
        wrong += [f"now: {found}" for found in differences(case)]
    shutil.rmtree(folder)
    return wrong


def campaign(workshop: Workshop, tmp_path: Path, first: Step, second: Step, every: int, stops: tuple[int, ...]) -> None:
    found = {}
    (tmp_path / "left").mkdir()
    for first_at in range(1, workshop.operations(tmp_path / "count", first) + 2, every):
        for second_at in stops:
            folder = tmp_path / f"{first_at}-{second_at}"
            folder.with_name(folder.name + "-left").mkdir()
            wrong = killed_then_dark(workshop, folder, first, first_at, second, second_at)
            if wrong:
                found[first_at, second_at] = wrong
    assert found == {}


ALL = 10**6


def test_a_contact_is_killed_then_the_power_goes_during_the_next(workshop: Workshop, tmp_path: Path) -> None:
    campaign(workshop, tmp_path, add_contact, add_contact, 2, (4, 6, 9, ALL))


@pytest.mark.slow
def test_a_contact_is_killed_then_the_power_goes_at_every_operation_of_the_next(workshop: Workshop, tmp_path: Path) -> None:
    campaign(workshop, tmp_path, add_contact, add_contact, 1, (*range(1, 20), ALL))


@pytest.mark.slow
def test_an_import_is_killed_then_the_power_goes_after_the_next_command(workshop: Workshop, tmp_path: Path) -> None:
    campaign(workshop, tmp_path, imported, add_contact, 19, (ALL,))


@pytest.mark.slow
def test_an_import_is_killed_in_many_places_then_the_power_goes_after_the_next_command(workshop: Workshop, tmp_path: Path) -> None:
    campaign(workshop, tmp_path, imported, add_contact, 5, (8, ALL))


@pytest.mark.slow
def test_an_import_is_killed_then_the_power_goes_after_it_was_resumed(workshop: Workshop, tmp_path: Path) -> None:
    campaign(workshop, tmp_path, imported, imported, 5, (ALL,))
