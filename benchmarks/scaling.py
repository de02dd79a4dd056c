"""
How time and memory of one reading grow with the file: reader and independent account in this process, as the child runs them.

``python -m benchmarks.scaling IMPORTER FILE NAME OPTIONS`` reads one file and prints what it took; a process each, because memory
that was once used is not given back.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

_SECONDS = 0.5
"""A reading shorter than this is too short to be compared."""
_BYTES = 32 << 20
"""Nor need a file be larger: of a mail, text beyond a limit and what is enclosed are passed over quickly."""
_FIRST = 20
_TIMES = 10
_MOST = 11.0
_AGAIN = 3
_GROWTH_MIB = 12.0
"""What peak memory may differ by: caches of bounded size fill, and SQLite sorts the keys of links where no index does."""


def read(identity: str, path: Path, name: str, options: Any) -> dict[str, Any]:
    """Read a file; return processor seconds, the highest resident memory in MiB, and the account."""
    from sextortion_cli.importers.base import HEAD_BYTES, importer_of
    from sextortion_cli.importers.source import Source
    from sextortion_cli.normalise.times import TimeNormaliser
    from sextortion_cli.readers.batches import batches
    from sextortion_cli.readers.rowtally import RowTally
    from sextortion_cli.readers.tally import Tally

    importer = importer_of(identity)
    importer.prepare()
    fd = os.open(path, os.O_RDONLY)
    source = Source(fd, os.fstat(fd).st_size, name)
    selecting = importer.shows_only_chosen or bool(options.thread or options.since or options.until)
    tally: Tally | RowTally
    if importer.form == "rows":
        tally = RowTally(source.database, importer.tables_for(options), selecting=selecting)
    else:
        opening = importer.opening_for(source.head(HEAD_BYTES))
        tally = Tally(source.size, source.read_at, importer.form, importer.noise_rules, opening=opening, selecting=selecting)
    times = TimeNormaliser(options.timezone)
    encode = msgspec.json.Encoder().encode
    started = time.process_time()
    for batch in batches(importer.read(source, options)):
        times.settle(batch)
        encode(tally.take(batch))
    encode(list(tally.finish()))
    seconds = time.process_time() - started
    os.close(fd)
    return {"seconds": seconds, "peak_mib": peak(), "units": msgspec.to_builtins(tally.units())}


def peak() -> float:
    """Return the highest resident memory of this process so far, in MiB (not that of the one it came from, as rusage has it)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def samples() -> Any:
    """Return the module of the tests that makes files of any size (another package of the name `tests` may be installed)."""
    tests = str(Path(__file__).parent.parent / "tests")
    if tests not in sys.path:
        sys.path.insert(0, tests)
    return importlib.import_module("importers.amplified")


def measured(identity: str, folder: Path, copies: int) -> dict[str, Any]:
    """Make a file of the importer's sample with so many copies and read it in a process of its own."""
    made = samples()
    path = folder / f"{identity}-{copies}"
    options = made.make(identity, path, copies)
    try:
        command = [sys.executable, "-m", "benchmarks.scaling", identity, str(path), made.SAMPLES[identity].case]
        said = subprocess.run([*command, msgspec.json.encode(options).decode()], check=True, capture_output=True)
        return {"copies": copies, "bytes": path.stat().st_size, **json.loads(said.stdout)}
    finally:
        path.unlink()


def grown(identity: str, folder: Path) -> dict[str, Any]:
    """Return what ten times the file take: a row of the benchmark, with the size found at which a reading takes long enough."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = _FIRST
    small = measured(identity, folder, copies)
    while small["seconds"] < _SECONDS and small["bytes"] < _BYTES:
        times = min(50.0, 1.2 * _SECONDS / max(small["seconds"], 1e-4), 1.2 * _BYTES / small["bytes"])
        copies = max(copies + 1, int(copies * times))
        small = measured(identity, folder, copies)
    large = measured(identity, folder, copies * _TIMES)
    for _ in range(_AGAIN):  # other work on the machine makes a reading longer, never shorter
        if large["seconds"] <= _MOST * small["seconds"]:
            break
        small = min(small, measured(identity, folder, copies), key=lambda found: float(found["seconds"]))
        large = min(large, measured(identity, folder, copies * _TIMES), key=lambda found: float(found["seconds"]))
    units, more = small["units"], large["units"]
    return {
        "row": f"scaling {identity}",
        "bytes": [small["bytes"], large["bytes"]],
        "records": [units["messages"] + units["facts"], more["messages"] + more["facts"]],
        "defects": [units["defects"], more["defects"]],
        "balanced": more["covered"] == more["total"],
        "cpu_s": [round(small["seconds"], 3), round(large["seconds"], 3)],
        "ratio": round(large["seconds"] / small["seconds"], 2),
        "target": _MOST,
        "peak_mib": [round(small["peak_mib"], 1), round(large["peak_mib"], 1)],
        "flat": large["peak_mib"] - small["peak_mib"] <= _GROWTH_MIB,
    }


if __name__ == "__main__":
    from sextortion_cli.model.reading import ReadOptions

    print(json.dumps(read(sys.argv[1], Path(sys.argv[2]), sys.argv[3], msgspec.json.decode(sys.argv[4], type=ReadOptions))))
