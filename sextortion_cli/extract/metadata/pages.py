"""Saved pages and documents: all readers of one file side by side, the addresses it gives itself, and the places they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sextortion_cli.extract.metadata import htmllibrary, htmlpage, mhtml, pdfwalk, places, pypdfreader, wacz, warcfacts, xmp
from sextortion_cli.extract.metadata.kinds import Kind
from sextortion_cli.extract.metadata.read import disagreements
from sextortion_cli.extract.metadata.view import View
from sextortion_cli.model.filefact import FileFact, FileRecord, fact
from sextortion_cli.words import N_

READER = "page-addresses 1"
Reader = Callable[[View], Iterator[FileRecord]]
#: Our own readers, then those of libraries; a library that died is left out the second time.
_OWN: Mapping[Kind, tuple[Reader, ...]] = {
    "html": (htmlpage.html_facts,),
    "mhtml": (mhtml.mhtml_facts,),
    "pdf": (pdfwalk.pdf_facts,),
    "warc": (warcfacts.warc_facts,),
    "wacz": (wacz.wacz_facts,),
}
_LIBRARIES: Mapping[Kind, tuple[Reader, ...]] = {
    "html": (htmllibrary.library_facts,),
    "mhtml": (mhtml.library_facts,),
    "pdf": (pypdfreader.pypdf_facts,),
    "warc": (warcfacts.library_facts,),
}
_LOADERS: Mapping[Kind, tuple[Callable[[], None], ...]] = {
    "mhtml": (mhtml.load,),
    "pdf": (pypdfreader.load, xmp.load),
    "warc": (warcfacts.load,),
    "wacz": (wacz.load,),
}
#: The names under which a page says where it was; the order is that of their weight for a person.
ADDRESSES = (
    "mhtml:Snapshot-Content-Location", "mhtml:Content-Location", "html:singlefile:url", "html:savepage-url", "html:saved-from", "html:monolith:url",
    "html:httrack:url", "html:data-scrapbook-source", "html:canonical", "html:og:url",
)  # fmt: skip
_ARCHIVED = ("wacz:mainPageUrl", "wacz:page", "warc:page")


def prepare(kind: Kind) -> None:
    """Load what the readers of one kind need; call it before a process loses the right to open files."""
    places.load()
    for load in _LOADERS.get(kind, ()):
        load()


def page_facts(view: View, kind: Kind, *, libraries: bool = True) -> Iterator[FileRecord]:
    """Yield what every reader of `kind` says, and where two differ; without `libraries` only our own."""
    found: list[FileFact] = []
    for reader in (*_OWN.get(kind, ()), *(_LIBRARIES.get(kind, ()) if libraries else ())):
        for record in reader(view):
            if isinstance(record, FileFact):
                found.append(record)
            yield record
    yield from disagreements(found)
    yield from _addresses(found, _ARCHIVED if kind in ("warc", "wacz") else ADDRESSES)
    yield from places.place_facts(found)


def _addresses(found: Iterable[FileFact], known: tuple[str, ...]) -> Iterator[FileFact]:
    """Yield the address that weighs most of those a page gives itself, and all of them when there is more than one."""
    given: dict[str, str] = {}
    for item in found:
        if item.name in known and "://" in item.value:
            given.setdefault(item.name, item.value)
    names = [name for name in known if name in given]
    if names:
        yield fact("page:address", given[names[0]], READER, names[0])
    if known is ADDRESSES and len(set(given.values())) > 1:
        told = "; ".join(f"{name}: {given[name]}" for name in names)
        yield fact("page:addresses", told, READER, N_("the page gives itself more than one address"))
