"""
A PDF as pypdf reads it: information dictionary, XMP, pages, encryption, embedded files by name, what would act when it is opened.

Nothing is run, no picture is decoded, no embedded file is taken out. Every step stands by itself: one that fails or finds its time used up
is a fault, and what the others said stays. pypdf's own limits on work and size are set lower than it sets them.
"""

from __future__ import annotations

import functools
import io
import logging
import struct
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sextortion_cli.extract.metadata.clock import same_moment, time_note
from sextortion_cli.extract.metadata.parts import BLOCK_LIMIT
from sextortion_cli.extract.metadata.pdfwalk import DATES
from sextortion_cli.extract.metadata.places import shown_text
from sextortion_cli.extract.metadata.read import same_value
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.extract.metadata.xmp import xmp_facts
from sextortion_cli.model.filefact import Disagreement, FileFact, FileRecord, ReadFault, fact
from sextortion_cli.words import N_

_LARGEST = 200_000_000  # bytes; pypdf takes a file with a broken table into memory as a whole
_SECONDS = 5.0  # of processor time; the child has eight
_PAGES, _TEXT_PAGES, _TEXT, _STREAM = 50, 3, 4000, 2_000_000
_MOST = 60
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 50_000_000,
    "array_based_stream_maximum_output_length": 16_000_000,
    "lzw_maximum_output_length": 16_000_000,
    "run_length_maximum_output_length": 16_000_000,
    "zlib_maximum_output_length": 16_000_000,
    "zlib_maximum_recovery_input_length": 500_000,
    "brotli_maximum_output_length": 16_000_000,
    "stream_decoding_work_maximum_length": 50_000_000,
    "stream_parsing_work_maximum_count": 300_000,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
    "xform_maximum_invocations_per_extraction": 200,
    "jbig2dec_binary": None,  # no other program is ever started
}
# What Python code that parses anything may raise; pypdf says itself that damaged files cause all of them.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, MemoryError, NotImplementedError,
    OSError, RecursionError, RuntimeError, struct.error, SyntaxError, TypeError, ValueError, zlib.error,
)  # fmt: skip
_PAIRS = {
    "Title": "xmp:dc:title", "Author": "xmp:dc:creator", "Subject": "xmp:dc:description", "Creator": "xmp:CreatorTool", "Producer": "xmp:pdf:Producer",
    "Keywords": "xmp:pdf:Keywords", "CreationDate": "xmp:CreateDate", "ModDate": "xmp:ModifyDate",
}  # fmt: skip
_ACTIVE = ("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "URI", "Rendition", "RichMediaExecute")


@functools.cache
def _pypdf() -> Any:
    """Import pypdf, quietly. Raises ImportError where it is not installed."""
    import pypdf
    import pypdf.errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    return pypdf


def load() -> None:
    """Import pypdf where it is installed, with what it loads on first use."""
    try:
        _pypdf()
    except ImportError:
        return
    list(pypdf_facts(_Sample()))


class _Sample(View):
    """The smallest document with text, so that what reads one is loaded."""

    def __init__(self) -> None:
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        objects = (
            b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            b"<</Length 24>>stream\nBT /F 9 Tf (a) Tj ET    \nendstream",
            b"<</Type/Metadata/Subtype/XML/Length 4>>stream\n<x/>\nendstream",
        )
        body = b"%PDF-1.4\n"
        places = []
        for number, item in enumerate(objects, 1):
            places.append(len(body))
            body += b"%d 0 obj%s endobj\n" % (number, item)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        self._bytes = (
            body + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
        )
        self.size = len(self._bytes)
        self.head = self._bytes

    def file(self) -> io.BufferedIOBase:
        return io.BytesIO(self._bytes)


def pypdf_facts(view: View) -> Iterator[FileRecord]:
    """Yield pypdf's view of a document, and where its information dictionary and its XMP differ."""
    try:
        module = _pypdf()
    except ImportError:
        yield ReadFault("pypdf", "not-installed")
        return
    reader = f"pypdf {module.__version__}"
    if view.size > _LARGEST:
        yield ReadFault(reader, "too-large")
        return
    faults = (*_FAULTS, module.errors.PyPdfError, module.errors.DependencyError)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from _limited(module, view, reader, faults)


def _limited(module: Any, view: View, reader: str, faults: tuple[type[BaseException], ...]) -> list[FileRecord]:
    with module.apply_configuration(**_LIMITS):
        start = time.process_time()
        try:
            document = module.PdfReader(view.file(), strict=False, xref_stream_maximum_entries=200_000)
        except faults as error:
            return [ReadFault(reader, f"open-{type(error).__name__}")]
        found: list[FileRecord] = []
        for name, step in _STEPS.items():
            if time.process_time() - start > _SECONDS:
                found.append(ReadFault(reader, f"no-time-for-{name}"))
                continue
            try:
                for record in step(document, reader):
                    found.append(record)
                    if time.process_time() - start > _SECONDS:
                        found.append(ReadFault(reader, f"no-time-for-rest-of-{name}"))
                        break
            except faults as error:
                found.append(ReadFault(reader, f"{name}-{type(error).__name__}"))
        return [*found, *_differing(found)]


def _encryption(document: Any, reader: str) -> Iterator[FileRecord]:
    if not document.is_encrypted:
        yield fact("pdf:encrypted", "no", reader)
        return
    # Every viewer tries the empty password; nothing else is tried.
    opened = bool(document.decrypt(""))
    yield fact("pdf:encrypted", "yes, opens without a password" if opened else "yes, needs a password", reader)


def _information(document: Any, reader: str) -> Iterator[FileRecord]:
    info = document.metadata
    for key, raw in list((info or {}).items())[:_MOST]:
        value = raw.get_object() if hasattr(raw, "get_object") else raw
        if isinstance(value, str | bytes | int | float | bool):
            name = str(key).lstrip("/")[:60]
            text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
            yield fact(f"pdf:{name}", shown_text(text), reader, time_note(text) if name in DATES else None)


def _packet(document: Any, reader: str) -> Iterator[FileRecord]:
    stream = _get(document.root_object, "/Metadata")
    if stream is None or not hasattr(stream, "get_data"):
        return
    packet = stream.get_data()
    yield fact("pdf:xmp", f"(present, {len(packet)} bytes)", reader)
    yield from xmp_facts(packet[: BLOCK_LIMIT + 1])


def _pages(document: Any, reader: str) -> Iterator[FileRecord]:
    yield fact("pdf:pages", str(document.get_num_pages()), reader)


def _embedded(document: Any, reader: str) -> Iterator[FileRecord]:
    for number, item in enumerate(document.attachment_list):
        if number >= _MOST:
            yield ReadFault(reader, "too-many-embedded-files")
            return
        size = item.size
        yield fact("pdf:embedded-file", str(item.name)[:500], reader, f"{size} bytes" if isinstance(size, int) else N_("size not stated"))
    for annotation in _annotations(document):
        if _get(annotation, "/Subtype") == "/FileAttachment":
            specification = _get(annotation, "/FS")
            name = _get(specification, "/UF") or _get(specification, "/F") or "?"
            yield fact("pdf:embedded-file", str(name)[:500], reader, N_("attached to a page"))


def _actions(document: Any, reader: str) -> Iterator[FileRecord]:
    """Yield what would act when the document is opened or a place in it is touched; the scripts themselves are not read."""
    found: Counter[str] = Counter()
    links: dict[str, None] = {}
    root = document.root_object
    if _get(_get(root, "/Names"), "/JavaScript") is not None:
        found["JavaScript"] += 1
    if _get(_get(root, "/AcroForm"), "/XFA") is not None:
        found["XFA"] += 1
    for holder in (root, *document.pages[:_PAGES], *_annotations(document)):
        for key in ("/OpenAction", "/A", "/AA"):
            for action in _chain(_get(holder, key)):
                kind = str(_get(action, "/S") or "").lstrip("/")
                if kind in _ACTIVE:
                    found[kind] += 1
                if kind == "URI" and len(links) < _MOST and isinstance(_get(action, "/URI"), str | bytes):
                    links[_text(_get(action, "/URI"))[:4096]] = None
    scripts = found.pop("JavaScript", 0)
    where = N_("the document and its first 50 pages were looked at; scripts are never run")
    yield fact("pdf:javascript", f"present ({scripts})" if scripts else "none found", reader, where)
    others = ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()))
    if others:
        yield fact("pdf:actions", others, reader, N_("what the document can do or link to when somebody uses it"))
    for link in links:
        yield fact("pdf:link", shown_text(link[:2000]), reader)


def _writing(document: Any, reader: str) -> Iterator[FileRecord]:
    for number, page in enumerate(document.pages[:_TEXT_PAGES], 1):
        contents = _get(page, "/Contents")
        streams = [item.get_object() for item in contents] if isinstance(contents, list) else [contents]
        length = sum(len(item.get_data()) for item in streams[:100] if hasattr(item, "get_data"))
        if length > _STREAM or len(streams) > 100:
            yield ReadFault(reader, f"page-{number}-too-large")
            continue
        text = page.extract_text().strip()
        if text:
            note = N_("derived: taken out of the drawing of the page by a library; order and letters can be wrong")
            yield fact(f"pdf:text:page-{number}", shown_text(text[:_TEXT]), reader, note)


_STEPS = {
    "encryption": _encryption,
    "information": _information,
    "xmp": _packet,
    "pages": _pages,
    "embedded-files": _embedded,
    "actions": _actions,
    "text": _writing,
}


def _annotations(document: Any) -> Iterator[Any]:
    """Yield the annotations of the first pages."""
    count = 0
    for page in document.pages[:_PAGES]:
        for item in _get(page, "/Annots") or ():
            count += 1
            if count > 2000:
                return
            yield item.get_object()


def _chain(action: Any) -> Iterator[Any]:
    """Yield an action, those of a dictionary of actions by event, and what follows each, twenty at most."""
    waiting, count = [action], 0
    while waiting and count < 20:
        item = waiting.pop()
        count += 1
        if isinstance(item, list):
            waiting += [part.get_object() for part in item[:20] if hasattr(part, "get_object")]
        elif isinstance(item, dict):
            yield item
            if "/S" in item:
                waiting.append(_get(item, "/Next"))
            else:
                waiting += [_get(item, key) for key in list(item)[:20]]


def _get(holder: Any, key: str) -> Any:
    """Return what a dictionary holds under `key`, references followed; None where there is none."""
    if not isinstance(holder, dict) or key not in holder:
        return None
    value = holder[key]
    return value.get_object() if hasattr(value, "get_object") else value


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _differing(found: list[FileRecord]) -> Iterator[Disagreement]:
    """Yield where the information dictionary and the XMP of one document say different things."""
    values: dict[str, str] = {}
    for item in found:
        if isinstance(item, FileFact):
            values.setdefault(item.name, item.value)
    for key, name in _PAIRS.items():
        one, other = values.get(f"pdf:{key}"), values.get(name)
        if one and other and not same_value(one, other) and not (key in DATES and same_moment(one, other)):
            yield Disagreement(f"pdf:{key}", (("Info", one[:1000]), ("XMP", other[:1000])))
