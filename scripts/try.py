"""The README's first command: build an environment and walk through an invented example."""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, build, check_python


def main() -> int:
    """Return the exit status of the demonstration."""
    check_python()
    programs = build(ROOT / ".try" / "venv", "run.txt")
    return subprocess.run([str(programs / "casefile"), "demo", str(ROOT / ".try" / "demo-case")], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
