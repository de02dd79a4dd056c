"""Skype's own databases: ``main.db`` (up to version 7) and ``s4l-*.db`` (version 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.rows.database import Database
from sextortion_cli.importers.rows.faults import GAPS
from sextortion_cli.importers.rows.importer import DatabaseImporter
from sextortion_cli.importers.skype import live, main
from sextortion_cli.model.reading import Gap, ReadOptions, Record
from sextortion_cli.model.selection import Selection
from sextortion_cli.model.tables import Table
from sextortion_cli.words import N_


class SkypeDb(DatabaseImporter):
    """Reads messages, people, conversations, calls and file transfers of Skype."""

    id: ClassVar[str] = "skype-db"
    service: ClassVar[str] = "Skype"
    version: ClassVar[str] = "1"
    tables: ClassVar[tuple[Table, ...]] = (
        Table("Accounts"),
        Table("Contacts"),
        Table("Conversations"),
        Table("Messages", shown=("body_xml",)),
        Table("Participants"),
        Table("CallMembers"),
        Table("Calls"),
        Table("Transfers"),
        Table("profilecachev8"),
        Table("conversationsv13"),
        Table("conversationsv14"),
        Table("messagesv12", within=("nsp_data",)),
    )
    signature: ClassVar[tuple[Mapping[str, frozenset[str]], ...]] = (
        {"Messages": frozenset(["author", "from_dispname", "body_xml", "chatmsg_type"]), "Contacts": frozenset(["skypename"])},
        {"messagesv12": frozenset(["nsp_data"])},
    )
    how_to_export: ClassVar[str] = N_(
        "Skype has closed, but old computers may have its database. On Windows: open %AppData%\\Skype and the folder with your Skype name, and copy "
        "main.db. Import the copy together with files that lie beside it."
    )
    limits: ClassVar[str] = N_(
        "The database shows what this computer had; pictures and files lay on Skype's servers and are gone. Countries and addresses of others are what Skype stored, "
        "and can be wrong. Deleted rows that may still lie in the file are not searched for."
    )
    seen_on: ClassVar[str] = "main.db of 2021 (one real database); s4l-*.db from other programs' sources only"
    references: ClassVar[tuple[str, ...]] = (
        "suurjaak/Skyperious, skyperious/skypedata.py and live.py",
        "sepinf-inc/IPED, Skype parsers for main.db and s4l",
    )

    def records(self, database: Database, options: ReadOptions) -> Iterator[Record]:
        """Yield the records of the one layout, then of the other: a database has only one of them."""
        choice = Selection(options)
        yield from main.records(database, choice)
        yield from live.records(database, choice)
        if "Accounts" not in database.columns:
            yield Gap("owner-unknown", GAPS["owner-unknown"])
