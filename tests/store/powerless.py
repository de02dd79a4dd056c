"""Run a program that may not write where permissions forbid it, also when the tests run as root."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER = 1, 2, 3


def _give_up_the_powers_of_root() -> None:
    """In the child, before the program starts: root without these obeys permissions like everybody (capabilities(7))."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_FOWNER):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def run(arguments: list[str], temporary: Path) -> subprocess.CompletedProcess[bytes]:
    """Run Python with `arguments` as somebody who obeys permissions; `temporary` is its home and place for temporary files."""
    environment = {**os.environ, "HOME": str(temporary), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment,
        check=False,
        timeout=100,
        preexec_fn=_give_up_the_powers_of_root if os.geteuid() == 0 else None,
    )


def must_obey(folder: Path, temporary: Path) -> None:
    """Skip the test unless `run` really is refused: it then could show nothing."""
    try:
        done = run(["-c", f"open({str(folder / 'surplus')!r}, 'x')"], temporary)
    except subprocess.SubprocessError:
        pytest.skip("runs as root, who may write everywhere")
    if done.returncode == 0:
        (folder / "surplus").unlink()
        pytest.skip("runs as root, who may write everywhere")
