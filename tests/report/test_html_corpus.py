"""The page over text nobody of us wrote: the vectors of the shared corpus, as messages and as names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest

from sextortion_cli import casework
from sextortion_cli.model.session import Session

pytestmark = pytest.mark.corpus


def test_no_vector_of_the_corpus_becomes_an_element(casefile, corpus: Path, case: Path, tmp_path: Path, made) -> None:
    found: list[str] = []
    for folder in ("html", "text"):
        for path in sorted((corpus / "hostile" / folder).rglob("*")):
            if path.is_file() and path.stat().st_size < 1 << 20:
                found += re.split(r"(?=<div id=)", path.read_bytes().decode("utf-8", "replace"))
    vectors = [text[:3000] for text in found if text.strip()]
    assert len(vectors) > 100
    messages = [
        {"id": number, "type": "message", "date": "2026-03-01T12:00:00", "date_unixtime": "1772362800", "from": text[:200], "from_id": f"user{number}", "text": text, "text_entities": []}
        for number, text in enumerate(vectors, 1)
    ]  # fmt: skip
    chat = {"name": vectors[0][:200], "type": "personal_chat", "id": 9, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    casefile("import", "--case", case, tmp_path / "result.json", "--shows", "nothing-intimate", status=None)
    for text in vectors[:200]:
        casework.add_note(case, Session(), text.replace("\x00", "")[:2000] or "x")
    page = made(case)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    assert [error for _, error, _ in parser.errors] == []
    names = {element.tag.rpartition("}")[2] for element in tree.iter() if isinstance(element.tag, str)}
    assert not names & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "form",
        "input",
        "button",
        "base",
        "video",
        "audio",
        "math",
        "template",
    }
    assert all(element.attrib.get("href", "#s").startswith("#s") for element in tree.iter() if isinstance(element.tag, str))
    assert not any(key.startswith("on") for element in tree.iter() if isinstance(element.tag, str) for key in element.attrib)
    assert "".join(tree.itertext()).count("script") > 20
