"""A small case with a lock: what every test of this folder locks and opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from sextortion_cli import locking
from sextortion_cli.vault import words
from sextortion_cli.vault.keys import Keys
from tests.store.scenes import SESSION, imported, new, sources

PASSPHRASE = "fire ord uten sammenheng"
WORDS = ("legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful", "legal", "winner", "thank", "yellow")
CASE_KEY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"


def quick_wrapping() -> Any:
    """Make a passphrase cost nothing: scrypt takes seconds and half a gigabyte, on purpose."""
    key = b"not a lock"

    def under(data: bytes, passphrase: str) -> bytes:
        return key + passphrase.encode() + b"\0" + data

    def back(data: bytes, passphrase: str) -> bytes:
        from sextortion_cli.errors import WrongKey

        said, _, rest = data.removeprefix(key).partition(b"\0")
        if said != passphrase.encode():
            raise WrongKey
        return rest

    return patch.multiple("sextortion_cli.vault.age", under_passphrase=under, from_passphrase=back, new_identity=_same_key)


def _same_key() -> str:
    return CASE_KEY


def keys() -> Keys:
    """Return the secret keys of every case here."""
    return Keys(CASE_KEY, words.identity_of(WORDS))


def made(folder: Path, *, imports: bool = True) -> Path:
    """Return a case with some originals and a lock."""
    folder.mkdir(parents=True, exist_ok=True)
    case = folder / "world" / "case"
    case.parent.mkdir()
    new(case, folder)
    if imports:
        imported(case, sources(folder / "files"))
    with quick_wrapping():
        locking.set_up(case, SESSION, PASSPHRASE, WORDS)
    return case


Picture = dict[str, tuple[int, int, bytes | None]]


def picture(case: Path) -> Picture:
    """Return everything in a case folder that is not the lock's: mode, time and bytes by name."""
    outside = {"lock", "key.age", "locked.age", "HOW-TO-OPEN.txt"}
    found: Picture = {}
    for path in sorted(case.rglob("*")):
        name = path.relative_to(case).as_posix()
        if name not in outside:
            status = path.lstat()
            found[name] = (status.st_mode, status.st_mtime_ns, path.read_bytes() if path.is_file() else None)
    return found


def statements(found: Picture) -> dict[str, bytes | None]:
    """Return the bytes of what no access record changes, and no recovery adds."""
    return {name: item[2] for name, item in found.items() if name not in ("log.jsonl", "head") and not name.startswith("quarantine/")}
