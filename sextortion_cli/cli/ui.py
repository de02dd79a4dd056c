"""The only place that prints: results on stdout, talk on stderr, everything from evidence through the terminal gate."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from sextortion_cli.cli.fit import fit
from sextortion_cli.cli.streams import talk
from sextortion_cli.gates.terminal import safe
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

SCHEMA_VERSION = "1.0"


class Ui:
    """
    One run's output.

    Args:
        as_json: Exactly one JSON object goes to stdout.
        quiet: No talk on stderr.
        verbose: More of it.
        case: The case as it was named on the command line, so that the next command can name it too.
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False, verbose: bool = False, case: str | None = None) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.verbose = verbose
        self.case = case
        self._said: set[str] = set()
        self._progress_at = 0.0
        self._progress_shown = False
        self._started = time.monotonic()

    # -- results -------------------------------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Write to stdout as it is (the text is ours, or already safe)."""
        sys.stdout.write(text)

    def line(self, text: str = "") -> None:
        """Write one line of a human result; whatever it holds from evidence is made safe."""
        self._clear_progress()
        self.write(safe(text) + "\n")

    def result(self, value: dict[str, Any], lines: Iterable[str], *, prose: bool = False) -> None:
        """
        Give a result: the object with ``--json``, otherwise the lines.

        Args:
            prose: The lines are sentences, broken between words to fit the screen; paths and what others wrote never are.
        """
        if self.as_json:
            self.write(_json({"schema_version": SCHEMA_VERSION, **value}) + "\n")
        else:
            self._lines(lines, prose=prose)

    def _lines(self, lines: Iterable[str], *, prose: bool) -> None:
        width = self._screen(sys.stdout) if prose else None
        for text in lines:
            for part in fit(safe(text), width):
                self.line(part)

    def listing(
        self,
        key: str,
        entries: Iterator[dict[str, Any]],
        describe: Any,
        *,
        jsonl: bool = False,
        empty: str | None = None,
        prose: bool = False,
    ) -> int:
        """
        Give a list as a stream: JSON lines, one JSON object, or a line (or more) an entry. Returns how many there were.

        Args:
            describe: Makes the human lines of one entry.
            empty: What to say on stderr when there is none.
        """
        count = 0
        first = next(entries, None)  # what fails at once fails before anything is written
        entries = iter(()) if first is None else itertools.chain((first,), entries)
        if self.as_json and not jsonl:
            self.write(f'{{"schema_version": "{SCHEMA_VERSION}", {_json(key)}: [')
        for entry in entries:
            if jsonl:
                self.write(_json(entry) + "\n")
                sys.stdout.flush()
            elif self.as_json:
                self.write(("\n" if count == 0 else ",\n") + _json(entry))
            else:
                self._lines(describe(entry), prose=prose)
            count += 1
        if self.as_json and not jsonl:
            self.write("]}\n")
        if not count and empty is not None and not (self.as_json or jsonl):
            self.say(empty)
        return count

    # -- talk ----------------------------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say one sentence on stderr."""
        if not self.quiet:
            self._clear_progress()
            for line in fit(safe(text), self._screen(sys.stderr)):
                talk(line + "\n")

    def detail(self, text: str) -> None:
        """Say what only ``--verbose`` wants to know, once."""
        if self.verbose and text not in self._said:
            self._said.add(text)
            self.say(text)

    def unplaced(self, *times: Mapping[str, Any] | None) -> None:
        """Say that a time was kept but not understood, if one was."""
        if any(time is not None and time.get("utc") is None and time.get("local") is None for time in times):
            self.say(_("The time is kept as you wrote it. For its place in the timeline, write it like 2026-03-12 21:05."))

    def next(self, *commands: str) -> None:
        """Name the next useful command, or commands, on stderr: to be copied as they stand."""
        if self.quiet:
            return
        self._clear_progress()
        shown = [safe(self.with_case(command)) for command in commands]
        word, line = _("Next:"), "   /   ".join(shown)
        screen = self._screen(sys.stderr)
        fits = screen is None or len(word) + 2 + len(line) <= screen
        talk(f"{word}  {line}\n" if fits else "".join(f"{word if not at else ' ' * len(word)}  {text}\n" for at, text in enumerate(shown)))

    def with_case(self, text: str) -> str:
        """Name the case in a command that follows one that had to name it."""
        said, program, command = text.partition("casefile ")
        if self.case is None or not program or "--case" in command:
            return text
        import shlex

        return f"{said}casefile --case {shlex.quote(self.case)} {command}"

    def progress(self, what: str, done: int, total: int) -> None:
        """Show how far it is, on stderr: in place on a terminal, otherwise a line every ten seconds."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if self.quiet or now - self._progress_at < (0.2 if terminal else 10.0) or now - self._started < 1.0:
            return
        self._progress_at = now
        text = f"{done} {_(_UNITS[what])}" if not total else f"{done} / {total} {_(_UNITS[what])}"
        if total and done:
            left = (now - self._started) * (total - done) / done
            text += ", " + _("about {seconds} s left").format(seconds=int(left))
        if terminal:
            talk(f"\r\x1b[K{text[: self.width() - 1]}")
            self._progress_shown = True
        else:
            talk(text + "\n")

    def _clear_progress(self) -> None:
        if self._progress_shown:
            talk("\r\x1b[K")
            self._progress_shown = False

    def done(self) -> None:
        """Take the progress line away."""
        self._clear_progress()

    @staticmethod
    def width() -> int:
        """Return the width of the screen, 80 when it is not known."""
        try:
            return max(20, int(os.environ.get("COLUMNS", "")))
        except ValueError:
            try:
                return os.get_terminal_size(sys.stderr.fileno()).columns
            except (OSError, ValueError, AttributeError):
                return 80

    def _screen(self, stream: TextIO) -> int | None:
        """Return the width sentences must fit, None where nobody looks at a screen."""
        return self.width() if stream.isatty() else None

    def ask(self, question: str, choices: tuple[str, ...]) -> str | None:
        """Put one question with numbered answers (or a free one); None means it was skipped."""
        from sextortion_cli.cli.question import ask

        self._clear_progress()
        return ask(question, choices, self.width())


_UNITS = {"files": N_("files"), "bytes": N_("bytes"), "messages": N_("messages")}


def _json(value: object) -> str:
    import json  # start-up is measured, and most commands talk to people

    return json.dumps(value, ensure_ascii=False)


def problem(error: dict[str, object], *, as_json: bool) -> None:
    """Say on stderr what went wrong: three sentences, or one JSON object."""
    if as_json:
        talk(_json({"error": error}) + "\n")
        return
    terminal = sys.stderr.isatty()
    if terminal:
        talk("\r\x1b[K")  # a line of progress may still stand there
    for key in ("message", "safe", "next"):
        if error.get(key):
            for line in fit(safe(str(error[key])), Ui.width() if terminal else None):
                talk(line + "\n")
