"""A package in parts: none larger than was asked, each whole by itself, together everything, or a clear refusal."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from sextortion_cli import desk, handing
from sextortion_cli.apportion import Share
from sextortion_cli.errors import UsageProblem, WouldOverwrite
from sextortion_cli.parting import parts, size_of, target_of

from .conftest import SESSION, Both, by_desk, take


@pytest.fixture
def large(case: Path, tmp_path: Path) -> Path:
    """Return the small case with five files of 100,000 bytes more."""
    for number in range(5):
        (tmp_path / f"{number}.bin").write_bytes(bytes([number, 0, 255]) * 33_334)
    take(case, *(tmp_path / f"{number}.bin" for number in range(5)), shows="nothing-intimate")
    return case


def given(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [entry["exhibit"] for entry in json.loads(archive.read("data/package.json"))["exhibits"]]


@pytest.mark.slow
def test_every_part_is_whole_and_small_enough(large: Path, tmp_path: Path) -> None:
    made = handing.hand_over(large, SESSION, tmp_path / "p.zip", max_size="420KB")
    assert len(made["paths"]) > 1
    assert [Path(path).name for path in made["paths"]] == [
        f"p-{number}-of-{len(made['paths'])}.zip" for number in range(1, len(made["paths"]) + 1)
    ]
    everything = []
    for path in map(Path, made["paths"]):
        assert path.stat().st_size <= 420_000
        assert by_desk(path) == (0, set())
        assert "part" in {item.code for item in desk.check(path).findings}
        everything += given(path)
    assert everything == [f"A-{number:03d}" for number in range(1, 8)]
    with zipfile.ZipFile(made["paths"][1]) as archive:
        assert not [name for name in archive.namelist() if name.startswith("data/reports/")]
        assert b"Bag-Count: 2 of" in archive.read("bag-info.txt")


@pytest.mark.slow
def test_parts_that_are_folders_satisfy_the_script_too(large: Path, tmp_path: Path, both: Both) -> None:
    made = handing.hand_over(large, SESSION, tmp_path / "p", max_size="420KB")
    for path in map(Path, made["paths"]):
        assert both(path) == (0, set())


@pytest.mark.slow
def test_what_fits_is_one_package_under_its_own_name(case: Path, tmp_path: Path) -> None:
    made = handing.hand_over(case, SESSION, tmp_path / "p.zip", max_size="20MB")
    assert [Path(path).name for path in made["paths"]] == ["p.zip"]


@pytest.mark.slow
def test_what_cannot_be_parted_is_refused_before_anything_is_written(large: Path, tmp_path: Path) -> None:
    for most in ("150KB", "1KB"):
        with pytest.raises(UsageProblem):
            handing.hand_over(large, SESSION, tmp_path / "p.zip", max_size=most)
    (tmp_path / "p-2-of-2.zip").write_bytes(b"mine")
    before = sorted(tmp_path.iterdir())
    count = len(handing.hand_over(large, SESSION, tmp_path / "x.zip", max_size="500KB", dry_run=True)["paths"])
    (tmp_path / f"p-{count}-of-{count}.zip").write_bytes(b"mine")
    with pytest.raises(WouldOverwrite):
        handing.hand_over(large, SESSION, tmp_path / "p.zip", max_size="500KB")
    assert {path.name for path in tmp_path.iterdir()} - {path.name for path in before} <= {f"p-{count}-of-{count}.zip"}


@pytest.mark.parametrize(("text", "size"), [("20MB", 20_000_000), ("20 mib", 20 << 20), ("500", 500), ("1GB", 10**9)])
def test_sizes(text: str, size: int) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "x", "-1MB", "1.5MB", "20 TB"])
def test_no_sizes(text: str) -> None:
    with pytest.raises(UsageProblem):
        size_of(text)


def test_one_part_needs_no_sizes() -> None:
    share = Share(("A-001",), {}, unmatched=False)
    (part,) = parts(share, {}, None, 0, 0)
    assert target_of(Path("p.zip.age"), part).name == "p.zip.age"
    many = parts(Share(("A-001", "A-002"), {}, unmatched=False), {"A-001": 10**6, "A-002": 10**6}, 12 * 10**5, 0, 0)
    assert [item.share.given for item in many] == [("A-001",), ("A-002",)]
    assert [target_of(Path("p.zip.age"), item).name for item in many] == ["p-1-of-2.zip.age", "p-2-of-2.zip.age"]
    assert [target_of(Path("my.case"), item).name for item in many] == ["my.case-1-of-2", "my.case-2-of-2"]
