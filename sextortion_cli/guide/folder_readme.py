"""The text of `README.txt` in a case folder: neutral words, and how to check it by hand."""

README_TEXT = """\
Archive folder. Please do not change, rename or delete files in it.
Arkivmappe. Ikke endre, gi nytt navn til eller slett filer her.

How to check it by hand / Slik kan den kontrolleres for hand:
Every file under objects/sha256/ is named by its own SHA-256 checksum.
Hver fil under objects/sha256/ har sin egen SHA-256-kontrollsum som navn.

  Linux    sha256sum FILE
  macOS    shasum -a 256 FILE
  Windows  certutil -hashfile FILE SHA256
           (PowerShell: Get-FileHash FILE)

The list of what was put here, when and by whom is log.jsonl, one record
a line. The file head gives its length and checksum. index.sqlite, cache
and lock can be made again and are not part of the archive.
"""
