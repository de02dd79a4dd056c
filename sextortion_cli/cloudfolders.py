"""Whether a folder is one that a program sends to a cloud: told from its name and from what lies in it. Nothing is asked and nothing is changed."""

from __future__ import annotations

import os
from pathlib import Path

#: How folders of such services are called, or begin (``OneDrive - School``), without regard to case.
_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "jottacloud": "Jottacloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "proton drive": "Proton Drive",
    "box": "Box",
    "box sync": "Box",
    "tresorit": "Tresorit",
    "syncthing": "Syncthing",
}
#: Files and folders the services keep in the folder they send.
_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".sync_journal": "Nextcloud",
}
#: Variables that name the folder (Windows).
_VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}
#: Of these names, only the whole counts: they begin many others.
_WHOLE = frozenset({"box", "mega", "my drive"})
_CONFLICTS = ("conflicted copy", "konfliktkopi", "in konflikt", "sync-conflict", "_conf(")


def cloud_of(path: Path) -> str | None:
    """Return the service that seems to send this folder, or one above it, somewhere; None when nothing says so."""
    place = Path(os.path.realpath(path))
    for variable, service in _VARIABLES.items():
        named = os.environ.get(variable)
        if named and (place == Path(named) or Path(named) in place.parents):
            return service
    for folder in (place, *place.parents):
        if folder.parent.name == "CloudStorage":  # macOS: ~/Library/CloudStorage/GoogleDrive-name
            return _NAMES.get(folder.name.partition("-")[0].casefold(), folder.name.partition("-")[0])
        found = _by_name(folder.name) or next((service for mark, service in _MARKS.items() if os.path.lexists(folder / mark)), None)
        if found is not None:
            return found
    return None


def _by_name(name: str) -> str | None:
    plain = name.casefold()
    for known, service in _NAMES.items():
        if plain == known or (known not in _WHOLE and plain.startswith((known + " ", known + "-", known + " ("))):
            return service
    return None


def is_conflict_copy(name: str) -> bool:
    """Tell whether a file has the name a service gives to a second version it could not join with the first."""
    return any(mark in name.casefold() for mark in _CONFLICTS)
