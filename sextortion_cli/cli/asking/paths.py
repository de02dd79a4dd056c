r"""
Paths as terminals and file managers hand them over when files are dragged or pasted: quoted, escaped, as addresses, several on a line.

    /home/x/a.png                     plain
    '/home/x/my file.png'             GNOME, KDE; with '\'' for an apostrophe
    /home/x/my\ file.png              macOS Terminal, kitty
    "C:\Users\x\my file.png"          Windows; also & 'C:\...' of PowerShell
    file:///home/x/my%20file.png      some terminals, and a copied file
"""

from __future__ import annotations

import os
import re
import shlex

_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_DRIVE = re.compile(r"['\"\u201c\u2018]?(?:[A-Za-z]:[\\/]|\\\\[^\\])")
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_LONGEST = 100_000
_WORDS = 1_000


def dragged(text: str) -> list[str]:
    """
    Return the paths a line names, as they are; whether they are there is for others to say.

    A line that as a whole names something is one path, whatever is in it. Parts that are not there are put together again with the
    words behind them, as long as that gives something that is.
    """
    text = text.strip().strip("\x00")[:_LONGEST]
    if not text or "\x00" in text:
        return []
    whole = _local(text)
    if os.path.lexists(whole):
        return [whole]
    if text.startswith("& "):  # PowerShell calls a quoted path
        text = text[2:].lstrip()
    return _together([_local(part) for part in _parts(text)])


def _parts(text: str) -> list[str]:
    found, straight = _split(text), text.translate(_QUOTES)
    if straight != text and not (found and all(os.path.lexists(_local(part)) for part in found)):
        found = _split(straight) or found
    return found or text.split()


def _split(text: str) -> list[str]:
    """Split as a shell does; nothing where a quotation mark has no other half, like an apostrophe in a name."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    if _DRIVE.match(text):
        lexer.escape = ""  # there, what escapes elsewhere is the separator
    try:
        return list(lexer)
    except ValueError:
        return []


def _local(text: str) -> str:
    """Return the path behind an address (``file:///...``, ``file://localhost/...``) or ``~``; anything else as it is."""
    if text[:7].lower() == "file://":
        host, slash, path = text[7:].partition("/")
        if host.lower() in ("", "localhost") and slash:
            found = os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), os.fsencode(path)))
            return found if re.match(r"[A-Za-z]:", found) else "/" + found
        return text
    return os.path.expanduser(text) if text.startswith("~") else text


def _together(parts: list[str]) -> list[str]:
    """Put words together again that name something only as a whole: a path with blanks that nobody quoted."""
    if len(parts) > _WORDS:  # no line of paths: nothing is put together
        return parts
    found: list[str] = []
    at = 0
    while at < len(parts):
        if not os.path.lexists(parts[at]):
            for end in range(min(len(parts), at + 30), at + 1, -1):
                joined = " ".join(parts[at:end])
                if os.path.lexists(joined):
                    found.append(joined)
                    at = end
                    break
            else:
                found.append(parts[at])
                at += 1
            continue
        found.append(parts[at])
        at += 1
    return found
