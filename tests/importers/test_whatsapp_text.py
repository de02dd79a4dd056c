"""WhatsApp text exports: every header shape, what opens a message and what does not, dates that are never guessed in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextortion_cli.importers.whatsapp import windows
from sextortion_cli.importers.whatsapp.periods import hour_of
from sextortion_cli.model.reading import Defect, Noise

from .reading import read, sniff
from .test_laws import check_account

ID = "whatsapp-text"
NBSP, NNBSP, LRM, RLM, BOM = "\u00a0", "\u202f", "\u200e", "\u200f", "\ufeff"

# One header shape each, with 14 March 2026 21:05 (and :33) in it, and the next day's to settle the order.
SHAPES = {
    "android-slash": ("14/03/2026, 21:05 - ", "2026-03-14T21:05:00"),
    "android-us": (f"3/14/26, 9:05{NNBSP}PM - ", "2026-03-14T21:05:00"),
    "android-us-nbsp": (f"3/14/26, 9:05{NBSP}PM - ", "2026-03-14T21:05:00"),
    "android-us-thin": ("3/14/26, 9:05\u2009pm - ", "2026-03-14T21:05:00"),
    "android-us-space": ("03/14/2026, 09:05 p. m. - ", "2026-03-14T21:05:00"),
    "android-dots": ("14.03.26, 21:05 - ", "2026-03-14T21:05:00"),
    "android-czech": ("14.03.2026 21:05 - ", "2026-03-14T21:05:00"),
    "android-dutch": ("14-03-2026 21:05 - ", "2026-03-14T21:05:00"),
    "android-chile": (f"14-03-2026, 9:05 p.{NBSP}m. - ", "2026-03-14T21:05:00"),
    "android-words": ("14/3/26, 9:05 in the evening - ", "2026-03-14T21:05:00"),
    "android-iso": ("2026-03-14, 21:05 - ", "2026-03-14T21:05:00"),
    "android-swedish": ("2026-03-14 21:05 - ", "2026-03-14T21:05:00"),
    "android-en-dash": ("03/14/26, 9:05:33 PM – ", "2026-03-14T21:05:33"),
    "android-finnish": ("14.3.2026 klo 21.05 - ", "2026-03-14T21:05:00"),
    "android-canada": ("2026-03-14 21 h 05 - ", "2026-03-14T21:05:00"),
    "android-korean": ("2026. 3. 14. 오후 9:05 - ", "2026-03-14T21:05:00"),
    "android-korean-short": ("26. 3. 14. 오후 9:05 - ", "2026-03-14T21:05:00"),
    "android-bulgarian": ("14.03.26 г., 21:05 ч. - ", "2026-03-14T21:05:00"),
    "android-arabic": (f"١٤{RLM}/٣{RLM}/٢٠٢٦, ٩:٠٥ م - ", "2026-03-14T21:05:00"),
    "android-hindi-digits": ("१४/०३/२०२६, २१:०५ - ", "2026-03-14T21:05:00"),
    "ios": ("[14/03/2026, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-us": (f"[3/14/26, 9:05:33{NNBSP}PM] ", "2026-03-14T21:05:33"),
    "ios-no-comma": ("[14/03/2026 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-dots": ("[14.03.26, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-indonesian": ("[14/03/26 21.05.33] ", "2026-03-14T21:05:33"),
    "ios-iso": ("[2026-03-14, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-time-first": ("[21:05:33, 14/3/26] ", "2026-03-14T21:05:33"),
    "ios-buddhist": ("[14/3/2569 BE, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-buddhist-bare": ("[14/3/2569, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-japanese": ("[3/14/R8, 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-heisei": ("[3/14/H30, 21:05:33] ", "2018-03-14T21:05:33"),
    "ios-arabic-marks": (f"[{RLM}14{RLM}/3{RLM}/2026، 21:05:33] ", "2026-03-14T21:05:33"),
    "ios-arabic-digits": (f"[١٤{RLM}/٣{RLM}/٢٠٢٦، ٩:٠٥:٣٣{NBSP}م] ", "2026-03-14T21:05:33"),
    "ios-chinese": ("[2026/3/14 下午9:05:33] ", "2026-03-14T21:05:33"),
    "ios-mark-before-bracket": (f"{LRM}[14/03/2026, 21:05:33] ", "2026-03-14T21:05:33"),
    "bom-on-every-line": (f"{BOM}14.03.26, 21:05 - ", "2026-03-14T21:05:00"),
    "very-old-iphone": ("14/03/2026 21:05:33: ", "2026-03-14T21:05:33"),
    "very-old-iphone-us": ("3/14/26, 9:05:33 PM: ", "2026-03-14T21:05:33"),
    "android-dot-behind": ("2026/03/14, 21:05. - ", "2026-03-14T21:05:00"),
    "android-spanish-dots": ("14/3/26 9:05 p. m. - ", "2026-03-14T21:05:00"),
    "android-punjabi": ("14/3/26, 9:05 ਬਾ.ਦੁ. - ", "2026-03-14T21:05:00"),
    "android-albanian": ("14.3.26, 9:05 m.d. - ", "2026-03-14T21:05:00"),
    "android-brazil-words": ("14/03/26, 2:05 da madrugada - ", "2026-03-14T02:05:00"),
    "ios-thai": ("[14/3/69 21:05:33] ", "2026-03-14T21:05:33"),
}  # fmt: skip
BODIES = ("Kari: Hei", "Ola Eksempel: på to\nlinjer: ja\n\nslutt", "+47 999 00 001: hei", "Kari: 14/03/2026")


def exported(header: str, newline: str = "\n") -> bytes:
    """Return an export of four messages under one header."""
    return "".join(f"{header}{body}\n" for body in BODIES).replace("\n", newline).encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_header_shape(shape: str, newline: str) -> None:
    header, local = SHAPES[shape]
    data = exported(header, newline)
    reading = read(ID, data, "WhatsApp Chat with Kari.txt")
    check_account(reading)
    assert [message.sender.name if message.sender else None for message in reading.messages] == [
        "Kari",
        "Ola Eksempel",
        "+47 999 00 001",
        "Kari",
    ]
    assert [message.text for message in reading.messages] == [body.partition(": ")[2] for body in BODIES]
    assert {message.time.local for message in reading.messages if message.time} == {local}
    assert reading.messages[0].time is not None
    assert reading.messages[0].time.as_written in header
    if not shape.startswith("very-old-iphone"):
        assert sniff(ID, data) == "yes"


@pytest.mark.parametrize("shape", SHAPES)
def test_utf16_exports(shape: str) -> None:
    """A text saved again by an editor in UTF-16 is the same chat."""
    header, local = SHAPES[shape]
    for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        reading = read(ID, mark + exported(header).decode().encode(codec))
        check_account(reading)
        assert [message.text for message in reading.messages] == [body.partition(": ")[2] for body in BODIES]
        assert {message.time.local for message in reading.messages if message.time} == {local}


def test_a_line_of_another_shape_opens_nothing() -> None:
    data = b"".join(
        line + b"\n"
        for line in (
            b"[04.01.26, 11:53:57] Kari: hei",
            b"[1.2.2026, 00:00:00] Kari: limt inn fra en annen telefon",
            b"2/11/26, 14:48 - Kari: fra en Android",
            b"2/11/26: ankomst",
            b"[14.01.26, 11:54:03] Ola: svar",
        )
    )
    reading = read(ID, data)
    check_account(reading)
    assert [message.line for message in reading.messages] == [1, 5]
    assert "other-header-shapes" in reading.codes()


def test_fields_written_with_a_zero_are_part_of_the_shape() -> None:
    data = b"".join(b"[0%d.01.26, 11:53:57] Kari: hei\n" % day for day in range(1, 10)) + b"[1.2.26, 00:00:00] Kari: limt inn\n"
    assert len(read(ID, data).messages) == 9


@pytest.mark.parametrize(
    ("line", "sender", "text"),
    [
        ("Kari: a: b", "Kari", "a: b"),
        ("Kari:", "Kari", ""),
        ("Kari: ", "Kari", ""),
        ("Kari:.", "Kari", "."),
        ("~ Lina: hei", "~ Lina", "hei"),
        (f"\u202a+47{NBSP}999{NBSP}00{NBSP}001\u202c: hei", f"+47{NBSP}999{NBSP}00{NBSP}001", "hei"),
        ("Kari 🙈: hei", "Kari 🙈", "hei"),
        ("Jessie & James: hei", "Jessie & James", "hei"),
        ("Kari opprettet gruppen «Tur: til sjøen»", None, "Kari opprettet gruppen «Tur: til sjøen»"),
        ('You created group "A: b"', None, 'You created group "A: b"'),
        ("Noe appen aldri har sagt før", None, "Noe appen aldri har sagt før"),
        (": hei", None, ": hei"),
        ('Kari byttet navn på gruppen fra "A: b" til "C"', None, 'Kari byttet navn på gruppen fra "A: b" til "C"'),
        ("Kari nefndi hópinn „A: b“", None, "Kari nefndi hópinn „A: b“"),
        ("Kari „Mus“ E: hei", "Kari „Mus“ E", "hei"),
    ],
)
def test_who_wrote(line: str, sender: str | None, text: str) -> None:
    data = f"13.03.2026, 21:00 - Kari: først\n13.03.2026, 21:05 - {line}\n".encode()
    message = read(ID, data).messages[1]
    assert (message.sender.name if message.sender else None, message.text) == (sender, text)
    assert message.kind == "service" if sender is None else message.kind in ("text", "other")
    if message.sender and message.sender.raw:
        assert message.sender.raw == line.partition(": ")[0]


@pytest.mark.parametrize(
    ("dates", "local", "gap"),
    [
        (("3/4/26", "5/4/26"), None, "date-order-ambiguous"),
        (("3/4/26", "13/4/26"), "2026-04-03T21:05:00", None),
        (("4/3/26", "4/13/26"), "2026-04-03T21:05:00", None),
        (("1/5/26", "2/5/26", "1/6/26", "2/6/26"), "2026-05-01T21:05:00", "date-order-inferred"),
        (("3.4.26", "5.4.26"), "2026-04-03T21:05:00", "date-order-inferred"),
        (("4/4/26",), "2026-04-04T21:05:00", "date-order-ambiguous"),
        (("2026-04-03",), "2026-04-03T21:05:00", None),
        (("14/3/22", "15/3/22"), "2022-03-14T21:05:00", None),
        (("22/3/14", "22/3/5", "22/11/30"), "2022-03-14T21:05:00", None),
        (("22-03-14", "22-03-15", "22-04-01"), "2022-03-14T21:05:00", None),
        (("22/3/14", "22/3/15"), None, "date-order-ambiguous"),
    ],
)
def test_date_order_is_settled_by_evidence_or_asked_for(dates: tuple[str, ...], local: str | None, gap: str | None) -> None:
    data = "".join(f"{date}, 21:05 - Kari: hei\n" for date in dates).encode()
    reading = read(ID, data)
    assert reading.messages[0].time is not None
    assert reading.messages[0].time.local == local
    assert {code for code in reading.codes() if code.startswith("date-order")} == ({gap} if gap else set())
    stated = read(ID, data, date_order="dmy" if "-" not in dates[0] else "ymd")
    assert stated.messages[0].time is not None
    assert stated.messages[0].time.local is not None
    assert not {code for code in stated.codes() if code.startswith("date-order")}


def test_a_stray_short_date_turns_no_file_around() -> None:
    """One pasted line with a day of one digit at the end does not make the first field of the others the year."""
    lines = [f"{day}/2/26, 21:05 - Kari: hei\n" for day in (13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24)]
    reading = read(ID, ("".join(lines) + "13/2/6, 21:05 - Kari: limt inn\n").encode())
    assert len(reading.messages) == 12
    assert reading.messages[0].time is not None
    assert reading.messages[0].time.local == "2026-02-13T21:05:00"


def test_joined_exports_are_each_read_in_their_own_form() -> None:
    android = "".join(f"{day}/3/26, 21:05 - Kari: fra Android\n" for day in range(13, 20))
    iphone = "".join(f"[3/{day}/26, 9:05:33{NNBSP}PM] Ola: fra iPhone\n" for day in range(20, 27))
    reading = read(ID, (android + iphone).encode())
    check_account(reading)
    assert [message.sender.name for message in reading.messages if message.sender] == ["Kari"] * 7 + ["Ola"] * 7
    assert [message.time.local for message in reading.messages if message.time][6:8] == ["2026-03-19T21:05:00", "2026-03-20T21:05:33"]
    assert reading.messages[7].time is not None
    assert reading.messages[7].time.as_written == f"3/20/26, 9:05:33{NNBSP}PM"
    assert "joined-exports" in reading.codes()
    assert "other-header-shapes" not in reading.codes()
    assert sniff(ID, (android + iphone).encode()) == "yes"


def test_a_name_with_a_colon_is_known_from_the_name_of_the_file() -> None:
    data = b"13.03.2026, 21:00 - Tinder: Lina: hei\n13.03.2026, 21:01 - Ola: a: b\n13.03.2026, 21:02 - Tinder: Lina: Ola: ja\n"
    reading = read(ID, data, "WhatsApp Chat with Tinder_ Lina.txt")
    assert [(message.sender.name, message.text) for message in reading.messages if message.sender] == [
        ("Tinder: Lina", "hei"),
        ("Ola", "a: b"),
        ("Tinder: Lina", "Ola: ja"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_empty_lines_at_the_end_are_nobodys(newline: str) -> None:
    data = "13.03.2026, 21:00 - Kari: a\n\nb\n\n\n".replace("\n", newline).encode()
    reading = read(ID, data)
    check_account(reading)
    assert [message.text for message in reading.messages] == ["a\n\nb"]
    assert reading.codes(Noise) == {"blank"}


def test_a_very_old_export_is_known_by_what_only_the_app_writes() -> None:
    old = "3/14/26, 9:05:33 PM: Kari created this group\n3/14/26, 9:05:34 PM: Kari: hei\n3/14/26, 9:06:00 PM: Ola: <image omitted>\n"
    assert sniff(ID, old.encode(), "a") == "yes"
    log = b"2026-03-14 21:05:33: sshd: session opened\n2026-03-14 21:05:34: cron: job started\n"
    assert sniff(ID, log, "a") != "yes"


def test_one_impossible_date_does_not_turn_the_others_around() -> None:
    lines = [f"{day}/2/26, 21:05 - Kari: hei\n" for day in (13, 14, 15, 16)] + [
        "2/17/26, 21:05 - Kari: rart\n",
        "18/2/26, 21:05 - Kari: hei\n",
    ]
    reading = read(ID, "".join(lines).encode())
    assert [message.time.local for message in reading.messages if message.time][3:] == ["2026-02-16T21:05:00", None, "2026-02-18T21:05:00"]
    assert reading.codes(Defect) == {"impossible-time"}


def test_zone_is_never_assumed() -> None:
    data = b"13.03.2026, 21:05 - Kari: hei\n"
    unstated, stated = read(ID, data), read(ID, data, timezone="Europe/Oslo")
    assert unstated.messages[0].time is not None
    assert stated.messages[0].time is not None
    assert (unstated.messages[0].time.utc, unstated.messages[0].time.basis) == (None, "unknown")
    assert (stated.messages[0].time.utc, stated.messages[0].time.basis) == ("2026-03-13T20:05:00Z", "stated")
    assert "zone-unknown" in unstated.codes() - stated.codes()


def test_authorship_is_marked_unverifiable_in_every_reading() -> None:
    assert "authorship-unverifiable" in read(ID, b"13.03.2026, 21:05 - Kari: hei\n").codes()


def test_text_before_the_first_message_is_reported_and_kept() -> None:
    reading = read(ID, b"Limt inn av meg\n\n13.03.2026, 21:05 - Kari: hei\n")
    check_account(reading)
    assert [(defect.code, defect.start, defect.end) for defect in reading.of(Defect)] == [("unread-text", 0, 17)]
    assert read(ID, b"\n\n13.03.2026, 21:05 - Kari: hei\n").codes(Noise) == {"blank"}


def test_bytes_that_are_no_text_are_kept_exactly() -> None:
    reading = read(ID, b"13.03.2026, 21:05 - Kari: hei\n13.03.2026, 21:06 - K\xe5ri: p\xe5 \xff\n")
    check_account(reading)
    message = reading.messages[1]
    assert (message.text, message.raw_b64, message.lossy) == ("p\ufffd \ufffd", "cOUg/w==", True)
    assert reading.codes(Defect) == {"invalid-text"}


def test_a_message_longer_than_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "WINDOW", 64)
    monkeypatch.setattr(windows, "LONGEST_MESSAGE", 256)
    data = (
        b"13.03.2026, 21:05 - Kari: hei\n13.03.2026, 21:06 - Kari: "
        + b"lang " * 200
        + b"\nmer " * 100
        + b"\n13.03.2026, 21:07 - Ola: slutt\n"
    )
    reading = read(ID, data)
    check_account(reading)
    assert "message-too-long" in reading.codes(Defect)
    assert (reading.messages[0].text, reading.messages[-1].text) == ("hei", "slutt")


@pytest.mark.parametrize("size", [64, 100, 129, 1000])
def test_windows_do_not_change_a_reading(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    data = "".join(exported(header).decode() for header, _ in [SHAPES["ios"]] * 30).encode()
    whole = read(ID, data)
    monkeypatch.setattr(windows, "WINDOW", size)
    small = read(ID, data)
    assert small.records == whole.records


@pytest.mark.parametrize(
    ("hour", "period", "expected"),
    [
        (12, "AM", 0), (12, "PM", 12), (1, "pm", 13), (11, "a. m.", 11), (0, "AM", 0), (23, "PM", 23), (9, "at night", 21), (12, "at night", 0),
        (2, "at night", 2), (12, "noon", 12), (12, "midnight", 0), (12, "中午", 12), (1, "中午", 13), (9, "م", 21), (21, "", 21), (24, "", None),
        (5, "en dag", None), (3, "de la madrugada", 3), (12, "midi", 12), (12, "minuit", 0), (11, "nachts", 23), (5, "som ettermiddag", None),
    ],
)  # fmt: skip
def test_hours(hour: int, period: str, expected: int | None) -> None:
    assert hour_of(hour, period) == expected


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(13, 28), texts, st.booleans()), min_size=1, max_size=20), st.sampled_from(sorted(SHAPES)))
def test_whatever_people_write_comes_back(rows: list[tuple[int, str, bool]], shape: str) -> None:
    """Any text without a header of the file's own shape is read back exactly, whoever wrote it."""
    header = SHAPES[shape][0]
    data = "".join(f"{header}{'Kari' if ours else 'Lina E'}: {text}\n" for _, text, ours in rows).encode()
    reading = read(ID, data)
    check_account(reading)
    if not any(re.search(r"\n.{0,8}\d", text) for _, text, _ in rows):
        assert [message.text for message in reading.messages[:-1]] == [text for _, text, _ in rows][:-1]
        assert reading.messages[-1].text == rows[-1][1].rstrip("\n")


def test_claims_nothing_that_only_looks_alike() -> None:
    log = b"".join(b"[2026-03-14 21:05:%02d] INFO: request served\n" % second for second in range(30))
    discord = b"[14-Mar-26 09:05 PM] kari#0001\nhei\n\n" * 10
    assert sniff(ID, log) != "yes"
    assert sniff(ID, discord) != "yes"
