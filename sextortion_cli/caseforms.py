"""
Which kind of case it may be: signs with what each was seen in. A sign is no proof, and none of them decides anything.

That a mail is a mass-mailed bluff is said only when everything in the case agrees, with the reason and with what would change it. It is
never said that nothing will happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sextortion_cli.exportfacts import FactFilter, facts
from sextortion_cli.items import exhibit_item
from sextortion_cli.ledger import Ledger
from sextortion_cli.model.suggestionwords import CASE_KIND, SIGN
from sextortion_cli.store.case import Case
from sextortion_cli.store.reindex import index_of
from sextortion_cli.words import N_

BLUFF = N_("Everything in this case points to a mass-mailed bluff.")
WHY = N_("Why: these signs are typical of mails that go to very many, and nothing in the case shows contact, pictures or video.")
CHANGES = N_(
    "What would change this: that you wrote with them, that they have or send a picture or video of you, or that they know more than a password."
)
PASSWORD = N_("If the password is one of yours: change it everywhere you use it.")
_BLUFF_SIGNS = frozenset(
    ("from-is-to", "own-provider-says", "speaks-of-a-password", "speaks-of-malware", "speaks-of-a-camera", "names-a-wallet")
)
_CONTACT_EVENTS = frozenset(("first-contact", "platform-move", "recording", "image-sent", "recontact", "publication", "link-received"))
_SCREENS = frozenset(("conversation", "profile", "payment"))
#: What nobody has looked into may hold anything: also a conversation, or a picture.
_UNSEEN = frozenset(("stored", "ambiguous", "partial", "failed"))
_MOST = 20
"""Places shown for one sign; the others of the same sign are counted."""


def signs(case: Case, ledger: Ledger) -> dict[str, Any]:
    """Return ``signs`` (kind, sign, count, and the first places it was seen in) and ``bluff`` (holds, sentences, against)."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    traits: dict[str, set[str]] = {}
    for kind, sign, place in _seen(case, ledger, traits):
        entry = found.setdefault((kind, sign), {"kind": kind, "sign": sign, "what": SIGN[sign], "count": 0, "places": []})
        entry["count"] += 1
        if len(entry["places"]) < _MOST:
            entry["places"].append(place)
    order = list(CASE_KIND)
    listed = sorted(found.values(), key=lambda entry: (order.index(entry["kind"]), list(SIGN).index(entry["sign"])))
    return {"signs": listed, "bluff": _bluff(case, ledger, traits)}


def _seen(case: Case, ledger: Ledger, traits: dict[str, set[str]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for entry in ledger.entries():
        place = _place(entry)
        material = set(entry["material"])
        if material & {"recording", "webcam"}:
            yield "webcam-recording", "speaks-of-a-recording", place
        if "ai-made" in material:
            yield "ai-made", "speaks-of-made-pictures", place
        if entry["kind"] == "threat":
            yield "image-threat", "threatens-to-show", place
        elif entry["kind"] == "publication-claim":
            yield "image-threat", "claims-it-was-shown", place
        elif entry["wants"] == "material":
            yield "non-financial", "asks-for-pictures", place
        elif entry["wants"] == "act":
            yield "non-financial", "asks-for-acts", place
    for record in case.book.current("event"):
        data = record["data"]
        place = {"event": record["subject"]["event_id"], "exhibit": data.get("exhibit"), "locator": None, "quoted": None}
        if data["kind"] == "recording":
            yield "webcam-recording", "stated-recording", place
        elif data["kind"] == "image-sent":
            yield "image-threat", "stated-image-sent", place
    for fact in facts(case, FactFilter(kind="mail-mass-traits")):
        held = [key for key in fact["values"] if key in _BLUFF_SIGNS]
        traits.setdefault(fact["exhibit"], set()).update(held)
        for sign in held:
            yield "bulk-bluff", sign, {"event": None, "exhibit": fact["exhibit"], "locator": fact["locator"], "quoted": None}


def _place(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"event": entry["confirmed"], "exhibit": entry["exhibit"], "locator": entry["locator"], "quoted": entry["quoted"]}


def _bluff(case: Case, ledger: Ledger, traits: Mapping[str, set[str]]) -> dict[str, Any]:
    """Return whether the sentence may be said, what is said then, and otherwise what speaks against it."""
    most = max(traits.values(), key=len, default=set())
    against = list(dict.fromkeys(_against(case, traits))) if most else []
    if most and ledger.incomplete:
        against.append(_UNREAD)
    holds = len(most) >= 2 and not against
    sentences = [BLUFF, WHY, CHANGES, *([PASSWORD] if "speaks-of-a-password" in most else [])] if holds else []
    return {"holds": holds, "signs": sorted(most), "sentences": sentences, "against": against}


_CONVERSATION = N_("there are other messages in the case")
_STATED = N_("contact, a recording or a picture was stated")
_ACCOUNT = N_("an account besides a mail address is stated to be the extorter's")
_MATERIAL = N_("there are pictures, video or files nobody has looked at in the case")
_UNREAD = N_("not all messages could be looked through")
_ATTACHED = N_("something is attached to the mail")


def _is_unseen(item: Mapping[str, Any]) -> bool:
    return item["status"] == "by-reference" or (item["status"] in _UNSEEN and item["kind"] not in _SCREENS)


def _against(case: Case, traits: Mapping[str, set[str]]) -> Iterator[str]:
    book = case.book
    if any(record["data"]["kind"] in _CONTACT_EVENTS for record in book.current("event")):
        yield _STATED
    latest = {record["subject"]["contact_id"]: record["data"] for record in book.current("contact")}
    if any(
        data["side"] == "extorter" and any(data.get(key) for key in ("stable_id", "handle", "phone", "profile_url"))
        for data in latest.values()
    ):
        yield _ACCOUNT
    for exhibit in book.exhibits.values():
        if not book.is_shown(exhibit.id):
            continue
        item = exhibit_item(exhibit)
        if exhibit.parent in traits:
            if not str(item["media_type"]).startswith("text/"):
                yield _ATTACHED
        elif (exhibit.id not in traits and _is_unseen(item)) or (
            str(item["media_type"]).startswith(("image/", "video/")) and item["kind"] not in _SCREENS
        ):
            yield _MATERIAL
    with index_of(case) as index:
        if any(messages and exhibit not in traits and book.is_shown(exhibit) for exhibit, messages, *_ in index.spans()):
            yield _CONVERSATION
            return
        if any(place.message.attachments for place in index.all() if place.exhibit in traits):
            yield _ATTACHED
