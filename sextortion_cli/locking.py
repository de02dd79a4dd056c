"""
Lock a case and open it again: the whole folder in one age file, to a case key and a recovery key (decision 0019).

    lock      1  make the stream of every file, encrypt it, sync it                    locking.age
              2  decrypt it with each key and compare every byte with the files
              3  write the list of plain files, give the locked file its name          locked.age  plain.list
              4  remove what is in the list, then the list                             locked.age
    unlock    1  write the list of what comes, then write out every file, sync them    locked.age  plain.list
              2  decrypt it again and compare every byte with the files, verify them
              3  give the locked file another name                                     opened.age  plain.list
              4  drop it                                                               (nothing)

Whatever comes between, `store/locked.py` finishes or undoes it without a key.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sextortion_cli.errors import (
    AnotherWriter,
    CaseDamaged,
    FilesInTheWay,
    LockedFileDamaged,
    LockNotSetUp,
    MediumFailed,
    NoCaseHere,
    NoRoomToLock,
    UsageProblem,
)
from sextortion_cli.model.session import Session
from sextortion_cli.store import case as cases
from sextortion_cli.store import layout, locked, platform
from sextortion_cli.store.fileops import fileops
from sextortion_cli.store.lock import WriterLock
from sextortion_cli.store.regular import open_own, read_own
from sextortion_cli.store.space import space_needed
from sextortion_cli.store.verify import verify
from sextortion_cli.store.writeout import WriteOut
from sextortion_cli.vault import age, tar, words
from sextortion_cli.vault.keys import Keys, Recipients, unwrapped, wrapped
from sextortion_cli.words import gettext as _

#: The first member of a locked file: what is in it, so that it is known before anything is written out.
LIST_NAME = b"cache/plain.list"
SHORTEST_PASSPHRASE = 10
WORDS = words.COUNT
_SLACK = 8 << 20
_SAMPLE = 16 << 20
Progress = Callable[[int, int], None]


class Plan(NamedTuple):
    """
    What locking would do, before it does.

    Attributes:
        files, size: Of the case, in bytes.
        seconds: How long it will take about, from a measurement just made on this disk.
        free: Bytes free on the medium.
    """

    files: int
    size: int
    seconds: float
    free: int


class Locked(NamedTuple):
    """What was done: the case's folder, the size of its locked file, the seconds it took, and files that came meanwhile and lie there open."""

    path: Path
    size: int
    seconds: float
    stayed: tuple[str, ...] = ()


class Unlocked(NamedTuple):
    """The case that is open again; `ok` when nothing in it differs from its log."""

    path: Path
    case_id: str
    fingerprint: str
    ok: bool


# -- setting up --------------------------------------------------------------------------------------------------------------------


def is_set_up(path: Path) -> bool:
    """Tell whether a case has a lock, or was meant to get one."""
    return cases.open_case(path).book.lock_set_up is not None


def new_words() -> tuple[str, ...]:
    """Return the words of a new recovery key."""
    return words.new_words()


def check_passphrase(text: str) -> None:
    """
    Raise unless a passphrase is long enough to be one.

    Raises:
        UsageProblem
    """
    if len(text) < SHORTEST_PASSPHRASE:
        said = _("A passphrase has at least {count} letters. Four words that have nothing to do with each other are good.")
        raise UsageProblem(message=said.format(count=SHORTEST_PASSPHRASE))


def set_up(path: Path, session: Session, passphrase: str, recovery: tuple[str, ...]) -> Recipients:
    """
    Give a case its keys: a new one under the passphrase, and the one the recovery words stand for. Both are tried before they are kept.

    Raises:
        UsageProblem, NeedsExtra, and what `writing` raises.
    """
    check_passphrase(passphrase)
    keys = Keys(age.new_identity(), words.identity_of(recovery))
    data = wrapped(keys, passphrase)
    if unwrapped(data, passphrase) != keys:
        raise MediumFailed()
    recipients = keys.recipients()
    with cases.writing(path, session) as writer:
        locked.write_file(writer.case.path / layout.NEW_KEYS, [data])
        locked.commit(writer.case.path, layout.NEW_KEYS, layout.KEYS)
        about = {"recipients": recipients._asdict(), "key_file_sha256": hashlib.sha256(data).hexdigest()}
        writer.record("lock-set-up", {"case_id": writer.case.case_id}, about)
        writer.commit()
    return recipients


# -- locking -----------------------------------------------------------------------------------------------------------------------


def keys_from_passphrase(path: Path, passphrase: str) -> Keys:
    """
    Return the secret keys of a case.

    Raises:
        LockNotSetUp, WrongKey, LockedFileDamaged, NeedsExtra
    """
    try:
        data = read_own(path / layout.KEYS)
    except OSError:
        raise LockNotSetUp() from None
    return unwrapped(data, passphrase)


def recipients_of(path: Path) -> Recipients:
    """
    Return the public keys a case is locked with: those its log names. A key file that is another one opens nothing, and is refused.

    Raises:
        LockNotSetUp, and what `open_case` raises.
    """
    return _recipients(cases.open_case(path))


def _recipients(case: cases.Case) -> Recipients:
    record = case.book.lock_set_up
    try:
        if record is None or hashlib.sha256(read_own(case.path / layout.KEYS)).hexdigest() != record["data"]["key_file_sha256"]:
            raise LockNotSetUp()
    except OSError:
        raise LockNotSetUp() from None
    return Recipients(**record["data"]["recipients"])


def plan(path: Path, passes: int = 3, *, measure: bool = True) -> Plan:
    """
    Say how large a case is and how long it will take: the computer and the disk are measured with a few MB that are removed again.

    Args:
        passes: How often the content is encrypted or decrypted.
        measure: Otherwise nothing is written, and how long it takes is not said.
    """
    files = size = 0
    for entry in locked.entries(path):
        files, size = files + 1, size + _length(entry)
    seconds = 0.0
    if measure:
        with space_needed(), WriterLock(path):
            locked.settle(path)
            seconds = size * passes / _speed(path, min(_SAMPLE, max(size, 1)))
    return Plan(files, size, seconds, shutil.disk_usage(path).free)


def _speed(path: Path, count: int) -> float:
    """Return bytes a second, of a few random bytes encrypted to a synced file and read back. Locking does no more for a byte, thrice."""
    identity = age.new_identity()
    place = path / layout.LOCKING
    data = os.urandom(1 << 20)
    started = time.perf_counter()
    try:
        _encrypted(place, (data[: min(len(data), count - at)] for at in range(0, count, len(data))), (age.recipient_of(identity),))
        with open_own(place) as stream:
            age.decrypt(stream, lambda piece: None, identity)
    finally:
        if place.exists():
            fileops().unlink(place)
    return 2 * count / (time.perf_counter() - started)


def lock(path: Path, session: Session, keys: Keys | None, progress: Progress = lambda done, total: None) -> Locked:
    """
    Lock a case.

    Args:
        keys: The secret keys, both of which then open the file before anything is removed. Without them (`--panic`) the file gets a third
            key that exists only in this process, which opens it: every byte and the seal over both other keys are checked.

    Raises:
        LockNotSetUp, WrongKey: The keys are those of another lock.
        NoRoomToLock, AnotherWriter: Something was changed meanwhile.
        LinksInTheCase: Something lies there that cannot be locked.
        CaseDamaged: An unlock left its locked file, and not everything it holds is there.
        MediumFailed: What was written is not what was read. And what `writing` raises.
    """
    started = time.perf_counter()
    path = path.absolute()
    if locked.is_locked(path):
        finish(path)
        return Locked(path, (path / layout.LOCKED).stat().st_size, 0.0)
    locked.refuse_links(path)
    with cases.writing(path, session) as writer:
        if (path / layout.OPENED).exists():  # what it stands for has not all come; it may be the only whole file
            raise CaseDamaged(part=layout.OPENED)
        recipients = _recipients(writer.case)
        if keys is not None and keys.recipients() != recipients:
            raise LockNotSetUp()
        witness = age.new_identity() if keys is None else None
        identities = (witness,) if witness is not None else (*(keys or ()),)
        public = (*recipients, age.recipient_of(witness)) if witness is not None else recipients
        writer.record("lock-started", {"case_id": writer.case.case_id}, {"recipients": recipients._asdict()})
        writer.commit()
        writer.journal.close()
        size = _size(path)
        _check_room(path, size)
        try:
            counted = _Counted(progress, size * (1 + len(identities)))
            made = _encrypted(path / layout.LOCKING, counted.through(_stream(path)), public)
            compared: list[tuple[locked.Entry, str]] = []
            for identity in identities:
                compared = _compare(path, identity, counted)
            locked.write_file(path / layout.HOW, [how_to_open()])
            locked.write_list(path, [locked.proof(*made) + b"\0", *locked.list_with_facts(compared)])
            if [entry for entry, _digest in compared] != list(locked.entries(path)):
                raise AnotherWriter()
            locked.commit(path, layout.LOCKING, layout.LOCKED)
        except BaseException:
            locked.settle(path)
            raise
        locked.remove_plain(path, proven=True)
        stayed = tuple(os.fsdecode(entry.name) for entry in locked.entries(path) if not entry.is_folder)
    return Locked(path, (path / layout.LOCKED).stat().st_size, time.perf_counter() - started, stayed)


def _size(path: Path) -> int:
    return sum(_length(entry) for entry in locked.entries(path))


def _length(entry: locked.Entry) -> int:
    """Return what a file takes in the stream: at least, for long names take more."""
    return 3 * tar.BLOCK + entry.size + -entry.size % tar.BLOCK


def _check_room(path: Path, size: int) -> None:
    free, needed = shutil.disk_usage(path).free, size + size // 4096 + _SLACK
    if free < needed:
        raise NoRoomToLock(needed=shown_size(needed - free))


def shown_size(count: int) -> str:
    """Return a number of bytes as a person reads it, rounded up."""
    megabytes = -(-count // 1_000_000)
    return f"{megabytes} MB" if megabytes < 10_000 else f"{-(-megabytes // 1000)} GB"


def _stream(path: Path, seen: list[tuple[locked.Entry, str]] | None = None) -> Iterator[bytes]:
    """Yield the case as a tar: first the list of what is in it. The same files give the same bytes. `seen` takes what, with digests."""
    length = sum(len(piece) for piece in locked.list_of(locked.entries(path)))
    yield tar.header(tar.Member(LIST_NAME, is_folder=False, mode=0o600, size=length, modified_ns=0))
    yield from locked.list_of(locked.entries(path))
    yield tar.padding(length)
    top = os.fsencode(path)
    for entry in locked.entries(path):
        yield tar.header(tar.Member(*entry))
        digest = hashlib.sha256()
        if not entry.is_folder:
            try:
                with open_own(os.fsdecode(top + b"/" + entry.name)) as stream:
                    for piece in tar.content(stream, entry.size):
                        if seen is not None:
                            digest.update(piece)
                        yield piece
            except (EOFError, FileNotFoundError):
                raise AnotherWriter() from None
            yield tar.padding(entry.size)
        if seen is not None:
            seen.append((entry, digest.hexdigest()))
    yield tar.END


class _Counted:
    """Says how far it is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, count: int) -> None:
        self._done += count
        self._progress(min(self._done, self._total), self._total)

    def through(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            self.add(len(piece))


_WRITE = 1 << 20


def _encrypted(place: Path, pieces: Iterator[bytes], public: tuple[str, ...]) -> tuple[int, str]:
    """Encrypt pieces into a new file, and sync it. Returns its size and SHA-256."""
    held: list[bytes] = []
    size = written = 0
    digest = hashlib.sha256()
    fd = fileops().create(place)
    try:

        def write(data: bytes) -> None:
            nonlocal size, written
            held.append(data)
            digest.update(data)
            size += len(data)
            written += len(data)
            if size >= _WRITE:
                flush()

        def flush() -> None:
            nonlocal size
            fileops().write(fd, b"".join(held))
            held.clear()
            size = 0

        age.encrypt(tar.Pieces(pieces), write, public)
        flush()
        fileops().fsync(fd)
    finally:
        fileops().close(fd)
    fileops().fsync_dir(place.parent)
    return written, digest.hexdigest()


def _compare(path: Path, identity: str, counted: _Counted) -> list[tuple[locked.Entry, str]]:
    """
    Decrypt what was just written and compare every byte with the files. Returns what was compared, with the SHA-256 of each file.

    Raises:
        AnotherWriter: A file is not as it was.
        MediumFailed: The medium did not give back what was written to it.
    """
    seen: list[tuple[locked.Entry, str]] = []
    expected = tar.Pieces(counted.through(_stream(path, seen)))

    def write(data: bytes) -> None:
        if expected.exactly(len(data)) != data:
            raise AnotherWriter()

    try:
        with open_own(path / layout.LOCKING) as stream:
            age.decrypt(stream, write, identity)
    except LockedFileDamaged:
        raise MediumFailed() from None
    if expected.read(1):
        raise AnotherWriter()
    return seen


# -- unlocking ---------------------------------------------------------------------------------------------------------------------


def finish(path: Path, *, dry_run: bool = False) -> bool:
    """
    Put in order what an interrupted command left, and return whether the case is locked.

    Args:
        dry_run: Only look.

    Raises:
        AnotherWriter, ReadOnlyCase, NoSpace
    """
    if not dry_run and locked.is_halfway(path):
        with space_needed(), WriterLock(path):
            locked.settle(path)
    return locked.is_locked(path)


def locked_size(path: Path) -> int:
    """Return the size of the locked file."""
    return (path / layout.LOCKED).stat().st_size


def as_it_lies(path: Path) -> Unlocked:
    """Return what verification says of a case that is open already."""
    case = cases.open_case(path)
    return Unlocked(case.path, case.case_id, case.fingerprint(), verify(case.path).ok)


def key_from_words(typed: tuple[str, ...]) -> str:
    """
    Return the recovery key.

    Raises:
        WrongKey, NeedsExtra
    """
    return words.identity_of(typed)


def known_word(typed: str) -> str | None:
    """Return the word of the list that was meant, None when there is none."""
    return words.completed(typed)


def unlock(path: Path, session: Session, identity: str, key: str, progress: Progress = lambda done, total: None) -> Unlocked:
    """
    Open a locked case: written out, synced and verified before the locked file goes.

    Args:
        identity: The secret key.
        key: Which of them, for the record: ``case`` or ``recovery``.

    Raises:
        WrongKey: It is the key of something else.
        LockedFileDamaged, NoRoomToLock, FilesInTheWay: A plain file lies where one is to be written.
        MediumFailed: What was written out is not what is in the locked file. That one stays, and the case is locked.
        NoCaseHere: It is not locked. AnotherWriter, ReadOnlyCase, NoSpace
    """
    path = path.absolute()
    with space_needed(), WriterLock(path):
        locked.settle(path)
        if not locked.is_locked(path):
            raise NoCaseHere()
        size = (path / layout.LOCKED).stat().st_size
        _check_room(path, size)
        in_the_way = next((os.fsdecode(entry.name) for entry in locked.entries(path) if os.fsdecode(entry.name) not in layout.LITTER), None)
        if in_the_way is not None:
            raise FilesInTheWay(path=in_the_way.encode("utf-8", "backslashreplace").decode())
        try:
            counted = _Counted(progress, 2 * size)
            digest = _written_out(path, identity, counted)
            _compare_written(path, identity, counted, digest)
            found = verify(path, unlocking=True)
            case = _recorded(path, session, {"key": key, "locked_file": {"sha256": digest, "size": str(size)}, "verified": found.ok})
            locked.commit(path, layout.LOCKED, layout.OPENED)
        except BaseException:
            locked.settle(path)
            raise
        locked.settle(path)
    return Unlocked(path, case.case_id, case.fingerprint(), found.ok)


def _written_out(path: Path, identity: str, counted: _Counted) -> str:
    """Write out every file of a locked case, sync them, and return the SHA-256 of the locked file."""
    made = locked.fingerprint_of(path / layout.LOCKED)
    with closing(_Members(WriteOut(path), locked.proof(*made))) as members:
        if _unpacked(path, identity, counted, members) != made[1]:
            raise AnotherWriter()
        members.finish()
    return made[1]


def _unpacked(path: Path, identity: str, counted: _Counted, taker: tar.Taker) -> str:
    """Decrypt a locked file for a taker, and return the SHA-256 of what was read of it."""
    digest = hashlib.sha256()
    with open_own(path / layout.LOCKED) as stream:
        unpacking = tar.Unpacking(taker)

        class Hashed:
            def read(self, count: int) -> bytes:
                piece = stream.read(count) or b""
                digest.update(piece)
                counted.add(len(piece))
                return piece

        age.decrypt(Hashed(), unpacking.write, identity)
        unpacking.close()
    return digest.hexdigest()


def _compare_written(path: Path, identity: str, counted: _Counted, digest: str) -> None:
    """
    Decrypt the locked file again and compare every byte with the files as they lie now.

    Raises:
        MediumFailed: A file is missing, or not what is in the locked file.
    """
    with closing(_Written(path)) as written:
        try:
            if _unpacked(path, identity, counted, written) != digest:
                raise MediumFailed()
        except LockedFileDamaged:  # it was whole a moment ago
            raise MediumFailed() from None


class _Written(tar.Taker):
    """Compares what is in the stream with the files written out. Times are not compared: the medium may be one that rounds them."""

    def __init__(self, path: Path) -> None:
        self._top = os.fsencode(path)
        self._stream: io.FileIO | None = None

    def started(self, member: tar.Member) -> None:
        place = os.fsdecode(self._top + b"/" + member.name)
        passed_over = member.name == LIST_NAME or os.path.basename(place) in layout.LITTER
        try:
            if member.is_folder:
                if not stat.S_ISDIR(os.lstat(place).st_mode):
                    raise MediumFailed()
            elif not passed_over:
                self._stream = open_own(place)
        except OSError:
            raise MediumFailed() from None

    def more(self, piece: bytes) -> None:
        while self._stream is not None and piece:
            found = self._stream.read(len(piece))
            if not found or piece[: len(found)] != found:
                raise MediumFailed()
            piece = piece[len(found) :]

    def ended(self, member: tar.Member) -> None:
        if self._stream is not None and self._stream.read(1):
            raise MediumFailed()
        self.close()

    def close(self) -> None:
        """Let go of what is open."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


class _Members(tar.Taker):
    """Writes out what is in the list the stream begins with, and nothing else."""

    def __init__(self, out: WriteOut, proof: bytes) -> None:
        self._out = out
        self._proof = proof
        self._listing = True

    def started(self, member: tar.Member) -> None:
        if self._listing:
            if member.name != LIST_NAME:
                raise LockedFileDamaged()
            self._out.open_list(self._proof)
        elif not locked.is_safe(member.name):
            raise LockedFileDamaged()
        elif member.is_folder:
            self._out.folder(member.name, member.mode, member.modified_ns)
        else:
            self._out.open(member.name)

    def more(self, piece: bytes) -> None:
        self._out.write(piece)

    def ended(self, member: tar.Member) -> None:
        if self._listing:
            self._out.close_list()
            self._listing = False
        elif not member.is_folder:
            self._out.close_file(member.mode, member.modified_ns)

    def finish(self) -> None:
        """Sync everything."""
        self._out.finish()

    def close(self) -> None:
        """Let go of what is open."""
        self._out.close()


def _recorded(path: Path, session: Session, about: dict[str, Any]) -> cases.Case:
    """Log that a case was opened, while only the locked file counts: undone, the record goes with the rest."""
    writer = cases.Writer(cases.load_case(path), session)
    try:
        writer.record("unlocked", {"case_id": writer.case.case_id}, about)
        writer.commit()
    finally:
        writer.journal.close()
    return writer.case


def how_to_open() -> bytes:
    """Return the text that stays beside a locked case."""
    from sextortion_cli.guide.locked_readme import HOW_TO_OPEN

    return HOW_TO_OPEN.encode("utf-8")


def keep_secrets_in_memory() -> None:
    """Let no crash of this process write its memory to a file."""
    platform.keep_no_core()
