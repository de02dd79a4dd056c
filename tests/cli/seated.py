"""Somebody in front of guided mode, without a terminal: what they type is a list, what they see is a text."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.cli import settings
from sextortion_cli.cli.asking.run import run
from sextortion_cli.cli.here import Here
from sextortion_cli.cli.settings import Globals
from sextortion_cli.cli.ui import Ui
from sextortion_cli.words import use_language

CTRL_C = "\x03"


class Typed:
    """A keyboard from a list: ``CTRL_C`` interrupts, a text with line breaks is pasted, the end is Ctrl-D."""

    def __init__(self, keys: list[str], shown: io.StringIO) -> None:
        self.keys = list(keys)
        self.shown = shown
        self.asked = 0
        self._rest: list[bytes] = []

    def line(self) -> bytes | None:
        self.asked += 1
        key = self.keys.pop(0) if self.keys else None
        if key == CTRL_C:
            raise KeyboardInterrupt
        if key is None:
            return None
        first, *rest = key.encode("utf-8", "surrogateescape").split(b"\n")
        self._rest = rest
        self.shown.write(f"‹{key}›\n")
        return first

    def rest(self) -> list[bytes]:
        found, self._rest = self._rest, []
        return found

    def paste(self) -> bytes:
        return self.keys.pop(0).encode("utf-8", "surrogateescape")


def sit(
    keys: list[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    language: str = "en",
    case: Path | None = None,
    paper: bool = False,
    columns: int = 60,
) -> tuple[int, dict[str, Any], str, Typed]:
    """Go through guided mode once, in this process, and return status, final object, what the screen showed, and the keyboard."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(settings, "_settings", None)
    use_language(language)
    options = Globals()
    options.language, options.case = language, None if case is None else str(case)
    shown = io.StringIO()
    keyboard = Typed(keys, shown)
    with contextlib.redirect_stderr(shown):
        status, found = run(Here(options, Ui(case=options.case)), keyboard, from_paper=paper)
    use_language("en")
    return status, found, shown.getvalue(), keyboard


def log(case: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (case / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def stated(case: Path) -> list[tuple[str, str | None]]:
    """Return (type, kind of event) of every statement, in order."""
    kinds = ("contact", "device", "event", "note", "not-collected")
    return [(record["type"], record["data"].get("kind")) for record in log(case) if record["type"] in kinds]


def home() -> Path:
    return Path(os.environ["HOME"])
