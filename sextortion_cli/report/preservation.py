"""The officer's preservation sheet as Markdown: identifiers only inside code, every fact with its source and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.gates.markdown import code
from sextortion_cli.report.pen import Pen
from sextortion_cli.words import N_, translator

_FACTS = (
    ("identify", N_("What the provider asks for")), ("route", N_("How the police ask")), ("keeps", N_("How long it keeps when asked")),
    ("disappears", N_("What disappears first")), ("changes", N_("What can change")), ("notices", N_("Does the other side learn of a screenshot")),
)  # fmt: skip
_FIELDS = (
    ("stable_id", N_("Stable id")), ("handle", N_("Handle")), ("display_name", N_("Display name")), ("profile_url", N_("Profile address")),
    ("phone", N_("Phone")), ("email", N_("E-mail")),
)  # fmt: skip
_READ = N_("read {date}")
_OF = N_("source of {date}")
_LEFT = N_("{days} days left on {date}")
_TITLE, _FOUND = N_("What providers can be asked to keep"), N_("Only found, not stated")
_ENDS, _STATED = N_("runs out"), N_("the phone stated as")
_KIND = {"payment": N_("payment"), "demand": N_("demand")}
_ROLE = {"payee": N_("payee"), "possible-mule": N_("possible mule"), "unknown": N_("role unknown")}


def render(sheet: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the text of the sheet in `language` (``nb`` or ``en``)."""
    return Sheet(sheet, Pen(translator(language))).text()


class Sheet:
    """One sheet, with the pen it is written with."""

    def __init__(self, sheet: Mapping[str, Any], pen: Pen) -> None:
        self._sheet = sheet
        self._pen = pen
        self.say = pen.say

    def text(self) -> Iterator[str]:
        """Yield the whole sheet."""
        sheet, pen = self._sheet, self._pen
        yield f"# {self.say(_TITLE)}\n\n"
        yield pen.line(N_("Case number"), code(sheet["case"]["case_id"]))
        yield pen.line(N_("Fingerprint"), code(sheet["case"]["fingerprint"]))
        yield f"\n{sheet['sentence']}\n\n{sheet['law']['text']} {self._sources(sheet['law']['sources'])}\n"
        yield "\n" + self.say(N_("Accounts are as stated by the person or found in what was imported. Nobody looked them up.")) + "\n"
        for provider in sheet["providers"]:
            yield from self._provider(provider)
        if not sheet["providers"]:
            yield "\n" + self.say(N_("No account of the other side is stated or found.")) + "\n"
        if sheet["payments"]:
            yield from self._payments()

    def _provider(self, provider: Mapping[str, Any]) -> Iterator[str]:
        pen = self._pen
        yield f"\n## {provider['name']} ({provider['provider']})\n"
        for account in provider["accounts"]:
            yield f"\n### {account['contact_id'] or self.say(_FOUND)}\n\n"
            for key, label in _FIELDS:
                if account[key]:
                    yield pen.quoted(label, account[key])
            for item in account["candidates"]:
                label = dict(_FIELDS)[item["field"]]
                yield pen.line(N_("Found, not stated"), f"{self.say(label)} {code(item['value'])} [{', '.join(item['exhibits'])}]")
            yield from self._period(account)
            for item in account["missing"]:
                yield pen.line(N_("Not known yet"), item["title"])
        yield "\n"
        for key, label in _FACTS:
            yield pen.line(label, f"{provider[key]['text']} {self._sources(provider[key]['sources'])}")
        for asked in provider["asked"]:
            left = ""
            if asked["days_left"] is not None:
                left = "; " + self.say(_LEFT).format(days=asked["days_left"], date=self._sheet["at"])
            ends = f"; {self.say(_ENDS)} {asked['ends']}{left}" if asked["ends"] else ""
            number = f", {code(asked['reference'])}" if asked["reference"] else ""
            yield pen.line(N_("Asked to keep"), f"{pen.time(asked['when'])}{number}{ends} [{asked['event_id']}]")
        if not provider["asked"]:
            yield pen.line(N_("Asked to keep"), None)

    def _period(self, account: Mapping[str, Any]) -> Iterator[str]:
        span, pen = account["contact"], self._pen
        where = f" [{', '.join(span['records'])}]" if span["records"] else ""
        if span["first_utc"]:
            yield pen.line(N_("Contact, UTC"), f"{pen.stamp(span['first_utc'])} – {pen.stamp(span['last_utc'])}{where}")
        if span["first_local"]:
            zone = code(span["zone"]) if span["zone"] else self.say(N_("zone not stated"))
            phone = f"{self.say(_STATED)} {zone}" if span["zone"] else zone
            yield pen.line(
                N_("Contact, local time"), f"{pen.stamp(span['first_local'])} – {pen.stamp(span['last_local'])} ({phone}){where}"
            )
        if not span["first_utc"] and not span["first_local"]:
            yield pen.line(N_("Contact, UTC"), None)

    def _payments(self) -> Iterator[str]:
        pen = self._pen
        yield pen.title(N_("Payments"))
        for entry in self._sheet["payments"]:
            yield f"### {entry['name']}\n\n"
            yield pen.line(N_("What can be done"), f"{entry['act']} {self._sources(entry['sources'])}")
            for event in entry["stated"]:
                yield pen.line(
                    _KIND[event["kind"]], f"{pen.money({'deadline': None, 'method': None, 'service': None, **event})} [{event['event_id']}]"
                )
            for hit in entry["found"]:
                yield pen.line(N_("Found"), f"{code(hit['value'])} ({pen.word(_ROLE, hit['role'])}) [{', '.join(hit['exhibits'])}]")
            yield "\n"

    def _sources(self, sources: list[Mapping[str, Any]]) -> str:
        """Return where facts come from, when they were read, and how old the source was."""
        return "; ".join(f"({self._source(source)})" for source in sources)

    def _source(self, source: Mapping[str, Any]) -> str:
        of = f", {self.say(_OF).format(date=source['of'])}" if source["of"] else ""
        return f"{source['what']}{of}, {self.say(_READ).format(date=source['date'])}"
