"""IP addresses in all their writings, and the versions, times and hardware addresses that look like them."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .contactchecks import ALONE, HOSTILE, check_hostile, check_vectors, found, hits


def test_known_answers() -> None:
    check_vectors("ip")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1.", "192.0.2.1"),
        ("(198.51.100.7)", "198.51.100.7"),
        ("203.0.113.255,", "203.0.113.255"),
        ("ip=203.0.113.9;", "203.0.113.9"),
        ("10.0.0.5", "10.0.0.5"),
        ("8.8.8.8", "8.8.8.8"),
        ("198.51.100.7:8080", "198.51.100.7"),
        ("198.51.100.0/24", "198.51.100.0"),
        ("192[.]0[.]2[.]1", "192.0.2.1"),
        ("192.0.2[.]1", "192.0.2.1"),
        ("192(dot)0(dot)2(dot)1", "192.0.2.1"),
        ("192\u200b.0.2.1", "192.0.2.1"),
        ("１９２．０．２．１", "192.0.2.1"),
        ("192.0.2.1.Then", "192.0.2.1"),
    ],
)
def test_version_four_is_found(text: str, value: str) -> None:
    assert found("ip", text) == [("ipv4", value)]
    assert found("ip", f"Innlogging fra IP {text} i dag") == [("ipv4", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # RFC 5952, sections 1 and 4; RFC 4291, section 2.2
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"),
        ("2001:db8:aaaa:bbbb:cccc:dddd::1", "2001:db8:aaaa:bbbb:cccc:dddd:0:1"),
        ("2001:db8::192.0.2.1", "2001:db8::c000:201"),
        ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("ff02::1", "ff02::1"),
        ("::1", "::1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:db8::/32", "2001:db8::"),
        ("2001[:]db8[::]1", "2001:db8::1"),
        ('"2001:db8::5"', "2001:db8::5"),
        ("2001:db8:85a3::8a2e:370:7334,", "2001:db8:85a3::8a2e:370:7334"),
        ("2001:db8::1.", "2001:db8::1"),
    ],
)
def test_version_six_is_found(text: str, value: str) -> None:
    assert found("ip", text) == [("ipv6", value)]
    assert found("ip", f"fra adressen {text} i går") == [("ipv6", value)]


@pytest.mark.parametrize(
    "text",
    [
        "v1.2.3.4", "version 10.0.19.1", "Version: 10.0.19.1", "versjon 4.12.100.8", "build 120.0.6099.71", "Chrome/120.0.0.71", "WhatsApp 2.24.10.75", "iOS 17.2.1.100", "update to 4.12.100.8",
        "firmware 2.0.100.1", "section 3.1.4.2", "1.2.3.4 Title", "kapittel 4.2.1.3", "§ 1.2.3.100", "1.2.3.4.5", "1.2.3", "192.0.2.256", "192.0.2.01", "999.1.1.1", "22.33.44.55", "22.12.34.56",
        "1.234.567.890", "192.0.2.1-beta", "x192.0.2.1", "192.0.2.1x", "10.0.19.1_2", "$1.100.100.100", "12.11.2024", "00:1A:2B:3C:4D:5E", "00-1A-2B-3C-4D-5E", "00:11:22:33:44:55:66:77",
        "12:30:45", "20:30", "kl 12:30:", "10::20", "std::vector", "std::dead", "a::b", "face::bed", "foo::bar", "test.py::test_a", "::", ":::", "aa:bb:cc:dd:ee:ff:00:11:22:33", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "2001:db8:::1", "g001:db8::1", "score 3:2:1", "ratio 1:2::3", "Foo::1a", "12::30 pm",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_not_found(text: str) -> None:
    assert found("ip", text) == []


def test_what_stands_around_an_address_is_a_detail() -> None:
    (hit,) = hits("ip", "fra 198.51.100.7:8080.")
    assert (hit.raw, hit.detail) == ("198.51.100.7:8080", {"port": "8080", "scope": "documentation"})
    (hit,) = hits("ip", "[2001:db8::1]:443")
    assert (hit.raw, hit.detail["port"]) == ("[2001:db8::1]:443", "443")
    (hit,) = hits("ip", "fe80::1%eth0")
    assert hit.detail == {"zone": "eth0", "scope": "link-local"}
    (hit,) = hits("ip", "10.1.2.0/24 på nettet")
    assert hit.detail == {"prefix": "24", "scope": "private"}
    (hit,) = hits("ip", "::ffff:192.0.2.1")
    assert hit.detail["ipv4"] == "192.0.2.1"
    (hit,) = hits("ip", "kl 12: 192.0.2.1:12:30")
    assert "port" not in hit.detail
    (hit,) = hits("ip", "192.0.2.1:99999")
    assert "port" not in hit.detail


@pytest.mark.parametrize(
    ("text", "scope"),
    [("127.0.0.1", "loopback"), ("192.168.1.20", "private"), ("169.254.1.1", "link-local"), ("100.64.0.1", "shared"), ("224.0.0.251", "multicast"), ("198.51.100.1", "documentation"), ("fd12:3456::1", "private"), ("3fff::1", "documentation")],
)  # fmt: skip
def test_an_address_nobody_has_says_so(text: str, scope: str) -> None:
    (hit,) = hits("ip", f"ip: {text}")
    assert hit.confidence >= 0.5
    assert hit.detail["scope"] == scope


@given(
    st.ip_addresses(v=4),
    st.sampled_from(["IP ", "ip: ", "logged in from the address "]),
    st.sampled_from(["", ".", ", ok", ")", "\n", ":8080"]),
)
def test_any_address_of_version_four(address: ipaddress.IPv4Address, before: str, after: str) -> None:
    assert found("ip", f"{before}{address}{after}") == [("ipv4", str(address))]


@given(st.integers(0x20000000, 0x3FFFFFFF), st.integers(1, 2**96 - 1), st.booleans(), st.sampled_from(["", ".", ", ok", ")", "\n"]))
def test_any_address_of_version_six(net: int, rest: int, is_long: bool, after: str) -> None:
    address = ipaddress.IPv6Address(net << 96 | rest)
    assert found("ip", f"fra IP {address.exploded if is_long else address}{after}") == [("ipv6", str(address))]


@given(st.text(alphabet="0123456789abf:.[]%/ \u200b\ud800-vx", max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    hits("ip", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    check_hostile("ip", HOSTILE[name])


def test_lone_characters() -> None:
    for text in ALONE:
        hits("ip", text)
