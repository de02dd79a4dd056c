"""A case's `cache/`: what only makes the next command more pleasant. No evidence, not verified, and not missed when it is gone."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from sextortion_cli.store import layout
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import read_own


def recall(case: Path, name: str) -> dict[str, Any]:
    """Return what was remembered under a name; nothing where that is damaged or not there."""
    try:
        found = json.loads(read_own(case / layout.CACHE / name))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(case: Path, name: str, value: dict[str, Any]) -> None:
    """Remember something under a name. Where it cannot be written it is not remembered, and that is no failure."""
    folder = case / layout.CACHE
    temporary = folder / f"{layout.TEMPORARY}{os.getpid():x}"
    with contextlib.suppress(OSError):
        if not os.path.lexists(folder):
            fileops().mkdir(folder)
        elif folder.is_symlink():
            return
        if os.path.lexists(temporary):
            fileops().unlink(temporary)
        fd = fileops().create(temporary)
        try:
            fileops().write(fd, json.dumps(value).encode())
        finally:
            fileops().close(fd)
        fileops().replace(temporary, folder / name)
