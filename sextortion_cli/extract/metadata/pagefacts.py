"""
What a saved web page says of itself: title, addresses, who saved it and when. One collector for every reader of HTML.

Forms that were seen: browsers' ``saved from url`` (mark of the web), SingleFile (both of its openings), SavePage WE (``savepage-*``), HTTrack,
monolith, the Wayback Machine; ``canonical``, Open Graph, app links (``al:*``), schema.org's ``itemprop``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sextortion_cli.extract.metadata.address import shown
from sextortion_cli.extract.metadata.clock import time_note
from sextortion_cli.model.filefact import FileFact, fact
from sextortion_cli.words import N_

MOST_OF_ONE = 8
MOST = 300
COMMENT = 4096
_METAS = frozenset(
    {
        "og:url", "og:title", "og:site_name", "og:type", "og:description", "og:video", "og:video:url", "og:updated_time", "profile:username",
        "al:ios:url", "al:android:url", "author", "generator", "date", "description", "last-modified", "twitter:url", "twitter:title",
        "twitter:site", "twitter:creator", "article:published_time", "article:modified_time", "article:author", "savepage-url", "savepage-title",
        "savepage-from", "savepage-date", "savepage-state", "savepage-version", "savepage-pubdate",
    }
)  # fmt: skip
_ITEMS = frozenset({"identifier", "channelid", "videoid", "datepublished", "uploaddate", "url", "name", "author"})
_LINKS = frozenset({"canonical", "shortlink", "original", "bookmark"})
_MARK = re.compile(r"\s{0,9}saved from url=\((\d{1,9})\)(.{1,4096})", re.DOTALL)
_TRACK = re.compile(r"\s{0,9}Mirrored from (\S{1,2000}) by (HTTrack[^,]{0,100}), (.{1,80})")
_MONOLITH = re.compile(r"\s{0,9}Saved from (\S{1,4096}) at (\S{1,40}) using (monolith.{0,40})")
_WAYBACK = re.compile(
    r"\s{0,9}FILE ARCHIVED ON (.{8,40}?) AND RETRIEVED FROM THE(?: AN)?\s{1,9}INTERNET ARCHIVE ON (.{8,40}?)\.", re.DOTALL
)
_SINGLE = ("Page saved with SingleFile", "Archive processed by SingleFile")
_TIMES = ("time", "date", "modified", "dateat")


class PageFacts:
    """
    Gathers facts from the events of one reader of HTML.

    Attributes:
        facts: What was found, in the order of the page, at most `MOST`.
    """

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._counts: dict[str, int] = {}
        self.facts: list[FileFact] = []

    def title(self, text: str) -> None:
        """Take the page's title."""
        self._add("html:title", " ".join(text.split()))

    def comment(self, text: str) -> None:
        """Take a comment; only those of programs that save pages are kept."""
        text = text[:COMMENT]
        if (found := _MARK.match(text)) is not None:
            self._mark(found[1], found[2])
        elif text.lstrip().startswith(_SINGLE):
            self._single(text)
        elif (found := _TRACK.match(text)) is not None:
            address = found[1] if "://" in found[1] else f"http://{found[1]}"
            self._add("html:httrack:url", address, N_("the program writes no scheme; http is put in front"))
            self._add("html:httrack:program", found[2])
            self._add("html:httrack:date", found[3].strip(), time_note(found[3]))
        elif (found := _MONOLITH.match(text)) is not None:
            self._add("html:monolith:url", found[1])
            self._add("html:monolith:date", found[2], time_note(found[2]))
            self._add("html:monolith:program", found[3].strip())
        elif (found := _WAYBACK.match(text)) is not None:
            note = N_("UTC, as the Wayback Machine writes its times")
            self._add("html:wayback:archived", found[1], note)
            self._add("html:wayback:retrieved", found[2], note)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element, with its attributes decoded and their names in small letters."""
        if name == "meta":
            self._meta(attributes)
        elif name == "link":
            kinds = attributes.get("rel", "").lower().split()
            for kind in sorted(_LINKS.intersection(kinds)):
                self._add(f"html:{kind}", attributes.get("href", ""))
            if "itemprop" in attributes:
                self._item(attributes, attributes.get("href", ""))
        elif name == "base" and "href" in attributes:
            self._add("html:base", attributes["href"])
        elif name == "html":
            for key in ("lang", "data-scrapbook-source", "data-scrapbook-create", "data-scrapbook-title", "itemtype"):
                if attributes.get(key):
                    self._add(f"html:{key}", attributes[key])

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "")
        for key in ("property", "name"):
            name = attributes.get(key, "").strip().lower()
            if name in _METAS:
                self._add(f"html:{name}", content, time_note(content) if name.rpartition(":")[2].endswith(_TIMES) else None)
                return
        if "charset" in attributes:
            self._add("html:charset", attributes["charset"])
        elif "itemprop" in attributes:
            self._item(attributes, content)

    def _item(self, attributes: Mapping[str, str], value: str) -> None:
        name = attributes["itemprop"].strip().lower()
        if name in _ITEMS:
            self._add(f"html:item:{name}", value, time_note(value) if "date" in name else None)

    def _mark(self, stated: str, rest: str) -> None:
        address = rest.strip().split(None, 1)[0] if rest.strip() else ""
        length = len(address.encode("utf-8", "replace"))
        note = None if int(stated) == length else f"the mark says {int(stated)} characters; these are {length}"
        self._add("html:saved-from", address, note)

    def _single(self, text: str) -> None:
        for line in text.splitlines()[:40]:
            key, sign, value = line.strip().partition(": ")
            if sign and key in ("url", "saved date", "info"):
                name = f"html:singlefile:{key.replace(' ', '-')}"
                self._add(name, value.strip(), time_note(value) if key == "saved date" else None)
        self._add("html:singlefile:program", text.strip().splitlines()[0].strip())

    def _add(self, name: str, value: str, note: str | None = None) -> None:
        value = value.strip()
        count = self._counts.get(name, 0)
        if not value or count >= MOST_OF_ONE or len(self.facts) >= MOST:
            return
        self._counts[name] = count + 1
        hidden = shown(value)
        if hidden != value and len(value) <= 4096:
            note = "; ".join(filter(None, (note, N_("a key in the address is withheld; the file has it"))))
        found = fact(name, hidden, self._reader, note)
        if found not in self.facts:
            self.facts.append(found)
