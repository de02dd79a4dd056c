"""
The engines that tell a media type by content: libmagic of the system, libmagic of a wheel, or a Rust port.

python-magic finds its library by starting ``ldconfig`` and a compiler, and importing pylibmagic rewrites the environment and patches
ctypes. This program starts no other program and changes no environment, so the library is named to python-magic by path here.
Each engine holds everything in memory once it is made: afterwards it opens no file.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

UNKNOWN = "application/octet-stream"
_SYSTEM_LIBRARIES = {
    "linux": ("libmagic.so.1",),
    "darwin": ("/opt/homebrew/lib/libmagic.dylib", "/opt/local/lib/libmagic.dylib", "/usr/local/lib/libmagic.dylib"),
}
_SYSTEM_DATABASES = (
    "/usr/lib/file/magic.mgc",
    "/usr/share/misc/magic.mgc",
    "/usr/share/file/magic.mgc",
    "/opt/homebrew/share/misc/magic.mgc",
    "/opt/local/share/misc/magic.mgc",
    "/usr/local/share/misc/magic.mgc",
)


class Engine(Protocol):
    """Something that knows media types by content. `name` holds its version (``libmagic 5.44``)."""

    name: str

    def media_type(self, head: bytes) -> str:
        """Return the media type of `head`, or ``application/octet-stream``."""

    def sentence(self, head: bytes) -> str:
        """Return what the engine says about `head` in its own words, or nothing."""


class LibMagic:
    """libmagic through python-magic, with the library and its database given by path."""

    def __init__(self, library: str, database: str) -> None:
        magic = _import_magic(library)
        self._error: type[Exception] = magic.MagicException
        self._mime = magic.Magic(mime=True, magic_file=database)
        self._text = magic.Magic(magic_file=database)
        number = int(magic.version())
        self.name = f"libmagic {number // 100}.{number % 100:02d}"

    def media_type(self, head: bytes) -> str:
        """Return the media type of `head`."""
        return self._ask(self._mime, head) or UNKNOWN

    def sentence(self, head: bytes) -> str:
        """Return libmagic's own description of `head`."""
        return self._ask(self._text, head)

    def _ask(self, cookie: Any, head: bytes) -> str:
        try:
            return str(cookie.from_buffer(head))
        except (self._error, UnicodeDecodeError):
            return ""


class PureMagic:
    """pure-magic-rs: the same database compiled into a Rust wheel; the only engine on Windows."""

    def __init__(self) -> None:
        module = importlib.import_module("pure_magic_rs")
        self._database = module.MagicDb()
        self.name = f"pure-magic-rs {importlib.metadata.version('pure-magic-rs')}"

    def media_type(self, head: bytes) -> str:
        """Return the media type of `head`."""
        found = self._ask(head)
        return str(found.mime_type) if found is not None else UNKNOWN

    def sentence(self, head: bytes) -> str:
        """Return the engine's description of `head`."""
        found = self._ask(head)
        return str(found.message) if found is not None else ""

    def _ask(self, head: bytes) -> Any:
        try:
            return self._database.first_magic_buffer(head)
        except ValueError:
            return None


class NoEngine:
    """Nothing is installed: every type is unknown to it, and the record says so."""

    name = "none"

    def media_type(self, head: bytes) -> str:
        """Return ``application/octet-stream``."""
        return UNKNOWN

    def sentence(self, head: bytes) -> str:
        """Return nothing."""
        return ""


def system_libmagic() -> Engine:
    """Return the system's libmagic. Raises ImportError or OSError where there is none."""
    database = next((path for path in _SYSTEM_DATABASES if Path(path).is_file()), None)
    if database is None:
        raise ImportError("no libmagic database")
    for library in _SYSTEM_LIBRARIES.get(sys.platform, ()):
        try:
            ctypes.CDLL(library)
        except OSError:
            continue
        return LibMagic(library, database)
    raise ImportError("no system libmagic")


def wheel_libmagic() -> Engine:
    """Return pylibmagic's library without importing pylibmagic. Raises ImportError or OSError where it is not installed."""
    spec = importlib.util.find_spec("pylibmagic")
    if spec is None or spec.origin is None:
        raise ImportError("pylibmagic is not installed")
    folder = Path(spec.origin).parent
    library = folder / ("libmagic.dylib" if sys.platform == "darwin" else "libmagic.so")
    if not (library.is_file() and (folder / "magic.mgc").is_file()):
        raise ImportError("pylibmagic without its library")
    return LibMagic(str(library), str(folder / "magic.mgc"))


ENGINES: tuple[Callable[[], Engine], ...] = (system_libmagic, wheel_libmagic, PureMagic)


def engines(makers: tuple[Callable[[], Engine], ...] = ENGINES) -> Iterator[Engine]:
    """Yield the engines that can be made here, best first, and `NoEngine` last."""
    for maker in makers:
        try:
            yield maker()
        except (ImportError, OSError, AttributeError, ValueError):
            continue
    yield NoEngine()


def _import_magic(library: str) -> Any:
    """Import python-magic bound to `library`; python-magic binds once per process, so another library needs another process."""
    bound = getattr(sys.modules.get("magic"), "libmagic", None)
    if bound is not None:
        if getattr(bound, "_name", None) != library:
            raise ImportError("python-magic is bound to another library")
        return sys.modules["magic"]
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: library if name == "magic" else None
    try:
        return importlib.import_module("magic")
    finally:
        ctypes.util.find_library = original
