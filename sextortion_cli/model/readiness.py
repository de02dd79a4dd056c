"""How one thing the police ask for stands, as catalogue entries: one list for screen and report."""

from __future__ import annotations

from sextortion_cli.words import N_

READINESS = {
    "done": N_("there"),
    "partly": N_("partly there"),
    "missing": N_("still missing"),
    "not-known": N_("nobody has said"),
    "not-applicable": N_("does not apply"),
}
