"""
The case file as one self-contained page: no script, no request, no link but to its own sections. Written as a stream.

Every value a template prints passes the gate (`gates/html.py`) and is escaped by the template engine; the policy in the head forbids the browser
all that the page does not need.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sextortion_cli.gates.html import shown
from sextortion_cli.report.blocks import Drawing, Facts, Para, Section, Sub, Table
from sextortion_cli.report.front import Front, laid_out
from sextortion_cli.report.pen import Streams
from sextortion_cli.report.sheets import chart
from sextortion_cli.report.sheets.found import Found
from sextortion_cli.report.sheets.stated import Stated
from sextortion_cli.report.sheets.talk import Talk
from sextortion_cli.report.span import Say, Span
from sextortion_cli.report.wording import CLOCK, ONLY_STATED
from sextortion_cli.words import N_, translator

_TEMPLATES = Path(__file__).parent / "templates"
_SHORT = 80
#: Number, and what each section is called: page one is the first.
SECTIONS = {
    "people": N_("People and accounts"),
    "devices": N_("Devices"),
    "timeline": N_("Time line"),
    "money": N_("Demands and payments"),
    "marked": N_("What messages seem to demand and threaten"),
    "talk": N_("Conversations"),
    "pictures": N_("Pictures"),
    "identifiers": N_("Identifiers for requests to providers"),
    "facts": N_("What exports say besides messages"),
    "exhibits": N_("Exhibits"),
    "custody": N_("Custody"),
    "gaps": N_("What was not collected, and gaps"),
    "defects": N_("What could not be read"),
    "missing": N_("What the police may still ask for"),
    "limits": N_("What this shows, and what it does not"),
}


def render(head: Mapping[str, Any], streams: Streams, pictures: Callable[[], Iterator[Any]], language: str) -> Iterator[str]:
    """Yield the text of the page in `language` (``nb`` or ``en``); quotes stay in the original. `pictures` gives what `redrawing.py` draws."""
    say = translator(language)
    numbers = {key: number for number, key in enumerate(SECTIONS, 2)}
    front = list(Front(head["page_one"], say, lambda key: f"{say(_SECTION)} {numbers[key]}").blocks())
    style = _style(head, say)
    policy = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    yield from (
        _environment()
        .get_template("page.html")
        .generate(
            language=language if language in ("nb", "en") else "en",
            style=Markup(style),  # noqa: S704  (our own file, with two values that were checked)
            policy=f"default-src 'none'; style-src 'sha256-{policy}'; img-src data:; base-uri 'none'; form-action 'none'",
            title=f"{say(_TITLE)} {head['case']['fingerprint']}",
            heading=say(_TITLE),
            contents=say(N_("Contents")),
            note=say(ONLY_STATED),
            first=say(N_("Page one")),
            front=laid_out(front),
            sections=_sections(head, streams, pictures, say),
            titles=[(number, say(SECTIONS[key])) for key, number in numbers.items()],
            picture_of=say(N_("Picture of")),
        )
    )


def _sections(head: Mapping[str, Any], streams: Streams, pictures: Callable[[], Iterator[Any]], say: Say) -> Iterator[Section]:
    stated, talk, found = Stated(head, streams, say), Talk(head, streams, say), Found(head, streams, say)
    made = {
        "people": stated.people, "devices": stated.devices, "timeline": lambda: _timeline(head, stated, say), "money": stated.money,
        "marked": talk.marked, "talk": talk.conversations, "pictures": lambda: found.pictures(pictures()), "identifiers": found.identifiers, "facts": found.facts,
        "exhibits": found.exhibits, "custody": found.custody, "gaps": lambda: _absent(stated, found), "defects": found.defects,
        "missing": stated.missing, "limits": found.limits,
    }  # fmt: skip
    for key, title in SECTIONS.items():
        yield Section(key, say(title), made[key]())


def _timeline(head: Mapping[str, Any], stated: Stated, say: Say) -> Iterator[Any]:
    """Yield the picture, the same in a table, and every event."""
    drawn = chart.draw(head["activity"], head["events"])
    clock = head["summary"]["message_clock"]
    if drawn is not None:
        yield Drawing({"chart": drawn, "title": say(_CHART), "words": say(_CHART_WORDS)})
        if clock is not None:
            yield Para((Span(f"{say(_CLOCK)}: {say(CLOCK[clock])}."),))
    yield Sub((Span(say(N_("Events, as stated"))),))
    yield from stated.events(chart.numbers(head["events"]))
    spans = head["activity"]["spans"]
    if spans:
        unit = head["activity"]["unit"] // 3600
        yield Sub((Span(say(N_("The bars of the picture, in numbers"))),))
        yield Facts([(say(N_("Length of one span, in hours")), (Span(str(unit)),))])
        heads = [
            say(text) for text in (N_("From"), N_("Accounts used by the extorter"), N_("The person concerned"), N_("Others, or not stated"))
        ]
        rows = ([(Span(str(span[key])),) for key in ("start", "extorter", "victim", "other")] for span in spans)
        yield Table(heads, rows, ("u", "n", "n", "n"), "activity")


def _absent(stated: Stated, found: Found) -> Iterator[Any]:
    yield from stated.left_out()
    yield Sub((Span(stated.say(N_("Gaps"))),))
    yield from found.gaps()


def _style(head: Mapping[str, Any], say: Say) -> str:
    """Return the style with what stands at the foot of every sheet of paper. Of the case it takes letters, digits and hyphens only."""
    text = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    case, fingerprint = (_plain(head["case"][key]) for key in ("case_id", "fingerprint"))
    return (
        text.replace("/*FOOT*/", f'"{_plain(say(_CASE))} {case}   {fingerprint}"')
        .replace("/*PAGE*/", f'"{_plain(say(_PAGE))} " counter(page) " {_plain(say(_OUT_OF))} " counter(pages)')
    )  # fmt: skip


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in " -")


def _gate(value: Any) -> Any:
    """Return what a template may print: our own markup as it is, any text behind the gate."""
    if isinstance(value, Markup):
        return value
    text = value if isinstance(value, str) else str(value)
    return _remembered(text) if len(text) <= _SHORT else shown(text)


_remembered = functools.lru_cache(4096)(shown)


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_gate,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_TITLE, _SECTION, _CASE, _PAGE, _OUT_OF = N_("Case file"), N_("section"), N_("Case"), N_("page"), N_("of")
_CLOCK = N_("Clock of the picture")
_CHART = N_("Messages and events in time")
_CHART_WORDS = N_(
    "Filled bars up: accounts used by the extorter. Striped bars on top of them: others, or nobody said whose. Outlined bars down: the person concerned. Numbered lines: events of the table below."
)
