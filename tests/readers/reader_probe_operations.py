"""Operations that read honestly, die, cheat, and try each forbidden thing: they run in the child and say what happened."""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sextortion_cli.model.reading import Conversation, Message, Noise, Sender
from sextortion_cli.readers.operation import Limits, OperationSpec

_LIBC = ctypes.CDLL(None, use_errno=True)
_ZONES: dict[str, ZoneInfo] = {}
_PREPARED: list[int] = []


def lines(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield each line as a message."""
    data = os.pread(fd, os.fstat(fd).st_size, 0)
    start = 0
    yield Conversation(name="Kari Eksempel")
    for line in data.splitlines(keepends=True):
        end = start + len(line)
        yield Message(start, end, "text", Sender("Ola Eksempel"), text=line.decode().rstrip("\n"))
        start = end
    return {"size": len(data), **options}


def many(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield `count` messages without looking at the file."""
    for number in range(options["count"]):
        yield Message(number, number + 1, "text", Sender("Ola Eksempel"), text="hei " * options.get("words", 1))


def blocks(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield the file's bytes, and a record between."""
    yield {"kind": "before"}
    yield os.pread(fd, 3 << 20, 0)
    yield {"kind": "after"}
    return {"read": True}


def raises(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield one record, then raise with words that must not be passed on."""
    yield Message(0, 3, "text", text="hei")
    raise ZeroDivisionError("secret words")


def hungry(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Use more memory than allowed."""
    yield Message(0, 3, "text", text="hei")
    held = [bytes(64 << 20) for _ in range(100)]
    yield {"held": len(held)}


def sleeps(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield one record, then never end without using the processor."""
    yield {"pid": os.getpid()}
    yield b"x"
    while True:
        time.sleep(10)


def spins(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Use the processor for ever."""
    while True:
        pass
    yield


def floods(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Answer for ever."""
    while True:
        yield b"x" * (1 << 20)


def segfault(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield one record, then touch memory that is not there."""
    yield Message(0, 3, "text", text="hei")
    yield b""
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    ctypes.string_at(8)


def aborts(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Die as C++ libraries do."""
    yield b"x"
    os.abort()


def leaves(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Leave without a word."""
    yield Message(0, 3, "text", text="hei")
    yield b"x"
    os._exit(0)


def garbage(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Write raw bytes into the pipe."""
    yield b"x"
    pipe = next(number for number in range(3, 4096) if number != fd and _is_pipe(number))
    os.write(pipe, bytes.fromhex(options["hex"]) * options.get("times", 1))
    if options.get("wait"):
        time.sleep(60)


def _is_pipe(number: int) -> bool:
    try:
        return (os.fstat(number).st_mode & 0o170000) == 0o010000
    except OSError:
        return False


def huge(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield a record larger than a frame between two that are not, and one that is no valid text."""
    yield Message(0, 1, "text", text="a")
    yield Message(1, 2, "text", Sender("Ola Eksempel"), text="x" * (9 << 20))
    yield Message(2, 3, "text", text="\ud800")
    yield Noise(3, 4, "blank")


def huge_plain(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield a plain record larger than a frame."""
    yield {"a": 1}
    yield {"b": "x" * (9 << 20)}


def bad_records(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Yield records of no model."""
    yield Message(0, 3, "text", text="hei")
    yield b"x"
    yield Message(5, 2, "text") if options.get("range") else {"t": "unheard"}


def bad_result(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Return what is no dict."""
    yield Message(0, 3, "text", text="hei")
    return 7


def wall(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Say what the prepared zone gives."""
    yield {"zone": str(_ZONES[options["zone"]].utcoffset(None))}


def prepare_zone(options: dict[str, Any]) -> None:
    """Load a zone before the fork."""
    _ZONES[options["zone"]] = ZoneInfo(options["zone"])


def prepared_by(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Say which process prepared this, and which it is."""
    yield from ()
    return {"prepared_by": _PREPARED[-1], "child": os.getpid()}


def remember_process(options: dict[str, Any]) -> None:
    """Note who prepares."""
    _PREPARED.append(os.getpid())


def picky(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Do as each small file says."""
    word = os.pread(fd, 100, 0).decode()
    yield {"word": word}
    if word == "die":
        yield b"x"
        os._exit(1)
    if word == "big":
        yield bytes(3 << 20)
        os._exit(1)
    if word == "hang":
        time.sleep(60)
    if word == "eat":
        bytes(2 << 30)
    return {"word": word}


def probe(fd: int, options: dict[str, Any]) -> Iterator[Any]:
    """Try every forbidden thing; yield one record each."""
    folder, tcp4, tcp6 = options["folder"], options["tcp4"], options["tcp6"]
    there = os.path.join(folder, "there")
    attempts = {
        "open": lambda: os.open(there, os.O_RDONLY),
        "open-proc-environ": lambda: os.open("/proc/self/environ", os.O_RDONLY),
        "list": lambda: os.listdir(folder),
        "write": lambda: os.open(os.path.join(folder, "new"), os.O_WRONLY | os.O_CREAT),
        "append": lambda: os.open(there, os.O_WRONLY | os.O_APPEND),
        "write-source": lambda: os.write(fd, b"x"),
        "truncate": lambda: os.truncate(there, 0),
        "mkdir": lambda: os.mkdir(os.path.join(folder, "new-folder")),
        "unlink": lambda: os.unlink(there),
        "rename": lambda: os.rename(there, there + "2"),
        "link": lambda: os.link(there, there + "3"),
        "symlink": lambda: os.symlink(there, there + "4"),
        "chmod": lambda: os.chmod(there, 0o777),
        "chdir": lambda: os.chdir("/"),
        "memfd": lambda: os.memfd_create("x"),
        "pipe": os.pipe,
        "tcp-ipv4": lambda: socket.create_connection(("127.0.0.1", tcp4), timeout=2),
        "tcp-ipv6": lambda: socket.create_connection(("::1", tcp6), timeout=2) if tcp6 else _refuse(),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", tcp4)),
        "unix-socket": lambda: socket.socket(socket.AF_UNIX),
        "socketpair": socket.socketpair,
        "raw-socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "fork": _fork,
        "vfork-exec": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "execve": lambda: os.execve("/bin/true", ["true"], {}),
        "kill-server": lambda: os.kill(options["server"], 0),
        "ptrace": lambda: _checked(_LIBC.ptrace(16, options["server"], 0, 0)),
        "raise-limits": lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_FSIZE, (1, 1)),
        "io-uring": lambda: _checked(_LIBC.syscall(425, 8, ctypes.create_string_buffer(120))),
        "setuid": lambda: os.setuid(12345),
    }
    for name, attempt in attempts.items():
        yield {"attempt": name, "outcome": _outcome(attempt)}
    descriptors = [number for number in range(300) if _is_open(number)]
    yield {"attempt": "descriptors", "outcome": len(descriptors), "kinds": sorted(_kind(number) for number in descriptors)}
    yield {"attempt": "environment", "outcome": dict(os.environ), "left": _environment_strings(), "argv": sys.argv}
    yield {"attempt": "inherited", "outcome": [_outcome(lambda n=number: os.read(n, 1)) for number in options["held"]]}


def _refuse() -> None:
    raise OSError(errno.EPERM, "")


def _outcome(attempt: Any) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "unnamed")
    except ValueError:
        return "EPERM"  # resource.setrlimit says it this way
    return "done"


def _checked(value: int) -> None:
    if value < 0:
        raise OSError(ctypes.get_errno(), "")


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _kind(number: int) -> str:
    return {0o010000: "pipe", 0o100000: "file"}.get(os.fstat(number).st_mode & 0o170000, "other")


def _environment_strings() -> int:
    return len(list(os.environb if hasattr(os, "environb") else {})) + len(os.getenv("HOME") or "")


SHORT = Limits(cpu=1, wall=0.4, memory=1 << 30, output=2 << 20, ratio=0)
OPERATIONS = {
    "lines": OperationSpec(lines),
    "many": OperationSpec(many, limits=Limits(output=1 << 30)),
    "blocks": OperationSpec(blocks, "archive"),
    "raises": OperationSpec(raises),
    "hungry": OperationSpec(hungry),
    "sleeps": OperationSpec(sleeps, limits=SHORT),
    "sleeps-long": OperationSpec(sleeps),
    "spins": OperationSpec(spins, limits=Limits(cpu=1, wall=20.0)),
    "floods": OperationSpec(floods, limits=SHORT),
    "segfault": OperationSpec(segfault),
    "aborts": OperationSpec(aborts),
    "leaves": OperationSpec(leaves),
    "garbage": OperationSpec(garbage, limits=Limits(wall=1.0)),
    "huge": OperationSpec(huge),
    "huge-plain": OperationSpec(huge_plain),
    "bad-records": OperationSpec(bad_records),
    "bad-result": OperationSpec(bad_result),
    "zone": OperationSpec(wall, prepare=prepare_zone),
    "prepared-by": OperationSpec(prepared_by, prepare=remember_process),
    "missing-library": OperationSpec(lines, imports=("no_such_library_here",)),
    "picky": OperationSpec(picky, "picture", limits=Limits(wall=0.5, threads=True)),
    "probe": OperationSpec(probe, imports=("socket", "resource", "encodings.idna")),
}
