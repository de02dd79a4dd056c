"""A package locked for somebody: only their key opens it, it is what the open one would be, and the open one is left nowhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sextortion_cli import enclosing, handing
from sextortion_cli.errors import MediumFailed, UsageProblem
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import FileOps, using
from sextortion_cli.store.regular import open_own

from .conftest import SESSION

pyrage = pytest.importorskip("pyrage")


def opened(path: Path, identity: object) -> bytes:
    out = io.BytesIO()
    pyrage.decrypt_io(io.BytesIO(path.read_bytes()), out, [identity])
    return out.getvalue()


@pytest.mark.slow
def test_every_recipient_opens_it_and_nobody_else(case: Path, tmp_path: Path, made_packages: dict[str, Path]) -> None:
    first, second, other = (pyrage.x25519.Identity.generate() for _ in range(3))
    (tmp_path / "keys.txt").write_text(f"# the desk\n{second.to_public()}\n", encoding="utf-8")
    made = handing.hand_over(case, SESSION, tmp_path / "p.zip.age", to=[str(first.to_public()), str(tmp_path / "keys.txt")])
    for identity in (first, second):
        assert opened(tmp_path / "p.zip.age", identity) == made_packages["zip"].read_bytes()
    with pytest.raises(pyrage.DecryptError):
        opened(tmp_path / "p.zip.age", other)
    record = [item for item in cases.open_case(case).book.others if item["type"] == "handed-over"][-1]
    assert record["data"]["sha256"] == [made["sha256"]]
    assert record["data"]["to"] == [str(first.to_public()), str(second.to_public())]


def test_the_open_zip_is_left_nowhere(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "private").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "private"))
    handing.hand_over(case, SESSION, tmp_path / "p.zip.age", to=[str(pyrage.x25519.Identity.generate().to_public())])
    assert list((tmp_path / "private").iterdir()) == []
    assert not list(tmp_path.rglob("*.part"))


class Corrupting(FileOps):
    """Writes a byte wrong in the locked file, as a bad medium does."""

    def __init__(self) -> None:
        self.locked = -1

    def open_append(self, path: Path) -> int:
        fd = super().open_append(path)
        if path.name.endswith(".part"):
            self.locked = fd
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> None:
        if fd == self.locked and len(data) > 1000:
            data = bytes(data[:-1]) + bytes([data[-1] ^ 1])
        super().write(fd, data)


def test_what_does_not_come_back_as_it_went_in_is_no_success(case: Path, tmp_path: Path) -> None:
    with using(Corrupting()), pytest.raises(MediumFailed):
        handing.hand_over(case, SESSION, tmp_path / "p.zip.age", to=[str(pyrage.x25519.Identity.generate().to_public())])
    assert sorted(item.name for item in tmp_path.iterdir()) == ["case"]


def test_what_is_no_key_is_refused(case: Path, tmp_path: Path) -> None:
    (tmp_path / "key.asc").write_text("-----BEGIN PGP PUBLIC KEY BLOCK-----\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "words.txt").write_text("hello\n", encoding="utf-8")
    for name in (
        "age1nonsense",
        str(tmp_path / "nowhere"),
        str(tmp_path / "key.asc"),
        str(tmp_path / "empty.txt"),
        str(tmp_path / "words.txt"),
        "passphrase",
    ):
        with pytest.raises(UsageProblem):
            enclosing.recipients_of([name])
    key = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(UsageProblem):
        handing.hand_over(case, SESSION, tmp_path / "p.zip", to=[key])
    with pytest.raises(UsageProblem):
        handing.hand_over(case, SESSION, tmp_path / "p.zip.age")
    assert not list(tmp_path.glob("p.*"))


def test_the_age_program_opens_it(case: Path, tmp_path: Path, made_packages: dict[str, Path]) -> None:
    import shutil
    import subprocess

    if shutil.which("age") is None:
        return  # opened by the library above all the same
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"{identity}\n", encoding="utf-8")
    handing.hand_over(case, SESSION, tmp_path / "p.zip.age", to=[str(identity.to_public())])
    done = subprocess.run(["age", "-d", "-i", str(tmp_path / "key.txt"), str(tmp_path / "p.zip.age")], capture_output=True, check=True)
    with open_own(made_packages["zip"]) as stream:
        assert done.stdout == stream.read()
