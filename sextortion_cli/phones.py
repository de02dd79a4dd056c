"""
A phone that is connected, as a folder: found where systems put it, and looked through for screenshots. Nothing on it is opened or changed.

Only the folders in which phones keep screenshots are listed, never a whole phone. It is done in a thread that is given up after a time: a
locked phone can let a single question hang for ever.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sextortion_cli.errors import PhoneMissing
from sextortion_cli.sources import display

#: Where Android keeps screenshots, below a storage; one more folder (an app's) may lie in it.
_SCREENSHOTS = ((b"Pictures", b"Screenshots"), (b"DCIM", b"Screenshots"))
_PICTURES = (b".png", b".jpg", b".jpeg", b".heic", b".webp")
#: More than this in one folder is not looked at: it is no folder of screenshots.
_MOST = 20_000
_STORAGES = 50
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Screenshot:
    """
    A picture that is, or may be, a screenshot.

    Attributes:
        path: Absolute path as the system's bytes.
        phone: What the phone is called where it is mounted.
        at: When, as ``2026-03-12 21:05:12`` or a day, on the phone's clock (from the name) or this computer's (from the file); None: unknown.
        dated: ``name`` or ``file``: what says so. A file's date may have been set anew on the way.
        is_guess: It is a PNG among the photos, as iPhones keep screenshots: nothing says that it is one.
    """

    path: bytes
    phone: str
    at: str | None
    dated: str
    is_guess: bool

    @property
    def name(self) -> str:
        """Return its file name for people."""
        return display(os.path.basename(self.path))


@dataclass(slots=True)
class Found:
    """What was found: the phones by name, their screenshots with the newest first, and whether a folder held too much to list."""

    phones: list[str] = field(default_factory=list)
    screenshots: list[Screenshot] = field(default_factory=list)
    is_cut: bool = False


def look(root: bytes | None = None, seconds: float = SECONDS) -> Found:
    """
    Look for connected phones and their screenshots.

    Args:
        root: Where a phone is mounted; otherwise the places where systems mount phones and cameras.

    Raises:
        PhoneMissing: There is none, or it does not answer within `seconds`.
    """
    found = Found()
    done = threading.Event()

    def search() -> None:
        for place in [os.path.abspath(root)] if root is not None else places():
            _search(place, found)
        done.set()

    threading.Thread(target=search, name="phone", daemon=True).start()
    if not done.wait(seconds) or not found.phones:
        raise PhoneMissing()
    found.screenshots.sort(key=lambda item: (item.at or "", item.path), reverse=True)
    return found


def places(system: str = sys.platform) -> Iterator[bytes]:
    """Yield the folders in which a phone or a card may be mounted."""
    if system == "win32":
        yield from (f"{letter}:\\".encode() for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
        return
    user = os.getuid() if hasattr(os, "getuid") else 0
    home = os.fsencode(os.path.expanduser("~"))
    # GNOME's mounts, older ones, KDE's, and what a person or the system mounts as a disk
    parents = [b"/Volumes"] if system == "darwin" else [f"/run/user/{user}/gvfs".encode(), os.path.join(home, b".gvfs")]
    if system != "darwin":
        for base in (b"/media", b"/run/media"):
            parents += [base, *_folders(base)]
        parents += [os.path.join(entry, b"mtp") for entry in _folders(f"/run/user/{user}".encode()) if b"kio-fuse" in entry]
    for parent in parents:
        yield from _folders(parent)


def _search(place: bytes, found: Found) -> None:
    """Add what one mounted folder holds, if it looks like a phone."""
    storages = [place, *_folders(place)[:_STORAGES]]
    if not any(
        os.path.isdir(os.path.join(storage, b"DCIM")) or os.path.isdir(os.path.join(storage, *_SCREENSHOTS[0])) for storage in storages
    ):
        return
    phone = _label(place)
    found.phones.append(phone)
    for storage in storages:
        for parts in _SCREENSHOTS:
            folder = os.path.join(storage, *parts)
            for inner in (folder, *_folders(folder)):
                _list(inner, phone, found, lambda name: name.lower().endswith(_PICTURES), is_guess=False)
        camera = os.path.join(storage, b"DCIM")
        for inner in _folders(camera):
            if _is_of_iphone(os.path.basename(inner)):
                _list(inner, phone, found, lambda name: name.lower().endswith(b".png"), is_guess=True)


def _label(place: bytes) -> str:
    """Return what a phone is called where it is mounted: of ``mtp:host=Maker_Model``, what stands behind the sign."""
    name = display(os.path.basename(place.rstrip(b"/\\")) or place)
    return name.rpartition("host=")[2].replace("_", " ").strip() or name


def _is_of_iphone(name: bytes) -> bool:
    """Tell whether a folder under DCIM is one of an iPhone: ``100APPLE``, or by month ``202603__``."""
    return (name[:3].isdigit() and name[3:] == b"APPLE") or (name[:6].isdigit() and name[6:7] == b"_")


def _folders(parent: bytes) -> list[bytes]:
    """Return the folders in a folder by name; never through a link, and none where it cannot be read."""
    return [entry for entry, is_folder in _entries(parent) if is_folder]


def _list(folder: bytes, phone: str, found: Found, wanted: Callable[[bytes], bool], *, is_guess: bool) -> None:
    for number, (path, is_folder) in enumerate(_entries(folder)):
        if number >= _MOST:
            found.is_cut = True
            return
        name = os.path.basename(path)
        if not is_folder and wanted(name) and not name.startswith(b"."):
            at, dated = _when(path)
            found.screenshots.append(Screenshot(path, phone, at, dated, is_guess))


def _entries(folder: bytes) -> list[tuple[bytes, bool]]:
    """Return the plain files and folders in a folder, by name, at most one more than is looked at; what vanishes meanwhile is not there."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if entry.is_dir(follow_symlinks=False):
                        found.append((entry.path, True))
                    elif entry.is_file(follow_symlinks=False):
                        found.append((entry.path, False))
                except OSError:
                    continue
                if len(found) > _MOST:
                    break
    except (OSError, ValueError):
        return []
    return sorted(found)


def _when(path: bytes) -> tuple[str | None, str]:
    """Return when a screenshot was taken and what says so: its name, as most Android phones write it, else the file's own date."""
    digits = "".join(chr(letter) for letter in os.path.basename(path)[:100] if 0x30 <= letter <= 0x39)
    for length, form, shown in ((14, "%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S"), (8, "%Y%m%d", "%Y-%m-%d")):
        if len(digits) >= length and digits.startswith("20"):
            try:
                return datetime.strptime(digits[:length], form).strftime(shown), "name"  # noqa: DTZ007  (the phone's clock, zone unknown)
            except ValueError:
                continue
    try:
        return datetime.fromtimestamp(os.lstat(path).st_mtime).strftime("%Y-%m-%d %H:%M:%S"), "file"  # noqa: DTZ006  (this computer's clock)
    except (OSError, ValueError, OverflowError):
        return None, "file"
