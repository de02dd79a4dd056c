"""
Every problem the program names, with its exit status.

    Problem
    +-- UsageProblem        2   wrong usage
    +-- CaseDamaged         4   the case differs from what its log promises
    +-- NoCaseHere         10   no case here
    +-- AnotherWriter      11   another program is writing
    +-- WrongKey           12   wrong passphrase or key
    +-- CaseExists         13   a case exists already
    +-- CannotReadAs       14   the named importer cannot read it
    +-- WouldOverwrite     15   would overwrite
    +-- SourceMissing      16   source missing or unreadable
    |   +-- PhoneMissing        no phone is connected, or it does not answer
    |   +-- NoScreenshots       nothing is where phones keep screenshots
    +-- NoSpace            17   no space left
    +-- ReadOnlyCase       18   the case cannot be written
    +-- NeedsExtra         19   needs an extra that is not installed
    +-- NewerFormat        20   made by a newer program
    +-- MediumFailed       21   the disk or stick of the case gave an error
    +-- CaseLocked         22   the case is locked
    +-- LockNotSetUp       23   there is no lock yet

Each says three things: what happened, what is safe, what to do next. None ever holds message text, file contents or names of people.
"""

from __future__ import annotations

from typing import ClassVar

from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _


class Problem(Exception):
    """
    Something the person can be told in three sentences.

    Attributes:
        status: Exit status.
        name: Stable name for scripts.
        what, safe, next: The three sentences, with ``{placeholders}`` for the keyword arguments of the constructor.
    """

    status: ClassVar[int] = 1
    name: ClassVar[str] = "problem"
    what: ClassVar[str] = N_("Something went wrong.")
    safe: ClassVar[str] = N_("What was saved before is safe.")
    next: ClassVar[str] = N_("Try again.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.name)
        self.values = values

    def sentences(self) -> tuple[str, str, str]:
        """Return the three sentences in the language of the screen."""
        first, second, third = (_(text).format(**self.values) if text else "" for text in (self.what, self.safe, self.next))
        return first, second, third

    def as_json(self) -> dict[str, object]:
        """Return the ``error`` object of the command line contract."""
        what, safe, following = self.sentences()
        return {"code": self.status, "name": self.name, "message": what, "safe": safe, "next": following}


class UsageProblem(Problem):
    """The command was called in a way that cannot work."""

    status = 2
    name = "usage"
    what = N_("{message}")
    safe = N_("Nothing was changed.")
    next = N_("See: casefile --help")


class CaseDamaged(Problem):
    """The case differs from what its own log promises."""

    status = 4
    name = "case-damaged"
    what = N_("This case is not as it was when it was last saved: {part} differs.")
    safe = N_("Nothing was written. Your originals outside the case are untouched.")
    next = N_("See what differs: casefile verify")


class LockedFileDamaged(CaseDamaged):
    """The locked file cannot be opened whole, whatever the key."""

    name = "locked-file-damaged"
    what = N_("The locked file is damaged, or a part of it is missing.")
    safe = N_("Nothing was changed, and nothing was written out.")
    next = N_("Try a copy of the folder, if there is one. Keep this one too.")


class NoCaseHere(Problem):
    """No case in this folder or above it; where the folder holds exactly one, that one is named."""

    status = 10
    name = "no-case"
    what = N_("There is no case in this folder.")
    safe = N_("Nothing was changed.")
    next = N_("Open one: casefile new   Or name it: --case DIR")

    def sentences(self) -> tuple[str, str, str]:
        """Return the three sentences; a case right below, given as `inside`, is the one that was meant."""
        what, safe, following = super().sentences()
        inside = self.values.get("inside")
        return what, safe, following if inside is None else _("There is one below it. Name it: --case {inside}").format(inside=inside)


class AnotherWriter(Problem):
    """Another program holds the writer's lock."""

    status = 11
    name = "locked"
    what = N_("Another program is writing in this case right now.")
    safe = N_("Nothing was changed.")
    next = N_("Wait until it is done, then try again.")


class WrongKey(Problem):
    """A passphrase or key does not open it."""

    status = 12
    name = "wrong-key"
    what = N_("The passphrase or key does not fit.")
    safe = N_("Nothing was changed.")
    next = N_("Try again.")


class CaseExists(Problem):
    """There is something at the place of a new case."""

    status = 13
    name = "case-exists"
    what = N_("There is already a case, or something else, in that folder.")
    safe = N_("It was not touched.")
    next = N_("Choose another folder: casefile new NAME")


class FilesInTheWay(CaseExists):
    """Plain files lie beside a locked one."""

    name = "files-in-the-way"
    what = N_("Other files lie in the folder of the locked case, like {path}.")
    safe = N_("Nothing was changed.")
    next = N_("Move them to another folder, then try again.")


class LinksInTheCase(CaseExists):
    """Something lies in a case that cannot be locked with it."""

    name = "links-in-the-case"
    what = N_("A link, or something that is no file, lies in the case: {path}")
    safe = N_("Nothing was locked, and nothing was removed.")
    next = N_("Move it to another folder, then try again.")


class CannotReadAs(Problem):
    """The importer that was named cannot read anything that was given."""

    status = 14
    name = "cannot-read-as"
    what = N_("{importer} cannot read what was given.")
    safe = N_("The files are sealed in the case all the same.")
    next = N_("See what can be read: casefile formats")


class WouldOverwrite(Problem):
    """An output file exists."""

    status = 15
    name = "would-overwrite"
    what = N_("There is already a file with that name.")
    safe = N_("It was not touched.")
    next = N_("Choose another name, or say --force.")


class SourceMissing(Problem):
    """Nothing that was given can be read."""

    status = 16
    name = "source-missing"
    what = N_("What was given is not there, or cannot be read.")
    safe = N_("Nothing was changed.")
    next = N_("Check the name, and that you may open it.")


class PhoneMissing(SourceMissing):
    """No phone is connected, or it does not answer."""

    name = "phone-missing"
    what = N_("No phone was found, or it did not answer.")
    next = N_(
        "Connect the cable and unlock it. iPhone: tap Trust. Android: choose File transfer. Click it once in the file manager. See: casefile guide phone"
    )


class NoScreenshots(SourceMissing):
    """A phone is there, and no screenshot is where phones keep them."""

    name = "no-screenshots"
    what = N_("The phone is there, but no screenshots were found where phones keep them.")
    next = N_("Unlock it and try again, or copy them to a folder and import that: casefile import FOLDER --via cable")


class NoSpace(Problem):
    """The medium is full."""

    status = 17
    name = "no-space"
    what = N_("There is not enough space left.")
    safe = N_("Everything that was saved before is safe. Nothing half-finished counts.")
    next = N_("Make room, then give the same command again: it goes on where it stopped.")


class NoRoomToLock(NoSpace):
    """A case and its locked form do not fit on the medium together."""

    name = "no-space"
    what = N_("There is not enough space: this needs {needed} more for a while.")
    safe = N_("Nothing was changed.")
    next = N_("Make room, or move the whole folder to a larger disk. Then give the same command again.")


class ReadOnlyCase(Problem):
    """The case folder cannot be written."""

    status = 18
    name = "read-only"
    what = N_("This folder cannot be written.")
    safe = N_("Nothing was changed.")
    next = N_("Copy the folder to a place where you may write, or ask its owner.")


class NeedsExtra(Problem):
    """A part that is installed separately is missing."""

    status = 19
    name = "needs-extra"
    what = N_("This needs a part that is not installed.")
    safe = N_("Nothing was changed.")
    next = N_("Install it: {line}")


class NewerFormat(Problem):
    """The case was made by a newer version."""

    status = 20
    name = "newer-format"
    what = N_("This case was made by a newer version of this program.")
    safe = N_("Nothing was changed.")
    next = N_("Update the program, then try again.")


class MediumFailed(Problem):
    """The disk or stick the case lies on gave an error."""

    status = 21
    name = "medium-failed"
    what = N_("The disk or stick that holds this case gave an error.")
    safe = N_("Everything that was saved before is safe. Nothing half-finished counts.")
    next = N_("Check how it is connected, copy the case to another disk, then give the same command again: it goes on where it stopped.")


class CaseLocked(Problem):
    """The case is one encrypted file."""

    status = 22
    name = "case-locked"
    what = N_("This case is locked.")
    safe = N_("Nothing was changed.")
    next = N_("Open it: casefile unlock")


class LockNotSetUp(Problem):
    """There are no keys to lock a case with."""

    status = 23
    name = "lock-not-set-up"
    what = N_("Nothing was locked: there is no lock yet. Make one: casefile lock --setup")
    safe = ""
    next = ""
