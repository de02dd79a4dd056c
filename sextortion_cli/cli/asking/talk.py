"""How guided mode talks: a question with numbered answers or a free one, the same few words everywhere, and nothing that is drawn over again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sextortion_cli.cli.asking.keyboard import Keyboard
from sextortion_cli.cli.fit import fit
from sextortion_cli.cli.streams import talk
from sextortion_cli.gates.terminal import safe
from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

UNKNOWN = "unknown"
DONT_KNOW = N_("Don't know")
YES_NO = {"yes": N_("Yes"), "no": N_("No")}
_LONGEST = 20_000
_PAUSE = frozenset({"pause", "stop", "stopp", "quit", "exit", "avslutt", "slutt", ":q"})
_HELP = frozenset({"help", "hjelp"})
_UNSURE = frozenset({"?", "vet ikke", "veit ikkje", "don't know", "dont know", "i don't know", "jeg vet ikke", "idk", "unknown", "ukjent"})


class Paused(Exception):
    """The person wants to stop here: by a word, or with Ctrl-D."""


class Talk:
    """
    Questions and what is said between them.

    Args:
        keyboard: Where answers come from.
        width: How wide the screen is.
        help_lines: Says whom to call, whenever somebody asks for it.
    """

    def __init__(self, keyboard: Keyboard, width: Callable[[], int], help_lines: Callable[[], str]) -> None:
        self.keyboard = keyboard
        self._width = width
        self._help_lines = help_lines

    def say(self, *sentences: str) -> None:
        """Say sentences, each on lines of its own; what they hold from outside is made safe."""
        for sentence in sentences:
            for line in sentence.split("\n"):
                talk("\n".join(fit(safe(line), self._width())) + "\n")

    def pick(self, question: str, choices: Mapping[str, str], *, unsure: bool = True) -> str | None:
        """
        Put a question with numbered answers and return the key of the one that was chosen; None when it was skipped.

        Args:
            choices: Key to words, which are translated here.
            unsure: "Don't know" stands last, with the key ``unknown``.
        """
        offered = {**choices, UNKNOWN: choices.get(UNKNOWN, DONT_KNOW)} if unsure else dict(choices)
        self.say("", question)
        for number, words in enumerate(offered.values(), 1):
            self.say(f"  {number:>{len(str(len(offered)))}}  {_(words)}")
        while True:
            answer = self._answer(_("Number, or Enter to skip: "))
            if answer is None:
                return None
            if unsure and answer.casefold() in _UNSURE:
                return UNKNOWN
            found = _chosen(answer, offered)
            if found is not None:
                return found
            if self.keyboard.rest():
                self.say(_("Those were several lines, and none of them was kept. You can paste a chat later."))
            self.say(_("Please type a number from 1 to {last}, or only Enter.").format(last=len(offered)))

    def yes(self, question: str) -> str | None:
        """Put a question that is answered with yes, no or don't know."""
        return self.pick(question, YES_NO)

    def text(self, question: str, check: Callable[[str], str | None] | None = None, *, several: bool = False) -> str | None:
        """
        Put a question with a free answer; None when it was skipped, or nobody knows.

        Args:
            check: Returns what is wrong with an answer, None when nothing is.
            several: More lines that come with the first belong to the answer.
        """
        self.say("", question)
        while True:
            answer = self._answer(_("Answer, or Enter to skip: "))
            if answer is None or answer.casefold() in _UNSURE:
                return None
            more = self.keyboard.rest()
            if more and not several:
                self.say(_("Those were several lines, and none of them was kept. Please write one line, or only Enter."))
                continue
            answer = "\n".join([answer, *(line.decode("utf-8", "replace") for line in more)]).strip()
            fault = _("That is too long. Please write less, or only Enter.") if len(answer) > _LONGEST else check and check(answer)
            if not fault:
                return answer
            self.say(fault)

    def raw(self, prompt: str) -> bytes:
        """Return what was typed or dragged after a prompt, with the lines that came with it; nothing when it was skipped."""
        first = self._line(prompt)
        return b"\n".join([first, *self.keyboard.rest()]) if first else b""

    def wait(self, sentence: str) -> None:
        """Say something and wait for Enter."""
        self.say("")
        self._answer(sentence)

    def _answer(self, prompt: str) -> str | None:
        while True:
            answer = self._line(prompt).decode("utf-8", "replace").strip()
            if answer.casefold() not in _HELP:
                return answer or None
            self.say("", self._help_lines())

    def _line(self, prompt: str) -> bytes:
        talk(prompt)
        line = self.keyboard.line()
        if line is None or line.strip().decode("utf-8", "replace").casefold() in _PAUSE:
            raise Paused
        return line


def _chosen(answer: str, offered: Mapping[str, str]) -> str | None:
    """Return the key of the answer that was meant: its number, its words, or the word they begin with (yes, no)."""
    if answer.isascii() and answer.isdigit():
        number = int(answer[:9])
        return list(offered)[number - 1] if 1 <= number <= len(offered) else None
    said = answer.rstrip(".!").casefold()
    exact = [key for key, words in offered.items() if said in (_(words).casefold(), key, _(YES_NO.get(key, key)).casefold())]
    begins = [key for key, words in offered.items() if len(said) > 1 and _(words).casefold().startswith((said + ",", said + " "))]
    return exact[0] if exact else begins[0] if len(begins) == 1 else None
