"""Parts of mails as exhibits, through the real command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_laws import CASES


def wrapped(inner: bytes, number: int) -> bytes:
    return (
        b"From: a@x.example\nTo: b@x.example\nSubject: ytre %d\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
        b"Content-Type: message/rfc822\n\n" % (number, number, number)
    ) + inner + b"\n--b%d--\n" % number  # fmt: skip


@pytest.mark.slow
def test_mails_in_mails_are_taken_out_three_deep(casefile, tmp_path: Path) -> None:
    mail = b"From: a@x.example\nTo: b@x.example\nSubject: innerst\n\nhei\n"
    for number in range(6):
        mail = wrapped(mail, number)
    (tmp_path / "dyp.eml").write_bytes(mail)
    casefile("new", tmp_path / "case", "--minor", "no")
    items = casefile("import", tmp_path / "dyp.eml", "--case", tmp_path / "case", "--json", status=None).json["items"]
    assert len(items) == 4
    assert {item["importer"] for item in items} == {"mail-eml"}
    assert casefile("verify", "--case", tmp_path / "case", "--json").json["ok"]


def test_attachments_are_linked_to_the_mail_that_has_them(casefile, tmp_path: Path) -> None:
    casefile("new", tmp_path / "case", "--minor", "no")
    for name in ("mail_eml/parts.eml", "mail_mbox/takeout.mbox", "mail_msg/received.msg"):
        casefile("import", CASES / name, "--case", tmp_path / "case", "--mail-provider", "postkasse.example")
    messages = casefile("messages", "--case", tmp_path / "case", "--jsonl").lines
    items = {item["exhibit"]: item for item in casefile("items", "--case", tmp_path / "case", "--jsonl").lines}
    linked = [(message["exhibit"], attachment) for message in messages for attachment in message["attachments"] if attachment["exhibit"]]
    assert len(linked) == 6
    for _, attachment in linked:
        assert items[attachment["exhibit"]]["sha256"] in attachment["note"]


@pytest.mark.slow
def test_a_mailbox_is_taken_apart_only_as_far_as_it_was_chosen(casefile, tmp_path: Path) -> None:
    for person, names in (("kari@postkasse.example", ["1/liten.gif"]), ("ingen@postkasse.example", [])):
        case = tmp_path / person
        casefile("new", case, "--minor", "no")
        items = casefile("import", CASES / "mail_mbox" / "takeout.mbox", "--case", case, "--thread", person, "--json").json["items"]
        assert [item["name"] for item in items if item["parent"]] == names


@pytest.mark.slow
def test_the_own_provider_can_be_stated_later(casefile, tmp_path: Path) -> None:
    casefile("new", tmp_path / "case", "--minor", "no")
    casefile("import", CASES / "mail_eml" / "plain.eml", "--case", tmp_path / "case")
    again = casefile("reread", "A-001", "--case", tmp_path / "case", "--mail-provider", "kari@postkasse.example", "--json").json
    assert again["differences"] == {"detail": 1}
    casefile("reread", "A-001", "--case", tmp_path / "case", "--mail-provider", "ikke et domene", status=2)
