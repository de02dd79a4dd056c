"""From phone to computer: the steps for a phone and a computer, and what each way changes, from the reviewed data file."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sextortion_cli.guide.platforms import Source
from sextortion_cli.words import N_, translator

PHONES = ("iphone", "android")
COMPUTERS = ("linux", "windows", "macos")


@dataclass(frozen=True)
class Move:
    """One step, in the language asked for; `is_sure` says whether somebody tried it or read it where it is certain."""

    text: str
    source: Source
    is_sure: bool
    commands: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape of a step of `guide`."""
        return {
            "text": self.text,
            "source": self.source.name,
            "source_date": self.source.seen.isoformat(),
            "source_of": self.source.of,
            "sure": self.is_sure,
            "commands": list(self.commands),
        }


@dataclass(frozen=True)
class Part:
    """A part of the guide with its heading."""

    id: str
    title: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Way:
    """What a way from the phone changes; `id` is a value of `import --via`."""

    id: str
    text: str
    is_sure: bool
    source: Source


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("sextortion_cli.guide").joinpath("data/phone.toml").read_text(encoding="utf-8"))


@functools.cache
def sources() -> Mapping[str, Source]:
    """Return every source by its name in the file."""
    return {key: Source(entry["name"], entry["seen"], entry.get("of")) for key, entry in _data()["source"].items()}


def parts(language: str, phone: str | None = None, computer: str | None = None) -> list[Part]:
    """Return the parts for this phone and computer in the order in which they are done; None means every one."""
    found = []
    for kind in (phone,) if phone else PHONES:
        found.append(_part(language, kind, _data()["phone"][kind]))
        for system in (computer,) if computer else COMPUTERS:
            found.append(_part(language, f"{kind}-{system}", _data()["path"][f"{kind}-{system}"]))
    found.append(_part(language, "chats", _data()["chats"]))
    return found


def _part(language: str, identity: str, entry: Mapping[str, Any]) -> Part:
    say = translator(language)
    moves = (
        Move(say(step["text"]), sources()[step["source"]], bool(step.get("sure", True)), tuple(step.get("commands", ())))
        for step in entry["steps"]
    )
    return Part(identity, say(entry["title"]), tuple(moves))


def ways(language: str) -> list[Way]:
    """Return what each way changes, in the order in which they are to be preferred."""
    say = translator(language)
    return [
        Way(key, say(entry["text"]), bool(entry.get("sure", True)), sources()[entry["source"]]) for key, entry in _data()["way"].items()
    ]


#: Headings and sentences around the parts.
WAYS_TITLE = N_("What each way changes")
UNSURE = N_("Menus move from version to version. Something is not where it should be? Look nearby.")
