"""A call that cannot work is told what is wrong, in its own language, without its own words; options, settings and languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("note", "hemmelig", "tekst"), "anførselstegn"),
        (("note",), "Dette mangler: TEXT"),
        (("note", ""), "Dette mangler: TEXT"),
        (("not-collected", "x"), "Dette mangler: --why"),
        (("note", "-hemmelig"), "Ord som begynner med -"),
        (("items", "--jsno"), "Kanskje: --json"),
        (("items", "--case"), "--case må ha en verdi"),
        (("items", "--json=1"), "--json skal ikke ha"),
        (("contact",), "add, list, show"),
        (("contact", "hemmelig"), "add, list, show"),
        (("hemmelig",), "ingen kommando"),
        (("messages", "--from", "2026-3-1"), "--from er en dag"),
        (("import", "x", "--to", "hemmelig"), "--to er en dag"),
        (("messages", "--kind", "hemmelig"), "text, media, call"),
        (("items", "--language", "hemmelig"), "nb, en"),
        (("new", "z", "--country", "Norge"), "to bokstaver"),
        (("report", "--format", "markdown", "--json"), "--output"),
    ],
)
def test_a_wrong_call_is_told_so_in_its_language(
    called, standing: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("CASEFILE_LANGUAGE", "nb")
    status, out, err = called("--case", standing, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "emmelig" not in err
    assert "--help" in err


def test_letters_that_are_no_text_are_refused_before_anything_is_written(casefile, case: Path) -> None:
    before = (case / "log.jsonl").read_bytes()
    broken = b"\xe5".decode("utf-8", "surrogateescape")
    for arguments in (
        ("--actor", broken, "note", "x"), ("note", broken), ("import", "-", "--name", broken), ("event", "add", "threat", "--when", broken),
    ):  # fmt: skip
        assert "UTF-8" in casefile(*arguments, "--case", case, status=2).err
    assert (case / "log.jsonl").read_bytes() == before


def test_the_case_has_a_say_in_language_and_country(casefile, tmp_path: Path) -> None:
    """Option, environment, the case, settings, locale: in this order, for every command and every error."""
    casefile("new", "sak", "--language", "nb", "--country", "se")
    inside = tmp_path / "sak"
    english = {"LANG": "en_US.UTF-8"}
    assert "Svenske numre." in casefile(cwd=inside, environment=english).out
    assert "Lagret" in casefile("note", "x", cwd=inside, environment=english).out
    assert "Dette mangler" in casefile("note", cwd=inside, environment=english, status=2).err
    assert "Saved" in casefile("note", "x", cwd=inside, environment={**english, "CASEFILE_LANGUAGE": "en"}).out
    assert "Saved" in casefile("note", "x", "--language", "en", cwd=inside, environment={"CASEFILE_LANGUAGE": "nb"}).out
    assert "Danish numbers." in casefile("--language", "en", "--country", "dk", cwd=inside).out


def test_settings_are_texts_or_nothing(casefile, case: Path, tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "casefile"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text('actor = 9\nlanguage = "nb"\n', encoding="utf-8")
    assert casefile("note", "x", "--case", case, "--json").json["stated_by"] is None
    assert "Lagret" in casefile("note", "x", "--case", case, "--language", "no").out
    (settings / "config.toml").write_text("actor = [", encoding="utf-8")
    assert "settings file" in casefile("note", "x", "--case", case).err
    assert "settings file" not in casefile("note", "--case", case, "--json", status=2).err


def test_the_case_is_the_option_the_environment_or_the_nearest_above(casefile, tmp_path: Path) -> None:
    for name in ("one", "two"):
        casefile("new", name, "--title", name)
    casefile("note", "x", "--case", "one", environment={"CASEFILE_DIR": "two"})
    casefile("note", "x", environment={"CASEFILE_DIR": "two"})
    casefile("note", "x", cwd=tmp_path / "one" / "objects", environment={"CASEFILE_DIR": ""})
    counts = [(tmp_path / name / "log.jsonl").read_text(encoding="utf-8").count('"type":"note"') for name in ("one", "two")]
    assert counts == [2, 1]
    assert casefile("--case", "three", "new", "--json").json["path"] == str(tmp_path / "three")
    assert casefile("new", "--json", environment={"CASEFILE_DIR": "four"}).json["path"] == str(tmp_path / "four")


def test_a_case_below_is_named(casefile, tmp_path: Path) -> None:
    casefile("new", "min sak")
    assert "--case 'min sak'" in casefile("items", status=10).err
    casefile("new", "two")
    assert "--case DIR" in casefile("items", status=10).err


def test_the_next_command_names_the_case_that_had_to_be_named(casefile, tmp_path: Path) -> None:
    ran = casefile("new", "min sak")
    assert f"casefile --case '{tmp_path / 'min sak'}' import PATH" in ran.err
    assert "casefile --case 'min sak' timeline" in casefile("note", "x", "--case", "min sak").err
    assert "Next:  casefile timeline" in casefile("note", "x", cwd=tmp_path / "min sak").err


@pytest.mark.parametrize(
    "command",
    [
        ("contact", "list"), ("device", "list"), ("event", "list"), ("items",), ("messages",), ("timeline",), ("defects",), ("formats",),
        ("guide",), ("verify",), ("metadata",), ("search", "x"), ("contact", "show", "C-001"), ("completion", "bash"),
    ],
)  # fmt: skip
def test_every_command_ends_by_naming_the_next(called, standing: Path, command: tuple[str, ...]) -> None:
    last = called(*command, "--case", standing)[2].splitlines()[-1]
    assert "casefile " in last
    assert last.startswith("Next:  ") or command[0] == "completion"
    assert called(*command, "--case", standing, "--quiet")[2] == ""


def test_dry_runs_write_nothing(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3/4/26, 21:05 - Lina: hei\n", encoding="utf-8")
    casefile("import", "a.txt", "--case", case)

    def lies() -> dict[Path, bytes | None]:
        return {path: path.read_bytes() if path.is_file() else None for path in tmp_path.rglob("*")}

    before = lies()
    assert casefile("new", "other", "-n", "--json").json == {
        "schema_version": "1.0", "case_id": None, "path": str(tmp_path / "other"), "fingerprint": None, "synced": None, "dry_run": True,
    }  # fmt: skip
    casefile("new", case, "-n", status=13)
    assert casefile("reread", "A-001", "--date-order", "mdy", "-n", "--json", "--case", case).json["options"]["date_order"] == "mdy"
    assert casefile("demo", "-n", "--json").json["path"] == str(tmp_path / "demo-case")
    made = casefile("report", "--format", "markdown", "--output", "sub/../r.md", "-n", "--json", "--case", case).json
    assert (made["path"], made["dry_run"]) == (str(tmp_path / "r.md"), True)
    assert lies() == before


@pytest.mark.slow
def test_a_table_is_read_as_the_person_says(casefile, case: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.csv").write_text("when,who,what\n2026-03-12 21:05,Kari,hei\n", encoding="utf-8")
    casefile("import", "chat.csv", "--as", "table", "--columns", "time=when,sender=who", "--columns", "text=what", "--case", case)
    messages = casefile("messages", "--json", "--case", case).json["messages"]
    assert [(message["sender"]["name"], message["text"]) for message in messages] == [("Kari", "hei")]
    planned = casefile("reread", "A-001", "--columns", "text=who", "-n", "--json", "--case", case).json
    assert planned["options"]["columns"] == ["text=who"]
    casefile("import", "chat.csv", "--columns", "colour=1", "--case", case, status=2)


def test_completion_as_json_is_one_object(casefile) -> None:
    assert "complete" in casefile("completion", "bash", "--json").json["script"]


@pytest.mark.slow
def test_help_has_no_word_of_the_library_left(casefile) -> None:
    for language, marks in (("nb", ("[required]", "[default", "<str>", "Usage", "[[")), ("en", ("<str>", "<list", "{", "[["))):
        for command in (("import",), ("event", "add"), ("new",), ("contact", "show")):
            shown = casefile(*command, "--help", "--language", language).out
            assert not [mark for mark in marks if mark in shown], shown
    narrow = casefile("import", "--help", environment={"COLUMNS": "40"}).out
    assert max(map(len, narrow.splitlines())) <= 40


def test_an_error_of_a_list_leaves_no_half_object(casefile, case: Path) -> None:
    (case / "log.jsonl").write_bytes((case / "log.jsonl").read_bytes()[:-20])
    ran = casefile("messages", "--json", "--case", case, status=4)
    assert ran.out == ""
    assert json.loads(ran.err)["error"]["code"] == 4
