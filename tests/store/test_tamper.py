"""Every change to a case is found: bits, cuts, swaps, insertions, missing and surplus things, in every file but the index."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.errors import Problem
from sextortion_cli.store.verify import verify

from .scenes import SESSION, differences, imported, new, sources


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tamper")
    case = folder / "case"
    new(case, folder)
    casework.add_note(case, SESSION, "Oppdiktet eksempel")
    imported(case, sources(folder / "files"))
    casework.add_contact(case, SESSION, side="extorter", service="WhatsApp", display_name="Lina")
    return case


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "case")
    return tmp_path / "case"


def evidence(case: Path) -> list[Path]:
    """Return every file that `verify` covers."""
    return sorted(path for path in case.rglob("*") if path.is_file() and not path.name.startswith("index.sqlite") and path.name != "lock")


def rewrite(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def found(case: Path) -> bool:
    """Tell whether `verify` (or opening) calls this case different."""
    try:
        return not verify(case).ok
    except Problem:
        return True


def test_untouched_is_whole(case: Path) -> None:
    result = verify(case)
    assert result.ok
    assert result.fingerprint


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_every_bit_of_the_last_line(case: Path, every: int) -> None:
    log = case / "log.jsonl"
    data = log.read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    missed = []
    for bit in range(start * 8, (len(data) - 1) * 8, every):
        broken = bytearray(data)
        broken[bit // 8] ^= 1 << bit % 8
        rewrite(log, bytes(broken))
        if not found(case):
            missed.append(bit)
    assert missed == []


def flips(case: Path, count: int, seed: int) -> Iterator[tuple[Path, int]]:
    rng = random.Random(seed)
    files = [path for path in evidence(case) if path.stat().st_size]
    for number in range(count):
        path = files[number % len(files)]
        yield path, rng.randrange(path.stat().st_size * 8)


@pytest.mark.parametrize("count", [200, pytest.param(4000, marks=pytest.mark.slow)])
def test_flipped_bits_anywhere(case: Path, count: int) -> None:
    missed = []
    for path, bit in flips(case, count, 5):
        data = path.read_bytes()
        broken = bytearray(data)
        broken[bit // 8] ^= 1 << bit % 8
        rewrite(path, bytes(broken))
        if not found(case):
            missed.append((path.name, bit))
        rewrite(path, data)
    assert missed == []


def test_truncated_files(case: Path) -> None:
    rng = random.Random(6)
    for path in evidence(case):
        data = path.read_bytes()
        for size in {0, len(data) // 2, max(0, len(data) - 1), rng.randrange(len(data) + 1)} - {len(data)}:
            rewrite(path, data[:size])
            assert found(case), f"{path.name} cut to {size} of {len(data)}"
        rewrite(path, data)


def test_lines_that_are_dropped_swapped_doubled_or_inserted(case: Path) -> None:
    log = case / "log.jsonl"
    data = log.read_bytes()
    lines = data.splitlines(keepends=True)
    for at in range(len(lines)):
        variants = [lines[:at] + lines[at + 1 :], [*lines[: at + 1], lines[at], *lines[at + 1 :]], [*lines[:at], b"{}\n", *lines[at:]]]
        if at + 1 < len(lines):
            variants.append([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]])
        for number, changed in enumerate(variants):
            rewrite(log, b"".join(changed))
            assert found(case), f"line {at}, change {number}"


def test_dropped_tail_with_its_head_taken_back_is_found_by_objects_or_said_not_to_be_proved(case: Path) -> None:
    """A log cut without its head is a difference; `verify` says that a folder put back whole cannot be seen from inside."""
    log = case / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    for count in range(1, len(lines)):
        rewrite(log, b"".join(lines[:count]))
        assert found(case)
    from sextortion_cli.store.verify import DOES_NOT_PROVE

    assert any("put back" in sentence for sentence in DOES_NOT_PROVE)


def test_missing_and_surplus_files(case: Path) -> None:
    for path in evidence(case):
        if path.parent.name == "readings":
            continue
        data = path.read_bytes()
        path.unlink()
        assert found(case), f"{path.name} is missing"
        path.write_bytes(data)
        path.chmod(0o400)
    assert differences(case) == []
    for place in ("surplus.txt", "objects/surplus", "objects/sha256/aa/surplus", "readings/surplus.jsonl.gz", "proofs/surplus"):
        target = case / place
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"x")
        result = verify(case)
        assert [item for item in result.findings if "surplus" in item.subject], place
        target.unlink()


def test_a_missing_reading_is_a_notice_that_says_what_to_do_and_an_altered_one_a_difference(case: Path) -> None:
    readings = sorted((case / "readings").glob("*.jsonl.gz"))
    assert readings
    data = readings[0].read_bytes()
    rewrite(readings[0], data[:-9] + b"x" + data[-8:])
    assert found(case)
    readings[0].unlink()
    result = verify(case)
    assert result.ok
    assert any(item.severity == "notice" and "reread" in item.detail for item in result.findings)


def test_same_findings_without_the_index(case: Path) -> None:
    before = verify(case).findings
    for path in case.glob("index.sqlite*"):
        path.unlink()
    assert verify(case).findings == before
    rewrite(case / "README.txt", b"x")
    with_change = verify(case).findings
    assert with_change != before


def test_an_object_replaced_by_a_link(case: Path) -> None:
    target = next(path for path in (case / "objects" / "sha256").rglob("*") if path.is_file() and path.stat().st_size)
    moved = case.with_name("moved")
    shutil.copy(target, moved)
    target.unlink()
    target.symlink_to(moved)
    assert found(case)


def relocated(path: Path) -> None:
    """Move a file out of the case and leave a link to it: what lies elsewhere can be changed without the case."""
    moved = path.parents[1] / f"moved-{path.name}"
    path.rename(moved)
    path.symlink_to(moved)


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("change", [relocated, piped])
@pytest.mark.parametrize("name", ["README.txt", "case.json", "head", "log.jsonl"])
def test_a_link_or_a_pipe_in_place_of_a_file(case: Path, name: str, change: Callable[[Path], None]) -> None:
    change(case / name)
    assert found(case)
    with pytest.raises(Problem):
        casework.add_note(case, SESSION, "etter")


def test_a_pipe_in_place_of_an_empty_original(case: Path) -> None:
    piped(next(path for path in (case / "objects" / "sha256").rglob("*") if path.is_file() and not path.stat().st_size))
    assert found(case)


@pytest.mark.parametrize("added", [b"\n", b"\nhello\n", b"\n\xe2\x80\x94 key c2hvcnQ=", b"\n\n\xe2\x80\x94 key c2lnbmF0dXJl\n", b" "])
def test_something_added_to_the_head(case: Path, added: bytes) -> None:
    rewrite(case / "head", (case / "head").read_bytes() + added)
    assert "head-altered head" in differences(case)


def test_a_head_signed_by_a_later_version_is_no_difference(case: Path) -> None:
    rewrite(case / "head", (case / "head").read_bytes() + "\n\u2014 sextortion_cli/x c2lnbmF0dXJlIG9mIG5vYm9keQ==\n".encode())
    result = verify(case)
    assert result.ok
    assert [item.code for item in result.findings] == ["head-signed"]


@pytest.mark.parametrize(
    "place",
    [
        "tmp-evil.exe",
        "proofs/tmp-0123456789abcdef",
        "objects/sha256/tmp-0123456789abcdef",
        "quarantine/evil",
        "quarantine/torn-line-x",
        f"readings/{'z' * 32}.jsonl.gz",
        "objects/sha256/zz/",
        "quarantine/empty/",
    ],
)
def test_what_no_crash_leaves_is_a_difference_and_stays_one(case: Path, place: str) -> None:
    target = case / place
    if place.endswith("/"):
        target.mkdir()
    else:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"x")
    assert [item for item in differences(case) if str(target.relative_to(case)) in item]
    casework.add_note(case, SESSION, "etter")
    assert [item for item in differences(case) if str(target.relative_to(case)) in item], "recovery must not take it in"


@pytest.mark.parametrize("place", ["tmp-0123456789abcdef", "quarantine/unfinished-0123456789abcdef", f"readings/{'a' * 32}.jsonl.gz"])
def test_a_link_under_a_name_a_crash_leaves(case: Path, place: str) -> None:
    (case / place).symlink_to("/etc/passwd")
    assert differences(case) == [f"unlisted-file {place}"]


def test_empty_folders_that_got_lost_in_copying_are_made_again(case: Path) -> None:
    (case / "proofs").rmdir()
    (case / "quarantine").rmdir()
    assert verify(case).findings == []
    with (case / "log.jsonl").open("ab") as log:
        log.write(b'{"actor":{"na')
    casework.add_note(case, SESSION, "etter")
    assert verify(case).findings == []


@pytest.mark.parametrize(
    ("tail", "torn"),
    [
        (b'{"act', True),
        (b'{"actor":{"basis":"stated","name":"K\xc3', True),
        (b'{"actor":{"basis":"stated"},"data":{"n":tru', True),
        (b'{"actor":{"basis":"stated"},"data":{"text":"a\\u00', True),
        (b'{"actor":{ anything <<>> at all', False),
        (b'{"actor":{"basis":"stated"} more', False),
        (b"anything", False),
        (bytes(700), True),
        (b'{"actor":{"ba' + bytes(99), True),
        (b"\x00anything\nat all\n", False),
        (b'{"actor":{"ba\x00x":1}}\n', False),
    ],
)
def test_only_what_a_crash_can_leave_after_the_last_line_is_a_remnant(case: Path, tail: bytes, torn: bool) -> None:
    with (case / "log.jsonl").open("ab") as log:
        log.write(tail)
    result = verify(case)
    assert result.ok is torn
    if torn:
        assert [item.code for item in result.findings] == ["torn-line"]
        casework.add_note(case, SESSION, "etter")
        assert verify(case).findings == []
    else:
        with pytest.raises(Problem):
            casework.add_note(case, SESSION, "etter")


def test_verify_writes_nothing_and_leaves_no_trace(case: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in [case, *case.rglob("*")]}
    verify(case)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in [case, *case.rglob("*")]} == before


def test_on_a_read_only_stick(case: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("runs as root, who may write everywhere")
    before = verify(case).findings
    for path in [*case.rglob("*"), case]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert verify(case).findings == before
    finally:
        for path in [case, *case.rglob("*")]:
            path.chmod(0o700)
