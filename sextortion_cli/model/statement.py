"""What people state: strict at the edge; corrections are new records. Each kind stands in a file of its own, since start-up is measured."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict


class Stated(BaseModel):
    """
    How a statement came into the case, where it was not a command somebody typed.

    Attributes:
        by: ``question`` (an answer in guided mode) or ``handwritten-form`` (typed in from the paper sheet by somebody else, or later).
        question: Name of the question that was answered.
        line: Number of the line on the sheet.
        exhibit: The scan or photo of the sheet, where there is one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=100, defer_build=True)
    by: Literal["question", "handwritten-form"]
    question: str | None = None
    line: int | None = None
    exhibit: str | None = None


class Statement(BaseModel):
    """Something a person stated. Unknown stays None."""

    # Built when first used: a command states one kind of thing, and start-up is measured.
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=100_000, defer_build=True)
    #: Fields that are words of the command line rather than options.
    ARGUMENTS: ClassVar[frozenset[str]] = frozenset()

    source: Stated | None = None

    def stated(self) -> dict[str, Any]:
        """Return the fields for the record; `source` only where there is one."""
        found = self.model_dump(mode="json")
        if self.source is None:
            del found["source"]
        else:
            found["source"] = self.source.model_dump(mode="json", exclude_none=True)
        return found
