"""Real captures nobody of us made: no crash, every packet accounted for, and the addresses that others found in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sextortion_cli.model.reading import Defect, Fact, Gap

from .reading import Reading, read, sniff
from .test_laws import check_account

pytestmark = pytest.mark.corpus
#: Per capture: the person's own addresses, and the public candidates of the other side by their best tier.
KNOWN = {
    "nDPI__telegram_videocall.pcapng": ({"93.47.225.70"}, {"93.36.13.115": "A"}),
    "nDPI__whatsapp_login_call.pcap": ({"79.35.21.197"}, {"91.253.176.65": "A", "1.194.90.191": "C"}),
    "nDPI__whatsapp_voice_and_message.pcap": ({"191.162.107.92"}, {}),
    "nDPI__skype-conference-call.pcap": ({"95.247.129.67"}, {"104.46.40.49": "A"}),
    "nDPI__stun_signal.pcapng": ({"93.47.225.19"}, {"18.195.131.143": "A"}),
    "nDPI__stun_google_meet.pcapng": ({"93.35.171.209", "2001:b07:a3d:c112:48a1:1094:1227:281e"}, {}),
    "nDPI__stun_dtls_rtp.pcapng": ({"93.35.171.3", "93.35.170.27"}, {}),
    "nDPI__stun_zoom.pcapng": ({"93.33.105.111"}, {}),
    "nDPI__stun_msteams_unidir.pcapng": ({"82.178.63.123"}, {}),
    "nDPI__snapchat_call_v1.pcapng": (set(), {}),
    "nDPI__discord.pcap": (set(), {}),
    "nDPI__google_meet.pcapng": (set(), {}),
    "nDPI__signal.pcap": (set(), {}),
    "nDPI__zoom_p2p.pcapng": (set(), {}),
    "nDPI__stun_tcp_multiple_msgs_same_pkt.pcap": (set(), {}),
    "dpkt__truncated_dns.pcap": (set(), {}),
    # No STUN in it: both of the endpoints behind one local port are weak candidates, and nothing tells them apart.
    "nDPI__imo.pcap": (set(), {"93.33.47.58": "C", "185.155.137.30": "C"}),
}
#: Private addresses at both ends of one conversation: nothing may be said of them.
OPEN = {"nDPI__stun_classic.pcap", "nDPI__stun_dtls_rtp_unidir.pcapng"}


def captures(corpus: Path) -> list[Path]:
    return sorted(path for path in (corpus / "exports" / "network").iterdir() if path.suffix in (".pcap", ".pcapng"))


def own(reading: Reading) -> set[str]:
    return {fact.values["address"] for fact in reading.of(Fact) if fact.kind == "own-public-address"}


def public_candidates(reading: Reading) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in reading.of(Fact):
        if fact.kind == "peer-candidate" and fact.values["scope"] == "public":
            address = fact.values["address"]
            found[address] = min(found.get(address, "C"), fact.values["tier"])
    return found


def test_who_is_who(corpus: Path, subtests: pytest.Subtests) -> None:
    paths = captures(corpus)
    assert {path.name for path in paths} == KNOWN.keys() | OPEN
    for path in paths:
        with subtests.test(path.name):
            data = path.read_bytes()
            assert sniff("pcap", data, "a") == "yes"
            reading = read("pcap", data, path.name)
            check_account(reading)
            assert not reading.of(Defect)
            if path.name in OPEN:
                assert not own(reading)
                assert not public_candidates(reading)
                assert "side-unknown" in reading.codes(Gap)
                continue
            mine, others = KNOWN[path.name]
            assert own(reading) == mine
            assert public_candidates(reading) == others
            assert ("no-peer-address" in reading.codes(Gap)) == (not others)


def test_private_addresses_identify_nobody(corpus: Path) -> None:
    for name, private in (
        ("nDPI__telegram_videocall.pcapng", {"10.46.103.200"}),
        ("nDPI__zoom_p2p.pcapng", {"192.168.1.226", "10.78.14.178"}),
    ):
        reading = read("pcap", (corpus / "exports" / "network" / name).read_bytes())
        found = [fact.values for fact in reading.of(Fact) if fact.kind == "peer-candidate" and fact.values["scope"] == "private"]
        assert {values["address"] for values in found} == private
        assert {values["tier"] for values in found} == {"C"}


def test_another_program_names_the_same_addresses(corpus: Path) -> None:
    """What nDPI was seen to find, flow by flow, in the two captures of which its output is here too."""
    folder = corpus / "exports" / "network"
    seen: set[str] = set()
    for expected, capture in (
        ("nDPI__telegram_videocall.pcapng.out", "nDPI__telegram_videocall.pcapng"),
        ("monitoring__stun_google_meet.pcapng.out", "nDPI__stun_google_meet.pcapng"),
    ):
        text = (folder / "expected_ndpi" / expected).read_text()
        reading = read("pcap", (folder / capture).read_bytes())
        for field, kinds in (
            ("Mapped", {"own-public-address"}),
            ("Relayed", {"relay"}),
            ("Peer", {"peer-candidate", "relay"}),
        ):
            named = {host for listed in re.findall(rf"\[{field} IP/Port: ([^,\]].*?)\](?=\[|$)", text) for host in hosts(listed)}
            found = {fact.values["address"] for fact in reading.of(Fact) if fact.kind in kinds}
            assert named <= found, field
            seen |= named
    assert {"93.35.171.209", "10.46.103.200"} <= seen


def hosts(listed: str) -> set[str]:
    return {host.strip("[]") for host in re.findall(r"(\[[0-9a-f:]+\]|[0-9.]+):\d+", listed)}


def test_firewall_logs(corpus: Path) -> None:
    folder = corpus / "exports" / "firewall_logs"
    data = (folder / "plaso__appfirewall.log").read_bytes()
    assert sniff("firewall-log", data, "a") == "yes"
    reading = read("firewall-log", data)
    check_account(reading)
    assert not reading.of(Defect)
    assert len(reading.of(Fact)) == data.count(b"\n") == data.count(b"socketfilterfw[") + data.count(b"--- last message")
    assert sniff("firewall-log", (folder / "plaso__wifi.log").read_bytes()) == "no"
