"""Originals hashed in a process of their own: an accelerator, and never a witness of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import ModuleType

import pytest

from sextortion_cli.store import platform, rehash
from sextortion_cli.store.rehash import Rehash
from sextortion_cli.store.verify import Result, verify

from .scenes import imported, new, sources

forks = pytest.mark.skipif(not platform.can_fork(), reason="not on Linux")


@pytest.fixture(autouse=True)
def _however_short_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehash, "LONG_LOG", 0)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    new(tmp_path / "case", tmp_path)
    imported(tmp_path / "case", sources(tmp_path / "files"))
    return tmp_path / "case"


def originals(case: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (case / "objects").rglob("*") if path.is_file()}


def hashed(case: Path) -> dict[str, int]:
    beside = Rehash(case)
    try:
        assert sum(beside.results()) == sum(beside.sound.values())
    finally:
        beside.close()
    return beside.sound


def damage(case: Path) -> str:
    path = max((case / "objects").rglob("*"), key=lambda item: item.is_file() and item.stat().st_size)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    return path.name


@forks
def test_only_what_is_what_its_name_says_is_sound(case: Path) -> None:
    whole = originals(case)
    assert hashed(case) == whole
    altered = damage(case)
    assert hashed(case) == {name: size for name, size in whole.items() if name != altered}


def found(result: Result) -> list[tuple[str, ...]]:
    return [(item.code, item.severity, item.subject) for item in result.findings]


def refuse() -> int:
    raise BlockingIOError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize("owner", [platform, os])
def test_the_findings_are_the_same_without_that_process(
    case: Path, is_damaged: bool, owner: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_damaged:
        damage(case)
    beside = verify(case)
    if owner is platform:
        monkeypatch.setattr(platform, "can_fork", lambda: False)
    else:
        monkeypatch.setattr(os, "fork", refuse, raising=False)
    alone = verify(case)
    assert found(beside) == found(alone)
    assert beside.ok is alone.ok is not is_damaged
    assert beside.objects == alone.objects == len(originals(case))
    assert beside.bytes == alone.bytes


@forks
def test_a_process_that_is_killed_leaves_the_rest_to_the_caller(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = Rehash.__init__

    def killed(self: Rehash, folder: Path) -> None:
        start(self, folder)
        os.kill(self._pid, signal.SIGKILL)

    monkeypatch.setattr(Rehash, "__init__", killed)
    assert verify(case).ok
    altered = damage(case)
    assert any(item.code == "object-altered" and altered in item.subject for item in verify(case).findings)


@forks
def test_no_process_is_left_behind(case: Path) -> None:
    beside = Rehash(case)
    pid = beside._pid
    beside.close()
    beside.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, 0)
