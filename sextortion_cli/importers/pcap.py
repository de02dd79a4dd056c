"""Files of network packets (pcap, pcapng) that the person already has: which addresses took part in a call."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.capture import codes
from sextortion_cli.importers.capture.classic import HEADER, MAGICS, Classic
from sextortion_cli.importers.capture.facts import Facts, utc
from sextortion_cli.importers.capture.flows import Flows, Span
from sextortion_cli.importers.capture.frame import Broken, Extra, Frame, Header, Part
from sextortion_cli.importers.capture.layers import Segment, segment_of
from sextortion_cli.importers.capture.peers import Picture
from sextortion_cli.importers.capture.sections import MAGIC, Sections
from sextortion_cli.importers.capture.sides import sides_of
from sextortion_cli.importers.capture.window import Window
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, Fact, Gap, Noise, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_RUN = 256 << 10


class Pcap(Importer):
    """Reads captures of network packets for the addresses of a call; quotes nothing of anybody's traffic."""

    id: ClassVar[str] = "pcap"
    service: ClassVar[str] = "Network capture"
    version: ClassVar[str] = "1"
    form: ClassVar[Literal["frames"]] = "frames"
    how_to_export: ClassVar[str] = N_(
        "Use only a recording of network traffic that already exists, from the router, Wireshark or an IT department for example. "
        "Save it unchanged as .pcap or .pcapng. Do not contact the other person to make a new one."
    )
    limits: ClassVar[str] = N_(
        "Most services send calls through their own servers; then the recording holds no address of the other side. "
        "An address is not a person: only the provider can say who used it, and needs the time and the port. "
        "The clock is that of the machine that recorded."
    )
    seen_on: ClassVar[str] = "captures of WhatsApp, Telegram, Signal, Skype, Meet, Zoom, Snapchat, Discord and imo calls, 2016 to 2024"
    noise: ClassVar[Mapping[str, str]] = codes.NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = codes.NOISE_RULES
    references: ClassVar[tuple[str, ...]] = (
        "draft-ietf-opsawg-pcap",
        "draft-ietf-opsawg-pcapng",
        "RFC 8489 (STUN), RFC 3489, RFC 8656 (TURN), RFC 7983",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a file with one of the magic numbers and a header that makes sense behind it."""
        head = source.head(28)
        if head[:4] in MAGICS:
            if len(head) >= HEADER and struct.unpack(MAGICS[head[:4]][0] + "H", head[4:6])[0] == 2:
                return Sniff("yes", "begins as a pcap file does")
            return Sniff("maybe", "begins with the mark of a pcap file, but not its version")
        if head[:4] == MAGIC and head[8:12] in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"):
            return Sniff("yes", "begins as a pcapng file does")
        return Sniff("no", "not a file of packets")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield headers and what is left out packet by packet, then what all of them show, and what they leave open."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", codes.DEFECTS["empty-file"], overlay=True)
            return
        head = source.head(12)
        window = Window(source)
        if head[:4] in MAGICS:
            parts = Classic(window).parts()
        elif head[:4] == MAGIC:
            parts = Sections(window).parts()
        else:
            yield Defect(0, source.size, "not-a-capture", codes.DEFECTS["not-a-capture"])
            return
        reader = _Reader()
        yield from reader.parts(parts)
        yield from reader.outcome(options.owner)


class _Reader:
    """Turns the parts of a file into records, and gathers what they show."""

    def __init__(self) -> None:
        self._flows = Flows()
        self._counts: Counter[str] = Counter()
        self._span: Span | None = None
        self._run: tuple[int, int, str] | None = None

    def parts(self, parts: Iterator[Part]) -> Iterator[Record]:
        """Yield what covers the bytes, in order; packets that follow each other and are left out for one reason as one stretch."""
        for part in parts:
            if isinstance(part, Frame):
                self._counts["behind-damage"] += self._counts["damage"] > 0
                yield from self._noise(part.start, part.end, self._frame(part))
            elif isinstance(part, Extra):
                yield from self._noise(part.start, part.end, codes.EXTRA)
            else:
                yield from self._flush()
                if isinstance(part, Header):
                    yield Fact(part.start, part.end, part.kind, values=part.values)
                elif isinstance(part, Broken):
                    self._counts["damage"] += 1
                    yield Defect(part.start, part.end, part.code, codes.DEFECTS[part.code])
        yield from self._flush()

    def outcome(self, owner: str | None) -> Iterator[Record]:
        """Yield the facts about the whole, and the gaps. `owner` is the address of the person's machine, when stated."""
        flows, counts, span = self._flows, self._counts, self._span
        if span is None:
            yield Gap("no-peer-address", codes.GAPS["no-peer-address"])
            return
        yield self._totals(span)
        picture = Picture(flows, sides_of(flows, owner))
        facts = Facts(picture)
        yield from facts.facts()
        yield Gap("capture-clock", codes.GAPS["capture-clock"])
        public = [tier for tier, scope in facts.candidates if scope == "public"]
        # Nothing is said of the whole where nobody can tell the sides, or nothing could be read.
        if not public and not picture.open_flows and counts["link"] < span.count:
            yield Gap("no-peer-address", codes.GAPS["no-peer-address"])
        elif public and set(public) == {"C"}:
            yield Gap("only-weak-candidates", codes.GAPS["only-weak-candidates"], len(public))
        if public:
            yield Gap("no-provider-list", codes.GAPS["no-provider-list"], len(public))
        found = {
            "side-unknown": picture.open_flows,
            "too-many-flows": flows.left_out + flows.mentions_left_out + flows.streams_left_out,
            "too-many-candidates": facts.left_out,
            "frame-numbers-differ": counts["behind-damage"],
            "packets-cut-short": counts["cut-short"],
            "packets-without-time": counts["without-time"],
            "fragments-not-joined": counts["fragment"],
            "link-type-not-read": counts["link"],
        }
        for code, count in found.items():
            if count:
                yield Gap(code, codes.GAPS[code], count)

    def _frame(self, frame: Frame) -> str:
        """Take one packet; return why its bytes are left out."""
        counts = self._counts
        if self._span is None:
            self._span = Span(frame)
        self._span.see(frame, False)
        counts["cut-short"] += frame.is_cut
        counts["without-time"] += frame.time is None
        has_stun = codes.holds_stun(frame.data)
        segment = segment_of(frame.link, frame.data)
        if isinstance(segment, Segment):
            is_classic = self._flows.take(frame, segment) and not has_stun
        else:
            counts[segment] += 1
            is_classic = False
        code = codes.STUN if has_stun else codes.CLASSIC if is_classic else codes.OTHER
        counts[code] += 1
        return code

    def _noise(self, start: int, end: int, code: str) -> Iterator[Record]:
        run = self._run
        if run is not None and run[2] == code and end - run[0] <= _RUN:
            self._run = (run[0], end, code)
            return
        yield from self._flush()
        self._run = (start, end, code)

    def _flush(self) -> Iterator[Record]:
        if self._run is not None:
            yield Noise(*self._run)
            self._run = None

    def _totals(self, span: Span) -> Fact:
        counts = self._counts
        values = {"packets": str(span.count)}
        if span.first is not None and span.last is not None:
            values |= {"first_utc": utc(span.first), "last_utc": utc(span.last)}
        values |= {
            f"packets_{code.replace('-', '_')}": str(counts[code]) for code in (codes.STUN, codes.CLASSIC, codes.OTHER) if counts[code]
        }
        return Fact(span.start, span.end, "capture-totals", values=values, overlay=True)
