"""Passphrases and recovery words: typed where nobody reads along, or from a descriptor or file; never from arguments or environment."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable, Iterator

from sextortion_cli.cli.fit import fit
from sextortion_cli.cli.here import Here
from sextortion_cli.cli.settings import may_ask
from sextortion_cli.cli.streams import talk
from sextortion_cli.errors import SourceMissing, UsageProblem
from sextortion_cli.words import gettext as _

_LONGEST = 4096
_TRIES = 3


def secret_given(fd: int | None, file: str | None) -> str | None:
    """
    Return the first line of what was given as a secret, None when nothing was.

    Raises:
        UsageProblem: It is empty, or no UTF-8. SourceMissing: It cannot be read.
    """
    if fd is None and file is None:
        return None
    try:
        if fd is not None:
            data = b""
            while b"\n" not in data and len(data) < _LONGEST and (piece := os.read(fd, _LONGEST)):
                data += piece
        else:
            with open(str(file), "rb") as stream:
                data = stream.read(_LONGEST)
    except (OSError, OverflowError):
        raise SourceMissing() from None
    try:
        text = data.partition(b"\n")[0].decode("utf-8").strip("\r\n")
    except UnicodeDecodeError:
        raise _unreadable() from None
    if not text:
        raise UsageProblem(message=_("What was given as the passphrase is empty."))
    return _as_typed_anywhere(text)


def typed(where: Here, question: str) -> str:
    """
    Ask for a secret without showing what is typed.

    Raises:
        UsageProblem: There is no terminal, or what was typed is no text.
    """
    if not may_ask(where.options):
        raise UsageProblem(message=_("Without a terminal, the passphrase comes from --passphrase-fd or --passphrase-file."))
    import getpass

    try:
        text = getpass.getpass(question, stream=sys.stderr)
        text.encode("utf-8")
    except (UnicodeError, EOFError):
        raise _unreadable() from None
    return _as_typed_anywhere(text)


def tried(where: Here, question: str, use: Callable[[str], object], wrong: type[Exception]) -> None:
    """Ask for a secret until `use` takes it, three times; the last refusal is raised."""
    for left in reversed(range(_TRIES)):
        try:
            use(typed(where, question))
        except wrong:
            if not left:
                raise
            where.ui.say(_("That does not fit. Please try again."))
        else:
            return


def new_passphrase(where: Here, check: Callable[[str], None]) -> str:
    """Ask for a new passphrase, twice."""
    while True:
        first = typed(where, _("New passphrase (not shown): "))
        try:
            check(first)
        except UsageProblem as error:
            where.ui.say(error.sentences()[0])
            continue
        if typed(where, _("The same once more: ")) == first:
            return first
        where.ui.say(_("The two were different. Please try again."))


def show_words(where: Here, words: tuple[str, ...]) -> None:
    """Show the recovery words until they were written down and two of them typed back."""
    numbers = sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), 2))
    while True:
        with _own_screen():
            half = len(words) // 2
            lines = [
                _("Write these twelve words on paper, with their numbers."),
                _("They open the case when the passphrase is lost. Whoever has them can open it."),
                _("Take no photo of them. Keep the paper where no one else looks."),
                "",
                *(f"  {at + 1:>2}  {words[at]:<12}  {at + half + 1:>2}  {words[at + half]}" for at in range(half)),
                "",
            ]
            for line in lines:
                _tell(where, line)
            talk(_("Enter, when they are on paper: "))
            _line()
        answers = [_asked(_("Word {number}: ").format(number=number)) for number in numbers]
        if [answer.casefold() for answer in answers] == [words[number - 1] for number in numbers]:
            return
        where.ui.say(_("That was not right. The words are shown again."))


def ask_words(where: Here, known: Callable[[str], str | None], count: int) -> tuple[str, ...]:
    """
    Ask for the recovery words one by one; each must be in the list, of which the first four letters are enough.

    Raises:
        UsageProblem: There is no terminal.
    """
    if not may_ask(where.options):
        raise UsageProblem(message=_("Without a terminal, the twelve words come from --passphrase-fd or --passphrase-file."))
    found: list[str] = []
    with _own_screen():
        _tell(where, _("Type the twelve words from the paper. The first four letters of each are enough."))
        while len(found) < count:
            word = known(_asked(_("Word {number}: ").format(number=len(found) + 1)))
            if word is None:
                _tell(where, _("That word is not in the list. Look again, letter by letter."))
            else:
                found.append(word)
    return tuple(found)


def _tell(where: Here, text: str) -> None:
    """Say what belongs to a question, also where less is to be said."""
    talk("\n".join(fit(text, where.ui.width())) + "\n")


def _asked(question: str) -> str:
    talk(question)
    return _line().strip()


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line


@contextlib.contextmanager
def _own_screen() -> Iterator[None]:
    """Use the terminal's second screen, which leaves nothing behind to scroll back to."""
    plain = os.environ.get("TERM", "") in ("", "dumb")
    talk("" if plain else "\x1b[?1049h\x1b[H")
    try:
        yield
    finally:
        talk("" if plain else "\x1b[?1049l")


def _as_typed_anywhere(text: str) -> str:
    """Return a text in the one form that every keyboard's way to write it comes to (NFC)."""
    return unicodedata.normalize("NFC", text)


def _unreadable() -> UsageProblem:
    return UsageProblem(message=_("What was typed cannot be read as text. Is the terminal set to UTF-8?"))
