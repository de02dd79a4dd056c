"""
What a WARC says of itself: who made it, which pages it holds and when they were fetched, whether its digests hold, what belongs together.

Two readers fill one summary: our own walker and warcio. Header fields of requests (cookies, passwords) are read by neither into a fact.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import functools
import hashlib
import io
import logging
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sextortion_cli.extract.httpbody import Chunks, HttpBody, header_fields
from sextortion_cli.extract.inflow import LimitReached
from sextortion_cli.extract.members import Limits
from sextortion_cli.extract.metadata.address import shown, split
from sextortion_cli.extract.metadata.htmlpage import facts_of
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.extract.warcs import Record, Warc, payload
from sextortion_cli.model.filefact import FileFact, FileRecord, ReadFault, fact
from sextortion_cli.words import N_

READER = "warc-walk 1"
LIMITS = Limits(total_bytes=2_000_000_000)
_FIT = Limits(total_bytes=100_000_000, member_bytes=100_000_000)  # up to which the second reader is asked
_PAGES, _HOSTS, _DIFFERING, _SERVERS = 50, 20, 20, 20
_PAGE_HEAD = 65536
_INFO = frozenset(
    {
        "software", "format", "conformsto", "description", "operator", "publisher", "audience", "hostname", "ip", "robots", "ispartof", "created",
        "http-header-user-agent", "wacz-version",
    }
)  # fmt: skip
_ALGORITHMS = {
    "md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha-256": "sha256", "sha384": "sha384", "sha512": "sha512",
    "sha-512": "sha512",
}  # fmt: skip
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, MemoryError, NotImplementedError, OSError, RecursionError,
    RuntimeError, struct.error, TypeError, ValueError, zlib.error, binascii.Error,
)  # fmt: skip
_UTC = N_("UTC by the WARC standard")


class Summary:
    """Counts what one reader finds in an archive."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self.kinds: Counter[str] = Counter()
        self.hosts: Counter[str] = Counter()
        self.first = self.last = ""
        self.digests: Counter[str] = Counter()
        self.pages = 0

    def record(self, kind: str, target: str, date: str) -> None:
        """Count one record."""
        self.kinds[kind] += 1
        if kind in ("response", "resource", "revisit", "conversion"):
            address = split(target)
            if address is not None and (len(self.hosts) < 10_000 or address.host in self.hosts):
                self.hosts[address.host] += 1
        if date:
            self.first = min(self.first or date[:40], date[:40])
            self.last = max(self.last, date[:40])

    def facts(self) -> Iterator[FileFact]:
        """Yield the counts."""
        yield fact("warc:records", _told(self.kinds, 20), self.reader)
        if self.last:
            yield fact("warc:first-date", self.first, self.reader, _UTC)
            yield fact("warc:last-date", self.last, self.reader, _UTC)
        if self.hosts:
            yield fact("warc:hosts", _told(self.hosts, _HOSTS), self.reader, N_("answers by host, most first"))
        yield fact(
            "warc:digests-wrong",
            str(self.digests["wrong"]),
            self.reader,
            N_("records whose bytes do not have the digest that the archive states"),
        )


def _told(counts: Counter[str], most: int) -> str:
    told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])
    return f"{counts.total()} ({told}{', ...' if len(counts) > most else ''})" if told else "0"


class _Digest:
    """One digest that a record states, and the bytes it is about."""

    def __init__(self, stated: str) -> None:
        name, _, self._value = stated.strip().partition(":")
        algorithm = _ALGORITHMS.get(name.lower())
        self._engines = [] if algorithm is None else [hashlib.new(algorithm, usedforsecurity=False)]

    def update(self, data: bytes) -> None:
        for engine in self._engines:
            engine.update(data)

    def holds(self) -> bool | None:
        """Say whether the bytes have the digest; None when it cannot be checked. It may be written in base 32, 16 or 64."""
        if not self._engines:
            return None
        raw = self._engines[0].digest()
        value = self._value.rstrip("=")
        written = {base64.b32encode(raw).decode().rstrip("="), raw.hex().upper()}
        return value.upper() in written or value.replace("-", "+").replace("_", "/") == base64.b64encode(raw).decode().rstrip("=")


class _Walk:
    """Our own reader's way through one archive."""

    def __init__(self, view: View) -> None:
        self.warc = Warc(view.at, view.size, LIMITS)
        self.summary = Summary(READER)
        self.found: list[FileRecord] = []
        self.is_odd = False
        self._requests: dict[str, str] = {}
        self._servers: dict[str, None] = {}
        self._pairs: list[tuple[str, str, str]] = []
        self._checks: Counter[str] = Counter()
        self._deadline = time.process_time() + 6 + view.size / (2 << 20)

    def run(self) -> None:
        version = ""
        for record in self.warc.records():
            if not version:
                version = record.version
                self.found.append(fact("warc:version", version, READER))
            self.summary.record(record.type, record.target, record.headers.get("warc-date", ""))
            self._one(record)
            if time.process_time() > self._deadline:
                self.warc.fault = self.warc.fault or "no-time"

    def _one(self, record: Record) -> None:
        block, whole = _digest(record, "warc-block-digest"), HttpBody()
        stated = None if record.type == "revisit" or "warc-truncated" in record.headers else _digest(record, "warc-payload-digest")
        bare: tuple[_Digest, Chunks] | None = None
        kept: list[bytes] = []
        room = _PAGE_HEAD if record.type in ("response", "resource", "warcinfo") else 0
        for piece in self.warc.body():
            if block is not None:
                block.update(piece)
            body = whole.feed(piece) if record.is_http else piece
            if stated is not None and body:
                if bare is None and "chunked" in whole.headers.get("transfer-encoding", "").lower():
                    bare = _Digest(record.headers["warc-payload-digest"]), Chunks()
                stated.update(body)
                if bare is not None:
                    bare[0].update(bare[1].feed(body))
            if room > 0:
                kept.append(piece[:room] if not record.is_http else piece)
                room -= len(kept[-1])
        self.is_odd = self.is_odd or (record.is_http and whole.broken)
        if not self.warc.fault:
            self._check(record, "block", block)
            # Some writers take the digest of a body with the marks of its chunks, some without.
            self._check(record, "payload", bare[0] if bare is not None and bare[0].holds() else stated)
        self._pair(record)
        if record.type == "warcinfo":
            self._info(b"".join(kept))
        elif record.type in ("response", "resource"):
            self._page(record, whole, b"".join(kept))

    def _check(self, record: Record, what: str, digest: _Digest | None) -> None:
        if digest is None:
            return
        holds = digest.holds()
        self._checks[f"{what} {'not checkable' if holds is None else 'right' if holds else 'wrong'}"] += 1
        if holds is False:
            self.summary.digests["wrong"] += 1
            if self.summary.digests["wrong"] <= _DIFFERING:
                note = f"{what} of record {record.number}, {record.headers.get('warc-date', '')[:40]}"
                self.found.append(fact("warc:digest-differs", shown(record.target), READER, note))

    def _pair(self, record: Record) -> None:
        identity, other = record.headers.get("warc-record-id", "")[:200], record.headers.get("warc-concurrent-to", "")[:200]
        if record.type in ("request", "response", "revisit") and len(self._pairs) < LIMITS.members:
            self._pairs.append((record.type, identity, other))
        server = record.headers.get("warc-ip-address", "")[:60]
        address = split(record.target)
        if server and address is not None and len(self._servers) < _SERVERS:
            self._servers[f"{address.host} {server}"] = None

    def _info(self, data: bytes) -> None:
        for name, value in header_fields(data).items():
            if name in _INFO:
                self.found.append(fact(f"warc:info:{name}", value[:4096], READER))

    def _page(self, record: Record, message: HttpBody, head: bytes) -> None:
        kind = message.headers.get("content-type", "") if record.is_http else record.headers.get("content-type", "")
        if not kind.lower().startswith(("text/html", "application/xhtml")) or self.summary.pages >= _PAGES:
            return
        status = message.start_line.split(" ")[1][:3] if message.start_line.count(" ") else ""
        date = record.headers.get("warc-date", "")[:40]
        self.summary.pages += 1
        self.found.append(fact("warc:page", shown(record.target), READER, f"{date}{f', HTTP {status}' if status else ''}; {_UTC}"))
        for item in facts_of(_unpacked(record, head), f"{READER}, html-walk 1"):
            if isinstance(item, FileFact) and item.name in ("html:title", "html:canonical", "html:og:url"):
                self.found.append(fact(item.name, item.value, item.reader, shown(record.target)[:500]))

    def facts(self) -> Iterator[FileRecord]:
        """Yield what was found, then the counts."""
        yield from self.found
        yield from self.summary.facts()
        told = ", ".join(f"{name} {count}" for name, count in sorted(self._checks.items()))
        yield fact("warc:digests", told or "none stated", READER)
        for server in self._servers:
            yield fact("warc:server", server, READER, N_("the address of the server as the archive states it"))
        yield fact("warc:pairs", _pairs(self._pairs), READER, N_("requests and answers that name each other"))
        if self.warc.loose:
            yield fact(
                "warc:loose-records",
                str(self.warc.loose),
                READER,
                N_("records whose length is not what they say, or that are not separated"),
            )
        if self.warc.fault:
            yield fact("warc:read-until", f"({self.warc.offset} bytes, unpacked)", READER, N_("the rest was not read"))
            yield ReadFault(READER, self.warc.fault)


def _digest(record: Record, field: str) -> _Digest | None:
    stated = record.headers.get(field, "")
    return _Digest(stated) if stated else None


def _unpacked(record: Record, head: bytes) -> bytes:
    """Return the beginning of a page from the beginning of its block, as far as it can be unpacked."""

    def read_at(offset: int, count: int) -> bytes:
        return block[offset : offset + count]

    # The block is short and whole, so it is read as an archive of one record.
    block = b"WARC/1.0\r\nContent-Length: %d\r\n\r\n" % len(head) + head
    warc = Warc(read_at, len(block), Limits(total_bytes=1 << 22, member_bytes=1 << 22))
    out = b""
    next(warc.records(), None)
    try:
        for piece in payload(warc, record, HttpBody()):
            out += piece
            if len(out) > _PAGE_HEAD * 4:
                break
    except (LimitReached, zlib.error):
        return out
    return out


def _pairs(records: list[tuple[str, str, str]]) -> str:
    """Return how many requests have an answer and how many answers a request."""
    kinds = {identity: kind for kind, identity, _ in records if identity}
    linked: set[str] = set()
    for _, identity, other in records:
        if identity and kinds.get(other, kinds.get(identity)) != kinds.get(identity):
            linked |= {identity, other}
    requests = [identity for kind, identity, _ in records if kind == "request"]
    answers = [identity for kind, identity, _ in records if kind != "request"]
    paired = (sum(identity in linked for identity in requests), sum(identity in linked for identity in answers))
    return f"requests {len(requests)}, with an answer {paired[0]}; answers {len(answers)}, with a request {paired[1]}"


def warc_facts(view: View) -> Iterator[FileRecord]:
    """Yield what our own walker finds."""
    walk = _Walk(view)
    walk.run()
    yield from walk.facts()


@functools.cache
def _warcio() -> tuple[Any, str]:
    """Import warcio. Raises ImportError where it is not installed."""
    import importlib.metadata

    from warcio import archiveiterator

    logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)
    return archiveiterator, f"warcio {importlib.metadata.version('warcio')}"


def load() -> None:
    """Import warcio where it is installed, and what it and hashlib load on first use."""
    for name in set(_ALGORITHMS.values()):
        hashlib.new(name, b"", usedforsecurity=False)
    try:
        _warcio()
    except ImportError:
        return
    sample = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: 19\r\n\r\n"
    sample += b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
    _library(_Held(sample), Summary(""))


class _Held(View):
    """Bytes in memory as a view."""

    def __init__(self, data: bytes) -> None:
        self.size, self.head = len(data), data


def library_facts(view: View) -> Iterator[FileRecord]:
    """Yield what warcio finds, where the archive is small enough and its headers are of honest length: it keeps a whole line in memory."""
    try:
        _, reader = _warcio()
    except ImportError:
        yield ReadFault("warcio", "not-installed")
        return
    if not _is_fit(view):
        yield ReadFault(reader, "not-asked")
        return
    summary = Summary(reader)
    faults: tuple[type[BaseException], ...] = (*_FAULTS, *_own_faults())
    fault = ""
    try:
        with contextlib.redirect_stderr(_Nowhere()):
            _library(view, summary)
    except faults as error:
        fault = type(error).__name__
    yield from summary.facts()
    if fault:
        yield ReadFault(reader, fault)


class _Nowhere(io.TextIOBase):
    """Takes what warcio prints, which quotes the file."""

    def write(self, text: str) -> int:
        return len(text)


def _own_faults() -> tuple[type[Exception], ...]:
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    return ArchiveLoadFailed, StatusAndHeadersParserException


def _is_fit(view: View) -> bool:
    warc = Warc(view.at, view.size, _FIT)
    for record in warc.records():
        message = HttpBody()
        for piece in warc.body():
            if record.is_http:
                message.feed(piece)
        if record.is_http and message.broken:
            return False
    return warc.fault in ("", "cut-file")


def _library(view: View, summary: Summary) -> None:
    module, _ = _warcio()
    for record in module.ArchiveIterator(view.file(), check_digests=True):
        headers = record.rec_headers
        record.content_stream().read(1)
        while record.raw_stream.read(65536):
            pass
        summary.record(str(record.rec_type or "?")[:40], headers.get_header("WARC-Target-URI") or "", headers.get_header("WARC-Date") or "")
        summary.digests["wrong"] += len(record.digest_checker.problems)
        if summary.kinds.total() >= LIMITS.members:
            break
