"""One question on a terminal: a number, or words; Enter skips it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sextortion_cli.cli.fit import fit
from sextortion_cli.cli.streams import talk
from sextortion_cli.words import gettext as _


def ask(question: str, choices: Sequence[str], width: int) -> str | None:
    """Put one question with numbered answers (or a free one) and return the answer; None when it was skipped."""
    lines = ["", *fit(question, width)]
    for number, choice in enumerate(choices, 1):
        lines += fit(f"  {number:>{len(str(len(choices)))}}  {choice}", width)
    talk("\n".join(lines) + "\n")
    while True:
        talk(_("Number, or Enter to skip: ") if choices else _("Answer, or Enter to skip: "))
        line = sys.stdin.readline()
        answer = line.strip()
        if not line:
            talk("\n")
        if not answer or not choices:
            return answer or None
        found = _chosen(answer, choices)
        if found is not None:
            return found
        for text in fit(_("Please type a number from 1 to {last}, or only Enter.").format(last=len(choices)), width):
            talk(text + "\n")


def _chosen(answer: str, choices: Sequence[str]) -> str | None:
    """Return the choice that was meant: its number, or its words."""
    if answer.isascii() and answer.isdigit():
        number = int(answer[:9])
        return choices[number - 1] if 1 <= number <= len(choices) else None
    return next((choice for choice in choices if choice.casefold() == answer.rstrip(".").casefold()), None)
