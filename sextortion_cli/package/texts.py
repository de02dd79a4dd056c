"""What a package says to whoever opens it: what this is, what is in it and what is not, and how to check it without us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sextortion_cli.words import N_, translator

Say = Callable[[str], str]
_LANGUAGES = ("nb", "en")
GRADES: Mapping[str, str] = {
    "police-full": N_("the police: everything about this case"),
    "helper": N_("a helper: what is needed to help, and nothing intimate"),
}
#: Why an original is not in the package.
WITHHELD: Mapping[str, str] = {
    "other-conversation": N_("no account of the other side writes in it; the person holds it"),
    "archive": N_("it also holds what is not about this case; the person holds it"),
    "withdrawn": N_("it was taken back"),
    "kept-apart": N_("it is kept apart, because somebody under 18 may be shown"),
    "purged": N_("our copy was destroyed on a named authority's word; the log says whose"),
    "may-be-intimate": N_("nobody stated that it shows nothing intimate"),
    "other-part": N_("it is in another part of this package"),
}


def in_order(language: str) -> tuple[str, ...]:
    """Return the languages every text is in, the reader's first."""
    return tuple(sorted(_LANGUAGES, key=lambda item: item != language))


def read_first(
    language: str, facts: Mapping[str, str], counts: Mapping[str, int], withheld: Sequence[tuple[str, int]], *, helper: bool
) -> str:
    """
    Return `READ-FIRST.txt`.

    Args:
        facts: fingerprint, grade, part, reports (the names of the files to read).
        counts: originals, records, by_reference, viewing.
        withheld: Why, and how many.
        helper: The case was made by a helper, and holds no written consent.
    """
    return _RULE.join(_page(translator(item), facts, counts, withheld, helper=helper) for item in in_order(language))


_RULE = "\n" + "=" * 60 + "\n\n"
_FINGERPRINT, _FOR, _PART = N_("Fingerprint of the case:"), N_("Made for:"), N_("Part:")
_EACH = N_("(each part can be checked by itself)")
_BEGIN = N_("the case file. Begin here:")
_ORIGINALS = N_("originals, byte for byte:")
_VIEWING = N_("copies to look at, made from the pixels; they are no originals:")
_CUSTODY = N_("the custody log, its head, and what readers made of the originals; records:")
_LIST = N_("which file is which exhibit, for machines")
_HOW = N_("how to check that nothing was changed")
_STAY = N_("stay where they are, by reference: only size and place are recorded")
_LATER = N_(
    "The list is data/withheld.json and data/by-reference.json. What was withheld and still exists can be shown later, and checked then."
)
_LOG = N_("The custody log is whole: it also names files that are not here, with their check sums and what they said of themselves.")
_LIMITS = (
    N_("Who wrote a message, or that what an export says is true."),
    N_("That nothing was changed before it was collected."),
    N_("When it was made: the times are those of one computer. No outside clock has witnessed them."),
    N_("Accounts may belong to somebody who is not involved."),
)


def _page(say: Say, facts: Mapping[str, str], counts: Mapping[str, int], withheld: Sequence[tuple[str, int]], *, helper: bool) -> str:
    lines = [
        say(N_("READ THIS FIRST")), "",
        say(N_("This is a collection of evidence, put together with the program sextortion_cli.")),
        say(N_("You need no program to read it, and none of ours to check it.")), "",
        f"{say(_FINGERPRINT)} {facts['fingerprint']}",
        say(N_("Compare it with the one that was read out or written to you. Only that shows whose package this is.")),
        f"{say(_FOR)} {say(GRADES[facts['grade']])}",
    ]  # fmt: skip
    if facts["part"]:
        lines.append(f"{say(_PART)} {facts['part']}  {say(_EACH)}")
    if helper:
        lines += ["", say(N_("A helper made this case. No written consent of the person is recorded in it."))]
    lines += ["", say(N_("Where to begin:"))]
    if facts["reports"]:
        lines.append(f"  data/reports/     {say(_BEGIN)} {facts['reports']}")
    lines.append(f"  data/originals/   {say(_ORIGINALS)} {counts['originals']}")
    if counts["viewing"]:
        lines.append(f"  data/viewing/     {say(_VIEWING)} {counts['viewing']}")
    lines += [
        f"  data/custody/     {say(_CUSTODY)} {counts['records']}",
        f"  data/package.json {say(_LIST)}",
        f"  HOW-TO-CHECK.txt  {say(_HOW)}", "",
        say(N_("What is not here:")),
        *(f"  {count}  {say(WITHHELD[why])}" for why, count in withheld),
        f"  {counts['by_reference']}  {say(_STAY)}",
        f"  {say(_LATER)}",
        *([f"  {say(_LOG)}"] if facts["grade"] == "police-full" else ()), "",
        say(N_("What this does not show:")),
        *(f"  {say(limit)}" for limit in _LIMITS),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def how_to_check(language: str, sample: tuple[str, str]) -> str:
    """
    Return `HOW-TO-CHECK.txt`.

    Args:
        sample: Name and SHA-256 of one file of the package, for the examples.
    """
    return _RULE.join(_checks(translator(item), *sample) for item in in_order(language))


def _checks(say: Say, name: str, digest: str) -> str:
    windows = name.replace("/", "\\")
    return "\n".join(
        [
            say(N_("HOW TO CHECK THAT NOTHING WAS CHANGED")), "",
            say(N_("Every file has a check sum (SHA-256) in manifest-sha256.txt and tagmanifest-sha256.txt.")),
            say(N_("A check sum is a number made from every byte of a file. One changed byte gives another number.")), "",
            say(N_("1. One file, with what the computer already has. The answer must be:")),
            f"   {digest}", "",
            "   Windows:", f"     certutil -hashfile {windows} SHA256", "   PowerShell:", f"     Get-FileHash {windows}",
            "   macOS:", f"     shasum -a 256 {name}", "   Linux:", f"     sha256sum {name}", "   OpenSSL:", f"     openssl dgst -sha256 {name}", "",
            say(N_("2. All files at once (macOS: shasum -a 256 -c instead of sha256sum -c):")),
            "     sha256sum -c manifest-sha256.txt", "     sha256sum -c tagmanifest-sha256.txt", "",
            say(N_("3. Everything, the custody log included, with any Python 3.8 or later. The program is one page and can be read first:")),
            "     python3 -I -S verify.py.txt", "     py -I -S verify.py.txt      (Windows)", "",
            say(N_("It ends with 0 when nothing differs, and with 4 when something does; it names each thing.")),
            say(N_("The folder is a bag as RFC 8493 describes it (BagIt 1.0): other programs for bags can check it too.")),
            say(N_("Then compare the fingerprint in READ-FIRST.txt with the one you got another way.")),
        ]
    ) + "\n"  # fmt: skip
