"""
The gate: whether bytes may be copied, decided before the first one is (architecture 7, decision 0002).

The rule is one table, read from top to bottom; the first row that applies decides. No role, option or setting makes the program
copy what is stated to show somebody who is or may be under 18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shows = Literal["nothing-intimate", "adults-only", "maybe-minor", "unknown"]
Minor = Literal["yes", "no", "unknown"]
#: Rule for an archive of which a person chose conversations: only those are copied.
CHOSEN = "chosen-conversations"
TEXTUAL_KINDS = frozenset({"conversation", "profile", "payment"})


@dataclass(frozen=True, slots=True)
class Decision:
    """
    What the gate says of one file.

    Attributes:
        copy: Its bytes may be copied; otherwise it stays where it is, by reference.
        rule: Name of the row that decided, for the record.
    """

    copy: bool
    rule: str


def decide(*, shows: Shows | None, kind: str | None, minor: Minor, loose_image: bool, asked_by_reference: bool = False) -> Decision:
    """
    Decide for one file.

    Args:
        shows: What was stated for this batch (`--shows`, or the answer on the terminal); None when nothing was.
        kind: What the file was said to be (`--kind`).
        minor: What was stated for the case (`new --minor`).
        loose_image: It is an image file named on its own by the person who took it, not a member of an archive, folder or document.
        asked_by_reference: `--by-reference` was given.
    """
    if asked_by_reference:
        return Decision(copy=False, rule="asked-by-reference")
    if shows in ("maybe-minor", "unknown"):
        return Decision(copy=False, rule=f"shows-{shows}")
    if shows == "nothing-intimate":
        return Decision(copy=True, rule="shows-nothing-intimate")
    if shows == "adults-only":
        return Decision(copy=minor != "yes", rule="shows-adults-only" if minor != "yes" else "adults-only-in-minor-case")
    if loose_image and kind in TEXTUAL_KINDS:
        return Decision(copy=True, rule="loose-image-of-text")
    return Decision(copy=minor == "no", rule=f"case-minor-{minor}")
