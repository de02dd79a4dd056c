"""Nothing is put into a case folder that its log does not know: no other case, no demonstration."""

from __future__ import annotations

from pathlib import Path


def test_no_case_is_made_inside_another(casefile, case: Path) -> None:
    for arguments in (
        ("new", "inner"),
        ("demo",),
    ):
        casefile(*arguments, cwd=case, status=2)
    assert casefile("verify", "--case", case, "--json").json["findings"] == []
