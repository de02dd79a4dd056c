"""What people state: strict at the edge; corrections are new records. Each kind stands in a file of its own, since start-up is measured."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Statement(BaseModel):
    """Something a person stated. Unknown stays None."""

    # Built when first used: a command states one kind of thing, and start-up is measured.
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=100_000, defer_build=True)
    #: Fields that are words of the command line rather than options.
    ARGUMENTS: ClassVar[frozenset[str]] = frozenset()

    def stated(self) -> dict[str, Any]:
        """Return the fields for the record."""
        return self.model_dump(mode="json")
