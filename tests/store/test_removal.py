"""
`label --minor` and `purge`: from their record on nothing is shown, the bytes leave the case in every form, and a crash at any file
operation is finished by the next writing command.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import casework, flow, labelling
from sextortion_cli.errors import CaseDamaged, Problem, UsageProblem
from sextortion_cli.items import list_items
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.store import apart, layout
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import using
from sextortion_cli.store.verify import verify

from .faults import Counting, Died, Disk, Dying
from .needles import traces
from .scenes import SESSION, differences

SECRET = b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(3000)
CHAT = "13.03.2026, 21:05 - Lina: Hei, svar meg\n13.03.2026, 21:06 - Ola: to\n"
OTHER = random.Random(8).randbytes(700)


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def brought(case: Path, *paths: Path, **stated: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Import, and return the items and the totals."""
    items = []
    running = flow.import_paths(case, SESSION, ImportRequest(paths=tuple(map(str, paths)), **stated))
    while True:
        try:
            items.append(next(running))
        except StopIteration as end:
            return items, end.value


def standing(folder: Path) -> Path:
    """A case with the picture in a zip within a zip, beside a chat, and once more in a second zip."""
    folder.mkdir(parents=True)
    inner = packed({"IMG_1.png": SECRET, "other.bin": OTHER})
    (folder / "outer.zip").write_bytes(packed({"inner.zip": inner, "_chat.txt": CHAT.encode()}))
    (folder / "second.zip").write_bytes(packed({"again.png": SECRET, "more.bin": OTHER[:300]}))
    case = folder / "world" / "case"
    case.parent.mkdir()
    casework.new_case(case, SESSION, minor="no", timezone="Europe/Oslo", role="victim")
    brought(case, folder / "outer.zip", folder / "second.zip")
    return case


def number(case: Path, name: str) -> str:
    return next(item["exhibit"] for item in list_items(cases.open_case(case).book) if item["name"] == name)


def labelled(case: Path) -> None:
    labelling.label(case, SESSION, PICTURE, "minor", "seen by mistake")


def purged(case: Path) -> None:
    labelling.purge(case, SESSION, PICTURE, "Kari Eksempel, Kripos, 2026/1", "told to")


def label_and_purge(case: Path) -> None:
    labelled(case)
    purged(case)


ACTIONS: dict[str, Callable[[Path], None]] = {"label": labelled, "purge": purged, "label-purge": label_and_purge}
#: In the zip in `outer.zip`; `second.zip` holds the same bytes again.
PICTURE = "A-005"
HOLDERS = {"A-001", "A-002", "A-003"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = standing(tmp_path_factory.mktemp("removal") / "w")
    assert number(case, "IMG_1.png") == PICTURE
    return case


@pytest.fixture
def case(world: Path, tmp_path: Path) -> Path:
    target = tmp_path / "world" / "case"
    shutil.copytree(world, target)
    return target


@contextlib.contextmanager
def refused(words: str) -> Iterator[None]:
    """Expect a usage problem that says these words."""
    with pytest.raises(UsageProblem) as caught:
        yield
    assert words in caught.value.sentences()[0]


def state(case: Path) -> dict[str, tuple[str, str]]:
    return {item["exhibit"]: (item["status"], item["reason"]) for item in list_items(cases.open_case(case).book)}


def codes(case: Path) -> list[str]:
    return sorted({item.code for item in verify(case).findings})


def test_the_search_finds_what_it_must_find(case: Path) -> None:
    """The control: before anything is removed, the bytes are seen as they are, in a zip and in a zip in a zip; and as base64."""
    assert len(traces(case, SECRET)) == 4
    (case / "x").write_bytes(b"data:image/png;base64," + __import__("base64").b64encode(b"12" + SECRET))
    assert "x" in traces(case, SECRET)


@pytest.mark.parametrize("action", ACTIONS)
def test_no_byte_is_left_in_any_form(action: str, case: Path) -> None:
    ACTIONS[action](case)
    assert traces(case, SECRET) == []
    found = state(case)
    assert found[PICTURE][1] == ("labelled-minor" if action == "label" else "purged")
    assert {name for name, (_, reason) in found.items() if reason in ("holds-sealed-apart", "held-purged")} == HOLDERS
    assert [name for name, (status, _) in found.items() if status in ("read", "stored") and name not in HOLDERS] == [
        "A-004",
        "A-006",
        "A-007",
    ]
    assert differences(case) == []
    assert codes(case) == (["sealed-apart"] if action == "label" else ["purged"])
    if action != "label":
        assert not list((case / "apart").glob("*")) if (case / "apart").exists() else True


def test_what_was_put_apart_can_be_opened_with_its_key(case: Path, tmp_path: Path) -> None:
    labelled(case)
    for name, record in cases.open_case(case).book.apart.items():
        exhibit = cases.open_case(case).book.exhibits[record["subject"]["exhibit"]]
        assert apart.opened(layout.apart_paths(case, name)[0], layout.apart_paths(case, name)[1].read_bytes()) == exhibit.sha256
    other = b"# key\nAGE-SECRET-KEY-1QQQQ\n"
    with pytest.raises(ValueError, match="no key"):
        apart.opened(layout.apart_paths(case, name)[0], other)


def test_the_chat_that_lay_beside_it_stays(case: Path) -> None:
    from sextortion_cli import lookup

    labelled(case)
    assert [item["text"] for item in lookup.messages(cases.open_case(case), lookup.MessageFilter())] == ["Hei, svar meg", "to"]


def test_labelling_a_container_takes_all_that_came_out_of_it(case: Path) -> None:
    labelling.label(case, SESSION, "A-003", "minor", None)
    found = state(case)
    assert {name for name, (_, reason) in found.items() if reason == "labelled-minor"} == {"A-003", "A-005", "A-006"}
    assert traces(case, SECRET) == traces(case, OTHER[300:]) == []


def test_the_same_bytes_are_not_taken_again(case: Path, tmp_path: Path) -> None:
    for action, reason in ((labelled, "sealed-apart"), (purged, "purged")):
        action(case)
        loose = tmp_path / f"{reason}.png"
        loose.write_bytes(SECRET)
        items, totals = brought(case, loose, shows="nothing-intimate")
        assert [(item["status"], item["reason"], item["exhibit"]) for item in items] == [("skipped", reason, None)]
        assert [notice["code"] for notice in totals["notices"]] == ["not-taken-again"]
        assert traces(case, SECRET) == []
        assert differences(case) == []


def test_an_archive_that_brings_it_again_is_put_apart_when_it_is_taken_apart(case: Path, tmp_path: Path) -> None:
    purged(case)
    deep = packed({"in.zip": packed({"p.png": SECRET, "new.bin": b"\x00new" * 9})})
    (tmp_path / "third.zip").write_bytes(deep)
    items, _ = brought(case, tmp_path / "third.zip")
    assert {item["name"]: item["reason"] for item in items} == {
        "third.zip": "holds-sealed-apart", "in.zip": "holds-sealed-apart", "p.png": "purged", "new.bin": None,
    }  # fmt: skip
    assert traces(case, SECRET) == []
    assert traces(case, b"\x00new" * 9) != []
    assert differences(case) == []


def test_a_large_file_is_hashed_before_it_is_copied_when_it_may_be_refused(case: Path, tmp_path: Path) -> None:
    from sextortion_cli.store import sealing

    large = tmp_path / "large.bin"
    large.write_bytes(SECRET + bytes(sealing.SMALL))
    brought(case, large)
    identity = number(case, "large.bin")
    labelling.purge(case, SESSION, identity, "Kari Eksempel, Kripos, 2026/1", "told to")
    counting = Counting()
    with using(counting):
        brought(case, large)
    assert traces(case, SECRET[:2000]) != []  # the picture itself was not purged here
    assert not [path for path in case.rglob("*") if path.is_file() and path.stat().st_size > sealing.SMALL and "log" not in path.name]


def test_what_crashes_left_of_it_goes_too(case: Path, tmp_path: Path) -> None:
    """A torn copy, a whole one, and a reading nobody recorded lie in quarantine; another file there stays."""
    for number_, data in enumerate((SECRET[:1500], SECRET, OTHER[:50] + b"x")):
        (case / "objects" / f"tmp-{number_:012x}").write_bytes(data)
    with cases.writing(case, SESSION):
        pass
    assert len(list((case / "quarantine").iterdir())) == 3
    purged(case)
    assert [path.read_bytes() for path in (case / "quarantine").iterdir()] == [OTHER[:50] + b"x"]
    assert traces(case, SECRET) == []
    assert differences(case) == []
    (case / "objects" / "tmp-00000000000a").write_bytes(SECRET)
    with cases.writing(case, SESSION):
        pass
    assert traces(case, SECRET) == []


def test_by_reference_it_is_hidden_and_never_copied_later(case: Path, tmp_path: Path) -> None:
    left = tmp_path / "left.png"
    left.write_bytes(OTHER[::-1])
    brought(case, left, by_reference=True)
    identity = number(case, "left.png")
    with refused("holds no copy"):
        labelling.planned(cases.open_case(case).book, identity, purge=True)
    labelling.label(case, SESSION, identity, "minor", None)
    items, _ = brought(case, left, shows="nothing-intimate")
    assert [(item["status"], item["reason"]) for item in items] == [("skipped", "labelled-minor")]
    assert traces(case, OTHER[::-1]) == []
    assert differences(case) == []
    assert "labelled-minor" in codes(case)


def test_a_label_of_a_minor_is_not_taken_back(case: Path) -> None:
    labelled(case)
    for what in ("clear", "intimate"):
        with refused("police"):
            labelling.label(case, SESSION, PICTURE, what, None)
    assert labelling.label(case, SESSION, PICTURE, "minor", None)["takes"] == []
    purged(case)
    with refused("before"):
        purged(case)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda age, key: age.write_bytes(age.read_bytes()[:-1] + b"x"), "apart-altered"),
        (lambda age, key: age.unlink(), "apart-missing"),
        (lambda age, key: key.write_bytes(b"AGE-SECRET-KEY-1"), "apart-key-altered"),
        (lambda age, key: age.with_name("0" * 32 + ".age").write_bytes(b"x"), "unlisted-file"),
    ],
)
def test_verify_sees_what_is_wrong_with_it(case: Path, change: Callable[[Path, Path], object], code: str) -> None:
    labelled(case)
    place, key = layout.apart_paths(case, next(iter(cases.open_case(case).book.apart)))
    for path in (place, key):
        path.chmod(0o600)
    change(place, key)
    assert code in {item.code for item in verify(case).findings if item.severity == "difference"}


def test_a_key_that_was_taken_away_is_no_difference(case: Path) -> None:
    labelled(case)
    layout.apart_paths(case, next(iter(cases.open_case(case).book.apart)))[1].unlink()
    assert differences(case) == []
    assert "apart-key-away" in codes(case)


def test_bytes_that_come_back_after_a_purge_are_a_difference(case: Path) -> None:
    digest = str(cases.open_case(case).book.exhibits[PICTURE].sha256)
    purged(case)
    place = layout.object_path(case, digest)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(SECRET)
    assert differences(case) == [f"removed-present {layout.object_name(digest)}"]


def test_the_digest_stands_in_a_record_of_its_own(case: Path) -> None:
    digest = str(cases.open_case(case).book.exhibits[PICTURE].sha256)
    purged(case)
    lines = [json.loads(line) for line in (case / "log.jsonl").read_text().splitlines()]
    after = [line for line in lines if line["type"] in ("purged", "removed", "set-apart", "label", "purged-digest")]
    assert [line["type"] for line in after if digest in json.dumps(line)] == ["purged-digest"]
    tombstone = next(line for line in after if line["type"] == "purged")
    assert tombstone["data"]["told_by"] == "Kari Eksempel, Kripos, 2026/1"
    assert tombstone["data"]["size"] == str(len(SECRET))


@pytest.mark.parametrize(
    ("kind", "subject", "data"),
    [
        ("set-apart", {"exhibit": PICTURE}, {"name": "../../../etc/passwd", "sha256": "", "key_sha256": ""}),
        ("label", {"exhibit": PICTURE}, {"label": "minor", "why": None, "takes": [{"exhibit": "A-999", "as": "itself"}]}),
        ("label", {"exhibit": "A-999"}, {"label": "intimate", "why": None, "takes": []}),
        ("removed", {"exhibit": PICTURE}, {"for": 1}),
        ("purged", {"exhibit": PICTURE}, {"takes": ["A-001"]}),
    ],
)
def test_a_record_that_lacks_what_its_type_must_have_is_a_difference(case: Path, kind: str, subject: Any, data: Any) -> None:
    """What a hostile log says leads to no file outside, and stops the writer before anything is removed."""
    book = cases.open_case(case).book
    with cases.writing(case, SESSION) as writer:
        session = writer.session
        writer.journal.add(kind, time=session.clock.stamp(), actor=session.actor_record(), subject=subject, data=data)
        writer.commit()
    assert any(item.startswith("log-line-altered") for item in differences(case))
    with pytest.raises(CaseDamaged):
        labelled(case)
    assert len(traces(case, SECRET)) == 4
    assert book.exhibits[PICTURE].copied


# -- crashes -----------------------------------------------------------------------------------------------------------------


def asked(case: Path) -> bool:
    """Tell whether the record that asks for it is promised."""
    book = cases.open_case(case).book
    return bool(book.exhibits[PICTURE].hidden)


def check_after(action: str, case: Path) -> None:
    """After a crash nothing is shown that was not to be, nothing differs, and the next writing command finishes it."""
    assert differences(case) == []
    if asked(case):
        assert state(case)[PICTURE][0] in ("sealed-apart", "purged")
        with cases.writing(case, SESSION):
            pass
        assert traces(case, SECRET) == []
        assert differences(case) == []
        assert cases.open_case(case).book.work == {}
    if action == "label-purge" and state(case)[PICTURE][0] != "purged":
        purged(case)
    elif not asked(case):
        ACTIONS[action](case)
    assert traces(case, SECRET) == []
    assert differences(case) == []
    assert state(case)[PICTURE][0] == ("sealed-apart" if action == "label" else "purged")


def operations(action: str, case: Path) -> list[str]:
    counting = Counting()
    with using(counting):
        ACTIONS[action](case)
    return counting.kinds


def die_everywhere(action: str, world: Path, folder: Path, every: int) -> None:
    shutil.copytree(world, folder / "count")
    kinds = operations(action, folder / "count")
    assert {"unlink", "fsync", "fsync_dir", "write"} <= set(kinds)
    for at, kind in list(enumerate(kinds, 1))[::every]:
        for torn in (False, True) if kind == "write" else (False,):
            case = folder / f"{at}-{torn}"
            shutil.copytree(world, case)
            with using(Dying(at, torn=torn)), pytest.raises(Died):
                ACTIONS[action](case)
            check_after(action, case)
            shutil.rmtree(case)


def lose_power_everywhere(action: str, world: Path, folder: Path, every: int) -> None:
    shutil.copytree(world, folder / "count")
    for at in range(1, len(operations(action, folder / "count")) + 1, every):
        home = folder / f"{at}"
        shutil.copytree(world, home / "case")
        disk = Disk(home, at)
        with using(disk), pytest.raises(Died):
            ACTIONS[action](home / "case")
        for variant in range(5):
            disk.after_power_loss(folder / f"left-{at}-{variant}", variant)
            check_after(action, folder / f"left-{at}-{variant}" / "case")
            shutil.rmtree(folder / f"left-{at}-{variant}")
        shutil.rmtree(home)


@pytest.mark.parametrize("action", ACTIONS)
def test_dying(action: str, world: Path, tmp_path: Path) -> None:
    die_everywhere(action, world, tmp_path, {"label": 17, "purge": 11, "label-purge": 29}[action])


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("action", ACTIONS)
def test_dying_at_every_operation(action: str, world: Path, tmp_path: Path) -> None:
    die_everywhere(action, world, tmp_path, 1)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("action", ["label", "purge"])
def test_power_loss_at_every_operation(action: str, world: Path, tmp_path: Path) -> None:
    lose_power_everywhere(action, world, tmp_path, 1)


def test_a_failing_disk_loses_nothing_and_shows_nothing(case: Path) -> None:
    """The disk refuses one operation: the label stands, nothing is shown, and the next writing command finishes it."""
    from .faults import Failing

    kinds = operations_until(case, "label")
    for at in range(1, len(kinds) + 1, 9):
        other = case.with_name(f"f{at}")
        shutil.copytree(case, other)
        with using(Failing(at, 5)), contextlib.suppress(Problem, OSError):
            labelled(other)
        check_after("label", other)


def operations_until(case: Path, action: str) -> list[str]:
    counted = case.with_name("counted")
    shutil.copytree(case, counted)
    return operations(action, counted)
