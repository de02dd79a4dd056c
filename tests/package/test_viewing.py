"""Copies to look at: from the pixels, marked, blurred where that was stated, and never of what stays where it is."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path

import pytest
from PIL import Image

from sextortion_cli import casework, handing

from .conftest import SESSION, Both, take


def picture(form: str, colour: tuple[int, ...] = (200, 30, 30)) -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image = Image.new("RGBA" if len(colour) == 4 else "RGB", (64, 48), colour)
    image.paste((0,) * len(colour), (0, 0, 32, 48))
    exif = Image.Exif()
    exif[0x010E] = "a secret description"
    image.save(out, form, exif=exif.tobytes())
    return out.getvalue()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    casework.new_case(tmp_path / "case", SESSION, minor="no", timezone="Europe/Oslo")
    return tmp_path / "case"


def imported(case: Path, name: str, data: bytes, **stated: object) -> None:
    (case.parent / name).write_bytes(data)
    take(case, case.parent / name, **stated)


def entries(package: Path) -> dict[str, dict[str, object]]:
    return {entry["exhibit"]: entry for entry in json.loads((package / "data/package.json").read_bytes())["exhibits"]}


def sharpness(path: Path) -> int:
    """Return the greatest step between neighbours in the middle row."""
    with Image.open(path) as image:
        row = [image.convert("L").getpixel((at, image.height // 2)) for at in range(image.width)]
    return max(abs(one - other) for one, other in itertools.pairwise(row))


def test_pictures_desks_cannot_open_get_a_copy(casefile, case: Path, tmp_path: Path, both: Both) -> None:
    """In a process of its own, as people run it: what a decoder needs does not fit beside everything a long run of tests has loaded."""
    imported(case, "a.heic", picture("HEIF"), shows="nothing-intimate")
    imported(case, "b.webp", picture("WEBP", (200, 30, 30, 120)), shows="nothing-intimate")
    imported(case, "c.avif", picture("AVIF"), shows="adults-only")
    imported(case, "d.jpg", picture("JPEG"), shows="nothing-intimate")
    imported(case, "e.heic", picture("HEIF", (1, 2, 3)), shows="maybe-minor")
    casefile("handover", "--case", case, "--output", tmp_path / "p", "--no-input")
    assert both(tmp_path / "p") == (0, set())
    found = entries(tmp_path / "p")
    assert [found[name]["viewing_copy"] for name in ("A-001", "A-002", "A-003", "A-004")] == [
        "data/viewing/A-001-viewing-copy.jpg", "data/viewing/A-002-viewing-copy.jpg", "data/viewing/A-003-viewing-copy.jpg", None,
    ]  # fmt: skip
    assert [found[name]["blurred"] for name in ("A-001", "A-003")] == [False, True]
    assert "A-005" not in found
    assert sorted(path.name[:5] for path in (tmp_path / "p/data/viewing").iterdir()) == ["A-001", "A-002", "A-003"]
    copies = [tmp_path / "p" / str(found[name]["viewing_copy"]) for name in ("A-001", "A-003")]
    assert sharpness(copies[0]) > 3 * sharpness(copies[1])
    assert b"secret" not in b"".join(path.read_bytes() for path in copies)


def test_what_cannot_be_decoded_simply_has_no_copy(case: Path, tmp_path: Path, both: Both) -> None:
    imported(case, "a.heic", picture("HEIF")[:400], shows="nothing-intimate")
    handing.hand_over(case, SESSION, tmp_path / "p")
    assert both(tmp_path / "p") == (0, set())
    assert entries(tmp_path / "p")["A-001"]["viewing_copy"] is None


@pytest.mark.slow
def test_a_helper_gets_no_picture_that_may_be_intimate(case: Path, tmp_path: Path) -> None:
    imported(case, "a.webp", picture("WEBP"), shows="nothing-intimate")
    imported(case, "b.webp", picture("WEBP", (9, 9, 200)), shows="adults-only")
    imported(case, "c.webp", picture("WEBP", (9, 200, 9)))
    handing.hand_over(case, SESSION, tmp_path / "p", grade="helper")
    assert sorted(entries(tmp_path / "p")) == ["A-001"]
    assert not list((tmp_path / "p").rglob("A-00[23]*"))
