"""The section of the report that says what the police may still ask for: the ten things in their order, then what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.model.identifierwords import SENTENCE
from sextortion_cli.model.readiness import READINESS
from sextortion_cli.report.pen import Pen
from sextortion_cli.words import N_

_KRIPOS = "kripos"
_OPEN = ("missing", "partly", "not-known")
_SHOWN = 60
_FIELDS = ("service", "stable_id", "handle", "display_name")
_MORE = N_("and more, in the JSON case file:")


class Lacking:
    """What is missing in one case. Its texts are in the language of the report already."""

    def __init__(self, head: Mapping[str, Any], pen: Pen) -> None:
        self._found = head["missing"]
        self._pen = pen
        self.say = pen.say

    def section(self) -> Iterator[str]:
        """Yield the ten, then the open ones."""
        pen = self._pen
        yield pen.title(N_("What the police may still ask for"))
        yield self.say(SENTENCE) + "\n\n"
        ten = sorted((item for item in self._found if item["group"] == _KRIPOS), key=lambda item: int(item["id"][1:]))
        yield self.say(N_("The ten things of Kripos:")) + "\n\n"
        for item in ten:
            yield f"- {item['id']} {item['title']}: **{self.say(READINESS[item['status']])}**. {item['why']}\n"
        rest = [item for item in self._found if item["group"] != _KRIPOS and item["status"] in _OPEN]
        if rest:
            yield "\n" + self.say(N_("Still open, what disappears first in front:")) + "\n\n"
        for item in rest[:_SHOWN]:
            yield f"- {item['title']}{self._whose(item['account'])}: {self.say(READINESS[item['status']])}. {item['why']}\n"
        if len(rest) > _SHOWN:
            yield f"- {self.say(_MORE)} {len(rest) - _SHOWN}\n"

    def _whose(self, account: Mapping[str, Any] | None) -> str:
        """Return what is known of an account that has no number yet, quoted."""
        if account is None or account["contact_id"]:
            return ""
        return " " + " ".join(code(account[key]) for key in _FIELDS if account.get(key))
