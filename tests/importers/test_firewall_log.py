"""Logs of firewalls: what a line tells, times left open, and nothing quoted of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sextortion_cli.model.reading import Defect, Fact, Gap, Noise

from .reading import Reading, read, sniff

CASES = Path(__file__).parent / "cases" / "firewall_log"
LINE = "Feb  2 03:40:01 hjemme kernel: [1.5] [UFW BLOCK] IN=eth0 OUT= MAC=02:00 SRC=203.0.113.9 DST=192.168.77.20 LEN=40 PROTO=TCP SPT=1 DPT=2\n"


def case(name: str) -> Reading:
    return read("firewall-log", (CASES / name).read_bytes(), name)


def lines(reading: Reading) -> list[dict[str, str]]:
    return [fact.values for fact in reading.of(Fact) if fact.kind == "firewall-line"]


def test_every_line_of_a_firewall_is_one_fact() -> None:
    for name, count in (("windows.log", 5), ("ufw_syslog.log", 4), ("macos.log", 6), ("router_forms.log", 6)):
        assert len(lines(case(name))) == count, name


def test_times_are_left_open_where_the_log_leaves_them_open() -> None:
    forms = lines(case("router_forms.log"))
    assert [sorted(values.keys() & {"local", "utc"}) for values in forms] == [["utc"], [], ["local"], [], ["local"], []]
    assert {"no-year", "clock-zone-unknown", "since-boot-only"} <= case("router_forms.log").codes(Gap)
    assert case("windows.log").codes(Gap) >= {"clock-zone-unknown", "lost-events"}
    assert not any("local" in values for values in lines(case("ufw_syslog.log")))


def test_addresses_are_nobodys() -> None:
    assert {fact.of for path in CASES.glob("*.log") for fact in case(path.name).of(Fact)} == {"unknown"}


def test_what_an_icmp_message_quotes_is_kept_apart() -> None:
    last = lines(case("ufw_syslog.log"))[-1]
    assert (last["SRC"], last["quoted-DST"], last["quoted-DPT"]) == ("192.168.77.1", "203.0.113.77", "41000")


def test_addresses_of_devices_and_other_programs_are_not_told() -> None:
    for name in ("ufw_syslog.log", "macos.log"):
        said = repr(case(name).records)
        assert "02:00:00" not in said
        assert "hjemme" not in said
        assert "Cleanup" not in said
        assert "cron" not in said


def test_a_line_of_a_firewall_cannot_pass_for_another_programs() -> None:
    reading = read("firewall-log", (LINE * 3 + "Feb  2 03:40:02 hjemme kernel: OUT=eth0 SRC=203.0.113.9 odd\n").encode())
    assert reading.codes(Defect) == {"unread-line"}
    assert not reading.of(Noise)


def test_what_may_be_cut_is_said() -> None:
    whole = (CASES / "windows.log").read_bytes()
    cut = read("firewall-log", whole[:-20])
    assert "short-line" in cut.codes(Defect)
    assert "last-line-open" in cut.codes(Gap)
    assert "last-line-open" in read("firewall-log", (LINE * 2)[:-1].encode()).codes(Gap)


def test_repeated_names_keep_both_values() -> None:
    values = lines(case("ufw_syslog.log"))[1]
    assert (values["LEN"], values["LEN#2"]) == ("76", "56")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe" + LINE.encode("utf-16-le"), "not-utf8"),
        (b"nothing of the kind\n", "not-a-firewall-log"),
        (LINE.encode() * 2 + b"x" * 70_000 + b"\n" + LINE.encode(), "line-too-long"),
        (LINE.encode() * 2 + LINE.encode().replace(b"UFW", b"U\xffW"), "invalid-text"),
    ],
)
def test_defects(data: bytes, code: str) -> None:
    assert code in read("firewall-log", data).codes(Defect)


def test_claims_by_content() -> None:
    assert sniff("firewall-log", LINE.encode() * 2) == "yes"
    assert sniff("firewall-log", LINE.encode()) == "maybe"
    assert sniff("firewall-log", LINE.encode() * 2 + b"Feb  2 03:40:03 hjemme cron[1]: other\n" * 9) == "maybe"
    assert sniff("firewall-log", b"#Fields: date time s-ip cs-method\n2026-02-02 03:40:01 192.0.2.1 GET\n") == "no"
