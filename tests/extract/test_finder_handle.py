"""User names and account ids, by how they are written and by the words before them, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.model.identifier import Scope

from .contactchecks import ALONE, HOSTILE, check_hostile, check_vectors, found, hits


def test_known_answers() -> None:
    check_vectors("handle")


@pytest.mark.parametrize(
    ("text", "value", "service"),
    [
        ("snap: kari.n", "kari.n", "Snapchat"),
        ("Snapchat - kari_n99", "kari_n99", "Snapchat"),
        ("snap = kari99", "kari99", "Snapchat"),
        ("snap (kari_n)", "kari_n", "Snapchat"),
        ("snap:\nkari_n", "kari_n", "Snapchat"),
        ("add me on snap kari_n99", "kari_n99", "Snapchat"),
        ("my snap is kari", "kari", "Snapchat"),
        ("snapen min er Kari_N", "kari_n", "Snapchat"),
        ("min snap är kari99", "kari99", "Snapchat"),
        ("message me on snapchat at kari99", "kari99", "Snapchat"),
        ("insta - kari_n", "kari_n", "Instagram"),
        ("ig: Kari.N", "kari.n", "Instagram"),
        ("ig:kari_n", "kari_n", "Instagram"),
        ('my insta is "kari.n"', "kari.n", "Instagram"),
        ("Instagram username: kari", "kari", "Instagram"),
        ("telegram @Kari_N", "kari_n", "Telegram"),
        ("Telegram: @kari_n", "kari_n", "Telegram"),
        ("tg: kari_n1", "kari_n1", "Telegram"),
        ("mon snap c'est kari.n", "kari.n", "Snapchat"),
        ("schreib mir auf Telegram: kari_n", "kari_n", "Telegram"),
        ("kik: kari", "kari", "Kik"),
        ("skype: kari.nordmann1", "kari.nordmann1", "Skype"),
        ("skype:kari.n1?chat", "kari.n1", "Skype"),
        ("discord kari#1234", "kari#1234", "Discord"),
        ("Discord: kari", "kari", "Discord"),
        ("tiktok @kari", "kari", "TikTok"),
        ("line id: kari99", "kari99", "LINE"),
        ("wechat id wxid_kari9", "wxid_kari9", "WeChat"),
        ("tg://resolve?domain=kari_n", "kari_n", "Telegram"),
        ("@kari@social.example", "kari@social.example", "Fediverse"),
        ("my username is kari_n", "kari_n", None),
        ("brukernavnet mitt er kari_n", "kari_n", None),
        ("användarnamn: kari_n", "kari_n", None),
        ("mit brugernavn er kari99", "kari99", None),
        ("mein Benutzername ist kari99", "kari99", None),
        ("mon pseudo est kari99", "kari99", None),
        ("mi usuario es kari99", "kari99", None),
        ("legg meg til: kari99", "kari99", None),
        ("@kari.n", "kari.n", None),
        ("@Kari_N99", "Kari_N99", None),
        ("@kari\u200b_n", "kari_n", None),
        ("＠ｋａｒｉ＿ｎ", "kari_n", None),
    ],
)
def test_a_user_name_is_found(text: str, value: str, service: str | None) -> None:
    for sentence in (text, f"hei! {text}", f"{text}.", f"{text}\nok", f"({text})"):
        (hit,) = [hit for hit in hits("handle", sentence) if hit.confidence >= 0.5]
        assert (hit.kind, hit.value, hit.detail.get("service")) == ("handle", value, service)


@pytest.mark.parametrize(
    "text",
    [
        "snap me", "insta is down", "insta pics", "telegram: yes I have it", "Instagram: your password was changed", "Snapchat code: 123456", "my snap is broken", "snap is at home", "Telegram is better",
        "discord server", "Discord: someone logged in from a new device", "kik off", "facebook group", "x: 5", "@everyone look", "@here", "@media print", "@app.route('/')", "@property\ndef x", "@Override public void",
        "@param name", "@import 'a.css'", "@types/node", "@7pm", "@5", "@12.30", "@2x", "@4790000000", "meet @ home", "@home", "@work", "1 @ 20:30", "kari@example.com", "post@", "issue#1234", "PR#1234",
        "order #1234", "room#1234", "kari#0000", "#1234", "color#ffaa00", "user", "username", "username:", "user names are hard", "snap: https://example.com", "telegram: 12345", "insta file.jpg", "snap v12.30",
        "Telegram as good as any", "username: password", "brukernavn og passord", "@@@@", "a@b@c", "Instagram, ok", "tiktok video", "signal strength", "line 12", "live: now", "alive:kari_n9", "deliver live tv", "her: insta is dark", "https://x.example/a.php?x=river&y=1", "https://x.example/?of=kari_n",
    ],
)  # fmt: skip
def test_what_is_no_user_name_is_not_found(text: str) -> None:
    assert found("handle", text) == []


@pytest.mark.parametrize(
    ("text", "value", "service"),
    [
        ("<@175928847299117063>", "175928847299117063", "Discord"),
        ("<@!175928847299117063>", "175928847299117063", "Discord"),
        ("discord id: 175928847299117063", "175928847299117063", "Discord"),
        ("175928847299117063 is his discord", "175928847299117063", "Discord"),
        ("user id 175928847299117063", "175928847299117063", "Discord"),
        ("tg://user?id=123456789", "123456789", "Telegram"),
        ("telegram user123456789", "123456789", "Telegram"),
        ('"from_id": "user123456789"', "123456789", "Telegram"),
        ("telegram id: 123456789", "123456789", "Telegram"),
        ("Facebook id 100000000000001", "100000000000001", "Facebook"),
        ("fb-profil: 100000000000001", "100000000000001", "Facebook"),
        ("skype: live:.cid.0123456789abcdef", "live:.cid.0123456789abcdef", "Skype"),
        ("8:live:kari_n", "live:kari_n", "Skype"),
        ("Skype-navn live:Kari", "live:kari", "Skype"),
        ("snapchat user id 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "Snapchat"),
        ("@Alice:Example.org", "@Alice:example.org", "Matrix"),
        ("4790000000@s.whatsapp.net", "4790000000@s.whatsapp.net", "WhatsApp"),
        ("STEAM_0:1:12345", "STEAM_0:1:12345", "Steam"),
        ("session id 05" + "ab" * 32, "05" + "ab" * 32, "Session"),
    ],
)
def test_an_account_id_is_found(text: str, value: str, service: str) -> None:
    for sentence in (text, f"hei, {text}", f"{text}.", f"{text}, ok"):
        (hit,) = [hit for hit in hits("handle", sentence) if hit.confidence >= 0.5 and hit.kind == "platform-id"]
        assert (hit.value, hit.detail["service"]) == (value, service)


@pytest.mark.parametrize(
    "text",
    [
        "175928847299117063", "sporing 175928847299117063", "tracking id 175928847299117063", "discord order id: 175928847299117063", "faktura 175928847299117063 discord", "discord 99999999999999999999",
        "imei 490154203237518", "490154203237518", "1000 00000000001", "100000000000001", "user12345", "superuser123456789", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "05" + "ab" * 32, "live:12", "https://x.example/live:kari_n",
        "@a:b", "@a:12:30", "<@12345>", "<#175928847299117063>", "message id 175928847299117063", "59.913868 10.7522450000000001", "1.759288472991170 discord",
    ],
)  # fmt: skip
def test_what_is_no_account_id_is_not_found(text: str) -> None:
    assert [value for value in found("handle", text) if value[0] == "platform-id"] == []


def test_a_discord_number_says_when_the_account_was_made() -> None:
    (hit,) = hits("handle", "discord id 175928847299117063")
    assert hit.detail["created"] == "2016-04-30T11:18:25.796Z"


def test_the_phone_number_of_a_whatsapp_account_is_a_detail() -> None:
    (hit,) = hits("handle", "4790000000@s.whatsapp.net")
    assert hit.detail["phone"] == "+4790000000"


def test_the_service_of_the_passage_counts() -> None:
    assert hits("handle", "user123456789", Scope(service="Telegram"))[0].confidence > hits("handle", "user123456789")[0].confidence
    assert hits("handle", "kari#1234", Scope(service="Discord"))[0].confidence > hits("handle", "kari#1234")[0].confidence


@given(
    name=st.from_regex(r"\A[a-z]{3,9}[._][a-z]{1,8}[0-9]{0,3}\Z").filter(lambda text: not text.endswith((".py", ".js"))),
    label=st.sampled_from(
        [
            "snap: {}",
            "insta - {}",
            "my username is {}",
            "telegram @{}",
            "@{}",
            "brukernavn: {}",
            "min snap er {}",
            "add me on kik: {}",
            "ig:{}",
            "Discord = {}",
        ]
    ),
    after=st.sampled_from(["", ".", ", takk", ")", "\n", '"', " ok?", "!"]),
)
def test_any_name_behind_any_label_is_found(name: str, label: str, after: str) -> None:
    assert ("handle", name) in found("handle", label.format(name) + after)


@given(st.text(alphabet='ab.@"[] (snap:)user\u200b\ud800é=/-_1#<>!', max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    hits("handle", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    check_hostile("handle", HOSTILE[name])


def test_lone_characters() -> None:
    for text in ALONE:
        hits("handle", text)
