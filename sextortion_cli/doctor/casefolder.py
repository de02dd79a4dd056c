"""The case: what `verify` finds, put into words a person can act on; who writes in it; whether its index is current."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sextortion_cli.doctor.finding import Finding
from sextortion_cli.errors import Problem
from sextortion_cli.store import layout, platform
from sextortion_cli.store.verify import Result
from sextortion_cli.store.verify import verify as check
from sextortion_cli.words import N_

_KEEP = N_("Your originals outside the case are untouched.")
_COPY = N_("Change nothing in the folder. Copy it as it is, then look at all of it: casefile verify")
_NEXT_WRITE = N_("Nothing to do: the next command that saves something puts it in order, and records that.")
_WHOLE = N_("Everything that was promised as saved is there.")
#: Of what `verify` finds: what is safe, and the next step. By the beginning of the code.
_ADVICE: tuple[tuple[str, str, str | None], ...] = (
    ("log-forked", N_("Both continuations are kept in the folders they come from."), _COPY),
    ("reading-missing", N_("The original is there."), N_("Make it again: casefile reread EXHIBIT")),
    ("reference-present", N_("The original is where it was."), None),
    ("reference-moved", N_("The original is there, under another name."), N_("Give it its old name, or import it again from where it is.")),
    (
        "reference-",
        N_("Its size and digest are in the log."),
        N_("Look for the original where it may lie now, and import it again by reference."),
    ),
    ("system-file", N_("It belongs to the computer, not to the case."), N_("It may be deleted, or stay.")),
    ("head-signed", _WHOLE, None),
)


def look(case: Path, *, full: bool, progress: Callable[[int, int], None] | None = None) -> tuple[list[Finding], Result]:
    """
    Return what there is to say about a case, and what `verify` found.

    Args:
        full: Hash every original again; otherwise their size is compared.

    Raises:
        NoCaseHere: There is none.
    """
    result = check(case, progress, contents=full)
    found = [_explained(item.code, item.severity, item.subject, item.detail) for item in result.findings]
    if result.newer:
        found.append(
            Finding(
                "newer-format", "notice", layout.CASE_FILE, N_("This case was made by a newer version of this program."),
                N_("It is read, never written, by this one."), N_("Update the program, then try again."),
            )
        )  # fmt: skip
    found += [*_lock(case), *_index(case)]
    if result.ok and not full:
        found.append(
            Finding(
                "quick-look", "fine", str(case), N_("The log is whole, and every original is there in its size. Its bytes were not read again."),
                next=N_("To read every byte: casefile verify"),
            )
        )  # fmt: skip
    return found, result


def _explained(code: str, severity: str, subject: str, detail: str) -> Finding:
    for beginning, safe, following in _ADVICE:
        if code.startswith(beginning):
            return Finding(code, severity, subject, detail, safe, following)  # type: ignore[arg-type]
    if severity == "difference":
        return Finding(code, "difference", subject, detail, _KEEP, _COPY)
    if severity == "remnant":
        return Finding(code, "remnant", subject, detail, _WHOLE, _NEXT_WRITE)
    return Finding(code, "notice", subject, detail, _WHOLE)


def _lock(case: Path) -> Iterator[Finding]:
    """Say whether somebody writes right now: the lock is tried and let go at once, which changes nothing."""
    try:
        fd = os.open(case / layout.LOCK, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return
    try:
        if not platform.lock_exclusive(fd):
            yield Finding(
                "locked", "notice", layout.LOCK, N_("Another program is writing in this case right now{who}."), _WHOLE,
                N_("Wait until it is done. If it hangs, end it: what it saved is safe."), (("who", _holder(case)),),
            )  # fmt: skip
    except OSError:
        return
    finally:
        os.close(fd)


def _holder(case: Path) -> str:
    """Return the number of the process that holds the lock, where the system says it (Linux)."""
    try:
        inode = (case / layout.LOCK).stat().st_ino
        held = Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return ""
    numbers = [line.split()[4] for line in held if len(line.split()) > 5 and line.split()[5].endswith(f":{inode}")]
    return f" (process {numbers[0]})" if numbers else ""


def _index(case: Path) -> Iterator[Finding]:
    from sextortion_cli.store.case import open_case
    from sextortion_cli.store.reindex import current_readings, open_current

    try:
        opened = open_case(case)
    except (Problem, OSError):
        return
    if current_readings(opened.book):
        index = open_current(opened)
        if index is None:
            yield Finding(
                "index-stale", "notice", layout.INDEX, N_("The index is missing or old. It is made from the readings, and holds nothing of its own."),
                _WHOLE, N_("Nothing to do: the next command that needs it makes it again."),
            )  # fmt: skip
        else:
            index.close()
    unfinished = [seq for seq in opened.book.imports if seq not in opened.book.finished]
    if unfinished:
        yield Finding(
            "import-unfinished", "notice", layout.LOG, N_("An import did not come to its end ({count})."), _WHOLE,
            N_("Give the same import again: it goes on where it stopped. Or: casefile start"), (("count", len(unfinished)),),
        )  # fmt: skip
