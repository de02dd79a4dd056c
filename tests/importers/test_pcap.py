"""Captures: whose address is whose, what is never said, and a walk over the packets that shares nothing with the reader."""

from __future__ import annotations

import random
import struct
import time

import pytest

from sextortion_cli.importers.capture import codes, flows
from sextortion_cli.model.reading import Defect, Fact, Gap, Noise
from sextortion_cli.readers.framecheck import FrameCheck
from sextortion_cli.readers.noise import NOTHING, NoiseRules
from sextortion_cli.readers.tally import Tally
from sextortion_cli.readers.window import Window

from . import captures as made
from .reading import Reading, read, sniff
from .test_laws import check_account

CASES = made.cases()


def facts(reading: Reading, kind: str) -> list[Fact]:
    return [fact for fact in reading.of(Fact) if fact.kind == kind]


def peers(reading: Reading) -> list[tuple[str, str, str]]:
    return [(fact.values["tier"], fact.values["address"], fact.values["port"]) for fact in facts(reading, "peer-candidate")]


def of(packets: list[bytes]) -> Reading:
    return read("pcap", made.pcap(made.timed(map(made.ether, packets)), 1))


@pytest.mark.parametrize("name", CASES)
def test_the_kept_files_are_as_composed(name: str) -> None:
    assert (made.CASES / name).read_bytes() == CASES[name]()


def test_the_persons_own_address_is_never_the_other_side() -> None:
    for name, make in CASES.items():
        reading = read("pcap", make(), name)
        own = {fact.values["address"] for fact in reading.of(Fact) if fact.of == "account-owner" and "reason_1" not in fact.values}
        assert own or "direct" not in name
        assert not own & {address for _, address, _ in peers(reading)}, name
        assert {fact.of for fact in facts(reading, "own-public-address")} <= {"account-owner"}
        assert {fact.of for fact in reading.of(Fact) if fact.kind in ("peer-candidate", "relay")} <= {"unknown"}


def test_a_direct_call() -> None:
    reading = read("pcap", CASES["direct_call.pcap"]())
    assert peers(reading) == [("A", made.PEER, "41000"), ("C", "10.1.2.3", "42000")]
    assert [fact.values["address"] for fact in facts(reading, "own-public-address")] == [made.OWN]
    candidate = facts(reading, "peer-candidate")[0].values
    assert candidate["first_utc"] == "2026-02-02T02:40:01.000000Z"
    assert candidate["local_endpoints"] == f"{made.HOME}:40100"
    assert (candidate["packets_received"], candidate["packets_sent"]) == ("7", "7")
    assert candidate["frames"].startswith("7, 10")
    assert "no-peer-address" not in reading.codes(Gap)


def test_both_formats_say_the_same() -> None:
    one, other = (read("pcap", CASES[name]()) for name in ("direct_call.pcap", "direct_call.pcapng"))

    def said(reading: Reading) -> list[tuple[str, dict[str, str]]]:
        return [(fact.kind, fact.values) for fact in reading.of(Fact) if fact.overlay]

    assert said(one) == said(other)


def test_no_peer_address_is_a_full_answer() -> None:
    reading = read("pcap", CASES["servers_only_big_endian_nanoseconds.pcap"]())
    assert not peers(reading)
    assert "no-peer-address" in reading.codes(Gap)
    assert [fact.values["address"] for fact in facts(reading, "relay")] == [made.SERVER]


def test_the_busiest_server_is_not_the_peer() -> None:
    busy = [packet for _ in range(60) for packet in made.servers_only()[2:4]]
    reading = of([*made.servers_only(), *busy, *made.talks(made.HOME, 40200, made.PEER, 41000)])
    assert peers(reading) == [("A", made.PEER, "41000")]


def test_a_relay_that_also_asks_stays_a_relay() -> None:
    reading = of([*made.asks_server(made.HOME, 40100), *made.talks(made.HOME, 40100, made.SERVER, 50300)])
    assert not peers(reading)


def test_the_other_side_cannot_hide_by_calling_its_address_the_persons() -> None:
    for claimed in (made.PEER, "203.0.113.88"):
        reading = of(list(made.talks(made.HOME, 40100, made.PEER, 41000, own=claimed)))
        assert peers(reading) == [("A", made.PEER, "41000")]
        own = facts(reading, "own-public-address")
        assert [fact.values["address"] for fact in own] == ([] if claimed == made.PEER else [claimed])
        assert all("it can say what it likes" in fact.values["reason_1"] for fact in own)
    other = made.talks(made.HOME, 40101, "203.0.113.88", 41001, own=made.PEER)
    both = of([*made.talks(made.HOME, 40100, made.PEER, 41000, own="203.0.113.88"), *other])
    assert {address for _, address, _ in peers(both)} == {made.PEER, "203.0.113.88"}


def test_the_other_side_cannot_pass_for_a_server() -> None:
    talk = list(made.talks(made.HOME, 40100, made.PEER, 41000))
    unasked = made.udp(made.PEER, 41000, made.HOME, 40100, made.stun(made.ALLOCATED, 9, (made.XOR_RELAYED, made.PEER, 50100)))
    assert peers(of([*talk, unasked])) == [("A", made.PEER, "41000")]
    assert peers(of(list(made.talks(made.HOME, 40100, made.PEER, 3478)))) == [("B", made.PEER, "3478")]


def test_the_other_side_cannot_name_somebody_else() -> None:
    names = made.udp(made.PEER, 41000, made.HOME, 40100, made.stun(made.DATA, 9, (made.XOR_PEER, "203.0.113.200", 5000)))
    assert peers(of([*made.talks(made.HOME, 40100, made.PEER, 41000), names])) == [("A", made.PEER, "41000")]


def test_checks_without_media_are_tier_b() -> None:
    reading = of(list(made.talks(made.HOME, 40100, made.PEER, 41000))[:4])
    assert peers(reading) == [("B", made.PEER, "41000")]


def test_checks_one_way_are_tier_c() -> None:
    reading = of([made.udp(made.HOME, 40100, made.PEER, 41000, made.stun(made.REQUEST, number)) for number in range(3)])
    assert peers(reading) == [("C", made.PEER, "41000")]
    assert "only-weak-candidates" in reading.codes(Gap)


def test_a_relayed_address_in_a_request_means_nothing() -> None:
    """WhatsApp names its own servers there."""
    reading = of([made.udp(made.HOME, 40100, made.SERVER, 3478, made.stun(made.ALLOCATE, 1, (made.XOR_RELAYED, "203.0.113.99", 3478)))])
    assert not any(fact.values["address"] == "203.0.113.99" for fact in reading.of(Fact) if fact.overlay and "address" in fact.values)


def test_the_plain_address_in_an_answer_to_allocate_is_not_ones_own() -> None:
    answer = made.stun(made.ALLOCATED, 1, (made.MAPPED, made.SERVER, 50100), (made.XOR_MAPPED, made.OWN, 31000))
    reading = of(
        [made.udp(made.HOME, 40100, made.SERVER, 3478, made.stun(made.ALLOCATE, 1)), made.udp(made.SERVER, 3478, made.HOME, 40100, answer)]
    )
    assert [fact.values["address"] for fact in facts(reading, "own-public-address")] == [made.OWN]


def test_without_a_sign_of_the_sides_nothing_is_said_until_the_person_states_it() -> None:
    data = CASES["side_unknown.pcap"]()
    reading = read("pcap", data)
    assert not peers(reading)
    assert "side-unknown" in reading.codes(Gap)
    assert "no-peer-address" not in reading.codes(Gap)
    stated = read("pcap", data, owner="10.0.0.5")
    assert peers(stated) == [("C", "10.7.0.9", "41700")]
    assert peers(read("pcap", data, owner="10.7.0.9")) == [("C", "10.0.0.5", "40600")]


def test_ipv6_and_several_sections() -> None:
    reading = read("pcap", CASES["two_sections.pcapng"]())
    assert peers(reading) == [("A", made.PEER6, "41600")]
    assert [fact.values["address"] for fact in facts(reading, "own-public-address")] == [made.OWN6, made.OWN]


def test_ipv6_without_directions_is_told_by_who_asks_the_server() -> None:
    packets = [*made.asks_server(made.OWN6, 40500, made.SERVER6, made.OWN6), *made.talks(made.OWN6, 40500, made.PEER6, 41600, made.OWN6)]
    assert peers(read("pcap", made.pcap(made.timed(iter(packets)), 101))) == [("A", made.PEER6, "41600")]


def test_nothing_of_anybodys_traffic_is_quoted() -> None:
    for name, make in CASES.items():
        said = repr(read("pcap", make(), name).records)
        assert not any(word in said for word in ("example", "CLIENT_R", "192.0.2.80", "wlan0")), name


def test_a_voice_server_that_tells_ones_address_is_no_candidate() -> None:
    told = made.udp(made.PEER, 50004, made.HOME, 40400, b"\x00\x02\x00\x46" + bytes(70))
    packets = [packet for packet in made.without_stun() if made.ipaddress.ip_address("10.9.8.7").packed not in packet]
    assert peers(of(packets))
    elsewhere = [packet.replace(struct.pack(">H", 57604), struct.pack(">H", 50004)) for packet in packets]
    asked = made.udp(made.HOME, 40400, made.PEER, 50004, b"\x00\x01\x00\x46" + bytes(70))
    assert not peers(of([asked, told, *elsewhere]))
    assert peers(of([told, *elsewhere]))


def test_damage_leaves_the_rest_read() -> None:
    for name in ("damaged_middle.pcap", "damaged_middle.pcapng", "damaged_truncated.pcap", "damaged_truncated.pcapng"):
        reading = read("pcap", CASES[name](), name)
        assert len(reading.of(Defect)) == 1, name
        assert ("A", made.PEER, "41000") in peers(reading), name


def test_a_section_whose_length_is_damaged_still_says_its_byte_order() -> None:
    reading = read("pcap", made.damaged(CASES["two_sections.pcapng"](), 4, b"\xff\xff"))
    assert peers(reading) == [("A", made.PEER6, "41600")]
    assert reading.of(Defect)[0].end == 28


def test_packets_of_an_interface_that_is_not_described_are_defects() -> None:
    data = made.section() + made.enhanced(1.0, bytes(20)) + made.simple(bytes(20))
    reading = read("pcap", data)
    assert [defect.code for defect in reading.of(Defect)] == ["interface-missing"] * 2


def test_a_walk_of_other_code_finds_the_same_packets() -> None:
    for name, make in CASES.items():
        data = make()
        reading = read("pcap", data, name)
        check = FrameCheck(data[:4], NoiseRules(codes.NOISE_RULES, NOTHING, False))
        for record in reading.records:
            if isinstance(record, Noise) or (isinstance(record, Fact) and not record.overlay):
                code = record.code if isinstance(record, Noise) else ""
                assert not check.check(Window(data[record.start : record.end], record.start, record.start, [record.end], [code])), name
        counted = facts(reading, "capture-totals")
        assert check.frames == (int(counted[0].values["packets"]) if counted else 0), name


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (Noise(24, 202, codes.STUN), "undeclared-noise"),
        (Noise(24, 190, codes.OTHER), "not-whole-frames"),
        (Noise(24, 1132, codes.OTHER), "undeclared-noise"),
        (Noise(24, 202, codes.EXTRA), "undeclared-noise"),
        (Noise(24, 202, "blank"), "undeclared-noise"),
    ],
)
def test_the_account_finds_out_a_reader_that_hides_packets(record: Noise, problem: str) -> None:
    data = CASES["direct_call.pcap"]()
    tally = Tally(len(data), lambda at, count: data[at : at + count], "frames", codes.NOISE_RULES)
    found = [*tally.feed(Fact(0, 24, "capture")), *tally.feed(record), *tally.finish()]
    assert problem in {item.code for item in found if isinstance(item, Defect)}
    assert tally.units().covered < len(data)


def test_what_does_not_fit_the_tables_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "MOST_FLOWS", 5)
    many = [made.udp(made.HOME, 40000 + number, "203.0.113.50", 6000, bytes(20)) for number in range(30)]
    reading = of([*many, *made.talks(made.HOME, 40100, made.PEER, 41000)])
    assert peers(reading) == [("A", made.PEER, "41000")]
    assert {gap.code: gap.count for gap in reading.of(Gap)}["too-many-flows"] >= 20


def test_packets_out_of_their_order_and_torn_streams() -> None:
    packets = made.relayed_over_tcp()
    rng = random.Random(3)
    for _ in range(30):
        mixed = rng.sample(packets, rng.randint(1, len(packets)))
        reading = of(mixed)
        check_account(reading)
        assert not reading.of(Defect)


def test_claims_need_more_than_a_mark() -> None:
    assert sniff("pcap", b"\xd4\xc3\xb2\xa1" + bytes(40)) == "maybe"
    assert sniff("pcap", b"\x0a\x0d\x0d\x0a" + bytes(40)) == "no"


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize("kind", ["pcap", "pcapng", "torn pcapng"])
def test_hostile_lengths_take_no_time(kind: str) -> None:
    """A record that lies about its length, in front of a file full of what could be another."""
    if kind == "pcap":
        data = made.pcap([(1.0, b"x")], 1) + struct.pack("<IIII", made.BASE, 0, 1 << 31, 1) + struct.pack("<I", made.BASE) * 100_000
    elif kind == "pcapng":
        data = made.section() + made.interface(1) + b"\xff" * 16 + struct.pack("<II", 6, 1 << 20) * 50_000
    else:
        data = made.section() + made.interface(1) + (b"\xff" * 16 + made.enhanced(1.0, b"abcd")) * 20_000
    began = time.process_time()
    check_account(read("pcap", data))
    assert time.process_time() - began < 5
