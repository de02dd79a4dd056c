"""What a reader server can be asked to do: named operations, the libraries they need, and the limits they run under."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import msgspec

Kind = Literal["text", "json", "picture", "archive", "ocr"]

Operation = Callable[[int, dict[str, Any]], Iterator[Any]]
"""
Runs in the child: gets a read-only descriptor and the request's options (``beside`` among them holds the descriptors of files read with
it, by name, where the request has any); yields records (msgspec structs or plain dicts) or
bytes. What its generator returns (a plain dict, or None) goes into the end frame. It must not need any file, module or
environment variable that was not loaded before the fork: see `OperationSpec.imports` and `OperationSpec.prepare`.
"""

GIB = 1 << 30
MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True):
    """
    What one child may use. Allowances grow with the size of what it reads.

    Attributes:
        memory: Address space, in bytes.
        cpu: Processor seconds for an empty object.
        wall: Seconds the parent waits for an empty object; time in which the parent is busy with the answer does not count.
        rate: Bytes that must be read per further second.
        output: Bytes of answer for an empty object.
        ratio: Further bytes of answer per byte read.
        threads: The child may start threads (never processes).
    """

    memory: int = GIB
    cpu: int = 8
    wall: float = 8.0
    rate: int = MIB
    output: int = 32 * MIB
    ratio: int = 64
    threads: bool = False

    def cpu_seconds(self, size: int) -> int:
        """Return the processor seconds allowed for `size` bytes."""
        return self.cpu + size // self.rate

    def wall_seconds(self, size: int) -> float:
        """Return how long the parent waits for an object of `size` bytes."""
        return self.wall + size / self.rate

    def output_bytes(self, size: int) -> int:
        """Return how many bytes an answer about `size` bytes may have."""
        return self.output + size * self.ratio


LIMITS: Mapping[Kind, Limits] = {
    "text": Limits(),
    "json": Limits(),
    "picture": Limits(threads=True),
    # The reader of archives has its own limits on ratio and total; this one only stops a reader that has lost its own.
    "archive": Limits(output=GIB, ratio=256),
    "ocr": Limits(memory=3 * GIB, cpu=60, wall=60.0, threads=True),
}


class OperationSpec(msgspec.Struct, frozen=True):
    """
    One thing a reader server can do.

    Attributes:
        run: What runs in the child.
        kind: Selects the limits.
        imports: Modules loaded in the server before the fork, because the child can open no file. Modules that Python loads
            on first use count too (``_strptime``, ``encodings.cp1252``).
        prepare: Called in the server, before the fork, with the options of each request: loads data that only the options
            name (a time zone). Never sees evidence.
        limits: Instead of those of `kind`.
    """

    run: Operation
    kind: Kind = "text"
    imports: tuple[str, ...] = ()
    prepare: Callable[[dict[str, Any]], None] | None = None
    limits: Limits | None = None

    @property
    def bounds(self) -> Limits:
        """Return the limits this operation runs under."""
        return self.limits or LIMITS[self.kind]


# Python loads a codec on first use, which a child cannot. (UTF-7 and other codecs no export uses are left out.)
CODECS = ("ascii", "latin_1", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "cp1252", "unicode_escape")


def resolve(dotted: str) -> Mapping[str, OperationSpec]:
    """
    Return the operations that ``package.module:NAME`` names, and load the common codecs.

    Raises:
        ImportError, AttributeError: There is no such module or name.
    """
    module, _, name = dotted.partition(":")
    for codec in CODECS:
        importlib.import_module(f"encodings.{codec}")
    table: Mapping[str, OperationSpec] = getattr(importlib.import_module(module), name)
    return table


def ready(spec: OperationSpec, every_options: list[dict[str, Any]]) -> str:
    """Load what `spec` needs for these requests; return "" or why that failed (never a path or a message of the library)."""
    try:
        for module in spec.imports:
            importlib.import_module(module)
        if spec.prepare is not None:
            for options in every_options:
                spec.prepare(options)
    except ImportError as error:
        return f"cannot load {error.name}"
    except (OSError, ValueError, LookupError, AttributeError) as error:
        return f"cannot load: {type(error).__name__}"
    return ""
