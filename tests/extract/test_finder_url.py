"""Web addresses, profiles and domains in all their writings, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_cli.extract.finders.contacts import hosts

from .contactchecks import ALONE, HOSTILE, check_hostile, check_vectors, found, hits


def test_known_answers() -> None:
    check_vectors("url")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("HTTP://Example.COM/Path?x=1.", "http://example.com/Path?x=1"),
        ("(https://en.example.org/wiki/A_(b))", "https://en.example.org/wiki/A_(b)"),
        ("[her](https://example.com/a)", "https://example.com/a"),
        ('<a href="https://example.com/a?b=1">klikk</a>', "https://example.com/a?b=1"),
        ("**https://example.com/x**", "https://example.com/x"),
        ("»https://example.com/x«", "https://example.com/x"),
        ("https://example.com/x…", "https://example.com/x"),
        ("https://example.com.Then", "https://example.com"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("http://192.0.2.1:8080/a", "http://192.0.2.1:8080/a"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("ftp://example.com/file.zip", "ftp://example.com/file.zip"),
        ("http://user:pw@example.com/", "http://user:pw@example.com/"),
        ("https://bücher.example/ä?ö=1", "https://bücher.example/ä?ö=1"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("www.example.com", "www.example.com"),
        ("WWW.Example.com/A", "www.example.com/A"),
        ("example.com/login?next=%2F", "example.com/login?next=%2F"),
        ("example.no/konto/bekreft", "example.no/konto/bekreft"),
        ("hxxps://evil[.]example[.]com/x", "https://evil.example.com/x"),
        ("hxxp://evil.test", "http://evil.test"),
        ("hXXp[:]//evil[.]test/a", "http://evil.test/a"),
        ("h**ps://evil(.)test/a", "https://evil.test/a"),
        ("https[://]evil[.]test/a", "https://evil.test/a"),
        ("www[.]example[.]com/a", "www.example.com/a"),
        ("https://ex\u00adample.com/a\u200b", "https://example.com/a"),
        ("https：／／ｅｘａｍｐｌｅ．ｃｏｍ／ａ", "https://example.com/a"),
        ("https://instagram.com/p/Abc123/", "https://instagram.com/p/Abc123/"),
        ("https://www.facebook.com/watch?v=1", "https://www.facebook.com/watch?v=1"),
        ("https://t.me/+AbCdEf123", "https://t.me/+AbCdEf123"),
        ("t.me/c/123/4", "t.me/c/123/4"),
        ("https://x.com/name/status/1", "https://x.com/name/status/1"),
    ],
)
def test_an_address_is_found_however_it_is_written(text: str, value: str) -> None:
    assert found("url", text) == [("url", value)]
    assert found("url", f"Se på {text}, takk") == [("url", value)]
    assert found("url", f"link:\n{text}\nok") == [("url", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("example.com", "example.com"),
        ("Example.com", "example.com"),
        ("EXAMPLE.ORG", "example.org"),
        ("secure-login.example.net", "secure-login.example.net"),
        ("example.co.uk", "example.co.uk"),
        ("bücher.example", "bücher.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("пример.рф", "пример.рф"),
        ("evil[.]com", "evil.com"),
        ("evil (dot) com", "evil.com"),
        ("evil dot com", "evil.com"),
        ("exa\u200bmple.com", "example.com"),
        ("foto-side.no", "foto-side.no"),
        ("fotosite.xyz", "fotosite.xyz"),
        ("abcdefghijklmnop.onion", "abcdefghijklmnop.onion"),
        ("example.com:8443", "example.com"),
        ("1x2y3z.example", "1x2y3z.example"),
    ],
)
def test_a_bare_domain_is_found(text: str, value: str) -> None:
    assert found("url", text) == [("domain", value)]
    assert found("url", f"gå til {text} nå") == [("domain", value)]
    assert found("url", f"({text})") == [("domain", value)]


@pytest.mark.parametrize(
    "text",
    [
        "file.zip", "bilde.jpg", "report.py", "readme.md", "main.rs", "install.sh", "clip.mov", "script.pl", "IMG_1234.HEIC", "node.js", "ASP.NET", "hei.nå", "home.The", "home.It", "ok.Is she",
        "ok.no problem", "det er bra.se her", "pay.me now or", "money.so send it", "not.at all", "yes.to me", "v1.2.3", "1.2.3.4", "e.g. this", "i.e. that", "f.eks. slik", "bl.a. her", "kl.20.30",
        "12.mai", "3.no", "2.de", "1.5.to", "com.example.app", "org.telegram.messenger", "foo.bar()", "df.info()", "this.name = 1", "os.path", "self.id", "@anna.it", "@john.me", "@a:example.org",
        "kari@example.com", "a@b.example", "src/main.rs", "path/to/file.zip", "C:\\temp\\a.com", "http://", "http://...", "https://.", "://example", "1.234.567,00", "59.913868,10.752245",
        "Mr.Smith", "U.S.A.", "wait...what", "hm..ok", "ferdig.da", "std::vector", "10.com-", "a.b.c.d", "x.y", "http://192.0.2.999/x", "std.io::x", "co.uk", "det.er", "snakkes.ses i morgen", "river.bank#4821", "på navn.name = 1", "på clip.mov", "x.py er",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_not_found(text: str) -> None:
    assert found("url", text) == []


@pytest.mark.parametrize(
    ("text", "value", "service", "what", "name"),
    [
        ("https://www.instagram.com/Kari.N/?igshid=1", "https://instagram.com/kari.n", "Instagram", "handle", "kari.n"),
        ("instagram.com/kari.n", "https://instagram.com/kari.n", "Instagram", "handle", "kari.n"),
        ("https://www.facebook.com/profile.php?id=100000000000001&sk=x", "https://facebook.com/profile.php?id=100000000000001", "Facebook", "id", "100000000000001"),
        ("m.facebook.com/people/Kari-N/100000000000001/", "https://facebook.com/profile.php?id=100000000000001", "Facebook", "id", "100000000000001"),
        ("https://nb-no.facebook.com/kari.n.9", "https://facebook.com/kari.n.9", "Facebook", "handle", "kari.n.9"),
        ("m.me/kari.n", "https://m.me/kari.n", "Messenger", "handle", "kari.n"),
        ("t.me/kari_n", "https://t.me/kari_n", "Telegram", "handle", "kari_n"),
        ("https://kari_n.t.me", "https://t.me/kari_n", "Telegram", "handle", "kari_n"),
        ("https://karin.t.me", "https://t.me/karin", "Telegram", "handle", "karin"),
        ("https://t.me/+4790000000", "https://t.me/+4790000000", "Telegram", "phone", "+4790000000"),
        ("https://wa.me/4790000000?text=hi", "https://wa.me/4790000000", "WhatsApp", "phone", "+4790000000"),
        ("https://api.whatsapp.com/send?phone=4790000000&text=x", "https://wa.me/4790000000", "WhatsApp", "phone", "+4790000000"),
        ("snapchat.com/add/kari-n", "https://snapchat.com/add/kari-n", "Snapchat", "handle", "kari-n"),
        ("https://www.snapchat.com/@kari", "https://snapchat.com/@kari", "Snapchat", "handle", "kari"),
        ("https://www.tiktok.com/@kari.n?lang=no", "https://tiktok.com/@kari.n", "TikTok", "handle", "kari.n"),
        ("https://mobile.twitter.com/Kari_N", "https://twitter.com/kari_n", "X", "handle", "kari_n"),
        ("x.com/kari_n", "https://x.com/kari_n", "X", "handle", "kari_n"),
        ("https://x.com/i/user/12345", "https://x.com/i/user/12345", "X", "id", "12345"),
        ("https://discord.com/users/80351110224678912", "https://discord.com/users/80351110224678912", "Discord", "id", "80351110224678912"),
        ("discord.gg/abcDEF", "https://discord.gg/abcDEF", "Discord", "invite", "abcDEF"),
        ("https://youtube.com/@kari", "https://youtube.com/@kari", "YouTube", "handle", "kari"),
        ("https://www.youtube.com/channel/UCabcDEF-_x/about", "https://youtube.com/channel/UCabcDEF-_x", "YouTube", "id", "UCabcDEF-_x"),
        ("https://no.linkedin.com/in/kari-n-1/", "https://linkedin.com/in/kari-n-1", "LinkedIn", "handle", "kari-n-1"),
        ("https://www.reddit.com/user/kari_n/", "https://reddit.com/user/kari_n", "Reddit", "handle", "kari_n"),
        ("https://vk.com/id12345", "https://vk.com/id12345", "VK", "id", "12345"),
        ("https://www.threads.net/@kari.n", "https://threads.net/@kari.n", "Threads", "handle", "kari.n"),
        ("https://onlyfans.com/kari", "https://onlyfans.com/kari", "OnlyFans", "handle", "kari"),
        ("https://join.skype.com/abcDEF12", "https://join.skype.com/abcDEF12", "Skype", "invite", "abcDEF12"),
        ("https://signal.me/#p/+4790000000", "https://signal.me/#p/+4790000000", "Signal", "phone", "+4790000000"),
        ("hxxps://t[.]me/kari_n", "https://t.me/kari_n", "Telegram", "handle", "kari_n"),
        ("https://kik.me/kari.n", "https://kik.me/kari.n", "Kik", "handle", "kari.n"),
    ],
)  # fmt: skip
def test_a_profile_has_one_normal_form(text: str, value: str, service: str, what: str, name: str) -> None:
    for sentence in (text, f"legg til {text}.", f"({text})", f"her: {text}, ok"):
        found_hits = [hit for hit in hits("url", sentence) if hit.confidence >= 0.5 and hit.kind == "profile"]
        (hit,) = found_hits
        assert (hit.value, hit.detail["service"], hit.detail[what]) == (value, service, name)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("https://us02web.zoom.us/j/123?pwd=x", "meeting"),
        ("https://meet.google.com/abc-defg-hij", "meeting"),
        ("https://mega.nz/file/abc#key", "file-host"),
        ("gofile.io/d/abc", "file-host"),
        ("https://drive.google.com/file/d/1/view", "file-host"),
        ("https://vimeo.com/12345", "video"),
        ("https://www.instagram.com/reel/abc/", "video"),
        ("https://bit.ly/3abc", "shortener"),
        ("https://chat.whatsapp.com/AbC", "invite"),
        ("https://t.me/joinchat/AbC", "invite"),
        ("https://paypal.me/kari", "payment"),
    ],
)
def test_pages_of_known_hosts_have_a_category(text: str, category: str) -> None:
    (hit,) = hits("url", text)
    assert (hit.kind, hit.detail["category"]) == ("url", category)
    assert (hit.confidence <= 0.6) is (category == "payment")


@pytest.mark.parametrize(
    "text", ["https://www.youtube.com/watch?t=1&v=abcdefghijk", "youtu.be/abcdefghijk?t=3", "https://m.youtube.com/shorts/abcdefghijk"]
)
def test_a_video_has_its_id(text: str) -> None:
    (hit,) = hits("url", text)
    assert hit.detail["id"] == "abcdefghijk"


def test_a_target_behind_a_link_that_leads_on_is_shown() -> None:
    (hit,) = hits("url", "https://l.instagram.com/?u=https%3A%2F%2Fevil.example%2F%C3%A5&e=1")
    assert hit.detail["target"] == "https://evil.example/å"
    (hit,) = hits("url", "https://www.google.com/url?q=javascript%3Aalert(1)")
    assert "target" not in hit.detail


def test_what_was_written_stays_beside_the_value() -> None:
    (hit,) = hits("url", "se hxxps://evil[.]example/a nå")
    assert (hit.raw, hit.detail["defanged"]) == ("hxxps://evil[.]example/a", hit.raw)
    (hit,) = hits("url", "www.bücher.example/x")
    assert hit.detail == {"scheme": "none", "ascii": "www.xn--bcher-kva.example"}


def test_addresses_without_a_space_between_them() -> None:
    assert [value for _, value in found("url", "https://example.com/a,https://example.org/b;http://example.net")] == [
        "https://example.com/a",
        "https://example.org/b",
        "http://example.net",
    ]


def test_a_longer_address_is_cut() -> None:
    (hit,) = hits("url", "https://example.com/" + "a" * 5000)
    assert len(hit.raw) == 2048


@given(
    scheme=st.sampled_from(["http://", "https://", "hxxp://", "ftp://"]),
    host=st.from_regex(r"\A[a-z][a-z0-9]{1,12}(?:\.[a-z]{2,9})?\.(?:com|net|example|no|de|info)\Z"),
    path=st.from_regex(r"\A(?:/[A-Za-z0-9_-]{1,8}){0,3}(?:\?[a-z]=[A-Za-z0-9]{1,6})?\Z"),
    before=st.sampled_from(["", "lenke: ", "(", "se\n", '"', "→ "]),
    after=st.sampled_from(["", ".", ", takk", ")", "\n", '"', " ok?", "!"]),
)
def test_any_address_in_any_sentence_is_found(scheme: str, host: str, path: str, before: str, after: str) -> None:
    assert found("url", f"{before}{scheme}{host}{path}{after}") == [("url", scheme.replace("hxxp", "http") + host + path)]


@given(st.text(alphabet='ab.@"[] (htp:)dot\u200b\ud800é=/-_1?#&%', max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    hits("url", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    check_hostile("url", HOSTILE[name])


def test_a_name_of_thousands_of_labels_is_not_looked_at_label_by_label() -> None:
    for text in ("a." * 4000, "a.com." * 1300, "www." + "b." * 4000 + "com"):
        hosts.is_registrable.cache_clear()
        hits("url", text)
        assert hosts.is_registrable.cache_info().misses < 500


def test_lone_characters() -> None:
    for text in ALONE:
        hits("url", text)
