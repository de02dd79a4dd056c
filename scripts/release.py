"""
What a release must pass beside the tests: no reviewed fact is older than 180 days. `scripts/release.py [DAY]`; without a day, today.

Every file in `sextortion_cli/guide/data/` says for each entry or source when somebody last read it (`checked` or `seen`, a date); so do the
table in `guide/waiting.py` and the word list. A file without any date is a fault too: nobody could tell how old it is.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sextortion_cli.guide.lines import STALE_DAYS  # noqa: E402  (the checkout this file lies in)
from sextortion_cli.guide.waiting import WAITING  # noqa: E402

DATA = ROOT / "sextortion_cli" / "guide" / "data"
WORD_LIST = ROOT / "tests" / "guide" / "wordlist.toml"
DATED = frozenset({"checked", "seen"})


def dates(value: Any, where: str) -> Iterator[tuple[str, date]]:
    """Yield every day something was read, and the place in the file that says so."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in DATED and isinstance(item, date):
                yield where or key, item
            else:
                yield from dates(item, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            yield from dates(item, f"{where}[{place}]")


def reviewed() -> dict[str, list[tuple[str, date]]]:
    """Return every date of every reviewed file."""
    found = {
        path.name: list(dates(tomllib.loads(path.read_text(encoding="utf-8")), "")) for path in (*sorted(DATA.glob("*.toml")), WORD_LIST)
    }
    found["waiting.py"] = [(service, date.fromisoformat(entry.seen)) for service, entry in WAITING.items()]
    return found


def faults(today: date) -> list[str]:
    """Return what is too old, and files that do not say how old they are."""
    found = []
    for name, entries in reviewed().items():
        if not entries:
            found.append(f"{name}: says nowhere when it was checked")
        found += [f"{name}: {where} was checked on {day}" for where, day in entries if (today - day).days > STALE_DAYS]
    return found


def main() -> int:
    """Say what has to be reviewed before a release."""
    today = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else datetime.now(UTC).date()
    found = faults(today)
    counted = sum(len(entries) for entries in reviewed().values())
    print("\n".join(found) or f"release: {counted} dates, none older than {STALE_DAYS} days")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
