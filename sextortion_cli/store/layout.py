"""Where things lie in a case folder, relative and in ASCII, so that the folder can be moved, copied and renamed."""

from __future__ import annotations

import re
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
APART = "apart"
CACHE = "cache"
CARD = "help-card-shown"
INDEX = "index.sqlite"
TEMPORARY = "tmp-"
#: The lock (`casefile lock`): the keys under a passphrase, the whole case in one file, the two names that file has on its way
#: in and out, the list of plain files to be removed, and how to open it. `locked.py` says what their presence means.
KEYS = "key.age"
NEW_KEYS = "key.new"
LOCKED = "locked.age"
LOCKING = "locking.age"
OPENED = "opened.age"
PLAIN = "plain.list"
HOW = "HOW-TO-OPEN.txt"
#: What file browsers of the computer put into any folder.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
OUTSIDE = frozenset({LOCK, KEYS, NEW_KEYS, LOCKED, LOCKING, OPENED, PLAIN, HOW})
FOLDERS = (OBJECTS, f"{OBJECTS}/sha256", READINGS, PROOFS, QUARANTINE)


def object_name(sha256: str) -> str:
    """Return the name of the original with this digest, relative to the case, with slashes."""
    return f"{OBJECTS}/sha256/{sha256[:2]}/{sha256}"


def object_path(case: Path, sha256: str) -> Path:
    """Return where the original with this digest lies."""
    return case / object_name(sha256)


def reading_path(case: Path, key: str) -> Path:
    """Return where the reading with this key lies."""
    return case / READINGS / f"{key}.jsonl.gz"


def apart_paths(case: Path, name: str) -> tuple[Path, Path]:
    """Return where an encrypted copy and its key lie."""
    return case / APART / f"{name}.age", case / APART / f"{name}.key"


# Patterns stay text until one is needed: `re` keeps what it compiled, and start-up is measured.
_TEMPORARY = rf"(?:(?:{OBJECTS}|{OBJECTS}/sha256/[0-9a-f]{{2}}|{READINGS}|{QUARANTINE}|{APART})/)?{TEMPORARY}(?:head-)?[0-9a-f]+"
_READING = rf"{READINGS}/[0-9a-f]{{32}}\.jsonl\.gz"
_SET_ASIDE = rf"{QUARANTINE}/(?:torn-line-[0-9a-f]{{16}}|(?:unfinished-(?:head-)?[0-9a-f]+|[0-9a-f]{{32}}\.jsonl\.gz)(?:-[0-9]{{1,6}})?)"
_FOLDER = rf"{OBJECTS}/sha256/[0-9a-f]{{2}}"


def is_temporary(name: str) -> bool:
    """Tell whether a file of this name (relative, with slashes) can be one we were writing when a crash came."""
    return re.fullmatch(_TEMPORARY, name) is not None


def is_reading(name: str) -> bool:
    """Tell whether a reading can lie under this name."""
    return re.fullmatch(_READING, name) is not None


def is_set_aside(name: str) -> bool:
    """Tell whether recovery can have given this name to what it found."""
    return re.fullmatch(_SET_ASIDE, name) is not None


def is_folder(name: str) -> bool:
    """Tell whether a case has, or may have, a folder of this name."""
    return name in FOLDERS or name == APART or re.fullmatch(_FOLDER, name) is not None


def is_unverified(name: str) -> bool:
    """Tell whether a name in the case's top folder is not evidence: the lock, the caches, the index and its journals."""
    return name in (LOCK, CACHE) or name.startswith(INDEX)
