"""Where things lie in a case folder, relative and in ASCII, so that the folder can be moved, copied and renamed."""

from __future__ import annotations

from pathlib import Path

FORMAT_VERSION = 1
CASE_FILE = "case.json"
README = "README.txt"
LOG = "log.jsonl"
HEAD = "head"
LOCK = "lock"
OBJECTS = "objects"
READINGS = "readings"
PROOFS = "proofs"
QUARANTINE = "quarantine"
CACHE = "cache"
INDEX = "index.sqlite"
TEMPORARY = "tmp-"
FOLDERS = (OBJECTS, f"{OBJECTS}/sha256", READINGS, PROOFS, QUARANTINE)


def object_path(case: Path, sha256: str) -> Path:
    """Return where the original with this digest lies."""
    return case / OBJECTS / "sha256" / sha256[:2] / sha256


def reading_path(case: Path, key: str) -> Path:
    """Return where the reading with this key lies."""
    return case / READINGS / f"{key}.jsonl.gz"


def is_unverified(name: str) -> bool:
    """Tell whether a name in the case's top folder is not evidence: the lock, the caches, the index and its journals."""
    return name in (LOCK, CACHE) or name.startswith(INDEX)
