"""Reading an exhibit again: the old reading stays, whatever comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import interpret, rereading
from sextortion_cli.readers.frames import ReaderEnd
from sextortion_cli.store.verify import as_json, verify

from .scenes import CHAT, SESSION, differences, imported, new


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with one chat whose reader was cut short, as by a limit."""
    new(tmp_path / "case", tmp_path)
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    whole = interpret._Reading.run

    def cut(self: Any, stated: Any) -> ReaderEnd:
        end = whole(self, stated)
        return ReaderEnd("partial", reason="timeout", size=end.size)

    with monkeypatch.context() as patched:
        patched.setattr(interpret._Reading, "run", cut)
        imported(tmp_path / "case", tmp_path / "chat.txt")
    return tmp_path / "case"


def test_a_reading_that_came_out_otherwise_lies_beside_the_old_one(case: Path) -> None:
    before = {path.name: path.read_bytes() for path in (case / "readings").iterdir()}
    found = rereading.reread(case, SESSION, "A-001", None, {})
    assert found["status"] == "read"
    after = {path.name: path.read_bytes() for path in (case / "readings").iterdir()}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert differences(case) == []
    (case / "readings" / next(iter(before))).unlink()
    assert [item.code for item in verify(case).findings] == ["reading-missing"]
    said = as_json(verify(case))
    assert said["ok"]
    assert "reading" not in said["proves"], "what is missing is not said to be as it was"


def test_the_same_reading_again_is_kept_once(case: Path) -> None:
    rereading.reread(case, SESSION, "A-001", None, {})
    count = len(list((case / "readings").iterdir()))
    rereading.reread(case, SESSION, "A-001", None, {})
    assert len(list((case / "readings").iterdir())) == count
    assert differences(case) == []
