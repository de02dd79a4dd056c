"""`unlock`: a locked case back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from sextortion_cli.locking import Unlocked

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def unlock(
    context: typer.Context,
    recovery: bool = typer.Option(False, "--recovery", help=_("Open it with the twelve words.")),
    passphrase_fd: int = typer.Option(
        None, "--passphrase-fd", metavar="N", help=_("Read the passphrase, or the twelve words, from this descriptor.")
    ),
    passphrase_file: str = typer.Option(
        None, "--passphrase-file", metavar="FILE", help=_("Read the passphrase, or the twelve words, from this file.")
    ),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """Open a locked case: every file back as it was, and checked."""
    from sextortion_cli import locking
    from sextortion_cli.cli.secret import ask_words, secret_given, tried
    from sextortion_cli.errors import WrongKey

    where = here(context)
    locking.keep_secrets_in_memory()
    path = where.path()
    if not locking.finish(path, dry_run=dry_run):
        _shown(where, locking.as_it_lies(path), was_open=True)
        return
    if dry_run:
        size = locking.locked_size(path)
        where.ui.result(
            {"path": str(path), "size": size, "dry_run": True},
            [_("Would open: {path} ({size})").format(path=path, size=locking.shown_size(size))],
        )
        return
    given, key = secret_given(passphrase_fd, passphrase_file), "recovery" if recovery else "case"
    identities: list[str] = []
    if recovery:
        typed = tuple(given.split()) if given is not None else ask_words(where, locking.known_word, locking.WORDS)
        identities.append(locking.key_from_words(typed))
    elif given is not None:
        identities.append(locking.keys_from_passphrase(path, given).case)
    else:
        tried(where, _("Passphrase (not shown): "), lambda text: identities.append(locking.keys_from_passphrase(path, text).case), WrongKey)
    done = locking.unlock(path, where.session(), identities[0], key, lambda so_far, total: where.ui.progress("bytes", so_far, total))
    where.ui.done()
    _shown(where, done)


def _shown(where: Here, done: Unlocked, *, was_open: bool = False) -> None:
    found = {"path": str(done.path), "locked": False, "case_id": done.case_id, "fingerprint": done.fingerprint, "verified": done.ok}
    said = _("Unlocked: {path}") if done.ok else _("Open again exactly as it was locked: {path}")
    if was_open:
        said = _("The case is open: {path}")
    lines = [said.format(path=done.path)]
    lines.append(_("Every original and record is as it was saved.") if done.ok else _("But something in it differs from its log."))
    lines.append(_("Fingerprint: {fingerprint}").format(fingerprint=done.fingerprint))
    where.ui.result(found, lines)
    where.ui.next("casefile items" if done.ok else "casefile verify")
    if not done.ok:
        raise typer.Exit(4)
