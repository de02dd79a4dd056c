"""Build the story's files, give its commands one after the other, and say at every step that it is an invented example."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import typer

from sextortion_cli.cli.ui import Ui
from sextortion_cli.demo import story
from sextortion_cli.demo.steps import steps
from sextortion_cli.errors import Problem
from sextortion_cli.store.create import check_free
from sextortion_cli.store.fileops import fileops
from sextortion_cli.words import current_language

DELIBERATE_STATUS = (0, 3)
_STOPPED = (130, 141, 143)


def build_files(folder: Path) -> Path:
    """Write the story's chat, export and pictures into a new folder and return it."""
    fileops().mkdir(folder)
    for name in ("chat", "telegram"):
        fileops().mkdir(folder / name)
    _write(folder / "chat" / "WhatsApp-chat med Lina Eksempel.txt", story.CHAT.encode())
    _write(folder / "telegram" / "result.json", story.telegram().encode())
    _write(folder / "chat" / "IMG-20180804-WA0001.png", story.screenshot(["Lina Eksempel"]))
    _write(folder / "profile.png", story.screenshot(["Lina Eksempel", "live:lina.example"]))
    _write(folder / "demand.png", story.screenshot(["20 000 kroner", "1234.56.78903"]))
    return folder


def _write(path: Path, data: bytes) -> None:
    fd = fileops().create(path)
    fileops().write(fd, data)
    fileops().close(fd)


def free_name(folder: Path) -> Path:
    """Return `folder`, or with the next free number when it is taken."""
    number, found = 1, folder
    while found.exists() or found.with_name(found.name + "-files").exists():
        number += 1
        found = folder.with_name(f"{folder.name}-{number}")
    return found


def walk(folder: str, ui: Ui, *, as_json: bool, dry_run: bool = False) -> dict[str, Any]:
    """
    Walk the story through the real command line and return the paths of case and report.

    Args:
        dry_run: Only show the commands.

    Raises:
        Problem: A step did not end as it must.
        Exit: The walk was stopped, or nobody looks any more.
    """
    from sextortion_cli.cli.app import run

    case = free_name(Path(os.path.abspath(folder)))
    files = case.with_name(case.name + "-files")
    check_free(case)
    if not dry_run:
        build_files(files)
    language, quiet = current_language(), ("--quiet",) if ui.quiet else ()
    kept, sys.stdout = sys.stdout, sys.stderr if as_json else sys.stdout
    try:
        for step in steps(case, files, language):
            ui.say("")
            ui.say(f"[{story.MARK}]  casefile {' '.join(_shell(part) for part in step)}")
            status = 0 if dry_run else run([*step, "--language", language, *quiet])
            if status in _STOPPED:
                raise typer.Exit(status)
            if status not in DELIBERATE_STATUS:
                raise Problem()
    finally:
        sys.stdout = kept
    return {"path": str(case), "report": str(case.with_name(case.name + "-report.md")), "files": str(files)}


def _shell(part: str) -> str:
    return f"'{part}'" if " " in part or not part else part
