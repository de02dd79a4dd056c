"""
The markup of Skype's message bodies, shown as text.

Bodies are escaped text with a few elements: smileys ``<ss>``, links ``<a>``, quotes, edit marks ``<e_m>``, shared files ``<URIObject>`` and calls
``<partlist>``. Nothing is rendered: elements fall away, what stands in them stays, entities become characters.

References: suurjaak/Skyperious, skypedata.py and live.py
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from sextortion_cli.model.reading import Attachment

_TAG = re.compile(r"</?([A-Za-z_][A-Za-z0-9_.:-]{0,40})((?:\s[^<>]{0,4000})?)/?>")
_VALUE = re.compile(r"""([A-Za-z_]{1,40})\s{0,4}=\s{0,4}(?:"([^"]{0,4000})"|'([^']{0,4000})')""")
_FAMILIES = {"Picture": "image", "Video": "video", "Audio": "audio", "File": "document"}
_LARGEST = 8 << 20
#: What stands between the people of a call and how long each took part.
_APART = {"part": "; ", "duration": " "}


class Shown(NamedTuple):
    """
    A body in words.

    Attributes:
        text: Without elements.
        is_edited: It carries the mark of an edit.
        attachments: Files it shares.
        call: What a call event says of a call (``started``, ``ended``, ``missed``), or "".
    """

    text: str
    is_edited: bool = False
    attachments: tuple[Attachment, ...] = ()
    call: str = ""


def shown(body: str) -> Shown:
    """Return a body in words; one that is larger than any message stays as it is."""
    if ("<" not in body and "&" not in body) or len(body) > _LARGEST:
        return Shown(body)
    edited, call, family = False, "", ""
    files: list[Attachment] = []
    words: list[str] = []
    at = 0
    for tag in _TAG.finditer(body):
        words.append(body[at : tag.start()])
        at = tag.end()
        name = tag.group(1).lower()
        if tag.group().startswith("</"):
            continue
        values = {key: html.unescape(one or other) for key, one, other in _VALUE.findall(tag.group(2))}
        if name == "e_m":
            edited = True
        elif name == "partlist":
            call = values.get("type", "")
        elif name in _APART:
            words.append(_APART[name] if any(words) else "")
        elif name == "uriobject":
            family = _FAMILIES.get(values.get("type", "").partition(".")[0], "document")
        elif name == "originalname" and values.get("v"):
            files.append(Attachment(values["v"], family or "document"))
        elif name == "file" and at < len(body):  # an older form: the name stands in the element
            end = body.find("<", at)
            files.append(Attachment(html.unescape(body[at : end if end >= 0 else len(body)]) or None, "document"))
    words.append(body[at:])
    if family and not files:
        files.append(Attachment(None, family, "URIObject"))
    return Shown(html.unescape("".join(words)), edited, tuple(files), call)
