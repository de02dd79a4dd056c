"""What every test stands on: a neutral surrounding, the corpus if it is there, and an account of every skip."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

#: The only reasons for which a test may be skipped. Any other skip fails the run: a check that silently does not run proves nothing.
ALLOWED_SKIPS = (
    r"the corpus is not here",
    r"not on Linux",
    r"this file system refuses names that are not UTF-8",
    r"runs as root, who may write everywhere",
    r"this kernel lacks Landlock",
    r"no pseudo-terminal",
)
_unexpected: list[str] = []


@pytest.fixture(autouse=True)
def neutral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person's own surrounding may decide a result."""
    for name in list(os.environ):
        if name.startswith(("CASEFILE_", "LC_", "FORCE_COLOR", "NO_COLOR", "CLICOLOR", "SOURCE_DATE_EPOCH")) and name != "CASEFILE_INSTALLED":
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
