"""E-mail: what the laws of every importer do not say about mails."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import time
from email.utils import getaddresses, parsedate_to_datetime

import pytest

from sextortion_cli.importers.mail import charsets, dates, encoded, networks
from sextortion_cli.importers.mail.addresses import mailboxes
from sextortion_cli.importers.mail.headers import Field
from sextortion_cli.importers.mail.hops import hop_of
from sextortion_cli.importers.mail.htmltext import page_of
from sextortion_cli.importers.mail.parameters import parse
from sextortion_cli.importers.mail.standing import way_of
from sextortion_cli.importers.mail.transfer import Transfer
from sextortion_cli.model.reading import Defect, Fact, Message, Noise

from .reading import Reading, read, sniff
from .test_laws import CASES, check_account

EMLS = sorted((CASES / "mail_eml").glob("*.eml"))


def facts(reading: Reading, kind: str) -> list[Fact]:
    return [fact for fact in reading.of(Fact) if fact.kind == kind]


def hops(*lines: str, stated: str | None = "postkasse.example"):
    return way_of([hop_of(Field("Received", at, at + 1, line.encode())) for at, line in enumerate(lines)], stated)


# -- the way ---------------------------------------------------------------------------------------------------------------------

OUTSIDE = "from ut.example (ut.example [198.51.100.8]) by mx.postkasse.example with ESMTP id 1; Thu, 12 Mar 2026 20:05:12 +0000"


def test_handover_is_the_first_step_from_outside_and_no_forged_line_below_it_moves_it() -> None:
    forged = (
        "from uskyldig.example (uskyldig.example [203.0.113.5]) by mx2.postkasse.example with ESMTP id 2; Thu, 12 Mar 2026 20:05:10 +0000"
    )
    way = hops(OUTSIDE, forged)
    assert [step.standing for step in way.steps] == ["handover", "claimed"]
    assert str(way.handover.hop.seen_ip) == "198.51.100.8"


@pytest.mark.parametrize(
    "greeting",
    [
        "from mx9.postkasse.example (unknown [198.51.100.8])",
        "from mx9.postkasse.example ([198.51.100.8])",
        "from mx9.postkasse.example (198.51.100.8)",
    ],
)
def test_a_name_the_sender_gives_makes_no_step_the_providers_own(greeting: str) -> None:
    false = greeting + " by mx.postkasse.example with ESMTP id 1; Thu, 12 Mar 2026 20:05:12 +0000"
    forged = (
        "from uskyldig.example (uskyldig.example [203.0.113.5]) by mx.postkasse.example with ESMTP id 2; Thu, 12 Mar 2026 20:05:10 +0000"
    )
    way = hops(false, forged)
    assert str(way.handover.hop.seen_ip) == "198.51.100.8"
    assert way.handover.certainty == "calls-itself-the-provider"


def test_steps_inside_the_provider_are_walked_by_what_its_servers_saw() -> None:
    way = hops(
        "by 2001:db8:17::1 with SMTP id x; Thu, 12 Mar 2026 20:05:14 +0000",
        "from a.postkasse.example (10.0.0.4) by b.postkasse.example (10.0.0.5) with ESMTPS id 15; Thu, 12 Mar 2026 20:05:13 +0000",
        "from localhost (localhost [127.0.0.1]) by a.postkasse.example with LMTP id 16; Thu, 12 Mar 2026 20:05:13 +0000",
        OUTSIDE,
        "from [192.168.1.5] (unknown [203.0.113.77]) by ut.example with ESMTPSA id 3; Thu, 12 Mar 2026 20:05:00 +0000",
    )
    assert [step.standing for step in way.steps] == ["provider-internal"] * 3 + ["handover", "claimed"]
    assert way.handover.certainty == "server-side"


def test_own_servers_with_public_addresses_leave_open_whether_the_sender_is_there_too() -> None:
    way = hops(
        "from x.stor.example (3fff:10a6:208:1::21) by y.stor.example (3fff:10a6:10:1::5) with SMTP id 15; Thu, 12 Mar 2026 20:05:13 +0000",
        "from ut.example (198.51.100.8) by x.stor.example (10.13.0.1) with SMTP id 14; Thu, 12 Mar 2026 20:05:12 +0000",
        stated="stor.example",
    )
    assert [step.standing for step in way.steps] == ["provider-internal", "handover"]
    assert way.handover.certainty == "sender-may-be-at-the-same-provider"


def test_a_provider_is_assumed_from_the_topmost_host_and_marked() -> None:
    assert (hops(OUTSIDE, stated=None).provider, hops(OUTSIDE, stated=None).basis) == ("postkasse.example", "assumed")
    assert hops(OUTSIDE.replace("mx.postkasse.example", "mx.post.co.uk"), stated=None).provider == "post.co.uk"
    assert hops(stated=None).basis == "unknown"
    assert hops("from a (b [198.51.100.8]) by annen.example; x", stated="postkasse.example").handover is None


def test_a_break_in_the_chain_and_in_its_times_is_said() -> None:
    way = hops(OUTSIDE, "from a.example by annen.example with SMTP; Thu, 12 Mar 2026 20:06:12 +0000")
    assert (way.steps[0].link, way.steps[0].order, way.steps[0].seconds) == ("differs", "earlier", 60)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("10.1.2.3", "private"), ("100.64.0.9", "carrier-shared"), ("198.51.100.1", "documentation"), ("127.0.0.1", "loopback"), ("fd00::1", "unique-local"),
     ("169.254.1.1", "link-local"), ("2001:db8::9", "documentation"), ("8.8.8.8", "public"), ("::ffff:10.0.0.1", "private"), ("198.18.0.1", "benchmarking")],
)  # fmt: skip
def test_addresses_are_classified(text: str, kind: str) -> None:
    found = networks.address(text)
    assert found is not None
    assert networks.kind_of(found) == kind


def test_only_the_topmost_check_of_the_own_provider_is_relied_on() -> None:
    reading = read("mail-eml", (CASES / "mail_eml" / "mass-mail.eml").read_bytes())
    assert [fact.values["standing"] for fact in facts(reading, "mail-authentication")] == ["provider", "not-relied-on"]
    other = read("mail-eml", (CASES / "mail_eml" / "mass-mail.eml").read_bytes(), mail_provider="annen.example")
    assert {fact.values["standing"] for fact in facts(other, "mail-authentication")} == {"not-relied-on"}
    assert {fact.values["standing"] for fact in facts(other, "mail-hop")} == {"claimed"}
    assert "own-provider-says" not in facts(other, "mail-mass-traits")[0].values


def test_traits_of_mass_mailings_are_no_verdict_and_need_more_than_one() -> None:
    found = facts(read("mail-eml", (CASES / "mail_eml" / "mass-mail.eml").read_bytes()), "mail-mass-traits")
    assert "do not show" in found[0].values["note"]
    for name in ("plain.eml", "parts.eml", "latin1.eml"):
        assert facts(read("mail-eml", (CASES / "mail_eml" / name).read_bytes()), "mail-mass-traits") == []


def test_own_addresses_are_the_owners_and_nobody_elses() -> None:
    data = (CASES / "mail_eml" / "parts.eml").read_bytes()
    sent = read("mail-eml", data, owner="L.Berg@stor.example")
    assert {fact.of for fact in facts(sent, "mail-origin")} == {"account-owner"}
    assert {fact.of for fact in facts(read("mail-eml", data), "mail-origin")} == {"unknown"}
    forged = (CASES / "mail_eml" / "mass-mail.eml").read_bytes()
    assert {fact.of for fact in read("mail-eml", forged, owner="kari@postkasse.example").of(Fact)} == {"unknown"}


# -- parts and text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [path for path in EMLS if "damaged" not in path.name], ids=lambda path: path.name)
def test_the_standard_library_finds_the_same_parts(path) -> None:
    """Names, types, digests and texts as another reader has them."""
    data = path.read_bytes()
    reading = read("mail-eml", data)
    library = email.message_from_bytes(data, policy=email.policy.default)
    leaves = []
    pending = [library]
    while pending:
        part = pending.pop(0)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            pending[:0] = list(part.iter_parts())
        else:
            leaves.append(part)
    found = facts(reading, "mail-part")
    assert [fact.values["type"] for fact in found] == [leaf.get_content_type() for leaf in leaves]
    for fact, leaf in zip(found, leaves, strict=True):
        assert fact.values.get("name") == leaf.get_filename()
        if leaf.get_content_type() != "message/rfc822" and leaf.get_content_maintype() != "text":
            assert fact.values["sha256"] == hashlib.sha256(leaf.get_payload(decode=True)).hexdigest()
    subject = library["Subject"]
    if "=?" in str(reading.messages[0].detail.get("Subject (raw)", "")):
        assert reading.messages[0].detail["Subject"] == subject


def test_text_of_two_alternatives_is_shown_once_and_a_hidden_target_is_named() -> None:
    message = read("mail-eml", (CASES / "mail_eml" / "parts.eml").read_bytes()).messages[0]
    assert message.text == "Betal 20\xa0000 kroner, ellers får alle se bildet."
    assert "https://nettbank.example [-> http://betal.example/konto?id=7]" in message.detail["html-text"]


def test_a_part_that_no_mail_program_shows_is_a_fact() -> None:
    reading = read("mail-eml", (CASES / "mail_eml" / "parts.eml").read_bytes())
    assert facts(reading, "mail-epilogue")[0].values["text"] == "Tekst etter slutten."


@pytest.mark.parametrize(
    "lines",
    [
        b'A <a@x.example>, "B, C" <b@x.example>',
        b"c@x.example (Navn), d@x.example",
        b"Gruppe: e@x.example, F <f@x.example>;",
        b"<g@x.example>",
    ],
)
def test_addresses_as_the_standard_library_reads_them(lines: bytes) -> None:
    assert [(box.name, box.address) for box in mailboxes(lines)] == [pair for pair in getaddresses([lines.decode()]) if pair != ("", "")]


@pytest.mark.parametrize(
    "text",
    ["Thu, 12 Mar 2026 20:05:08 +0000", "12 Mar 2026 20:05 +0530", "Fri, 13 Mar 26 01:10:43 -0800 (PST)", "Thu, 12 Mar 2026 20:05:08 GMT"],
)
def test_dates_as_the_standard_library_reads_them(text: str) -> None:
    found = dates.time_of(text.encode())
    assert found.basis == "explicit"
    assert found.utc == parsedate_to_datetime(text).astimezone(dates.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("text", ["12 Mar 2026 20:05:08 CET", "12 Mar 2026 20:05:08", "12 Mar 2026 20:05:08 +9999"])
def test_a_zone_that_says_nothing_certain_is_not_guessed(text: str) -> None:
    found = dates.time_of(text.encode())
    assert (found.local, found.utc, found.basis) == ("2026-03-12T20:05:08", None, "unknown")


@pytest.mark.parametrize("text", ["99 Mar 2026 20:05:08 +0000", "", "x", "31 Feb 2026 01:01:01 +0000", "1 Jan 0001 00:00:00 +2300"])
def test_an_impossible_date_stands_as_written(text: str) -> None:
    assert dates.time_of(text.encode()).utc is None


def test_parameters_in_pieces_and_in_every_alphabet() -> None:
    assert parse(b"a/b; filename*0*=utf-8''p%C3%A5; filename*1=\" den\"; filename*2*=%20side").parameters["filename"] == "på den side"
    assert parse(b'a/b; name="=?iso-8859-1?Q?bl=E5?="').parameters["name"] == "blå"
    assert parse(b'text/plain (a; b); charset="utf-8"; charset=us-ascii').parameters == {"charset": "utf-8"}
    assert parse(b'a/b; x="a\\"b;c"').parameters["x"] == 'a"b;c'


def test_encoded_words_cut_in_the_middle_of_a_letter_are_joined() -> None:
    whole = "blåbærsyltetøy".encode()
    words = b"=?utf-8?B?" + base64.b64encode(whole[:3]) + b"?=\r\n =?utf-8?B?" + base64.b64encode(whole[3:]) + b"?="
    assert encoded.decode(words.replace(b"\r\n", b"")) == encoded.Text("blåbærsyltetøy")


def test_alphabets() -> None:
    assert charsets.decode("blå".encode("latin-1"), "ISO-8859-1") == charsets.Decoded("blå", "cp1252")
    assert charsets.decode("blå".encode(), "us-ascii").problem == "undeclared-8bit"
    assert charsets.decode("blå".encode("latin-1"), "utf-8") == charsets.Decoded("blå", "cp1252", "wrong-charset")
    assert charsets.decode(b"bl", "rot13").problem == charsets.decode(b"bl", "os").problem == "unknown-charset"
    assert charsets.codec_of("zlib") is None


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7, 64])
def test_transfer_encodings_do_not_depend_on_the_pieces(step: int) -> None:
    data = bytes(range(256)) * 3
    for name, source in (
        ("base64", base64.encodebytes(data)),
        ("quoted-printable", email.quoprimime.body_encode(data.decode("latin-1")).encode()),
    ):
        pieces = [source[at : at + step] for at in range(0, len(source), step)]
        assert b"".join(Transfer(name).decode(pieces)) == b"".join(Transfer(name).decode([source]))
    assert b"".join(Transfer("base64").decode([base64.encodebytes(data)])) == data
    assert b"".join(Transfer("base64").decode([b"YQ==", b"YmM="])) == b"abc"


def test_pages() -> None:
    assert page_of("a<br>b<p>c").text == "a\nb\nc"
    assert page_of("<a href='x'>x</a> <a href=http://y>z</a>").text == "x z [-> http://y]"
    assert page_of("<img src='data:image/png;base64,AAAA'>").embedded == 1
    assert page_of("1 < 2 &amp; 3 <b").text == "1 < 2 & 3"
    assert page_of("a<!-- b --><style>c</style><script>d").text == "a"


# -- the account -----------------------------------------------------------------------------------------------------------------


def test_a_reader_that_forgets_a_part_is_found_out() -> None:
    from sextortion_cli.readers.tally import Tally

    data = (CASES / "mail_eml" / "parts.eml").read_bytes()
    honest = [record for record in read("mail-eml", data).records if isinstance(record, Fact | Message)]
    for left_out in [
        None,
        *(fact for fact in honest if isinstance(fact, Fact) and fact.kind.startswith("mail-") and fact.kind != "mail-hop"),
    ]:
        if left_out is not None and left_out.kind not in ("mail-headers", "mail-part", "mail-multipart", "mail-preamble", "mail-epilogue"):
            continue
        tally = Tally(len(data), lambda at, count: data[at : at + count], "mail", selecting=False)
        passed = list(tally.watch(record for record in honest if record is not left_out))
        codes = {record.code for record in passed if isinstance(record, Defect)}
        assert codes == (set() if left_out is None else {"hidden-in-mail"})


def test_a_reader_that_joins_or_cuts_mails_is_found_out() -> None:
    from sextortion_cli.readers.tally import Tally

    data = (CASES / "mail_mbox" / "mboxrd.mbox").read_bytes()
    for spans, code in (([(0, len(data))], "merged-messages"), ([(0, 100), (100, 313), (313, len(data))], "no-separator")):
        tally = Tally(len(data), lambda at, count: data[at : at + count], "mailbox", selecting=False)
        records = [record for start, end in spans for record in (Fact(start, end, "mail-part", overlay=True), Message(start, end, "text"))]
        assert code in {record.code for record in tally.watch(iter(records)) if isinstance(record, Defect)}


def test_a_mail_of_any_size_is_checked() -> None:
    body = base64.encodebytes(bytes(3 << 20)) * 9
    data = (
        b"From: a@x.example\nSubject: stor\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nhei\n--q\nContent-Type: video/mp4\n"
        b"Content-Transfer-Encoding: base64\n\n" + body + b"--q--\n"
    )
    reading = read("mail-eml", data)
    check_account(reading)
    assert reading.of(Defect) == []
    assert [item.name for item in reading.messages[0].attachments] == ["part-2.mp4"]


# -- mailboxes -------------------------------------------------------------------------------------------------------------------


def test_each_mail_has_its_own_bytes() -> None:
    data = (CASES / "mail_mbox" / "takeout.mbox").read_bytes()
    for message in read("mail-mbox", data).messages:
        start, end = map(int, message.detail["mail-bytes"].split("-"))
        assert hashlib.sha256(data[start:end]).hexdigest() == message.detail["mail-sha256"]
        assert sniff("mail-eml", data[start:end]) == "yes"


@pytest.mark.parametrize(
    ("thread", "count"), [("kari@postkasse.example", 2), ("Bilder", 2), ("Sendt", 1), ("Åpnet", 1), ("1859000000000000001", 2), ("x", 0)]
)
def test_a_mailbox_can_be_read_in_part(thread: str, count: int) -> None:
    reading = read("mail-mbox", (CASES / "mail_mbox" / "takeout.mbox").read_bytes(), thread=(thread,))
    check_account(reading)
    assert len(reading.messages) == count
    assert len(reading.of(Noise)) == 2 - count


def test_text_that_looks_like_a_separating_line_opens_no_mail() -> None:
    for text in (
        b"\nFrom here on\nSubject: x\n",
        b"\nFrom a@b.example\n\nx\n",
        b"x\nFrom a@b.example Thu Mar 12 20:05:12 2026\nSubject: y\n",
    ):
        data = b"From a@b.example Thu Mar 12 20:05:12 2026\nFrom: a@b.example\nSubject: 1\n\nx\n" + text
        assert len(read("mail-mbox", data).messages) == 1


def test_a_saved_web_page_is_no_mail() -> None:
    data = b"From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: x\nDate: Thu, 12 Mar 2026 20:05:08 +0000\nMIME-Version: 1.0\n\nx\n"
    assert sniff("mail-eml", data) == "no"


# -- hostile ---------------------------------------------------------------------------------------------------------------------

START = b"From: a@x.example\nTo: b@x.example\nSubject: x\n"
HOSTILE = {
    "brackets": lambda n: START + b"Cc: " + b"(" * n + b"\n\nx",
    "quotes": lambda n: START + b'Cc: "' * n + b"\n\nx",
    "words": lambda n: START + b"Subject: " + b"=?a?q?" * (n // 6) + b"\n\nx",
    "received": lambda n: START + b"Received: " + b"from (by [" * (n // 10) + b"; 1\n\nx",
    "many received": lambda n: START + b"Received: from a by b; 1 Jan 2026 00:00:00 +0000\n" * (n // 50) + b"\nx",
    "parameters": lambda n: START + b"Content-Type: a/b" + b";x*0*=%41" * (n // 9) + b"\n\nx",
    "boundaries": lambda n: START + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * (n // 4),
    "nested": lambda n: START + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * (n // 47),
    "dashes": lambda n: START + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\n" + b"--\n" * (n // 3),
    "links": lambda n: START + b"Content-Type: text/html\n\n" + b"<a href=x>" * (n // 10),
    "tags": lambda n: START + b"Content-Type: text/html\n\n" + b"<a ='>" * (n // 6),
    "open": lambda n: START + b"Content-Type: text/html\n\n" + b"<" * n,
    "comments": lambda n: START + b"Content-Type: text/html\n\n" + b"<!--" * (n // 4),
    "entities": lambda n: START + b"Content-Type: text/html\n\n" + b"&#1" * (n // 3),
    "pads": lambda n: START + b"Content-Transfer-Encoding: base64\n\n" + b"Y=" * (n // 2),
    "soft": lambda n: START + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * n,
    "spaces": lambda n: START + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= " * (n // 2),
    "words in text": lambda n: START + b"\n" + b"your your " * (n // 10),
    "headers": lambda n: START + b"a:\n" * (n // 3) + b"\nx",
    "from": lambda n: b"From a@b.example Thu Mar 12 20:05:12 2026\n" + START + b"\n" + b"\nFrom a@b.example\n" * (n // 18),
}  # fmt: skip


@pytest.mark.campaign  # it measures time
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_mail(name: str) -> None:
    importer = "mail-mbox" if name == "from" else "mail-eml"

    def cost(size: int) -> float:
        data = HOSTILE[name](size)
        best = 9e9
        for _ in range(3):
            begun = time.perf_counter()
            reading = read(importer, data)
            best = min(best, time.perf_counter() - begun)
        check_account(reading)
        return best

    small = cost(200_000)
    assert cost(400_000) <= 3.5 * max(small, 0.05)
    assert small < 3


@pytest.mark.parametrize("path", [*EMLS, *sorted((CASES / "mail_mbox").glob("*.mbox"))], ids=lambda path: path.name)
def test_the_raw_text_stands_in_the_mail(path) -> None:
    """What `raw_form` "mail" promises: raw is a stretch of the mail, or absent where the text stands there as it is."""
    data = path.read_bytes()
    for message in read("mail-mbox" if path.suffix == ".mbox" else "mail-eml", data).messages:
        own = data[message.start : message.end]
        if message.raw is not None or message.raw_b64 is not None:
            assert (message.raw.encode() if message.raw is not None else base64.b64decode(message.raw_b64)) in own
