"""The reference pages, made from the program itself: `write` them, or `check` that they have not drifted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
NOW = "../now"


def cli() -> str:
    """Return every command's help."""
    import os

    os.environ["COLUMNS"] = "100"
    from typer._click.core import Context

    from sextortion_cli.cli.app import build

    group = build()
    root = Context(group, info_name="casefile", **group.context_settings)
    parts = [
        "# Command line\n",
        "Made by `scripts/docs.py` from the program; do not edit.\n",
        "## casefile\n",
        _block(group.get_help(root)),
    ]
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        parts += _command(command, Context(command, info_name=name, parent=root, **group.context_settings), 2)
    return "\n".join(parts)


def _command(command: object, context: object, level: int) -> list[str]:
    from typer._click.core import Context

    parts = [f"{'#' * level} {context.command_path}\n", _block(command.get_help(context))]  # type: ignore[attr-defined]
    for name, inner in getattr(command, "commands", {}).items():
        parts += _command(inner, Context(inner, info_name=name, parent=context, help_option_names=["-h", "--help"]), level + 1)  # type: ignore[arg-type]
    return parts


def _block(text: str) -> str:
    return "```text\n" + "\n".join(line.rstrip() for line in text.splitlines()) + "\n```\n"


def exit_codes() -> str:
    """Return the exit statuses, from the classes."""
    from sextortion_cli import errors

    rows = [
        "# Exit status\n",
        "Made by `scripts/docs.py` from `errors.py`; do not edit.\n",
        "| status | name | what | safe | next |",
        "|---:|---|---|---|---|",
    ]
    rows += ["| 0 | | done | | |", "| 1 | crash | our mistake | what was saved before | `casefile verify` |"]
    rows.append("| 3 | | done, but something could not be read (commands that read evidence) | everything is sealed | `casefile defects` |")
    for problem in sorted(_problems(errors.Problem), key=lambda item: item.status):
        rows.append(f"| {problem.status} | {problem.name} | {problem.what} | {problem.safe} | {problem.next} |")
    rows += [
        "| 130 | | Ctrl-C | what was saved before | give the command again |",
        "| 141 | | broken pipe | | |",
        "| 143 | | asked to end (TERM) | what was saved before | |",
    ]
    return "\n".join(rows) + "\n"


def _problems(base: type) -> Iterator[type]:
    for problem in base.__subclasses__():
        yield problem
        yield from _problems(problem)


def formats() -> str:
    """Return which exports can be read."""
    from sextortion_cli.guide.waiting import waiting
    from sextortion_cli.importers.base import importers
    from sextortion_cli.words import translator

    norwegian = translator("nb")

    parts = ["# Formats\n", "Made by `scripts/docs.py` from the importers; do not edit.\n"]
    parts += ["| service | importer | how long the service takes | seen |\n|---|---|---|---|"]
    ordered = sorted(importers().values(), key=lambda item: (item.service.casefold(), item.id))
    for importer in ordered:
        known = waiting(importer.service)
        takes, seen = ("not known", "") if known is None else (known.takes, f"{known.seen}, {known.source}")
        parts += [f"| {importer.service} | [`{importer.id}`](#{importer.id}) | {takes} | {seen} |"]
    parts += [""]
    for importer in ordered:
        parts += [f"## {importer.id}\n\n{importer.service}.\n", importer.how_to_export + "\n", norwegian(importer.how_to_export) + "\n"]
        parts += ["**What it leaves out.** " + importer.limits + "\n", f"Checked against: {importer.seen_on}\n"]
        parts += ["Known and not a message: " + "; ".join(f"`{code}` ({why})" for code, why in importer.noise.items()) + "\n"]
    return "\n".join(parts)


def platforms() -> str:
    """Return what the police need at each provider, and every fact with its source, from the reviewed data file."""
    from sextortion_cli.guide import platforms as known

    rule = known.law()
    parts = [
        "# What the police need at each provider\n",
        "Made by `scripts/docs.py` from `sextortion_cli/guide/data/platforms.toml`; do not edit.\n",
        f"Last gone through on {known.checked()}. What nobody found out is *unknown*. `casefile missing` uses these facts.\n",
        f"{rule.text} {_cited(rule.source)}\n",
    ]
    for platform in known.platforms().values():
        parts += [f"## {platform.name}\n", f"Provider: {platform.provider}. `{platform.id}`\n", "| | what | source |\n|---|---|---|"]
        for need in platform.needs:
            unsure = "" if need.is_sure else " (where it stands in the app was not checked)"
            parts.append(f"| needed | {need.title}. {need.how}{unsure} | {_cited(need.source)} |")
        for kind, fact in platform.facts.items():
            parts.append(f"| {kind} | {fact.text or '*unknown*'} | {_cited(fact.source)} |")
        parts.append("")
    parts += [
        "## Ways to pay\n",
        "| | payee | number of the payment | where it stands | what can be done | source |\n|---|---|---|---|---|---|",
    ]
    for rail in known.rails().values():
        act = rail.act or "*unknown*"
        told = (rail.name, rail.destination, rail.reference, rail.where, act, _cited(rail.source))
        parts.append("| " + " | ".join(told) + " |")
    return "\n".join(parts) + "\n"


def services() -> str:
    """Return what the other side learns and what disappears on each service, every answer with its source, and what to save."""
    from sextortion_cli.guide import services as known
    from sextortion_cli.guide.platforms import platforms as named
    from sextortion_cli.guide.waiting import names, waiting
    from sextortion_cli.importers.base import importers

    parts = [
        "# What the other side learns, and what disappears\n",
        "Made by `scripts/docs.py` from `sextortion_cli/guide/data/services.toml`; do not edit.\n",
        f"Last gone through on {known.checked()}. What nobody found out is *unknown*; *not checked in the app* means: not read at the service itself.",
        "`casefile guide capture SERVICE` shows this before the list of what to save.\n",
        "## What to save\n",
        *(f"{number}. **{shot.title}.** {shot.text}" for number, shot in enumerate(known.shots(), 1)),
        "",
    ]
    for key in known.known_services():
        name = named()[key].name
        parts += [f"## {name}\n", "| question | answer | source |\n|---|---|---|"]
        for told in known.answers(key).values():
            answer = known.ANSWER[told.answer] if told.text is None else known.shown(told)
            parts.append(f"| {told.title} | {f'*{answer}*' if told.text is None else answer} | {_cited(told.source)} |")
        takes = next((found for found in map(waiting, names(name)) if found is not None), None)
        ways = [f"{importers()[item].how_to_export} ([`{item}`](formats.md#{item}))" for item in known.own_data(key)]
        how = " ".join(ways) or "*Unknown.*"
        parts.append(
            f"| How do I get my own data? | {how} | {'the formats of this program' if ways else _cited(known.sources()['searched'])} |"
        )
        parts.append(
            f"| How long does that take? | {takes.takes if takes else '*Unknown.*'} | "
            f"{f'{takes.source}; read {takes.seen}' if takes else _cited(known.sources()['searched'])} |\n"
        )
    return "\n".join(parts)


def phone(language: str) -> str:
    """Return the page that says how files come from a phone to a computer, made from what `guide phone` says."""
    from sextortion_cli.guide import phone as guide
    from sextortion_cli.guide.topics import steps, topics
    from sextortion_cli.model.route import ROUTE
    from sextortion_cli.words import translator

    say = translator(language)
    title = next(topic.title for topic in topics(language) if topic.id == "phone")
    made = "<!-- Made by scripts/docs.py from sextortion_cli/guide/data/phone.toml and topics.toml; do not edit. -->\n"
    parts = [made, f"# {title}\n", *_numbered(steps("phone", language, None))]
    for part in guide.parts(language):
        parts += [f"{'#' * (3 if '-' in part.id else 2)} {part.title}\n", *_numbered(part.moves)]
    parts += [f"## {say(guide.WAYS_TITLE)}\n", *(f"- **{say(ROUTE[way.id])}**: {way.text}" for way in guide.ways(language))]
    sources = sorted({_cited(source) for source in guide.sources().values()})
    return "\n".join([*parts, "", say(guide.UNSURE), "", "---", "", *(f"- {source}" for source in sources)]) + "\n"


def _numbered(found: Iterable[Any]) -> list[str]:
    """Return steps as a numbered list, with the lines to copy."""
    lines = []
    for number, step in enumerate(found, 1):
        lines.append(" ".join([f"{number}. {step.text}", *(f"`{command}`" for command in step.commands)]))
    return [*lines, ""]


def _cited(source: object) -> str:
    of = f", of {source.of}" if source.of else ""  # type: ignore[attr-defined]
    return f"{source.name}{of}; read {source.seen}"  # type: ignore[attr-defined]


def sheet(language: str) -> str:
    """Return the paper sheet; in Norwegian with Norway's numbers, in English with those that hold everywhere."""
    from sextortion_cli.guide.papersheet import page

    return page(language, "NO" if language == "nb" else None)


def schema() -> str:
    """Return the JSON Schema of the case file (draft 2020-12)."""
    from sextortion_cli.model.casefile import schema as published

    found = published()
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def help_lines() -> str:
    """Return every help line by country, in English and bokmål, from the reviewed data file."""
    from sextortion_cli.guide import lines
    from sextortion_cli.guide.helplines import by_kind
    from sextortion_cli.words import translator

    norwegian = translator("nb")
    parts = [
        "# Help lines / Hjelpelinjer\n",
        "Made by `scripts/docs.py` from `sextortion_cli/guide/data/help.toml`; do not edit.\n",
        "In danger: the emergency number first. `casefile guide help` says who answers now.\n",
        "I fare: nødnummeret først. `casefile guide help` sier hvem som svarer nå.\n",
    ]
    for country in lines.countries():
        name = lines.country_name(country)
        parts += [f"## {name} / {norwegian(name)} ({country})\n" if norwegian(name) != name else f"## {name} ({country})\n"]
        parts += ["| | | how / hvordan | hours / åpningstid | checked / kontrollert |", "|---|---|---|---|---|"]
        for line in lines.printed(country):
            kind = by_kind(line.kind)
            told = " ".join(filter(None, (line.text, norwegian(line.text) if line.text else None)))
            for place, way in enumerate(line.ways):
                what = " / ".join(dict.fromkeys((kind, norwegian(kind)))) if place == 0 else ""
                who = f"{line.name or ''}{'. ' if line.name and told else ''}{told}" if place == 0 else ""
                hours = {"always": "always / alltid", "unknown": "not known / ikke kjent"}.get(
                    way.hours.text, f"{way.hours.text} ({line.zone})"
                )
                if way.by == "web":
                    hours = ""
                parts.append(f"| {what} | {who} | {way.by}: **{way.value}** | {hours} | {line.checked if place == 0 else ''} |")
        parts.append("")
    return "\n".join(parts)


def short_lines() -> str:
    """Return the table of the page for who is in the middle of it: emergency, someone to talk to, under 18."""
    from sextortion_cli.guide import lines

    rows = ["| country | emergency | someone to talk to | under 18 |", "|---|---|---|---|"]
    for country in lines.countries():
        medical, police = (lines.number(country, kind) for kind in lines.EMERGENCY)
        emergency = f"**{medical}**" if medical == police else f"**{medical}**, police **{police}**"
        adult, child = (lines.number(country, kind) or "" for kind in ("crisis-adult", "crisis-child"))
        rows.append(f"| {lines.country_name(country)} | {emergency} | {adult} | {child} |")
    return "\n".join(rows)


_OPEN, _CLOSE = "<!-- help lines: made by scripts/docs.py from guide/data/help.toml -->\n", "<!-- end -->"


def with_lines(text: str) -> str:
    """Return a page with the table of help lines in its place."""
    before, _, rest = text.partition(_OPEN)
    return f"{before}{_OPEN}{short_lines()}\n{_CLOSE}{rest.partition(_CLOSE)[2]}"


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {
        "cli.md": cli(),
        "exit-codes.md": exit_codes(),
        "formats.md": formats(),
        "platforms.md": platforms(),
        "services.md": services(),
        "../now/phone.md": phone("en"),
        "../now/phone.nb.md": phone("nb"),
        "case-file.schema.json": schema(),
        "../now/help-lines.md": help_lines(),
        "../now/README.md": with_lines((PAGES / "../now/README.md").read_text(encoding="utf-8")),
        f"{NOW}/notes.html": sheet("en"),
        f"{NOW}/notes.nb.html": sheet("nb"),
    }


def main() -> int:
    """Write the pages, or say which have drifted."""
    made = pages()
    if sys.argv[1:] == ["write"]:
        PAGES.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (PAGES / name).write_text(text, encoding="utf-8")
        return 0
    drifted = [name for name, text in made.items() if not (PAGES / name).is_file() or (PAGES / name).read_text(encoding="utf-8") != text]
    print("docs: " + (", ".join(drifted) + " drifted: scripts/docs.py write" if drifted else "up to date"))
    return bool(drifted)


if __name__ == "__main__":
    sys.exit(main())
