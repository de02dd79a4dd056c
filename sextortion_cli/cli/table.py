"""Every command: its module and the one line that `--help` shows, so that help needs to load none of them."""

from __future__ import annotations

from sextortion_cli.words import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("new", N_("Open a case in a new folder.")),
    "contact": ("contact", N_("Log accounts, services and channels of both sides.")),
    "device": ("device", N_("Log phones and computers that hold evidence.")),
    "event": ("event", N_("Log what happened, and when.")),
    "note": ("note", N_("Log a dated remark.")),
    "not-collected": ("not_collected", N_("Log what was left out, and why.")),
    "import": ("import_", N_("Seal and read files, folders and archives.")),
    "contents": ("contents", N_("List the conversations in an archive, before taking some of them.")),
    "items": ("items", N_("List what the case holds.")),
    "exhibits": ("items", N_("The same as items.")),
    "metadata": ("metadata", N_("Show what files say of themselves.")),
    "messages": ("messages", N_("Show the messages that were read, in the order of the file.")),
    "facts": ("facts", N_("Show what exports say besides messages: logins, devices, contacts.")),
    "identifiers": ("identifiers", N_("Show what may identify someone, whose it seems to be, and where it stands.")),
    "links": ("links", N_("Show which accounts may have one holder, and why.")),
    "owner": ("owner", N_("Say whose an identifier is.")),
    "demand": ("demand", N_("What messages seem to demand or threaten: list, confirm, put aside.")),
    "pressure": ("pressure", N_("Count the pressure: messages an hour, deadlines, calls, new contact after a block.")),
    "signs": ("signs", N_("Show signs of what kind of case it is, with their evidence.")),
    "timeline": ("timeline", N_("Show messages and events in the order of time.")),
    "search": ("search", N_("Find words in messages, statements and what exports say.")),
    "defects": ("defects", N_("List what could not be read.")),
    "missing": ("missing", N_("What the police may still ask for, and how to get it.")),
    "check": ("missing", N_("The same as missing.")),
    "reread": ("reread", N_("Read an exhibit again, beside the old reading.")),
    "withdraw": ("withdraw", N_("Take a statement or exhibit back. Nothing is removed.")),
    "verify": ("verify", N_("Check that every byte still matches. Writes nothing.")),
    "explain": ("explain", N_("Explain one exhibit on one page, with how to check it without this program.")),
    "report": ("report", N_("Write the case file.")),
    "formats": ("formats", N_("List which exports can be read, and how to get them.")),
    "guide": ("guide", N_("What to do now.")),
    "selftest": ("selftest", N_("Check this installation against known answers.")),
    "completion": ("completion", N_("Print what a shell needs to complete commands.")),
    "demo": ("demo", N_("Walk through an invented example.")),
}
HIDDEN = frozenset({"exhibits", "check"})
