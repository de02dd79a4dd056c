"""The commands the pages tell people to give are given here, one after the other: none may fail, and the case is whole afterwards."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHAT = "13.03.2026, 21:05 - Lina: Hei\n14.03.2026, 08:00 - Lina: 20 000 kroner\n"
#: What a page leaves to the reader, and what stands for it here.
BLANKS = {
    "FOLDER-WITH-SCREENSHOTS": '"$HOME/Pictures/screenshots"',
    "MAPPE-MED-SKJERMBILDER": '"$HOME/Pictures/screenshots"',
    "EXPORT.zip": '"$HOME/Downloads/WhatsApp-export.zip"',
    '"..."': '"stated"',
}


def commands(page: str) -> str:
    """Return the first block of commands of a page that opens a case."""
    text = (ROOT / page).read_text(encoding="utf-8")
    block = next(found[0] for found in re.finditer(r"(?:^    .*\n)+", text, re.MULTILINE) if "casefile new" in found[0])
    for blank, value in BLANKS.items():
        block = block.replace(blank, value)
    block = re.sub(r"--(when|deadline) \.\.\.", r'--\1 "2026-03-14 08:00"', block)
    return re.sub(r"--amount \.\.\.", "--amount 20000", block).replace("...", "stated")


@pytest.mark.parametrize("page", ["README.md", "docs/now/README.md", "docs/now/README.nb.md", "docs/volunteer/README.md"])
def test_what_a_page_says_can_be_done(page: str, tmp_path: Path) -> None:
    import zipfile

    from PIL import Image

    home, programs = tmp_path / "home", tmp_path / "programs"
    for folder in (home / "Downloads", home / "Pictures" / "screenshots", programs):
        folder.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(home / "Pictures" / "screenshots" / "IMG_0001.PNG")
    with zipfile.ZipFile(home / "Downloads" / "WhatsApp-export.zip", "w") as export:
        export.writestr("WhatsApp Chat with Lina.txt", CHAT)
    (programs / "casefile").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sextortion_cli "$@"\n', encoding="ascii")
    (programs / "casefile").chmod(0o755)
    environment = {**os.environ, "HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin"}
    script = commands(page) + "casefile verify\n"
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", script], capture_output=True, cwd=home, env=environment, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert b"Traceback" not in done.stderr
    written = [*home.glob("*.md"), *home.glob("*.html")]
    assert len(written) == 1
    assert written[0].read_text(encoding="utf-8").startswith(("# ", "<!DOCTYPE html>"))
