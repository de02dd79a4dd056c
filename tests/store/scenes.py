"""The scenarios every crash test runs: a new case, an import of a small folder, a contact, a report. In this process, quickly."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from sextortion_cli import casework, flow, reporting
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session
from sextortion_cli.store.verify import verify

SESSION = Session(actor="Kari Eksempel")
CHAT = "13.03.2026, 21:05 - Lina: Hei\n13.03.2026, 21:06 - Ola: to\nlinjer\n"


def sources(folder: Path) -> Path:
    """Make the small folder that is imported: two files, an archive, a duplicate and an empty file."""
    folder.mkdir()
    (folder / "chat.txt").write_text(CHAT, encoding="utf-8")
    (folder / "copy.txt").write_text(CHAT, encoding="utf-8")
    (folder / "empty.bin").write_bytes(b"")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("_chat.txt"), CHAT.replace("Hei", "Hallo"))
        archive.writestr(zipfile.ZipInfo("note.bin"), b"\x00\x01" * 40)
    (folder / "export.zip").write_bytes(out.getvalue())
    return folder


def new(case: Path, files: Path) -> None:
    casework.new_case(case, SESSION, minor="no", timezone="Europe/Oslo", role="victim")


def imported(case: Path, files: Path) -> None:
    for _ in flow.import_paths(case, SESSION, ImportRequest(paths=(str(files),))):
        pass


def contact(case: Path, files: Path) -> None:
    casework.add_contact(case, SESSION, side="extorter", service="WhatsApp", display_name="Lina")


def report(case: Path, files: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        case.with_name("report.json").unlink()
    reporting.write_report(
        case, SESSION, "json", case.with_name("report.json"), language="en", force=True, unmask=False, write=lambda _: None, dry_run=False
    )


Scene = Callable[[Path, Path], None]
SCENES: dict[str, tuple[Scene, ...]] = {
    "new": (new,),
    "import": (new, imported),
    "contact": (new, contact),
    "report": (new, contact, report),
}


def objects(case: Path) -> set[str]:
    """Return the digests of the originals that lie in a case."""
    folder = case / "objects" / "sha256"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def differences(case: Path) -> list[str]:
    """Return what `verify` calls a difference."""
    return [f"{item.code} {item.subject}" for item in verify(case).findings if item.severity == "difference"]


__all__ = ["SCENES", "SESSION", "differences", "imported", "new", "objects", "sources"]
