"""Every importer has a sample that can grow (`amplified.py`), and with ten times the file takes ten times the time and the same memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sextortion_cli.importers.base import importer_ids
from sextortion_cli.model.reading import Defect, Fact, Message

from .amplified import SAMPLES, make
from .reading import Reading, read
from .test_laws import check_account

ROOT = Path(__file__).resolve().parents[2]
#: One message that grows: the number of records stays.
GROWING = {"mail-eml", "mail-msg", "pasted-text"}


def grown(identity: str, folder: Path, copies: int) -> tuple[Reading, int]:
    place = folder / f"{copies}"
    options = make(identity, place, copies)
    data = place.read_bytes()
    return read(identity, data, SAMPLES[identity].case, **{key: getattr(options, key) for key in SAMPLES[identity].stated}), len(data)


def test_every_importer_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(importer_ids())


@pytest.mark.parametrize("identity", SAMPLES)
def test_a_sample_that_grows_is_read_as_what_it_is(identity: str, tmp_path: Path) -> None:
    """Its records grow with it, all of them of the kinds that the first copy has, and no defects but theirs."""
    counts = []
    for copies in (2, 12):
        reading, size = grown(identity, tmp_path, copies)
        check_account(reading)
        kept = [item for item in reading.records if isinstance(item, Message) or (isinstance(item, Fact) and not item.overlay)]
        counts.append((size, len(kept) or len(reading.of(Fact)), len(reading.of(Defect))))
    (small, some, few), (large, more, many) = counts
    assert large > (1.5 if reading.form == "rows" or identity == "mail-msg" else 2) * small
    assert more == some if identity in GROWING else more > 2 * some
    assert many <= 6 * few + 1


@pytest.mark.campaign  # it measures time
@pytest.mark.timeout(900)
@pytest.mark.parametrize("identity", SAMPLES)
def test_ten_times_the_file_takes_ten_times_the_time_and_the_same_memory(identity: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "scaling", "--importers", identity, "--scale", "0.5", "--data", str(tmp_path)]
    row = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert row["balanced"]
    assert row["flat"]
    assert row["ratio"] <= row["target"]
