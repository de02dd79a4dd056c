"""`missing` through the real command line: what is asked for, from what that is concluded, in which order, in how many words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from sextortion_cli.lacking import readiness
from sextortion_cli.lacking.requirement import OPEN, Tongue
from sextortion_cli.store.case import open_case

TEN = [f"K{number}" for number in range(1, 11)]


def by_id(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in found}


def ask(casefile, case: Path, *more: str) -> dict[str, dict[str, Any]]:
    return by_id(casefile("missing", "--case", case, "--json", *more).json["requirements"])


def hit(kind: str, value: str, side: str = "extorter", **more: Any) -> dict[str, Any]:
    """Return an identifier in the shape of `cli.md`."""
    return {
        "kind": kind, "value": value, "raw": value, "owner": side, "role": "unknown", "confidence": 0.9,
        "checks": [], "occurrences": [{"exhibit": "A-001", "locator": None, "sender": None, "time": None}], "occurrence_count": 1,
        "first_seen": "2026-03-12T20:05:00Z", "last_seen": "2026-03-12T21:05:00Z", "detail": {}, "defanged": None, **more,
    }  # fmt: skip


def concluded(case: Path, *hits: dict[str, Any], language: str = "en") -> dict[str, Any]:
    return {item.id: item for item in readiness.requirements(open_case(case), language, identifiers=hits)}


def test_an_empty_case_lacks_what_can_be_had_and_blames_nobody(casefile, case: Path) -> None:
    found = casefile("missing", "--case", case, "--json").json
    items = by_id(found["requirements"])
    assert [name for name in TEN if name in items] == TEN
    assert {items[name]["status"] for name in ("K1", "K3", "K4", "K5", "K7", "K10")} == {"missing"}
    assert {items[name]["status"] for name in ("K2", "K6", "K8", "K9")} == {"not-known"}
    assert items["device:stated"]["status"] == "missing"
    assert found["ready"] == {"have": 0, "of": 6}
    assert "look them up" in found["sentence"]
    for item in items.values():
        assert item["why"]
        assert item["how"]
        assert all(source["what"] and source["date"] for source in item["sources"])


def test_each_of_the_ten_is_concluded_from_records_it_names(casefile, case: Path, tmp_path: Path) -> None:
    at = ("--case", case)
    casefile("contact", "add", *at, "--service", "Instagram", "--handle", "mia.example", "--first-seen", "2026-03-01")
    casefile("contact", "add", *at, "--side", "victim", "--service", "Instagram", "--handle", "meg.eksempel")
    (tmp_path / "profile.txt").write_text("x")
    for kind in ("profile", "conversation", "lure"):
        path = tmp_path / f"{kind}.txt"
        path.write_text(kind)
        casefile("import", path, *at, "--kind", kind, "--shows", "nothing-intimate", status=None)
    casefile("event", "add", "contact-broken", *at, "--when", "2026-03-12 20:00", "--contact", "C-001")
    casefile("event", "add", "blocked", *at, "--when", "2026-03-12 20:10", "--contact", "C-001")
    casefile("event", "add", "link-received", *at, "--text", "hxxps://video[.]example/1")
    casefile("event", "add", "reported", *at, "--when", "2026-03-13 09:00")
    found = ask(casefile, case)
    for name, record in (
        ("K1", "E-001"),
        ("K4", "C-001"),
        ("K5", "A-001"),
        ("K7", "C-001"),
        ("K8", "E-003"),
        ("K9", "E-002"),
        ("K10", "E-004"),
    ):
        assert found[name]["status"] == "done", found[name]
        assert record in found[name]["why"]
    assert found["C-001:handle"]["status"] == "done"
    assert found["C-001:time"]["status"] == "done"
    casefile("event", "add", "recontact", *at, "--contact", "C-001")
    casefile("event", "add", "deleted", *at, "--text", "min egen konto")
    found = ask(casefile, case)
    assert (found["K1"]["status"], found["K9"]["status"]) == ("partly", "done")  # a deletion that is logged is no reproach
    assert "E-005" in found["K1"]["why"]
    assert "E-006" in found["K9"]["why"]
    casefile("withdraw", "E-005", "--why", "feil", *at)
    assert ask(casefile, case)["K1"]["status"] == "done"


def test_a_payment_lacks_what_may_trace_it_until_it_is_stated(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile(
        "event", "add", "payment", *at, "--when", "2026-03-12 20:00", "--amount", "500", "--currency", "EUR", "--method", "Western Union"
    )
    found = ask(casefile, case)
    assert found["K2"]["status"] == "partly"
    reference = found["E-001:reference"]
    assert (reference["status"], reference["title"]) == ("missing", "MTCN, 10 digits (E-001)")
    assert reference["disappears"]["days"] == 0
    assert found["E-001:amount"]["status"] == "done"
    casefile(
        "event", "add", "payment", *at, "--when", "2026-03-12 20:00", "--amount", "500", "--currency", "EUR", "--method", "Western Union",
        "--reference", "0123456789", "--destination", "Name, Abidjan",
    )  # fmt: skip
    casefile("withdraw", "E-001", "--why", "again", *at)
    found = ask(casefile, case)
    assert "E-001:reference" not in found
    assert found["K2"]["status"] == "done"
    assert found["E-002:reference"]["status"] == "done"


def test_what_disappears_first_stands_first_and_what_is_there_stands_last(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("contact", "add", *at, "--service", "TikTok", "--name", "shown")
    casefile("contact", "add", *at, "--service", "Snapchat", "--name", "shown")
    casefile("contact", "add", *at, "--service", "Kik", "--handle", "exact_name")
    found = casefile("missing", *at, "--jsonl").lines
    assert [item["status"] in OPEN for item in found] == sorted((item["status"] in OPEN for item in found), reverse=True)
    days = [item["disappears"]["days"] if item["disappears"] else None for item in found if item["status"] in OPEN]
    known_days = [day for day in days if day is not None]
    assert known_days == sorted(known_days)
    assert None not in days[: len(known_days)]
    names = [item["id"] for item in found]
    assert names.index("C-002:handle") < names.index("C-001:handle") < names.index("C-003:handle")
    assert len(names) == len(set(names))


def test_the_device_is_asked_about_and_answers_count(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("device", "add", *at, "--make", "Example")
    found = ask(casefile, case)
    keys = ("kept", "unchanged", "disappearing", "clock", "examine")
    assert {found[f"D-001:{key}"]["status"] for key in keys} == {"not-known"}
    assert "device:stated" not in found
    casefile(
        "device",
        "add",
        *at,
        "--device",
        "D-001",
        "--where",
        "hos meg",
        "--changed",
        "Nei.",
        "--disappearing",
        "av",
        "--clock",
        "yes",
        "--examine",
        "ask",
    )
    assert {ask(casefile, case)[f"D-001:{key}"]["status"] for key in keys} == {"done"}
    casefile("device", "add", *at, "--device", "D-001", "--changed", "slettet appen", "--disappearing", "24 timer", "--clock", "no")
    found = ask(casefile, case)
    assert {found[f"D-001:{key}"]["status"] for key in ("unchanged", "disappearing", "clock")} == {"partly"}
    assert found["D-001:disappearing"]["disappears"]["days"] == 0
    assert all("slettet appen" not in item["why"] for item in found.values())


def test_the_words_are_the_persons_language_and_the_ids_are_not(casefile, case: Path) -> None:
    english, norwegian = (casefile("missing", "--case", case, "--json", "--language", language).json for language in ("en", "nb"))
    assert [item["id"] for item in english["requirements"]] == [item["id"] for item in norwegian["requirements"]]
    assert [item["status"] for item in english["requirements"]] == [item["status"] for item in norwegian["requirements"]]
    for one, other in zip(english["requirements"], norwegian["requirements"], strict=True):
        assert one["title"] != other["title"]
        assert one["why"] != other["why"]
    assert norwegian["short"].startswith("Saken har nå 0 av 6 ting politiet spør om. Viktigst av det som mangler: ")


def test_one_calming_line(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--service", "Skype", "--name", "Lina")
    line = casefile("missing", "--short", "--case", case, "--language", "nb").out
    assert line.count("\n") == 1
    found = casefile("missing", "--short", "--case", case, "--json", "--language", "nb").json
    assert set(found) == {"schema_version", "ready", "short", "most_important"}
    assert found["short"] == line.strip()
    assert found["most_important"] == "C-001:stable-id"
    assert "Skype-ID" in found["short"]


def test_check_is_the_same_and_nothing_is_written(casefile, case: Path) -> None:
    def digest() -> dict[str, str]:
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(case.rglob("*")) if path.is_file()}

    before = digest()
    assert casefile("check", "--case", case, "--json").out == casefile("missing", "--case", case, "--json").out
    casefile("missing", "--preservation", "--case", case)
    after = digest()
    assert {name: after[name] for name in before if "index" not in name} == {
        name: value for name, value in before.items() if "index" not in name
    }


@pytest.mark.parametrize(
    "arguments", [("--at", "2026-01-01"), ("--preservation", "--short"), ("--preservation", "--jsonl"), ("--preservation", "--at", "i dag")]
)
def test_what_does_not_go_together_is_wrong_usage(casefile, case: Path, arguments: tuple[str, ...]) -> None:
    ran = casefile("missing", "--case", case, *arguments, status=2)
    assert ran.out == ""
    assert casefile("missing", status=10).out == ""


def test_it_fits_sixty_columns_without_colours(case: Path, casefile, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.terminal import run

    monkeypatch.setenv("NO_COLOR", "1")
    casefile("contact", "add", "--case", case, "--service", "Snapchat", "--name", "Lina")
    for language in ("nb", "en"):
        status, shown = run(["missing", "--case", str(case)], [], case.parent, columns=60, language=language)
        assert status == 0
        assert "\x1b[" not in shown
        wide = [line for line in shown.splitlines() if len(line) > 60 and "casefile " not in line]
        assert wide == []


def test_an_export_gives_the_id_and_the_period_of_a_name_that_was_stated(casefile, case: Path, tmp_path: Path) -> None:
    from sextortion_cli.demo.story import telegram

    (tmp_path / "result.json").write_text(telegram(), encoding="utf-8")
    casefile("contact", "add", "--case", case, "--service", "Telegram", "--name", "Nina Eksempel")
    casefile("import", tmp_path / "result.json", "--case", case, "--shows", "nothing-intimate")
    found = ask(casefile, case)
    assert found["C-001:stable-id"]["status"] == "done"
    assert "A-001" in found["C-001:stable-id"]["why"]
    assert found["C-001:stable-id"]["account"]["stable_id"] == "user900000002"
    assert found["C-001:time"]["status"] == "done"


def test_an_export_that_gives_another_id_than_was_stated_is_not_passed_over(casefile, case: Path, tmp_path: Path) -> None:
    from sextortion_cli.demo.story import telegram

    (tmp_path / "result.json").write_text(telegram(), encoding="utf-8")
    casefile("contact", "add", "--case", case, "--service", "Telegram", "--name", "Nina Eksempel", "--id", "user1")
    casefile("import", tmp_path / "result.json", "--case", case, "--shows", "nothing-intimate")
    account = casefile("missing", "--preservation", "--json", "--case", case).json["providers"][0]["accounts"][0]
    assert account["stable_id"] == "user1"
    assert account["candidates"] == [{"field": "stable_id", "value": "user900000002", "exhibits": ["A-001"]}]


@pytest.mark.parametrize(
    ("stable", "field"), [("+4790000000", "phone"), ("lina@example.org", "email"), ("user9", "stable_id"), ("@lina", "stable_id")]
)
def test_what_an_export_calls_an_id_may_be_a_number_or_an_address(stable: str, field: str) -> None:
    from sextortion_cli.lacking.account import Account, Span

    account = Account.of({"contact_id": "C-001", "service": "SMS", "display_name": "Lina"})
    account.wrote("A-001", stable, 3, Span())
    assert account.fields[field] == stable
    assert account.given == ["A-001"]


def test_local_times_are_not_passed_off_as_utc(casefile, tmp_path: Path) -> None:
    casefile("new", tmp_path / "case", "--minor", "no")
    (tmp_path / "WhatsApp Chat with Lina.txt").write_text(
        "04.08.2018, 21:01 - Lina: Hei\n04.08.2018, 21:09 - Ola: Hei du\n", encoding="utf-8"
    )
    casefile("contact", "add", "--case", tmp_path / "case", "--service", "WhatsApp", "--name", "Lina")
    casefile("import", tmp_path / "WhatsApp Chat with Lina.txt", "--case", tmp_path / "case", "--shows", "nothing-intimate", status=None)
    found = ask(casefile, tmp_path / "case")
    assert found["C-001:time"]["status"] == "partly"
    assert "reread A-001 --timezone" in found["C-001:time"]["how"]
    sheet = casefile("missing", "--preservation", "--json", "--case", tmp_path / "case").json
    contact = sheet["providers"][0]["accounts"][0]["contact"]
    assert (contact["first_utc"], contact["first_local"], contact["zone"]) == (None, "2018-08-04T21:01:00", None)
    text = casefile("missing", "--preservation", "--case", tmp_path / "case", "--language", "en").out
    assert "2018-08-04T21:01:00 – 2018-08-04T21:01:00 (zone not stated)" in text


# -- identifiers that were found ----------------------------------------------------------------------------------------------------


def test_what_was_found_is_a_suggestion_until_somebody_states_it(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--service", "Skype", "--name", "Lina E")
    found = concluded(case, hit("platform-id", "live:lina.example", detail={"service": "Skype"}))
    need = found["C-001:stable-id"]
    assert need.status == "partly"
    assert need.how.endswith("casefile contact add --contact C-001 --id live:lina.example")
    assert "A-001" in need.why
    assert need.account["stable_id"] is None
    assert [item.id for item in found.values() if item.account and item.account["basis"] == "found"] == []


def test_the_profile_of_a_stated_handle_is_a_candidate_of_that_contact_only(casefile, case: Path) -> None:
    at = ("--case", case, "--service", "X")
    casefile("contact", "add", *at, "--handle", "@mia_example")
    casefile("contact", "add", *at, "--handle", "@other_example")
    found = concluded(case, hit("profile", "https://x.com/Mia_Example", detail={"service": "X (Twitter)"}))
    assert found["C-001:profile-url"].status == "partly"
    assert found["C-001:profile-url"].how.endswith("--url ADDRESS")  # an address from evidence is never printed to be copied
    assert found["C-002:profile-url"].status == "missing"


def test_an_account_that_was_only_found_is_asked_about_with_an_id_that_does_not_tell_it(case: Path) -> None:
    found = concluded(
        case,
        hit("handle", "lina.example", detail={"service": "Instagram"}),
        hit("profile", "https://instagram.com/lina.example/", detail={"service": "Instagram"}),
        hit("handle", "mine", side="victim", detail={"service": "Instagram"}),
        hit("handle", "weak", confidence=0.3, detail={"service": "Instagram"}),
    )
    stated = [item for item in found.values() if item.id.endswith(":stated") and item.group == "account"]
    assert len(stated) == 1
    assert stated[0].account["handle"] == "lina.example"
    assert stated[0].account["profile_url"] == "https://instagram.com/lina.example/"
    assert "lina" not in stated[0].id
    assert stated[0].how.endswith('casefile contact add --side extorter --service "Instagram" --handle lina.example')
    assert found["K4"].status == "partly"


@pytest.mark.parametrize("value", ["$(reboot)", "a; rm -rf x", "--evil", "`id`", "a\nb", "\u202egnp", "x" * 500, "'x'", "ｆｕｌｌ"])
def test_a_hostile_name_never_stands_in_a_command(casefile, case: Path, value: str) -> None:
    casefile("contact", "add", "--case", case, "--service", "Kik", "--name", "x")
    for item in concluded(
        case, hit("handle", value, detail={"service": "Kik"}), hit("handle", value, detail={"service": "Snapchat"})
    ).values():
        assert value not in item.how
        assert value not in item.id


def test_addresses_want_a_port_and_a_time(case: Path) -> None:
    found = concluded(
        case, hit("ipv4", "192.0.2.7", "unknown", detail={"port": "51820"}), hit("ipv4", "192.0.2.8", "unknown", first_seen=None)
    )
    assert (found["ip:port"].status, found["ip:time"].status) == ("partly", "partly")
    assert found["K6"].status == "done"
    assert "ip:port" not in concluded(case, hit("ipv4", "192.0.2.9", "victim", detail={}))


def test_a_way_to_pay_that_was_found_is_asked_about_once(casefile, case: Path) -> None:
    hits = [hit("btc", f"bc1qexample{number}") for number in range(700)] + [hit("iban", "NO9386011117947", "victim")]
    found = concluded(case, *hits)
    rails = [item for item in found.values() if item.id.startswith("rail:")]
    assert [item.id for item in rails] == ["rail:crypto"]
    assert rails[0].status == "not-known"
    casefile("event", "add", "payment", "--case", case, "--method", "bitcoin", "--when", "2026-03-12 20:00")
    assert not [name for name in concluded(case, *hits) if name.startswith("rail:")]


def test_the_victims_own_name_is_masked_where_the_other_side_uses_it(casefile, case: Path) -> None:
    casefile("contact", "add", "--case", case, "--side", "victim", "--service", "Instagram", "--handle", "ola.eksempel")
    casefile("contact", "add", "--case", case, "--service", "Instagram", "--handle", "ola.eksempel")
    for arguments in (("missing", "--json"), ("missing", "--preservation"), ("missing", "--preservation", "--json"), ("missing", "--all")):
        assert "ola.eksempel" not in casefile(*arguments, "--case", case).out


def test_many_identifiers_give_a_bounded_list(case: Path) -> None:
    hits = [hit("handle", f"name{number}", detail={"service": "Kik"}) for number in range(5000)]
    items = readiness.requirements(open_case(case), "nb", identifiers=hits)
    assert len(items) < 2000
    assert readiness.short(items, Tongue("nb")).startswith("Saken har nå ")


def test_the_case_file_holds_it_in_json_and_both_languages(casefile, case: Path) -> None:
    import jsonschema

    from sextortion_cli.model.casefile import schema

    casefile("contact", "add", "--case", case, "--service", "Kik", "--name", "a|b`c")
    found = json.loads(casefile("report", "--format", "json", "--case", case).out)
    jsonschema.Draft202012Validator(schema()).validate(found)
    assert by_id(found["missing"])["C-001:handle"]["status"] == "missing"
    for language, title in (("en", "What the police may still ask for"), ("nb", "Hva politiet fortsatt kan spørre om")):
        text = casefile("report", "--format", "markdown", "--case", case, "--language", language).out
        assert f"## {title}" in text
        section = text.partition(f"## {title}")[2]  # page one names what disappears first
        assert [line.split()[1] for line in section.splitlines() if line.startswith("- K") and line[3].isdigit()] == TEN


def test_a_command_to_copy_never_names_the_persons_own_account_as_the_other_sides(casefile, case: Path) -> None:
    at = ("--case", case)
    casefile("contact", "add", *at, "--side", "victim", "--service", "Snapchat", "--handle", "meg.eksempel")
    for item in ask(casefile, case).values():
        assert "C-001" not in item["how"], item
    casefile("contact", "add", *at, "--service", "Snapchat", "--name", "Mia")
    found = ask(casefile, case)
    for name in ("K1", "K9"):
        assert "--contact C-002" in found[name]["how"]
