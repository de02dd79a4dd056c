"""
What happens inside the limited child: the only code that interprets evidence.

Each operation gets a read-only descriptor of one file and a few options, yields records or bytes, and returns a short account.
The reader server (`readers/server.py`) runs it in a process that can open, write, connect to and start nothing.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from sextortion_cli import mailmembers, outlookmembers
from sextortion_cli.extract import archive, extras, mediatype, textparts
from sextortion_cli.extract.embedded import regions
from sextortion_cli.extract.members import ArchiveDefect, Limits, Member, MemberEnd
from sextortion_cli.extract.metadata.kinds import Kind, kind_of
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.importers.base import HEAD_BYTES, Importer, importer_of, importers
from sextortion_cli.importers.mail import charsets
from sextortion_cli.importers.mail.members import holds_parts
from sextortion_cli.importers.source import Source
from sextortion_cli.listing import contents, conversations
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord
from sextortion_cli.model.reading import ReadOptions
from sextortion_cli.normalise.times import TimeNormaliser, zone
from sextortion_cli.readers.batches import batches
from sextortion_cli.readers.operation import OperationSpec
from sextortion_cli.readers.tally import Tally
from sextortion_cli.words import N_

if TYPE_CHECKING:
    from sextortion_cli.readers.rowtally import RowTally

#: Families no importer reads; asking them would only cost time.
_PLAIN_MEDIA = frozenset({"picture", "video", "audio"})
#: Families of text, which most importers read.
_WRITTEN = frozenset({"text", "json", "xml", "html"})
_STURDY = frozenset({"whatsapp-text", "telegram-json"})
_HEAD = 1 << 16
_PIECE = 1 << 18
_MAILS = ("mail-eml", "mail-mbox")
_TEXT_MEMBER = 256 << 20
_LIMITS = Limits()
Notes = Generator[Any, None, dict[str, Any]]


def read(fd: int, options: dict[str, Any]) -> Notes:
    """
    Read one object with one importer, normalise its times, and balance its account.

    Options: ``importer``, ``name``, ``options`` (`ReadOptions` as a mapping). Yields lists of records, returns ``units``.
    """
    importer = importer_of(options["importer"])
    stated = msgspec.convert(options["options"], ReadOptions)
    source = _source(fd, options)
    tally = _tally(importer, source, stated)
    settle = None if stated.timezone is None else TimeNormaliser(stated.timezone).settle
    for batch in batches(importer.read(source, stated)):
        if settle is not None:
            settle(batch)
        yield tally.take(batch)
    yield list(tally.finish())
    return {"units": msgspec.to_builtins(tally.units())}


def _source(fd: int, options: dict[str, Any]) -> Source:
    """Return the object with its companions, whose descriptors the server put among the options."""
    beside = {
        ending: Source(other, os.fstat(other).st_size, options["name"] + ending) for ending, other in options.get("beside", {}).items()
    }
    return Source(fd, os.fstat(fd).st_size, options["name"], beside)


def _tally(importer: Importer, source: Source, stated: ReadOptions) -> Tally | RowTally:
    selecting = bool(stated.thread or stated.since or stated.until) or importer.shows_only_chosen
    if importer.form == "rows":
        from sextortion_cli.readers.rowtally import RowTally

        return RowTally(source.database, importer.tables_for(stated), selecting=selecting)
    opening = importer.opening_for(source.head(HEAD_BYTES))
    return Tally(source.size, source.read_at, importer.form, importer.noise_rules, opening=opening, selecting=selecting)


def _prepare_read(options: dict[str, Any]) -> None:
    importer = importer_of(options["importer"])
    importer.prepare()
    if importer.form == "rows":
        _prepare_databases()
    if options["options"].get("timezone"):
        zone(options["options"]["timezone"])


def examine(fd: int, options: dict[str, Any]) -> Notes:
    """
    Say what one object is: its media type by content, which importers claim it, and what it says of itself.

    Options: ``name``; ``facts``: the kinds (`metadata.kinds.Kind`) whose readers are loaded; ``libraries``: False leaves out the readers
    of others, one of which died over this file. Returns ``media``, ``sniffs``, ``container``, ``speaks`` (its kind, or None), ``facts``.
    """
    yield from ()
    found = _type(fd, options["name"])
    media_type = found["media"]["media_type"]
    view = View(fd, os.fstat(fd).st_size)
    kind = kind_of(view, media_type)
    facts: list[dict[str, Any]] = []
    if kind is not None and kind in options["facts"]:
        facts = [_fact(item) for item in _facts(view, kind, media_type, options)]
    return {**found, "speaks": kind, "facts": facts}


def _facts(view: View, kind: Kind, media_type: str, options: dict[str, Any]) -> Iterator[FileRecord]:
    if kind == "picture":
        from sextortion_cli.extract.metadata.read import facts

        return facts(view.fd, view.size, options["name"], media_type)
    from sextortion_cli.extract.metadata.pages import page_facts

    return page_facts(view, kind, libraries=options.get("libraries", True))


def _type(fd: int, name: str) -> dict[str, Any]:
    source = Source(fd, os.fstat(fd).st_size, name)
    head = source.head(_HEAD)
    media = mediatype.describe(head, name)
    sniffs = {}
    if media.content_class not in _PLAIN_MEDIA and source.size:
        sniffs = {
            key: msgspec.to_builtins(importer.sniff(source))
            for key, importer in importers().items()
            if _can_read(importer, media.content_class)
        }
        sniffs = {key: {"reason": "", **sniff} for key, sniff in sniffs.items()}
    kept = {key: getattr(media, key) for key in ("media_type", "engine", "engine_type", "claimed", "agrees", "content_class", "encoding")}
    return {"media": kept, "sniffs": sniffs, "container": _container(source, media.media_type, head, sniffs)}


def _can_read(importer: Importer, content_class: str) -> bool:
    """
    Tell whether an importer need be asked about content of this family: dozens of them looking at every video would take most of an import.

    What is no text by its bytes may still be a damaged chat: the two that know their lines behind damage are asked all the same.
    """
    if content_class == "database":
        return importer.form == "rows"
    if content_class in _WRITTEN:
        return importer.form not in ("rows", "frames", "compound")
    return importer.form in ("frames", "compound") or importer.id in _STURDY


def _container(source: Source, media_type: str, head: bytes, sniffs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return ``archive``, ``mail``, ``outlook`` or "": whose members are files of their own."""
    if archive.is_container(media_type, head):
        return "archive"
    if sniffs.get("mail-msg", {}).get("verdict") == "yes":
        return "outlook"
    return "mail" if _is_mail(sniffs) and holds_parts(source) else ""


def _is_mail(sniffs: Mapping[str, Mapping[str, Any]]) -> bool:
    return any(sniffs.get(key, {}).get("verdict") == "yes" for key in _MAILS)


def _fact(item: FileRecord) -> dict[str, Any]:
    if isinstance(item, FileFact):
        note = "; ".join(filter(None, (item.note, "cut" if item.cut else None))) or None
        return {"name": item.name, "value": item.value, "reader": item.reader, "note": note}
    if isinstance(item, Disagreement):
        said = "; ".join(f"{reader}: {value}" for reader, value in item.values)
        return {"name": item.name, "value": said, "reader": None, "note": N_("readers disagree")}
    return {"name": "read-fault", "value": item.code, "reader": item.reader, "note": N_("this reader could not read all of the file")}


def survey(fd: int, options: dict[str, Any]) -> Notes:
    """Say of a file that may not be copied whether it is nothing but text. Options: ``name``. Returns media, sniffs, container, separable."""
    yield from ()
    source = Source(fd, os.fstat(fd).st_size, options["name"])
    found = _type(fd, options["name"])
    textual = found["media"]["content_class"] in ("text", "json", "xml", "html")
    separable = textparts.separable(source.read_at, source.size) if textual else "binary"
    if separable != "text" and not found["container"] and _is_mail(found["sniffs"]):
        found["container"] = "mail"  # its letters may be encoded, or in another alphabet: taken apart, they are text
    elif not found["container"] and archive.is_warc(source.head(_HEAD)):
        # A copied archive of web pages is kept as a whole; of one that may not be copied the pages that are nothing but text are taken.
        found["container"] = "archive"
    return {**found, "separable": separable}


def expand(fd: int, options: dict[str, Any]) -> Notes:
    """
    Take a container apart in one pass.

    Options: ``name``, ``container`` (what `examine` said), ``text_only`` (bytes leave the child only for members that are nothing but
    text), ``stretches`` (of a mail that is not in the case, its text is a member), ``options`` (`ReadOptions`: which mails were chosen),
    ``only`` (indexes of members of an archive: the others are not taken, and said by name and size; None: all). Yields notes (``begin``,
    ``end``, ``reference``, ``left-out``, ``not-chosen``, ``defect``) and, between ``begin`` and ``end``, the member's bytes.
    """
    chosen = _TextMembers() if options["text_only"] else _AllMembers()
    stretches = _AllMembers()
    taker: _TextMembers | _AllMembers = chosen
    only = None if options.get("only") is None else set(options["only"])
    if options["container"] == "mail":
        source = Source(fd, os.fstat(fd).st_size, options["name"])
        events: Iterator[Any] = mailmembers.stream(source, options["options"], _LIMITS, stretches=options["stretches"])
    elif options["container"] == "outlook":
        source = Source(fd, os.fstat(fd).st_size, options["name"])
        events = outlookmembers.stream(source.read_at, source.size, source.name, _LIMITS, stretches=options["stretches"])
    else:
        events = archive.stream(fd, os.fstat(fd).st_size, only, _LIMITS)
    for event in events:
        if isinstance(event, ArchiveDefect):
            yield {"what": "defect", "code": event.code}
        elif isinstance(event, Member) and event.kind == "dir":
            continue
        elif isinstance(event, Member) and only is not None and event.index not in only:
            yield {"what": "not-chosen", "index": event.index, "name": _recordable(event).name, "size": str(event.size_claimed)}
        elif isinstance(event, Member) and event.why_not is not None:
            named = _recordable(event) if options["text_only"] else event
            yield {"what": "left-out", "member": _member(named, 0), "reason": event.why_not}
        elif isinstance(event, Member):
            taker = stretches if event.index >= mailmembers.STRETCHES else chosen
            yield from taker.begin(event)
        elif isinstance(event, MemberEnd):
            yield from taker.end(event)
        else:
            yield from taker.data(event)
    return {}


def _member(member: Member, size: int) -> dict[str, Any]:
    kept = {key: getattr(member, key) for key in ("index", "name", "size_claimed", "mtime", "mtime_unix", "method", "crc", "duplicate")}
    of_mail = {"part": member.part, "offset": member.offset, "length": member.length, "charset": member.charset}
    stated = {key: str(value) for key, value in of_mail.items() if value is not None}
    return {**kept, "name_b64": member.name_raw, "size": str(size), "size_claimed": str(kept["size_claimed"]), **stated}


_NO_NAME = b"(a name that holds a picture)"
_SHORT_NAME = 200


def _recordable(member: Member) -> Member:
    """Return a member as it may be recorded: a name can be 64 KiB long, and what is not copied must not stand in the log as one."""
    raw = base64.b64decode(member.name_raw)
    if len(raw) <= _SHORT_NAME or next(regions(raw), None) is None:
        return member
    return msgspec.structs.replace(member, name=_NO_NAME.decode(), name_raw=base64.b64encode(_NO_NAME).decode())


class _AllMembers:
    """Passes every member's bytes on as they come."""

    _open: Member

    def begin(self, member: Member) -> Iterator[Any]:
        self._open = member
        yield {"what": "begin", "index": member.index}

    def data(self, data: bytes) -> Iterator[Any]:
        yield data

    def end(self, end: MemberEnd) -> Iterator[Any]:
        yield {"what": "end", "member": _member(self._open, end.size), "complete": end.complete}


class _TextMembers:
    """Holds a member until it is known to be nothing but text; of every other member only its digest leaves the child."""

    _open: Member

    def begin(self, member: Member) -> Iterator[Any]:
        self._open = member
        self._digest = hashlib.sha256()
        self._held: bytearray | None = bytearray()
        yield from ()

    def data(self, data: bytes) -> Iterator[Any]:
        self._digest.update(data)
        if self._held is not None:
            self._held += data
            if len(self._held) > _TEXT_MEMBER:
                self._held = None
        yield from ()

    def end(self, end: MemberEnd) -> Iterator[Any]:
        held, self._held = self._held, None
        member = _member(_recordable(self._open), end.size)
        if held is None or not end.complete or not mailmembers.is_only_text(held, self._open.name, self._open.charset):
            yield {"what": "reference", "member": member, "sha256": self._digest.hexdigest()}
            return
        yield {"what": "begin", "index": self._open.index}
        for at in range(0, len(held), _PIECE):
            yield bytes(held[at : at + _PIECE])
        yield {"what": "end", "member": member, "complete": True}


def parts(fd: int, options: dict[str, Any]) -> Notes:
    """Yield the text parts of a file that stays by reference, in the form `expand` gives members. Options: ``name``."""
    source = Source(fd, os.fstat(fd).st_size, options["name"])
    for index, (offset, length) in enumerate(textparts.text_parts(source.read_at, source.size)):
        yield {"what": "begin", "index": index}
        for at in range(offset, offset + length, _PIECE):
            yield source.read_at(at, min(_PIECE, offset + length - at))
        name = f"{options['name']}.text-{offset}-{offset + length}"
        member = {
            "index": index,
            "name": name,
            "name_b64": base64.b64encode(name.encode()).decode(),
            "offset": str(offset),
            "size": str(length),
        }
        yield {"what": "end", "member": member, "complete": True}
    return {}


def viewing(fd: int, options: dict[str, Any]) -> Notes:
    """Make a copy to look at. Options: ``media_type``, ``blurred``. Yields its bytes."""
    from sextortion_cli.extract import viewing as copies

    yield from copies.copied(fd, options["media_type"], blurred=options["blurred"])
    return {}


def _prepare_viewing(options: dict[str, Any]) -> None:
    from sextortion_cli.extract import viewing as copies

    del options
    copies.prepare()


def _prepare_databases() -> None:
    from sextortion_cli.importers.rows import vfs
    from sextortion_cli.readers import rowtally

    del rowtally
    vfs.prepare()


def _prepare_types(options: dict[str, Any]) -> None:
    mediatype.prepare()
    importers()
    _prepare_databases()
    _prepare_extras(options)


def _prepare_extras(options: dict[str, Any]) -> None:
    """Look whether 7z archives can be opened, which a limited child cannot; load what does it when the caller saw that this is one."""
    if extras.has_sevenzip() and options.get("sevenzip"):
        extras.prepare_sevenzip()


def _prepare_members(options: dict[str, Any]) -> None:
    mediatype.prepare()
    _prepare_extras(options)
    if options.get("container") in ("mail", "outlook"):
        charsets.prepare()


def _prepare_examine(options: dict[str, Any]) -> None:
    from sextortion_cli.extract.metadata import pages, read

    _prepare_types(options)
    for kind in options["facts"]:
        if kind == "picture":
            read.prepare()
        else:
            pages.prepare(kind)


OPERATIONS: Mapping[str, OperationSpec] = {
    "read": OperationSpec(read, "json", prepare=_prepare_read),
    "examine": OperationSpec(examine, "picture", prepare=_prepare_examine),
    "survey": OperationSpec(survey, "text", prepare=_prepare_types),
    "expand": OperationSpec(expand, "archive", prepare=_prepare_members),
    "parts": OperationSpec(parts, "text", prepare=_prepare_members),
    "viewing": OperationSpec(viewing, "picture", prepare=_prepare_viewing),
    "contents": OperationSpec(contents, "archive", prepare=_prepare_types),
    "conversations": OperationSpec(conversations, "json", prepare=_prepare_types),
}
