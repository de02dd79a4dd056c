"""The reference pages, made from the program itself: `write` them, or `check` that they have not drifted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

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

    parts = ["# Formats\n", "Made by `scripts/docs.py` from the importers; do not edit.\n"]
    parts += ["| service | importer | how long the service takes | seen |\n|---|---|---|---|"]
    ordered = sorted(importers().values(), key=lambda item: (item.service.casefold(), item.id))
    for importer in ordered:
        known = waiting(importer.service)
        takes, seen = ("not known", "") if known is None else (known.takes, f"{known.seen}, {known.source}")
        parts += [f"| {importer.service} | [`{importer.id}`](#{importer.id}) | {takes} | {seen} |"]
    parts += [""]
    for importer in ordered:
        parts += [f"## {importer.id}\n\n{importer.service}.\n", importer.how_to_export["en"] + "\n", importer.how_to_export["nb"] + "\n"]
        parts += ["**What it leaves out.** " + importer.limits["en"] + "\n", f"Checked against: {importer.seen_on}\n"]
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
        f"{rule.text['en']} {_cited(rule.source)}\n",
    ]
    for platform in known.platforms().values():
        parts += [f"## {platform.name}\n", f"Provider: {platform.provider}. `{platform.id}`\n", "| | what | source |\n|---|---|---|"]
        for need in platform.needs:
            unsure = "" if need.is_sure else " (where it stands in the app was not checked)"
            parts.append(f"| needed | {need.title['en']}. {need.how['en']}{unsure} | {_cited(need.source)} |")
        for kind, fact in platform.facts.items():
            parts.append(f"| {kind} | {fact.text['en'] if fact.text else '*unknown*'} | {_cited(fact.source)} |")
        parts.append("")
    parts += [
        "## Ways to pay\n",
        "| | payee | number of the payment | where it stands | what can be done | source |\n|---|---|---|---|---|---|",
    ]
    for rail in known.rails().values():
        act = rail.act["en"] if rail.act else "*unknown*"
        told = (rail.name["en"], rail.destination["en"], rail.reference["en"], rail.where["en"], act, _cited(rail.source))
        parts.append("| " + " | ".join(told) + " |")
    return "\n".join(parts) + "\n"


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


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {
        "cli.md": cli(),
        "exit-codes.md": exit_codes(),
        "formats.md": formats(),
        "platforms.md": platforms(),
        "case-file.schema.json": schema(),
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
