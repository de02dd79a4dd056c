"""Locking and unlocking: what is left, what opens it, and what is said when it does not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from sextortion_cli import casework, locking
from sextortion_cli.errors import (
    AnotherWriter,
    CaseDamaged,
    CaseLocked,
    FilesInTheWay,
    LinksInTheCase,
    LockedFileDamaged,
    LockNotSetUp,
    MediumFailed,
    NoRoomToLock,
    WrongKey,
)
from sextortion_cli.store import locked
from sextortion_cli.store.case import open_case
from sextortion_cli.store.lock import WriterLock
from sextortion_cli.store.verify import verify
from sextortion_cli.vault import age, tar, words
from tests.store.scenes import SESSION
from tests.vault.cases import CASE_KEY, PASSPHRASE, WORDS, keys, made, picture, quick_wrapping, statements

LEFT = ["HOW-TO-OPEN.txt", "key.age", "lock", "locked.age"]
CANARY = "KANARIFUGL-7f3a"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.mark.parametrize("panic", [False, True])
def test_everything_comes_back_as_it_was(case: Path, panic: bool) -> None:
    (case / "objects" / "blå \U0001f9ca\n").write_bytes(b"somebody put this here")
    os.chmod(case / "objects" / "blå \U0001f9ca\n", 0o640)
    os.utime(case / "objects", ns=(1, 1_234_567_890_123_456_789))
    before, fingerprint = picture(case), verify(case).fingerprint
    locking.lock(case, SESSION, None if panic else keys())
    assert sorted(os.listdir(case)) == LEFT
    found = locking.unlock(case, SESSION, locking.key_from_words(WORDS), "recovery")
    after = picture(case)
    assert statements(after) == statements(before)
    assert {name: item[:2] for name, item in after.items() if name not in ("log.jsonl", "head")} == {
        name: item[:2] for name, item in before.items() if name not in ("log.jsonl", "head")
    }
    assert found.ok is False  # verify named the stranger's file before, and names it now: what was locked is what came back
    (case / "objects" / "blå \U0001f9ca\n").unlink()
    assert verify(case).ok
    assert found.fingerprint == verify(case).fingerprint
    assert fingerprint in (None, found.fingerprint)


def test_an_empty_case_and_one_moved_to_another_machine(tmp_path: Path) -> None:
    case = made(tmp_path, imports=False)
    fingerprint = verify(case).fingerprint
    locking.lock(case, SESSION, keys())
    away = tmp_path / "another machine"
    away.mkdir()
    shutil.copy(case / "locked.age", away)  # without even the key file
    found = locking.unlock(away, SESSION, locking.key_from_words(WORDS), "recovery")
    assert (found.ok, found.fingerprint) == (True, fingerprint)


def test_wrong_passphrase_words_and_keys(case: Path) -> None:
    locking.lock(case, SESSION, None)
    with quick_wrapping(), pytest.raises(WrongKey):
        locking.keys_from_passphrase(case, PASSPHRASE + "x")
    with pytest.raises(WrongKey):  # the checksum of the words
        locking.key_from_words((*WORDS[:-1], "winner"))
    with pytest.raises(WrongKey):
        locking.unlock(case, SESSION, age.new_identity(), "case")
    assert sorted(os.listdir(case)) == LEFT


def test_a_locked_file_that_is_cut_or_changed_by_one_bit_leaves_nothing_plain(case: Path) -> None:
    locking.lock(case, SESSION, None)
    whole = (case / "locked.age").read_bytes()
    damaged = [whole[: len(whole) // 2], whole[:-1], whole + b"x"]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (0, 40, 150, len(whole) // 2, len(whole) - 1)]
    for data in damaged:
        (case / "locked.age").write_bytes(data)
        with pytest.raises((LockedFileDamaged, WrongKey)):
            locking.unlock(case, SESSION, CASE_KEY, "case")
        assert sorted(os.listdir(case)) == LEFT
    (case / "locked.age").write_bytes(whole)
    assert locking.unlock(case, SESSION, CASE_KEY, "case").ok


@pytest.mark.parametrize(
    "member",
    [tar.Member(name, is_folder=False, mode=0o600, size=1, modified_ns=0) for name in (b"../out", b"a/../../out", b"unlisted", b"key.age")],
)
def test_a_locked_file_somebody_else_made_writes_nothing_outside(case: Path, member: tar.Member) -> None:
    """The public keys are no secret: whoever has them can make a file the secret keys open."""
    locking.lock(case, SESSION, None)
    names = b"case.json\0../out\0a/../../out\0key.age\0"
    stream = tar.header(tar.Member(locking.LIST_NAME, is_folder=False, mode=0o600, size=len(names), modified_ns=0))
    stream += names + tar.padding(len(names)) + tar.header(member) + b"x" + tar.padding(1) + tar.END
    out = bytearray()
    age.encrypt(io.BytesIO(stream), out.extend, keys().recipients())
    (case / "locked.age").write_bytes(out)
    key = (case / "key.age").read_bytes()
    with pytest.raises(LockedFileDamaged):
        locking.unlock(case, SESSION, CASE_KEY, "case")
    assert sorted(os.listdir(case)) == LEFT
    assert (case / "key.age").read_bytes() == key
    assert not (case.parent / "out").exists()


def test_the_list_of_plain_files_cannot_lead_outside(case: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_bytes(b"")
    locking.lock(case, SESSION, None)
    (case / "link").symlink_to(outside)
    proof = locked.proof(*locked.fingerprint_of(case / "locked.age"))
    (case / "plain.list").write_bytes(proof + b"\0../../outside/mine\0link/mine\0/etc/hostname\0key.age\0locked.age\0.\0..\0torn")
    assert locking.finish(case) is True
    assert (outside / "mine").exists()
    assert {"key.age", "locked.age"} <= set(os.listdir(case))
    assert not (case / "plain.list").exists()


def test_another_writer_no_room_other_keys_and_files_in_the_way(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sextortion_cli.store.lock.WAIT_SECONDS", 0.1)
    with WriterLock(case, wait=0):
        monkeypatch.setattr(WriterLock.__init__, "__defaults__", (0.1,))
        with pytest.raises(AnotherWriter):
            locking.lock(case, SESSION, None)
    with pytest.raises(LockNotSetUp):
        locking.lock(case, SESSION, locking.Keys(age.library().x25519.Identity.generate().__str__(), keys().recovery))
    key = (case / "key.age").read_bytes()
    (case / "key.age").write_bytes(key + b"x")
    with pytest.raises(LockNotSetUp):  # keys somebody put in the place of the ones that were set up
        locking.lock(case, SESSION, None)
    assert "lock-keys" in [item.code for item in verify(case).findings]
    (case / "key.age").write_bytes(key)
    usage = shutil.disk_usage(case)._replace(free=1000)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda path: usage)
        with pytest.raises(NoRoomToLock) as said:
            locking.lock(case, SESSION, None)
    assert "MB" in said.value.sentences()[0]
    assert verify(case).ok
    assert not locked.is_halfway(case)
    locking.lock(case, SESSION, None)
    (case / "mine.txt").write_text("mine")
    with pytest.raises(FilesInTheWay):
        locking.unlock(case, SESSION, CASE_KEY, "case")
    assert (case / "mine.txt").read_text() == "mine"


def test_a_file_that_changes_while_it_is_locked_stops_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = locking._compare

    def meddled(path: Path, identity: str, counted: locking._Counted) -> None:
        with (path / "README.txt").open("ab") as stream:
            stream.write(b"x")
        real(path, identity, counted)

    readme = (case / "README.txt").read_bytes()
    os.chmod(case / "README.txt", 0o600)
    monkeypatch.setattr(locking, "_compare", meddled)
    with pytest.raises(AnotherWriter):
        locking.lock(case, SESSION, keys())
    (case / "README.txt").write_bytes(readme)
    assert verify(case).ok
    assert not locked.is_halfway(case)


def test_a_file_that_comes_after_the_comparison_is_not_removed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = locked.write_list

    def late(path: Path, pieces: Iterable[bytes]) -> None:
        real(path, pieces)
        (path / "late.txt").write_text("late")

    with monkeypatch.context() as patched:
        patched.setattr(locked, "write_list", late)
        with pytest.raises(AnotherWriter):
            locking.lock(case, SESSION, keys())
    assert not locked.is_halfway(case)
    assert not locked.is_locked(case)
    assert (case / "late.txt").read_text() == "late"


def test_a_file_that_comes_or_changes_after_the_rename_stays(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = locked.commit

    def late(path: Path, source: str, target: str) -> None:
        real(path, source, target)
        if target == "locked.age":
            (path / "late.txt").write_text("late")
            status = (path / "README.txt").stat()
            (path / "README.txt").write_bytes(bytes(status.st_size))  # as long as before

    monkeypatch.setattr(locked, "commit", late)
    assert locking.lock(case, SESSION, keys()).stayed == ("README.txt", "late.txt")
    assert sorted(os.listdir(case)) == sorted([*LEFT, "README.txt", "late.txt"])
    assert not any((case / "README.txt").read_bytes())


@pytest.mark.parametrize("cut", [0, 1, 1000])
def test_a_locked_file_that_is_not_the_promised_one_removes_nothing(case: Path, cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked, "remove_plain", lambda path, proven=False: None)
    before = picture(case)
    locking.lock(case, SESSION, keys())
    monkeypatch.undo()
    whole = (case / "locked.age").read_bytes()
    (case / "locked.age").write_bytes(whole[: len(whole) - cut] if cut else whole[:-1] + bytes([whole[-1] ^ 1]))
    for command in (open_case, locking.finish, lambda path: locking.lock(path, SESSION, keys())):
        with pytest.raises(LockedFileDamaged):
            command(case)  # type: ignore[operator]
    assert set(before) <= set(picture(case))
    (case / "locked.age").write_bytes(whole)
    with pytest.raises(CaseLocked):
        open_case(case)
    assert sorted(os.listdir(case)) == LEFT


def test_a_list_without_a_promise_removes_nothing(case: Path) -> None:
    before = picture(case)
    (case / "locked.age").write_bytes(b"half")
    (case / "plain.list").write_bytes(b"case.json\0log.jsonl\0")
    with pytest.raises(CaseLocked):
        open_case(case)
    assert picture(case) == before


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_link_or_pipe_in_the_case_is_refused_before_anything_is_written(case: Path, kind: str, tmp_path: Path) -> None:
    (case / "cache").mkdir(exist_ok=True)
    (case / "cache" / "link").symlink_to(tmp_path)  # may lie there
    place = case / "objects" / "strange"
    if kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path if kind == "folder" else case / "case.json")
    before = (case / "log.jsonl").read_bytes()
    with pytest.raises(LinksInTheCase) as said:
        locking.lock(case, SESSION, keys())
    assert "objects/strange" in said.value.sentences()[0]
    assert (case / "log.jsonl").read_bytes() == before
    assert not locked.is_halfway(case)


@pytest.mark.parametrize("how", ["changed", "longer", "gone"])
def test_what_is_written_out_wrongly_keeps_the_locked_file(case: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    locking.lock(case, SESSION, keys())
    whole = (case / "locked.age").read_bytes()
    real = locking._Members.finish

    def rotten(self: locking._Members) -> None:
        real(self)
        place = case / "README.txt"
        data = place.read_bytes()
        os.chmod(place, 0o600)
        place.write_bytes(data + b"x" if how == "longer" else data[:-1] + b"\0")
        if how == "gone":
            place.unlink()

    with monkeypatch.context() as patched:
        patched.setattr(locking._Members, "finish", rotten)
        with pytest.raises(MediumFailed):
            locking.unlock(case, SESSION, CASE_KEY, "case")
    assert sorted(os.listdir(case)) == LEFT
    assert (case / "locked.age").read_bytes() == whole
    assert locking.unlock(case, SESSION, CASE_KEY, "case").ok


def test_a_case_damaged_before_it_was_locked_opens_as_it_was(case: Path) -> None:
    original = next(path for path in (case / "objects").rglob("*") if path.is_file())
    os.chmod(original, 0o600)
    original.write_bytes(b"damaged")
    locking.lock(case, SESSION, keys())
    assert locking.unlock(case, SESSION, CASE_KEY, "case").ok is False
    assert original.read_bytes() == b"damaged"
    assert not locked.is_locked(case)


def test_what_a_file_browser_puts_beside_the_locked_file_is_not_in_the_way(case: Path) -> None:
    (case / ".DS_Store").write_bytes(b"old")
    locking.lock(case, SESSION, keys())
    (case / ".DS_Store").write_bytes(b"new")
    locking.unlock(case, SESSION, CASE_KEY, "case")
    assert (case / ".DS_Store").read_bytes() == b"new"
    assert not locked.is_locked(case)


@pytest.mark.slow
def test_a_copy_that_is_half_synced_keeps_the_one_whole_file(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The opened file goes only when everything it was written out to is there; until then nothing is locked over it."""
    locking.lock(case, SESSION, keys())
    with monkeypatch.context() as stopped:
        stopped.setattr(locked, "_drop", lambda path: None)
        locking.unlock(case, SESSION, CASE_KEY, "case")
    assert {"opened.age", "plain.list"} <= set(os.listdir(case))
    late = next(path for path in sorted((case / "objects").rglob("*")) if path.is_file())
    data = late.read_bytes()
    late.unlink()
    locked.settle(case)
    assert (case / "opened.age").exists()
    with pytest.raises(CaseDamaged):
        locking.lock(case, SESSION, keys())
    late.write_bytes(data)
    locked.settle(case)
    assert not locked.is_halfway(case)
    assert verify(case).ok


def test_what_the_medium_gives_back_wrongly_stops_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = locking._encrypted

    def rotten(place: Path, *rest: object) -> None:
        real(place, *rest)  # type: ignore[arg-type]
        data = bytearray(place.read_bytes())
        data[-20] ^= 1
        place.write_bytes(data)

    monkeypatch.setattr(locking, "_encrypted", rotten)
    with pytest.raises(MediumFailed):
        locking.lock(case, SESSION, keys())
    assert verify(case).ok


def test_after_lock_the_canary_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    case = made(tmp_path)
    casework.add_note(case, SESSION, CANARY)
    locking.lock(case, SESSION, keys())
    forms = [CANARY.encode(encoding) for encoding in ("utf-8", "utf-16-le")] + [b"Lina", b"chat.txt", b"Kari"]
    for path in case.rglob("*"):
        data = path.read_bytes()
        for form in forms:
            assert form not in data, path
        assert not data.startswith((b"\x1f\x8b", b"PK", b"SQLite", b"\xfd7z", b"BZh")), path  # nothing is only packed
    assert sorted(os.listdir(case)) == LEFT


def test_the_stream_is_a_tar_that_other_programs_unpack(case: Path) -> None:
    data = b"".join(locking._stream(case))
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        names = archive.getnames()
        assert archive.extractfile("log.jsonl").read() == (case / "log.jsonl").read_bytes()  # type: ignore[union-attr]
        assert {(item.uname, item.gname, item.uid, item.gid) for item in archive} == {("", "", 0, 0)}
    assert names[0] == "cache/plain.list"
    assert set(names[1:]) == set(picture(case))


@pytest.mark.parametrize("size", [1, 511, 512, 513, 8192, 100_000])
def test_a_stream_is_read_however_it_is_cut(case: Path, size: int) -> None:
    seen: list[tuple[bytes, int]] = []

    class Taker(tar.Taker):
        def started(self, member: tar.Member) -> None:
            seen.append((member.name, 0))

        def more(self, piece: bytes) -> None:
            seen[-1] = (seen[-1][0], seen[-1][1] + len(piece))

    data = b"".join(locking._stream(case))
    unpacking = tar.Unpacking(Taker())
    for at in range(0, len(data), size):
        unpacking.write(data[at : at + size])
    unpacking.close()
    assert seen[1:] == [(entry.name, entry.size) for entry in locked.entries(case)]
    for cut in (100, len(data) - 512, len(data) - 1):
        unpacking = tar.Unpacking(Taker())
        unpacking.write(data[:cut])
        with pytest.raises(LockedFileDamaged):
            unpacking.close()


def test_the_words_give_the_very_key() -> None:
    for _ in range(20):
        made = words.new_words()
        identity = words.identity_of(made)
        assert words.identity_of(tuple(word[:4].upper() for word in made)) == identity
        assert age.recipient_of(identity).startswith("age1")  # the library takes it: its checksum is right
    assert words.completed("no-such-word") is None
    assert words.completed("abo") is None


@pytest.mark.slow
def test_the_age_program_opens_it_with_the_passphrase_file_and_the_words(tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("the age program is not installed")
    case = made(tmp_path)
    before = statements(picture(case))
    locking.lock(case, SESSION, keys())
    recipe = (case / "HOW-TO-OPEN.txt").read_text(encoding="utf-8").split("----- words.py\n")[1].split("-----\n")[0]
    (tmp_path / "words.py").write_text(recipe)
    said = subprocess.run(["python3", str(tmp_path / "words.py")], input=" ".join(WORDS), capture_output=True, text=True, check=True)
    recovery = said.stdout.rpartition(" ")[2].strip()
    assert recovery == keys().recovery
    for number, secret in enumerate((CASE_KEY, recovery)):
        (tmp_path / "key").write_text(secret + "\n")
        folder = tmp_path / f"new-{number}"
        folder.mkdir()
        stream = subprocess.run(
            ["age", "-d", "-i", str(tmp_path / "key"), str(case / "locked.age")], capture_output=True, check=True
        ).stdout
        subprocess.run(["tar", "-xf", "-", "-C", str(folder)], input=stream, check=True)
        assert {name: data for name, data in statements(picture(folder)).items() if name not in ("cache", "cache/plain.list")} == before
        assert verify(folder).ok


@pytest.mark.slow
def test_the_real_passphrase(tmp_path: Path) -> None:
    case = made(tmp_path)
    locking.set_up(case, SESSION, PASSPHRASE, WORDS)
    with pytest.raises(WrongKey):
        locking.keys_from_passphrase(case, PASSPHRASE[:-1])
    found = locking.keys_from_passphrase(case, PASSPHRASE)
    assert found.recovery == keys().recovery
    locking.lock(case, SESSION, found)
    assert locking.unlock(case, SESSION, found.case, "case").ok


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_large_sparse_file_comes_back(tmp_path: Path) -> None:
    case = made(tmp_path, imports=False)
    with (case / "objects" / "large").open("wb") as stream:
        stream.truncate(300_000_000)
    locking.lock(case, SESSION, None)
    locking.unlock(case, SESSION, CASE_KEY, "case")
    assert (case / "objects" / "large").stat().st_size == 300_000_000
