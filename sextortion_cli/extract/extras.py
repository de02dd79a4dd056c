"""Parts that are installed separately: what each is for, whether it is here, and the line that installs it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import cache

#: How a 7z archive begins (7-Zip, DOC/7zFormat.txt).
SEVENZIP_MAGIC = b"7z\xbc\xaf\x27\x1c"
SEVENZIP = "application/x-7z-compressed"
_MODULE = "py7zr"
_WANTED = "py7zr>=1.1.4,<2"


@cache
def has_sevenzip() -> bool:
    """Tell whether 7z archives can be read here. Looks for the library without loading it."""
    try:
        return importlib.util.find_spec(_MODULE) is not None
    except ImportError:
        return False


def prepare_sevenzip() -> None:
    """
    Load what reads 7z archives; a limited child can load nothing.

    Raises:
        ImportError: It is not installed, or not whole.
    """
    importlib.import_module("sextortion_cli.extract.sevenzips")


def install_line() -> str:
    """Return what a person types to be able to read 7z archives, with the Python that runs now."""
    return f'{sys.executable or "python3"} -m pip install "{_WANTED}"'
