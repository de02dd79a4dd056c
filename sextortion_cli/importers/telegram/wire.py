"""
The commonest message by far (eight keys, one plain text) decoded in C and proven by writing it again.

The bytes are equal to the message written again without any escape only if no key came twice, nothing was escaped, and nothing
else stood there: decoding never makes a string longer, so any surplus in the source makes the lengths differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from sextortion_cli.importers.jsonscan.exact import decode_exactly


class Plain(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A message of a person with text and nothing else. `text_entities` is proven to be one plain entity with the same text."""

    id: int
    type: Literal["message"]
    date: str
    date_unixtime: str
    sender: str = msgspec.field(name="from")
    from_id: str = msgspec.field()
    text: str = msgspec.field()
    text_entities: msgspec.Raw = msgspec.field()


_decode = msgspec.json.Decoder(Plain).decode
_SPACES = frozenset(b" \t\r\n")


def message_decoder() -> Callable[[bytes], object | None]:
    """
    Return a function that gives `Plain`, another proven value (`decode_exactly`), or None for one message's bytes.

    It learns the layout of the file (line breaks and indentation) from the messages it sees.
    """
    layout = ("", "", "", "", "", "", "", "")
    known: set[bytes] = set()

    def decode(data: bytes) -> object | None:
        nonlocal layout
        try:
            plain = _decode(data)
        except msgspec.ValidationError:
            return decode_exactly(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        text = plain.text
        a, b, c, d, e, f, g, h = layout
        again = f"{a}{plain.id}{b}{plain.date}{c}{plain.date_unixtime}{d}{plain.sender}{e}{plain.from_id}{f}{text}{g}{text}{h}"
        if again.encode() == data:
            return plain
        style = _style(data)
        if style not in known and len(known) < 64:
            known.add(style)
            layout = _layout(data)
            return decode(data)
        return decode_exactly(data)

    return decode


def _style(data: bytes) -> bytes:
    """Return the bytes up to the second key that show how the file is laid out."""
    return data[: data.find(b'"', 1)] + data[data.find(b":") : data.find(b":") + 2]


def _layout(data: bytes) -> tuple[str, str, str, str, str, str, str, str]:
    """Return what stands between the values of a plain message that is laid out like `data`."""
    outer = data[1 : data.find(b'"', 1)].decode("latin-1")
    closing = data[len(data[:-1].rstrip(b" \t\r\n")) : -1].decode("latin-1")
    colon = ": " if data[data.find(b":") + 1] in _SPACES else ":"
    comma = "," if outer or colon == ":" else ", "
    step = outer[len(closing) :]
    inner, deep = (outer + step, outer + step * 2) if outer else ("", "")

    def key(name: str, before: str = "") -> str:
        return f'{before}{comma}{outer}"{name}"{colon}'

    entity = f'"{comma}{outer}"text_entities"{colon}[{inner}{{{deep}"type"{colon}"plain"{comma}{deep}"text"{colon}"'
    return (
        f'{{{outer}"id"{colon}',
        key("type") + '"message"' + key("date") + '"',
        key("date_unixtime", '"') + '"',
        key("from", '"') + '"',
        key("from_id", '"') + '"',
        key("text", '"') + '"',
        entity,
        f'"{inner}}}{outer}]{closing}}}',
    )
