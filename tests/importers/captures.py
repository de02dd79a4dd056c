"""
Composes files of network packets: invented machines, addresses of RFC 5737 and 3849, no payload that means anything.

``python -m tests.importers.captures`` writes those that `cases/pcap/` lacks; a test checks that the others are as composed here.
"""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "pcap"
COOKIE = bytes.fromhex("2112a442")
BASE = 1_770_000_000
HOME, ROUTER = "192.168.77.20", "192.168.77.1"
OWN, SERVER, PEER = "198.51.100.7", "203.0.113.10", "203.0.113.77"
OWN6, SERVER6, PEER6 = "2001:db8:1::7", "2001:db8:feed::10", "2001:db8:2::77"
REQUEST, SUCCESS, ALLOCATE, ALLOCATED, REFUSED = 0x0001, 0x0101, 0x0003, 0x0103, 0x0113
PERMISSION, CHANNEL, SEND, DATA = 0x0008, 0x0009, 0x0016, 0x0017
MAPPED, XOR_MAPPED, XOR_PEER, XOR_RELAYED = 0x0001, 0x0020, 0x0012, 0x0016
SRTP = bytes.fromhex("906f0001000000010000abcd") + bytes(20)
DTLS = bytes.fromhex("16fefd000000000000000000040102030400")
Packet = tuple[float, bytes]


def attribute(code: int, value: bytes) -> bytes:
    return struct.pack(">HH", code, len(value)) + value + bytes(-len(value) % 4)


def address(code: int, host: str, port: int, key: bytes = b"") -> bytes:
    packed = ipaddress.ip_address(host).packed
    mask = key or bytes(16)
    masked = (
        bytes(a ^ b for a, b in zip(struct.pack(">H", port), mask, strict=False)),
        bytes(a ^ b for a, b in zip(packed, mask, strict=False)),
    )
    return attribute(code, bytes([0, 1 if len(packed) == 4 else 2]) + masked[0] + masked[1])


def stun(kind: int, number: int, *named: tuple[int, str, int], more: bytes = b"") -> bytes:
    transaction = struct.pack(">III", 7, 7, number)
    body = b"".join(address(code, host, port, COOKIE + transaction if code != MAPPED else b"") for code, host, port in named) + more
    return struct.pack(">HH", kind, len(body)) + COOKIE + transaction + body


def classic(kind: int, number: int, *named: tuple[int, str, int]) -> bytes:
    body = b"".join(address(code, host, port) for code, host, port in named)
    return struct.pack(">HHIIII", kind, len(body), 1, 2, 3, number) + body


def ip(source: str, target: str, protocol: int, body: bytes) -> bytes:
    one, other = ipaddress.ip_address(source).packed, ipaddress.ip_address(target).packed
    if len(one) == 16:
        return struct.pack(">IHBB", 0x60000000, len(body), protocol, 64) + one + other + body
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 1, 0, 64, protocol, 0) + one + other + body


def udp(source: str, sport: int, target: str, tport: int, body: bytes) -> bytes:
    return ip(source, target, 17, struct.pack(">HHHH", sport, tport, 8 + len(body), 0) + body)


def tcp(source: str, sport: int, target: str, tport: int, sequence: int, body: bytes, flags: int = 0x18) -> bytes:
    return ip(source, target, 6, struct.pack(">HHIIBBHHH", sport, tport, sequence, 0, 0x50, flags, 1024, 0, 0) + body)


def ether(packet: bytes, tags: int = 0) -> bytes:
    kind = b"\x08\x00" if packet[0] >> 4 == 4 else b"\x86\xdd"
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02" + b"\x81\x00\0\x07" * tags + kind + packet


def null(packet: bytes, order: str = "<") -> bytes:
    return struct.pack(order + "I", 2 if packet[0] >> 4 == 4 else 30) + packet


def cooked(packet: bytes, out: bool) -> bytes:
    return struct.pack(">HHH8sH", 4 if out else 0, 1, 6, b"\x02\0\0\0\0\x01", 0x0800) + packet


def cooked2(packet: bytes, out: bool) -> bytes:
    kind = 0x0800 if packet[0] >> 4 == 4 else 0x86DD
    return struct.pack(">HHIHBB8s", kind, 0, 2, 1, 4 if out else 0, 6, b"\x02\0\0\0\0\x01") + packet


def pcap(packets: list[Packet], link: int, order: str = "<", nano: bool = False) -> bytes:
    magic, unit = (0xA1B23C4D, 10**9) if nano else (0xA1B2C3D4, 10**6)
    parts = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, link)]
    for time, data in packets:
        parts.append(struct.pack(order + "IIII", BASE + int(time), round(time % 1 * unit), len(data), len(data)) + data)
    return b"".join(parts)


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    body += bytes(-len(body) % 4)
    length = struct.pack(order + "I", 12 + len(body))
    return struct.pack(order + "I", kind) + length + body + length


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link: int, order: str = "<", exponent: int | None = None, name: bytes = b"") -> bytes:
    options = b"".join(
        struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)
        for code, value in ((2, name), (9, b"" if exponent is None else bytes([exponent])))
        if value
    )
    return block(1, struct.pack(order + "HHI", link, 0, 65535) + options + (bytes(4) if options else b""), order)


def enhanced(time: float, data: bytes, order: str = "<", unit: int = 10**6, number: int = 0, flags: int = 0) -> bytes:
    ticks = BASE * unit + round(time * unit)
    options = struct.pack(order + "HHI", 2, 4, flags) + bytes(4) if flags else b""
    head = struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
    return block(6, head + data + bytes(-len(data) % 4) + options, order)


def simple(data: bytes, order: str = "<") -> bytes:
    return block(3, struct.pack(order + "I", len(data)) + data, order)


def asks_server(home: str, port: int, server: str = SERVER, own: str = OWN) -> Iterator[bytes]:
    """A relay's server is asked for a relay address, and names the person's own one."""
    yield udp(home, port, server, 3478, stun(ALLOCATE, 1))
    yield udp(server, 3478, home, port, stun(REFUSED, 1))
    yield udp(home, port, server, 3478, stun(ALLOCATE, 2))
    yield udp(server, 3478, home, port, stun(ALLOCATED, 2, (XOR_RELAYED, server, 50100), (XOR_MAPPED, own, 31000)))


def talks(home: str, port: int, peer: str, peer_port: int, own: str = OWN) -> Iterator[bytes]:
    """Two machines check the way to each other, then send media both ways."""
    yield udp(home, port, peer, peer_port, stun(REQUEST, 10))
    yield udp(peer, peer_port, home, port, stun(SUCCESS, 10, (XOR_MAPPED, own, 31000)))
    yield udp(peer, peer_port, home, port, stun(REQUEST, 11))
    yield udp(home, port, peer, peer_port, stun(SUCCESS, 11, (XOR_MAPPED, peer, peer_port)))
    for _ in range(2):
        yield udp(home, port, peer, peer_port, DTLS)
        yield udp(peer, peer_port, home, port, DTLS)
    for _ in range(3):
        yield udp(home, port, peer, peer_port, SRTP)
        yield udp(peer, peer_port, home, port, SRTP)


def everyday() -> Iterator[bytes]:
    """What else is in a capture: a question for a name, a page."""
    yield udp(HOME, 53111, ROUTER, 53, b"\x12\x34\x01\0\0\x01" + bytes(6) + b"\x07example\x03com\0\0\x01\0\x01")
    yield tcp(HOME, 44001, "192.0.2.80", 443, 100, b"\x16\x03\x01\0\x10" + bytes(16))


def timed(packets: Iterator[bytes], start: float = 0.25) -> list[Packet]:
    return [(start + number / 8, packet) for number, packet in enumerate(packets)]


def direct_call() -> list[bytes]:
    named = udp(HOME, 40100, SERVER, 3478, stun(PERMISSION, 3, (XOR_PEER, PEER, 41000), (XOR_PEER, "10.1.2.3", 42000)))
    lan = [udp(HOME, 40100, "10.1.2.3", 42000, stun(REQUEST, 20 + number)) for number in range(2)]
    return [*everyday(), *asks_server(HOME, 40100), named, *lan, *talks(HOME, 40100, PEER, 41000), *everyday()]


def servers_only() -> list[bytes]:
    """A call through the servers of the service: they answer, and ask nothing."""
    flow = [udp(HOME, 40200, SERVER, 19305, stun(REQUEST, 1)), udp(SERVER, 19305, HOME, 40200, stun(SUCCESS, 1, (XOR_MAPPED, OWN, 31002)))]
    for _ in range(4):
        flow += [udp(HOME, 40200, SERVER, 19305, SRTP), udp(SERVER, 19305, HOME, 40200, SRTP)]
    return flow


def relayed_over_tcp() -> list[bytes]:
    """TURN in a TCP stream, its messages over the borders of packets, one of them sent twice."""
    out = stun(ALLOCATE, 1) + stun(CHANNEL, 2, (XOR_PEER, PEER, 41500), more=attribute(0x0C, b"\x40\x01\0\0"))
    out += b"\x40\x01\0\x0d" + bytes(13) + bytes(3) + stun(SEND, 3, (XOR_PEER, PEER, 41500))
    back = stun(ALLOCATED, 1, (XOR_RELAYED, SERVER, 50200), (XOR_MAPPED, OWN, 31003)) + stun(DATA, 4, (XOR_PEER, PEER, 41500))
    flow = [tcp(HOME, 45000, SERVER, 3478, 999, b"", 2)]
    flow += [tcp(HOME, 45000, SERVER, 3478, 1000 + at, out[at : at + 50]) for at in (0, 50, 50)]
    flow += [tcp(HOME, 45000, SERVER, 3478, 1100 + at, out[100 + at : 150 + at]) for at in range(0, len(out) - 100, 50)]
    return flow + [tcp(SERVER, 3478, HOME, 45000, 5000 + at, back[at : at + 60]) for at in range(0, len(back), 60)]


def of_2003() -> list[bytes]:
    flow = [udp(HOME, 40300, PEER, 13958, classic(REQUEST, 1)), udp(PEER, 13958, HOME, 40300, classic(SUCCESS, 1, (MAPPED, OWN, 31004)))]
    flow += [udp(PEER, 13958, HOME, 40300, classic(REQUEST, 2)), udp(HOME, 40300, PEER, 13958, classic(SUCCESS, 2, (MAPPED, PEER, 13958)))]
    for _ in range(3):
        flow += [udp(HOME, 40300, PEER, 13958, SRTP), udp(PEER, 13958, HOME, 40300, SRTP)]
    return flow


def without_stun() -> list[bytes]:
    flow = []
    for _ in range(10):
        flow += [udp(HOME, 40400, PEER, 57604, b"\x09" + bytes(30)), udp(PEER, 57604, HOME, 40400, b"\x07" + bytes(30))]
    return [*flow, *(udp(HOME, 40401, "10.9.8.7", 47312, b"\x20" + bytes(8)) for _ in range(10))]


def two_sections() -> bytes:
    """A big-endian section of IPv6 in nanoseconds with directions, and a little-endian one with blocks that are not read."""
    packets = [*asks_server(OWN6, 40500, SERVER6, OWN6), *talks(OWN6, 40500, PEER6, 41600, OWN6)]
    first = section(">") + interface(276, ">", 9, b"wlan0")
    for number, packet in enumerate(packets):
        out = packet[8:24] == ipaddress.ip_address(OWN6).packed
        first += enhanced(number / 8, cooked2(packet, out), ">", 10**9)
    names = block(4, struct.pack("<HH", 1, 16) + ipaddress.ip_address("192.0.2.80").packed + b"example.com\0" + bytes(4))
    keys = block(10, struct.pack("<II", 0x544C534B, 8) + b"CLIENT_R")
    second = section() + interface(1) + interface(101, exponent=0x80 | 20) + names + keys
    for number, packet in enumerate(servers_only()):
        flags = 2 if packet[12:16] == ipaddress.ip_address(HOME).packed else 1
        second += enhanced(60 + number / 8, packet, unit=2**20, number=1, flags=flags)
    second += simple(ether(next(everyday()))) + block(5, bytes(12)) + block(0x1234, b"????")
    return first + second


def damaged(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def cases() -> dict[str, Callable[[], bytes]]:
    """Return what each file of `cases/pcap/` is made by."""

    def direct() -> bytes:
        return pcap(timed(map(ether, direct_call())), 1)

    def blocks() -> bytes:
        return section() + interface(1) + b"".join(enhanced(time, data) for time, data in timed(map(ether, direct_call())))

    return {
        "direct_call.pcap": direct,
        "servers_only_big_endian_nanoseconds.pcap": lambda: pcap(timed(iter(servers_only())), 101, ">", nano=True),
        "relayed_over_tcp_cooked.pcap": lambda: pcap(
            timed(cooked(packet, packet[12:16] == ipaddress.ip_address(HOME).packed) for packet in relayed_over_tcp()), 113, nano=True
        ),
        "stun_of_2003_null_big_endian.pcap": lambda: pcap(timed(null(packet, ">") for packet in of_2003()), 0, ">"),
        "without_stun_vlan.pcap": lambda: pcap(timed(ether(packet, 2) for packet in without_stun()), 1),
        "side_unknown.pcap": lambda: pcap(timed(map(ether, talks("10.0.0.5", 40600, "10.7.0.9", 41700, "10.0.0.5"))), 1),
        "two_sections.pcapng": two_sections,
        "other_link_type.pcap": lambda: pcap([(1.0, bytes(40))], 127),
        "empty.pcap": lambda: pcap([], 1),
        "direct_call.pcapng": blocks,
        "damaged_middle.pcap": lambda: damaged(direct(), 24 + 16 + 300, b"\xff" * 200),
        "damaged_middle.pcapng": lambda: damaged(blocks(), 700, b"\xff" * 200),
        "damaged_truncated.pcap": lambda: direct()[:-20],
        "damaged_truncated.pcapng": lambda: blocks()[:-20],
    }


if __name__ == "__main__":
    CASES.mkdir(parents=True, exist_ok=True)
    for name, make in cases().items():
        if not (CASES / name).exists():
            (CASES / name).write_bytes(make())
