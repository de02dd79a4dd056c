"""Pages of Facebook and Instagram: found by structure, times read only for certain, conversations kept apart."""

from __future__ import annotations

import pytest

from sextortion_cli.importers.metapages.dates import read_time
from sextortion_cli.importers.metapages.layouts import layout_of
from sextortion_cli.model.reading import Conversation, Defect, Fact, Gap

from .reading import Reading, read, sniff
from .test_laws import CASES, check_account

ID = "meta-html"


def case(name: str, **stated: object) -> Reading:
    reading = read(ID, (CASES / "meta_html" / name).read_bytes(), name, **stated)
    check_account(reading)
    return reading


def box(sender: str, inner: str, time: str = "Sep 22, 2023 6:33 pm", kind: str = "pam _3-95 _2ph- _a6-g uiBoxWhite noborder") -> str:
    return f'<div class="{kind}"><h2 class="_a6-h _a6-i">{sender}</h2><div class="_a6-p"><div>{inner}</div></div><div class="_a6-o">{time}</div></div>'


def page(*boxes: str, title: str = "Lina", top: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body><div>{top}</div><div>{''.join(boxes)}</div></body></html>".encode()


@pytest.mark.parametrize(
    ("text", "local", "utc", "code"),
    [
        ("Oct 19, 2019, 2:37 PM", "2019-10-19T14:37:00", None, None),
        ("Oct 19, 2019 at 2:37\u202fPM", "2019-10-19T14:37:00", None, None),
        ("19 Oct 2019, 14:37", "2019-10-19T14:37:00", None, None),
        ("Sep 22, 2017 6:33 am", "2017-09-22T06:33:00", None, None),
        ("Sep 22, 2017 12:00:05 am", "2017-09-22T00:00:05", None, None),
        ("22. sep. 2017, 18:33", "2017-09-22T18:33:00", None, None),
        ("22. september 2017 kl. 18.33", "2017-09-22T18:33:00", None, None),
        ("fredag den 4. oktober 2013 kl. 22:05", "2013-10-04T22:05:00", None, None),
        ("vendredi 4 octobre 2013, 22:05", "2013-10-04T22:05:00", None, None),
        ("viernes, 4 de octubre de 2013 a las 10:05 p. m.", "2013-10-04T22:05:00", None, None),
        ("4 de out de 2013 10:05 da manhã", "2013-10-04T10:05:00", None, None),
        ("Freitag, 4. Oktober 2013 um 22:05 Uhr", "2013-10-04T22:05:00", None, None),
        ("2020-09-13 12:26", "2020-09-13T12:26:00", None, None),
        ("13.09.2020 12:26", "2020-09-13T12:26:00", None, None),
        ("13/09/2020 12:26", "2020-09-13T12:26:00", None, None),
        ("Friday, October 4, 2013 at 10:05pm PDT", "2013-10-04T22:05:00", "2013-10-05T05:05:00Z", None),
        ("Wednesday, November 12, 2008 at 8:53pm UTC+01", "2008-11-12T20:53:00", "2008-11-12T19:53:00Z", None),
        ("Wednesday, November 12, 2008 at 8:53pm UTC-03:30", "2008-11-12T20:53:00", "2008-11-13T00:23:00Z", None),
        ("Friday, October 4, 2013 at 10:05pm PST", "2013-10-04T22:05:00", None, "zone-abbreviation"),
        ("10/04/2013 22:05", None, None, "date-order-ambiguous"),
        # What must not be guessed:
        ("Oct 19, 2019, 2:37 foo", None, None, "unreadable-time"),
        ("19 Oct 2019 noe 14:37", None, None, "unreadable-time"),
        ("2023年12月28日 19:16", None, None, "unreadable-time"),
        ("上午2:37", None, None, "unreadable-time"),
        ("19 ต.ค. 2562 14:37", None, None, "unreadable-time"),
        ("31 Feb 2019, 14:37", None, None, "unreadable-time"),
        ("Oct 19, 2019, 14:37 PM", None, None, "unreadable-time"),
        ("Oct 19, 2019", None, None, "unreadable-time"),
        ("19 Oct 2562, 14:37", None, None, "unreadable-time"),
        ("x" * 100 + " 19 Oct 2019, 14:37", None, None, "unreadable-time"),
    ],
)
def test_times_are_read_only_for_certain(text: str, local: str | None, utc: str | None, code: str | None) -> None:
    time, found = read_time(text, None)
    assert (time.as_written, time.local, time.utc, found) == (text, local, utc, code)
    assert time.basis == ("explicit" if utc else "ambiguous" if code == "zone-abbreviation" else "unknown")


def test_a_stated_order_settles_slashes() -> None:
    assert read_time("10/04/2013 22:05", "dmy")[0].local == "2013-04-10T22:05:00"
    assert read_time("10/04/2013 22:05", "mdy")[0].local == "2013-10-04T22:05:00"


def test_a_zone_written_as_letters_is_not_overruled_by_the_stated_one() -> None:
    found = case("facebook_2013.htm", timezone="Europe/Oslo").messages[1].time
    assert found is not None
    assert (found.utc, found.basis) == (None, "ambiguous")


def test_conversations_of_one_page_are_kept_apart() -> None:
    reading = case("facebook_2013.htm")
    assert [record.name for record in reading.of(Conversation)] == ["Ola Nordmann, Lina Eksempel", "Ola Nordmann, Kari Prøve"]
    assert [fact.kind for fact in reading.of(Fact)] == ["page-text", "conversation-header", "conversation-header", "page-footer"]
    chosen = case("facebook_2013.htm", thread=("Ola Nordmann, Kari Prøve",))
    assert [message.text for message in chosen.messages] == [None, "Skråstrek"]


def test_a_number_for_a_name_is_kept_as_name_and_id() -> None:
    sender = case("facebook_2013.htm").messages[1].sender
    assert sender is not None
    assert (sender.name, sender.id) == ("100000000000001@facebook.com", "100000000000001")
    assert "names-are-numbers" in case("facebook_2013.htm").codes(Gap)


def test_new_names_of_classes_change_nothing() -> None:
    """Another year, other classes: sender first, time last, one element a message."""
    data = (CASES / "meta_html" / "facebook_2024.html").read_bytes()
    for old, new in ((b"_a6-g", b"_b9-x"), (b"_a6-h", b"_b9-y"), (b"_a6-o", b"_b9-z"), (b"_a72d", b"_c1")):
        data = data.replace(old, new)
    reading = read(ID, data)
    check_account(reading)
    assert [message.text for message in reading.messages] == [message.text for message in case("facebook_2024.html").messages]
    assert sniff(ID, data) == "yes"


def test_text_in_pieces_is_one_text_with_its_stretch() -> None:
    (found,) = (
        message
        for message in read(ID, page(box("Lina", "<div></div><div>en &amp;</div><div><a href='https://pay.example'>to</a></div>"))).messages
    )
    assert found.text == "en &\nto"
    assert found.raw == "<div><div></div><div>en &amp;</div><div><a href='https://pay.example'>to</a></div></div>"
    assert found.detail["links"] == '[{"text":"to","href":"https://pay.example"}]'


def test_reactions_and_what_cannot_be_told_apart() -> None:
    inner = "hei<ul class='_a6-q'><li>😂Kari Prøve (Dec 28, 2020 6:56 am)</li><li>👍🏽 Per</li><li>Ola</li></ul>"
    (found,) = read(ID, page(box("Lina", inner))).messages
    assert found.text == "hei"
    assert [(one.value, one.actor, one.time) for one in found.reactions] == [
        ("😂", "Kari Prøve", "Dec 28, 2020 6:56 am"),
        ("👍🏽", "Per", None),
        ("Ola", None, None),
    ]


def test_a_message_that_is_only_a_date_is_not_taken_for_its_time() -> None:
    reading = read(ID, page(box("Lina", "Sep 21, 2023 6:33 pm"), box("Ola", "hei")))
    check_account(reading)
    assert [(message.text, message.time.as_written if message.time else None) for message in reading.messages] == [
        ("Sep 21, 2023 6:33 pm", "Sep 22, 2023 6:33 pm"),
        ("hei", "Sep 22, 2023 6:33 pm"),
    ]


def test_posts_and_other_pages_are_not_claimed() -> None:
    posts = page(box("Ola la til et bilde.", "x"), box("Ola delte et minne.", "y"), title="Innlegg")
    assert sniff(ID, posts) == "maybe"
    plain = page(box("Ola", "x", kind="post").replace("_a6-", "c-"), title="Blogg")
    assert sniff(ID, plain) == "no"
    assert layout_of(b"<html><body>" + b"<b>" * 60_000) is None


def test_a_lost_part_is_named() -> None:
    whole = box("Lina", "hei")
    reading = read(
        ID,
        page(
            whole,
            whole.replace('<div class="_a6-o">Sep 22, 2023 6:33 pm</div>', ""),
            whole.replace('<h2 class="_a6-h _a6-i">Lina</h2>', ""),
        ),
    )
    check_account(reading)
    first, second, third = reading.messages
    assert (second.sender, second.text, second.time) == (first.sender, "hei", None)
    assert (third.sender, third.text, third.time) == (None, "hei", first.time)
    assert reading.codes(Defect) == {"no-time", "no-sender"}
