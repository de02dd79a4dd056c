"""
Import every export of a corpus with the program itself, and write what came out as a table.

    python scripts/corpus.py CORPUS > docs/reference/corpus.md

CORPUS is a folder with a subfolder for each service. Nothing of it is copied into the project but names and counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CASEFILE = [sys.executable, "-m", "sextortion_cli"]


def imported(case: Path, folder: Path) -> list[dict[str, Any]]:
    """Import one folder and return its items."""
    subprocess.run(
        [*CASEFILE, "new", str(case), "--minor", "no", "--timezone", "Europe/Oslo", "--no-input", "-q"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    given = [*CASEFILE, "--case", str(case), "import", str(folder), "--no-input", "--jsonl", "-q"]
    done = subprocess.run(given, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{folder.name}: exit {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def row(item: dict[str, Any]) -> str:
    """Return one item as a row of the table."""
    units = item["units"] or {}
    balanced = (
        "" if not units else "yes" if units["covered"] == units["total"] else f"{units['covered']} of {units['total']} {units['unit']}"
    )
    counts = [str(units.get(key, "")) for key in ("messages", "facts", "defects")]
    name = item["name"].replace("|", "\\|") if item["parent"] is None else f"(in {item['parent']})"
    return f"| {item['exhibit']} {name} | {item['importer'] or ''} | {item['status']} | {' | '.join(counts)} | {balanced} |"


def main() -> int:
    """Print the page."""
    corpus = Path(sys.argv[1])
    print("# What the corpus of exports gives\n")
    print(
        f"Made by `scripts/corpus.py` on {datetime.now(UTC):%Y-%m-%d}: every folder went through `casefile import` into a case of its own."
    )
    print("The account balances when every byte (or row) is in exactly one record.\n")
    for folder in sorted(item for item in corpus.iterdir() if item.is_dir()):
        with tempfile.TemporaryDirectory() as place:
            items = imported(Path(place) / "case", folder)
        print(f"## {folder.name}\n\n| file | importer | status | messages | facts | defects | balanced |\n|---|---|---|---|---|---|---|")
        print("\n".join(row(item) for item in items) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
