"""The text of a message: one string, or strings and marked parts that together are the text."""

from __future__ import annotations

import base64

import msgspec

from sextortion_cli.importers.telegram.fields import Fields


class Body(msgspec.Struct, frozen=True):
    """
    What stands under ``text`` and ``text_entities``.

    Attributes:
        text, raw, raw_b64, lossy: As in `Message`.
        detail: What only ``text_entities`` (or the marked parts) say: where a link really leads, whom a name mentions.
        is_odd: The value is of no expected kind.
    """

    text: str | None
    raw: str | None = None
    raw_b64: str | None = None
    lossy: bool = False
    detail: dict[str, str] = {}
    is_odd: bool = False


def read_body(fields: Fields) -> Body:
    """Return the body of a message; every part of it that the text does not show is in `Body.detail`."""
    text, is_odd = _joined(fields.get("text"))
    detail = _entities(fields)
    if text is None:
        if "text" in fields:
            detail["text"] = fields.token("text")
        return Body(None, detail=detail, is_odd=is_odd)
    if isinstance(fields.get("text"), str) and type(fields) is Fields and fields.token("text") == f'"{text}"':
        return Body(text, detail=detail)
    raw, encoded = _exact(fields.exact("text"), text)
    return Body(text, raw, encoded, fields.is_lossy("text"), detail, is_odd)


def _exact(source: bytes, text: str) -> tuple[str | None, str | None]:
    """Return the bytes of the value as text, or as base64 where they are none; neither when `text` between quotation marks is the same."""
    try:
        raw = source.decode("utf-8")
    except UnicodeDecodeError:
        return None, base64.b64encode(source).decode()
    return (None if raw == f'"{text}"' else raw), None


def _joined(value: object) -> tuple[str | None, bool]:
    """Return the plain text of the value of ``text``, and whether a part of it is of no expected kind."""
    if isinstance(value, str):
        return value, False
    if not isinstance(value, list):
        return None, value is not None
    shown: list[str] = []
    is_odd = False
    for part in value:
        text = part.get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            shown.append(text)
        else:
            is_odd = True
    return "".join(shown), is_odd


def _parts(value: object) -> list[object]:
    """Return the value of ``text`` or ``text_entities`` in the form of the latter, without empty plain parts."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    parts = [{"type": "plain", "text": part} if isinstance(part, str) else part for part in listed]
    return [part for part in parts if part != {"type": "plain", "text": ""}]


def _is_plain(parts: list[object]) -> bool:
    return all(isinstance(part, dict) and part.get("type") == "plain" and len(part) == 2 and isinstance(part.get("text"), str) for part in parts)


def _entities(fields: Fields) -> dict[str, str]:
    text, entities = _parts(fields.get("text")), _parts(fields.get("text_entities"))
    has_entities = "text_entities" in fields
    is_same = text == entities and "duplicate-key" not in fields.problems
    detail: dict[str, str] = {}
    if has_entities and not (is_same and _is_plain(entities) and isinstance(fields.get("text_entities"), list) and not fields.is_lossy("text_entities")):
        detail["text_entities"] = fields.token("text_entities")
    if not _is_plain(text) and not (has_entities and is_same):
        detail["text"] = fields.token("text")
    return detail
