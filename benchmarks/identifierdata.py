"""
Chat text with planted identifiers and as many near-misses, from a seed, with the truth beside it.

Written apart from the finders: check digits come from python-stdnum, from encoders of this file and from pycryptodome, never from the
program's own code, so that a fault in one does not hide in the other.
"""

from __future__ import annotations

import hashlib
import json
import random
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import phonenumbers
from stdnum import iban as stdnum_iban
from stdnum import luhn

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_WORDS = {
    "en": [
        "I",
        "know",
        "you",
        "saw",
        "what",
        "happened",
        "yesterday",
        "and",
        "we",
        "will",
        "talk",
        "about",
        "it",
        "later",
        "when",
        "you",
        "are",
        "home",
        "please",
        "answer",
        "me",
        "now",
    ],
    "nb": [
        "jeg",
        "vet",
        "hva",
        "du",
        "gjorde",
        "i",
        "går",
        "og",
        "nå",
        "må",
        "du",
        "svare",
        "meg",
        "med",
        "en",
        "gang",
        "før",
        "det",
        "er",
        "for",
        "sent",
        "ikke",
        "si",
        "noe",
        "til",
        "noen",
    ],
    "de": [
        "ich",
        "weiß",
        "was",
        "du",
        "gestern",
        "gemacht",
        "hast",
        "und",
        "jetzt",
        "musst",
        "du",
        "mir",
        "antworten",
        "bevor",
        "es",
        "zu",
        "spät",
        "ist",
    ],
    "fr": [
        "je",
        "sais",
        "ce",
        "que",
        "tu",
        "as",
        "fait",
        "hier",
        "et",
        "maintenant",
        "tu",
        "dois",
        "me",
        "répondre",
        "avant",
        "qu'il",
        "soit",
        "trop",
        "tard",
    ],
    "es": ["sé", "lo", "que", "hiciste", "ayer", "y", "ahora", "tienes", "que", "contestarme", "antes", "de", "que", "sea", "tarde"],
}
Planted = tuple[str, str, str]
"""Kind, normal form, sentence that holds it."""


class Maker:
    """Makes identifiers and near-misses from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    # -- pieces --------------------------------------------------------------------------------------------------------------

    def digits(self, count: int) -> str:
        return "".join(self.random.choice(string.digits) for _ in range(count))

    def hex(self, count: int) -> str:
        return "".join(self.random.choice("0123456789abcdef") for _ in range(count))

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def word(self, shortest: int = 4, longest: int = 9) -> str:
        return "".join(self.random.choice("abcdefghiklmnoprstuv") for _ in range(self.random.randint(shortest, longest)))

    def base58check(self, version: bytes, payload: bytes) -> str:
        data = version + payload
        data += hashlib.sha256(hashlib.sha256(data).digest()).digest()[:4]
        number, text = int.from_bytes(data, "big"), ""
        while number:
            number, rest = divmod(number, 58)
            text = _BASE58[rest] + text
        return "1" * (len(data) - len(data.lstrip(b"\0"))) + text

    def bech32(self, prefix: str, version: int, program: bytes) -> str:
        bits = "".join(f"{byte:08b}" for byte in program)
        bits += "0" * (-len(bits) % 5)
        values = [version] + [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
        expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
        constant = 1 if version == 0 else 0x2BC830A3
        check = _polymod(expanded + values + [0] * 6) ^ constant
        values += [(check >> 5 * (5 - at)) & 31 for at in range(6)]
        return prefix + "1" + "".join(_BECH32[value] for value in values)

    def changed(self, text: str, alphabet: str) -> str:
        """Return a text with one character in its second half changed: a wrong check digit."""
        at = self.random.randrange(len(text) // 2, len(text))
        while text[at] not in alphabet:
            at = self.random.randrange(len(text) // 2, len(text))
        return text[:at] + self.random.choice([letter for letter in alphabet if letter != text[at]]) + text[at + 1 :]

    def bytes(self, count: int) -> bytes:
        return self.random.randbytes(count)

    # -- identifiers ---------------------------------------------------------------------------------------------------------

    def phone(self) -> Planted:
        region = self.pick("NO", "NO", "SE", "DK", "GB", "US", "NG", "CI", "FR", "DE", "PH", "MA", "BJ")
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        for _ in range(40):
            trial = phonenumbers.PhoneNumber(country_code=number.country_code, national_number=number.national_number)
            tail = self.random.randint(3, 5)
            trial.national_number = number.national_number // 10**tail * 10**tail + self.random.randrange(10**tail)
            if phonenumbers.is_valid_number(trial):
                number = trial
                break
        value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        way = self.random.randrange(6)
        if way == 0:
            shown = value
        elif way == 1:
            shown = "00" + value[1:]
        elif way == 2:
            shown = shown.replace(" ", "-")
        elif way == 3 and region == "NO":
            national = str(number.national_number)
            shown = self.pick(f"{national[:3]} {national[3:5]} {national[5:]}", " ".join(national[at : at + 2] for at in range(0, 8, 2)))
        elif way == 4:
            shown = shown.replace(" ", "\u00a0")
        return (
            "phone",
            value,
            self.pick("call me {}", "ring {}", "min whatsapp er {}", "my number: {}", "({})", "appelle {}", "{} ok?").format(shown),
        )

    def email(self) -> Planted:
        local = self.pick(self.word(), f"{self.word()}.{self.word()}", f"{self.word()}+{self.digits(2)}", f"{self.word()}_{self.digits(3)}")
        value = f"{local}@{self.pick('example.com', 'mail.example.org', 'example.net', 'gmail.com', 'proton.me', 'post.example.no')}"
        shown = self.pick(value, value, value, value.replace(".", "[.]"), value.replace("@", " [at] "), f"<{value}>", value.title())
        return "email", value, self.pick("mail {}", "skriv til {}.", "my email is {}!", "{}", "contact: {}, fast").format(shown)

    def url(self) -> Planted:
        host = self.pick("evil.example.com", "files.example.net", "pay-me.example.org", "xn--bcher-kva.example.com", "192.0.2.44:8080")
        path = self.pick(
            f"/v/{self.word()}", f"/{self.word()}/{self.digits(4)}?id={self.hex(6)}", f"/a_({self.word()})", f"/{self.hex(10)}#t=1"
        )
        scheme = self.pick("https", "http")
        value = f"{scheme}://{host}{path}"
        shown = self.pick(value, value, value, value.replace("http", "hxxp").replace(".", "[.]"))
        return "url", value, self.pick("se {}", "look {} now", "the video: {}.", "({})", "{}", "klikk her: {}, nå").format(shown)

    def ipv4(self) -> Planted:
        value = f"{self.pick('192.0.2', '198.51.100', '203.0.113')}.{self.random.randrange(1, 255)}"
        return "ipv4", value, self.pick("my ip is {}", "IP: {}", "logged in from {}", "{}:443", "server {}", "ip {}.").format(value)

    def ipv6(self) -> Planted:
        value = f"2001:db8:{self.hex(4).lstrip('0') or '1'}::{self.hex(3).lstrip('0') or '7'}"
        return "ipv6", value, self.pick("ip {}", "[{}]:443", "address {}", "from {} today").format(value)

    def iban(self) -> Planted:
        shape = {
            "NO": (11, ""),
            "DE": (18, ""),
            "DK": (14, ""),
            "FI": (14, ""),
            "SE": (20, ""),
            "GB": (14, "WEST"),
            "ES": (20, ""),
            "FR": (23, ""),
        }
        country = self.random.choice(list(shape))
        for _ in range(2000):
            count, letters = shape[country]
            body = letters + self.digits(count)
            check = stdnum_iban.calc_check_digits(f"{country}00{body}")
            value = f"{country}{check}{body}"
            if stdnum_iban.is_valid(value, check_country=True):
                break
        else:
            value = "NO9386011117947"
        spaced = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
        return (
            "iban",
            value,
            self.pick("IBAN {}", "send to {}", "betal til {}", "iban: {}.", "{} innen i kveld").format(
                self.pick(value, spaced, spaced, value.lower())
            ),
        )

    def account(self) -> Planted:
        while True:
            body = self.digits(10)
            total = 11 - sum(int(digit) * weight for digit, weight in zip(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
            value = body + str(total % 11)
            if total != 10 and not _is_birth_number(value) and value[0] != "0" and value[4:6] != "00":
                break
        shown = self.pick(value, f"{value[:4]} {value[4:6]} {value[6:]}", f"{value[:4]}.{value[4:6]}.{value[6:]}")
        return (
            "account-no",
            value,
            self.pick("kontonr {}", "betal til konto {}", "kontonummer: {}", "overfør til konto {} nå").format(shown),
        )

    def card(self) -> Planted:
        body = self.pick("4", "51", "5300", "2221") + self.digits(15)
        body = body[:15]
        value = body + luhn.calc_check_digit(body)
        shown = self.pick(
            value, " ".join(value[at : at + 4] for at in range(0, 16, 4)), "-".join(value[at : at + 4] for at in range(0, 16, 4))
        )
        return "card", value, self.pick("card {}", "kortnummer {}", "my card is {} exp 12/29", "carte: {}").format(shown)

    def btc(self) -> Planted:
        value = self.random.choice(
            (
                lambda: self.base58check(b"\x00", self.bytes(20)), lambda: self.base58check(b"\x05", self.bytes(20)),
                lambda: self.bech32("bc", 0, self.bytes(20)), lambda: self.bech32("bc", 1, self.bytes(32)),
            )
        )()  # fmt: skip
        return "btc", value, self.pick("send btc to {}", "{}", "wallet: {}.", "bitcoin:{}", "adresse {} nå").format(value)

    def eth(self) -> Planted:
        value = "0x" + self.hex(40)
        shown = _eip55(value) if self.random.random() < 0.7 else value
        return "eth", value, self.pick("eth {}", "USDT (ERC20) {}", "{}", "wallet {}!").format(shown)

    def tron(self) -> Planted:
        value = self.base58check(b"\x41", self.bytes(20))
        return "tron", value, self.pick("usdt trc20 {}", "{}", "tron: {}").format(value)

    def ltc(self) -> Planted:
        value = self.random.choice((lambda: self.base58check(b"\x30", self.bytes(20)), lambda: self.bech32("ltc", 0, self.bytes(20))))()
        return "ltc", value, self.pick("ltc {}", "litecoin: {}", "{}").format(value)

    def doge(self) -> Planted:
        value = self.base58check(b"\x1e", self.bytes(20))
        return "doge", value, self.pick("doge {}", "{}").format(value)

    def mtcn(self) -> Planted:
        value = str(self.random.randrange(1, 10)) + self.digits(9)
        shown = self.pick(value, f"{value[:3]}-{value[3:6]}-{value[6:]}", f"{value[:3]} {value[3:6]} {value[6:]}")
        return "mtcn", value, self.pick("MTCN {}", "western union mtcn: {}", "the mtcn number is {}").format(shown)

    def gift_card(self) -> Planted:
        letters = "BCDFGHJKLMNPQRTVWXYZ2346789"
        code = "".join(self.random.choice(letters) for _ in range(15))
        kind = self.random.randrange(3)
        if kind == 0:
            return "gift-card", code, f"steam card {code[:5]}-{code[5:10]}-{code[10:]}"
        if kind == 1:
            return "gift-card", "X" + code, f"apple gift card {'X' + code}"
        return "gift-card", code[:4] + code[4:10] + code[10:14], f"amazon gift card {code[:4]}-{code[4:10]}-{code[10:14]}"

    def handle(self) -> Planted:
        value = f"{self.word(5, 9)}{self.pick('', '_', '.')}{self.digits(2)}"
        return "handle", value, self.pick("my insta is @{}", "snap: {}", "add me on telegram @{}", "@{} on kik", "ig: {}").format(value)

    def profile(self) -> Planted:
        name = f"{self.word(5, 9)}{self.digits(2)}"
        value = self.pick("https://www.instagram.com/", "https://t.me/", "https://www.facebook.com/", "https://www.tiktok.com/@") + name
        return "profile", value, self.pick("profile {}", "{}", "se {}").format(value)

    def tx(self) -> Planted:
        value = self.hex(64)
        return "tx", value, self.pick("txid {}", "transaction hash: {}", "tx {}").format(value)

    # -- near-misses ---------------------------------------------------------------------------------------------------------

    def near_miss(self) -> tuple[str, str]:
        """Return (kind it must not be found as, sentence)."""
        makers: tuple[Callable[[], tuple[str, str]], ...] = (
            lambda: ("phone", self.pick("order {}", "ordre {}", "faktura {}", "ref {}").format(self.digits(8))),
            lambda: ("phone", f"den {self.random.randrange(10, 28)}.{self.random.randrange(10, 13)}.20{self.random.randrange(10, 27)} kl 20:30"),
            lambda: ("phone", f"{self.random.randrange(1, 9)} {self.digits(3)} {self.digits(3)},00 kr"),
            lambda: ("phone", f"ISBN 978-{self.digits(1)}-{self.digits(3)}-{self.digits(5)}-{self.digits(1)}"),
            lambda: ("email", self.pick("meet @ home.now", "user@localhost", "foo@bar", "a @ b . c")),
            lambda: ("url", self.pick("and/or", "ok...nice", "see file.zip", "bilde.jpg er her", "I was home.The dog", "report.py failed")),
            lambda: ("domain", self.pick("hei.nå skal vi", "main.py", "archive.tar", "e.g. this", "v2.final")),
            lambda: ("ipv4", self.pick("version {}", "v{}", "build {}", "app versjon {}").format(f"{self.random.randrange(1, 20)}.{self.random.randrange(0, 30)}.{self.random.randrange(0, 9)}.{self.random.randrange(0, 99)}")),
            lambda: ("ipv4", f"{self.random.randrange(256, 999)}.1.2.{self.random.randrange(0, 9)}"),
            lambda: ("ipv6", self.pick(":".join(self.hex(2) for _ in range(6)), f"{self.digits(2)}:{self.digits(2)}:{self.digits(2)}", "std::vector::push")),
            lambda: ("iban", self.changed(self.iban()[1], string.digits)),
            lambda: ("account-no", f"kontonr {self.changed(self.account()[1], string.digits)}"),
            lambda: ("card", f"card {self.changed(self.card()[1], string.digits)}"),
            lambda: ("btc", self.changed(self.btc()[1], _BASE58[9:])),
            lambda: ("eth", "0x" + self.hex(self.random.choice((38, 39, 41, 44)))),
            lambda: ("tron", self.changed(self.tron()[1], _BASE58[9:])),
            lambda: ("mtcn", self.pick("mtcn {}", "western union {}").format(self.digits(self.random.choice((8, 9, 11, 12))))),
            lambda: ("gift-card", self.pick("licence key {}", "serial {}", "product key {}").format("-".join(self.hex(5).upper() for _ in range(5)))),
            lambda: ("handle", self.pick("lunch @ 12", "price @ 5 each", "@ @ @")),
            lambda: ("tx", self.pick("sha256 {}", "sha-256: {}", "checksum {}", "sjekksum {}").format(self.hex(64))),
        )  # fmt: skip
        return self.random.choice(makers)()


KINDS = (
    "phone", "email", "url", "ipv4", "ipv6", "iban", "account", "card", "btc", "eth", "tron", "ltc", "doge", "mtcn", "gift_card", "handle",
    "profile", "tx",
)  # fmt: skip


def _polymod(values: list[int]) -> int:
    """BIP-173."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if (top >> at) & 1 else 0
    return check


def _eip55(address: str) -> str:
    from Crypto.Hash import keccak

    digest = keccak.new(digest_bits=256, data=address[2:].encode()).hexdigest()
    return "0x" + "".join(letter.upper() if int(digest[at], 16) >= 8 else letter for at, letter in enumerate(address[2:]))


def _is_birth_number(value: str) -> bool:
    return 1 <= int(value[:2]) % 40 <= 31 and 1 <= int(value[2:4]) % 40 <= 12


def write(path: Path, seed: int, size: int, every: int = 17) -> dict[str, object]:
    """Write about `size` bytes of a WhatsApp export with a hit and a near-miss about every `every` lines; return the truth."""
    maker = Maker(seed)
    planted: set[tuple[str, str]] = set()
    misses: list[tuple[str, str]] = []
    written = 0
    with path.open("w", encoding="utf-8") as stream:
        minute = 0
        while written < size:
            for place in range(every):
                words = maker.random.choice(list(_WORDS.values()))
                text = " ".join(maker.random.choices(words, k=maker.random.randint(3, 14)))
                if place == 3:
                    kind, value, said = getattr(maker, maker.random.choice(KINDS))()
                    planted.add((kind, value))
                    text = maker.random.choice((said, f"{text} {said}", f"{said} {text}" if kind != "email" else said))
                elif place == 11:
                    kind, said = maker.near_miss()
                    misses.append((kind, said))
                    text = f"{text} {said}" if maker.random.random() < 0.6 else said
                day, clock = divmod(minute, 1440)
                line = f"{1 + day % 28:02d}/{1 + day // 28 % 12:02d}/{2020 + day // 336}, {clock // 60:02d}:{clock % 60:02d} - {'Lina' if place % 2 else 'Ola'}: {text}\n"
                minute += 1
                stream.write(line)
                written += len(line.encode())
    return {"planted": sorted(planted), "misses": len(misses), "seed": seed}


def _same(kind: str, value: str) -> tuple[str, str]:
    """Return a pair as it is compared: without regard to case, and a profile without the ``www.`` it can be reached with or without."""
    return kind, value.casefold().replace("//www.", "//") if kind == "profile" else value.casefold()


def judged(truth: dict[str, Any], found: Path) -> dict[str, Any]:
    """
    Compare what was found at 0.5 and above with what was planted.

    Both numbers are over distinct (kind, value) pairs.
    """
    planted = {_same(kind, value) for kind, value in truth["planted"]}
    given = set()
    with found.open(encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            given.add(_same(entry["kind"], entry["value"]))
    right = planted & given
    kinds = sorted({kind for kind, _ in planted | given})
    table = {}
    for kind in kinds:
        wanted, said = {item for item in planted if item[0] == kind}, {item for item in given if item[0] == kind}
        table[kind] = {
            "planted": len(wanted),
            "recall": round(len(wanted & said) / len(wanted), 4) if wanted else None,
            "precision": round(len(wanted & said) / len(said), 4) if said else None,
        }
    return {
        "recall": round(len(right) / max(1, len(planted)), 4),
        "precision": round(len(right) / max(1, len(given)), 4),
        "target": 0.98,
        "near_misses": truth["misses"],
        "kinds": table,
        "missed": sorted(planted - given)[:40],
        "wrong": sorted(given - planted)[:40],
    }
