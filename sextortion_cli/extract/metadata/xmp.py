"""
XMP packets, flattened to one fact per property. defusedxml refuses entities and document types, which no honest packet has.

References: ISO 16684-1 (XMP) sections 7.4 to 7.9.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT
from sextortion_cli.model.filefact import FileFact, ReadFault, fact
from sextortion_cli.words import N_

READER = "xmp-walk 1"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES = {
    "http://ns.adobe.com/xap/1.0/": "",
    "http://ns.adobe.com/exif/1.0/": "exif:",
    "http://cipa.jp/exif/1.0/": "exifEX:",
    "http://ns.adobe.com/tiff/1.0/": "tiff:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop:",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM:",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore:",
    "http://ns.google.com/photos/1.0/camera/": "GCamera:",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights:",
    "http://ns.adobe.com/pdf/1.3/": "pdf:",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid:",
}
_THUMBNAIL_WORDS = ("thumbnails", "xmpgimg:image", "gimage:data", "gdepth:data")
_MAX_PROPERTIES, _MAX_DEPTH = 2000, 12


@functools.cache
def _parser() -> tuple[Any, tuple[type[Exception], ...]]:
    from xml.etree.ElementTree import ParseError

    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    return ElementTree, (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError)


def load() -> None:
    """Import the parser, for a process that soon may open no file."""
    list(xmp_facts(b"<x/>"))


def xmp_facts(packet: bytes) -> Iterator[FileFact | ReadFault]:
    """Yield one fact per property, arrays with their index; pictures inside a packet are mentioned and not shown."""
    if len(packet) > BLOCK_LIMIT:
        yield ReadFault(READER, "too-large")
        return
    parser, faults = _parser()
    try:
        root = parser.fromstring(_trimmed(packet), forbid_dtd=True)
        # Which program wrote the packet; it is not a property, and an honest packet of an editor has it.
        toolkit = root.get("{adobe:ns:meta/}xmptk")
        facts: list[FileFact] = [] if toolkit is None else [_fact("x:xmptk", toolkit)]
        for description in root.iter(f"{_RDF}Description"):
            if len(facts) >= _MAX_PROPERTIES:
                break
            facts.extend(_properties(description, "", 0))
    except faults as error:
        yield ReadFault(READER, type(error).__name__)
        return
    seen: set[tuple[str, str]] = set()
    for found in facts[:_MAX_PROPERTIES]:
        if (found.name, found.value) not in seen:
            seen.add((found.name, found.value))
            yield found
    if len(facts) > _MAX_PROPERTIES:
        yield ReadFault(READER, "too-many-properties")


def _trimmed(packet: bytes) -> bytes:
    """Return `packet` from its first to its last angle bracket: writers pad with NULs and spaces."""
    start, end = packet.find(b"<"), packet.rfind(b">")
    return packet[start : end + 1] if 0 <= start < end else packet


def _short(name: str) -> str:
    space, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    prefix = _PREFIXES.get(space)
    if prefix is None:
        prefix = space.rstrip("/#").rpartition("/")[2][:40] + ":" if space else ""
    return f"{prefix}{local}"


def _properties(element: Any, path: str, depth: int) -> Iterator[FileFact]:
    for key, value in element.attrib.items():
        if not key.startswith((_RDF, "{http://www.w3.org/XML/1998/namespace}")):
            yield _fact(f"{path}{_short(key)}", value)
    if depth > _MAX_DEPTH:
        return
    for child in element:
        yield from _property(child, f"{path}{_short(child.tag)}", depth + 1)


def _property(element: Any, path: str, depth: int) -> Iterator[FileFact]:
    resource = element.get(f"{_RDF}resource")
    if resource is not None:
        yield _fact(path, resource)
    if len(element) == 0:
        if element.text and element.text.strip():
            yield _fact(path, element.text.strip())
        yield from _properties(element, f"{path}/", depth)
        return
    for array in element:
        if array.tag in (f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt"):
            for number, item in enumerate(array, 1):
                yield from _property(item, f"{path}[{number}]" if len(array) > 1 else path, depth + 1)
        elif array.tag == f"{_RDF}Description":
            yield from _properties(array, f"{path}/", depth + 1)
        elif depth <= _MAX_DEPTH:
            yield from _property(array, f"{path}/{_short(array.tag)}", depth + 1)


def _fact(path: str, value: str) -> FileFact:
    lower = path.lower()
    if any(word in lower for word in _THUMBNAIL_WORDS) and len(value) > 200:
        return fact(f"xmp:{path[:200]}", f"(present, {len(value)} characters)", READER, N_("a picture inside the packet; mentioned only"))
    return fact(f"xmp:{path[:200]}", value, READER, _time_note(lower, value))


def _time_note(path: str, value: str) -> str | None:
    if (
        not path.rpartition(":")[2].endswith(("date", "datecreated", "datetimeoriginal", "datetimedigitized", "datetime"))
        or "T" not in value
    ):
        return None
    clock = value.partition("T")[2]
    return (
        N_("basis explicit: offset in the value")
        if clock.endswith("Z") or "+" in clock or "-" in clock
        else N_("local time; basis unknown: the file gives no offset")
    )
