"""Inside the limited child: making a viewing copy of a picture (`extract/viewcopy.py`)."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from typing import Any, BinaryIO, cast

from sextortion_cli.extract.viewcopy import prepare as load
from sextortion_cli.extract.viewcopy import viewing_copy
from sextortion_cli.readers.operation import OperationSpec


def view(fd: int, options: dict[str, Any]) -> Generator[bytes, None, dict[str, Any]]:
    """Yield the bytes of a viewing copy. Options: ``media_type``, ``form``, ``blurred``, ``note``."""
    with os.fdopen(os.dup(fd), "rb") as stream:
        yield viewing_copy(
            cast(BinaryIO, stream), options["media_type"], form=options["form"], blurred=options["blurred"], note=options["note"]
        )
    return {}


def prepare(options: dict[str, Any]) -> None:
    """Load what decodes and encodes."""
    del options
    load()


OPERATIONS: Mapping[str, OperationSpec] = {"view": OperationSpec(view, "picture", prepare=prepare)}
