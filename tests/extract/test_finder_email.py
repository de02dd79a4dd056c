"""E-mail addresses in all their writings, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .contactchecks import ALONE, HOSTILE, check_hostile, check_vectors, found, hits


def test_known_answers() -> None:
    check_vectors("email")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mail me: Kari.N@Example.com.", "Kari.N@example.com"),
        ("<jdoe@machine.example>", "jdoe@machine.example"),
        ("(kari@example.org)", "kari@example.org"),
        ("'kari@example.org'", "kari@example.org"),
        ("«kari@example.org»", "kari@example.org"),
        ("**kari@example.org**", "kari@example.org"),
        ("_kari@example.org_", "kari@example.org"),
        ("mailto:kari@example.com?subject=x", "kari@example.com"),
        ("[skriv](mailto:kari@example.com)", "kari@example.com"),
        ('<a href="mailto:kari@example.com">', "kari@example.com"),
        ("key=kari@example.com&x", "kari@example.com"),
        ("kari+casino@example.co.uk!", "kari+casino@example.co.uk"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("name/surname@example.com", "name/surname@example.com"),
        ('"john doe"@example.org', '"john doe"@example.org'),
        ("user-@example.org", "user-@example.org"),
        ("user%example@example.org", "user%example@example.org"),
        ("_x_@example.org", "_x_@example.org"),
        ("x@example.com", "x@example.com"),
        ("post@oslo.no", "post@oslo.no"),  # a public suffix itself
        ("me@[192.0.2.1]", "me@[192.0.2.1]"),
        ("me@[IPv6:2001:DB8::1]", "me@[IPv6:2001:db8::1]"),
        ("post@bücher.example", "post@bücher.example"),
        ("blåbær@example.no", "blåbær@example.no"),
        ("почта@пример.рф", "почта@пример.рф"),
        ("home@example.com.Then she left", "home@example.com"),
        ("hei...kari@example.com", "kari@example.com"),
        ("kari[at]example[.]no", "kari@example.no"),
        ("kari (at) example (dot) no", "kari@example.no"),
        ("kari{at}example{dot}no", "kari@example.no"),
        ("kari[@]example[.]no", "kari@example.no"),
        ("kari(a)example.no", "kari@example.no"),
        ("kari dot n at example dot no", "kari.n@example.no"),
        ("kari snabel-a example punkt no", "kari@example.no"),
        ("kari arroba example punto com", "kari@example.com"),
        ("john.doe at example.com", "john.doe@example.com"),
        ("ka\u00adri@exa\u200bmple.com", "kari@example.com"),
        ("ｋａｒｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kari@example.com"),
        ("kari@example.com\u00a0ok", "kari@example.com"),
    ],
)
def test_an_address_is_found_however_it_is_written(text: str, value: str) -> None:
    assert found("email", text) == [("email", value)]
    assert found("email", f"Hei, skriv til {text}") == [("email", value)]


@pytest.mark.parametrize(
    "text",
    [
        "@kari.n", "kari@", "@", "a@b", "user@host", "user@localhost.localdomain", "party@8pm", "5@10.00", "kari@example,com", "kari @example",
        "@a:example.org", "@user@social.example", "lodash@4.17.21", "react@18.2.0", "icon@2x.png", "icon@2x.zip", "@app.route('/')", "@media print", "git@github.com:org/x.git",
        "ssh root@example.com", "ssh -p 22 root@example.com", "scp a.txt root@example.com:/tmp", "meet me at example.com", "look at example dot com", "I am at home dot",
        "4790000000@s.whatsapp.net", "4790000000@c.us", "123-456@g.us", "me@192.0.2.1", "john..doe@example.com", "x" * 65 + "@example.com", "kari@example..com", "kari@-example-.x", "lol @ you",
        "foo@bar.baz", "@types/node@18.1.0", "price@12.50", "me@work.Then", "archive@2024.zip", "call@now()",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_not_found(text: str) -> None:
    assert found("email", text) == []


def test_what_was_written_stays_beside_the_value() -> None:
    (hit,) = hits("email", "skriv kari [at] Example [dot] no nå")
    assert (hit.raw, hit.value, hit.detail["defanged"]) == ("kari [at] Example [dot] no", "kari@example.no", hit.raw)
    (hit,) = hits("email", "x@BÜCHER.example")
    assert (hit.value, hit.detail) == ("x@bücher.example", {"ascii": "x@xn--bcher-kva.example"})
    (hit,) = hits("email", "x@xn--bcher-kva.example")
    assert hit.detail == {"unicode": "x@bücher.example"}


def test_several_in_a_row() -> None:
    assert [value for _, value in found("email", "a.b@example.com,c@example.org;d@example.net")] == [
        "a.b@example.com",
        "c@example.org",
        "d@example.net",
    ]


@given(
    local=st.from_regex(r"\A[a-z0-9](?:[a-z0-9._+-]{0,20}[a-z0-9])?\Z").filter(lambda text: ".." not in text),
    host=st.from_regex(r"\A[a-z][a-z0-9]{1,12}\.(?:com|net|org|example|no|de|co\.uk)\Z"),
    before=st.sampled_from(["", "e-post: ", "(", "skriv til\n", '"', "→ "]),
    after=st.sampled_from(["", ".", ", takk", ")", "\n", '"', " ok?", "!"]),
)
def test_any_address_in_any_sentence_is_found(local: str, host: str, before: str, after: str) -> None:
    assert found("email", f"{before}{local}@{host}{after}") == [("email", f"{local}@{host}")]


@given(st.text(alphabet='ab.@"[] (at)dot\u200b\ud800é=:/-_1', max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    hits("email", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    check_hostile("email", HOSTILE[name])


def test_lone_characters() -> None:
    for text in ALONE:
        hits("email", text)
