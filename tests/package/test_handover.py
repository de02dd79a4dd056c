"""What a package holds, and what it does not: by grade, the same bytes every time, recorded, and never half a one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli import apportion, casework, desk, handing, labelling
from sextortion_cli.errors import CaseDamaged, ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.package.names import faults
from sextortion_cli.store import case as cases
from sextortion_cli.store.verify import verify

from .conftest import SESSION, Both, by_desk, take


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_folder_and_zip_hold_the_same(made_packages: dict[str, Path]) -> None:
    assert tree(made_packages["folder"]) == unpacked(made_packages["zip"])


def test_every_path_is_safe_everywhere(made_packages: dict[str, Path]) -> None:
    for name in tree(made_packages["folder"]):
        assert faults(name) == []


def test_the_same_case_gives_the_same_bytes(case: Path, made_packages: dict[str, Path]) -> None:
    """Handing over leaves a record, which is one of access: it changes neither the next package nor the fingerprint."""
    before = cases.open_case(case).fingerprint()
    for name in ("one.zip", "two.zip"):
        handing.hand_over(case, SESSION, case.with_name(name))
    assert case.with_name("one.zip").read_bytes() == case.with_name("two.zip").read_bytes()
    assert case.with_name("one.zip").read_bytes() == made_packages["zip"].read_bytes()
    assert cases.open_case(case).fingerprint() == before


def test_it_is_recorded_with_its_digest(case: Path) -> None:
    made = handing.hand_over(case, SESSION, case.with_name("p.zip"))
    assert made["sha256"] == hashlib.sha256(case.with_name("p.zip").read_bytes()).hexdigest()
    folder = handing.hand_over(case, SESSION, case.with_name("p"))
    assert folder["sha256"] == hashlib.sha256((case.with_name("p") / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    records = [item for item in cases.open_case(case).book.others if item["type"] == "handed-over"]
    assert [(item["data"]["sha256"], item["data"]["form"]) for item in records[-2:]] == [
        ([made["sha256"]], "zip"),
        ([folder["sha256"]], "folder"),
    ]
    assert verify(case).ok


@pytest.mark.skipif(sys.platform != "linux", reason="not on Linux")
def test_ordinary_programs_check_it(made_packages: dict[str, Path]) -> None:
    """`sha256sum`, `sha512sum`, and the script alone, without this program and without any library."""
    folder = made_packages["folder"]
    for kind in ("sha256", "sha512"):
        for name in (f"manifest-{kind}.txt", f"tagmanifest-{kind}.txt"):
            assert subprocess.run([f"{kind}sum", "--quiet", "-c", name], cwd=folder, check=False).returncode == 0
    done = subprocess.run([sys.executable, "-I", "-S", "verify.py.txt"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert json.loads((folder / "data/package.json").read_bytes())["fingerprint"] in done.stdout.decode()
    nothing = subprocess.run([sys.executable, "-I", "-S", "verify.py.txt", str(folder.parent / "nowhere")], cwd=folder, check=False)
    assert nothing.returncode == 2


def test_originals_are_byte_for_byte(made_packages: dict[str, Path]) -> None:
    folder = made_packages["folder"]
    package = json.loads((folder / "data/package.json").read_bytes())
    assert [entry["exhibit"] for entry in package["exhibits"]] == ["A-001", "A-002"]
    for entry in package["exhibits"]:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (folder / "data/originals/A-001-whatsapp-text.txt").read_bytes().startswith(b"13.03.2026")


def test_both_languages_stand_in_it_and_the_cases_own_first(made_packages: dict[str, Path]) -> None:
    for name in ("READ-FIRST.txt", "HOW-TO-CHECK.txt"):
        text = (made_packages["folder"] / name).read_text(encoding="utf-8")
        norwegian, english = text.split("=" * 60)
        assert "fingeravtrykk" in norwegian.lower()
        assert "fingerprint" in english.lower()
    how = (made_packages["folder"] / "HOW-TO-CHECK.txt").read_text(encoding="utf-8")
    assert how.index("certutil") < how.index("Get-FileHash") < how.index("shasum") < how.index("sha256sum ") < how.index("openssl")


def test_it_is_never_put_into_the_case_nor_over_anything(case: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        handing.hand_over(case, SESSION, case / "p")
    with pytest.raises(UsageProblem):
        handing.hand_over(case, SESSION, tmp_path / "nowhere" / "p")
    for grade in ("lawyer", "platform-report", "statistics"):
        with pytest.raises(UsageProblem):
            handing.hand_over(case, SESSION, tmp_path / "p", grade=grade)
    (tmp_path / "p").mkdir()
    (tmp_path / "p.zip").write_bytes(b"mine")
    for name in ("p", "p.zip"):
        with pytest.raises(WouldOverwrite):
            handing.hand_over(case, SESSION, tmp_path / name)
    with pytest.raises(WouldOverwrite):  # a folder is never overwritten
        handing.hand_over(case, SESSION, tmp_path / "p", force=True)
    handing.hand_over(case, SESSION, tmp_path / "p.zip", force=True)
    assert by_desk(tmp_path / "p.zip")[0] == 0


def test_a_dry_run_leaves_nothing(case: Path, tmp_path: Path) -> None:
    before = tree(case)
    made = handing.hand_over(case, SESSION, tmp_path / "p", dry_run=True)
    assert made["dry_run"]
    assert not (tmp_path / "p").exists()
    assert tree(case)["log.jsonl"] == before["log.jsonl"]


def test_an_altered_original_is_not_handed_over(case: Path, tmp_path: Path) -> None:
    digest = next(iter(cases.open_case(case).book.by_digest))
    path = case / "objects" / "sha256" / digest[:2] / digest
    path.chmod(0o600)
    path.write_bytes(b"other")
    for name in ("p", "p.zip"):
        with pytest.raises(CaseDamaged):
            handing.hand_over(case, SESSION, tmp_path / name)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["case"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="runs as root, who may write everywhere")
def test_where_nothing_may_be_written_it_says_so(case: Path, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    with pytest.raises(ReadOnlyCase):
        handing.hand_over(case, SESSION, tmp_path / "shut" / "p")


# -- what goes, and what stays ----------------------------------------------------------------------------------------------

STAYS = bytes(range(256)) * 3
OTHER = "13.03.2026, 21:05 - Mamma: Middag klokka fem, ring +47 412 34 567 eller tante.privat@example.org\n13.03.2026, 21:06 - Ola: ja\n"
THEIRS = "13.03.2026, 22:05 - Lina: Betal naa\n13.03.2026, 22:06 - Ola: nei (IMG-1.jpg vedlagt)\n"


@pytest.fixture(scope="module")
def made_mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("mixed")
    case = tmp_path / "case"
    casework.new_case(case, SESSION, minor="no", timezone="Europe/Oslo", role="volunteer")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a/WhatsApp Chat with Lina.txt", THEIRS)
        archive.writestr("b/WhatsApp Chat with Mamma.txt", OTHER)
        archive.writestr("b/note.bin", b"\x01\x02\x03")
    (tmp_path / "kept.bin").write_bytes(STAYS)
    take(case, tmp_path / "all.zip", shows="nothing-intimate")
    take(case, tmp_path / "kept.bin", by_reference=True)
    casework.add_contact(case, SESSION, side="extorter", service="WhatsApp", display_name="Lina")
    casework.add_contact(case, SESSION, side="victim", email="ola.nordmann@example.org")
    casework.add_contact(case, SESSION, side="third-person", email="tante.eksempel@example.org")
    casework.add_contact(case, SESSION, side="third-person", email="venn.eksempel@example.org")
    casework.add_event(
        case, SESSION, "publication", contact="C-004", text="sendt til venn.eksempel@example.org, ikke tante.eksempel@example.org"
    )
    return case


@pytest.fixture
def mixed(made_mixed: Path, tmp_path: Path) -> Path:
    """Return a copy of a case with two conversations in an archive, of which one is with the other side, and two third persons."""
    return Path(shutil.copytree(made_mixed, tmp_path / "case", symlinks=True))


def by_name(package: Path) -> dict[str, str]:
    found = json.loads((package / "data/withheld.json").read_bytes())
    return {entry["exhibit"]: entry["why"] for entry in found["withheld"]}


@pytest.mark.parametrize("grade", ["police-full", "helper"])
def test_another_conversation_stays_with_the_person(mixed: Path, tmp_path: Path, both: Both, grade: str) -> None:
    handing.hand_over(mixed, SESSION, tmp_path / "p", grade=grade)
    assert both(tmp_path / "p") == (0, set())
    book = cases.open_case(mixed).book
    names = {item.name: item.id for item in book.exhibits.values()}
    withheld = by_name(tmp_path / "p")
    assert withheld[names["b/WhatsApp Chat with Mamma.txt"]] == "other-conversation"
    assert withheld[names["all.zip"]] == "archive"
    assert names["a/WhatsApp Chat with Lina.txt"] not in withheld
    held = b"".join(data for name, data in tree(tmp_path / "p").items() if not name.endswith(".gz"))
    assert b"Betal naa" in held
    assert b"Middag klokka fem" not in held
    assert b"41234567" not in held
    assert b"tante.privat" not in held
    report = json.loads((tmp_path / "p/data/reports/case-file.json").read_bytes())
    for key, entries in report.items():
        if isinstance(entries, list) and key != "custody":
            text = json.dumps([{**entry, "parent": None} if isinstance(entry, dict) else entry for entry in entries])
            assert not [name for name in withheld if f'"{name}"' in text], key


def test_third_persons_are_hidden_but_for_recipients(mixed: Path, tmp_path: Path) -> None:
    handing.hand_over(mixed, SESSION, tmp_path / "p")
    for name in ("case-file.txt", "case-file.json"):
        text = (tmp_path / "p/data/reports" / name).read_text(encoding="utf-8")
        assert "venn.eksempel@example.org" in text
        assert "tante.eksempel@example.org" not in text
        assert "ola.nordmann@example.org" not in text


@pytest.mark.slow
def test_by_reference_goes_as_a_digest_to_the_police_and_not_at_all_to_a_helper(mixed: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(STAYS).hexdigest().encode()
    for grade, given in (("police-full", True), ("helper", False)):
        handing.hand_over(mixed, SESSION, tmp_path / grade, grade=grade)
        everything = b"".join(tree(tmp_path / grade).values())
        assert STAYS not in everything
        assert (digest in everything) == given
        assert len(json.loads((tmp_path / grade / "data/by-reference.json").read_bytes())["by_reference"]) == 1


@pytest.mark.slow
def test_a_helper_gets_no_statement_and_no_digest_of_what_is_withheld(mixed: Path, tmp_path: Path) -> None:
    handing.hand_over(mixed, SESSION, tmp_path / "p", grade="helper")
    everything = b"".join(tree(tmp_path / "p").values())
    book = cases.open_case(mixed).book
    for name in by_name(tmp_path / "p"):
        assert str(book.exhibits[name].sha256).encode() not in everything
    assert b"tante.eksempel@example.org" not in everything
    assert "No written consent" in (tmp_path / "p/READ-FIRST.txt").read_text(encoding="utf-8")


def test_what_was_withheld_can_be_shown_later(mixed: Path, tmp_path: Path) -> None:
    """A withheld record put in the place of its leaf gives the same root; another one does not."""
    handing.hand_over(mixed, SESSION, tmp_path / "p", grade="helper")
    part = tmp_path / "p/data/custody/log-part.jsonl"
    lines, whole = part.read_bytes().splitlines(keepends=True), (mixed / "log.jsonl").read_bytes().splitlines(keepends=True)
    entry = json.loads((tmp_path / "p/data/withheld.json").read_bytes())["withheld"][0]
    number = entry["record"]
    assert json.loads(lines[number])["leaf"] == entry["leaf"]
    for line, good in ((whole[number], True), (whole[number].replace(b"2", b"3", 1), False)):
        part.write_bytes(b"".join([*lines[:number], line, *lines[number + 1 :]]))
        codes = {item.code for item in desk.check(tmp_path / "p").findings if item.severity == "difference"}
        assert ("log-altered" in codes) != good


def test_nobody_stated_means_nothing_is_left_out_and_it_says_so(case: Path, tmp_path: Path) -> None:
    casework.withdraw(case, SESSION, "C-001", None)
    made = handing.hand_over(case, SESSION, tmp_path / "p")
    assert made["originals"] == 2
    assert [item["code"] for item in made["notices"]] == ["nobody-stated"]


def test_what_was_taken_back_stays(case: Path, tmp_path: Path, both: Both) -> None:
    casework.withdraw(case, SESSION, "A-002", "a mistake")
    handing.hand_over(case, SESSION, tmp_path / "p")
    assert both(tmp_path / "p") == (0, set())
    assert by_name(tmp_path / "p") == {"A-002": "withdrawn"}


def test_a_package_of_a_case_that_changed_meanwhile_is_never_named(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was labelled or destroyed while it was being made may already be in it."""
    from sextortion_cli import handing as module
    from sextortion_cli.errors import AnotherWriter

    made = module._record

    def after_a_note(path: Path, *more: Any) -> None:
        casework.add_note(path, SESSION, "something new")
        made(path, *more)

    monkeypatch.setattr(module, "_record", after_a_note)
    with pytest.raises(AnotherWriter):
        module.hand_over(case, SESSION, tmp_path / "p")
    assert not list(tmp_path.glob("*p*/data"))


def test_a_label_decides_what_a_helper_gets(case: Path, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    take(case, tmp_path / "a.png", shows="nothing-intimate", kind="profile")
    name = next(item.id for item in cases.open_case(case).book.exhibits.values() if item.name == "a.png")
    assert name in apportion.share(cases.open_case(case), "helper").given
    labelling.label(case, SESSION, name, "intimate", None)
    assert apportion.share(cases.open_case(case), "helper").withheld[name] == "may-be-intimate"


def test_what_was_destroyed_is_listed_as_that_and_the_log_is_said_to_be_whole(case: Path, tmp_path: Path) -> None:
    name = next(item.id for item in cases.open_case(case).book.exhibits.values() if item.name == "note.bin")
    labelling.purge(case, SESSION, name, "Nord, 1", None)
    handing.hand_over(case, SESSION, tmp_path / "p", language="en")
    withheld = json.loads((tmp_path / "p/data/withheld.json").read_bytes())["withheld"]
    assert [(item["exhibit"], item["why"]) for item in withheld] == [(name, "purged")]
    read_first = (tmp_path / "p/READ-FIRST.txt").read_text(encoding="utf-8")
    assert "our copy was destroyed" in read_first
    assert "The custody log is whole" in read_first


def test_a_fingerprint_that_is_none_is_a_wrong_word_and_no_accusation(casefile, made_packages: dict[str, Path]) -> None:
    ran = casefile("intake", "verify", made_packages["folder"], "--fingerprint", "xx", status=2)
    assert "re-sealed" not in ran.err + ran.out
    assert casefile("intake", "verify", made_packages["folder"], "--fingerprint", "AAAA-BBBB-CCCC-DDDD", status=4)


@pytest.mark.slow
def test_the_short_form_has_keys_no_language_changes(casefile, made_packages: dict[str, Path]) -> None:
    found = [
        casefile("intake", "summary", made_packages["folder"], "--json", "--language", language).json["lines"] for language in ("nb", "en")
    ]
    assert [line["key"] for line in found[0]] == [line["key"] for line in found[1]]
    assert [line["label"] for line in found[0]] != [line["label"] for line in found[1]]
