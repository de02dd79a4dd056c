"""`view`: anew from pixels, blurred where it is intimate, recorded before it is shown, and never of what may not be shown."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from sextortion_cli import casework, flow
from sextortion_cli.extract.viewcopy import DOTS, LONGEST, TooManyPixelsError, viewing_copy
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session
from sextortion_cli.store.case import open_case

from .conftest import Called


def picture(size: tuple[int, int] = (400, 240), form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture of noise with everything around the pixels that must not come along."""
    out = io.BytesIO()
    made = Image.effect_noise(size, 80).convert(mode)
    if form == "JPEG":
        exif = made.getexif()
        exif[0x010F] = "SecretMaker"
        made.save(out, form, exif=exif, comment=b"secret comment", icc_profile=b"secret profile" * 20, quality=95)
    else:
        made.save(out, form)
    return out.getvalue()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A-001 a picture of adults, A-002 a plain one, A-003 text, A-004 left where it is, A-005 damaged, A-006 of which nobody said anything."""
    home = tmp_path_factory.mktemp("view")
    session = Session()
    whole = picture((300, 300), form="PNG")
    given: list[tuple[str, bytes, dict[str, object]]] = [
        ("adult.jpg", picture(), {"shows": "adults-only"}),
        ("plain.png", picture(form="PNG"), {"shows": "nothing-intimate"}),
        ("text.txt", b"hello\n", {}),
        ("left.png", picture((50, 60), form="PNG"), {"by_reference": True}),
        ("cut.png", whole[: len(whole) // 3], {}),
        ("unsaid.png", picture((70, 80), form="PNG"), {}),
    ]
    casework.new_case(home / "case", session, minor="no", role="victim")
    for name, data, stated in given:
        (home / name).write_bytes(data)
        list(flow.import_paths(home / "case", session, ImportRequest(paths=(str(home / name),), **stated)))  # type: ignore[arg-type]
    return home


@pytest.fixture
def case(world: Path, tmp_path: Path) -> Path:
    shutil.copytree(world / "case", tmp_path / "case")
    shutil.copy(world / "adult.jpg", tmp_path / "adult.jpg")
    return tmp_path / "case"


def viewed(case: Path) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in (case / "log.jsonl").read_text().splitlines()]
    return [{"actor": line["actor"]["name"], **line["data"]} for line in lines if line["type"] == "viewed"]


def test_an_intimate_picture_is_blurred_announced_and_recorded(called: Called, case: Path, tmp_path: Path) -> None:
    before = open_case(case).fingerprint()
    status, out, err = called("view", "A-001", "--output", tmp_path / "v.jpg", "--case", case, "--actor", "Kari Eksempel", "--json")
    assert status == 0
    assert json.loads(out)["blurred"] is True
    assert err.index("it is recorded: who looked") < err.index("Recorded:")
    assert viewed(case) == [{"actor": "Kari Eksempel", "what": "viewing-copy", "exhibit": "A-001", "blurred": True}]
    assert open_case(case).fingerprint() == before
    data = (tmp_path / "v.jpg").read_bytes()
    assert b"viewing copy of A-001" in data
    assert b"ecret" not in data
    assert called("verify", case)[0] == 0


def test_the_blur_holds_nothing_finer_than_its_dots() -> None:
    """Twelve by seven dots explain the whole copy: drawn from them alone it is the same, so nothing else of the original is in it."""
    data = picture(form="PNG")
    original = Image.open(io.BytesIO(data))
    made = Image.open(io.BytesIO(viewing_copy(io.BytesIO(data), "image/png", form="PNG", blurred=True, note="x")))
    assert DOTS == 12
    assert made.size == (400, 240)
    small = original.convert("RGB").resize((12, 7), Image.Resampling.BOX)
    assert made.tobytes() == small.resize((400, 240), Image.Resampling.BILINEAR).tobytes()


def test_two_pictures_with_the_same_dots_give_the_same_blur() -> None:
    """What tells two pictures apart below the dots is gone: one pixel pattern and its mirror image inside each dot look alike."""
    base = Image.effect_noise((12, 12), 60).convert("RGB").resize((480, 480), Image.Resampling.NEAREST)
    fine = base.copy()
    for x in range(0, 480, 2):
        for y in range(0, 480, 2):
            value = base.getpixel((x, y))[0]
            step = min(value, 255 - value, 40)
            for at, change in (((x, y), step), ((x + 1, y), -step), ((x, y + 1), -step), ((x + 1, y + 1), step)):
                fine.putpixel(at, (value + change,) * 3)
    out = []
    for item in (base, fine):
        data = io.BytesIO()
        item.save(data, "PNG")
        out.append(viewing_copy(io.BytesIO(data.getvalue()), "image/png", form="PNG", blurred=True, note="x"))
    assert base.tobytes() != fine.tobytes()
    assert out[0] == out[1]


def test_unblurred_only_when_asked_for(called: Called, case: Path, tmp_path: Path) -> None:
    assert called("view", "A-001", "--output", tmp_path / "v.png", "--unblurred", "--case", case)[0] == 0
    assert viewed(case)[0]["blurred"] is False
    copy, original = Image.open(tmp_path / "v.png").convert("L"), Image.open(tmp_path / "adult.jpg").convert("L")
    assert copy.tobytes() == original.tobytes()
    assert (tmp_path / "v.png").read_bytes() != (tmp_path / "adult.jpg").read_bytes()


def test_of_what_nobody_said_anything_it_is_blurred_and_recorded_as_in_the_reports(called: Called, case: Path, tmp_path: Path) -> None:
    status, out, err = called("view", "A-006", "-o", tmp_path / "v.jpg", "--case", case, "--json")
    assert (status, json.loads(out)["blurred"], json.loads(out)["recorded"]) == (0, True, True)
    assert "or may be" in err
    assert [item["exhibit"] for item in viewed(case)] == ["A-006"]


def test_a_label_changes_what_is_blurred(called: Called, case: Path, tmp_path: Path) -> None:
    for step, (label, blurred) in enumerate((("--intimate", True), ("--clear", False))):
        assert called("label", "A-002", label, "--case", case)[0] == 0
        status, out, _ = called("view", "A-002", "-o", tmp_path / f"{step}.png", "--case", case, "--json")
        assert (status, json.loads(out)["blurred"]) == (0, blurred)
    assert [item["exhibit"] for item in viewed(case)] == ["A-002"]


@pytest.mark.parametrize(
    ("exhibit", "words"),
    [("A-004", "stays where it is"), ("A-003", "no picture"), ("A-009", "no exhibit"), ("A-002", "under 18")],
)
def test_what_may_not_be_shown_is_refused_with_the_reason(called: Called, case: Path, tmp_path: Path, exhibit: str, words: str) -> None:
    if exhibit == "A-002":
        called("label", "A-002", "--minor", "--case", case)
    status, out, err = called("view", exhibit, "--output", tmp_path / "v.jpg", "--unblurred", "--case", case)
    assert (status, out) == (2, "")
    assert words in err
    assert not (tmp_path / "v.jpg").exists()


def test_where_it_goes(called: Called, case: Path, tmp_path: Path) -> None:
    (tmp_path / "there.jpg").write_bytes(b"mine")
    assert called("view", "A-002", "--output", tmp_path / "there.jpg", "--case", case)[0] == 15
    assert called("view", "A-002", "--output", tmp_path / "v.gif", "--case", case)[0] == 2
    assert called("view", "A-002", "--output", case / "v.jpg", "--case", case)[0] == 2
    assert (tmp_path / "there.jpg").read_bytes() == b"mine"
    assert viewed(case) == []


def test_what_cannot_be_recorded_is_not_shown(called: Called, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sextortion_cli import reporting
    from sextortion_cli.errors import ReadOnlyCase

    def refuse(*_: object, **__: object) -> None:
        raise ReadOnlyCase

    monkeypatch.setattr(reporting.cases, "writing", refuse)
    assert called("view", "A-001", "--output", tmp_path / "v.jpg", "--case", case)[0] == 18
    assert not (tmp_path / "v.jpg").exists()
    assert called("view", "A-002", "--output", tmp_path / "v.jpg", "--case", case)[0] == 0


def test_a_damaged_picture_says_so(called: Called, case: Path, tmp_path: Path) -> None:
    status, _, err = called("view", "A-005", "--output", tmp_path / "v.jpg", "--case", case)
    assert status == 2
    assert "damaged" in err


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel(mode: str) -> None:
    out = io.BytesIO()
    made = Image.effect_noise((40, 30), 80)
    form = "TIFF" if mode == "CMYK" else "PNG"
    (Image.new("I;16", (40, 30), 3000) if mode == "I;16" else made.convert(mode)).save(out, form)
    for blurred in (False, True):
        copy = viewing_copy(io.BytesIO(out.getvalue()), f"image/{form.lower()}", form="JPEG", blurred=blurred, note="note")
        assert Image.open(io.BytesIO(copy)).size == (40, 30)


def test_large_pictures_are_made_smaller_and_huge_ones_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    from sextortion_cli.extract import viewcopy

    copy = viewing_copy(io.BytesIO(picture((5000, 20))), "image/jpeg", form="PNG", blurred=False, note="x")
    assert max(Image.open(io.BytesIO(copy)).size) == LONGEST
    monkeypatch.setattr(viewcopy, "_MOST", 1000)
    with pytest.raises(TooManyPixelsError):
        viewing_copy(io.BytesIO(picture((50, 50))), "image/jpeg", form="PNG", blurred=False, note="x")
