"""
The paper sheet: one page to print and fill in by hand, whose lines are fields of a case.

It needs no computer and names nothing a stranger should read in its title or file name. The numbers of its lines are those that
`start --from-paper` goes through, so a sheet that was printed stays readable: lines are added at the end, and never renumbered.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.gates.html import text as safe
from sextortion_cli.guide.lines import countries, number
from sextortion_cli.words import N_, translator

VERSION = 1


class Field(NamedTuple):
    """
    One thing to write down.

    Attributes:
        record: The record it goes into: ``contact:1`` (their account), ``contact:2`` (their second), ``contact:own``, ``device``, ``note``,
            or ``event:`` and the kind of event.
        key: The field of that record; ``sign`` is whatever names an account: an address, an id, a number.
        label: What stands before the line.
    """

    record: str
    key: str
    label: str


class Line(NamedTuple):
    """A numbered line of the sheet."""

    number: int
    title: str
    fields: tuple[Field, ...]


_WHEN, _HOW_MUCH, _HOW, _TO = N_("when"), N_("how much, in which currency"), N_("how"), N_("to which account, number or name")
LINES = (
    Line(1, N_("Where it began"), (Field("contact:1", "service", N_("app or site")), Field("event:first-contact", "when", _WHEN))),
    Line(
        2,
        N_("Their account there"),
        (
            Field("contact:1", "handle", N_("user name")),
            Field("contact:1", "display_name", N_("name that is shown")),
            Field("contact:1", "sign", N_("profile address, id, phone or e-mail")),
        ),
    ),
    Line(
        3, N_("Where it went on"), (Field("contact:2", "service", N_("app or site")), Field("contact:2", "handle", N_("their user name")))
    ),
    Line(4, N_("Your own account"), (Field("contact:own", "handle", N_("user name")),)),
    Line(
        5,
        N_("What they demand"),
        (
            Field("event:demand", "amount", _HOW_MUCH),
            Field("event:demand", "method", _HOW),
            Field("event:demand", "destination", _TO),
            Field("event:demand", "deadline", N_("until when")),
        ),
    ),
    Line(
        6,
        N_("What was paid"),
        (
            Field("event:payment", "amount", _HOW_MUCH),
            Field("event:payment", "when", _WHEN),
            Field("event:payment", "method", _HOW),
            Field("event:payment", "destination", _TO),
            Field("event:payment", "reference", N_("number on the receipt")),
        ),
    ),
    Line(
        7,
        N_("Sent on or put online"),
        (Field("event:publication", "text", N_("where, and who told you")), Field("event:publication", "when", _WHEN)),
    ),
    Line(8, N_("Deleted"), (Field("event:deleted", "text", N_("what, in which app")), Field("event:deleted", "when", _WHEN))),
    Line(9, N_("Blocked"), (Field("event:blocked", "when", _WHEN),)),
    Line(10, N_("The phone"), (Field("device", "model", N_("make and model")), Field("device", "where", N_("where it is now")))),
    Line(11, N_("The police"), (Field("event:reported", "when", N_("day")), Field("event:reported", "reference", N_("case number")))),
    Line(12, N_("In your own words"), (Field("note", "text", ""),)),
)
#: Fields that need a whole row of the page; the others share one.
_WIDE = frozenset({"destination", "sign", "text"})
_OWN_ROWS = 3

TITLE = N_("Notes")
_FIRST = N_("You need no computer. The phone is the evidence. Take it to the police.")
_DANGER = N_("In danger, or thinking of taking your life? Call {medical}. Police: {police}.")
_DANGER_ANYWHERE = N_("In danger, or thinking of taking your life? Call 112, or the emergency number where you are.")
_TALK = N_("Do you need someone to talk to now? {adult}")
_YOUNG = N_("Under 18: {child}")
_REPORT = N_("To reach the police: {report}.")
_NOT_READY = N_("Not ready to report? {support}. You need not report to call.")
_SAVE = N_("On the phone")
_KEEP = (
    N_("Stop answering. Don't pay. Delete nothing: no chat, no app, no account."),
    N_("Take screenshots of the text, their profile with the user name, and the demand. Block afterwards."),
    N_("Snapchat tells the other side: photograph the screen with another phone."),
    N_("Keep nude pictures out of view. Under 18: never a picture of the picture."),
    N_("Keep the phone as it is: no cleaning, no reset. Never write its code here."),
)
_FILL = N_("Write what you know. Leave the rest empty. That is fine. It is not your fault.")
_STYLE = """\
@page { size: A4; margin: 9mm 13mm }
html { font: 10pt/1.2 sans-serif; color: #000; background: #fff }
body { margin: 0 auto; max-width: 184mm }
h1 { font-size: 12pt; font-weight: normal; margin: 0 }
h2 { font-size: 10pt; margin: 1mm 0 0 }
p { margin: 0.5mm 0 }
.first { font-size: 12.5pt; font-weight: bold; margin: 1.5mm 0 }
.help { border: 0.5mm solid #000; padding: 1.5mm 2.5mm; margin: 1.5mm 0 }
ul { margin: 0; padding-left: 5mm }
ol { list-style: none; margin: 1mm 0 0; padding: 0 }
li.line { break-inside: avoid; margin: 0 0 0.4mm; display: flex; flex-wrap: wrap; column-gap: 4mm }
li.line > b { flex: 0 0 100%; margin-top: 0.5mm }
.field { flex: 1 1 38mm; display: flex; align-items: flex-start; height: 8.2mm; border-bottom: 0.3mm solid #555; color: #333; font-size: 7.5pt }
.wide { flex-basis: 75mm }
.rule { flex: 0 0 100%; height: 7.8mm; border-bottom: 0.3mm solid #555 }
"""


def page(language: str, country: str | None) -> str:
    """Return the sheet as one page of HTML: no script, nothing from elsewhere, and a policy that allows neither."""
    say = translator(language)
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    helped = "".join(f"<p>{safe(text)}</p>\n" for text in _help(say, country))
    kept = "".join(f"<li>{safe(say(text))}</li>\n" for text in _KEEP)
    return f"""\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>{safe(say(TITLE))}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{safe(say(TITLE))}</h1>
<p class="first">{safe(say(_FIRST))}</p>
<div class="help">
{helped}</div>
<h2>{safe(say(_SAVE))}</h2>
<ul>
{kept}</ul>
<h2>{safe(say(_FILL))}</h2>
<ol>
{"".join(_row(line, say) for line in LINES)}</ol>
</body>
</html>
"""


def plain(language: str, country: str | None) -> str:
    """Return the sheet as plain text, at most 72 columns wide."""
    say = translator(language)
    parts = [
        say(TITLE),
        "",
        say(_FIRST),
        "",
        *_help(say, country),
        "",
        say(_SAVE),
        *(f"- {say(item)}" for item in _KEEP),
        "",
        say(_FILL),
        "",
    ]
    for line in LINES:
        parts.append(f"{line.number:>2}  {say(line.title)}")
        for field in line.fields:
            label = f"    {say(field.label)}: " if field.label else "    "
            parts += ["", label.ljust(72, "_")] if len(label) < 60 else ["", label, "    ".ljust(72, "_")]
        parts += ["", "    ".ljust(72, "_")] * (_OWN_ROWS - 1 if not line.fields[0].label else 0)
        parts.append("")
    return "\n".join(wrapped for part in parts for wrapped in _wrapped(part)).rstrip() + "\n"


def _wrapped(part: str) -> list[str]:
    import textwrap

    return textwrap.wrap(part, 72, subsequent_indent="  ", break_long_words=False) if len(part) > 72 else [part]


def _help(say: Callable[[str], str], country: str | None) -> Iterator[str]:
    known = country if country in countries() else None
    medical, police = number(known, "emergency-medical"), number(known, "emergency-police")
    yield say(_DANGER).format(medical=medical, police=police) if medical and police else say(_DANGER_ANYWHERE)
    adult, child = number(known, "crisis-adult"), number(known, "crisis-child")
    if adult:
        yield say(_TALK).format(adult=adult) + (f".  {say(_YOUNG).format(child=child)}." if child else ".")
    elif child:
        yield say(_YOUNG).format(child=child) + "."
    report, support = number(known, "police-report"), number(known, "support-no-report")
    if report:
        yield say(_REPORT).format(report=report)
    if support:
        yield say(_NOT_READY).format(support=support)


def _row(line: Line, say: Callable[[str], str]) -> str:
    fields = "".join(
        f'<span class="field{" wide" if field.key in _WIDE else ""}">{safe(say(field.label))}</span>\n'
        for field in line.fields
        if field.label
    )
    rules = '<span class="rule"></span>\n' * (0 if fields else _OWN_ROWS)
    return f'<li class="line"><b>{line.number}  {safe(say(line.title))}</b>\n{fields}{rules}</li>\n'
