"""Where a case lies: space, who may look into it, whether something sends it elsewhere."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from sextortion_cli.doctor.finding import Finding
from sextortion_cli.synced import is_conflict_copy, service_of
from sextortion_cli.words import N_

_LITTLE = 1 << 30
_MOST_NAMED = 20


def look(case: Path) -> Iterator[Finding]:
    """Yield what there is to say about the place of a case."""
    yield from _space(case)
    yield from _modes(case)
    service = service_of(case)
    if service is not None:
        yield Finding(
            "cloud-folder", "notice", str(case), N_("This folder seems to be sent to {service}. Others may see it there."),
            N_("The case itself is not changed by that."), N_("Stop the sending for this folder, or copy the case to another one and check it there."),
            (("service", service),),
        )  # fmt: skip
    yield from _conflicts(case)


def _space(case: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(case).free
    if free < _LITTLE:
        yield Finding(
            "little-space", "notice", str(case), N_("Only {count} MiB are free on this disk."), N_("What was saved is safe."),
            N_("Make room before you import more. Empty no bin of the phone."), (("count", free >> 20),),
        )  # fmt: skip


def _modes(case: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    mode = stat.S_IMODE(case.stat().st_mode)
    if mode & 0o077:
        yield Finding(
            "folder-open", "notice", str(case), N_("Other accounts of this computer may look into this folder (mode {mode})."),
            next=N_("Close it: chmod 700 FOLDER"), values=(("mode", f"{mode:04o}"),),
        )  # fmt: skip
    if not os.access(case, os.W_OK):
        yield Finding(
            "read-only", "notice", str(case), N_("This folder cannot be written."), N_("It can be read, checked and reported on."),
            N_("Copy the folder to a place where you may write, or ask its owner."),
        )  # fmt: skip


def _conflicts(case: Path) -> Iterator[Finding]:
    named = 0
    for folder, _folders, names in os.walk(case):
        for name in names:
            if is_conflict_copy(name) and named < _MOST_NAMED:
                named += 1
                yield Finding(
                    "conflict-copy", "notice", os.path.relpath(os.path.join(folder, name), case),
                    N_("A cloud service put a second version of a file here: the case may have been continued in two places."),
                    N_("Both versions are still there."), N_("Delete nothing. Copy the whole folder elsewhere, and run there: casefile verify"),
                )  # fmt: skip
