"""Which alphabet bytes are in: what a mail declares, what the bytes bear out, and a mark where the two differ."""

from __future__ import annotations

import codecs
import encodings
import encodings.aliases
import functools

import msgspec

#: Loaded before the child loses the right to open files; Python reads a codec's module on first use.
KNOWN = (
    "ascii", "utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp865", "cp866", "cp874", "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5",
    "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-10", "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r",
    "koi8-u", "mac-roman", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_1",
    "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "euc_kr", "cp949", "iso2022_kr", "tis_620",
)  # fmt: skip
#: Mails say the narrow name and use the wide alphabet (as the WHATWG Encoding Standard has it).
_WIDER = {"iso8859-1": "cp1252", "ascii": "ascii", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
_MORE_NAMES = {
    "x-unknown": "", "unknown-8bit": "", "default": "", "utf8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7", "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "x-mac-roman": "mac-roman", "ks_c_5601-1987": "cp949", "cp-850": "cp850", "windows-874": "cp874",
}  # fmt: skip


class Decoded(msgspec.Struct, frozen=True):
    """
    A text and how it was read.

    Attributes:
        text: Without carriage returns before line feeds.
        charset: What the bytes were read as.
        problem: Code of a defect, or "".
        lossy: Some bytes are shown as U+FFFD.
    """

    text: str
    charset: str
    problem: str = ""
    lossy: bool = False


def prepare() -> None:
    """Load every codec of `KNOWN`."""
    for name in KNOWN:
        codecs.lookup(name)
    _codecs()


@functools.cache
def _codecs() -> dict[str, str]:
    """Return the codec of every name this module knows, by normalised name: nothing else is ever looked up, let alone loaded."""
    aliases = encodings.aliases.aliases
    found, modules = {}, {}
    for name in KNOWN:
        try:
            codec = codecs.lookup(name).name
        except LookupError:  # this Python has no such codec, or nothing was prepared
            continue
        found[_normal(name)] = found[_normal(codec)] = codec
        modules[aliases.get(_normal(name), _normal(name))] = codec
    for alias, module in aliases.items():
        if module in modules:
            found.setdefault(_normal(alias), modules[module])
    return found


def _normal(name: str) -> str:
    return encodings.normalize_encoding(name.lower()).lower()


def codec_of(declared: str) -> str | None:
    """Return the codec for a declared charset, or None when there is none that decodes text."""
    name = declared.strip().strip("\"'").lower()[:60]
    name = _MORE_NAMES.get(name, name)
    return _codecs().get(_normal(name)) if name and name.isascii() else None


def decode(data: bytes, declared: str | None) -> Decoded:
    """
    Return `data` as text.

    Without a charset it is ASCII (RFC 2045, section 5.2); where bytes contradict what is declared, UTF-8 is tried, then windows-1252,
    and the mail's defect says so.
    """
    codec = None if declared is None else codec_of(declared)
    problem = "" if codec or declared is None else "unknown-charset"
    for name, mark in _candidates(codec, data, problem):
        try:
            return Decoded(data.decode(name), name, mark)
        except (UnicodeError, ValueError, AssertionError):  # some codecs of the standard library raise more than they say
            continue
    try:
        shown = data.decode(codec or "utf-8", "replace")
    except (UnicodeError, ValueError, AssertionError):
        shown = data.decode("latin-1")
    return Decoded(shown, codec or "utf-8", "undecodable-text", lossy=True)


def _candidates(codec: str | None, data: bytes, problem: str) -> list[tuple[str, str]]:
    if codec is None or codec == "ascii":
        wrong = problem or ("undeclared-8bit" if not data.isascii() else "")
        return [("ascii", problem), ("utf-8", wrong), ("cp1252", wrong), ("latin-1", wrong)]
    wider = _WIDER.get(codec, codec)
    last = [("latin-1", "")] if codec == "iso8859-1" else []
    return [(wider, ""), *last, ("utf-8", "wrong-charset"), *([("cp1252", "wrong-charset")] if codec == "utf-8" else [])]
