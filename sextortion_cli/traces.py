"""
What this program and its use left on this computer: found by looking, and taken away only where it is ours alone.

Never changed: command histories, lists of recent files, chats, browsers. They may show what the extorter did, so they may be evidence.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sextortion_cli.errors import ReadOnlyCase, UsageProblem
from sextortion_cli.store.fileops import fileops, private_folders, remove_private, remove_settings, rewrite
from sextortion_cli.synced import service_of
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

_NAMES = (b"casefile", b"sextortion")
_COMPLETION = b"_CASEFILE_COMPLETE"
_LARGEST_DOT_FILE = 4 << 20
_LARGEST_HISTORY = 256 << 20
_PACKAGE = "sextortion-cli"


class Trace(NamedTuple):
    """
    One thing that was left.

    Attributes:
        id: To name it by; the same for the same thing as long as it is there.
        kind: ``shell-history``, ``recent-files``, ``program``, ``cache``, ``completion``, ``temporary``, ``settings``, ``cloud``, ``modes``.
        detail: A sentence: what it is, and what the person can do.
        removable: It is ours alone: ``--remove`` takes it away.
    """

    id: str
    kind: str
    path: Path
    detail: str
    removable: bool

    def as_json(self) -> dict[str, object]:
        """Return the keys of the command line contract."""
        return {"id": self.id, "kind": self.kind, "path": str(self.path), "detail": self.detail, "removable": self.removable}


def find(case: Path | None, scripts: Iterable[str]) -> Iterator[Trace]:
    """
    Yield what was left.

    Args:
        case: The case it is about, if there is one.
        scripts: What `completion` prints, for every shell.
    """
    yield from _case(case)
    yield from _histories(case)
    yield from _recent(case)
    yield from _completion(tuple(script.encode() for script in scripts))
    for folder in private_folders():
        yield _trace("temporary", folder, _TEMPORARY, removable=True)
    if settings_folder().is_dir():
        yield _trace("settings", settings_folder(), _SETTINGS, removable=True)
    yield from _installed()


def remove(trace: Trace, scripts: Iterable[str]) -> None:
    """
    Take one trace away.

    Raises:
        UsageProblem: It is not ours to remove, or not there any more as it was. ReadOnlyCase: It cannot be written.
    """
    if not trace.removable:
        raise UsageProblem(message=_("This may be evidence, or not ours alone, so it stays: {path}").format(path=trace.path))
    try:
        if trace.kind == "temporary":
            remove_private(trace.path)
        elif trace.kind == "settings":
            remove_settings(trace.path)
        else:
            _remove_completion(trace.path, tuple(script.encode() for script in scripts))
    except ValueError:
        raise UsageProblem(message=_("This is not as it was. Nothing was removed: {path}").format(path=trace.path)) from None
    except PermissionError:
        raise ReadOnlyCase() from None


def settings_folder() -> Path:
    """Return the folder of the person's settings."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "casefile"


def _trace(kind: str, path: Path, detail: str, *, removable: bool = False, **values: object) -> Trace:
    identity = hashlib.sha256(f"{kind}\n{os.fsencode(path)!r}".encode()).hexdigest()[:8]
    return Trace(f"{kind}-{identity}", kind, path, _(detail).format(**values), removable)


# -- the case ----------------------------------------------------------------------------------------------------------------------


def _case(case: Path | None) -> Iterator[Trace]:
    if case is None:
        return
    service = service_of(case)
    if service is not None:
        yield _trace("cloud", case, _CLOUD, service=service)
    if os.name == "posix" and stat.S_IMODE(case.stat().st_mode) & 0o077:
        yield _trace("modes", case, _MODES)


# -- what other programs keep --------------------------------------------------------------------------------------------------------


def _histories(case: Path | None) -> Iterator[Trace]:
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    places = [
        Path(os.environ.get("HISTFILE") or home / ".bash_history"),
        home / ".bash_history",
        home / ".zsh_history",
        home / ".histfile",
        data / "fish" / "fish_history",
        data / "powershell" / "PSReadLine" / "ConsoleHost_history.txt",
    ]
    if os.environ.get("APPDATA"):
        places.append(Path(os.environ["APPDATA"]) / "Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt")
    for path in dict.fromkeys(places):
        count = _lines_that_name_us(path, case)
        if count:
            yield _trace("shell-history", path, _HISTORY, count=count)


def _recent(case: Path | None) -> Iterator[Trace]:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    path = data / "recently-used.xbel"
    count = _lines_that_name_us(path, case, only=b"<bookmark ")
    if count:
        yield _trace("recent-files", path, _RECENT, count=count)
    if os.environ.get("APPDATA"):
        folder = Path(os.environ["APPDATA"]) / "Microsoft/Windows/Recent"
        names = [os.fsencode(name) for name in _names_in(folder)]
        count = sum(_names_us(name, case) for name in names)
        if count:
            yield _trace("recent-files", folder, _RECENT, count=count)


def _lines_that_name_us(path: Path, case: Path | None, only: bytes = b"") -> int:
    """Return how many lines of a file name the program or the case's folder. It is only read."""
    count = 0
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > _LARGEST_HISTORY:
            return 0
        with path.open("rb") as stream:
            while line := stream.readline(1 << 16):
                count += only in line and _names_us(line, case)
    except OSError:
        return count
    return count


def _names_us(line: bytes, case: Path | None) -> bool:
    lowered = line.lower()
    if any(name in lowered for name in _NAMES):
        return True
    return case is not None and len(case.parts) > 2 and os.fsencode(case).lower() in lowered


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


# -- the program ---------------------------------------------------------------------------------------------------------------------


def _installed() -> Iterator[Trace]:
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    root = Path(__file__).resolve().parent.parent
    clone = (root / ".git").exists()
    yield _trace("program", root if clone else root / "sextortion_cli", _CLONE if clone else _PROGRAM)
    environments = (data / "pipx" / "venvs", home / ".local" / "pipx" / "venvs", data / "uv" / "tools")
    for folder in (place / _PACKAGE for place in environments):
        if folder.is_dir() and not Path(sys.prefix).is_relative_to(folder):
            yield _trace("program", folder, _ENVIRONMENT)
    for name in ("casefile", _PACKAGE):
        place = home / ".local" / "bin" / name
        if os.path.lexists(place):
            yield _trace("program", place, _PROGRAM)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    for folder in (cache / "pip", home / "Library" / "Caches" / "pip", cache / "uv"):
        if any(_package_files(folder)):
            yield _trace("cache", folder, _CACHE)


def _package_files(folder: Path) -> Iterator[Path]:
    """Yield what a package cache keeps of ours by name."""
    for place, folders, files in os.walk(folder):
        if place.count(os.sep) - str(folder).count(os.sep) > 6:
            folders.clear()
        for name in (*files, *folders):
            if name.lower().startswith(("sextortion_cli", _PACKAGE)):
                yield Path(place) / name


def _completion(scripts: tuple[bytes, ...]) -> Iterator[Trace]:
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    places = [home / name for name in (".bashrc", ".bash_profile", ".profile", ".zshrc", ".zprofile")]
    places += [config / "fish" / "completions" / "casefile.fish", config / "powershell" / "Microsoft.PowerShell_profile.ps1"]
    for path in places:
        data = _small(path)
        if data is not None and _COMPLETION in data:
            ours = _COMPLETION not in _without(data, scripts)
            yield _trace("completion", path, _COMPLETION_OURS if ours else _COMPLETION_CHANGED, removable=ours)


def _small(path: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > _LARGEST_DOT_FILE:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _without(data: bytes, scripts: tuple[bytes, ...]) -> bytes:
    """Return a file without what `completion` printed, letter for letter."""
    for script in scripts:
        data = data.replace(script, b"")
    return data


def _remove_completion(path: Path, scripts: tuple[bytes, ...]) -> None:
    data = _small(path)
    rest = data if data is None else _without(data, scripts)
    if data is None or rest is None or _COMPLETION in rest or rest == data:
        raise ValueError("not what completion printed")
    if not rest.strip() and path.name == "casefile.fish":
        fileops().unlink(path)
    else:
        rewrite(path, rest)


_HISTORY = N_(
    "Lines in your command history that name this program or the case: {count}. It may be evidence, so it is not changed. "
    "If you decide to take them out, do it yourself, with an editor, after the police have what they need."
)
_RECENT = N_("Entries in the list of recently used files: {count}. It is not changed. Your system's privacy settings can clear it.")
_CLONE = N_("The folder the program was fetched into. Delete it yourself when you do not need it any more.")
_PROGRAM = N_("The program itself. It goes the way it came: pipx uninstall sextortion-cli, or pip uninstall sextortion-cli.")
_ENVIRONMENT = N_("Another installation of the program. It goes the way it came, for example: pipx uninstall sextortion-cli")
_CACHE = N_("Copies of the program that an installer keeps. Clear them with: pip cache purge, or uv cache clean.")
_COMPLETION_OURS = N_("Lines for completing commands, exactly as this program printed them. They can be taken out.")
_COMPLETION_CHANGED = N_("Lines for completing commands, not as this program printed them. Take them out yourself, with an editor.")
_TEMPORARY = N_("A temporary folder of this program: of a command that runs now, or of one that was killed.")
_SETTINGS = N_("Your settings for this program: language, country, name. Whatever keys lie there go too, and do not come back.")
_CLOUD = N_("The case lies in a folder that {service} syncs. What is in it goes to the cloud too, with its history. Move the whole folder.")
_MODES = N_("Other accounts of this computer may look into the case's folder. Close it: chmod 700, and the folder's name.")
