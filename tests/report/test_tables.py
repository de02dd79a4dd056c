"""The lists of a case as tables: readable by what reads tables, without formulas, without what is masked, the same in every form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sextortion_cli import casework
from sextortion_cli.errors import UsageProblem, WouldOverwrite
from sextortion_cli.gates.csvcell import _STARTS
from sextortion_cli.model.session import Session
from sextortion_cli.report.tables import TABLES
from sextortion_cli.reporting import write_tables


def written(case: Path, form: str, folder: Path, *, force: bool = False) -> dict[str, str]:
    write_tables(case, Session(), form, None, folder, force=force, unmask=False, write=print)
    return {name: (folder / f"{name}.{form}").read_bytes().decode("utf-8") for name in TABLES}


@pytest.mark.slow
def test_cells_are_no_formulas_heads_are_keys_and_every_form_has_every_record(hostile_case: Path, tmp_path: Path) -> None:
    lines = {
        name: [json.loads(line) for line in text.split("\n")[:-1]] for name, text in written(hostile_case, "ndjson", tmp_path / "n").items()
    }
    tsv = written(hostile_case, "tsv", tmp_path / "t")
    for name, text in written(hostile_case, "csv", tmp_path / "c").items():
        assert text.startswith("\ufeff")
        assert text.endswith("\r\n")
        rows = list(csv.reader(io.StringIO(text[1:], newline="")))
        assert rows[0] == list(TABLES[name])
        assert len(rows) - 1 == len(lines[name]) == tsv[name].count("\n") - 1 > 0
        assert {len(row) for row in rows} == {len(TABLES[name])}
        assert not [value for row in rows[1:] for value in row if value.startswith(_STARTS)]
        assert {line.count("\t") for line in tsv[name].split("\n")[:-1]} == {len(TABLES[name]) - 1}
        for key in (column.split(".")[0] for column in TABLES[name]):
            assert any(key in entry for entry in lines[name]), key


def test_what_is_masked_is_in_no_table(casefile, case: Path, tmp_path: Path) -> None:
    casework.add_contact(case, Session(), side="victim", service="WhatsApp", display_name="Kari Hemmelig", email="kari.h@example.org")
    casework.add_event(case, Session(), "threat", "2026-03-01 12:00", text="til kari.h@example.org")
    (tmp_path / "Kari Hemmelig.txt").write_text("04.08.2018, 21:00 - Kari Hemmelig: kari.h@example.org\n", encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "Kari Hemmelig.txt", "--shows", "nothing-intimate", "--as", "whatsapp-text")
    for form in ("csv", "tsv", "ndjson"):
        for text in written(case, form, tmp_path / form).values():
            assert "Kari Hemmelig" not in text
            assert "kari.h@example.org" not in text


@pytest.mark.slow
def test_a_table_that_is_there_is_not_overwritten_and_none_lies_in_the_case(casefile, case: Path, tmp_path: Path) -> None:
    first = written(case, "csv", tmp_path / "out")
    with pytest.raises(WouldOverwrite):
        written(case, "csv", tmp_path / "out")
    assert written(case, "csv", tmp_path / "out", force=True) == first
    for place in (case, case / "x"):
        with pytest.raises(UsageProblem):
            written(case, "csv", place)
    assert casefile("report", "--case", case, "--format", "csv", "--only", "exhibits").out.startswith("\ufeff" + "exhibit,parent")
    casefile("report", "--case", case, "--format", "csv", status=2)
    casefile("report", "--case", case, "--format", "html", "--only", "exhibits", status=2)
    assert casefile("verify", "--case", case, "--json").json["ok"]
