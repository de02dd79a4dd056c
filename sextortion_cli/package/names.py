"""
The names of files in a package: ours, never the sender's; ASCII, short, safe on Windows, and nothing a mail gateway stops.

A name begins with the exhibit's number. The ending is the one of what the bytes are, not of what the sender called them; what could run, or
is stopped on its way (scripts, pages, shortcuts, certificates), ends with ``.bin``, and the list in the package says what it was.
"""

from __future__ import annotations

import re

LONGEST_NAME, LONGEST_PATH = 80, 180
#: Endings that are shown, never run, and let through by mail gateways; by the media type their bytes have.
_BY_TYPE = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/heic": "heic", "image/heif": "heif",
    "image/avif": "avif", "image/tiff": "tif", "image/bmp": "bmp", "image/x-ms-bmp": "bmp",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-matroska": "mkv", "video/3gpp": "3gp", "video/x-msvideo": "avi",
    "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/ogg": "ogg", "audio/x-wav": "wav", "audio/amr": "amr", "audio/aac": "aac",
    "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv", "application/json": "json", "application/x-ndjson": "txt",
    "application/zip": "zip", "application/gzip": "gz", "application/vnd.sqlite3": "sqlite", "application/x-sqlite3": "sqlite",
    "application/vnd.tcpdump.pcap": "pcap", "message/rfc822": "eml", "application/mbox": "mbox",
}  # fmt: skip
#: The same, for what the bytes alone do not tell: the sender's ending is taken where it is one of these.
_PLAIN_TEXT = frozenset({"txt", "csv", "json", "jsonl", "log", "md", "eml", "mbox", "vcf", "ics"})
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"com{number}" for number in range(10)), *(f"lpt{number}" for number in range(10))}
)
_WORD = re.compile(r"[^a-z0-9]+")
_OURS = re.compile(r"[A-Za-z0-9._-]{1,80}")
#: What mail gateways stop by its ending, wherever in a name it stands (Exchange's list, and what runs or is rendered).
BLOCKED = frozenset(
    {
        *(
            "ade",
            "adp",
            "app",
            "application",
            "appref-ms",
            "asp",
            "aspx",
            "asx",
            "bas",
            "bat",
            "cab",
            "cer",
            "chm",
            "cmd",
            "com",
            "cpl",
            "crt",
        ),
        *(
            "csh",
            "der",
            "diagcab",
            "dll",
            "exe",
            "fxp",
            "gadget",
            "grp",
            "hlp",
            "hpj",
            "hta",
            "htc",
            "htm",
            "html",
            "inf",
            "ins",
            "iso",
            "isp",
        ),
        *(
            "its",
            "jar",
            "jnlp",
            "js",
            "jse",
            "ksh",
            "lnk",
            "mad",
            "maf",
            "mag",
            "mam",
            "mht",
            "mhtml",
            "msc",
            "msh",
            "msi",
            "msp",
            "mst",
            "msu",
        ),
        *(
            "ops",
            "osd",
            "pcd",
            "pif",
            "pl",
            "plg",
            "prf",
            "prg",
            "ps1",
            "psc1",
            "py",
            "pyc",
            "pyo",
            "pyw",
            "pyz",
            "pyzw",
            "reg",
            "scf",
            "scr",
        ),
        *("sct", "sh", "shb", "shs", "svg", "theme", "tmp", "url", "vb", "vbe", "vbp", "vbs", "vhd", "vhdx", "vsmacros", "vsw", "webpnp"),
        *("website", "ws", "wsc", "wsf", "wsh", "xbap", "xhtml", "xll", "xnk"),
    }
)


def original_name(exhibit: str, what: str | None, media_type: str | None, sender: str) -> str:
    """
    Return the name of an original.

    Args:
        what: What it is in a word: the reader that read it, or the kind the person stated.
        media_type: What its bytes are, where that is known.
        sender: The name it came with; only a harmless ending is taken from it.
    """
    return f"{_words(exhibit, 20)}{_tail(what)}.{_ending(media_type, sender)}"


def viewing_name(exhibit: str, ending: str) -> str:
    """Return the name of a viewing copy."""
    return f"{_words(exhibit, 20)}-viewing-copy.{ending}"


def _words(text: str, longest: int) -> str:
    """Return letters, digits and single hyphens only; capitals are kept for the number's own."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)
    return "-".join(part for part in kept.split("-") if part)[:longest].strip("-") or "exhibit"


def _tail(what: str | None) -> str:
    found = _WORD.sub("-", (what or "").lower()).strip("-")[:30].strip("-")
    return f"-{found}" if found else ""


def _ending(media_type: str | None, sender: str) -> str:
    known = _BY_TYPE.get(media_type or "")
    written = sender.rpartition(".")[2].lower() if "." in sender else ""
    if known in (None, "txt", "json", "csv") and (media_type or "").startswith(("text/plain", "text/csv", "application/json", "message/")):
        return written if written in _PLAIN_TEXT else known or "txt"
    return known or "bin"


OUR_PAGE = "case-file.html"
"""The one page of ours: it holds no script, and a desk opens it with a double click. No original is ever called so."""


def faults(path: str) -> list[str]:
    """Return what is wrong with a path in a package: each a word for the rule it breaks; nothing for a good one."""
    found = [] if len(path) <= LONGEST_PATH else ["long-path"]
    for part in path.split("/"):
        if not _OURS.fullmatch(part):
            found.append("letters" if len(part) <= LONGEST_NAME else "long-name")
        if part[:1] == "." or part[-1:] in ("", ".", " "):
            found.append("dots")
        if part.partition(".")[0].lower() in _RESERVED:
            found.append("reserved")
    name = path.rpartition("/")[2]
    if name.rpartition(".")[2].lower() in BLOCKED and name != OUR_PAGE:
        found.append("blocked")
    return found
