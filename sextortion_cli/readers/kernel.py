"""
The Linux kernel's means to limit a process: process control, Landlock and seccomp, called through ctypes.

No dependency is used for these: py-landlock has no network rules of its own version range and pyseccomp needs libseccomp.so,
which a fresh machine lacks. Only the reader server imports this module, so the parent stays light.

References: prctl(2), landlock(7), seccomp(2), linux/filter.h; system call numbers from asm/unistd_64.h and asm-generic/unistd.h.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct
from collections.abc import Iterator

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
CREATE_RULESET, RESTRICT_SELF = 444, 446
RULESET_VERSION = 1
LD, JEQ, JSET, RET = 0x20, 0x15, 0x45, 0x06  # BPF: load word, jump if equal, jump if any bit, return
ALLOW, REFUSE, NO_SUCH_CALL, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000  # return codes; EPERM, ENOSYS
CLONE_THREAD = 0x00010000

# name: (x86_64, aarch64). Everything a reader needs once its file is open and its libraries are loaded; the rest is refused.
CALLS = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "readv": (19, 65), "writev": (20, 66),
    "pread64": (17, 67), "preadv": (295, 69), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "sched_yield": (24, 124), "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "poll": (7, None),
    "ppoll": (271, 73), "restart_syscall": (219, 128), "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "time": (201, None),
    "gettimeofday": (96, 169), "clock_gettime": (228, 113), "clock_getres": (229, 114), "times": (100, 153), "getrusage": (98, 165),
    "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293), "membarrier": (324, 283), "sched_getaffinity": (204, 123),
    "getrandom": (318, 278), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
FCNTL, FSTATAT, CLONE, CLONE3, TGKILL = (72, 25), (262, 79), (56, 220), (435, 435), (234, 131)
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC: what mmap and file objects ask about their own descriptors.
FCNTL_COMMANDS = (0, 1, 2, 3, 1030)
AT_EMPTY_PATH = 0x1000  # how the C library asks about an open descriptor
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column in the table, AUDIT_ARCH

_LIBC = ctypes.CDLL(None, use_errno=True)
_PRCTL = _LIBC.prctl
_PRCTL.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
_SYSCALL = _LIBC.syscall
_SYSCALL.restype = ctypes.c_long


def control(option: int, value: int, extra: int = 0) -> bool:
    """Set a property of this process; say whether the kernel took it (prctl(2))."""
    done: bool = _PRCTL(option, value, extra, 0, 0) == 0
    return done


def die_with(parent: int, signal_number: int) -> bool:
    """Have the kernel send `signal_number` when the parent dies; False when `parent` is gone already."""
    control(PR_SET_PDEATHSIG, signal_number)
    return os.getppid() == parent


def wipe_environment() -> None:
    """Clear the environment, and overwrite the strings the process was started with."""
    strings = ctypes.POINTER(ctypes.c_void_p).in_dll(_LIBC, "environ")
    index = 0
    while strings and (address := strings[index]):
        ctypes.memset(address, 0, len(ctypes.string_at(address)))
        index += 1
    os.environ.clear()


@functools.cache
def landlock_version() -> int:
    """Return the Landlock ABI of this kernel; 0 where it has none."""
    return max(0, int(_SYSCALL(ctypes.c_long(CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint(RULESET_VERSION))))


def landlock() -> str:
    """Give up every right to files, TCP, abstract sockets and signals outwards; return ``landlock(abi)``, or "" where not held."""
    version = landlock_version()
    if not version:
        return ""
    files = (1 << 13) - 1
    files |= sum(1 << bit for bit, since in ((13, 2), (14, 3), (15, 5)) if version >= since)
    rules = struct.pack("=QQQ", files, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _SYSCALL(ctypes.c_long(CREATE_RULESET), rules, ctypes.c_size_t(size), ctypes.c_uint(0))
    if ruleset < 0:
        return ""
    held = _SYSCALL(ctypes.c_long(RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint(0)) == 0
    os.close(ruleset)
    return f"landlock({version})" if held else ""


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _when(number: int, argument: int, tests: Iterator[tuple[int, int]]) -> bytes:
    """Return steps that allow call `number` when one of `tests` (jump, value) holds for the low half of its `argument`."""
    steps = b"".join(_step(jump, value, 0, 1) + _step(RET, ALLOW) for jump, value in tests)
    body = _step(LD, 16 + 8 * argument) + steps + _step(RET, REFUSE)
    return _step(JEQ, number, 0, len(body) // 8) + body


@functools.cache
def _program(threads: bool) -> bytes:
    """Return the filter but for its own process id and its last step; b"" on a machine whose call numbers we do not know."""
    if platform.machine() not in MACHINES or struct.calcsize("P") != 8:
        return b""
    column, architecture = MACHINES[platform.machine()]
    steps = [_step(LD, 4), _step(JEQ, architecture, 1, 0), _step(RET, KILL), _step(LD, 0)]
    for numbers in CALLS.values():
        if (number := numbers[column]) is not None:
            steps += [_step(JEQ, number, 0, 1), _step(RET, ALLOW)]
    # The C library falls back to clone, whose flags a filter can see.
    steps += [_step(JEQ, CLONE3[column], 0, 1), _step(RET, NO_SUCH_CALL)]
    steps.append(_when(FCNTL[column], 1, ((JEQ, command) for command in FCNTL_COMMANDS)))
    steps.append(_when(FSTATAT[column], 3, iter([(JEQ, AT_EMPTY_PATH)])))
    if threads:
        steps.append(_when(CLONE[column], 0, iter([(JSET, CLONE_THREAD)])))
    return b"".join(steps)


def seccomp(threads: bool) -> str:
    """
    Refuse, with EPERM, every system call but those of `CALLS`, and with `threads` new threads; return ``seccomp``, or "" where not held.

    No sockets of any kind, no processes, no execution, no opening, no signals but to itself (so that abort() is seen as one).
    """
    start = _program(threads)
    if not start:
        return ""
    column = MACHINES[platform.machine()][0]
    program = start + _when(TGKILL[column], 0, iter([(JEQ, os.getpid())])) + _step(RET, REFUSE)
    held = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(held)))
    return "seccomp" if control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(header)) else ""


def warm() -> None:
    """Work out once, before the fork, what every child needs."""
    landlock_version()
    _program(False)
    _program(True)
