"""The two keys of a case, and the one small file that gives them back to who knows the passphrase."""

from __future__ import annotations

from typing import NamedTuple

from sextortion_cli.errors import LockedFileDamaged
from sextortion_cli.vault import age


class Recipients(NamedTuple):
    """The public halves: whoever has them can lock, nobody can open with them."""

    case: str
    recovery: str


class Keys(NamedTuple):
    """The secret halves (``AGE-SECRET-KEY-1...``)."""

    case: str
    recovery: str

    def recipients(self) -> Recipients:
        """Return the public halves."""
        return Recipients(age.recipient_of(self.case), age.recipient_of(self.recovery))


def wrapped(keys: Keys, passphrase: str) -> bytes:
    """Return the key file: an age identity file under a passphrase, as ``age -d -i`` takes it."""
    return age.under_passphrase(f"{keys.case}\n{keys.recovery}\n".encode("ascii"), passphrase)


def unwrapped(data: bytes, passphrase: str) -> Keys:
    """
    Return the keys of a key file.

    Raises:
        WrongKey, LockedFileDamaged
    """
    lines = age.from_passphrase(data, passphrase).decode("ascii", "replace").split()
    if len(lines) != 2:
        raise LockedFileDamaged()
    return Keys(*lines)
