"""Read an address of a known service: whose profile it is, what kind of page, which video, where it only leads on to."""

from __future__ import annotations

import dataclasses
import functools

from sextortion_cli.extract.finders.contacts.services import ALWAYS_PAGES, CATEGORIES, LEADS_ON, PAYMENTS, PROFILES, Shape


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """Whose page an address is: the service, what the name is (`Shape.what`), the name, and the normal form of host and path."""

    service: str
    what: str
    name: str
    address: str


@functools.lru_cache(maxsize=512)
def bare(host: str) -> str:
    """Return `host` without what only says how the page is shown: ``www.``, ``m.``, ``mobile.``, ``web.``, a country of the service."""
    for lead in ("www.", "m.", "mobile.", "web.", "mbasic.", "touch."):
        if host.startswith(lead) and host.count(".") > 1:
            host = host[len(lead) :]
            break
    head, _, tail = host.partition(".")
    if len(head) in (2, 5) and tail in ("facebook.com", "linkedin.com", "pinterest.com"):  # no.linkedin.com, nb-no.facebook.com
        return tail
    return host


def profile_of(host: str, path: str, query: str, fragment: str) -> Profile | None:
    """
    Return whose profile ``host/path?query#fragment`` is, None if it is no profile of a known service.

    Args:
        host: In lower case.
        path, query, fragment: As written, without ``/``, ``?``, ``#`` at the front.
    """
    host = bare(host)
    special = _special(host, path, query, fragment)
    if special is not None:
        return special
    if host.endswith(".t.me") and not path.strip("/"):
        return _profile(Shape("Telegram", signs="_"), "t.me", host[: -len(".t.me")])
    parts = [part for part in path.split("/") if part]
    if not parts:
        return None
    for shape in PROFILES.get(host, ()):
        count = len(shape.lead)
        if len(parts) <= count or (len(parts) > count + 1 and not shape.tail):
            continue
        if any(lead not in ("*", part) for lead, part in zip(shape.lead, parts, strict=False)):
            continue
        found = _profile(shape, host, parts[count])
        if found is not None:
            return found
    return None


def _profile(shape: Shape, host: str, written: str) -> Profile | None:
    name = written
    if shape.mark:
        if not name.startswith(shape.mark):
            return None
        name = name[len(shape.mark) :]
    lowered = name.lower()
    if not shape.lead and not shape.mark and (lowered in ALWAYS_PAGES or lowered in shape.pages):
        return None
    if (
        not 1 < len(name) <= 100
        or not all(char.isalnum() or char in shape.signs for char in name)
        or not any(char.isalnum() for char in name)
    ):
        return None
    if lowered.endswith((".php", ".html", ".htm", ".aspx", ".txt")):
        return None
    what = shape.what
    if what == "phone":
        digits = name.removeprefix("+")
        if not (digits.isdigit() and digits.isascii() and 6 <= len(digits) <= 15):
            return None
        return Profile(shape.service, "phone", f"+{digits}", f"{host}/{digits}")
    if what == "id" and shape.service not in ("YouTube", "Threema", "Snapchat", "Messenger") and not (name.isdigit() and name.isascii()):
        return None
    if shape.service in ("Facebook", "Messenger") and name.isdigit():
        if len(name) < 4:
            return None
        what = "id"
    if shape.service == "VK" and lowered.startswith("id") and lowered[2:].isdigit():
        return Profile("VK", "id", lowered[2:], f"{host}/{lowered}")
    if (
        shape.service == "VK"
        and lowered.startswith(("wall", "video", "photo", "club", "album", "topic"))
        and lowered.lstrip("abcdefghijklmnopqrstuvwxyz").lstrip("-")[:1].isdigit()
    ):
        return None
    if shape.folds:
        name = lowered
    if what == "id" and shape.service == "Facebook":
        return Profile(shape.service, what, name, f"facebook.com/profile.php?id={name}")
    lead = "/".join(shape.lead)
    return Profile(shape.service, what, name, f"{host}/{lead}{'/' if lead else ''}{shape.mark}{name}")


def _special(host: str, path: str, query: str, fragment: str) -> Profile | None:
    """Return profiles whose name stands in the query or the fragment."""
    if host in ("facebook.com", "fb.com") and path.strip("/") == "profile.php":
        name = _value(query, "id")
        return Profile("Facebook", "id", name, f"facebook.com/profile.php?id={name}") if _is_number(name, 4, 20) else None
    if host in ("api.whatsapp.com", "whatsapp.com") and path.strip("/") == "send":
        digits = _value(query, "phone").removeprefix("%2B").removeprefix("+")
        return Profile("WhatsApp", "phone", f"+{digits}", f"wa.me/{digits}") if _is_number(digits, 6, 15) else None
    if host == "signal.me" and fragment.startswith("p/+"):
        digits = fragment[3:]
        return Profile("Signal", "phone", f"+{digits}", f"signal.me/#p/+{digits}") if _is_number(digits, 6, 15) else None
    if host == "signal.me" and fragment.startswith("eu/") and len(fragment) > 10:
        return Profile("Signal", "invite", fragment[3:], f"signal.me/#{fragment}")
    if host in ("t.me", "telegram.me") and path.startswith("+"):
        digits = path[1:].strip("/")
        return Profile("Telegram", "phone", f"+{digits}", f"t.me/+{digits}") if _is_number(digits, 7, 15) else None
    if host in ("twitter.com", "x.com") and path.strip("/") in ("intent/user", "intent/follow"):
        name = _value(query, "screen_name")
        return _profile(Shape("X", signs="_"), host, name) if name else None
    return None


def _is_number(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and text.isdigit() and text.isascii()


def _value(query: str, key: str) -> str:
    for part in query.replace("&amp;", "&").split("&"):
        name, _, value = part.partition("=")
        if name == key:
            return value
    return ""


def category_of(host: str, path: str) -> str | None:
    """Return what kind of page an address is (``meeting``, ``file-host``, ``video``, ``shortener``, ``invite``, ``post``), None if unknown."""
    host = bare(host)
    first = path.strip("/").partition("/")[0].lower()
    if host in ("t.me", "telegram.me") and first.startswith("+"):
        return "invite"
    if host in ("x.com", "twitter.com") and "/status/" in path:
        return "post"
    while "." in host:
        found = CATEGORIES.get(f"{host}/{first}") or CATEGORIES.get(host)
        if found:
            return found
        host = host.partition(".")[2]
    return None


def video_of(host: str, path: str, query: str) -> str | None:
    """Return the number or code of a video in an address of YouTube, Vimeo or TikTok."""
    host = bare(host)
    parts = [part for part in path.split("/") if part]
    if host == "youtu.be" and parts:
        return parts[0]
    if host in ("youtube.com", "youtube-nocookie.com", "music.youtube.com"):
        if parts[:1] == ["watch"]:
            return _value(query, "v") or None
        if len(parts) > 1 and parts[0] in ("shorts", "embed", "live", "v"):
            return parts[1]
    if host in ("vimeo.com", "player.vimeo.com") and parts and parts[-1].isdigit():
        return parts[-1]
    if host == "tiktok.com" and len(parts) > 2 and parts[1] == "video":
        return parts[2]
    return None


def target_of(host: str, path: str, query: str) -> str | None:
    """Return the address hidden in one that only leads on to it (``l.instagram.com/?u=...``), None if there is none."""
    host = bare(host)
    first = path.strip("/").partition("/")[0]
    keys = ("url",) if host.endswith(".safelinks.protection.outlook.com") else LEADS_ON.get(f"{host}/{first}", ())
    for key in keys:
        target = _unescaped(_value(query, key))
        if target.startswith(("http://", "https://")):
            return target
    return None


def _unescaped(text: str) -> str:
    """Return `text` with ``%41`` as ``A``; bytes that are no UTF-8 become U+FFFD."""
    head, *pieces = text.split("%")
    out = bytearray(head.encode("utf-8", "replace"))
    for piece in pieces:
        try:
            out += bytes((int(piece[:2], 16),)) if len(piece) > 1 and piece[:2].isalnum() else b"%" + piece[:2].encode("utf-8", "replace")
        except ValueError:
            out += b"%" + piece[:2].encode("utf-8", "replace")
        out += piece[2:].encode("utf-8", "replace")
    return out.decode("utf-8", "replace")


def is_payment(host: str, path: str) -> bool:
    """Tell whether an address is somebody's page for payments: another finder gives its name."""
    host = bare(host)
    first = path.strip("/").partition("/")[0].lower()
    if host == "paypal.com":
        return first in ("paypalme", "donate")
    if host == "wise.com":
        return first == "pay"
    return host in PAYMENTS and bool(first)
