"""One fault each: the desk and the script in the package find the same, and neither falls over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Both, by_desk, by_script
from .vectors import vectors


def names_of(package: Path) -> list[str]:
    return sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())


@pytest.mark.slow
def test_one_fault_each_is_found_by_both(made_packages: dict[str, Path], tmp_path: Path) -> None:
    every = vectors(names_of(made_packages["folder"]))
    assert len(every) >= 150
    wrong = {}
    for number, (name, (change, codes)) in enumerate(every.items()):
        package = Path(shutil.copytree(made_packages["folder"], tmp_path / str(number)))
        change(package)
        desk, script = by_desk(package), by_script(package)
        if desk != script or desk[0] != 4 or not codes <= desk[1]:
            wrong[name] = (desk, script, codes)
        shutil.rmtree(package)
    assert wrong == {}, next(iter(wrong.items()))


def test_some_faults_are_found_by_both(made_packages: dict[str, Path], tmp_path: Path, both: Both) -> None:
    """A few of each kind, for the quick tier."""
    every = vectors(names_of(made_packages["folder"]))
    for number, name in enumerate(list(every)[::11]):
        package = Path(shutil.copytree(made_packages["folder"], tmp_path / str(number)))
        every[name][0](package)
        status, codes = both(package)
        assert status == 4, name
        assert every[name][1] <= codes, name


def test_a_whole_package_is_whole(made_packages: dict[str, Path], both: Both) -> None:
    assert both(made_packages["folder"]) == (0, set())
    assert both(made_packages["helper"]) == (0, set())
    assert by_desk(made_packages["zip"]) == (0, set())


def test_what_file_browsers_leave_is_no_difference(package: Path, both: Both) -> None:
    (package / ".DS_Store").write_bytes(b"x")
    (package / "data" / "Thumbs.db").write_bytes(b"x")
    assert both(package) == (0, set())
