"""Run the benchmarks: see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import data, identifierdata, phones, scaling
from benchmarks.measure import Side, alternate, once, ratio
from sextortion_cli.importers.base import importer_ids

HERE = Path(__file__).parent
US = [sys.executable, "-m", "sextortion_cli"]
Row = dict[str, Any]
_PEAK_MIB = 150
_ROWS = "startup,report,whatsapp,extract,telegram,meta,imessage,sms,scaling,identifiers,screenshots,archive,acquire,verify,lock,package"


class Bench:
    """One run of the benchmarks."""

    def __init__(self, folder: Path, scale: float, rounds: int, importers: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.importers = importers
        self.scale = scale
        self.rounds = rounds
        folder.mkdir(parents=True, exist_ok=True)

    def made(self, name: str, make: Callable[[Path], dict[str, int]]) -> tuple[Path, dict[str, int]]:
        """Return generated data, under the name it would have, and its truth, making it once per size."""
        path = self.folder / f"scale-{self.scale}" / name
        truth = path.with_name(path.name + ".truth.json")
        if not truth.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            truth.write_text(json.dumps(make(path)), encoding="ascii")
        return path, json.loads(truth.read_text(encoding="ascii"))

    def new_case(self) -> tuple[Path, Callable[[], None]]:
        """Return a case folder and what makes it anew before every run."""
        case = self.folder / "case"

        def before() -> None:
            shutil.rmtree(case, ignore_errors=True)
            subprocess.run(
                [*US, "new", str(case), "--minor", "no", "--timezone", "Europe/Oslo", "--no-input", "-q"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            os.sync()

        return case, before

    def chat(self, name: str, make: Callable[[Path, int], dict[str, int]], parser: str, target: float) -> Iterator[Row]:
        """Whole import of a chat against chat-miner's parse alone."""
        path, truth = self.made(name, lambda place: make(place, int(1_000_000 * self.scale)))
        case, before = self.new_case()
        ours = Side("casefile import", [*US, "--case", str(case), "import", str(path), "--no-input", "-q"], before)
        names = [str(place) for place in sorted(path.rglob("*.json"))] if path.is_dir() else [str(path)]
        parse = f"from chatminer.chatparsers import {parser} as P\nfor name in {names!r}:\n p = P(name)\n p.parse_file()"
        peer = Side("chat-miner parse", [sys.executable, "-c", parse])
        alternate(ours, [peer], self.rounds, memory=True)
        found = _count(case)
        row = {**_row(name, ours, peer, target), "truth": truth, "found": found, "exact": truth.items() <= found.items()}
        yield {**row, "peak_target_mib": _PEAK_MIB}

    def whatsapp(self) -> Iterator[Row]:
        """A WhatsApp export."""
        yield from self.chat("WhatsApp Chat with Lina.txt", data.whatsapp, "WhatsAppParser", 0.35)

    def telegram(self) -> Iterator[Row]:
        """A Telegram export."""
        yield from self.chat("result.json", data.telegram, "TelegramJsonParser", 0.5)

    def meta(self) -> Iterator[Row]:
        """An Instagram download in files of 10,000 messages."""
        yield from self.chat("instagram", data.meta, "InstagramJsonParser", 0.5)

    def archive(self) -> Iterator[Row]:
        """A download of several GB as zip and as tar: listed, one conversation taken, everything taken. Only memory has a target."""
        for suffix in ("zip", "tar"):
            path, truth = self.made(f"instagram.{suffix}", lambda place: data.archive(place, int(5_000_000_000 * self.scale)))
            case, before = self.new_case()
            take = [*US, "--case", str(case), "import", str(path), "--no-input", "-q"]
            for name, command, expected in (
                ("listed", [*US, "contents", str(path), "-q"], 0),
                ("one conversation", [*take, "--thread", "Lina Example"], truth["in_one"]),
                ("everything", [*take, "--shows", "adults-only"], truth["messages"]),
            ):
                ours = Side(f"casefile, {name}", command, before)
                once(ours, memory=True)
                found = _count(case)["messages"]
                sample = ours.samples[0]
                memory = {"peak_rss_mib": round(sample.rss, 1), "peak_pss_mib": round(sample.pss, 1), "target_mib": 300}
                us = {"row": f"archive, {suffix}, {name}", "us": round(sample.wall, 3), "rounds": 1}
                yield {**us, **memory, "truth": truth, "exact": found == expected}
            shutil.rmtree(case)
            path.unlink()
            path.with_name(path.name + ".truth.json").unlink()

    def grows(self, name: str, make: Callable[[Path, int], dict[str, int]]) -> Iterator[Row]:
        """Whole import at full size and at a tenth of it, in turn: memory, and whether time grows with the file."""
        case, before = self.new_case()
        sides = []
        for part in (0.1, 1.0):
            path, truth = self.made(f"{part}/{name}", lambda place, part=part: make(place, int(1_000_000 * self.scale * part)))
            sides.append(Side(f"casefile import, {part}", [*US, "--case", str(case), "import", str(path), "--no-input", "-q"], before))
        for _ in range(self.rounds):
            for side in sides:
                once(side, memory=True)
        found = _count(case)
        cpu = [statistics.median(item.cpu for item in side.samples) for side in sides]
        yield {
            "row": name,
            "us": round(sides[1].median(), 3),
            "cpu_s": [round(seconds, 3) for seconds in cpu],
            "ratio": round(cpu[1] / cpu[0], 2),
            "target": 11.0,
            "rounds": self.rounds,
            **_peaks(sides[1]),
            "peak_target_mib": _PEAK_MIB,
            "truth": truth,
            "found": found,
            "exact": truth.items() <= found.items(),
        }

    def imessage(self) -> Iterator[Row]:
        """A chat.db of Apple Messages."""
        yield from self.grows("chat.db", phones.imessage)

    def sms(self) -> Iterator[Row]:
        """A backup of text messages as XML."""
        yield from self.grows("sms.xml", phones.sms)

    def scaling(self) -> Iterator[Row]:
        """Every importer: ten times the file. One without a sample is a row that failed."""
        for identity in self.importers or importer_ids():
            if identity in scaling.samples().SAMPLES:
                yield scaling.grown(identity, self.folder / "scaling")
            else:
                yield {"row": f"scaling {identity}", "failed": "no sample in tests/importers/amplified.py"}

    def acquire(self) -> Iterator[Row]:
        """Copy with three hashes and durable commits, against cp and bagit; then verify what was acquired."""
        source, _ = self.made("files", lambda place: data.files(place, max(40, int(10_861 * self.scale)), int(4_000_000_000 * self.scale)))
        case, before = self.new_case()
        bag = self.folder / "bag"

        def fresh() -> None:
            shutil.rmtree(bag, ignore_errors=True)
            os.sync()

        bagit = [sys.executable, "-m", "bagit"]
        three = f"cp -r {source} {bag} && {' '.join(bagit)} --quiet --sha256 --sha1 --md5 {bag}"
        one = f"cp -r {source} {bag} && {' '.join(bagit)} --quiet --sha256 {bag}"
        ours = Side(
            "casefile import", [*US, "--case", str(case), "import", str(source), "--shows", "adults-only", "--no-input", "-q"], before
        )
        peers = [Side("cp + bagit, three hashes", ["sh", "-c", three], fresh), Side("cp + bagit, SHA-256", ["sh", "-c", one], fresh)]
        alternate(ours, peers, self.rounds)
        yield _row("acquire", ours, peers[0], 0.8)
        yield _row("acquire (one hash)", ours, peers[1], None)
        shutil.rmtree(bag, ignore_errors=True)

    def verify(self) -> Iterator[Row]:
        """Verify an acquired case against sha256sum and rhash over the same files."""
        source, _ = self.made("files", lambda place: data.files(place, max(40, int(10_861 * self.scale)), int(4_000_000_000 * self.scale)))
        case, before = self.new_case()
        before()
        subprocess.run(
            [*US, "--case", str(case), "import", str(source), "--shows", "adults-only", "--no-input", "-q"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        ours = Side("casefile verify", [*US, "--case", str(case), "verify", "-q"])
        names = f"find {case}/objects -type f -print0 | xargs -0"
        peers = [Side("sha256sum", ["sh", "-c", f"{names} sha256sum"])]
        if shutil.which("rhash"):
            peers.append(Side("rhash", ["sh", "-c", f"{names} rhash --sha256"]))
        alternate(ours, peers, self.rounds)
        for peer, target in zip(peers, (0.42, 0.9), strict=False):
            yield _row(f"verify / {peer.name}", ours, peer, target)

    def lock(self) -> Iterator[Row]:
        """Encrypt a case to two keys, and the whole lock with both re-openings, against age to the same recipients; memory."""
        if not shutil.which("age"):
            return
        source, _ = self.made(
            "lock files", lambda place: data.files(place, max(40, int(2_000 * self.scale)), int(2_000_000_000 * self.scale))
        )
        case, before = self.new_case()
        before()
        subprocess.run(
            [*US, "--case", str(case), "import", str(source), "--shows", "adults-only", "--no-input", "-q"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        secret, out = self.folder / "passphrase", self.folder / "age.out"
        secret.write_text("four words for nothing\n", encoding="ascii")
        made = f"from pathlib import Path\nfrom sextortion_cli import locking as k\nfrom sextortion_cli.model.session import Session\nr = k.set_up(Path({str(case)!r}), Session(), 'four words for nothing', k.new_words())\nprint(*r)"
        keys = subprocess.run([sys.executable, "-c", made], check=True, capture_output=True, text=True).stdout.split()
        size = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
        both = " ".join(f"-r {key}" for key in keys)

        def unlocked() -> None:
            if (case / "locked.age").exists():
                command = [*US, "--case", str(case), "unlock", "--passphrase-file", str(secret), "-q", "--no-input"]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            out.unlink(missing_ok=True)
            os.sync()

        def age() -> Side:
            return Side("tar | age, synced", ["sh", "-c", f"tar -C {case} -cf - . | age {both} -o {out} && sync {out}"], unlocked)

        encrypt = f"from pathlib import Path\nfrom sextortion_cli import locking as k\nk._encrypted(Path({str(out)!r}), k._stream(Path({str(case)!r})), {tuple(keys)!r})"
        for name, command, target in (
            ("lock: encryption alone", [sys.executable, "-c", encrypt], 2.5),
            ("lock, both keys re-open it", [*US, "--case", str(case), "lock", "--passphrase-file", str(secret), "-q", "--no-input"], 6.0),
            ("lock --panic", [*US, "--case", str(case), "lock", "--panic", "-q", "--no-input"], 6.0),
        ):
            ours, peer = Side(name, command, unlocked), age()
            alternate(ours, [peer], self.rounds, memory=True)
            cpu = [round(statistics.median(item.cpu for item in side.samples), 3) for side in (ours, peer)]
            yield {**_row(name, ours, peer, target), "cpu_s": cpu, "bytes": size, "peak_target_mib": 100}
        out.unlink(missing_ok=True)
        secret.unlink()

    def package(self) -> Iterator[Row]:
        """Hand an acquired case over, against cp and bagit over its originals; check the package, against sha256sum over its files."""
        source, _ = self.made("files", lambda place: data.files(place, max(40, int(10_861 * self.scale)), int(4_000_000_000 * self.scale)))
        case, before = self.new_case()
        before()
        subprocess.run(
            [*US, "--case", str(case), "import", str(source), "--shows", "adults-only", "--no-input", "-q"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        bag, package = self.folder / "bag", self.folder / "package"

        def fresh() -> None:
            for place in (bag, package):
                shutil.rmtree(place, ignore_errors=True)
            os.sync()

        ours = Side("casefile handover", [*US, "--case", str(case), "handover", "--output", str(package), "--no-input", "-q"], fresh)
        one = f"cp -r {case}/objects {bag} && {sys.executable} -m bagit --quiet --sha256 {bag}"
        peers = [Side("cp + bagit, SHA-256", ["sh", "-c", one], fresh)]
        alternate(ours, peers, self.rounds)
        yield _row("package", ours, peers[0], 1.3) | _processor(ours, peers[0])
        fresh()
        once(ours)
        ours = Side("casefile intake verify", [*US, "intake", "verify", str(package), "-q"])
        peers = [Side("sha256sum", ["sh", "-c", f"find {package} -type f -print0 | xargs -0 sha256sum"])]
        alternate(ours, peers, self.rounds)
        yield _row("intake verify", ours, peers[0], 0.5) | _processor(ours, peers[0])
        fresh()

    def report(self) -> Iterator[Row]:
        """The page and the Markdown of a case of 100,000 messages, in turn: processor seconds (at most 10) and memory (at most 300 MiB)."""
        path, truth = self.made("report-chat.txt", lambda place: data.whatsapp(place, int(100_000 * self.scale)))
        case, before = self.new_case()
        before()
        subprocess.run([*US, "--case", str(case), "import", str(path), "--no-input", "-q"], check=True, stdout=subprocess.DEVNULL)
        target = str(self.folder / "report.out")
        call = [*US, "--case", str(case), "report", "--force", "--output", target, "-q", "--format"]
        sides = [Side(f"casefile report --format {form}", [*call, form]) for form in ("html", "markdown")]
        for _ in range(self.rounds):
            for side in sides:
                once(side, memory=True)
        for side in sides:
            cpu = statistics.median(item.cpu for item in side.samples)
            yield {
                "row": side.name, "us": round(side.median(), 3), "cpu_s": round(cpu, 3), "target": 10.0, "rounds": self.rounds, **_peaks(side),
                "peak_target_mib": 300, "truth": truth,
            }  # fmt: skip

    def identifiers(self) -> Iterator[Row]:
        """Import and find identifiers, whole commands, against iocsearcher; then ten times the data; then whether what is found is right."""
        times = []
        for name, size in (("identifiers 20 MB", 20_000_000), ("identifiers 200 MB", 200_000_000)):
            path, truth = self.made(f"{name}.txt", lambda place, size=size: identifierdata.write(place, 1, int(size * self.scale)))
            case, before = self.new_case()
            both = " && ".join(
                shlex.join([*US, "--case", str(case), *command])
                for command in (
                    ["import", str(path), "--date-order", "dmy", "--shows", "nothing-intimate", "--no-input", "-q"],
                    ["identifiers", "--jsonl", "--unmask", "--region", "NO", "-q"],
                )
            )
            ours = Side("casefile import + identifiers", ["sh", "-c", f"{both} > {self.folder / 'found.jsonl'}"], before)
            peers = (
                [Side("iocsearcher", [sys.executable, "-m", "iocsearcher", "-F", "-p", "NO", "-f", str(path), "-o", os.devnull])]
                if not times
                else []
            )
            alternate(ours, peers, self.rounds if not times else 1, memory=True)
            times.append(ours.median())
            if peers:
                yield _row(name, ours, peers[0], 0.10)
            else:
                peak = {
                    "peak_rss_mib": round(max(item.rss for item in ours.samples), 1),
                    "peak_pss_mib": round(max(item.pss for item in ours.samples), 1),
                }
                yield {
                    "row": name,
                    "us": round(times[1], 3),
                    "ratio": round(times[1] / times[0], 3),
                    "target": 11,
                    "peer_name": "20 MB",
                    **peak,
                }
            yield {"row": f"{name}, right", **identifierdata.judged(truth, self.folder / "found.jsonl")}
        for seed in (2, 3):
            path, truth = self.made(
                f"seed{seed}.txt", lambda place, seed=seed: identifierdata.write(place, seed, int(5_000_000 * self.scale))
            )
            case, before = self.new_case()
            before()
            subprocess.run(
                [*US, "--case", str(case), "import", str(path), "--date-order", "dmy", "--shows", "nothing-intimate", "-q"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            with (self.folder / "found.jsonl").open("wb") as stream:
                subprocess.run(
                    [*US, "--case", str(case), "identifiers", "--jsonl", "--unmask", "--region", "NO", "-q"], check=True, stdout=stream
                )
            yield {"row": f"identifiers, seed {seed}", **identifierdata.judged(truth, self.folder / "found.jsonl")}

    def extract(self) -> Iterator[Row]:
        """A WhatsApp export of a million messages, identifiers found in the same run."""
        path, _ = self.made("WhatsApp Chat with Lina.txt", lambda place: data.whatsapp(place, int(1_000_000 * self.scale)))
        case, before = self.new_case()
        ours = Side("casefile import --extract", [*US, "--case", str(case), "import", str(path), "--extract", "--no-input", "-q"], before)
        parse = f"from chatminer.chatparsers import WhatsAppParser as P\np = P({str(path)!r})\np.parse_file()"
        peer = Side("chat-miner parse", [sys.executable, "-c", parse])
        alternate(ours, [peer], self.rounds, memory=True)
        yield _row("WhatsApp with --extract", ours, peer, 0.5)

    def screenshots(self) -> Iterator[Row]:
        """Seal, type and read the metadata of screenshots, against exiftool and cp."""
        if not shutil.which("exiftool"):
            return
        source, _ = self.made("screenshots", lambda place: data.screenshots(place, int(2000 * self.scale)))
        case, before = self.new_case()
        copy = self.folder / "copy"
        ours = Side(
            "casefile import", [*US, "--case", str(case), "import", str(source), "--shows", "adults-only", "--no-input", "-q"], before
        )
        both = f"exiftool -r -json -fast {source} > /dev/null && cp -r {source} {copy}"
        peer = Side("exiftool + cp", ["sh", "-c", both], lambda: shutil.rmtree(copy, ignore_errors=True))
        alternate(ours, [peer], self.rounds)
        yield _row("screenshots", ours, peer, 0.75)
        shutil.rmtree(copy, ignore_errors=True)

    def startup(self) -> Iterator[Row]:
        """Start-up against a Typer hello-world."""
        hello = [sys.executable, str(HERE / "hello.py")]
        case, before = self.new_case()
        before()
        rounds = max(15, self.rounds)
        add = [*US, "--case", str(case), "contact", "add", "--service", "Example", "--handle", "lina", "-q"]
        for name, command, peer, target in (
            ("--version", [*US, "--version"], hello, 0.15),
            ("--help", [*US, "--help"], [*hello, "--help"], 1.15),
            ("contact add", add, hello, 1.2),
        ):
            sides = Side(name, command), Side("hello", peer)
            alternate(sides[0], [sides[1]], rounds)
            yield _row(name, *sides, target)


def _row(name: str, ours: Side, peer: Side, target: float | None) -> Row:
    found = ratio(ours, peer)
    row: Row = {
        "row": name,
        "us": round(ours.median(), 3),
        "peer": round(peer.median(), 3),
        "peer_name": peer.name,
        "ratio": round(found, 3),
        "target": target,
    }
    row["rounds"] = len(ours.samples)
    return row | _peaks(ours)


def _processor(ours: Side, peer: Side) -> Row:
    """Return the ratio of processor time beside that of the clock: other work on the machine bears on it less."""
    return {"cpu_ratio": round(statistics.median(a.cpu / b.cpu for a, b in zip(ours.samples, peer.samples, strict=True)), 3)}


def _peaks(side: Side) -> Row:
    if not side.samples[0].rss:
        return {}
    return {
        "peak_rss_mib": round(max(item.rss for item in side.samples), 1),
        "peak_pss_mib": round(max(item.pss for item in side.samples), 1),
    }


def _count(case: Path) -> dict[str, int]:
    found = {"messages": 0, "multiline": 0, "media": 0}
    process = subprocess.Popen([*US, "--case", str(case), "messages", "--jsonl", "-q"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        found["messages"] += 1
        message = json.loads(line)
        found["multiline"] += "\n" in (message["text"] or "")
        found["media"] += message["kind"] == "media"
    process.wait()
    return found


def main() -> int:
    """Run what was asked for, print it, keep it."""
    options = argparse.ArgumentParser(prog="python -m benchmarks")
    options.add_argument("--only", default=_ROWS)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "casefile-benchmarks")
    options.add_argument("--importers", default="", help="which of them `scaling` looks at; all where none is named")
    asked = options.parse_args()
    bench = Bench(asked.data, asked.scale, asked.rounds, tuple(filter(None, asked.importers.split(","))))
    rows: list[Row] = []
    for name in asked.only.split(","):
        for row in getattr(bench, name)():
            rows.append(row)
            print(json.dumps(row), flush=True)
    if asked.scale == 1.0:
        _keep(rows)
    return 0


def _keep(rows: list[Row]) -> None:
    versions = {name: metadata.version(name) for name in ("typer", "pydantic", "msgspec", "pillow", "chat-miner", "bagit") if _has(name)}
    machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "system": platform.system(), "python": platform.python_version()}
    now = datetime.now(UTC)
    rows = [{key: value for key, value in row.items() if key not in ("missed", "wrong")} for row in rows]  # made numbers may be somebody's
    found = {"date": now.strftime("%Y-%m-%d %H:%M"), "machine": machine, "versions": versions, "rows": rows}
    place = HERE / "results" / f"{now.strftime('%Y-%m-%d-%H%M')}.json"
    place.parent.mkdir(exist_ok=True)
    while place.exists():  # another run of this minute
        place = place.with_name(f"{place.stem}b.json")
    place.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _has(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
