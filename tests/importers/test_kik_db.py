"""Kik: what only this app's database has."""

from __future__ import annotations

from pathlib import Path

from .databases import compose
from .reading import Conversation, golden_lines, read

CASES = Path(__file__).parent / "cases" / "kik_db"


def test_the_joining_table_is_found_under_any_number(tmp_path: Path) -> None:
    script = (CASES / "ios.sql").read_text(encoding="utf-8")
    other = tmp_path / "ios.sql"
    other.write_text(
        script.replace("Z_3MESSAGES", "Z_12MESSAGES").replace("Z_3CHAT", "Z_12CHAT").replace("Z_5MESSAGES", "Z_17MESSAGES"),
        encoding="utf-8",
    )
    for path in (CASES / "ios.sql", other):
        names = [record.name for record in read("kik-db", compose(path)[0]).of(Conversation)]
        assert names == ["Amanda ❤", "Turgjengen", "Amanda ❤"]


def test_keys_of_attachments_are_not_shown() -> None:
    data, _ = compose(CASES / "ios.sql")
    assert "00112233" not in golden_lines(read("kik-db", data))


def test_a_group_can_be_chosen_by_its_id() -> None:
    data, _ = compose(CASES / "ios.sql")
    assert [message.row for message in read("kik-db", data, thread=("1000000000000_g@groups.kik.com",)).messages] == [4, 5, 6]
