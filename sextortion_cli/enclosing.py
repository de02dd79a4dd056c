"""
A package locked for whoever is to read it: one zip, encrypted with age (https://age-encryption.org/v1) to every recipient.

The zip is made in a private folder, never beside the target. The locked file is opened again with a key made for that alone and
compared, byte for byte by its digest, before it gets its name; that key is kept nowhere.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from sextortion_cli.errors import LockedFileDamaged, MediumFailed, UsageProblem, WrongKey
from sextortion_cli.package.bag import Digests
from sextortion_cli.parcel import ZipParcel
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.regular import digest_of, open_own, read_own
from sextortion_cli.vault import age
from sextortion_cli.words import gettext as _

ENDING = ".zip.age"
_LONGEST = 1 << 16


def recipients_of(names: Sequence[str]) -> tuple[str, ...]:
    """
    Return the public keys that were named, each once: ``age1...`` itself, or a file with one a line.

    Raises:
        UsageProblem: It is neither. NeedsExtra: The library is not there.
    """
    found: dict[str, None] = {}
    for name in names:
        if name == "passphrase":
            raise UsageProblem(message=_("A package under a passphrase is not available yet. Give it by hand, or name an age key: age1..."))
        lines = [name] if name.startswith("age1") else _listed(name)
        for line in lines:
            if not age.is_recipient(line):
                raise UsageProblem(message=_("--to is a public key that begins with age1, or a file with such keys."))
            found[line] = None
    return tuple(found)


def _listed(name: str) -> list[str]:
    try:
        text = read_own(Path(name))[:_LONGEST]
    except OSError:
        raise UsageProblem(message=_("--to is a public key that begins with age1, or a file with such keys.")) from None
    if b"PGP" in text or text[:1] >= b"\x80":
        raise UsageProblem(message=_("OpenPGP keys are not available yet. Ask for an age key, or give the package by hand."))
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    return [line for line in lines if line and not line.startswith("#")] or [""]


class AgeParcel:
    """
    A package that is one zip, locked.

    Args:
        folder: A private one, where the zip is made.
    """

    workers = 1

    def __init__(self, target: Path, recipients: Iterable[str], folder: Path, *, force: bool = False) -> None:
        self._target, self._force = target, force
        self._place = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        self._recipients = tuple(recipients)
        self._plain = folder / f"{secrets.token_hex(8)}.zip"
        self._inner = ZipParcel(self._plain)
        self._named = False
        fileops().close(fileops().create(self._place))  # what may not be written there is found out before the work

    def add(self, name: str, pieces: Iterable[bytes | memoryview], size: int = 0) -> Digests:
        """Write one file into the zip."""
        return self._inner.add(name, pieces, size)

    def seal(self) -> str:
        """
        Lock the zip, open it again and compare; remove the open one, and return the SHA-256 of the locked file.

        Raises:
            MediumFailed: What came back is not what went in.
        """
        self._inner.seal()
        self._inner.publish()
        own = age.new_identity()
        fd = fileops().open_append(self._place)
        try:
            with open_own(self._plain) as stream:
                age.encrypt(stream, lambda data: fileops().write(fd, data), (*self._recipients, age.recipient_of(own)))
            fileops().fsync(fd)
        finally:
            fileops().close(fd)
        back = hashlib.sha256()
        try:
            with open_own(self._place) as stream:
                age.decrypt(stream, back.update, own)
        except (LockedFileDamaged, WrongKey):
            raise MediumFailed() from None
        if back.hexdigest() != digest_of(self._plain):
            raise MediumFailed()
        fileops().unlink(self._plain)
        return digest_of(self._place)

    def publish(self) -> None:
        """Give the locked file its name."""
        if self._force:
            fileops().replace(self._place, self._target)
        else:
            fileops().rename_new(self._place, self._target)
        self._named = True
        fileops().fsync_dir(self._target.parent)

    def abandon(self) -> None:
        """Remove what was written."""
        self._inner.abandon()
        for path in (self._plain, *(() if self._named else (self._place,))):
            if os.path.lexists(path):
                fileops().unlink(path)
