"""Paths as they come from terminals and file managers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sextortion_cli.cli.asking.paths import dragged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a b.png", "it's.png", "c.png", "“x”.png", "d e f.txt"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def test_every_shape(folder: Path) -> None:
    at = str(folder)
    shapes = {
        f"{at}/c.png": ["c.png"],
        f"  {at}/c.png  ": ["c.png"],
        f"'{at}/a b.png'": ["a b.png"],
        f'"{at}/a b.png"': ["a b.png"],
        f"{at}/a\\ b.png": ["a b.png"],
        f"{at}/a b.png": ["a b.png"],
        f"file://{at}/a%20b.png": ["a b.png"],
        f"file://localhost{at}/c.png": ["c.png"],
        f"'{at}/it'\\''s.png'": ["it's.png"],
        f"{at}/it's.png": ["it's.png"],
        f"‘{at}/a b.png’": ["a b.png"],
        f"{at}/“x”.png": ["“x”.png"],
        f"'{at}/a b.png' {at}/c.png file://{at}/d%20e%20f.txt": ["a b.png", "c.png", "d e f.txt"],
        f"{at}/a b.png {at}/d e f.txt": ["a b.png", "d e f.txt"],
    }
    for line, names in shapes.items():
        assert dragged(line) == [f"{at}/{name}" for name in names], line


def test_windows() -> None:
    assert dragged(r'"C:\Users\Kari\my file.png"') == [r"C:\Users\Kari\my file.png"]
    assert dragged(r"C:\Users\Kari\a.png") == [r"C:\Users\Kari\a.png"]
    assert dragged(r"& 'C:\Users\Kari\my file.png'") == [r"C:\Users\Kari\my file.png"]
    assert dragged(r'"C:\a b.png" "C:\c.png"') == [r"C:\a b.png", r"C:\c.png"]
    assert dragged(r'"\\server\share\a b.png"') == [r"\\server\share\a b.png"]
    assert dragged("file:///C:/Users/Kari/a%20b.png") == ["C:/Users/Kari/a b.png"]


@pytest.mark.parametrize("line", ["", "   ", "\x00", "a\x00b"])
def test_nothing(line: str) -> None:
    assert dragged(line) == []


def test_home_and_names_that_are_no_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert dragged("~/c.png") == [f"{folder}/c.png"]
    assert dragged(f"file://{folder}/%FF.png") == [os.fsdecode(os.fsencode(str(folder)) + b"/\xff.png")]
    assert dragged("file://elsewhere/c.png") == ["file://elsewhere/c.png"]


def test_a_long_hostile_line_ends(folder: Path) -> None:
    assert dragged("' " * 40_000) is not None
    assert len(dragged(f"{folder}/c.png " * 500)) == 500
