"""Build a Python environment of this project's own, from pinned and hashed requirements, then the project itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build(folder: Path, requirements: str) -> Path:
    """Make (or refresh) the environment in `folder` and return its folder of programs."""
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pinned = ROOT / "requirements" / requirements
    mark = folder / "requirements.sha256"
    wanted = hashlib.sha256(pinned.read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text(encoding="ascii") != wanted:
        print(f"Building an environment in {folder.relative_to(ROOT)} ...", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        pip(programs, "--require-hashes", "-r", str(pinned))
        mark.write_text(wanted, encoding="ascii")
    print("Installing the project ...", flush=True)
    pip(programs, "--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT))
    return programs


def pip(programs: Path, *arguments: str) -> None:
    """Run the environment's pip."""
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments], check=True)


def check_python() -> None:
    """Leave with a plain sentence when this Python is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this script runs before anything else says so)
        sys.exit("This needs Python 3.11 or newer. Nothing was changed.")
