"""Human lines for identifiers: what it is, whose it seems to be and why, how sure that is, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextortion_cli.model.identifierwords import KIND, OWNER, OWNER_WHY, ROLE, WHY
from sextortion_cli.words import gettext as _

#: Places of one identifier on a screen; `--jsonl` shows more.
MOST = 5


def identifier_lines(entry: Mapping[str, Any]) -> list[str]:
    """Return the lines of one identifier."""
    shown = entry["defanged"] or entry["value"]
    role = f", {_(ROLE[entry['role']])}" if entry["role"] else ""
    lines = [
        f"{_(KIND[entry['kind']])} ({entry['kind']}): {shown}",
        f"    {_(OWNER[entry['owner']])}{role}: {_(OWNER_WHY[entry['owner_why']])}",
        "    " + _("confidence {number}: {why}").format(number=f"{entry['confidence']:.2f}", why=_(WHY.get(entry["why"], entry["why"]))),
    ]
    if entry["raw"] != entry["value"] and entry["raw"] != shown and entry["kind"] not in ("url", "profile", "email"):
        lines.append("    " + _("written: {raw}").format(raw=entry["raw"]))
    known = ", ".join(f"{key}: {value}" for key, value in entry["detail"].items() if key != "defanged")
    if known:
        lines.append(f"    {known}")
    lines += [f"    {_place(item)}" for item in entry["occurrences"][:MOST]]
    if len(entry["occurrences"]) > MOST:
        more = entry["occurrence_count"] - MOST
        lines.append("    " + _("and {count} more: casefile identifiers VALUE --jsonl").format(count=more))
    return lines


def _place(item: Mapping[str, Any]) -> str:
    from sextortion_cli.cli.describe import time_text

    who = item["sender"] and (item["sender"]["name"] or item["sender"]["id"])
    time = "" if item["time"] is None else time_text(item["time"])
    where = item["exhibit"] or _("stated by the person")
    locator = item["locator"]
    line = _("line {number}").format(number=locator["line"]) if locator and locator["line"] else (locator or {}).get("pointer") or ""
    return "  ".join(part for part in (where, line, time, who or "") if part)
