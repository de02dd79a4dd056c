"""Human lines for facts: whose it is, what it is, where it stands, and a line for each value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextortion_cli.gates.terminal import unlinked
from sextortion_cli.model.factwords import FACT, is_ours
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

#: Longest value and most values of one fact on a screen; `--jsonl` has no such limits.
LONGEST = 300
MOST = 60
_OF = {"account-owner": N_("the exported account's own owner"), "contact": N_("another account"), "unknown": N_("not said whose")}


def fact_lines(fact: Mapping[str, Any]) -> list[str]:
    """Return the lines of one fact."""
    kind = fact["kind"]
    word = f"{_(FACT[kind])} ({kind})" if kind in FACT else kind
    lines = [f"{fact['exhibit']}  {word}  [{_(_OF[fact['of']])}]  {_place(fact['locator'])}  {fact['importer']}"]
    values = list(fact["values"].items())
    for key, value in values[:MOST]:
        shown = _(value) if value and is_ours(fact["importer"], key) else value
        lines.append(f"    {_cut(key)}: {_cut(unlinked(shown))}")
    if len(values) > MOST:
        lines.append("    " + _("and {count} more values: --jsonl shows them").format(count=len(values) - MOST))
    return lines


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… " + _("({count} characters in all: --jsonl shows them)").format(count=len(text))


def _place(locator: Mapping[str, Any]) -> str:
    if locator["pointer"] is not None:
        return str(locator["pointer"])
    if locator["line"] is not None:
        return _("line {number}").format(number=locator["line"])
    unit, (start, end) = (_("bytes"), locator["bytes"]) if locator["bytes"] else (_("rows"), locator["rows"])
    return f"{unit} {start}-{end}"
