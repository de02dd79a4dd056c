"""imessage-exporter's pages: answers in threads, what the program writes badly, and what was chosen."""

from __future__ import annotations

from sextortion_cli.model.reading import Defect, Fact, Gap, Message, Noise

from .reading import Reading, read


def page(*messages: str) -> bytes:
    """Return a page with `messages`."""
    return f'<html>\n<head>\n<meta charset="UTF-8"></head>\n<body>\n{"".join(messages)}</body></html>'.encode()


def said(text: str, day: int = 12, more: str = "", attribute: str = "") -> str:
    """Return a message as the program writes it."""
    return (
        f'<div class="message"{attribute}>\n<div class="received">\n<p><span class="timestamp">Mar {day}, 2026  9:05:00 PM</span>\n'
        f'<span class="sender">Lina</span></p>\n<hr><div class="message_part">\n{text}\n</div>\n{more}</div>\n</div>\n'
    )


def bubble(text: str) -> str:
    """Return a text as the program writes it."""
    return f'<span class="bubble">{text}</span>'


def parsed(*messages: str, **stated: object) -> Reading:
    """Return the reading of a page, whose account balances."""
    data = page(*messages)
    reading = read("imessage-exporter-html", data, "Lina.html", **stated)
    assert reading.units.covered == len(data)
    return reading


def test_an_answer_in_a_thread_is_a_fact_and_the_answer_a_message() -> None:
    reply = f'<div class="replies">\n<div class="reply" id="B">\n{said(bubble("Svar"))}</div>\n<div class="reply" id="C">\n{said(bubble("Til"))}</div>\n</div>\n'
    reading = parsed(said(bubble("Spørsmål"), more=reply), said(bubble("Svar"), attribute=', id="r-B"'))
    assert [message.text for message in reading.messages] == ["Spørsmål", "Svar"]
    assert [fact.values["text"] for fact in reading.of(Fact)] == ["Svar", "Til"]
    assert next(gap.count for gap in reading.of(Gap) if gap.code == "replies-repeated") == 2
    assert not reading.of(Defect)


def test_a_sound_without_its_bracket_is_no_damage() -> None:
    (message,) = parsed(
        said('<div class="attachment"><audio controls src="a/b.caf" type="audio/x-caf" </audio></div>' + bubble("Hør"))
    ).messages
    assert isinstance(message, Message)
    assert (message.attachments[0].name, message.attachments[0].media, message.text) == ("a/b.caf", "audio", "Hør")


def test_time_is_as_it_stands_and_local() -> None:
    (message,) = parsed(said(bubble("Hei"))).messages
    assert message.time is not None
    assert (message.time.as_written, message.time.local, message.time.utc) == ("Mar 12, 2026  9:05:00 PM", "2026-03-12T21:05:00", None)


def test_days_can_be_chosen() -> None:
    reading = parsed(said(bubble("Én")), said(bubble("To"), day=14), since="2026-03-14")
    assert [message.text for message in reading.messages] == ["To"]
    assert "not-selected" in reading.codes(Noise)


def test_text_that_looks_like_a_message_is_escaped_and_stays_text() -> None:
    (message,) = parsed(said(bubble("&lt;div class=&quot;message&quot;&gt;"))).messages
    assert message.text == '<div class="message">'
