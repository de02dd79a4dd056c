"""The program itself: Python, its libraries, the isolation that holds, the clock, the words of the terminal, the settings file."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sextortion_cli.doctor.finding import Finding
from sextortion_cli.words import N_

#: No clock that is right shows a day before this version was made.
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
_LATEST_YEAR = 2100


def look(settings: Path, *, is_broken: bool) -> Iterator[Finding]:
    """
    Yield what there is to say about this installation.

    Args:
        settings: Where the user's settings file would be.
        is_broken: It is there and cannot be read.
    """
    yield Finding("python", "fine", sys.version.split()[0], N_("This Python is new enough."))
    yield from _libraries()
    yield from _isolation()
    yield from _clock(datetime.now(UTC))
    yield from _words()
    if is_broken:
        yield Finding(
            "settings-broken", "notice", str(settings), N_("Your settings file cannot be read, and is not used."),
            next=N_("Correct it with a text editor, or rename it. It is written in TOML."),
        )  # fmt: skip


def _libraries() -> Iterator[Finding]:
    from sextortion_cli.extract import extras

    for name in ("magic", "re2", "apsw", "msgspec", "pydantic"):
        try:
            importlib.import_module(name)
        except (ImportError, OSError):
            yield Finding(
                "library-missing", "notice", name, N_("A part the program needs does not load: {name}."), N_("What was saved is safe."),
                N_("Install the program again, in a new environment."), (("name", name),),
            )  # fmt: skip
    if not extras.has_sevenzip():
        yield Finding(
            "no-sevenzip", "notice", "py7zr", N_("7z archives are kept closed: the part that opens them is not installed."),
            N_("They are sealed all the same."), N_("Only if you have a 7z: {line}"), (("line", extras.install_line()),),
        )  # fmt: skip


def _isolation() -> Iterator[Finding]:
    """Say which isolation holds around what reads evidence, as a reading really has it."""
    from sextortion_cli.selftest import isolation

    held = isolation()
    weak = [word for word in ("landlock", "seccomp") if word not in held]
    if not held:
        yield Finding(
            "isolation-none", "notice", "readers", N_("The part that reads files apart from everything else does not start."),
            N_("Files are sealed before they are read."), N_("Run: casefile selftest"),
        )  # fmt: skip
    elif weak:
        yield Finding(
            "isolation-reduced", "notice", held, N_("Files are read apart from everything else, but this system does not offer: {weak}."),
            N_("Files are sealed before they are read. The log says which isolation held."), None, (("weak", ", ".join(weak)),),
        )  # fmt: skip
    else:
        yield Finding("isolation", "fine", held, N_("Files are read apart from everything else, fully shut in."))


def _clock(now: datetime) -> Iterator[Finding]:
    if now < _EARLIEST or now.year >= _LATEST_YEAR:
        yield Finding(
            "clock-wrong", "notice", now.date().isoformat(), N_("The clock of this computer seems to be wrong."),
            N_("Records keep their order without it."), N_("Set the clock, then go on. Records that were made keep the time they have."),
        )  # fmt: skip


def _words() -> Iterator[Finding]:
    import locale

    encoding = locale.getpreferredencoding(False)
    if encoding.replace("-", "").lower() not in ("utf8", "cp65001"):
        yield Finding(
            "terminal-encoding", "notice", encoding, N_("The terminal is not set to UTF-8. Letters like æ, ø and å may look wrong."),
            N_("What is saved is right all the same."), N_("Choose a UTF-8 language in the settings of the system."),
        )  # fmt: skip
