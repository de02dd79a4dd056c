"""`import --phone` on made phones: what is listed, in which order, what is taken; hostile names, much too much, links, what vanishes or hangs."""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import phones
from sextortion_cli.cli.phone import picked
from sextortion_cli.errors import PhoneMissing

from .terminal import run

PNG = b"\x89PNG\r\n\x1a\n"


def put(path: Path, mark: str, at: str = "2026-03-01") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PNG + mark.encode() * 10)
    seconds = time.mktime(time.strptime(at, "%Y-%m-%d"))
    os.utime(path, (seconds, seconds))
    return path


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """Return an Android phone as gvfs mounts it, with one storage."""
    root = tmp_path / "gvfs" / "mtp:host=Maker_Model_X"
    storage = root / "Internal shared storage"
    put(storage / "Pictures" / "Screenshots" / "Screenshot_20260312-210512.png", "a")
    put(storage / "DCIM" / "Screenshots" / "Screenshot_2026-03-14-08-00-01-123_com.example.chat.jpg", "b")
    put(storage / "Pictures" / "Screenshots" / "Chat" / "Screenshot_20250101.png", "c")
    put(storage / "DCIM" / "Camera" / "IMG_20260312_210000.png", "holiday")
    put(storage / "Pictures" / "Screenshots" / "notes.txt", "no picture")
    put(storage / "Pictures" / "Screenshots" / ".trashed-1-x.png", "hidden")
    put(storage / "Pictures" / "Other" / "x.png", "elsewhere")
    return root


@pytest.fixture
def case(called, tmp_path: Path) -> Path:
    assert called("new", tmp_path / "case", "--minor", "no")[0] == 0
    return tmp_path / "case"


def names(found: phones.Found) -> list[str]:
    return [shot.name for shot in found.screenshots]


def before_and_after(root: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in root.rglob("*")}


def test_only_screenshots_are_listed_the_newest_first(phone: Path) -> None:
    before = before_and_after(phone)
    found = phones.look(os.fsencode(phone))
    assert found.phones == ["Maker Model X"]
    assert [(shot.name, shot.at, shot.dated, shot.is_guess) for shot in found.screenshots] == [
        ("Screenshot_2026-03-14-08-00-01-123_com.example.chat.jpg", "2026-03-14 08:00:01", "name", False),
        ("Screenshot_20260312-210512.png", "2026-03-12 21:05:12", "name", False),
        ("Screenshot_20250101.png", "2025-01-01", "name", False),
    ]
    assert before_and_after(phone) == before


def test_of_an_iphone_png_files_are_a_guess_and_photos_are_left_out(tmp_path: Path) -> None:
    put(tmp_path / "DCIM" / "100APPLE" / "IMG_0001.PNG", "a", "2026-03-02")
    put(tmp_path / "DCIM" / "100APPLE" / "IMG_0002.HEIC", "b")
    put(tmp_path / "DCIM" / "202603__" / "IMG_0003.PNG", "c", "2026-03-05")
    put(tmp_path / "DCIM" / "Camera" / "IMG_0004.PNG", "d")
    found = phones.look(os.fsencode(tmp_path))
    assert [(shot.name, shot.at[:10], shot.dated, shot.is_guess) for shot in found.screenshots if shot.at] == [
        ("IMG_0003.PNG", "2026-03-05", "file", True), ("IMG_0001.PNG", "2026-03-02", "file", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Screenshot_20261399-999999.png", None), ("Screenshot_99991231-000000.png", None), ("20260312.png", "2026-03-12"),
        ("Screenshot_20260230-120000.png", None), ("Screen Shot 2026-03-12 at 21.05.12.png", "2026-03-12 21:05:12"), ("\u0662\u0660\u0662\u0666.png", None),
        ("Screenshot_20260312-996099.png", "2026-03-12"),
    ],
)  # fmt: skip
def test_a_name_that_holds_no_real_time_is_not_believed(tmp_path: Path, name: str, at: str | None) -> None:
    put(tmp_path / "Pictures" / "Screenshots" / name, "x")
    shot = phones.look(os.fsencode(tmp_path)).screenshots[0]
    assert (shot.at, shot.dated) == (at, "name") if at else (shot.dated == "file" and str(shot.at).startswith("2026-03-01"))


def test_hostile_names_reach_no_terminal_and_are_kept_as_they_are(called, case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "phone" / "Pictures" / "Screenshots"
    evil = [b"\x1b]0;x\x07a.png", b"line\nbreak.png", b"-rf.png", "r\u202eevil.png".encode(), b"casefile new x.png"]
    for number, name in enumerate(evil):
        put(folder / os.fsdecode(name), str(number))
    try:
        put(folder / os.fsdecode(b"\xff\xfe.png"), "raw")
        evil.append(b"\xff\xfe.png")
    except OSError:
        pass
    status, out, err = called("import", "--phone", tmp_path / "phone", "--case", case)
    assert (status, out) == (2, "")
    assert not {"\x1b", "\x07", "\u202e"} & set(err)
    assert "--pick" in err
    status, out, _err = called("import", "--phone", tmp_path / "phone", "--pick", "all", "--case", case, "--json")
    assert status == 0
    assert [item["status"] for item in json.loads(out)["items"]] == ["stored"] * len(evil)
    records = [json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines()]
    assert sorted(base64.b64decode(record["data"]["name_b64"]) for record in records if record["type"] == "acquired") == sorted(evil)


def test_links_are_not_followed_and_what_cannot_be_read_is_passed_over(phone: Path, tmp_path: Path) -> None:
    folder = phone / "Internal shared storage" / "Pictures" / "Screenshots"
    secret = put(tmp_path / "private" / "Screenshot_20260401-000000.png", "private")
    (folder / "link.png").symlink_to(secret)
    (folder / "Linked").symlink_to(secret.parent)
    (phone / "Card").symlink_to(tmp_path / "private")
    (folder / "loop").symlink_to(folder)
    locked = folder / "Locked"
    locked.mkdir(mode=0)
    try:
        assert len(names(phones.look(os.fsencode(phone)))) == 3
    finally:
        locked.chmod(0o700)


def test_thousands_are_listed_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "_MOST", 200)
    folder = tmp_path / "Pictures" / "Screenshots"
    folder.mkdir(parents=True)
    for number in range(300):
        (folder / f"Screenshot_20260312-{number:06}.png").write_bytes(PNG)
    found = phones.look(os.fsencode(tmp_path))
    assert found.is_cut
    assert len(found.screenshots) == 200


def test_a_phone_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hangs = threading.Event()
    monkeypatch.setattr(phones, "_search", lambda place, found: hangs.wait(30))
    with pytest.raises(PhoneMissing):
        phones.look(os.fsencode(tmp_path), seconds=0.05)
    hangs.set()


def test_a_phone_that_vanishes_meanwhile_is_no_crash(phone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(folder: Any) -> Any:
        if b"Screenshots" in folder:
            raise OSError(19, "No such device")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found = phones.look(os.fsencode(phone))
    assert (found.phones, found.screenshots) == (["Maker Model X"], [])


def test_what_vanished_after_it_was_listed_fails_for_itself(called, case: Path, phone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shots = phones.look(os.fsencode(phone))
    os.unlink(shots.screenshots[0].path)
    monkeypatch.setattr(phones, "look", lambda root=None: shots)
    status, out, _err = called("import", "--phone", "--pick", "all", "--case", case, "--json")
    assert status == 3
    assert sorted(item["status"] for item in json.loads(out)["items"]) == ["failed", "stored", "stored"]


def test_the_places_of_desktops_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    user = f"/run/user/{os.getuid()}".encode()
    tree = {user + b"/gvfs": [b"mtp:host=A"], user: [user + b"/kio-fuse-x", user + b"/pulse"], user + b"/kio-fuse-x/mtp": [b"B"], b"/media": [b"/media/me"], b"/media/me": [b"CARD"]}  # fmt: skip
    monkeypatch.setattr(phones, "_folders", lambda parent: tree.get(parent, []))
    assert [place for place in phones.places("linux") if place in (b"mtp:host=A", b"B", b"CARD")] == [b"mtp:host=A", b"CARD", b"B"]
    tree[b"/Volumes"] = [b"/Volumes/CAMERA"]
    assert list(phones.places("darwin")) == [b"/Volumes/CAMERA"]


def test_where_systems_mount_phones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phone: Path) -> None:
    assert list(phones.places("win32"))[:2] == [b"D:\\", b"E:\\"]
    monkeypatch.setattr(phones, "places", lambda: iter([os.fsencode(tmp_path / "none"), os.fsencode(phone), os.fsencode(tmp_path)]))
    assert phones.look().phones == ["Maker Model X"]
    monkeypatch.setattr(phones, "places", lambda: iter([os.fsencode(tmp_path / "none")]))
    with pytest.raises(PhoneMissing):
        phones.look()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1", [0]), ("3 1", [0, 2]), ("1-2", [0, 1]), ("1,1,2-3", [0, 1, 2]), ("all", [0, 1, 2]), ("Alle", [0, 1, 2]), ("2026-03-12", [1]),
        ("0", None), ("4", None), ("2-1", None), ("x", None), ("2026-03-13", None), ("1 x", None), ("", []), ("9" * 40, None), ("\u0661", None), ("1-", None),
    ],
)  # fmt: skip
def test_what_numbers_ranges_and_days_mean(phone: Path, said: str, meant: list[int] | None) -> None:
    shots = phones.look(os.fsencode(phone)).screenshots
    found = picked(said, shots)
    assert found == (None if meant is None else [shots[place] for place in meant])


def test_only_what_is_picked_is_copied_and_the_way_is_recorded(called, case: Path, phone: Path) -> None:
    before = before_and_after(phone)
    status, out, _err = called("import", "--phone", phone, "--pick", "2026-03-12", "--kind", "conversation", "--case", case, "--json")
    items = json.loads(out)["items"]
    assert status == 0
    assert [(item["name"], item["kind"]) for item in items] == [("Screenshot_20260312-210512.png", "conversation")]
    started = next(json.loads(line) for line in (case / "log.jsonl").read_bytes().splitlines() if b'"import-started"' in line)
    assert started["data"]["stated"] == {"recursive": True, "kind": "conversation", "via": "cable", "device": "Maker Model X"}
    assert before_and_after(phone) == before


def test_the_gate_holds_for_a_phone_too(called, tmp_path: Path, phone: Path) -> None:
    called("new", tmp_path / "minor", "--minor", "yes")
    called("import", "--phone", phone, "--pick", "all", "--case", tmp_path / "minor", "--json")
    out = called("items", "--case", tmp_path / "minor", "--json")[1]
    assert [item["status"] for item in json.loads(out)["items"]] == ["by-reference"] * 3


def test_a_dry_run_lists_everything_and_takes_nothing(called, case: Path, phone: Path) -> None:
    status, out, _err = called("import", "--phone", phone, "--dry-run", "--case", case, "--json")
    assert status == 0
    assert [item["status"] for item in json.loads(out)["items"]] == ["would-copy"] * 3
    assert b"import-started" not in (case / "log.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("import",), 2), (("import", "--pick", "1", "x.png"), 2), (("import", "--phone", "a", "b"), 2), (("import", "--phone", "--pick", "77"), 16),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_sentence(
    called, case: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], expected: int
) -> None:
    monkeypatch.setattr(phones, "places", lambda: iter(()))
    status, out, err = called(*arguments, "--case", case)
    assert (status, out) == (expected, "")
    assert "Traceback" not in err
    if expected == 16:
        assert "unlock" in err
        assert "guide phone" in err


def test_a_phone_without_screenshots_says_what_to_do(called, case: Path, tmp_path: Path) -> None:
    (tmp_path / "phone" / "DCIM" / "Camera").mkdir(parents=True)
    status, out, err = called("import", "--phone", tmp_path / "phone", "--case", case)
    assert (status, out) == (16, "")
    assert "copy them to a folder" in err


pty = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")


@pty
@pytest.mark.slow
def test_on_a_terminal_they_are_ticked(called, case: Path, phone: Path, tmp_path: Path) -> None:
    keys = ["x\n", "2\n", *["\n"] * 6]
    status, shown = run(["--case", "case", "import", "--phone", str(phone)], keys, tmp_path, columns=60)
    assert status == 0, shown
    assert "3 skjermbilder ble funnet" in shown
    assert "Skriv tall fra 1 til 3" in shown
    log = (case / "log.jsonl").read_text(encoding="utf-8")
    assert log.count('"type":"acquired"') == 1
    assert "Screenshot_20260312-210512.png" in log


@pty
def test_enter_takes_nothing(called, case: Path, phone: Path, tmp_path: Path) -> None:
    status, shown = run(["--case", "case", "import", "--phone", str(phone)], ["\n"], tmp_path, language="en")
    assert status == 0, shown
    assert "Nothing was taken." in shown
    assert b"import-started" not in (case / "log.jsonl").read_bytes()
