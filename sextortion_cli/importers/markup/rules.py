"""
What a page may hold besides messages: the code of each kind of noise, and the pattern its bytes must match.

The patterns are read twice, by the reader and (as `Importer.noise_rules`) by the independent account, and are linear: possessive, their
parts begin differently, and an opening without its end is looked at up to the next opening only.
"""

from __future__ import annotations

import re
from typing import Final

STRUCTURE: Final = "page-structure"
STYLE: Final = "page-style"
TITLE: Final = "page-title"
NOT_SELECTED: Final = "not-selected"

NOISE: Final = {
    STRUCTURE: "Tags, comments and white space that hold the page together.",
    STYLE: "How the page looks and behaves (style and script); a person reading it sees nothing of it.",
    NOT_SELECTED: "Outside the conversations or dates that were chosen for this reading.",
}
STYLE_RULE: Final = re.compile(
    rb"<(style|script)(?:\s[^<>]*+)?>(?:[^<]++|<(?!/?(?:style|script)[\s>]))*+</\1\s*+>",
    re.IGNORECASE,
)
