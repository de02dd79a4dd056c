"""Zips from anywhere: packed again, cut, with a folder around everything, hostile ones; none is written out, none makes the desk fall over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sextortion_cli import desk
from sextortion_cli.errors import SourceMissing, UsageProblem
from sextortion_cli.package import zipform

from .conftest import by_desk


def repacked(
    source: Path, target: Path, *, method: int = zipfile.ZIP_DEFLATED, top: str = "", more: tuple[tuple[str, bytes], ...] = ()
) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", method) as new:
        for name in old.namelist():
            new.writestr(top + name, old.read(name))
        for name, data in more:
            new.writestr(name, data)
    return target


def codes(path: Path) -> set[str]:
    return {item.code for item in desk.check(path).findings}


def test_packed_again_by_another_program_it_is_whole_and_says_so(made_packages: dict[str, Path], tmp_path: Path) -> None:
    again = repacked(made_packages["zip"], tmp_path / "again.zip")
    assert by_desk(again) == (0, set())
    assert "other-container" in codes(again)
    stored = repacked(made_packages["zip"], tmp_path / "stored.zip", method=zipfile.ZIP_STORED, top="package/")
    assert by_desk(stored) == (0, set())


def test_our_own_zip_is_in_its_one_form(made_packages: dict[str, Path]) -> None:
    assert "other-container" not in codes(made_packages["zip"])


@pytest.mark.parametrize("cut", [1, 20, 22, 23, 500, 5000])
def test_a_cut_zip_is_found(made_packages: dict[str, Path], tmp_path: Path, cut: int) -> None:
    (tmp_path / "cut.zip").write_bytes(made_packages["zip"].read_bytes()[:-cut])
    assert by_desk(tmp_path / "cut.zip")[0] == 4


def test_what_stands_in_front_or_behind_is_found(made_packages: dict[str, Path], tmp_path: Path) -> None:
    data = made_packages["zip"].read_bytes()
    for name, changed in (("front", b"PK" + b"x" * 50 + data), ("behind", data + b"x")):
        (tmp_path / f"{name}.zip").write_bytes(changed)
        assert by_desk(tmp_path / f"{name}.zip")[0] == 4


HOSTILE = (
    "../../evil.txt",
    "/etc/evil.txt",
    "C:\\evil.txt",
    "data/../evil.txt",
    "data/\u202eevil.txt",
    "data/CON.txt",
    "DATA/package.json",
    "data//x",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_found_and_nothing_is_written(made_packages: dict[str, Path], tmp_path: Path, name: str) -> None:
    package = repacked(made_packages["zip"], tmp_path / "p.zip", more=((name, b"evil"),))
    before = sorted(tmp_path.rglob("*"))
    assert by_desk(package)[0] == 4
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_found(made_packages: dict[str, Path], tmp_path: Path) -> None:
    assert "unsafe" in codes(repacked(made_packages["zip"], tmp_path / "p.zip", more=(("READ-FIRST.txt", b"other"),)))


def test_a_bomb_is_stopped_early(made_packages: dict[str, Path], tmp_path: Path) -> None:
    """A file that says it is small and inflates to much more gives no more bytes than it said."""
    package = repacked(made_packages["zip"], tmp_path / "p.zip", more=(("data/bomb.txt", bytes(30 << 20)),))
    data = package.read_bytes().replace((30 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    package.write_bytes(data)
    found = desk.check(package)
    assert not found.ok
    assert found.bytes < 1 << 20


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(100)])
def test_what_is_hardly_a_zip_is_no_crash(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    try:
        assert not desk.check(tmp_path / "x.zip").ok
    except UsageProblem:
        assert data.startswith(b"PK\x05\x06")


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"hello")
    (tmp_path / "empty").mkdir()
    for name in ("x.txt", "empty"):
        with pytest.raises(UsageProblem):
            desk.check(tmp_path / name)
    with pytest.raises(SourceMissing):
        desk.check(tmp_path / "nowhere")


def test_sizes_beyond_four_gibibytes_are_written_as_the_standard_library_reads_them() -> None:
    """Only the directory is made, not the bytes: offsets and sizes need 64 bits."""
    files = [zipform.Placed("a.bin", 0, 1, 5 << 30), zipform.Placed("b.txt", (5 << 30) + 60, 2, 7)]
    start = (5 << 30) + 200

    class Far(io.BytesIO):
        """A file that begins far behind its first byte."""

        def seek(self, offset: int, whence: int = 0) -> int:
            return super().seek(offset - start if whence == 0 else offset, whence) + start

        def tell(self) -> int:
            return super().tell() + start

    with zipfile.ZipFile(Far(zipform.directory(files, start))) as archive:
        found = [(item.filename, item.file_size, item.header_offset) for item in archive.infolist()]
    assert found == [("a.bin", 5 << 30, 0), ("b.txt", 7, (5 << 30) + 60)]
    assert zipform.Placed("a.bin", 0, 1, 5 << 30).header()[-16:] == (5 << 30).to_bytes(8, "little") * 2
