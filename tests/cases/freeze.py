"""
Make the frozen case of a release: `python tests/cases/freeze.py tests/cases/0.1.0`.

One small case with a record of every kind this release writes. It is made once, kept for ever, and every later release must read
and verify it (test_frozen_case.py). Times, names and ids are fixed; people are invented.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from sextortion_cli import casework, flow, reporting
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Clock, Session
from sextortion_cli.store import platform
from sextortion_cli.store.verify import verify

CHAT = "13.03.2026, 21:05 - Lina: Hei\n13.03.2026, 21:06 - Ola: to\nlinjer \U0001f600\n13.03.2026, 21:07 - Lina: bilde.jpg (fil vedlagt)\n"


class Fixed(Clock):
    """A clock that ticks once a second from a fixed moment, and counts instead of drawing lots."""

    def __init__(self) -> None:
        self._ticks, self._draws = count(), count(1)

    def stamp(self) -> dict[str, str]:
        """Return the next second."""
        tick = next(self._ticks)
        utc = datetime(2026, 3, 14, 3, 0, tzinfo=UTC) + timedelta(seconds=tick)
        return {"utc": utc.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z", "zone": "CET", "offset": "+0100", "mono_ns": str(tick * 10**9)}

    def random_hex(self, count: int) -> str:
        """Return the next number."""
        return f"{next(self._draws):0{2 * count}x}"


def sources(folder: Path) -> Path:
    """Make what is imported: a chat, the same again, an empty file, a name that is no text, a link, an archive."""
    folder.mkdir()
    (folder / "chat.txt").write_text(CHAT, encoding="utf-8")
    (folder / "copy.txt").write_text(CHAT, encoding="utf-8")
    (folder / "empty.bin").write_bytes(b"")
    (folder / "link").symlink_to("chat.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/bilde-\xff.bin")).write_bytes(b"\x00invented")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("_chat.txt"), CHAT.replace("Hei", "Hallo"))
        archive.writestr(zipfile.ZipInfo("note.bin"), b"\x00\x01" * 40)
    (folder / "export.zip").write_bytes(out.getvalue())
    return folder


def fill(case: Path, files: Path, session: Session) -> None:
    """Do everything once."""
    casework.new_case(case, session, minor="no", timezone="Europe/Oslo", role="victim", title="Oppdiktet eksempel")
    casework.add_contact(case, session, side="extorter", service="WhatsApp", display_name="Lina", phone="+47 99 00 00 00")
    casework.add_contact(case, session, contact_id="C-001", handle="lina.example")
    casework.add_device(case, session, make="Eksempel", model="X1", system="Android", clock_right="yes")
    casework.add_event(
        case, session, "demand", when="2026-03-13 21:10", contact="C-001", amount="20000.00", currency="NOK", deadline="2026-03-14 12:00"
    )
    casework.add_note(case, session, "Oppdiktet eksempel. Linje to\nog 'tegn' \u2028.")
    casework.add_note(case, session, "Trekkes tilbake")
    casework.withdraw(case, session, "N-002", "feil")
    casework.add_not_collected(case, session, what="Samtalen i en annen app", why="kontoen er slettet")
    take(case, session, ImportRequest(paths=(str(files),), via="cable", app="WhatsApp"))
    kept = files.with_name("kept.bin")
    kept.write_bytes(b"\x00stays where it is")
    take(case, session, ImportRequest(paths=(str(kept),), shows="unknown"))
    leave_remnants(case)
    reporting.write_report(case, session, "json", None, language="en", force=True, unmask=True, write=lambda _: None)


def take(case: Path, session: Session, request: ImportRequest) -> None:
    """Import."""
    for _ in flow.import_paths(case, session, request):
        pass


def leave_remnants(case: Path) -> None:
    """Leave what a crash leaves; the next writer sets it aside and records it."""
    with (case / "log.jsonl").open("ab") as log:
        log.write(b'{"actor":{"basis":"sta')
    (case / "objects" / "tmp-0123456789abcdef").write_bytes(b"half a file")


def main(target: Path) -> None:
    """Make the case at `target`, without what is derived and cheap."""
    with patch.object(platform, "machine", lambda: "frozen"):
        world = Path(tempfile.gettempdir()) / "frozen-example"
        shutil.rmtree(world, ignore_errors=True)
        world.mkdir()
        fill(world / "case", sources(world / "files"), Session(actor="Kari Eksempel", clock_answer="yes", clock=Fixed()))
        for name in ("index.sqlite", "lock"):
            (world / "case" / name).unlink(missing_ok=True)
        result = verify(world / "case")
        assert result.ok
        shutil.copytree(world / "case", target)
        shutil.rmtree(world)
    print(target, result.records, result.fingerprint)
    for item in result.findings:
        print(*item)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
