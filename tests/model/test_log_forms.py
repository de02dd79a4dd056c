"""Log lines, Merkle roots, checkpoints and fingerprints, against published vectors and against damage."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.model import checkpoint, logline, merkle

#: Leaves and roots of the certificate-transparency reference tests (RFC 6962, 2.1).
LEAVES = [
    bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def record(**changes: object) -> dict[str, object]:
    base = dict.fromkeys(logline.FIELDS - {"self"}, 1)
    return {**base, "type": "note", **changes}


def test_roots_of_the_reference_tree() -> None:
    assert merkle.root_of([]) == hashlib.sha256(b"").digest()
    for count, root in enumerate(ROOTS, 1):
        assert merkle.root_of([merkle.leaf_hash(leaf) for leaf in LEAVES[:count]]).hex() == root


def naive(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_growing_gives_the_root_of_the_definition(lines: list[bytes]) -> None:
    leaves = [merkle.leaf_hash(line) for line in lines]
    assert merkle.root_of(leaves) == naive(leaves)


@given(st.dictionaries(st.sampled_from(["data", "subject"]), st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_line_is_the_one_form_of_its_record(changes: dict[str, object]) -> None:
    line = logline.encode(record(**changes))
    assert {key: value for key, value in logline.decode(line).items() if key != "self"} == record(**changes)


def test_every_bit_of_a_line_is_protected() -> None:
    line = logline.encode(record(data="20 000 kroner"))
    for position in range(len(line) * 8):
        broken = bytearray(line)
        broken[position // 8] ^= 1 << position % 8
        with pytest.raises(ValueError):  # noqa: PT011
            logline.decode(bytes(broken))


@pytest.mark.parametrize("line", [b"", b"[]", b"1", b"{}", b"\xff", b"[" * 5000, b'{"a":1} '])
def test_other_lines_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        logline.decode(line)


def test_checkpoint_text_is_read_back_and_only_in_its_one_form() -> None:
    found = checkpoint.Checkpoint("sextortion_cli/x", 3, b"\x01" * 32)
    assert found.text() == b"sextortion_cli/x\n3\n" + base64.b64encode(b"\x01" * 32) + b"\n"
    assert checkpoint.parse(found.text()) == found
    assert checkpoint.parse(found.text() + b"\n\xe2\x80\x94 name c2ln\n") == found
    for wrong in (b"", b"a\n1\n", found.text()[:-1], found.text().replace(b"\n3\n", b"\n03\n"), found.text().replace(b"AQ", b"A!")):
        with pytest.raises(ValueError):  # noqa: PT011
            checkpoint.parse(wrong)


def test_fingerprint_is_the_first_80_bits() -> None:
    found = checkpoint.Checkpoint("sextortion_cli/x", 3, b"\x01" * 32)
    letters = checkpoint.fingerprint(found).replace("-", "")
    assert base64.b32decode(letters) == hashlib.sha256(found.text()).digest()[:10]
