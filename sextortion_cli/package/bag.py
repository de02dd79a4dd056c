"""
The form of a bag (BagIt 1.0, RFC 8493), as this program writes it: one form for every content, so that a single changed bit shows.

RFC 8493 leaves room (order of lines, capitals in digests, line ends). A package of ours uses none of it, and `lines_of` refuses what does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#: Digests of every file; the length of each in hex.
ALGORITHMS = {"sha256": 64, "sha512": 128}
BAGIT, INFO = "bagit.txt", "bag-info.txt"
PAYLOAD = "data/"
_LINE = {name: re.compile(rb"([0-9a-f]{%d})  ([A-Za-z0-9._/-]{1,180})" % length) for name, length in ALGORITHMS.items()}
_OXUM = re.compile(rb"^Payload-Oxum: ([0-9]{1,20})\.([0-9]{1,10})$", re.MULTILINE)


class Digests(NamedTuple):
    """What a file of a bag is: both digests as hex, and its size in bytes."""

    sha256: str
    sha512: str
    size: int


def manifest(algorithm: str) -> str:
    """Return the name of the manifest of the payload."""
    return f"manifest-{algorithm}.txt"


def tag_manifest(algorithm: str) -> str:
    """Return the name of the manifest of what lies beside the payload."""
    return f"tagmanifest-{algorithm}.txt"


def manifest_text(files: Mapping[str, Digests], algorithm: str) -> bytes:
    """Return a manifest: a line for each file, in the order of the names."""
    return b"".join(f"{getattr(files[name], algorithm)}  {name}\n".encode("ascii") for name in sorted(files))


def lines_of(data: bytes, algorithm: str) -> dict[str, str]:
    """
    Return the digest of every name a manifest lists.

    Raises:
        ValueError: It is not in the one form this program writes.
    """
    found: dict[str, str] = {}
    last = ""
    *lines, rest = data.split(b"\n")
    for line in lines:
        hit = _LINE[algorithm].fullmatch(line)
        name = "" if hit is None else hit[2].decode("ascii")
        if hit is None or name <= last or not is_plain(name):
            raise ValueError("not a manifest as this program writes it")
        found[name] = hit[1].decode("ascii")
        last = name
    if rest:
        raise ValueError("not a manifest as this program writes it")
    return found


def is_plain(name: str) -> bool:
    """Tell whether a name leads to a place below the bag and nowhere else: no empty part, none of dots alone, none hidden."""
    return all(part and not part.startswith(".") and not part.endswith(".") for part in name.split("/"))


def info_text(entries: Iterable[tuple[str, str]]) -> bytes:
    """Return `bag-info.txt` (RFC 8493, 2.2.2); line ends in a value become spaces."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in entries).encode()


def oxum_of(info: bytes) -> tuple[int, int] | None:
    """Return bytes and number of the payload's files, as `bag-info.txt` says; None where it does not say so, or twice."""
    found = _OXUM.findall(info)
    return (int(found[0][0]), int(found[0][1])) if len(found) == 1 else None
