"""The command line in the test's own process: most of these tests give many commands, and each process of its own takes half a second."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.cli import app, settings
from tests.conftest import Ran


@pytest.fixture
def casefile(
    casefile: Callable[..., Ran], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Any]:
    """Return a function that runs the command line here; with `environment`, in a process of its own."""
    handler, apart = signal.getsignal(signal.SIGTERM), casefile
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, status: int | None = 0, environment: dict[str, str] | None = None) -> Ran:
        if environment:
            return apart(*arguments, status=status, environment={"LANG": os.environ["LANG"], **environment})
        monkeypatch.setattr(settings, "_settings", None)
        capsys.readouterr()
        code = app.run([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        assert status is None or code == status, f"{arguments}\n{shown.out}\n{shown.err}"
        return Ran(code, shown.out, shown.err)

    yield run
    signal.signal(signal.SIGTERM, handler)
