"""A small case and its package, made once; the script that lies in a package, called in this process."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sextortion_cli.package
from sextortion_cli import casework, desk, flow, handing
from sextortion_cli.model.requests import ImportRequest
from sextortion_cli.model.session import Session

SESSION = Session(actor="Kari Eksempel")
CHAT = "13.03.2026, 21:05 - Lina: Hei\n13.03.2026, 21:06 - Ola: to\nlinjer\n"
SCRIPT = Path(sextortion_cli.package.__file__).parent / "verify.py.txt"


def take(case: Path, *paths: Path, **stated: Any) -> None:
    for _ in flow.import_paths(case, SESSION, ImportRequest(paths=tuple(map(str, paths)), **stated)):
        pass


@pytest.fixture(scope="session")
def made_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    casework.new_case(folder / "case", SESSION, minor="no", timezone="Europe/Oslo", role="victim", language="nb")
    (folder / "chat.txt").write_text(CHAT, encoding="utf-8")
    (folder / "note.bin").write_bytes(b"\x00\x01\x02" * 9)
    take(folder / "case", folder / "chat.txt", folder / "note.bin", shows="nothing-intimate")
    casework.add_contact(folder / "case", SESSION, side="extorter", service="WhatsApp", display_name="Lina")
    return folder / "case"


@pytest.fixture(scope="session")
def made_packages(made_case: Path) -> dict[str, Path]:
    """Return packages nothing may change: a folder, a zip, and a helper's folder."""
    found = {"folder": made_case.with_name("package"), "zip": made_case.with_name("package.zip"), "helper": made_case.with_name("helper")}
    for kind, target in found.items():
        handing.hand_over(made_case, SESSION, target, grade="helper" if kind == "helper" else "police-full")
    return found


@pytest.fixture
def case(made_case: Path, tmp_path: Path) -> Path:
    """Return a copy of the small case."""
    return Path(shutil.copytree(made_case, tmp_path / "case", symlinks=True))


@pytest.fixture
def package(made_packages: dict[str, Path], tmp_path: Path) -> Path:
    """Return a copy of the folder."""
    return Path(shutil.copytree(made_packages["folder"], tmp_path / "received"))


Verdict = tuple[int, set[str]]


def by_desk(package: Path) -> Verdict:
    """Return exit status and the codes of differences, as `intake verify` finds them."""
    found = desk.check(package)
    return (0 if found.ok else 4), {item.code for item in found.findings if item.severity == "difference"}


def by_script(package: Path) -> Verdict:
    """Return the same, as the script in a package finds them."""
    space: dict[str, Any] = {"__name__": "script", "__file__": str(package / "verify.py.txt")}
    exec(compiled(), space)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = space["main"](str(package))
    return status, {line.split()[1] for line in out.getvalue().splitlines() if line.startswith("difference: ")}


_code: list[Any] = []


def compiled() -> Any:
    if not _code:
        _code.append(compile(SCRIPT.read_text(encoding="utf-8"), "verify.py.txt", "exec"))
    return _code[0]


Both = Callable[[Path], Verdict]


@pytest.fixture
def both() -> Both:
    """Return a function that checks a folder with both, and insists that they agree."""

    def check(package: Path) -> Verdict:
        first, second = by_desk(package), by_script(package)
        assert first == second, f"desk {first}, script {second}"
        return first

    return check
