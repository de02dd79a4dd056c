"""Whether the text of a message is what its row holds, and all text of the row is in its message."""

from __future__ import annotations

import base64

from sextortion_cli.model.reading import Message
from sextortion_cli.readers.rowwalk import Cells


def holds(message: Message, cells: Cells, encoding: str) -> bool:
    """Say whether the text of a message, as it stands in the file, stands in one cell of its row, or is made of whole cells, a line break between."""
    if message.raw_b64 is not None:
        stretch = base64.b64decode(message.raw_b64)
        return not stretch or any(stretch in cell for cell in cells.all())
    text = message.text if message.raw is None else message.raw
    if not text:
        return True
    encoded = {text.encode("utf-8", "surrogatepass"), text.encode(encoding, "surrogatepass")}
    if any(stretch in cell for cell in cells.all() for stretch in encoded):
        return True
    left = text
    for cell in cells.all():
        whole = cell.decode(encoding, "replace")
        if whole and left.startswith(whole):
            left = left[len(whole) :].removeprefix("\n")
    return not left


def leaves_out(message: Message, cells: Cells, encoding: str) -> bool:
    """Say whether a text of the row that is to be shown is neither in the message's text nor in its details."""
    for cell in cells.shown:
        if not cell:
            continue
        text = cell.decode(encoding, "replace")
        if text == message.text or text == message.raw:
            continue
        if any(text in (shown or "") for shown in (message.text, message.raw, *message.detail.values())):
            continue
        if message.raw_b64 is None or cell not in base64.b64decode(message.raw_b64):
            return True
    return False
