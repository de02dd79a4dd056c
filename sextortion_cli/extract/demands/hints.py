"""
Short lines, as most that extorters write are: "u pay i delete", "your sister just opened it", "no money = video on facebook".

The fuller rules (`publication`, `payment`, `deadlines`) want a whole sentence. What stands here says less, so that it counts only for an
account stated to be the extorter's, unless two things that belong together are said in one message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sextortion_cli.extract.demands.lexicon import Role
from sextortion_cli.extract.demands.money import Sum, loose, sums
from sextortion_cli.extract.demands.passage import LINK, MAIL, TARGET, Passage
from sextortion_cli.extract.demands.payment import UNTRACEABLE, method
from sextortion_cli.extract.demands.publication import GROUPS, Pressure, subject, subject_is_me
from sextortion_cli.model.suggestion import SuggestionKind, Wants

_THING = Role.MATERIAL | Role.NUDE | Role.IT
_SHOW = Role.PUBLISH | Role.OPEN | Role.EXPOSE
_ASKING = Role.PAY | Role.SEND | Role.SEND_ME | Role.WANT
_LISTS = frozenset(("friends", "followers", "contacts"))
_SHORT = 5
"""Tokens of a message that is hardly more than the sum it names."""
_WALLET = 25
_MOST = 200
"""Words of one window that are looked at for one kind."""


class Hint(NamedTuple):
    """What a short line seems to say: its sentence, and for a demand the sum and what is wanted."""

    kind: SuggestionKind
    places: range
    clear: bool = False
    money: Sum | None = None
    wants: Wants | None = None


def hints(passage: Passage, pressure: Pressure, found: set[SuggestionKind], *, pressed: bool) -> Iterator[Hint]:
    """
    Yield one hint of each kind that is not in `found`.

    Args:
        pressed: The fuller rules plainly found a threat or a demand in the message.
    """
    if passage.seen & Role.EVERYDAY:
        return
    threat = None if "threat" in found else _first(passage, pressure, _THREATS)
    demand = None if "demand" in found else _demand(passage, pressure, threat="threat" in found or threat is not None)
    clear = pressed or (demand is not None and threat is not None and not passage.seen & Role.LAUGH)
    for hint in (demand, threat):
        if hint is not None:
            yield hint._replace(clear=hint.clear or clear)
    claim = None if "publication-claim" in found else _first(passage, pressure, _CLAIMS)
    if claim is not None:
        yield claim
    where = None if "payment-instruction" in found else _where(passage)
    if where is not None:
        yield where._replace(clear=pressed)


def _first(passage: Passage, pressure: Pressure, rules: tuple[_Rule, ...]) -> Hint | None:
    asked = 0
    for rule in rules:
        if not passage.seen & rule.role:
            continue
        for index, roles in enumerate(passage.roles):
            if roles & rule.role:
                asked += 1
                if asked > _MOST:
                    return None
                hint: Hint | None = rule.say(passage, index, pressure)
                if hint is not None:
                    return hint
    return None


def _near(passage: Passage, index: int, role: int, reach: int = 6) -> bool:
    return passage.around(index, role, reach, reach) is not None


def _named(passage: Passage, places: range) -> set[str]:
    """Return whom of the reader's a sentence names: "your mother", "all your followers"."""
    if not any(passage.roles[at] & Role.YOUR for at in places):
        return {"contacts"} & {passage.code(at, Role.RECIPIENT) for at in places}
    named = [at for at in places if passage.roles[at] & Role.RECIPIENT and not passage.plays(at - 1, Role.MY)]
    return {passage.code(at, Role.RECIPIENT) for at in named} & (GROUPS - {"everyone"})


def _is_public(passage: Passage, places: range) -> bool:
    return any(
        passage.roles[at] & Role.RECIPIENT
        and (passage.code(at, Role.RECIPIENT) not in GROUPS or passage.code(at, Role.RECIPIENT) == "everyone")
        for at in places
    )


def _harm(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "I ruin your life": the reader, or what is theirs, is the one harmed."""
    yours = (_near(passage, index, Role.LIFE, 5) and _near(passage, index, Role.YOUR | Role.YOU_OBJECT)) or _near(
        passage, index, Role.YOU_OBJECT, 3
    )
    if not yours or _near(passage, index, Role.MY, 4):
        return None
    mine = (subject_is_me(passage, index) or pressure.otherwise) and not passage.seen & Role.LAUGH
    return Hint("threat", passage.sentence(index), clear=mine)


def _shown(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "im still posting it", "watch me send it to your boyfriend"."""
    places = passage.sentence(index)
    named = _named(passage, places)
    mine = subject_is_me(passage, index)
    if passage.around(index, Role.ASK | Role.MUST, 5, 0) is not None or not (_near(passage, index, _THING) or (named and mine)):
        return None
    if passage.around(index, Role.NOT, 3, 3) is not None and not pressure.otherwise:
        return None
    timed = passage.seen & Role.UNIT and _near(passage, index, Role.IT)
    if (passage.roles[index] & (Role.OPEN | Role.EXPOSE) or timed) and subject(passage, index) in (None, Role.ME):
        return Hint("threat", places)
    return Hint("threat", places) if named and not passage.plays(index + 1, Role.ME_OBJECT) else None


def _others(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "your girlfriend will love this video", "your wife finds out what you do", "everyone will know who you are"."""
    places = passage.sentence(index)
    named = _named(passage, places)
    if passage.roles[index] & Role.REACT and named and _near(passage, index, _THING, 8):
        return Hint("threat", places)
    if passage.roles[index] & (Role.KNOW | Role.GET) and (named or _is_public(passage, places)):
        told = passage.roles[index] & Role.KNOW and passage.around(index, Role.YOU | Role.YOU_OBJECT | Role.KNOW, 0, 6) is not None
        if told or (pressure.otherwise and _near(passage, index, _THING)):
            return Hint("threat", places, clear=pressure.otherwise and pressure.asks)
    return None


def _kept(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "i have your friends list open", "screenshotted all your followers"."""
    del pressure
    places = passage.sentence(index)
    named = _named(passage, places)
    yours = passage.around(index, Role.MATERIAL | Role.NUDE, 0, 8) is not None and passage.around(index, Role.YOUR, 0, 8) is not None
    return Hint("threat", places) if named & _LISTS or (passage.roles[index] & Role.SAVED and named) or yours else None


def _defied(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "block me and it goes viral"."""
    if not _near(passage, index, Role.ME_OBJECT, 3):
        return None
    follows = passage.seen & (_SHOW | Role.WILL_BE | Role.WARN | Role.PASSIVE | Role.HARM) or pressure.otherwise
    return Hint("threat", passage.sentence(index)) if follows else None


def _ashamed(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "if u dont wanna be embarrassed", "you wanna be famous"."""
    del pressure
    is_asked = passage.seen & (Role.IF | Role.ELSE) or (
        passage.seen & (Role.YOU | Role.LIKE) and passage.seen & (Role.NOT | Role.LIKE | Role.ASK | _THING)
    )
    return Hint("threat", passage.sentence(index)) if is_asked else None


def _unpaid(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "no money = video on facebook"."""
    del pressure
    places = passage.sentence(index)
    thing = passage.seen & (Role.MATERIAL | Role.NUDE) and _is_public(passage, places)
    return Hint("threat", places) if thing and _near(passage, index, Role.NOT, 2) else None


def _ends(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "your pics end up on the net tonight"."""
    del pressure
    places = passage.sentence(index)
    yours = passage.seen & (Role.MATERIAL | Role.NUDE) and any(passage.roles[at] & Role.YOUR for at in places)
    ends = _is_public(passage, places) or _named(passage, places)
    return Hint("threat", places) if (yours or passage.seen & Role.IT) and ends and not _near(passage, index, Role.MY) else None


def _seen(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "3 of your friends have seen it", "your sister just opened the video"."""
    del pressure
    places = passage.sentence(index)
    is_shown = _named(passage, places) and passage.around(index, _THING | Role.IS, 6, 4) is not None
    return Hint("publication-claim", places) if is_shown and not _is_ahead(passage, index) else None


def _is_ahead(passage: Passage, index: int) -> bool:
    """Tell whether a day is named before the verb: "tomorrow the whole school has seen it"."""
    return passage.around(index, Role.DAY, 8, 0) is not None


def _ahead(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    del pressure
    places = passage.sentence(index)
    shown = (passage.roles[index] & Role.NUDE or _near(passage, index, _THING)) and (
        _named(passage, places) or any(passage.code(at, Role.RECIPIENT) == "school" for at in places)
    )
    return Hint("threat", places) if shown and _is_ahead(passage, index) and not _near(passage, index, Role.MY) else None


def _already(passage: Passage, index: int, pressure: Pressure) -> Hint | None:
    """Such as "already sent it to ur mom", "just posted it"; not "sent it to mom"."""
    del pressure
    places = passage.sentence(index)
    named = _named(passage, places)
    others = any(passage.roles[at] & Role.RECIPIENT for at in places)
    said = subject(passage, index) in (None, Role.ME) and (named or _is_public(passage, places) or not others)
    thing = _near(passage, index, _THING) or bool(named)
    if not said or not thing or any(passage.roles[at] & (Role.MY | Role.NOT | Role.ASK | Role.IF) for at in places):
        return None
    return Hint("publication-claim", places) if named or _near(passage, index, Role.IS, 3) else None


def _demand(passage: Passage, pressure: Pressure, *, threat: bool) -> Hint | None:
    seen = passage.seen
    for found in (*sums(passage), *loose(passage)):
        if _is_price(passage, found, pressure, threat=threat):
            return Hint(
                "demand", passage.sentence(found.first), money=found, wants="money", clear=bool(found.currency and seen & Role.DELETE)
            )
    hard = threat or pressure.otherwise
    for index, roles in enumerate(passage.roles[:_MOST]):
        if roles & Role.UNDRESS:
            return Hint("demand", passage.sentence(index), wants="material", clear=hard and not seen & Role.LAUGH)
        more = passage.around(index, Role.NUDE | Role.MATERIAL, 0, 6) if roles & Role.WANT else None
        if more is not None and (passage.roles[more] & Role.NUDE or passage.around(more, Role.MORE, 3, 0) is not None):
            return Hint("demand", passage.sentence(index), wants="material", clear=hard and not seen & Role.LAUGH)
        if roles & Role.MEET and hard:
            return Hint("demand", passage.sentence(index), wants="act", clear=pressure.otherwise and not seen & Role.LAUGH)
        money = roles & Role.MONEY and (
            (_near(passage, index, Role.NOT, 2) and seen & (Role.MATERIAL | Role.NUDE))
            or (_near(passage, index, Role.OR, 2) and seen & Role.SHAME)
            or (_near(passage, index, Role.MY, 2) and len(passage) <= 2 * _SHORT - 3)
            or (seen & Role.ACCOUNT and seen & (Role.YOU | Role.YOU_HAVE | Role.ASK))
        )
        told = passage.plays(index - 1, Role.YOU) or subject(passage, index) in (None, Role.YOU)
        asks = passage.around(index, Role.ASK, 6, 0) is not None
        paid = roles & Role.PAY and told and not asks
        if money or paid or roles & Role.HOW_MUCH:
            return Hint("demand", passage.sentence(index), wants="money")
    return None


def _is_price(passage: Passage, found: Sum, pressure: Pressure, *, threat: bool) -> bool:
    if passage.seen & Role.DELETE or pressure.otherwise or (threat and found.currency):
        return True
    if found.currency and len(passage) <= _SHORT and not passage.seen & Role.ASK:
        return True
    verb = passage.around(found.first, _ASKING, 5, 2 if found.currency else 0)
    if verb is None or passage.around(found.first, Role.ASK, 8, 0) is not None:
        return False
    return bool(passage.roles[verb] & (Role.WANT | Role.SEND_ME)) or subject(passage, verb) in (None, Role.YOU)


def _where(passage: Passage) -> Hint | None:
    """Return the sentence that says how to pay: a way of paying with something to send, an account with a receipt."""
    seen = passage.seen
    if seen & Role.ASK:
        return None
    for index, roles in enumerate(passage.roles[:_MOST]):
        token = passage.tokens[index]
        wallet = token.kind == TARGET and len(token.word) >= _WALLET
        only = (
            roles & Role.METHOD and passage.code(index, Role.METHOD) in UNTRACEABLE and passage.around(index, Role.WITHIN, 2, 2) is not None
        )
        if wallet or only or (token.kind == TARGET and seen & (Role.METHOD | Role.ACCOUNT) and seen & (Role.MY | Role.HERE)):
            return Hint("payment-instruction", passage.sentence(index))
        if not roles & (Role.PAY | Role.SEND | Role.SEND_ME | Role.BUY) or subject(passage, index) not in (None, Role.YOU):
            continue
        places = passage.sentence(index)
        way = method(passage, range(len(passage)))
        target = any(passage.tokens[at].kind in (TARGET, MAIL, LINK) for at in places)
        proof = seen & (Role.RECEIPT | Role.HERE)
        if (way in UNTRACEABLE and (roles & Role.BUY or seen & (Role.ACCOUNT | Role.RECEIPT | Role.TO))) or (way and (target or proof)):
            return Hint("payment-instruction", places)
        if (roles & Role.PAY and proof) or (proof and seen & Role.ACCOUNT and seen & Role.SEND_ME and seen & Role.RECEIPT):
            return Hint("payment-instruction", places)
    return None


class _Rule(NamedTuple):
    role: int
    say: Callable[[Passage, int, Pressure], Hint | None]


_THREATS = (
    _Rule(Role.HARM, _harm),
    _Rule(_SHOW, _shown),
    _Rule(Role.REACT | Role.KNOW | Role.GET, _others),
    _Rule(Role.HAVE | Role.SAVED | Role.KNOW, _kept),
    _Rule(Role.DEFY, _defied),
    _Rule(Role.SHAME, _ashamed),
    _Rule(Role.MONEY, _unpaid),
    _Rule(Role.WILL_BE, _ends),
    _Rule(Role.SEEN | Role.NUDE, _ahead),
)
_CLAIMS = (_Rule(Role.SEEN, _seen), _Rule(Role.DONE, _already))
