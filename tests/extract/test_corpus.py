"""Real hostile files: nothing raises, nothing takes long."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import get_args

import pytest

from sextortion_cli.extract import archive, textparts
from sextortion_cli.extract.mediatype import describe, prepare
from sextortion_cli.extract.metadata.kinds import Kind
from sextortion_cli.extract.metadata.pages import page_facts
from sextortion_cli.extract.metadata.read import facts
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import Disagreement, FileFact, ReadFault

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "hostile"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not HOSTILE.is_dir(), reason="the shared corpus is not beside the checkout")]


def files(*kinds: str) -> list[Path]:
    return sorted(path for kind in kinds for path in (HOSTILE / kind).rglob("*") if path.is_file())


@pytest.mark.parametrize("path", files("image", "magic"), ids=lambda path: path.name)
def test_file_facts(path: Path) -> None:
    start = time.monotonic()
    fd, size = os.open(path, os.O_RDONLY), path.stat().st_size
    try:
        head = os.pread(fd, 65536, 0)
        types = {describe(head, path.name).media_type, "image/jpeg", "image/png", "image/tiff", "image/webp", "image/heic", "image/avif"}
        for media_type in types:
            for record in facts(fd, size, path.name, media_type, prepare()):
                assert isinstance(record, FileFact | Disagreement | ReadFault)
    finally:
        os.close(fd)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", files("pdf", "html", "mail", "zip"), ids=lambda path: path.name)
def test_saved_pages(path: Path) -> None:
    start = time.monotonic()
    fd, size = os.open(path, os.O_RDONLY), path.stat().st_size
    try:
        for kind in get_args(Kind):
            if kind != "picture":
                assert len(list(page_facts(View(fd, size), kind))) < 2000
    finally:
        os.close(fd)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", files("zip", "tar"), ids=lambda path: path.name)
def test_archives(path: Path) -> None:
    start = time.monotonic()
    fd, size = os.open(path, os.O_RDONLY), path.stat().st_size
    given = 0
    try:
        for event in archive.stream(fd, size):
            given += len(event) if isinstance(event, bytes) else 0
        list(archive.members(fd, size))
    finally:
        os.close(fd)
    assert given <= max(60_000_000, 200 * size)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", files("text", "json", "html", "redos", "mail", "xml"), ids=lambda path: path.name)
def test_text_parts(path: Path) -> None:
    start = time.monotonic()
    data = path.read_bytes()

    def read_at(offset: int, count: int) -> bytes:
        return data[offset : offset + count]

    verdict = textparts.separable(read_at, len(data))
    parts = list(textparts.text_parts(read_at, len(data)))
    if verdict == "text" and data:
        assert parts == [(0, len(data))]
    assert time.monotonic() - start < 10
