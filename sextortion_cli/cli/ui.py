"""The only place that prints: results on stdout, talk on stderr, everything from evidence through the terminal gate."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

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
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False, verbose: bool = False) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.verbose = verbose
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

    def result(self, value: dict[str, Any], lines: Iterable[str]) -> None:
        """Give a result: the object with ``--json``, otherwise the lines."""
        if self.as_json:
            self.write(json.dumps({"schema_version": SCHEMA_VERSION, **value}, ensure_ascii=False) + "\n")
        else:
            for text in lines:
                self.line(text)

    def listing(self, key: str, entries: Iterator[dict[str, Any]], describe: Any, *, jsonl: bool = False, empty: str | None = None) -> int:
        """
        Give a list as a stream: JSON lines, one JSON object, or a line (or more) an entry. Returns how many there were.

        Args:
            describe: Makes the human lines of one entry.
            empty: What to say on stderr when there is none.
        """
        count = 0
        if self.as_json and not jsonl:
            self.write(f'{{"schema_version": "{SCHEMA_VERSION}", {json.dumps(key)}: [')
        for entry in entries:
            if jsonl:
                self.write(json.dumps(entry, ensure_ascii=False) + "\n")
                sys.stdout.flush()
            elif self.as_json:
                self.write(("\n" if count == 0 else ",\n") + json.dumps(entry, ensure_ascii=False))
            else:
                for text in describe(entry):
                    self.line(text)
            count += 1
        if self.as_json and not jsonl:
            self.write("]}\n")
        if not count and empty is not None and not (self.as_json or jsonl):
            self.say(empty)
        return count

    # -- talk ----------------------------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say one line on stderr."""
        if not self.quiet:
            self._clear_progress()
            sys.stderr.write(safe(text) + "\n")

    def next(self, command: str) -> None:
        """Name the next useful command on stderr."""
        self.say(_("Next:") + f"  {command}")

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
            sys.stderr.write(f"\r\x1b[K{text[: self.width() - 1]}")
            self._progress_shown = True
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def _clear_progress(self) -> None:
        if self._progress_shown:
            sys.stderr.write("\r\x1b[K")
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

    def ask(self, question: str, choices: tuple[str, ...]) -> str | None:
        """Put one question with numbered answers (or a free one); empty means: skip."""
        self._clear_progress()
        sys.stderr.write("\n" + question + "\n")
        for number, choice in enumerate(choices, 1):
            sys.stderr.write(f"  {number}  {choice}\n")
        while True:
            sys.stderr.write(_("Number, or Enter to skip: ") if choices else _("Answer, or Enter to skip: "))
            sys.stderr.flush()
            answer = sys.stdin.readline()
            text = answer.strip()
            if not answer or not text:
                return None
            if not choices:
                return text
            if text.isdigit() and 1 <= int(text) <= len(choices):
                return choices[int(text) - 1]


_UNITS = {"files": N_("files"), "bytes": N_("bytes"), "messages": N_("messages")}


def problem(name: str, error: dict[str, object], *, as_json: bool) -> None:
    """Say on stderr what went wrong: three sentences, or one JSON object."""
    del name
    if as_json:
        sys.stderr.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
        return
    for key in ("message", "safe", "next"):
        if error.get(key):
            sys.stderr.write(safe(str(error[key])) + "\n")
