"""`explain`: one page on one exhibit, and commands that find the same digest without this program."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from sextortion_cli.explaining import quoted

CHAT = "04.08.2018, 21:00 - Lina: Hei\n"


@pytest.mark.parametrize("name", [b"a b.txt", b"-x; rm -rf $HOME `id`", "ø\n'\\ \u202e.txt".encode(), b"\xff\xfe$(id)", b"it's"])
def test_a_quoted_name_is_the_same_name_to_a_shell(name: bytes) -> None:
    said = quoted(name)
    assert said.isascii()
    assert said.isprintable()
    done = subprocess.run(["bash", "-c", f"printf %s {said}"], capture_output=True, check=True)
    assert done.stdout == name


@pytest.mark.slow
def test_the_commands_find_the_digest_without_us(casefile, case: Path, tmp_path: Path) -> None:
    names = ("chat.txt", "[a]*?.txt", "-x $(id).txt", "ø '.txt")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, f"{CHAT}04.08.2018, 21:01 - Lina: {number}\n")
    casefile("import", "--case", case, tmp_path / "x.zip", "--shows", "nothing-intimate", "--via", "cable", status=None)
    items = casefile("items", "--case", case, "--json").json["items"]
    assert len(items) == 5
    for item in items:
        page = casefile("explain", item["exhibit"], "--case", case, "--json").json
        assert page["sha256"] == item["sha256"]
        assert page["does_not_show"]
        assert page["route"]["via"] == "cable"
        assert 2 <= len(page["repeat"]) <= 3
        for step in page["repeat"]:
            if step["command"].startswith(("unzip",)) and not Path("/usr/bin/unzip").exists():
                continue
            done = subprocess.run(["bash", "-c", step["command"]], cwd=case, capture_output=True, check=True)
            if "sha256sum" in step["command"] or step["command"].startswith("python3"):
                assert done.stdout.split()[0].decode() == item["sha256"]
            else:
                assert item["exhibit"].encode() in done.stdout or b"Lina" in done.stdout
    assert page["repeat"][1]["command"].startswith("python3 -I -c")


@pytest.mark.slow
def test_in_both_languages_and_for_what_is_not_in_the_case(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    casefile("import", "--case", case, tmp_path / "x.png", "--shows", "maybe-minor", status=None)
    english = casefile("explain", "A-001", "--case", case).out
    norwegian = casefile("explain", "A-001", "--case", case, "--language", "nb").out
    assert "Does not show:" in english
    assert "Viser ikke:" in norwegian
    page = casefile("explain", "A-001", "--case", case, "--json").json
    assert page["sha256"] is None
    assert page["repeat"][0]["command"].endswith("x.png")
    casefile("explain", "A-009", "--case", case, status=2)
