"""Addresses of TON (The Open Network)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled, near
from sextortion_cli.extract.finders.folding import LONG, ODD, fold
from sextortion_cli.model.identifier import LIKELY, SURE, WEAK, Hit, Scope

_RUN = compiled(r"[A-Za-z0-9_\-+/]{48,}")
_LENGTH = 48
_RAW = compiled(r"(?:0|-1):[0-9a-f]{64}")
_WORDS = compiled(r"\btons?\b|toncoin|tonviewer|tonscan|tonkeeper|\bjetton|wallet|address|adress|lommebok|plånbok|usdt")
_BOUNCEABLE = {0x11: "bounceable", 0x51: "non-bounceable"}
_TEST_ONLY = 0x80


def _touches(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or after.isalnum() or before in ("_", "-", "+") or after in ("_", "-", "+")


def _starts(text: str) -> Iterator[int]:
    """Yield where an address may begin: at the beginning of a run of base64, or behind a slash in it, which may be one of a link."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start >= match.start() and start + _LENGTH <= end:
            if text[start] in "EUk0" and text[start + 1] in "Qf":
                yield start
            slash = text.find("/", start, end)
            start = slash + 1 if slash >= 0 else -1


def read(text: str) -> dict[str, str] | None:
    """Return what an address of 48 characters says of itself, or None where its checksum or form is wrong (TEP-2)."""
    try:
        data = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        return None
    form = _BOUNCEABLE.get(data[0] & ~_TEST_ONLY)
    if form is None or data[1] not in (0, 0xFF) or binascii.crc_hqx(data[:34], 0) != int.from_bytes(data[34:], "big"):
        return None
    raw = f"{'0' if data[1] == 0 else '-1'}:{data[2:34].hex()}"
    return {"network": "testnet" if data[0] & _TEST_ONLY else "mainnet", "form": form, "account": raw}


class Ton(Finder):
    """
    Finds addresses of TON: of 48 characters with a checksum, as written, and raw ones (``0:`` and 64 hexadecimal digits) with words beside.

    One account has several written forms; ``detail.account`` is the raw form of all of them.
    """

    id: ClassVar[str] = "ton"
    kinds: ClassVar[tuple[str, ...]] = ("ton",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"[EUk0{ODD}]+[Qf{ODD}]+[{ODD}A-Za-z0-9_\-+/]{{46}}|[01{ODD}][{ODD}:]+[{ODD}0-9a-f]{{64}}"
    vectors: ClassVar = {
        # An address of the TON Foundation, used as an example throughout TON's documents.
        "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N": (("ton", "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N"),),
        "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2M": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of TON in a passage."""
        folded = fold(text)
        plain = folded.text
        for start in _starts(plain):
            end = start + _LENGTH
            if _touches(plain, start, end):
                continue
            value = plain[start:end]
            detail = read(value)
            is_meant = detail is not None or near(plain, start, end, _WORDS, scope)
            if not is_meant:
                continue
            yield folded.hit(
                start,
                end,
                kind="ton",
                value=value,
                confidence=WEAK if detail is None else SURE,
                why="bad-check" if detail is None else "checksum",
                checks=() if detail is None else ("crc16",),
                detail=detail or {},
            )
        for match in _RAW.finditer(plain):
            start, end = match.span()
            if _touches(plain, start, end):
                continue
            value, is_said = plain[start:end].lower(), near(plain, start, end, _WORDS, scope)
            yield folded.hit(
                start,
                end,
                kind="ton",
                value=value,
                confidence=LIKELY if is_said else WEAK,
                why="form-and-words" if is_said else "form",
                checks=("near-word",) if is_said else (),
                detail={"account": value},
            )
