"""WhatsApp text exports: what a line is. The app's words are told from people's, in any language."""

from __future__ import annotations

import pytest

from sextortion_cli.importers.whatsapp import phrases
from sextortion_cli.model.reading import Message

from .reading import read
from .test_laws import check_account

ID = "whatsapp-text"
LRM, RLM = "\u200e", "\u200f"
PHOTO = "00000012-PHOTO-2026-03-13-21-05-33.jpg"


def android(body: str) -> Message:
    """Return what the reader makes of one body in an Android export."""
    reading = read(ID, f"13.03.2026, 21:00 - Kari: først\n13.03.2026, 21:05 - Kari: {body}\n".encode())
    check_account(reading)
    return reading.messages[1]


def iphone(body: str, known: str = f"{LRM}image omitted") -> Message:
    """Return what the reader makes of one body in an iPhone export, beside a phrase everybody knows."""
    reading = read(ID, f"[13.03.26, 21:00:00] Kari: {known}\r\n{LRM}[13.03.26, 21:05:33] Kari: {body}\r\n".encode())
    check_account(reading)
    return reading.messages[1]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<Media omitted>", "media"),
        ("<media omitted>", "media"),
        ("< Média vynechána >", "media"),
        ("Uten vedlegg", "media"),
        ("IMG-20260313-WA0001.jpg (vedlagt fil)", "media"),
        ("AUD-20260313-WA0043. (file attached)", "media"),
        ("Avtale om levering.pdf (archivo adjuntado)", "media"),
        ("<Media omitted>\nbildetekst", "text"),
        ("IMG-20260313-WA0001.jpg (file attached)\nbildetekst", "text"),
        ("null", "other"),
        ("", "other"),
        ("Missed voice call", "call"),
        ("Voice call, 5 min", "call"),
        ("Video call, 1 hr 5 min", "call"),
        ("Video call, no answer", "call"),
        ("Video call, can you join?", "text"),
        ("Tapt taleanrop", "call"),
        ("This message was deleted by admin Ola", "deleted"),
        ("Du slettet denne meldingen", "deleted"),
        ("Bạn đã xoá tin nhắn này.", "deleted"),
        ("যেন কিছু", "text"),
        ("এই মেসেজটি বাদ দেওয়া হয়েছে।", "deleted"),
        ("This message was not for you", "text"),
        ("se <dette bildet her>", "text"),
        (f"{LRM}Kommer snart!", "text"),
        ("https://maps.google.com/?q=59.9,10.7", "text"),
        ("posisjon: https://maps.google.com/?q=59.9,10.7", "media"),
        ("POLL:\nSkal vi?\nOPTION: Ja (1 vote)\nOPTION: Nei (0 votes)", "other"),
        ("HUSK:\nto ting\nMELK: lett (2 liter)", "text"),
    ],
)
def test_android(body: str, kind: str) -> None:
    message = android(body)
    assert (message.kind, message.text) == (kind, body)
    assert message.sender is not None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"{LRM}video note omitted", "media"),
        (f"{LRM}<attached: {PHOTO}>", "media"),
        (f"{LRM}<noe ukjent: {PHOTO}>", "media"),
        (f"< attached: {PHOTO} >", "media"),
        (f"se her {LRM}<attached: {PHOTO}>", "text"),
        (f"to\nlinjer {LRM}<attached: {PHOTO}>", "text"),
        (f"se her {LRM}image omitted", "text"),
        (f"to\nlinjer {LRM}image omitted", "text"),
        (f"Avtale.pdf • {LRM}2 pages {LRM}<attached: 00000047-Avtale.pdf>", "media"),
        (f"Avtale.pdf • {LRM}2 pages {LRM}document omitted", "media"),
        (f"{LRM}Voice call, {LRM}5 min", "call"),
        (f"{LRM}Missed voice call, {LRM}Tap to call back", "call"),
        (f"{RLM}مكالمة صوتية فائتة", "call"),
        (f"{LRM}Voice call. {LRM}5 min • {LRM}2 joined", "call"),
        (f"{LRM}This message was deleted.", "deleted"),
        (f"{LRM}This message was deleted by admin Ola.", "deleted"),
        (f"{LRM}Denne meldingen ble slettet av administratoren Ola.", "deleted"),
        (f"{LRM}{LRM}Sikkerhetskoden med Kari ble endret. {LRM}Trykk for å lære mer.", "app_notice"),
        (f"{LRM}Kari added Ola", "app_notice"),
        (f"{LRM}Noe appen aldri har sagt før", "app_notice"),
        (f"{LRM}AVSTEMNING:\nSkal vi?\n{LRM}VALG: Ja ({LRM}1 stemme)\n{LRM}VALG: Nei ({LRM}0 stemmer)", "other"),
        (f" {LRM}Location: https://maps.google.com/?q=59.9,10.7", "media"),
        ("null", "text"),
        ("Hei", "text"),
        ("@\u2068Ola\u2069 hei", "text"),
    ],
)
def test_iphone(body: str, kind: str) -> None:
    message = iphone(body)
    assert (message.kind, message.text) == (kind, body)
    assert message.sender is not None
    assert message.sender.name == "Kari"


def test_nothing_is_concluded_from_marks_that_were_lost() -> None:
    """Where the app's known words stand without its mark, a mark before other words says nothing about who wrote them."""
    assert iphone(f"{LRM}Ingen anelse, vi prøver", known="image omitted").kind == "text"
    assert iphone("image omitted", known="video omitted").kind == "media"


@pytest.mark.parametrize(
    ("body", "kind", "edited"),
    [
        ("nytt <This message was edited>", "text", True),
        (f"nytt {LRM}<Noe på et ukjent språk>", "text", True),
        ("nytt <med et tillegg her>", "text", False),
        (f"se {LRM}<https: lenke>", "text", False),
        ("IMG-20260313-WA0001.jpg (file attached)\nny bildetekst <This message was edited>", "text", True),
    ],
)
def test_edited(body: str, kind: str, edited: bool) -> None:
    message = android(body)
    assert (message.kind, message.edited, message.text) == (kind, edited, body)


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_every_phrase_of_every_language_is_what_its_list_says(language: str) -> None:
    """Each phrase, as an iPhone and as an Android phone writes it, is read as its list says, and no phrase stands in two lists."""
    lists = phrases.LISTS[language]
    for name, kind in (*((name, "media") for name in phrases.MEDIA), ("deleted", "deleted"), ("call", "call"), ("live", "media")):
        for phrase in lists.get(name, ()):
            assert iphone(f"{LRM}{phrase}").kind == kind, phrase
            assert android(f"<{phrase}>" if name in phrases.MEDIA else phrase).kind == kind, phrase
    for phrase in lists.get("attached", ()):
        assert android(f"{LRM}kontakt.vcf ({phrase})").attachments[0].name == "kontakt.vcf", phrase
    for phrase in lists.get("encryption", ()):
        assert iphone(f"{LRM}{phrase}.").kind == "app_notice", phrase
        line = read(ID, f"13.03.2026, 21:05 - {phrase}.\n".encode()).messages[0]
        assert (line.kind, line.sender, line.detail) == ("service", None, {"event": "encryption-notice"}), phrase
