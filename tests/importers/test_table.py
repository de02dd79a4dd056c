"""Tables whose columns a person names: nothing is guessed, nothing is lost, and what was not said stands beside each message."""

from __future__ import annotations

import pytest

from sextortion_cli.model.columns import statements
from sextortion_cli.model.reading import Defect, Fact, Message

from .reading import read
from .test_laws import check_account

ID = "table"
COMMA = 'Når,Hvem,Hva,Annet\n12.03.2026 21:05,Kari,"hei, ""du""",x\n13.03.2026 21:05,Lina,betal,\n'.encode()


def shown(message: Message) -> tuple[str | None, str | None, str | None]:
    return (message.time.local if message.time else None, message.sender.name if message.sender else None, message.text)


ROWS = [("2026-03-12T21:05:00", "Kari", 'hei, "du"'), ("2026-03-13T21:05:00", "Lina", "betal")]


@pytest.mark.parametrize("columns", [("time=1", "sender=2", "text=3"), ("time=når", "sender=Hvem", "text=Hva")])
def test_columns_by_number_and_by_name(columns: tuple[str, ...]) -> None:
    reading = read(ID, COMMA, columns=columns)
    check_account(reading)
    assert [shown(message) for message in reading.messages] == ROWS
    assert reading.messages[0].detail == {"Annet": "x"}
    assert [fact.values for fact in reading.of(Fact)] == [{"1": "Når", "2": "Hvem", "3": "Hva", "4": "Annet"}]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_seen(delimiter: str) -> None:
    data = f'12.03.2026 21:05{delimiter}Kari{delimiter}"hei, ""du"""\n13.03.2026 21:05{delimiter}Lina{delimiter}betal\n'.encode()
    reading = read(ID, data, columns=("time=1", "sender=2", "text=3"))
    check_account(reading)
    assert [shown(message) for message in reading.messages] == ROWS


def test_date_and_time_in_two_columns() -> None:
    reading = read(
        ID,
        b"dag,kl,hvem,hva\n12.03.2026,21:05,Kari,hei\n13.03.2026,9:05 PM,Lina,nei\n",
        columns=("date=1", "clock=2", "sender=3", "text=4"),
    )
    check_account(reading)
    assert [message.time.local for message in reading.messages if message.time] == ["2026-03-12T21:05:00", "2026-03-13T21:05:00"]


def test_seconds_and_milliseconds_since_1970() -> None:
    reading = read(ID, b"ts,t\n1773345933,a\n1773345933123,b\nx,c\n", columns=("unix=ts", "text=t"))
    check_account(reading)
    assert [message.time.utc for message in reading.messages if message.time] == ["2026-03-12T20:05:33Z"] * 2 + [None]
    assert "impossible-time" in reading.codes(Defect)


def test_open_dates_are_asked_for() -> None:
    data = b"when,who,what\n3/4/2026 21:05,Kari,hei\n"
    assert "date-order-ambiguous" in read(ID, data, columns=("time=when", "text=what")).codes()
    stated = read(ID, data, columns=("time=when", "text=what"), date_order="mdy")
    assert shown(stated.messages[0]) == ("2026-03-04T21:05:00", None, "hei")


def test_conversations_and_files() -> None:
    reading = read(ID, b"c,t,f\nA,hei,\nB,,bilde.jpg\n", columns=("text=t", "conversation=c", "attachment=f"))
    check_account(reading)
    assert [record.name for record in reading.records if type(record).__name__ == "Conversation"] == [None, "A", "B"]
    assert [(message.kind, [file.name for file in message.attachments]) for message in reading.messages] == [
        ("text", []),
        ("media", ["bilde.jpg"]),
    ]
    chosen = read(ID, b"c,t,f\nA,hei,\nB,,bilde.jpg\n", columns=("text=t", "conversation=c"), thread=("A",))
    check_account(chosen)
    assert [message.text for message in chosen.messages] == ["hei"]


def test_what_was_not_said_is_asked_for() -> None:
    assert "columns-not-stated" in read(ID, COMMA).codes()
    assert "columns-not-found" in read(ID, COMMA, columns=("text=Melding",)).codes()
    assert read(ID, COMMA, columns=("text=3", "heading=no")).messages[0].text == "Hva"
    assert read(ID, b"a;b,c\n", columns=("text=1", "delimiter=comma", "heading=no")).messages[0].text == "a;b"


def test_ragged_rows_lose_nothing() -> None:
    reading = read(
        ID,
        b'2026-03-12 21:05,Kari,hei,mer,enda mer\n2026-03-12 21:06,Lina\n2026-03-12 21:07,Lina,"a"b\n',
        columns=("time=1", "sender=2", "text=3"),
    )
    check_account(reading)
    assert reading.messages[0].detail == {"column 4": "mer", "column 5": "enda mer"}
    assert reading.codes(Defect) == {"wrong-columns", "quote-unclear"}
    assert reading.messages[2].text == '"a"b'


def test_statements() -> None:
    assert statements(["text=3,time=1", "sender=Navn"]) == ("time=1", "sender=Navn", "text=3")
    for wrong in ("", "text", "text=", "farge=1", "text=1,text=2", "heading=maybe"):
        with pytest.raises(ValueError, match=r".*"):
            statements([wrong])
