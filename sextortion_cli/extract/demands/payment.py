"""Demands for money or for more pictures, and where to pay: what the words of one sentence say together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from sextortion_cli.extract.demands.lexicon import Role
from sextortion_cli.extract.demands.money import Sum, bare, sums
from sextortion_cli.extract.demands.passage import LINK, MAIL, TARGET, Passage
from sextortion_cli.extract.demands.publication import Pressure, subject
from sextortion_cli.model.suggestion import Wants

_PAYING = Role.PAY | Role.SEND | Role.SEND_ME | Role.BUY | Role.WANT
UNTRACEABLE = frozenset(
    (
        "bitcoin", "ethereum", "tether", "litecoin", "monero", "crypto", "western union", "moneygram", "gift card", "apple gift card", "steam card",
        "google play card", "amazon gift card", "razer gold", "paysafecard", "neosurf", "transcash", "pcs",
    )
)  # fmt: skip
_CARDS = frozenset(
    (
        "gift card",
        "apple gift card",
        "steam card",
        "google play card",
        "amazon gift card",
        "razer gold",
        "paysafecard",
        "neosurf",
        "transcash",
        "pcs",
    )
)
_MOST = 8
_TRIED = 100
"""Verbs or places of one window that are looked at."""


class Demand(NamedTuple):
    """Something asked for: the sentence, the sum if one is named, what is wanted, and how plainly it is meant as a demand."""

    places: range
    money: Sum | None
    wants: Wants
    clear: bool


def method(passage: Passage, places: range) -> str | None:
    """Return the way of paying a sentence names, the most particular one (a brand before "gift card", anything before "bank transfer")."""
    found = [passage.code(at, Role.METHOD) for at in places if passage.roles[at] & Role.METHOD]
    ranked = sorted(found, key=lambda name: (name in ("bank transfer", "crypto"), name == "gift card"))
    return ranked[0] if ranked else None


def money_demands(passage: Passage, pressure: Pressure, *, threat: bool, deadline: bool) -> Iterator[Demand]:
    """Yield what a message asks to be paid."""
    named = list(itertools.islice(_named_sums(passage), _MOST))
    for found in named:
        demand = _of_sum(passage, found, pressure, threat=threat, deadline=deadline)
        if demand is not None:
            yield demand
    if not named:
        yield from _without_sum(passage, pressure, threat=threat, deadline=deadline)


def _named_sums(passage: Passage) -> Iterator[Sum]:
    found = list(itertools.islice(sums(passage), _TRIED)) or list(_in_ways(passage))
    yield from found
    if found or not passage.seen & (Role.PAY | Role.SEND | Role.SEND_ME | Role.WANT):
        return
    for index, roles in enumerate(passage.roles):
        if roles & (Role.PAY | Role.SEND | Role.SEND_ME | Role.WANT):
            for after in range(index + 1, index + 4):
                number = bare(passage, after) if passage.same(index, after) else None
                if number is not None and (roles & Role.PAY or passage.seen & Role.METHOD or pressing(passage)):
                    yield number
                    return


def _in_ways(passage: Passage) -> Iterator[Sum]:
    """Yield numbers whose way of paying stands behind them instead of a currency: "10000 in bitcoin", "200 steam card"."""
    for index in range(len(passage)):
        way = index + 1 if passage.plays(index + 1, Role.METHOD) else index + 2 if passage.plays(index + 1, Role.TO) else None
        if (
            way is not None
            and passage.same(index, way)
            and passage.plays(way, Role.METHOD)
            and passage.code(way, Role.METHOD) != "bank transfer"
        ):
            number = bare(passage, index)
            if number is not None:
                yield number


def pressing(passage: Passage) -> bool:
    """Tell whether a message speaks as those who press do."""
    return bool(passage.seen & (Role.ELSE | Role.NUDE))


def _of_sum(passage: Passage, found: Sum, pressure: Pressure, *, threat: bool, deadline: bool) -> Demand | None:
    places = passage.sentence(found.first)
    hard = threat or (pressure.otherwise and pressure.asks)
    if pressure.everyday and not (threat or pressure.nude):
        return None
    verb = _verb(passage, found, places)
    way = method(passage, range(len(passage)))
    if verb is None:
        clear = threat or (pressure.otherwise and deadline) or (bool(passage.seen & Role.DELETE) and pressure.nude)
        return Demand(places, found, "money", clear) if clear else None
    if verb < 0:
        return None
    roles = passage.roles[verb]
    asked = passage.around(verb, Role.ASK, 6, 0) is not None or (
        bool(passage.seen & Role.ASK) and passage.around(found.first, Role.ASK, 8, 0) is not None
    )
    obliged = passage.around(verb, Role.MUST, 4, 0) is not None or bool(roles & Role.WANT)
    clear = (
        hard
        or pressure.nude
        or (bool(passage.seen & Role.DELETE))
        or (way in UNTRACEABLE and not asked)
        or (deadline and not asked)
        or (obliged and bool(roles & Role.PAY) and not asked)
        or (bool(passage.seen & Role.NOW) and not asked)
    )
    return Demand(places, found, "money", clear)


def _verb(passage: Passage, found: Sum, places: range) -> int | None:
    """Return the verb by which the sum is asked of the reader; None if there is none, -1 if the writer is the one who pays."""
    mine = False
    for at in sorted(places, key=lambda place: abs(place - found.first)):
        roles = passage.roles[at]
        if not roles & _PAYING or at in range(found.first, found.last + 1) or abs(at - found.first) > 14:
            continue
        if roles & (Role.WANT | Role.SEND_ME):
            return at
        if not _is_asked(passage, at):
            mine = True
            continue
        return at
    return -1 if mine else None


def _is_asked(passage: Passage, at: int) -> bool:
    """Tell whether it is the reader who is to do it."""
    return subject(passage, at) in (None, Role.YOU) or _is_told(passage, at)


def _is_told(passage: Passage, at: int) -> bool:
    """Tell whether the reader is told to, although the writer stands before the verb: "I want you to pay", "I told you: pay"."""
    return any(passage.same(at, at - step) and passage.plays(at - step, Role.YOU | Role.MUST) for step in range(1, 5))


def _without_sum(passage: Passage, pressure: Pressure, *, threat: bool, deadline: bool) -> Iterator[Demand]:
    verbs = [at for at, roles in enumerate(passage.roles) if roles & (Role.PAY | Role.BUY | Role.SEND | Role.SEND_ME)]
    for at in verbs[:_TRIED]:
        roles = passage.roles[at]
        places = passage.sentence(at)
        if not _is_asked(passage, at):
            continue
        way = method(passage, places)
        card = way in _CARDS and bool(roles & (Role.BUY | Role.SEND | Role.SEND_ME | Role.PAY))
        if pressure.everyday and not threat:
            continue
        asked = passage.around(at, Role.ASK, 6, 0) is not None
        if roles & Role.PAY and (threat or (pressure.otherwise and (deadline or pressure.nude)) or (pressure.otherwise and not asked)):
            yield Demand(places, None, "money", clear=True)
            return
        if card and not asked:
            yield Demand(places, None, "money", clear=True)
            return
        if (
            roles & Role.PAY
            and (deadline or passage.seen & Role.NOW or way is not None)
            and passage.around(at, Role.MUST | Role.NOW | Role.ME_OBJECT, 4, 4) is not None
            and not asked
        ):
            yield Demand(places, None, "money", clear=False)
            return


def material_demands(passage: Passage, pressure: Pressure, *, threat: bool) -> Iterator[Demand]:
    """Yield what a message asks to be shown or sent."""
    verbs = [at for at, roles in enumerate(passage.roles) if roles & (Role.SEND | Role.SEND_ME | Role.PUBLISH)]
    for at in verbs[:_TRIED]:
        roles = passage.roles[at]
        if not _is_asked(passage, at):
            continue
        thing = passage.around(at, Role.MATERIAL | Role.NUDE, 0, 7)
        if thing is None or any(passage.roles[place] & (Role.CURRENCY | Role.METHOD) for place in range(at, thing)):
            continue
        to_me = roles & Role.SEND_ME or any(
            passage.plays(place, Role.ME_OBJECT) for place in range(at + 1, min(at + 4, len(passage))) if passage.same(at, place)
        )
        nude = any(passage.roles[place] & Role.NUDE for place in passage.sentence(at))
        more = any(passage.roles[place] & Role.MORE for place in range(at, thing + 1))
        if not (to_me or more or nude) or (pressure.everyday and not (threat or nude)):
            continue
        if passage.around(at, Role.NOT, 2, 0) is not None and not pressure.otherwise:
            continue
        clear = threat or pressure.otherwise or (nude and more)
        if clear or nude:
            yield Demand(passage.sentence(at), None, "material", clear and (threat or nude or more or bool(to_me)))
            return


def instruction(passage: Passage, pressure: Pressure, *, pressed: bool) -> tuple[range, bool] | None:
    """Return the sentence that says where to pay, and how plainly; None if none does."""
    if pressure.everyday and not pressed:
        return None
    best: tuple[range, bool] | None = None
    named = [
        at for at, token in enumerate(passage.tokens) if token.kind in (TARGET, MAIL, LINK) or passage.roles[at] & (Role.METHOD | Role.HERE)
    ]
    for at in named[:_TRIED]:
        token, roles = passage.tokens[at], passage.roles[at]
        is_way = bool(roles & Role.METHOD)
        places = passage.sentence(at)
        verb = _paying_verb(passage, places)
        way = method(passage, places)
        wallet = (
            token.kind == TARGET and token.word[:1].isalnum() and any(letter.isalpha() for letter in token.word) and len(token.word) >= 25
        )
        if verb is None and not (wallet and pressed):
            continue
        paying = verb is not None and (
            bool(passage.roles[verb] & Role.PAY) or way is not None or any(passage.roles[place] & Role.CURRENCY for place in places)
        )
        if token.kind in (TARGET, MAIL, LINK):
            told = wallet or paying or (token.kind == TARGET and any(passage.roles[place] & (Role.TO | Role.ACCOUNT) for place in places))
            clear = told and (pressed or wallet or way in UNTRACEABLE)
        elif is_way:
            code = passage.code(at, Role.METHOD)
            told = code in ("western union", "moneygram", "ria", "remitly") or (
                any(passage.roles[place] & (Role.HERE | Role.ACCOUNT | Role.TO) for place in places) and (pressed or code in UNTRACEABLE)
            )
            clear = told and (pressed or code in UNTRACEABLE)
        else:
            told = paying and pressed
            clear = told
        if told and (best is None or clear > best[1]):
            best = (places, clear)
    return best


def _paying_verb(passage: Passage, places: range) -> int | None:
    for at in places:
        if passage.roles[at] & (Role.PAY | Role.SEND | Role.SEND_ME | Role.BUY) and _is_asked(passage, at):
            return at
    return None
