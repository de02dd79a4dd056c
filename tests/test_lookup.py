"""Lists over what was read: what was taken back is in none of them."""

from __future__ import annotations

import json
from pathlib import Path

from sextortion_cli import casework, lookup
from sextortion_cli.model.session import Session
from sextortion_cli.store.case import open_case


def test_messages_without_a_time_leave_the_timeline_with_their_exhibit(casefile, case: Path, tmp_path: Path) -> None:
    message = {"id": 1, "type": "message", "date": "soon", "from": "Lina", "from_id": "user1", "text": "hei", "text_entities": []}
    chat = {"name": "Lina", "type": "personal_chat", "id": 1, "messages": [message]}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "result.json", "--shows", "nothing-intimate", status=None)
    assert [entry["text"] for entry in lookup.timeline(open_case(case))] == ["hei"]
    casework.withdraw(case, Session(), "A-001", "feil fil")
    assert list(lookup.timeline(open_case(case))) == []
