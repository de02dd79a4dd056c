"""Structured values like ``text/plain; charset="utf-8"``: value and parameters, with RFC 2231 and what senders really write."""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.importers.mail import charsets, encoded

_MOST = 100
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_SEGMENT = re.compile(r"([^*]{1,60})(?:\*(\d{1,3}))?(\*)?\Z")


class Structured(msgspec.Struct, frozen=True):
    """A structured value: what stands before the first semicolon, in lower case, and its parameters by lower-case name."""

    value: str
    parameters: dict[str, str] = {}
    problems: tuple[str, ...] = ()


def parse(data: bytes) -> Structured:
    """Return value and parameters of an unfolded field."""
    text = data[: encoded.VALUE_LIMIT].decode("utf-8", "surrogateescape")
    pieces = _split(text)
    value = pieces[0].strip().lower().encode("utf-8", "replace").decode() if pieces else ""
    raw: dict[str, str] = {}
    for piece in pieces[1 : _MOST + 1]:
        name, equals, found = piece.partition("=")
        key = name.strip().lower()
        if equals and key and key not in raw:
            raw[key] = _unquoted(found.strip())
    parameters, problems = _joined(raw)
    if len(pieces) > _MOST + 1:
        problems.append("too-many-parameters")
    return Structured(value, parameters, tuple(dict.fromkeys(problems)))


def _split(text: str) -> list[str]:
    """Split at semicolons outside quotation marks; comments in brackets are taken out."""
    pieces, start, at, quoted, depth = [], 0, 0, False, 0
    clean: list[str] = []
    while at < len(text):
        char = text[at]
        if char == "\\" and (quoted or depth):
            at += 2
            continue
        if char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char == "(":
            if depth == 0:
                clean.append(text[start:at])
            depth += 1
        elif not quoted and char == ")" and depth:
            depth -= 1
            if depth == 0:
                start = at + 1
        elif not quoted and not depth and char == ";":
            clean.append(text[start:at])
            pieces.append("".join(clean))
            clean, start = [], at + 1
        at += 1
    clean.append("" if depth else text[start:])
    pieces.append("".join(clean))
    return pieces


def _unquoted(text: str) -> str:
    if text[:1] == '"':
        text = text[1:-1] if len(text) > 1 and text[-1:] == '"' else text[1:]
        return _ESCAPED.sub(r"\1", text)
    return text


def _joined(raw: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Join the pieces of RFC 2231 values and decode every value."""
    problems: list[str] = []
    found: dict[str, str] = {}
    series: dict[str, dict[int, tuple[str, bool]]] = {}
    for key, value in raw.items():
        match = _SEGMENT.match(key)
        if match is None or (match[2] is None and match[3] is None):
            found.setdefault(key, _plain(value, problems))
            continue
        series.setdefault(match[1], {})[int(match[2] or 0)] = (value, match[3] is not None)
    for key, parts in series.items():
        found[key] = _series(parts, problems)
    return found, problems


def _plain(value: str, problems: list[str]) -> str:
    read = encoded.decode(value.encode("utf-8", "surrogateescape"))
    problems += read.problems
    return read.text


def _series(parts: dict[int, tuple[str, bool]], problems: list[str]) -> str:
    charset, data = "", b""
    for number in sorted(parts):
        value, is_escaped = parts[number]
        if is_escaped and number == min(parts) and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        data += _unescaped(raw) if is_escaped else raw
    read = charsets.decode(data, charset or None)
    if read.problem:
        problems.append(read.problem)
    return read.text


def _unescaped(raw: bytes) -> bytes:
    return _PERCENT.sub(lambda match: bytes((int(match[1], 16),)), raw)
