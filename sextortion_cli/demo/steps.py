"""The commands of the story, in the order a person would give them."""

from __future__ import annotations

from pathlib import Path

Step = tuple[str, ...]


def steps(case: Path, files: Path, language: str = "nb") -> list[Step]:
    """Return the command lines of the story for a case at `case` and its files in `files`, talked through in `language`."""
    at = ("--case", str(case), "--no-input", "--actor", "Ola Eksempel")
    return [
        ("new", str(case), "--title", "Oppdiktet eksempel / invented example", "--timezone", "Europe/Oslo", "--country", "NO", "--language", language, "--role", "victim", "--minor", "no", "--actor", "Ola Eksempel", "--no-input"),
        ("contact", "add", *at, "--side", "extorter", "--service", "WhatsApp", "--name", "Lina Eksempel", "--first-seen", "2018-08-04 20:58"),
        ("contact", "add", *at, "--side", "victim", "--service", "WhatsApp", "--name", "Ola Eksempel", "--email", "ola@example.org"),
        ("contact", "add", *at, "--side", "extorter", "--service", "Skype", "--id", "live:lina.example", "--name", "Lina E"),
        ("contact", "add", *at, "--side", "victim", "--service", "Skype", "--id", "live:ola.example", "--note", "slettet / deleted"),
        ("device", "add", *at, "--make", "Example", "--model", "Phone 8", "--system", "Android", "--where", "hos meg / with me", "--examine", "yes"),
        ("import", *at, str(files / "chat"), "--shows", "nothing-intimate", "--device", "D-001", "--app", "WhatsApp", "--via", "cable", "--captured-by", "Ola Eksempel", "--captured-at", "2018-08-05 10:00"),
        ("import", *at, str(files / "profile.png"), "--kind", "profile", "--shows", "nothing-intimate", "--via", "cable"),
        ("import", *at, str(files / "demand.png"), "--kind", "conversation", "--shows", "nothing-intimate", "--via", "cable"),
        ("event", "add", "first-contact", *at, "--when", "2018-08-04 21:01", "--service", "WhatsApp", "--contact", "C-001"),
        ("event", "add", "identity-learned", *at, "--when", "2018-08-04 21:05", "--contact", "C-001", "--text", "Ga e-postadressen; de fant navn og familie. / Gave the e-mail address; they found name and family."),
        ("event", "add", "platform-move", *at, "--when", "2018-08-04 21:10", "--service", "Skype", "--contact", "C-003"),
        ("event", "add", "recording", *at, "--when", "2018-08-04 22:00", "--service", "Skype", "--contact", "C-003"),
        ("event", "add", "link-received", *at, "--when", "2018-08-04 22:41", "--contact", "C-001", "--text", "hxxps://video[.]example/v/7f3a"),
        ("event", "add", "demand", *at, "--when", "2018-08-04 22:42", "--contact", "C-001", "--exhibit", "A-002", "--amount", "20000", "--currency", "NOK", "--method", "bank", "--destination", "1234.56.78903", "--deadline", "2018-08-05 00:00"),
        ("event", "add", "threat", *at, "--when", "2018-08-04 22:42", "--contact", "C-001", "--text", "Til venner og familie / to friends and family"),
        ("event", "add", "deleted", *at, "--when", "2018-08-04 23:30", "--service", "Skype", "--contact", "C-004", "--text", "Slettet egen Skype-konto / deleted own Skype account"),
        ("event", "add", "contact-broken", *at, "--when", "2018-08-05 00:10", "--contact", "C-001"),
        ("event", "add", "blocked", *at, "--when", "2018-08-05 00:15", "--contact", "C-001"),
        ("contact", "add", *at, "--side", "extorter", "--service", "Telegram", "--id", "user900000002", "--name", "Nina Eksempel", "--first-seen", "2018-08-06 09:05"),
        ("event", "add", "recontact", *at, "--when", "2018-08-06 09:05", "--service", "Telegram", "--contact", "C-005"),
        ("import", *at, str(files / "telegram" / "result.json"), "--shows", "nothing-intimate", "--via", "cable"),
        ("not-collected", "Skype", *at, "--why", "Kontoen ble slettet før eksport / the account was deleted before an export"),
        ("event", "add", "reported", *at, "--when", "2018-08-06 12:00", "--text", "Politiet / the police 02800"),
        ("items", *at),
        ("timeline", *at),
        ("search", "20 000", *at),
        ("defects", *at),
        ("missing", "--short", *at),
        ("missing", *at),
        ("verify", *at),
        ("report", "--format", "json", "--output", str(case.with_name(case.name + "-report.json")), "--force", *at),
        ("report", "--format", "markdown", "--output", str(case.with_name(case.name + "-report.md")), "--force", *at),
    ]  # fmt: skip
