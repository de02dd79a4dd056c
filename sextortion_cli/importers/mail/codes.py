"""The closed lists: what is noise, what each defect of a mail means, and what a mail leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sextortion_cli.words import N_

NOISE: Final[Mapping[str, str]] = {
    "blank": "Empty lines before the first mail or after the last.",
    "not-selected": "Outside the conversations or dates that were chosen for this reading.",
}

DEFECTS: Final[Mapping[str, str]] = {
    "boundary-never-found": N_("The mail says it has parts, but the line that separates them is nowhere; its body is shown as it stands."),
    "boundary-not-closed": N_("The parts of the mail do not end as they should; the mail may be cut off."),
    "broken-base64": N_("A part is not encoded as it says (base64); what could be decoded is shown."),
    "broken-encoded-word": N_("A header is not encoded as it says; it is shown as far as it could be decoded, and as it stands."),
    "broken-quoted-printable": N_("A part is not encoded as it says (quoted-printable); what could be decoded is shown."),
    "broken-chain": N_("Part of the file is damaged: a stream ends too early; what is there is shown."),
    "directory-too-long": N_("The file has more entries than are read; the whole of it is in the original."),
    "empty-file": N_("The file is empty."),
    "headers-too-long": N_("The headers are longer than a mail's can be; the rest was read as text."),
    "impossible-date": N_("The date could not be read; it stands as written."),
    "long-header": N_("A header is too long to be shown; the whole of it is in the original."),
    "many-headers": N_("There are more headers than are shown; all of them are in the original."),
    "no-blank-line": N_("The headers end without an empty line."),
    "no-boundary": N_("The mail says it has parts, but not what separates them; its body is shown as it stands."),
    "no-media-type": N_("A part states no type that can be one; it was read as the kind that holds without a statement."),
    "not-an-outlook-mail": N_("The file is no Outlook mail, or too damaged to be read."),
    "only-rtf": N_("The text of the mail is only there in Outlook's own form (RTF), which is not read; it is in the original."),
    "not-a-mail": N_("The file does not begin with the headers of a mail."),
    "raw-8bit-header": N_("A header holds letters that a header may not hold unencoded; the alphabet was found by trying."),
    "text-too-long": N_("The text is too long to be shown; the whole of it is in the original."),
    "too-deep": N_("Parts lie in parts deeper than they are read; the innermost is kept whole."),
    "too-many-parameters": N_("A header has more parameters than are read; all of them are in the original."),
    "too-many-parts": N_("The mail has more parts than are read; the rest is kept as one."),
    "undeclared-8bit": N_("A text holds letters without saying in which alphabet; it was found by trying."),
    "undecodable-text": N_("Some bytes of a text are no letters of its alphabet; they are shown as a replacement character."),
    "unknown-charset": N_("A text states an alphabet that is not known; it was found by trying."),
    "unknown-transfer-encoding": N_("A part states a way of encoding that is not known; it is kept as it stands."),
    "unread-text": N_("Text stands before the first mail of the mailbox."),
    "wrong-charset": N_("A text is not in the alphabet it states; another one was tried."),
}

GAPS: Final[Mapping[str, str]] = {
    "no-trace": N_(
        "The mail has no Received lines: it was copied, printed, sent from here, or saved as a forwarded text. The way it came cannot be told."
    ),
    "provider-assumed": N_(
        "Whose servers wrote the topmost Received lines was assumed. State your mail provider (--mail-provider), and read it again."
    ),
    "no-handover": N_("No line tells from which server your provider took the mail."),
    "zone-unknown": N_("The date does not say in which zone it is. State it, and read it again."),
    "pictures-not-fetched": N_("The page would fetch pictures from elsewhere; nothing was fetched, because that would tell the sender."),
    "quoted-from-lines": N_(
        "Lines begin with '>From ': mailboxes write the '>' themselves, and which ones were there before cannot be told."
    ),
    "sender-unverifiable": N_("The sender of a mail can be forged; what the provider checked stands among the facts."),
}
