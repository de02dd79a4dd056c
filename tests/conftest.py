"""What every test stands on: a neutral surrounding, the corpus if it is there, and an account of every skip."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

# A shell that runs the tests in the background ignores Ctrl-C, and so would every program the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

#: The only reasons for which a test may be skipped. Any other skip fails the run: a check that silently does not run proves nothing.
ALLOWED_SKIPS = (
    r"the (shared )?corpus is not (here|beside the checkout)",
    r"not on Linux",
    r"this file system refuses names that are not UTF-8",
    r"runs as root, who may write everywhere",
    r"this kernel lacks Landlock",
    r"no pseudo-terminal",
    r"the age program is not installed",
    r"no headless Chromium is installed here",
    r"could not import '(?:olefile|aspose\.email_foss\.msg)'",
)
_unexpected: list[str] = []


@pytest.fixture(autouse=True)
def neutral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person's own surrounding, nor of the test before, may decide a result."""
    from sextortion_cli.words import use_language

    use_language("en")
    for name in list(os.environ):
        if (
            name.startswith(("CASEFILE_", "LC_", "FORCE_COLOR", "NO_COLOR", "CLICOLOR", "SOURCE_DATE_EPOCH"))
            and name != "CASEFILE_INSTALLED"
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def corpus() -> Path:
    """Return the folder of files nobody of us wrote, or skip."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    return CORPUS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests may take longer than the rest; none may take for ever."""
    for item in items:
        if item.get_closest_marker("slow") or item.get_closest_marker("campaign"):
            item.add_marker(pytest.mark.timeout(900))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(re.search(allowed, reason) for allowed in ALLOWED_SKIPS):
            _unexpected.append(f"{report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _unexpected and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _unexpected:
        terminalreporter.write_line(f"skipped for a reason that is not listed: {line}")


class Ran:
    """What one run of the program left: exit status, both streams, and stdout as JSON."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> dict[str, Any]:
        """Return the one JSON object of stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the JSON lines of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


Casefile = Callable[..., Ran]
Once = Callable[[str, Path, Callable[[], object]], Path]


@pytest.fixture
def casefile(tmp_path: Path) -> Casefile:
    """Return a function that runs the real command line in a process of its own, without a terminal."""

    def run(
        *arguments: str | Path,
        status: int | None = 0,
        stdin: bytes = b"",
        environment: dict[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "sextortion_cli", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(environment or {})},
            cwd=cwd or tmp_path,
            timeout=120,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ran.err, ran.err
        if status is not None:
            assert ran.status == status, f"{arguments}\n{ran.out}\n{ran.err}"
        return ran

    return run


@pytest.fixture(scope="session")
def prepared() -> dict[str, Path]:
    """Return the folders that `once` keeps, by name."""
    return {}


@pytest.fixture
def once(prepared: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that makes a folder the first time it is asked for by a name, and copies it from then on."""

    def give(name: str, target: Path, make: Callable[[], object]) -> Path:
        if name in prepared:
            shutil.copytree(prepared[name], target, symlinks=True)
        else:
            make()
            kept = tmp_path_factory.mktemp("once") / "kept"
            shutil.copytree(target, kept, symlinks=True)
            prepared[name] = kept
        return target

    return give


@pytest.fixture
def case(casefile: Casefile, once: Once, tmp_path: Path) -> Path:
    """Return a new case about adults in the zone of Oslo."""
    new = ("new", tmp_path / "case", "--minor", "no", "--timezone", "Europe/Oslo", "--role", "victim")
    return once("case", tmp_path / "case", lambda: casefile(*new))
