"""Keccak-256 as Ethereum and Monero use it: the sponge before NIST changed its padding, so `hashlib.sha3_256` gives other digests."""

from __future__ import annotations

import functools

_ROUNDS = 24
_RATE = 136
_MASK = (1 << 64) - 1


def _constants() -> tuple[int, ...]:
    register, constants = 1, []
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


def _moves() -> tuple[tuple[int, int, int], ...]:
    """Return for each lane where it comes from and how far it is turned (rho and pi); lanes are numbered x + 5 y."""
    moves = [(0, 0, 0)]
    x, y = 1, 0
    for step in range(24):
        source, turn = x + 5 * y, (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
        moves.append((x + 5 * y, source, turn))
    return tuple(sorted(moves))


_CONSTANTS = _constants()
_MOVES = tuple((source, source % 5, turn, 64 - turn) for _, source, turn in _moves())


def _permuted(lanes: list[int]) -> list[int]:
    mask = _MASK
    for constant in _CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ ((columns[x - 4] << 1 | columns[x - 4] >> 63) & mask) for x in range(5)]
        turned = []
        for source, column, left, right in _MOVES:
            lane = lanes[source] ^ mixed[column]
            turned.append((lane << left | lane >> right) & mask)
        lanes = []
        for row in (0, 5, 10, 15, 20):
            a, b, c, d, e = turned[row : row + 5]
            lanes += (a ^ (~b & c), b ^ (~c & d), c ^ (~d & e), d ^ (~e & a), e ^ (~a & b))
        lanes[0] ^= constant
    return lanes


@functools.lru_cache(maxsize=4096)
def keccak256(data: bytes) -> bytes:
    """Return the Keccak-256 digest of `data`."""
    padded = bytearray(data + bytes(_RATE - len(data) % _RATE))
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            lanes[lane] ^= int.from_bytes(padded[block + 8 * lane : block + 8 * lane + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
