"""Text messages and calls of an Android telephone as XML: SMS Backup & Restore, and programs that write the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.smsxml.codes import DEFECTS, NOISE, OPENING
from sextortion_cli.importers.smsxml.walk import Backup
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Defect, ReadOptions, Record, Sniff
from sextortion_cli.words import N_

_HEAD = 64 << 10
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?+\s*+(?:<\?[^<>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+|<![A-Za-z][^<>]*+>\s*+)*+<(?:smses|calls)(?=[\s/>])"
)


class SmsBackupXml(Importer):
    """Reads SMS, MMS and calls; a message may hold 31 MiB, pictures included, and 1 MiB without them."""

    id: ClassVar[str] = "sms-backup-xml"
    service: ClassVar[str] = "SMS"
    version: ClassVar[str] = "1"
    form: ClassVar[Literal["text", "json", "markup"]] = "markup"
    opening: ClassVar[re.Pattern[bytes] | None] = OPENING
    how_to_export: ClassVar[str] = N_(
        "Install SMS Backup & Restore on the Android telephone, and choose to back up messages and calls. Include the attachments of MMS, and save on the "
        "telephone. Copy the files sms-….xml and calls-….xml to the computer."
    )
    limits: ClassVar[str] = N_(
        "The file was made by an app and can have been edited; it does not say whose telephone it is. Deleted messages are not included. "
        "Messages of WhatsApp and the like are not included."
    )
    seen_on: ClassVar[str] = "files of 2017 to 2024 made for other programs' tests; layouts from the sources of programs that read them"
    noise: ClassVar[Mapping[str, str]] = NOISE
    noise_rules: ClassVar[Mapping[str, re.Pattern[bytes] | Callable[[bytes], bool] | None]] = {}
    references: ClassVar[tuple[str, ...]] = (
        "SyncTech, SMS Backup & Restore: Fields in XML backup files",
        "android.provider.Telephony, android.provider.CallLog",
        "mholt/timelinize, datasources/smsbackuprestore",
    )

    def sniff(self, source: Source) -> Sniff:
        """Claim a file whose first element holds messages or calls of such a backup."""
        if _ROOT.match(source.head(_HEAD)) is not None:
            return Sniff("yes", "messages or calls as SMS Backup & Restore writes them")
        return Sniff("no", "no such backup")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield what the file says of itself, its messages and calls, and what it leaves open."""
        if source.size == 0:
            yield Defect(0, 0, "empty-file", DEFECTS["empty-file"], overlay=True)
            return
        yield from Backup(options).read(source)
