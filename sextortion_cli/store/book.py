"""What the log says, folded into what commands ask for: exhibits, statements, imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

#: Records people make; each list keeps every version, in order.
STATEMENTS = ("contact", "device", "event", "note", "not-collected", "owner", "holder")
_PREFIX = {"contact": "C", "device": "D", "event": "E", "note": "N", "not-collected": "X", "owner": "O", "holder": "L"}


class Exhibit(msgspec.Struct):
    """
    One exhibit, as its records say.

    Attributes:
        id: ``A-001``.
        sha256: None where only the withheld digest record of a by-reference exhibit could tell.
        copied: Its bytes are in the case (else by reference).
        record: The record that brought it in.
        digest_record: For by-reference exhibits, the separate record that holds the SHA-256.
        reads: Its `read` records, oldest first.
        state: ``apart`` (our copy is encrypted and put aside) or ``purged`` (it was destroyed), else "". Then `copied` is False.
        label: ``minor``, ``intimate`` or ``clear``, as it was last labelled, else "".
        hidden: Nothing that was learned from it is shown anywhere: it was labelled as showing a minor, or purged.
    """

    id: str
    sha256: str | None
    size: int
    copied: bool
    record: dict[str, Any]
    digest_record: dict[str, Any] | None = None
    reads: list[dict[str, Any]] = []
    state: str = ""
    label: str = ""
    hidden: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """Return the data of the record that brought it in."""
        data: dict[str, Any] = self.record["data"]
        return data

    @property
    def name(self) -> str:
        """Return the readable file name."""
        return str(self.data["name"])

    @property
    def parent(self) -> str | None:
        """Return the exhibit it came out of, if any."""
        parent = self.data.get("parent")
        return None if parent is None else str(parent)


class Book(msgspec.Struct):
    """
    The folded log.

    Attributes:
        settings: What `new` recorded (title, timezone, country, language, role, minor).
        exhibits: By id, in order of import.
        by_digest: SHA-256 to the id of the first exhibit with these bytes (copied ones only).
        by_reference: The same for those that stay where they are.
        statements: Per kind of statement, its records.
        imports, resumed: `import-started` and `import-resumed` records by seq.
        finished: The seq of every import that came to its end.
        duplicates, skipped: Their records.
        recovered, set_aside: What recovery found, by the name it had and the name it has now.
        withdrawn: Statement ids and exhibits taken back, with the record.
        dismissed: Suggestions a person said do not matter, with the record.
        away: SHA-256 of what may not be copied any more (put apart or purged), to the exhibit: the gate asks here.
        apart: Names in `apart/` to the record of what was encrypted there.
        work: `label` and `purged` records whose removal was not finished, by seq.
        lock_set_up: The record of the keys the case is locked with.
        others: Records of other types, kept and shown (unknown ones of later versions too).
        next_exhibit: Number the next exhibit gets, per prefix.
    """

    settings: dict[str, Any] = {}
    genesis: dict[str, Any] | None = None
    exhibits: dict[str, Exhibit] = {}
    by_digest: dict[str, str] = {}
    by_reference: dict[str, str] = {}
    statements: dict[str, list[dict[str, Any]]] = msgspec.field(default_factory=lambda: {kind: [] for kind in STATEMENTS})
    imports: dict[int, dict[str, Any]] = {}
    resumed: dict[int, dict[str, Any]] = {}
    finished: set[int] = set()
    duplicates: list[dict[str, Any]] = []
    skipped: list[dict[str, Any]] = []
    withdrawn: dict[str, dict[str, Any]] = {}
    dismissed: dict[str, dict[str, Any]] = {}
    recovered: set[str] = set()
    set_aside: set[str] = set()
    readings: dict[str, str] = {}
    away: dict[str, str] = {}
    apart: dict[str, dict[str, Any]] = {}
    work: dict[int, dict[str, Any]] = {}
    lock_set_up: dict[str, Any] | None = None
    others: list[dict[str, Any]] = []
    next_exhibit: int = 1
    numbers: dict[str, int] = {}

    def take(self, record: dict[str, Any], offset: int = 0) -> None:
        """
        Fold one record in; of a type that is not known (a later version's) it is kept.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: It lacks what its type must have.
        """
        kind = record["type"]
        if kind in _TAKEN:
            _TAKEN[kind](self, record)
        elif kind in self.statements:
            self._statement(kind, record)
        else:
            self.others.append(record)

    def next_id(self, kind: str) -> str:
        """Return the id the next statement of this kind gets (`C-001`)."""
        return f"{_PREFIX[kind]}-{self.numbers.get(kind, 0) + 1:03d}"

    def is_withdrawn(self, identity: str) -> bool:
        """Tell whether a statement or exhibit was taken back."""
        return identity in self.withdrawn

    def is_shown(self, identity: str) -> bool:
        """Tell whether what is in an exhibit may be shown: it was not taken back, not labelled as showing a minor, not purged."""
        exhibit = self.exhibits.get(identity)
        return not self.is_withdrawn(identity) and not (exhibit is not None and exhibit.hidden)

    def may_show_minor(self, identity: str) -> bool:
        """Tell whether it was stated, at any import of these bytes, that somebody in it may be under 18, and that was not taken back since."""
        if self.is_withdrawn(identity):
            return False
        records = [self.exhibits[identity].record, *(item for item in self.duplicates if item["subject"].get("exhibit") == identity)]
        for data in (item["data"] for item in records):
            started = self.resumed.get(data.get("resumed", -1)) or self.imports.get(data.get("import", -1))
            if started is not None and started["data"].get("stated", {}).get("shows") == "maybe-minor":
                return True
        return False

    def minor(self) -> str:
        """Return whether anyone shown in the case is under 18 (``yes``, ``no``, ``unknown``): a label says more than what was stated once."""
        if any(exhibit.label == "minor" for exhibit in self.exhibits.values()):
            return "yes"
        return str(self.settings.get("minor") or "unknown")

    def is_blurred(self, exhibit: Exhibit) -> bool:
        """Tell whether pictures of it are blurred where they are shown unasked: all that nobody said to be harmless, and whatever attracted."""
        started = self.resumed.get(exhibit.data.get("resumed", -1)) or self.imports.get(exhibit.data.get("import", -1))
        shows = started["data"].get("stated", {}).get("shows") if started else None
        kind = exhibit.data.get("kind")
        if kind == "lure":
            return True
        if exhibit.label:
            return exhibit.label != "clear"
        return shows != "nothing-intimate" and (shows is not None or kind not in ("conversation", "profile", "payment"))

    def is_dismissed(self, suggestion: str) -> bool:
        """Tell whether a suggestion was put aside, and that was not taken back since."""
        put, back = self.dismissed.get(suggestion), self.withdrawn.get(suggestion)
        return put is not None and (back is None or int(back["seq"]) < int(put["seq"]))

    def exhibit(self, name: str) -> Exhibit | None:
        """Return an exhibit by its number or a unique prefix (8 or more) of its SHA-256."""
        found = self.exhibits.get(name.upper()) or self.exhibits.get(name)
        if found is not None or len(name) < 8:
            return found
        hits = [item for item in self.exhibits.values() if item.sha256 is not None and item.sha256.startswith(name.lower())]
        return hits[0] if len(hits) == 1 else None

    def current(self, kind: str) -> list[dict[str, Any]]:
        """Return the statements of a kind that were not taken back."""
        key = kind.replace("-", "_") + "_id"
        return [item for item in self.statements[kind] if not self.is_withdrawn(str(item["subject"][key]))]

    def _case_opened(self, record: dict[str, Any]) -> None:
        if self.genesis is not None or record["seq"] != 0:
            raise ValueError("the first record, and only the first, opens a case")
        self.genesis = record
        self.settings = dict(record["data"]["settings"])

    def _statement(self, kind: str, record: dict[str, Any]) -> None:
        self.statements[kind].append(record)
        number = str(record["subject"][kind.replace("-", "_") + "_id"]).rpartition("-")[2]
        if number.isdigit():
            self.numbers[kind] = max(self.numbers.get(kind, 0), int(number))

    def _add_exhibit(self, record: dict[str, Any], *, copied: bool) -> None:
        subject = record["subject"]
        item = Exhibit(subject["exhibit"], subject.get("sha256"), int(subject["size"]), copied, record)
        self.exhibits[item.id] = item
        number = item.id.rpartition("-")[2]
        self.next_exhibit = max(self.next_exhibit, int(number) + 1 if number.isdigit() else 0)
        if copied:
            self.by_digest.setdefault(_name(str(item.sha256), 64), item.id)

    def _acquired(self, record: dict[str, Any]) -> None:
        self._add_exhibit(record, copied=True)

    def _by_reference(self, record: dict[str, Any]) -> None:
        self._add_exhibit(record, copied=False)

    def _by_reference_digest(self, record: dict[str, Any]) -> None:
        item = self.exhibits.get(record["subject"]["exhibit"])
        if item is not None:
            item.digest_record = record
            self.by_reference.setdefault(str(record["data"]["sha256"]), item.id)

    def _duplicate(self, record: dict[str, Any]) -> None:
        self.duplicates.append(record)

    def _skipped(self, record: dict[str, Any]) -> None:
        self.skipped.append(record)

    def _read(self, record: dict[str, Any]) -> None:
        item = self.exhibits.get(record["subject"]["exhibit"])
        if item is not None:  # what files say of themselves can be large; `metadata` reads it from the log again
            item.reads.append({**record, "data": {key: value for key, value in record["data"].items() if key != "facts"}})
        reading = record["data"].get("reading")
        if reading:
            self.readings[_name(reading["key"], 32)] = reading["sha256"]

    def _import_started(self, record: dict[str, Any]) -> None:
        self.imports[record["seq"]] = record

    def _import_resumed(self, record: dict[str, Any]) -> None:
        self.resumed[record["seq"]] = record

    def _import_finished(self, record: dict[str, Any]) -> None:
        self.finished.add(record["data"]["import"])

    def _withdrawn(self, record: dict[str, Any]) -> None:
        self.withdrawn[record["subject"]["record"]] = record

    def _dismissed(self, record: dict[str, Any]) -> None:
        self.dismissed[str(record["subject"]["suggestion"])] = record

    def _label(self, record: dict[str, Any]) -> None:
        if record["data"]["label"] != "holds":  # that one is about what is in it
            self.exhibits[record["subject"]["exhibit"]].label = str(record["data"]["label"])
        self._take_away(record, "apart")

    def _purged(self, record: dict[str, Any]) -> None:
        self._take_away(record, "purged")

    def _take_away(self, record: dict[str, Any], state: str) -> None:
        """From this record on the exhibits it names are not shown, and their bytes may not be copied; removing them is work to be finished."""
        takes = record["data"].get("takes") or []
        for entry in takes:
            item = self.exhibits[entry["exhibit"]]
            item.hidden = item.hidden or entry["as"] != "container"
            digest = item.sha256 or (item.digest_record and item.digest_record["data"]["sha256"])
            if digest is not None:
                self.away[_name(str(digest), 64)] = item.id
                self.by_digest.pop(str(digest), None)
            if item.copied or item.state:
                item.copied, item.state = False, state
        if takes:
            self.work[int(record["seq"])] = record

    def _set_apart(self, record: dict[str, Any]) -> None:
        self.apart[_name(str(record["data"]["name"]), 32)] = record

    def _removed(self, record: dict[str, Any]) -> None:
        """What a `label` or `purged` record asked for is done: the files it took are accounted for."""
        data = record["data"]
        self.work.pop(int(data["for"]), None)
        for key in data["readings"]:
            self.readings.pop(str(key), None)
        for name in data["apart"]:
            self.apart.pop(str(name), None)
        self.others.append(record)

    def _lock_set_up(self, record: dict[str, Any]) -> None:
        self.lock_set_up = record
        self.others.append(record)

    def _recovered(self, record: dict[str, Any]) -> None:
        self.recovered.update(item["name"] for item in record["data"]["items"])
        self.set_aside.update(item["kept_as"] for item in record["data"]["items"])
        self.others.append(record)


_TAKEN: dict[str, Callable[[Book, dict[str, Any]], None]] = {
    "case-opened": Book._case_opened,
    "acquired": Book._acquired,
    "by-reference": Book._by_reference,
    "by-reference-digest": Book._by_reference_digest,
    "duplicate": Book._duplicate,
    "skipped": Book._skipped,
    "read": Book._read,
    "import-started": Book._import_started,
    "import-resumed": Book._import_resumed,
    "import-finished": Book._import_finished,
    "withdrawn": Book._withdrawn,
    "suggestion-dismissed": Book._dismissed,
    "recovered": Book._recovered,
    "label": Book._label,
    "purged": Book._purged,
    "set-apart": Book._set_apart,
    "removed": Book._removed,
    "lock-set-up": Book._lock_set_up,
}


def _name(text: str, length: int) -> str:
    """Return a digest or key that names a file of the case; what is no hex of the right length could lead elsewhere."""
    if len(text) != length or text.strip("0123456789abcdef"):
        raise ValueError("not a name of a file of the case")
    return text
