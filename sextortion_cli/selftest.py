"""Known-answer tests of the installed program: the hashes, the log, the readers, and what the limited child is denied."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterator
from typing import Any

from sextortion_cli.model.canonical import canonical
from sextortion_cli.model.merkle import leaf_hash, root_of

# FIPS 180-4 and RFC 1321 test vectors for "abc"; RFC 6962 roots of nothing and of the first two leaves of the CT test vectors.
_HASHES = {
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "md5": "900150983cd24fb0d6963f7d28e17f72",
}
_EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_TWO_LEAVES = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
_CANONICAL = ({"b": [1, True, None], "a": "\u20ac$\n\u00e5\x0f"}, '{"a":"\u20ac$\\n\u00e5\\u000f","b":[1,true,null]}')
_SAMPLES = {
    "whatsapp-text": (b"12/03/2026, 21:05 - Kari Eksempel: hei\n13/03/2026, 21:06 - Ola Eksempel: to\nlinjer\n", 2),
    "telegram-json": (
        (
            b'{"name":"Kari","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","date":"2026-03-12T21:05:00",'
            b'"date_unixtime":"1773345900","from":"Kari","from_id":"user1","text":"hei","text_entities":[]}]}'
        ),
        1,
    ),
}


def selftest() -> Iterator[dict[str, Any]]:
    """Yield one result per test: ``test, ok, detail``."""
    for name, wanted in _HASHES.items():
        yield _result(f"hash:{name}", hashlib.new(name, b"abc", usedforsecurity=False).hexdigest() == wanted)
    yield _result("merkle:empty", root_of([]).hex() == _EMPTY_ROOT)
    yield _result("merkle:two-leaves", root_of([leaf_hash(b""), leaf_hash(b"\x00")]).hex() == _TWO_LEAVES)
    yield _result("canonical-json", canonical(_CANONICAL[0]) == _CANONICAL[1].encode())
    yield from _finders()
    yield from _readers()
    yield _installed()


def _result(test: str, ok: bool, detail: str | None = None) -> dict[str, Any]:
    return {"test": test, "ok": bool(ok), "detail": detail}


def _finders() -> Iterator[dict[str, Any]]:
    from sextortion_cli.extract.finders.base import finders
    from sextortion_cli.extract.identify import known_answers

    for name, finder in finders().items():
        yield _result(f"finder:{name}", not known_answers(finder))


def _readers() -> Iterator[dict[str, Any]]:
    from sextortion_cli.importers.base import importer_ids
    from sextortion_cli.model.reading import Message
    from sextortion_cli.readers.frames import ReaderEnd, RecordsFrame, decode_records
    from sextortion_cli.readers.server import ReaderServer
    from sextortion_cli.store.fileops import fileops, private_folder

    with ReaderServer("sextortion_cli.examination:OPERATIONS") as server, private_folder() as folder:
        isolation = ""
        for name in importer_ids():
            if name not in _SAMPLES:
                continue
            data, wanted = _SAMPLES[name]
            path = folder / name
            fd = fileops().create(path)
            fileops().write(fd, data)
            fileops().close(fd)
            messages, complete = 0, False
            for frame in server.run("read", path, {"importer": name, "name": name, "options": {}}):
                if isinstance(frame, RecordsFrame):
                    messages += sum(isinstance(record, Message) for record in decode_records(frame.payload))
                elif isinstance(frame, ReaderEnd):
                    complete, isolation = frame.status == "complete", frame.isolation
            yield _result(f"reader:{name}", complete and messages == wanted)
        yield _result("isolation", bool(isolation), isolation)


def isolation() -> str:
    """Return which isolation a reading here really has, like ``fork+rlimits+landlock(7)+seccomp``; nothing where none comes about."""
    return next((str(found["detail"] or "") for found in _readers() if found["test"] == "isolation"), "")


def _installed() -> dict[str, Any]:
    """Say which files are installed: the digest of the list that the installation itself keeps (RECORD)."""
    try:
        record = importlib.metadata.distribution("sextortion-cli").read_text("RECORD")
    except importlib.metadata.PackageNotFoundError:
        record = None
    digest = None if record is None else hashlib.sha256(record.encode()).hexdigest()
    return {"test": "installed-files", "ok": True, "detail": digest or "not installed from a package"}
