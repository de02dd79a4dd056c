"""The command line called in the test's own process: for what needs no process of its own, because it is much quicker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sextortion_cli.cli import app, settings


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case with one contact, for tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("standing")
    program = [sys.executable, "-m", "sextortion_cli"]
    for command in (["new", "case", "--minor", "no"], ["contact", "add", "--name", "x", "--case", "case"]):
        subprocess.run([*program, *command], cwd=folder, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True)
    return folder / "case"


Called = Callable[..., tuple[int, str, str]]


@pytest.fixture
def called(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Called]:
    """Return a function that calls the program here and returns its status and both streams."""
    handler = signal.getsignal(signal.SIGTERM)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(settings, "_settings", None)
        status = app.run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    yield call
    signal.signal(signal.SIGTERM, handler)
