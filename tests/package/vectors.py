"""Packages with one fault each, made from a whole one. Each vector changes a copy in place and says what must be found."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sextortion_cli.model import logline
from sextortion_cli.model.checkpoint import Checkpoint, parse
from sextortion_cli.model.merkle import leaf_hash, root_of

Change = Callable[[Path], None]
HEAD, LOG = "data/custody/head", "data/custody/log.jsonl"
ORIGINAL, REPORT = "data/originals/A-001-whatsapp-text.txt", "data/reports/case-file.txt"
MANIFESTS = tuple(f"{kind}-{name}.txt" for kind in ("manifest", "tagmanifest") for name in ("sha256", "sha512"))


def reseal(package: Path) -> None:
    """Make all lists again, as somebody would who changed something and knows how bags work."""
    files = sorted(path for path in package.rglob("*") if path.is_file() and not path.is_symlink())
    names = [path.relative_to(package).as_posix() for path in files]
    payload = [name for name in names if name.startswith("data/")]
    size = sum((package / name).stat().st_size for name in payload)
    info = [line for line in (package / "bag-info.txt").read_text().splitlines() if not line.startswith("Payload-Oxum")]
    (package / "bag-info.txt").write_text("\n".join([*info, f"Payload-Oxum: {size}.{len(payload)}"]) + "\n")
    for kind, chosen in (("manifest", payload), ("tagmanifest", None)):
        for algorithm in ("sha256", "sha512"):
            listed = chosen or [
                path.name for path in sorted(package.iterdir()) if path.is_file() and not path.name.startswith("tagmanifest-")
            ]
            lines = [f"{hashlib.new(algorithm, (package / name).read_bytes()).hexdigest()}  {name}\n" for name in listed]
            (package / f"{kind}-{algorithm}.txt").write_text("".join(lines))


def rechain(package: Path, lines: list[bytes]) -> None:
    """Write a log anew with a head that fits: only a fingerprint from outside can show this."""
    head = parse((package / HEAD).read_bytes())
    prev = logline.genesis_prev(head.origin.partition("/")[2])
    made = []
    for number, line in enumerate(lines):
        record = {key: value for key, value in json.loads(line).items() if key != "self"}
        made.append(logline.encode({**record, "seq": number, "prev": prev}))
        prev = leaf_hash(made[-1]).hex()
    (package / LOG).write_bytes(b"".join(line + b"\n" for line in made))
    (package / HEAD).write_bytes(Checkpoint(head.origin, len(made), root_of([leaf_hash(line) for line in made])).text())


def edited(name: str, change: Callable[[bytes], bytes]) -> Change:
    def apply(package: Path) -> None:
        path = package / name
        before = path.read_bytes()
        after = change(before)
        assert after != before, "the vector changes nothing"
        path.write_bytes(after)

    return apply


def and_resealed(change: Change) -> Change:
    def apply(package: Path) -> None:
        change(package)
        reseal(package)

    return apply


def removed(name: str) -> Change:
    return lambda package: (package / name).unlink()


def added(name: str, data: bytes = b"more") -> Change:
    def apply(package: Path) -> None:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(data)

    return apply


def renamed(name: str, target: str) -> Change:
    return lambda package: os.rename(package / name, package / target) if (package / target).parent.is_dir() else None


def swapped(one: str, other: str) -> Change:
    def apply(package: Path) -> None:
        first, second = (package / one).read_bytes(), (package / other).read_bytes()
        (package / one).write_bytes(second)
        (package / other).write_bytes(first)

    return apply


def linked(name: str, target: str) -> Change:
    def apply(package: Path) -> None:
        (package / name).unlink(missing_ok=True)
        os.symlink(target, package / name)

    return apply


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


_LENGTH = {"sha256": 66, "sha512": 130}


def with_line(algorithm: str, name: bytes) -> Callable[[bytes], bytes]:
    return lambda data: lines_of(data)[0][: _LENGTH[algorithm]] + name + data


def log(change: Callable[[list[bytes]], list[bytes]]) -> Change:
    return edited(LOG, lambda data: b"".join(change(lines_of(data))))


def package_json(change: Callable[[dict[str, object]], object]) -> Change:
    def apply(data: bytes) -> bytes:
        found = json.loads(data)
        change(found)
        return json.dumps(found).encode()

    return edited("data/package.json", apply)


def every_file(names: list[str]) -> Iterator[tuple[str, Change, set[str]]]:
    """Yield what can happen to any file: a bit, a byte more, a byte less, nothing left, gone."""
    for name in names:
        listing = name.startswith("tagmanifest-")
        yield f"bit {name}", edited(name, lambda data: bytes([data[0] ^ 1]) + data[1:]), set() if listing else {"altered"}
        yield f"longer {name}", edited(name, lambda data: data + b"\n"), set()
        yield f"shorter {name}", edited(name, lambda data: data[:-1]), set()
        yield f"emptied {name}", edited(name, lambda data: b""), set()
        yield f"gone {name}", removed(name), {"missing"}


def special() -> Iterator[tuple[str, Change, set[str]]]:
    """Yield faults of a kind each, with at least the codes that must be found."""
    for algorithm in ("sha256", "sha512"):
        for kind in ("manifest", "tagmanifest"):
            name = f"{kind}-{algorithm}.txt"
            yield f"capitals {name}", edited(name, bytes.upper), {"malformed"}
            yield f"crlf {name}", edited(name, lambda data: data.replace(b"\n", b"\r\n")), {"malformed"}
            yield f"one space {name}", edited(name, lambda data: data.replace(b"  ", b" ", 1)), {"malformed"}
            yield f"star {name}", edited(name, lambda data: data.replace(b"  ", b" *", 1)), {"malformed"}
            yield f"twice {name}", edited(name, lambda data: lines_of(data)[0] + data), {"malformed"}
            yield f"reversed {name}", edited(name, lambda data: b"".join(reversed(lines_of(data)))), {"malformed"}
            yield f"line less {name}", edited(name, lambda data: b"".join(lines_of(data)[1:])), {"unlisted"}
            yield (
                f"outside {name}",
                edited(name, with_line(algorithm, b"../../etc/x\n")),
                {"malformed"},
            )
            yield (
                f"absolute {name}",
                edited(name, with_line(algorithm, b"/etc/x\n")),
                {"malformed"},
            )
            yield (
                f"drive {name}",
                edited(name, with_line(algorithm, b"C:/x\n")),
                {"malformed"},
            )
            yield (
                f"percent {name}",
                edited(name, lambda data: data.replace(b"A", b"%41", 1) if b"A" in data else data + b"%"),
                {"malformed"},
            )
    yield "lists itself", edited("tagmanifest-sha256.txt", lambda data: data + b"0" * 64 + b"  tagmanifest-sha512.txt\n"), {"malformed"}
    yield "payload in tags", edited("tagmanifest-sha256.txt", lambda data: b"0" * 64 + b"  data/package.json\n" + data), {"malformed"}
    yield "tag in payload", edited("manifest-sha256.txt", lambda data: data + b"0" * 64 + b"  zz.txt\n"), {"malformed"}
    yield "old version", edited("bagit.txt", lambda data: data.replace(b"1.0", b"0.97")), {"malformed", "altered"}
    yield "old version resealed", and_resealed(edited("bagit.txt", lambda data: data.replace(b"1.0", b"0.97"))), {"malformed"}
    yield "other letters", edited("bagit.txt", lambda data: data.replace(b"UTF-8", b"UTF-16")), {"malformed", "altered"}
    yield "mark in front", edited("bagit.txt", lambda data: b"\xef\xbb\xbf" + data), {"malformed", "altered"}
    yield "fewer bytes said", edited("bag-info.txt", lambda data: data.replace(b"Oxum: ", b"Oxum: 1")), {"payload-count", "altered"}
    yield "no bytes said", edited("bag-info.txt", lambda data: data.replace(b"Payload-Oxum", b"Payload-Axum")), {"payload-count", "altered"}
    yield "said twice", edited("bag-info.txt", lambda data: data + b"Payload-Oxum: 1.1\n"), {"payload-count", "altered"}
    for place in ("data/", "data/originals/", "data/custody/", "data/custody/readings/", "data/reports/", ""):
        yield f"more in {place}", added(f"{place}more.txt"), {"unlisted"}
    yield "hidden file", added("data/.hidden"), {"unlisted"}
    yield "name of other letters", added("data/\u00e6.txt"), {"unlisted"}
    yield "name that turns", added("data/\u202etxt.exe"), {"unlisted"}
    yield "fetch list", added("fetch.txt", b"http://example.org/x 1 data/x\n"), {"unlisted"}
    yield "md5 list", added("manifest-md5.txt"), {"unlisted"}
    yield "new folder", added("data/deep/er/x.txt"), {"unlisted"}
    yield "renamed", renamed(ORIGINAL, "data/originals/A-009.txt"), {"missing", "unlisted"}
    yield "other capitals", renamed(ORIGINAL, "data/originals/a-001-whatsapp-text.TXT"), {"missing", "unlisted"}
    yield "moved out", renamed(ORIGINAL, "A-001.txt"), {"missing", "unlisted"}
    yield "swapped", swapped(ORIGINAL, REPORT), {"altered"}
    yield "swapped and resealed", and_resealed(swapped(ORIGINAL, "data/originals/A-002.bin")), {"resealed"}
    yield "link to a file", linked("data/link.txt", "package.json"), {"unsafe"}
    yield "link out", linked("data/link.txt", "/etc/hostname"), {"unsafe"}
    yield "link for an original", linked(ORIGINAL, "../package.json"), {"unsafe", "missing"}
    yield "link to nothing", linked("data/link.txt", "nowhere"), {"unsafe"}
    yield "link to a folder", linked("data/more", ".."), {"unsafe"}
    yield "pipe", lambda package: os.mkfifo(package / "data/pipe"), {"unsafe"}
    yield "original for log", swapped(ORIGINAL, LOG), {"altered", "log-altered"}
    yield "altered and resealed", and_resealed(edited(ORIGINAL, lambda data: data.replace(b"Hei", b"Hoi"))), {"log-differs", "resealed"}
    yield "cut and resealed", and_resealed(edited(ORIGINAL, lambda data: data[:-3])), {"truncated", "resealed"}
    yield "longer and resealed", and_resealed(edited(ORIGINAL, lambda data: data + b"x")), {"log-differs", "resealed"}
    yield "removed and resealed", and_resealed(removed(ORIGINAL)), {"missing", "resealed"}
    yield "case.json resealed", and_resealed(edited("data/custody/case.json", lambda data: data + b" ")), {"log-differs", "resealed"}
    yield "readme resealed", and_resealed(edited("data/custody/README.txt", lambda data: data + b" ")), {"log-differs", "resealed"}
    yield "head gone, resealed", and_resealed(removed(HEAD)), {"missing", "resealed"}
    yield "log gone, resealed", and_resealed(removed(LOG)), {"missing", "resealed"}
    yield "list gone, resealed", and_resealed(removed("data/package.json")), {"missing", "resealed"}
    yield from _log()
    yield from _lists()


def _log() -> Iterator[tuple[str, Change, set[str]]]:
    for name, change, code in (
        ("last record gone", lambda lines: lines[:-1], "truncated"),
        ("first record gone", lambda lines: lines[1:], "truncated"),
        ("middle record gone", lambda lines: lines[:2] + lines[3:], "truncated"),
        ("all records gone", lambda lines: [], "truncated"),
        ("half a record", lambda lines: [*lines[:-1], lines[-1][:40]], "truncated"),
        ("record twice", lambda lines: [lines[0], *lines], "log-altered"),
        ("records swapped", lambda lines: [lines[1], lines[0], *lines[2:]], "log-altered"),
        ("record more", lambda lines: [*lines, lines[-1]], "log-altered"),
        ("empty line", lambda lines: [lines[0], b"\n", *lines[1:]], "log-altered"),
        ("no json", lambda lines: [b"no json\n", *lines[1:]], "log-altered"),
        ("not canonical", lambda lines: [lines[0].replace(b":", b": ", 1), *lines[1:]], "log-altered"),
        ("text changed", lambda lines: [*lines[:-1], lines[-1].replace(b"Lina", b"Lisa")], "log-altered"),
        ("time changed", lambda lines: [lines[0].replace(b'"utc":"2', b'"utc":"1'), *lines[1:]], "log-altered"),
        ("key twice", lambda lines: [lines[0].replace(b'{"actor"', b'{"actor":1,"actor"', 1), *lines[1:]], "log-altered"),
        ("nothing but numbers", lambda lines: [b"1\n", *lines[1:]], "log-altered"),
        ("a list", lambda lines: [b"[]\n", *lines[1:]], "log-altered"),
        ("deep", lambda lines: [b"[" * 100000 + b"\n", *lines[1:]], "log-altered"),
        ("windows line ends", lambda lines: [line[:-1] + b"\r\n" for line in lines], "log-altered"),
        ("leaf in a whole log", lambda lines: [b'{"leaf":"' + leaf_hash(lines[0][:-1]).hex().encode() + b'","seq":0}\n', *lines[1:]], "log-altered"),
        ("broken letters", lambda lines: [lines[0].replace(b'"actor"', b'"act\xffr"', 1), *lines[1:]], "log-altered"),
    ):  # fmt: skip
        yield f"log: {name}", log(change), {code, "altered"}
        yield f"log: {name}, resealed", and_resealed(log(change)), {code, "resealed"}
    for name, edit in (
        ("other size", lambda data: data.replace(b"\n", b"\n1", 1)),
        ("no size", lambda data: data.replace(b"\n", b"\nx", 1)),
        ("leading zero", lambda data: data.replace(b"\n", b"\n0", 1)),
        ("other root", lambda data: data[:-10] + (b"A" if data[-10:-9] != b"A" else b"B") + data[-9:]),
        ("other case", lambda data: data.replace(b"sextortion_cli/", b"sextortion_cli/0")),
        ("other log", lambda data: data.replace(b"sextortion_cli/", b"example.org/")),
        ("empty", lambda data: b""),
        ("no line end", lambda data: data[:-1]),
        ("one line more", lambda data: data + b"more\n"),
    ):
        yield f"head: {name}", edited(HEAD, edit), {"altered"}
        yield f"head: {name}, resealed", and_resealed(edited(HEAD, edit)), {"resealed"}


def _lists() -> Iterator[tuple[str, Change, set[str]]]:
    def no_file(found: dict[str, object]) -> None:
        found["exhibits"][0]["file"] = "data/originals/nowhere.txt"  # type: ignore[index]

    def other_file(found: dict[str, object]) -> None:
        found["exhibits"][0]["file"] = found["exhibits"][1]["file"]  # type: ignore[index]

    def up(found: dict[str, object]) -> None:
        found["exhibits"][0]["file"] = "../../../etc/hostname"  # type: ignore[index]

    def none(found: dict[str, object]) -> None:
        found["exhibits"] = []

    def no_key(found: dict[str, object]) -> None:
        del found["exhibits"][0]["file"]  # type: ignore[attr-defined]

    def numbers(found: dict[str, object]) -> None:
        found["exhibits"] = 7

    for change, code in ((no_file, "missing"), (other_file, "resealed"), (up, "missing"), (none, "missing"), (no_key, "unreadable"), (numbers, "unreadable")):  # fmt: skip
        yield f"list: {change.__name__}", package_json(change), {"altered"}
        yield f"list: {change.__name__}, resealed", and_resealed(package_json(change)), {code, "resealed"}
    for name, data in (
        ("no json", b"{"),
        ("a list", b"[]"),
        ("deep", b"[" * 100000),
        ("a number", b"1"),
        ("broken letters", b'{"\xff":1}'),
    ):
        yield f"list: {name}, resealed", and_resealed(edited("data/package.json", lambda _, data=data: data)), {"unreadable", "resealed"}


def vectors(names: list[str]) -> dict[str, tuple[Change, set[str]]]:
    """Return every vector by its name."""
    found = {}
    for name, change, codes in (*every_file(names), *special()):
        assert name not in found, name
        found[name] = (change, codes)
    return found
