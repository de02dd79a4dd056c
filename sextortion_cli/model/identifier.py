"""
What may identify someone: one thing found in a text, with what speaks for it.

Bulk types, so msgspec structs (decision 0004). A `Hit` is what a finder says of one passage; a `Found` is a hit with the place in the
exhibit it came from, as the limited child hands it on.
"""

from __future__ import annotations

import msgspec

#: Every kind of identifier, in the order lists show them; a word for each is in `model/identifierwords.py`.
KINDS = (
    "phone", "email", "handle", "profile", "platform-id", "url", "domain", "ipv4", "ipv6",
    "iban", "account-no", "card", "payment-handle", "mtcn", "transfer-ref", "gift-card",
    "btc", "eth", "tron", "ltc", "doge", "xmr", "sol", "ton", "tx",
    "person-name", "postal-address",
)  # fmt: skip
PAYMENT = frozenset(
    (
        "iban", "account-no", "card", "payment-handle", "mtcn", "transfer-ref", "gift-card",
        "btc", "eth", "tron", "ltc", "doge", "xmr", "sol", "ton", "tx",
    )
)  # fmt: skip
"""Kinds that say where money went or should go: their holder is a payee, who may be a mule."""

SURE = 0.95
"""A checksum or a registry vouches for it, and its place does too."""
LIKELY = 0.8
"""Its form and the words beside it agree."""
POSSIBLE = 0.6
"""Its form fits, and nothing speaks against it. At 0.5 and above a hit counts as found."""
WEAK = 0.3
"""A hint: kept so that nothing disappears, shown only when asked for."""


class Hit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """
    One identifier in one passage.

    Attributes:
        kind: One of `KINDS`.
        value: Its normal form (`cli.md`): E.164, numbers without separators, handles without ``@``, hex and bech32 in lower case, base58
            as written, host names in lower case.
        raw: The characters of the passage, ``passage[start:end]``.
        start, end: Where it stands in the passage, in characters.
        confidence: 0 to 1; `SURE`, `LIKELY`, `POSSIBLE`, `WEAK` are the usual steps.
        why: Code of the reason for the confidence (`model/identifierwords.py` has the sentence).
        checks: Codes of the checks it passed (``luhn``, ``mod97``, ``base58check``, ``near-word``).
        detail: What else is known without a look-up: ``service``, ``rail``, ``region``, ``network``, ``created`` (RFC 3339),
            ``port``, ``category`` (``meeting``, ``file-host``, ``video``), ``defanged`` (how it was written).
    """

    kind: str
    value: str
    raw: str
    start: int
    end: int
    confidence: float
    why: str
    checks: tuple[str, ...] = ()
    detail: dict[str, str] = {}


class Scope(msgspec.Struct, frozen=True):
    """
    What a finder may know besides the passage.

    Attributes:
        regions: ISO 3166 codes of the countries a number without a country code may belong to, the likeliest first.
        service: The service the passage was written on (``Telegram``), or None.
        before: The end of what the same sender wrote last, at most 200 characters: the word *account* and the number often stand in
            two messages.
    """

    regions: tuple[str, ...] = ("NO",)
    service: str | None = None
    before: str = ""
