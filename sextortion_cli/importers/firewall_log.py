"""Logs of firewalls that the person already has: Windows, Linux and home routers, macOS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.firewall import codes, macos, netfilter, windows
from sextortion_cli.importers.firewall.lines import Line, lines_of
from sextortion_cli.importers.firewall.stamps import Stamp, stamp_of
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Fact, Gap, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_SNIFFED = 64 << 10
_ENOUGH = 2
_RUN = 64 << 10
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
Kind = Literal["windows", "netfilter", "macos"]
_NAMES: Mapping[Kind, str] = {"windows": "Windows", "netfilter": "Linux or a home router", "macos": "macOS"}


class FirewallLog(Importer):
    """Reads lines of firewalls as facts; an address in them is nobody's until somebody says so."""

    id: ClassVar[str] = "firewall-log"
    service: ClassVar[str] = "Firewall log"
    version: ClassVar[str] = "1"
    how_to_export: ClassVar[str] = N_(
        "Windows: copy pfirewall.log from Windows\\System32\\LogFiles\\Firewall. Mac: copy /var/log/appfirewall.log. "
        "Router or Linux: save the system log as text, unchanged."
    )
    limits: ClassVar[str] = N_(
        "Firewalls seldom write calls down; that an address is missing proves nothing. "
        "Times are those of the machine's clock, often without a zone and sometimes without the year. An address is not a person."
    )
    seen_on: ClassVar[str] = "Windows Firewall 1.5, iptables and ufw in syslog, from descriptions; macOS appfirewall.log of 2013"
    noise: ClassVar[Mapping[str, str]] = codes.NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = codes.NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "Microsoft, Interpreting the Windows Firewall Log",
        "Linux, net/netfilter/nf_log_syslog.c; ufw(8)",
        "log2timeline/plaso, plaso/parsers/text_plugins/macos_appfirewall.py",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a log whose first lines are mostly those of one firewall."""
        found, counts = _kind(source)
        if found is None:
            return Sniff("no", "no line of a firewall")
        if found == "windows" and counts["fields"]:
            return Sniff("yes", "the columns of the Windows firewall")
        mine, others = counts[found], counts["other"]
        if mine >= _ENOUGH and mine > others:
            return Sniff("yes", f"lines of the firewall of {_NAMES[found]}")
        return Sniff("maybe", f"some lines of the firewall of {_NAMES[found]}")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield a fact per line of a firewall."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", codes.DEFECTS["empty-file"], overlay=True)
            return
        found, _ = _kind(source)
        if source.head(2) in _WIDE or found is None:
            code = "not-a-firewall-log" if source.head(2) not in _WIDE else "not-utf8"
            yield Defect(0, source.size, code, codes.DEFECTS[code])
            return
        reader = _Reader(found)
        for line in lines_of(source):
            yield from reader.line(line)
        yield from reader.rest()


def _kind(source: Source) -> tuple[Kind | None, Counter[str]]:
    """Return which firewall wrote the beginning of a file, and how many lines of each kind there are."""
    counts: Counter[str] = Counter()
    for data in source.head(_SNIFFED).removeprefix(_BOM).split(b"\n"):
        line = data.rstrip(b"\r").decode("utf-8", "replace")
        fields = windows.fields_of(line)
        if fields is not None and set(fields) >= windows.NEEDED:
            counts["fields"] += 1
            counts["windows"] += 1
        elif windows.is_line(line):
            counts["windows"] += 1
        elif netfilter.is_line(line):
            counts["netfilter"] += 1
        elif macos.is_line(line):
            counts["macos"] += macos.read(line) is not None
        elif line.strip("\0 \t") and not line.startswith("#"):
            counts["other"] += 1
    if counts["fields"]:
        return "windows", counts
    kinds: tuple[Kind, ...] = ("windows", "netfilter", "macos")
    best = max(kinds, key=lambda kind: counts[kind])
    return (best if counts[best] else None), counts


class _Reader:
    """Turns lines into records."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._table = windows.Table()
        self._counts: Counter[str] = Counter()
        self._run: tuple[int, int, str] | None = None

    def line(self, line: Line) -> Iterator[Record]:
        """Yield what one line is."""
        if not line.data:
            yield from self._flush()
            yield _defect(line, "line-too-long")
            return
        data = line.data.removeprefix(_BOM) if line.number == 1 else line.data
        self._counts["last-line-open"] = int(not data.endswith(b"\n"))
        text = data.decode("utf-8", "replace").rstrip("\r\n")
        if not text.strip("\0 \t\r"):
            yield from self._noise(line, codes.BLANK)
            return
        found = self._told(text)
        if isinstance(found, str):
            if found == codes.OTHER:
                yield from self._noise(line, codes.OTHER)
            else:
                yield from self._flush()
                yield _defect(line, found)
            return
        yield from self._flush()
        kind, values, stamp = found
        yield Fact(line.start, line.end, kind, line=line.number, values=values)
        if stamp is not None:
            self._counts["no-year"] += not stamp.has_year and not stamp.since_boot
            self._counts["since-boot-only"] += stamp.since_boot
            self._counts["clock-zone-unknown"] += not stamp.has_zone and not stamp.since_boot
            if not stamp.is_possible:
                yield _defect(line, "impossible-time", overlay=True)
            if self._kind == "windows" and self._table.is_short:
                yield _defect(line, "short-line", overlay=True)
        if "\ufffd" in text and "\ufffd".encode() not in data:
            yield _defect(line, "invalid-text", overlay=True)

    def rest(self) -> Iterator[Record]:
        """Yield what is left over, and what the log leaves open."""
        yield from self._flush()
        for code in ("clock-zone-unknown", "no-year", "since-boot-only", "lost-events", "last-line-open"):
            if self._counts[code]:
                yield Gap(code, codes.GAPS[code], self._counts[code])
        yield Gap("absence-proves-nothing", codes.GAPS["absence-proves-nothing"])

    def _told(self, text: str) -> tuple[str, dict[str, str], Stamp | None] | str:
        """Return kind, values and time of a fact, or the code of the noise or defect the line is."""
        if self._kind == "windows":
            return self._row(text)
        found = netfilter.read(text) if self._kind == "netfilter" else macos.read(text)
        if found is not None:
            stamp, values = found
            return "firewall-line", stamp.values | values, stamp
        foreign = stamp_of(text) is not None or self._kind == "netfilter"
        return codes.OTHER if foreign and codes.is_foreign(text.encode()) else "unread-line"

    def _row(self, text: str) -> tuple[str, dict[str, str], Stamp | None] | str:
        if text.startswith("#"):
            fields = windows.fields_of(text)
            if fields is not None and not self._table.learn(fields):
                return "unread-line"
            name, _, value = text[1:].partition(":")
            return "firewall-log-header", {name.strip()[:80]: value.strip()[:400]}, None
        found = self._table.read(text)
        if found is None:
            return "unread-line"
        stamp, values = found
        self._counts["lost-events"] += values.get("action") == windows.LOST
        return "firewall-line", stamp.values | values, stamp

    def _noise(self, line: Line, code: str) -> Iterator[Record]:
        run = self._run
        if run is not None and run[2] == code and line.end - run[0] <= _RUN:
            self._run = (run[0], line.end, code)
            return
        yield from self._flush()
        self._run = (line.start, line.end, code)

    def _flush(self) -> Iterator[Record]:
        if self._run is not None:
            yield Noise(*self._run)
            self._run = None


def _defect(line: Line, code: str, overlay: bool = False) -> Defect:
    return Defect(line.start, line.end, code, codes.DEFECTS[code], overlay=overlay, line=line.number)
