"""A reading that is not what was stored: said to be so by every command, never a crash, and never 'nothing was found'."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CHAT = "04.08.2018, 21:01 - Lina: betal 500 kr til 8601 11 17947 ellers sender jeg videoen\n" * 3
COMMANDS = (("identifiers",), ("links",), ("missing",), ("demand", "suggest"), ("pressure",), ("signs",), ("messages",), ("report", "--format", "json"))  # fmt: skip


@pytest.fixture
def altered(casefile, case: Path, tmp_path: Path) -> Path:
    (tmp_path / "WhatsApp-chat med Lina.txt").write_text(CHAT, encoding="utf-8")
    casefile("contact", "add", "--case", case, "--side", "extorter", "--service", "WhatsApp", "--name", "Lina")
    casefile("import", "--case", case, tmp_path / "WhatsApp-chat med Lina.txt", "--shows", "nothing-intimate")
    (reading,) = (path for path in (case / "readings").rglob("*") if path.is_file())
    data = bytearray(reading.read_bytes())
    data[30] ^= 0xFF
    reading.chmod(0o600)
    reading.write_bytes(data)
    shutil.rmtree(case / "cache", ignore_errors=True)
    return case


def test_without_an_index_every_command_says_the_case_differs(casefile, altered: Path) -> None:
    (altered / "index.sqlite").unlink()
    for command in COMMANDS:
        ran = casefile(*command, "--case", altered, status=4)
        assert ran.out == ""
        assert "casefile verify" in ran.err


def test_with_an_index_what_could_not_be_looked_through_is_said(casefile, altered: Path) -> None:
    for command in (("identifiers",), ("demand", "suggest"), ("pressure",), ("signs",)):
        ran = casefile(*command, "--case", altered, status=3)
        assert "A-001" in ran.err, command
        assert "Nothing that identifies" not in ran.err
        assert "No message seems" not in ran.err
