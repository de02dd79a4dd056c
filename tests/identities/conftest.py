"""The command line in the test's own process, as in `tests/lacking`: most of these tests give many commands."""

from __future__ import annotations

from tests.lacking.conftest import casefile

__all__ = ["casefile"]
