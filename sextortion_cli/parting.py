"""A package in parts that are small enough to be carried: each is a bag of its own and can be checked alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sextortion_cli.apportion import Share
from sextortion_cli.errors import UsageProblem
from sextortion_cli.words import gettext as _

_SIZE = re.compile(r"([0-9]{1,9})\s*(kb|mb|gb|kib|mib|gib|)", re.IGNORECASE)
_UNITS = {"": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}
#: What lists, manifests and words take in every part, for each original in it and for all of them.
_EACH, _ALWAYS = 2048, 96 << 10


class Part(NamedTuple):
    """One of several parts: which, of how many, and what goes into it."""

    number: int
    of: int
    share: Share


def size_of(text: str | None) -> int | None:
    """
    Return a size in bytes: ``20MB``, ``20MiB``, ``1000000``; None for none.

    Raises:
        UsageProblem: It is no size.
    """
    if text is None:
        return None
    hit = _SIZE.fullmatch(text.strip())
    if hit is None:
        raise UsageProblem(message=_("--max-size is a number with a unit, like 20MB."))
    return int(hit[1]) * _UNITS[hit[2].lower()]


def parts(share: Share, sizes: Mapping[str, int], most: int | None, always: int, first: int) -> tuple[Part, ...]:
    """
    Return what goes into which part, in the order of the exhibits.

    Args:
        sizes: What each original takes, with all that goes with it.
        most: Bytes a part may have; None for one part.
        always, first: What every part has besides, and the first alone.

    Raises:
        UsageProblem: A single original, or what every part has, is larger than a part may be.
    """
    if most is None:
        return (Part(1, 1, share),)
    groups: list[list[str]] = [[]]
    held = always + first + _ALWAYS
    for name in share.given:
        size = sizes[name] + _EACH
        if held + size > most and (groups[-1] or len(groups) == 1):
            groups.append([])
            held = always + _ALWAYS
        if held + size > most:
            raise UsageProblem(message=_("{exhibit} alone is larger than a part may be. Choose a larger --max-size.").format(exhibit=name))
        groups[-1].append(name)
        held += size
    if always + first + _ALWAYS > most:
        raise UsageProblem(message=_("The reports and the custody log alone are larger than a part may be. Choose a larger --max-size."))
    return tuple(Part(number, len(groups), _only(share, group)) for number, group in enumerate(groups, 1))


def _only(share: Share, group: Sequence[str]) -> Share:
    elsewhere = {name: "other-part" for name in share.given if name not in group}
    return Share(tuple(group), {**share.withheld, **elsewhere}, share.unmatched)


def target_of(target: Path, part: Part) -> Path:
    """Return the name of a part: ``case-1-of-3.zip``."""
    if part.of == 1:
        return target
    endings = (
        "".join(target.suffixes[-2:])
        if target.name.lower().endswith(".zip.age")
        else target.suffix
        if target.suffix.lower() == ".zip"
        else ""
    )
    return target.with_name(f"{target.name.removesuffix(endings)}-{part.number}-of-{part.of}{endings}")
