"""The text of `README.txt` in a case folder: neutral words, how to check it by hand, in every language the program speaks."""

from __future__ import annotations

from sextortion_cli.words import LANGUAGES, N_, translator

_COMMANDS = """\
  Linux    sha256sum FILE
  macOS    shasum -a 256 FILE
  Windows  certutil -hashfile FILE SHA256
           (PowerShell: Get-FileHash FILE)
"""


def readme_text() -> str:
    """Return the text. It is part of what the first record binds, so it says the same whoever opens the case: all languages, English first."""
    say = [translator(language) for language in sorted(LANGUAGES, key=lambda language: (language != "en", language))]
    parts = ["\n".join(one(text) for one in say) + "\n" for text in (_DO_NOT, _HOW)]
    parts.append(_COMMANDS)
    parts += [one(_LIST) + "\n" for one in say]
    return "\n".join(parts)


_DO_NOT = N_("Archive folder. Please do not change, rename or delete files in it.")
_HOW = N_("How to check it by hand: every file under objects/sha256/ is named\nby its own SHA-256 checksum.")
_LIST = N_(
    "The list of what was put here, when and by whom is log.jsonl, one record\na line. The file head gives its length and checksum. index.sqlite, cache\n"
    "and lock can be made again and are not part of the archive."
)
