"""Addresses of Monero."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder
from sextortion_cli.extract.finders.coins import ALPHABET58, Address, addresses, base58
from sextortion_cli.extract.finders.coins.keccak import keccak256
from sextortion_cli.extract.finders.folding import BEGUN, LONG, ODD
from sextortion_cli.model.identifier import Hit, Scope

#: First byte (Monero's cryptonote_config.h): network and form.
_TAGS = {
    18: ("mainnet", "standard"),
    19: ("mainnet", "integrated"),
    42: ("mainnet", "subaddress"),
    53: ("testnet", "standard"),
    54: ("testnet", "integrated"),
    63: ("testnet", "subaddress"),
    24: ("stagenet", "standard"),
    25: ("stagenet", "integrated"),
    36: ("stagenet", "subaddress"),
}
_LENGTHS = {95: 69, 106: 77}


def read(text: str) -> Address | None:
    """Read a run of letters and digits as an address of Monero; None where it does not look like one."""
    size = _LENGTHS.get(len(text))
    if size is None or text[0] not in "4895ABB7":
        return None
    data = base58.blocks(text)
    if data is None or len(data) != size or keccak256(data[:-4])[:4] != data[-4:]:
        return Address(text, (), {}) if text[0] in "48" and base58.is_base58(text) else None
    known = _TAGS.get(data[0])
    if known is None or (known[1] == "integrated") != (size == 77):
        return None
    return Address(text, ("keccak",), {"network": known[0], "form": known[1]})


class Xmr(Finder):
    """Finds addresses of Monero: standard, integrated and subaddresses (``detail.form``)."""

    id: ClassVar[str] = "xmr"
    kinds: ClassVar[tuple[str, ...]] = ("xmr",)
    version: ClassVar[str] = "1"
    hint = LONG
    trigger: ClassVar[str] = rf"(?:{BEGUN}[4895AB7]|[{ODD}])[{ODD}{ALPHABET58}]{{94}}"
    vectors: ClassVar = {  # Monero's functional tests (validate_address.py)
        "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm": (
            ("xmr", "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm"),
        ),
        "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDn": (),
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the addresses of Monero in a passage."""
        yield from addresses(text, scope, "xmr", read)
