"""Does a folder lie where a program copies it to a cloud? Told by names and marker files of the folders above it; nothing is asked."""

from __future__ import annotations

import os
import re
from pathlib import Path

#: Names of folders, whole or up to what follows (``OneDrive - Example AS``), and the service that makes them.
_NAMES: tuple[tuple[str, str], ...] = (
    (r"OneDrive(?: ?-.*)?", "OneDrive"),
    (r"Dropbox(?: \(.*\))?", "Dropbox"),
    (r"Google ?Drive(?:-.*)?|My Drive|Min disk", "Google Drive"),
    (r"iCloud ?Drive|iCloud Drive \(.*\)|Mobile Documents|com~apple~CloudDocs", "iCloud"),
    (r"Nextcloud\d*", "Nextcloud"),
    (r"ownCloud\d*", "ownCloud"),
    (r"Jottacloud", "Jottacloud"),
    (r"pCloud(?: ?Drive)?", "pCloud"),
    (r"MEGA(?:sync)?", "MEGA"),
    (r"Proton ?Drive(?:-.*)?", "Proton Drive"),
    (r"Tresorit", "Tresorit"),
    (r"Box(?: ?Sync)?", "Box"),
    (r"Syncthing", "Syncthing"),
    (r"CloudStorage", "a cloud"),
)
#: Files and folders these programs put into the folder they sync.
_MARKERS: tuple[tuple[str, str], ...] = (
    (r"\.dropbox(?:\.cache)?", "Dropbox"),
    (r"\.tmp\.drive(?:download|upload)", "Google Drive"),
    (r"\.849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (r"\.nextcloudsync\.log", "Nextcloud"),
    (r"\.owncloudsync\.log", "ownCloud"),
    (r"\.?_?\.?sync_[0-9a-f]+\.db", "Nextcloud"),
    (r"\.stfolder", "Syncthing"),
    (r"\.SynologyWorkingDirectory", "Synology Drive"),
)
_LARGEST_FOLDER = 5000


def service_of(path: Path) -> str | None:
    """Return the service that syncs a folder, as far as its names and marker files tell; None where nothing does."""
    real = Path(os.path.realpath(path))
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = os.environ.get(variable)
        if root and os.path.isabs(root) and real.is_relative_to(os.path.realpath(root)):
            return "OneDrive"
    for folder in (real, *real.parents):
        found = _named(folder.name, _NAMES) or _marked(folder)
        if found is not None:
            return found
    return None


def _named(name: str, table: tuple[tuple[str, str], ...]) -> str | None:
    return next((service for pattern, service in table if re.fullmatch(pattern, name)), None)


def _marked(folder: Path) -> str | None:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                found = _named(entry.name, _MARKERS) if entry.name.startswith((".", "_")) else None
                if found is not None or number > _LARGEST_FOLDER:
                    return found
    except OSError:
        return None
    return None


#: How such services name a second version of a file that they could not join with the first.
_CONFLICTS = ("conflicted copy", "konfliktkopi", "in konflikt", "sync-conflict", "_conf(")


def is_conflict_copy(name: str) -> bool:
    """Tell whether a file has the name a service gives to a second version it could not join with the first."""
    return any(mark in name.casefold() for mark in _CONFLICTS)
