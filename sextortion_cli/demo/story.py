"""
The files of the story. Everybody and everything in them is invented; numbers and addresses are of the reserved ranges.

A man is approached on a chat service, gives his e-mail address, is asked over to Skype, is recorded, gets a link and a demand of
20,000 kroner with a threat to his friends and family, breaks contact, blocks, and hears from a second account.
"""

from __future__ import annotations

import json

MARK = "Oppdiktet eksempel / invented example"

CHAT = f"""\
04.08.2018, 20:58 - Meldinger og samtaler er ende-til-ende-krypterte. Ingen utenfor samtalen, ikke engang WhatsApp, kan lese eller høre på dem.
04.08.2018, 21:01 - Lina Eksempel: Hei! Så deg på chatten :) ({MARK})
04.08.2018, 21:02 - Ola Eksempel: Hei du
04.08.2018, 21:04 - Lina Eksempel: Skal vi ta det på video? Hva er e-posten din, så finner jeg deg på Skype
04.08.2018, 21:05 - Ola Eksempel: ola@example.org
04.08.2018, 21:06 - Lina Eksempel: Jeg heter live:lina.example der
Legg meg til nå
04.08.2018, 21:07 - Lina Eksempel: IMG-20180804-WA0001.png (fil vedlagt)
04.08.2018, 22:40 - Lina Eksempel: Jeg vet hvem du er, Ola Eksempel. Jeg vet hvem familien din er.
04.08.2018, 22:41 - Lina Eksempel: Se her: https://video.example/v/7f3a
04.08.2018, 22:42 - Lina Eksempel: 20 000 kroner innen kl. 24, ellers får vennene og familien din filmen.
Send til kontonummer 1234.56.78903
04.08.2018, 22:47 - Ola Eksempel: Denne meldingen ble slettet
04.08.2018, 22:55 - Lina Eksempel: Tapt videoanrop
04.08.2018, 23:10 - Lina Eksempel: En time igjen
"""


def _message(number: int, text: object, when: str, unix: int, sender: str, identity: str) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": when,
        "date_unixtime": str(unix),
        "from": sender,
        "from_id": identity,
        "text": text,
        "text_entities": [],
    }


def telegram() -> str:
    """Return the export of the second account's chat, as Telegram Desktop writes it."""
    link = ["Nå sender jeg den til alle. Betal her: ", {"type": "link", "text": "https://pay.example/lina"}]
    messages = [
        {
            "id": 1,
            "type": "service",
            "date": "2018-08-06T09:00:00",
            "date_unixtime": "1533538800",
            "actor": "Nina Eksempel",
            "actor_id": "user900000002",
            "action": "joined_telegram",
            "text": "",
            "text_entities": [],
        },
        _message(2, f"Trodde du at du slapp unna? ({MARK})", "2018-08-06T09:05:12", 1533539112, "Nina Eksempel", "user900000002"),
        _message(3, link, "2018-08-06T09:06:40", 1533539200, "Nina Eksempel", "user900000002"),
        {
            "id": 4,
            "type": "service",
            "date": "2018-08-06T09:20:00",
            "date_unixtime": "1533540000",
            "actor": "Nina Eksempel",
            "actor_id": "user900000002",
            "action": "clear_history",
            "text": "",
            "text_entities": [],
        },
    ]
    chat = {"name": "Nina Eksempel", "type": "personal_chat", "id": 900000002, "messages": messages}
    return json.dumps(chat, ensure_ascii=False, indent=1)


def screenshot(lines: list[str]) -> bytes:
    """Return a picture (PNG) of a phone's screen that says these lines."""
    import io

    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    picture = Image.new("RGB", (540, 1170), "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate([MARK, "", *lines]):
        pen.text((30, 60 + 40 * number), line, fill="black")
    info = PngInfo()
    info.add_text("Software", "invented example")
    written = io.BytesIO()
    picture.save(written, "PNG", pnginfo=info)
    return written.getvalue()
