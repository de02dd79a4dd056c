"""Mail addresses with their display names (RFC 5322, section 3.4), read leniently in linear time."""

from __future__ import annotations

import re

import msgspec

from sextortion_cli.importers.mail import encoded

_MOST = 1000
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Mailbox(msgspec.Struct, frozen=True):
    """
    One address.

    Attributes:
        name: The display name, decoded; "" when there is none.
        address: Between the angle brackets, or the bare address; "" when there is none.
    """

    name: str
    address: str

    @property
    def key(self) -> str:
        """Return the address in the form it is compared in."""
        return self.address.strip().casefold()

    @property
    def shown(self) -> str:
        """Return the mailbox as people read it."""
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


def mailboxes(line: bytes) -> list[Mailbox]:
    """Return the addresses of an unfolded field, in order; comments are names where nothing else is."""
    text = line[: encoded.VALUE_LIMIT].decode("utf-8", "surrogateescape")
    return [found for piece in _split(text)[:_MOST] if (found := _mailbox(piece)) is not None]


def _split(text: str) -> list[list[tuple[str, str]]]:
    """Return the pieces between commas, each as (kind, text): words, ``quoted``, ``comment``, ``angle``."""
    pieces: list[list[tuple[str, str]]] = [[]]
    at, start = 0, 0

    def word(end: int) -> None:
        if text[start:end].strip():
            pieces[-1].append(("words", text[start:end].strip()))

    while at < len(text):
        char = text[at]
        if char in '"(<':
            word(at)
            end = {'"': _quoted_end, "(": _comment_end, "<": _angle_end}[char](text, at)
            pieces[-1].append(({'"': "quoted", "(": "comment", "<": "angle"}[char], text[at + 1 : end - 1]))
            at = start = end
        elif char in ",;":
            word(at)
            pieces.append([])
            at = start = at + 1
        elif char == ":" and not any(kind == "angle" for kind, _ in pieces[-1]) and "@" not in text[start:at]:
            pieces[-1] = []  # the name of a group (RFC 5322, section 3.4)
            at = start = at + 1
        else:
            at += 1
    word(len(text))
    return pieces


def _quoted_end(text: str, at: int) -> int:
    at += 1
    while at < len(text) and text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return min(at + 1, len(text) + 1)


def _angle_end(text: str, at: int) -> int:
    end = text.find(">", at)
    return end + 1 if end >= 0 else len(text) + 1


def _comment_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text) + 1


def _mailbox(piece: list[tuple[str, str]]) -> Mailbox | None:
    if not piece:
        return None
    of = {kind: [text for found, text in piece if found == kind] for kind in ("words", "quoted", "comment", "angle")}
    names = [_ESCAPED.sub(r"\1", text) if kind == "quoted" else text for kind, text in piece if kind in ("words", "quoted")]
    if of["angle"]:
        return Mailbox(
            _decoded(" ".join(names)) or _decoded(" ".join(of["comment"])), of["angle"][-1].strip().encode("utf-8", "replace").decode()
        )
    whole = "".join(names) if "@" in "".join(of["words"]) else " ".join(names)
    if "@" in whole:
        return Mailbox(_decoded(" ".join(of["comment"])), whole.strip().encode("utf-8", "replace").decode())
    return Mailbox(_decoded(whole), "") if whole.strip() else None


def _decoded(text: str) -> str:
    return encoded.decode(text.encode("utf-8", "surrogateescape")).text.strip()
