"""
Streams in the age format (https://age-encryption.org/v1, C2SP `age.md`), by the library `pyrage`, loaded when it is needed.

The library calls `read(count)` and `write(bytes)` of what it is given and turns whatever they raise into an error of its own; here
the first one comes out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from sextortion_cli.errors import LockedFileDamaged, MediumFailed, NeedsExtra, WrongKey

PACKAGE = "pyrage"


class Reads(Protocol):
    """Gives bytes."""

    def read(self, count: int, /) -> bytes | None:
        """Return up to `count` bytes; none means the end."""


Write = Callable[[bytes], None]


def library() -> Any:
    """
    Return the library.

    Raises:
        NeedsExtra: There is none for this machine.
    """
    try:
        import pyrage
    except ImportError:
        raise NeedsExtra(line=f"pip install {PACKAGE}") from None
    return pyrage


class _End:
    """One end of a stream as the library wants it, remembering what was raised in it."""

    def __init__(self, source: Reads | None = None, write: Write | None = None) -> None:
        self._source, self._write = source, write
        self.raised: BaseException | None = None

    def read(self, count: int) -> bytes:
        assert self._source is not None
        return bytes(self._first(self._source.read, count) or b"")

    def write(self, data: bytes) -> int:
        assert self._write is not None
        self._first(self._write, data)
        return len(data)

    def _first(self, act: Callable[[Any], Any], value: Any) -> Any:
        """Act; after something was raised once, the library asks again in vain."""
        if self.raised is not None:
            raise self.raised
        try:
            return act(value)
        except BaseException as error:
            self.raised = error
            raise

    def flush(self) -> None:
        """Nothing is held back here."""


def encrypt(source: Reads, write: Write, recipients: Iterable[str]) -> None:
    """
    Encrypt all of `source` to every one of the recipients (``age1...``).

    Raises:
        MediumFailed: The library could not, and neither end says why. NeedsExtra, and whatever `source` or `write` raise.
    """
    age = library()
    reading, writing = _End(source=source), _End(write=write)
    try:
        age.encrypt_io(reading, writing, [age.x25519.Recipient.from_str(item) for item in recipients])
    except (OSError, age.EncryptError) as error:
        raise reading.raised or writing.raised or MediumFailed() from error


def decrypt(source: Reads, write: Write, identity: str) -> None:
    """
    Decrypt all of `source` with one identity (``AGE-SECRET-KEY-1...``); what was written before an error came is authentic, but not all.

    Raises:
        WrongKey: It is encrypted to others.
        LockedFileDamaged: It is cut, or a bit of it is not as it was.
        NeedsExtra, and whatever `source` or `write` raise.
    """
    age = library()
    reading, writing = _End(source=source), _End(write=write)
    try:
        age.decrypt_io(reading, writing, [age.x25519.Identity.from_str(identity)])
    except (OSError, age.DecryptError) as error:
        raised = reading.raised or writing.raised
        if raised is None and isinstance(error, age.DecryptError) and "matching" in str(error):
            raise WrongKey() from None
        raise raised or LockedFileDamaged() from None


def is_recipient(text: str) -> bool:
    """
    Tell whether a text is a public key.

    Raises:
        NeedsExtra
    """
    age = library()
    try:
        age.x25519.Recipient.from_str(text)
    except age.RecipientError:
        return False
    return True


def is_identity(text: str) -> bool:
    """
    Tell whether a text is a secret key.

    Raises:
        NeedsExtra
    """
    age = library()
    try:
        age.x25519.Identity.from_str(text)
    except age.IdentityError:
        return False
    return True


def new_identity() -> str:
    """Return a new secret key."""
    return str(library().x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public key of a secret one."""
    return str(library().x25519.Identity.from_str(identity).to_public())


def under_passphrase(data: bytes, passphrase: str) -> bytes:
    """Return a few bytes encrypted under a passphrase (scrypt; about two seconds and half a gigabyte, which is what makes guessing slow)."""
    found: bytes = library().passphrase.encrypt(data, passphrase)
    return found


def from_passphrase(data: bytes, passphrase: str) -> bytes:
    """
    Return what was encrypted under a passphrase.

    Raises:
        WrongKey: It is another one.
        LockedFileDamaged: This is no such file.
    """
    age = library()
    try:
        found: bytes = age.passphrase.decrypt(data, passphrase)
    except age.DecryptError as error:
        raise WrongKey() if "Decryption failed" in str(error) or "matching" in str(error) else LockedFileDamaged() from None
    except OSError:
        raise LockedFileDamaged() from None
    return found
