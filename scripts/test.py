"""The README's second command: build an environment, install the wheel there, and run the tests against what was installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT, build, check_python

QUICK = "not slow and not corpus and not campaign"


def main(arguments: list[str]) -> int:
    """Run the tests named in `arguments` (all quick ones without) and return pytest's exit status."""
    check_python()
    programs = build(ROOT / ".test" / "venv", "test.txt")
    return run(programs, arguments or ["-m", QUICK])


def run(programs: Path, arguments: list[str]) -> int:
    """
    Run pytest with the environment's own program, from an empty folder, so that only the installed package can be imported.

    The tests' own folder is given by its path; a file that is missing from the wheel shows as a failure.
    """
    with tempfile.TemporaryDirectory() as empty:
        command = [
            str(programs / "pytest"),
            "-c",
            str(ROOT / "pyproject.toml"),
            "--rootdir",
            str(ROOT),
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            str(ROOT / "tests"),
            *arguments,
        ]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CASEFILE_INSTALLED": "1"}
        return subprocess.run(command, cwd=empty, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
