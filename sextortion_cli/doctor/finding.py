"""One finding, in words: what it is, what is safe, what to do next."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from sextortion_cli.words import N_
from sextortion_cli.words import gettext as _

Severity = Literal["difference", "remnant", "notice", "fine"]
SAFE = N_("Nothing was changed.")


class Finding(NamedTuple):
    """
    One thing that was looked at.

    Attributes:
        code: Stable, for scripts.
        severity: ``difference`` (the case is not what its log promises), ``remnant`` (the next command that writes puts it in order),
            ``notice`` (worth knowing), ``fine``.
        subject: What it is about: a file of the case, a folder, a part of the program.
        detail, safe, next: Sentences (English, to be translated); no next step where none is needed.
        values: For the places in the sentences.
    """

    code: str
    severity: Severity
    subject: str
    detail: str
    safe: str = SAFE
    next: str | None = None
    values: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it in the language of the screen."""
        values = dict(self.values)
        said = {key: _(text).format(**values) if text and values else text and _(text) for key, text in self._sentences()}
        return {"code": self.code, "severity": self.severity, "subject": self.subject, **said}

    def _sentences(self) -> tuple[tuple[str, str | None], ...]:
        return (("detail", self.detail), ("safe", self.safe), ("next", self.next))
