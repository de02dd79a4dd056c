"""What a person asks for, as the flow takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Via = Literal[
    "cable", "sd-card", "airdrop", "local-network", "cloud", "mail", "chat-app", "browser-upload", "download", "photo-of-screen", "unknown",
]  # fmt: skip


@dataclass(frozen=True)
class ImportRequest:
    """
    One `import`.

    Attributes:
        paths: What was given, as typed (``-`` is standard input).
        recursive: Folders are taken whole.
        importer: `--as`: this importer reads everything given.
        kind: What the files are said to show.
        shows: What was stated for the gate (architecture 7).
        by_reference: Nothing is copied.
        timezone, date_order, owner, thread, since, until, mail_provider, columns: Stated for the readings; see `ReadOptions`.
        device, app, via, captured_by, captured_at: The person's statement about the way here.
        dry_run: Say what would happen; write nothing.
        name: File name for standard input.
    """

    paths: tuple[str, ...]
    recursive: bool = True
    importer: str | None = None
    kind: str | None = None
    shows: str | None = None
    by_reference: bool = False
    timezone: str | None = None
    date_order: str | None = None
    owner: str | None = None
    thread: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    mail_provider: str | None = None
    columns: tuple[str, ...] = ()
    device: str | None = None
    app: str | None = None
    via: str | None = None
    captured_by: str | None = None
    captured_at: str | None = None
    dry_run: bool = False
    name: str | None = None
