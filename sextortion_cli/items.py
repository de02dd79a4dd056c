"""Exhibits as `items` and `import` list them: one shape, made from the records alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Protocol

from sextortion_cli.sources import SourceFile, display
from sextortion_cli.store.book import Book, Exhibit
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _


class Arrived(Protocol):
    """What an import knows of one thing that just arrived (`acquire.Arrival`)."""

    name: bytes
    path: bytes | None
    parent: str | None
    skip: str | None
    exhibit: Exhibit | None
    duplicate_of: str | None


#: Items in these states make an import end with exit status 3.
UNREAD = frozenset({"partial", "ambiguous", "changed", "failed"})
#: Reasons with which a stored item counts as not read although a person would expect it to be.
UNREAD_REASONS = frozenset({"no-importer", "importer-cannot-read", "needs-extra-sevenzip"})


def is_unread(item: dict[str, Any]) -> bool:
    """Tell whether an item makes the import end with exit status 3."""
    units = item.get("units") or {}
    return item["status"] in UNREAD or item.get("reason") in UNREAD_REASONS or bool(units.get("defects"))


#: Reasons for which bytes are not taken again: what was put apart, purged or labelled.
REFUSED = frozenset({"sealed-apart", "purged", "labelled-minor"})


def exhibit_item(exhibit: Exhibit) -> dict[str, Any]:
    """Return the item of one exhibit, with what its latest reading says; of what is hidden its number, size and state."""
    if exhibit.hidden:
        return _hidden_item(exhibit)
    read = exhibit.reads[-1]["data"] if exhibit.reads else {}
    status = read.get("status", "stored") if exhibit.copied or exhibit.state else "by-reference"
    if exhibit.state and status == "stored":
        status = _HELD[exhibit.state]
    source = exhibit.data.get("source") or {}
    path = exhibit.data.get("path")
    return {
        "exhibit": exhibit.id,
        "parent": exhibit.parent,
        "sha256": exhibit.sha256,
        "size": exhibit.size,
        "name": exhibit.name,
        "path": None if path is None else path["text"],
        "kind": exhibit.data.get("kind"),
        "label": exhibit.label or None,
        "media_type": (read.get("media") or {}).get("media_type"),
        "claimed_type": (read.get("media") or {}).get("claimed"),
        "importer": None if read.get("reader") in (None, "file-facts") else read["reader"],
        "status": "changed" if source.get("changed") and status in ("read", "stored") else status,
        "reason": _STATE.get(exhibit.state) or (read.get("reason") if exhibit.copied else exhibit.data["gate"]["rule"]),
        "units": read.get("units"),
        "completeness": read.get("completeness", []),
        "defects": read.get("defects", {}),
        "acquired": exhibit.record["time"]["utc"],
        "record": exhibit.record["seq"],
    }


_HELD = {"apart": "sealed-apart", "purged": "purged"}
_STATE = {"apart": "holds-sealed-apart", "purged": "held-purged"}


def _hidden_item(exhibit: Exhibit) -> dict[str, Any]:
    """Return what may be said of an exhibit that is not shown."""
    status = _HELD.get(exhibit.state, "by-reference")
    item = _bare("", None, exhibit.parent, status, "purged" if exhibit.state == "purged" else "labelled-minor")
    return {
        **item,
        "exhibit": exhibit.id,
        "size": exhibit.size,
        "label": exhibit.label or None,
        "acquired": exhibit.record["time"]["utc"],
        "record": exhibit.record["seq"],
    }


def why_hidden(exhibit: Exhibit) -> str:
    """Return the plain sentence for a person who asks for it."""
    if exhibit.state == "purged":
        return _("Our copy of {exhibit} was destroyed. Nothing of it is shown.").format(exhibit=exhibit.id)
    return _("{exhibit} is not shown: someone in it is, or may be, under 18.").format(exhibit=exhibit.id)


def item_of(book: Book, arrival: Arrived) -> dict[str, Any]:
    """Return the item of what just arrived."""
    if arrival.exhibit is not None:
        return exhibit_item(book.exhibits[arrival.exhibit.id])
    if arrival.duplicate_of is not None:
        original = exhibit_item(book.exhibits[arrival.duplicate_of])
        return {
            **original,
            "name": display(arrival.name),
            "parent": arrival.parent,
            "status": "duplicate",
            "reason": f"same-bytes-as {arrival.duplicate_of}",
            "units": None,
        }
    reason = arrival.skip or "unreadable"
    status = "failed" if reason in ("missing", "unreadable") else "skipped"
    return _bare(display(arrival.name), None if arrival.path is None else display(arrival.path), arrival.parent, status, reason)


def skipped_item(source: SourceFile, status: str, rule: str) -> dict[str, Any]:
    """Return the item of a source nothing was done with (a dry run)."""
    item = _bare(display(os.path.basename(source.path)), display(source.path), None, status, source.skip or rule)
    return {**item, "size": source.size}


def _bare(name: str, path: str | None, parent: str | None, status: str, reason: str) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("exhibit", "sha256", "size", "kind", "label", "media_type", "claimed_type", "importer", "units", "acquired", "record")
    )
    return {**empty, "parent": parent, "name": name, "path": path, "status": status, "reason": reason, "completeness": [], "defects": {}}


def list_items(book: Book) -> Iterator[dict[str, Any]]:
    """Yield one item per exhibit that was not taken back, in order of import."""
    for exhibit in book.exhibits.values():
        if not book.is_withdrawn(exhibit.id):
            yield exhibit_item(exhibit)


def notices(book: Book, started: int) -> list[dict[str, Any]]:
    """Return what the person should know after an import: what stayed where it is and how to state otherwise, what is open."""
    mine = [item for item in book.exhibits.values() if item.data.get("import") == started]
    left = [item for item in mine if not item.copied and not item.state and not item.hidden]
    found: list[dict[str, Any]] = []
    refused = [record for record in book.skipped if record["data"].get("import") == started and record["data"]["reason"] in REFUSED]
    if refused:
        found.append({"code": "not-taken-again", "count": len(refused), "what": _AGAIN[0], "how": _AGAIN[1]})
    for rules, (what, how) in _LEFT.items():
        count = sum(1 for item in left if item.data["gate"]["rule"] in rules or (not rules and item.data["gate"]["rule"] not in _NAMED))
        if count:
            found.append({"code": "left-by-reference", "count": count, "what": what, "how": how})
    for code in _OPEN:
        count = sum(
            1
            for item in book.exhibits.values()
            if item.data.get("import") == started
            and item.reads
            and any(gap["code"] == code for gap in item.reads[-1]["data"].get("completeness", []))
        )
        if count:
            found.append({"code": code, "count": count, "what": _OPEN[code][0], "how": _OPEN[code][1]})
    return found


_AGAIN = (
    N_("These files were not copied: the case holds them apart, or our copy of them was destroyed."),
    N_("Leave them where they are, and ask the police what to do."),
)
_NAMED = frozenset({"asked-by-reference", "chosen-conversations", "shows-maybe-minor", "adults-only-in-minor-case"})
#: Why files stayed where they are, by the rule of the gate; the last row is for every other rule.
_LEFT: dict[frozenset[str], tuple[str, str]] = {
    frozenset({"asked-by-reference"}): (
        N_("These files were not copied, as you asked. They stay where they are."),
        N_("To copy them: give the same import again without --by-reference"),
    ),
    frozenset({"chosen-conversations"}): (
        N_("Of these archives and folders only what you chose was copied. They stay where they are; keep them."),
        N_("To take more: give the same import again with another --thread, or with --all"),
    ),
    frozenset({"shows-maybe-minor", "adults-only-in-minor-case"}): (
        N_("These files were not copied, because someone in them is, or may be, under 18. They stay where they are."),
        N_("Don't open, copy or send them. Leave them as they are, and ask the police what to do."),
    ),
    frozenset(): (
        N_("These files were not copied: we don't know whether someone in them is under 18. They stay where they are."),
        N_("If nothing in them shows nudity or sex: give the same import again with --shows nothing-intimate"),
    ),
}
_OPEN = {
    "zone-unknown": (
        N_("The file does not say which time zone its times are in."),
        N_("Say which zone the phone showed: casefile reread EXHIBIT --timezone Europe/Oslo"),
    ),
    "date-order-ambiguous": (
        N_("The dates can be read day first or month first."),
        N_("Say which: casefile reread EXHIBIT --date-order dmy (or mdy)"),
    ),
    "attachments-missing": (
        N_("Some files that messages name were not imported with them."),
        N_("Export the chat again with media, or import the folder they lie in."),
    ),
    "nothing-chosen": (
        N_("A browser's history was sealed, and only what you choose of it is read."),
        N_("Choose sites or days: casefile reread EXHIBIT --thread example.com --from 2026-03-01 --to 2026-03-31"),
    ),
    "wal-missing": (
        N_("A database came without the file that holds its newest changes."),
        N_("Look for a file of the same name with -wal at its end, import it, and read again: casefile reread EXHIBIT"),
    ),
}
