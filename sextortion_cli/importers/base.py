"""The contract every importer keeps, and how importers are found."""

from __future__ import annotations

import abc
import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Form, ReadOptions, Record, Sniff
from sextortion_cli.model.tables import Table

HEAD_BYTES = 1 << 20
"""How much of a file `Importer.opening_for` sees."""


class Importer(abc.ABC):
    """
    Reads one export format.

    An importer is pure and streaming: it gets a `Source`, yields records in the order of the file, keeps nothing but a window
    of it in memory, and never opens, writes or connects to anything. It runs in a limited child process. It may not drop,
    merge or swallow: every byte of the object (every row of a database) is in exactly one `Message`, `Fact`, `Noise` or (not `overlay`) `Defect`.
    It must not raise on bad input; what it cannot read is a `Defect`.

    Attributes:
        id: Stable name, in the custody log and on the command line; equals the file name with ``-`` for ``_``.
        service: The service's name for people (``WhatsApp``).
        version: Changed whenever the records for the same bytes and options change.
        raw_form: How `Message.text` and an absent `Message.raw` relate: ``verbatim`` (raw equals text), ``json`` (raw is the
            JSON string token of text without any escape) or ``mail`` (`raw` is the body as it stands, still encoded; absent when it
            equals the text, or when it is long, and then the facts about the parts say where it stands).
        how_to_export: How a person gets such a file, a message of the catalogue; three short sentences.
        limits: What this kind of export leaves out or cannot prove, a message of the catalogue.
        seen_on: App versions or years of the samples the reader was checked against.
        noise: Closed list of noise codes, each with its reason in English.
        form: How the independent account looks at the file: ``text`` (messages begin at line starts), ``json`` (each message is
        form: How the independent account looks at the file: ``text`` (messages begin at line starts), ``json`` (each message is
            one object), ``markup`` (HTML and XML: messages begin at tags), ``mail`` (headers and parts laid over a message leave only
            boundary lines between them), ``mailbox`` (the same, and each message begins at a separating line and holds no other),
            ``compound`` (one message, and facts that name every stream of the file), ``frames`` (network packets; noise consists of
            whole ones, and its rules see one packet at a time) or ``rows`` (a database: records cover rows, see `model/tables.py`).
        tables: For ``rows``: the tables read row by row, in the order of the reading.
        noise_rules: Per noise code what its bytes must be (a bytes pattern or a function); a code without one may only hold blank
            text (``text``), brackets, commas and keys (``json``) or tags, comments and blank text (``markup``, and then no tag that
            `opening` matches), so that nothing can be hidden as noise.
        opening: Matches what opens a message: the beginning of a line (``text``), or an opening tag from its ``<`` (``markup``; it
            must not run past the next ``<``, for the account searches with it). Every tag it matches must begin a message, be in
            noise whose own rule allows it, or be in a defect: that is how merged and dropped messages are found.
        shows_only_chosen: What it reads is so private that nothing is shown unless the person chose a part: then all of it is
            ``not-selected``, and gaps and overlaid facts say how to choose.
        references: Where the format is described.
    """

    id: ClassVar[str]
    service: ClassVar[str]
    version: ClassVar[str]
    raw_form: ClassVar[str] = "verbatim"
    how_to_export: ClassVar[str]
    limits: ClassVar[str]
    seen_on: ClassVar[str]
    noise: ClassVar[Mapping[str, str]]
    form: ClassVar[Form] = "text"
    tables: ClassVar[tuple[Table, ...]] = ()
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {}
    opening: ClassVar[re.Pattern[bytes] | None] = None
    shows_only_chosen: ClassVar[bool] = False
    references: ClassVar[tuple[str, ...]]

    def prepare(self) -> None:  # noqa: B027  (most importers need nothing)
        """Load what reading needs and Python would only load then: called before the child loses the right to open files."""

    def opening_for(self, head: bytes) -> re.Pattern[bytes] | None:
        """Return `opening` for a file that begins with `head` (`HEAD_BYTES` of it), for formats that write messages in more ways than one."""
        del head
        return self.opening

    def tables_for(self, options: ReadOptions) -> tuple[Table, ...]:
        """Return the tables that are read row by row with these options (see `tables`)."""
        del options
        return self.tables

    @abc.abstractmethod
    def sniff(self, source: Source) -> Sniff:
        """Say whether this importer can read `source`, from its content (name as a hint only). Must not raise; reads little."""

    @abc.abstractmethod
    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """
        Yield the records of `source` in the order of the file.

        Times come with `Time.local` and basis ``unknown`` where the file gives no zone (`normalise/times.py` applies the stated
        zone afterwards), or with `Time.utc` and basis ``explicit``. A date order that the file leaves open is a `Gap`
        ``date-order-ambiguous`` and leaves `local` None unless `options.date_order` states it.
        """


@functools.cache
def importer_ids() -> tuple[str, ...]:
    """Return the id of every importer, sorted, without loading any: a module of this folder is one."""
    package = importlib.import_module(__name__.rpartition(".")[0])
    names = (info.name for info in pkgutil.iter_modules(package.__path__) if not info.ispkg and info.name not in ("base", "source"))
    return tuple(sorted(name.replace("_", "-") for name in names))


@functools.cache
def importer_of(identity: str) -> Importer:
    """
    Return the importer with this id, loading no other: dozens of them take memory in every process.

    Raises:
        KeyError: There is none.
    """
    if identity not in importer_ids():
        raise KeyError(identity)
    module = importlib.import_module(f"{__name__.rpartition('.')[0]}.{identity.replace('-', '_')}")
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, Importer)
            and value.__module__ == module.__name__
            and not value.__abstractmethods__
        ):
            return value()
    raise KeyError(identity)


@functools.cache
def importers() -> Mapping[str, Importer]:
    """Return every importer by id, sorted."""
    return {identity: importer_of(identity) for identity in importer_ids()}
