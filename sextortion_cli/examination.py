"""
What happens inside the limited child: the only code that interprets evidence.

Each operation gets a read-only descriptor of one file and a few options, yields records or bytes, and returns a short account.
The reader server (`readers/server.py`) runs it in a process that can open, write, connect to and start nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import msgspec

from sextortion_cli.extract import archive, textparts
from sextortion_cli.extract.mediatype import MediaTyper
from sextortion_cli.importers.base import importers
from sextortion_cli.importers.source import Source
from sextortion_cli.model.reading import Message, ReadOptions, Record
from sextortion_cli.normalise.times import TimeNormaliser
from sextortion_cli.readers.server import OperationSpec
from sextortion_cli.readers.tally import Tally

_TEXTUAL = frozenset({"text", "json", "xml", "html", "database", "other"})
_PIECE = 1 << 18
OPERATIONS: Mapping[str, OperationSpec] = {}
_ = (archive, textparts, MediaTyper, importers, Source, Message, ReadOptions, Record, TimeNormaliser, Tally, hashlib, os, msgspec, Generator, Iterator, Any)
