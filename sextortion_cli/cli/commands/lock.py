"""`lock`: the whole case into one encrypted file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sextortion_cli.cli.here import Here, here
from sextortion_cli.words import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from sextortion_cli.vault.keys import Keys

_MOST_NAMED = 5
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def lock(
    context: typer.Context,
    setup: bool = typer.Option(False, "--setup", help=_("Make the keys: a passphrase, and twelve words to write down. Once for a case.")),
    panic: bool = typer.Option(False, "--panic", help=_("Ask nothing, lock now.")),
    passphrase_fd: int = typer.Option(None, "--passphrase-fd", metavar="N", help=_("Read the passphrase from this descriptor.")),
    passphrase_file: str = typer.Option(None, "--passphrase-file", metavar="FILE", help=_("Read the passphrase from this file.")),
    yes: bool = typer.Option(False, "--yes", help=_("With --setup: make new keys although there are some.")),
    dry_run: bool = typer.Option(False, "--dry-run", "-n", help=_("Say what would happen; write nothing.")),
) -> None:
    """Put the whole case into one encrypted file. The plain files go when that file is proven to open."""
    from sextortion_cli import locking
    from sextortion_cli.cli.secret import secret_given, tried
    from sextortion_cli.errors import UsageProblem, WrongKey

    where = here(context)
    if setup and panic:
        raise UsageProblem(message=_("Say one of them: {options}").format(options="--setup, --panic"))
    locking.keep_secrets_in_memory()
    path = where.path()
    if locking.finish(path, dry_run=dry_run):
        where.ui.result({"path": str(path), "locked": True}, [_("This case is locked.")])
        where.ui.next("casefile unlock")
        return
    if setup:
        _set_up(where, path, secret_given(passphrase_fd, passphrase_file), yes=yes, dry_run=dry_run)
        return
    locking.recipients_of(path)
    keys: list[Keys] = []
    if not (panic or dry_run):
        given = secret_given(passphrase_fd, passphrase_file)
        if given is not None:
            keys.append(locking.keys_from_passphrase(path, given))
        else:
            tried(where, _("Passphrase (not shown): "), lambda text: keys.append(locking.keys_from_passphrase(path, text)), WrongKey)
    plan = locking.plan(path, passes=2 if panic else 3, measure=not dry_run)
    size = locking.shown_size(plan.size)
    if dry_run:
        found = {"path": str(path), "files": plan.files, "size": plan.size, "free": plan.free, "dry_run": True}
        where.ui.result(found, [_("Would lock: {path} ({size})").format(path=path, size=size)])
        return
    where.ui.say(
        _("Locking {size}: about {seconds} s, measured on this disk just now.").format(size=size, seconds=max(1, round(plan.seconds)))
    )
    done = locking.lock(path, where.session(), keys[0] if keys else None, lambda so_far, total: where.ui.progress("bytes", so_far, total))
    where.ui.done()
    found = {"path": str(path), "locked": True, "size": done.size, "seconds": round(done.seconds, 1), "stayed": list(done.stayed)}
    lines = [
        _("Locked, and compared byte by byte before the plain files went. It took {seconds} s.").format(
            seconds=max(1, round(done.seconds))
        ),
        *(_("Not locked, because it came or changed meanwhile: {path}").format(path=name) for name in done.stayed[:_MOST_NAMED]),
        *_remains(),
    ]
    where.ui.result(found, lines, prose=True)
    where.ui.next("casefile unlock", "casefile traces")


def _set_up(where: Here, path: Path, given: str | None, *, yes: bool, dry_run: bool) -> None:
    from sextortion_cli import locking
    from sextortion_cli.cli.secret import new_passphrase, show_words
    from sextortion_cli.cli.settings import may_ask
    from sextortion_cli.errors import UsageProblem

    again = locking.is_set_up(path)
    if dry_run:
        where.ui.result({"path": str(path), "set_up": again, "dry_run": True}, [_("Would make two keys for: {path}").format(path=path)])
        return
    if not may_ask(where.options):
        raise UsageProblem(message=_("--setup shows words that must be written down. It needs a terminal."))
    if again and not yes:
        change = _("Make new ones")
        question = _("This case has keys already. New ones do not open what was locked before. Make new ones?")
        if where.ui.ask(question, (change, _("Keep them"))) != change:
            where.ui.result({"path": str(path), "set_up": True}, [_("Nothing was changed.")])
            return
    where.ui.say(_("Two keys open a locked case: a passphrase you choose, and twelve words on paper. Either one is enough."))
    where.ui.say(_("If both are lost, nobody can open it. We cannot, and the police cannot."))
    if given is not None:
        locking.check_passphrase(given)
    passphrase = given if given is not None else new_passphrase(where, locking.check_passphrase)
    words = locking.new_words()
    show_words(where, words)
    recipients = locking.set_up(path, where.session(), passphrase, words)
    found = {"path": str(path), "set_up": True, "recipients": recipients._asdict()}
    where.ui.result(found, [_("The lock is ready. Nothing is locked yet."), *_remains()], prose=True)
    where.ui.next("casefile lock", "casefile lock --panic")


def _remains() -> list[str]:
    """Say what a lock cannot do."""
    return [
        _("What a lock cannot reach:"),
        "  - " + _("The pictures and files you imported. They lie where they lay."),
        "  - " + _("Copies in a cloud, its history, and backups."),
        "  - "
        + _("Pieces of removed files that an SSD or memory stick may keep for a while. Encrypting the whole disk helps against that."),
    ]
