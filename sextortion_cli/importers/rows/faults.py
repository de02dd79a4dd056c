"""What can be wrong with a database, and what one can leave out: the same for every importer that reads one."""

from __future__ import annotations

from sextortion_cli.words import N_

DEFECTS = {
    "empty-file": N_("The file is empty."),
    "database-unreadable": N_("The file is no database that can be read, or it is damaged where every database begins."),
    "table-unreadable": N_("A table of the database cannot be read at all."),
    "rows-unreadable": N_("Rows of a table could not be reached: the database is damaged there."),
    "row-unreadable": N_("A row is there, but what stands in it cannot be read."),
    "wal-damaged": N_("The write-ahead log is damaged; changes that stood in its damaged part are missing."),
    "links-unreadable": N_(
        "A table that joins messages with their conversations or files is damaged; some of what belongs to them is missing."
    ),
    "not-one-object": N_("What should be one JSON object is none; it is shown as it stands."),
    "unreadable-time": N_("The time could not be read."),
    "invalid-unicode": N_("A text is not valid Unicode; its bytes are kept."),
}
GAPS = {
    "wal-missing": N_("The app keeps its newest changes in a second file (-wal), which is not here: the newest messages may be missing."),
    "wal-read": N_("Changes that stood only in the write-ahead log (-wal) were read with the database."),
    "wal-unfinished": N_("The write-ahead log ends with changes the app had not finished; they count as never made and were not read."),
    "owner-unknown": N_("The file does not say which number or account is the phone's own."),
    "nothing-chosen": N_("No sites or days were chosen, so nothing of the history was read. Choose, and read it again."),
    "deleted-rows-not-searched": N_("Deleted rows that may still lie in unused parts of the file were not searched for."),
}
NOISE = {"not-selected": "Left out because other conversations or days were asked for."}
