"""The door of this room: what one message seems to demand, threaten or claim, in any of the languages there is a table for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sextortion_cli.extract.demands.deadlines import Until, deadlines
from sextortion_cli.extract.demands.folding import fold
from sextortion_cli.extract.demands.hints import Hint, hints
from sextortion_cli.extract.demands.lexicon import Role, Words, languages
from sextortion_cli.extract.demands.money import as_written, sums
from sextortion_cli.extract.demands.passage import Passage, tokens_of
from sextortion_cli.extract.demands.payment import Demand, instruction, material_demands, method, money_demands
from sextortion_cli.extract.demands.publication import events, material, pressure_of, recipients
from sextortion_cli.model.identifier import Scope
from sextortion_cli.model.suggestion import Suggestion, SuggestionKind

VERSION = "2"
WINDOW = 16_384
"""Longest piece of a message that is looked at together, in characters."""
_MOST = 40
_NEARLY = 0.75
_MARKS = str.maketrans(
    dict.fromkeys(".,;:!?…\"'()[]{}<>/\\|*_-+=#", " ") | {mark: f" {mark} " for mark in "$€£¥₦₹"} | {digit: f" {digit} " for digit in ""}
)
_IN_SPITE = Role.ELSE | Role.IF | Role.OR | Role.NUDE | Role.WANT | Role.DELETE
"""What makes a message that speaks of ordinary things worth looking at all the same: without it, no rule gives anything."""
_COUNTDOWN = 4
"""Numbers in a row that can be counting down."""
_MEANT = Role.PUBLISH | Role.OPEN | Role.EXPOSE
_VERBS = _MEANT | Role.DONE | Role.PASSIVE | Role.HAVE | Role.RECORDED | Role.LIKE | Role.WILL_BE | Role.GET | Role.IS
_SHOWN = Role.MATERIAL | Role.NUDE | Role.RECIPIENT
_ASKING = Role.PAY | Role.SEND | Role.SEND_ME | Role.BUY | Role.WANT | Role.ELSE | Role.MUST


_TOLD = Role.REACT | Role.KNOW | Role.SAVED | Role.SEEN
_TELLS = Role.DELETE | Role.DEFY | Role.SHAME | Role.HOW_MUCH | Role.UNDRESS | Role.MEET


def suggest(text: str, scope: Scope) -> Iterator[Suggestion]:
    """
    Yield what `text` (one message) seems to say, in its order; what is said in one of several languages only once.

    Who wrote it, and to whom, is not looked at: the victim's own words give suggestions too, and whoever calls leaves them out.
    """
    del scope  # no rule needs it yet; the contract is that of finders
    offset = found = 0
    while offset < len(text) and found < _MOST:
        end = _cut(text, offset)
        for item in _of_window(text[offset:end]):
            yield item if not offset else msgspec.structs.replace(item, start=item.start + offset, end=item.end + offset)
            found += 1
        offset = end


def _cut(text: str, offset: int) -> int:
    """Return where the window that begins there ends: at its end, or at the last line or word before it."""
    end = offset + WINDOW
    if end >= len(text):
        return len(text)
    for mark in ("\n", " "):
        place = text.rfind(mark, offset + WINDOW // 2, end)
        if place > 0:
            return place + 1
    return end


def _of_window(text: str) -> Iterator[Suggestion]:
    likely = _likely(text)
    if not likely:
        return
    tokens = tokens_of(text)
    passages = [Passage(text, tokens, words) for words in likely]
    everyday = any(passage.seen & (Role.EVERYDAY | Role.LAUGH) for passage in passages)
    best: dict[tuple[object, ...], Suggestion] = {}
    for passage in passages:
        for item in _in_language(passage, everyday=everyday):
            key = (item.kind, item.amount if item.wants == "money" else item.wants, item.wants)
            before = best.get(key)
            best[key] = item if before is None else _fuller(before, item)
    named = any(item.kind == "demand" and item.as_written is not None for item in best.values())
    for item in sorted(best.values(), key=lambda item: (item.start, item.kind)):
        if not (named and item.kind == "demand" and item.wants == "money" and item.as_written is None):
            yield item


def _fuller(one: Suggestion, other: Suggestion) -> Suggestion:
    """Return the one that says more: clear before unclear, then by how much it names."""

    def weight(item: Suggestion) -> tuple[bool, int, int]:
        named = (item.currency, item.method, item.deadline)
        written = 0 if item.deadline is None else len(item.deadline.as_written)
        return item.clear, sum(value is not None for value in named) + len(item.recipients) + len(item.material), written

    return other if weight(other) > weight(one) else one


def is_possible(seen: int) -> bool:
    """Tell whether words with these roles could say anything together: cheap, asked before all else."""
    return bool(
        seen & (Role.PAY | Role.RUIN | Role.WARN | Role.TIME_UP)
        or (seen & _VERBS and seen & _SHOWN)
        or (seen & _MEANT and seen & (Role.ELSE | Role.OR | Role.IF))
        or (seen & _ASKING and seen & (Role.CURRENCY | Role.METHOD | Role.MATERIAL | Role.NUDE))
        or (seen & Role.UNIT and seen & (Role.YOU_HAVE | Role.LEFT))
        or (seen & Role.DAY and seen & Role.YOU_HAVE and seen & Role.BY)
        or seen & _TELLS
        or (seen & Role.IT and seen & (Role.OPEN | Role.EXPOSE | Role.DONE))
        or (seen & Role.RECIPIENT and seen & _TOLD and seen & (Role.YOUR | Role.YOU))
        or (seen & Role.HARM and seen & (Role.LIFE | Role.YOU_OBJECT))
        or (seen & Role.MONEY and seen & (Role.NOT | Role.OR | Role.ACCOUNT | Role.MY))
        or (seen & Role.METHOD and seen & Role.WITHIN)
        or (seen & (Role.SEND | Role.SEND_ME) and seen & (Role.RECEIPT | Role.HERE))
    )


def _likely(text: str) -> list[Words]:
    """
    Return the languages a message may be written in: those that know nearly as many of its words as the one that knows most.

    None where its words could say nothing together in any of them: most messages are done with here.
    """
    found = fold(text).translate(_MARKS).split()
    known = [(sum(map(words.hints.__contains__, found)), words) for words in languages()]
    most = max(count for count, _ in known)
    likely = [words for count, words in known if count >= most * _NEARLY] if most else [languages()[0]]
    if sum(map(str.isdecimal, found)) >= _COUNTDOWN:
        return likely
    seen = [_roles(words, found) for words in likely]
    everyday = any(roles & Role.EVERYDAY for roles in seen)
    if everyday and not any(roles & _IN_SPITE for roles in seen):
        return []
    summed = any(word.isdecimal() and len(word) > 1 for word in found)
    asked = summed and any(roles & (Role.WANT | Role.SEND | Role.SEND_ME) for roles in seen)
    return likely if asked or any(map(is_possible, seen)) else []


def _roles(words: Words, found: list[str]) -> int:
    seen = 0
    for word in found:
        seen |= words.hints.get(word, 0)
    return seen


def _in_language(passage: Passage, *, everyday: bool) -> Iterator[Suggestion]:
    has_money = bool(passage.seen & Role.METHOD) or (bool(passage.seen & Role.CURRENCY) and any(True for _ in sums(passage)))
    pressure = pressure_of(passage, money=has_money, everyday=everyday)
    until = list(deadlines(passage))
    shown = list(events(passage, pressure))
    threats = [event for event in shown if not event.done]
    claims = [event for event in shown if event.done]
    threat = any(event.clear for event in shown)
    said = _deadline(until)
    timed = said is not None and (said.deadline.seconds is not None or said.deadline.clock is not None or said.addressed)
    demands = [*money_demands(passage, pressure, threat=threat, deadline=timed), *material_demands(passage, pressure, threat=threat)]
    for demand in demands:
        yield _demand(passage, demand, said)
    for group, kind in ((threats, "threat"), (claims, "publication-claim")):
        if group:
            clear = any(event.clear for event in group)
            kept = [event for event in group if event.clear or not clear]
            start, _ = passage.stretch(kept[0].places)
            _, end = passage.stretch(kept[-1].places)
            whom = tuple(dict.fromkeys(name for event in kept for name in recipients(passage, event.places)))
            what = tuple(dict.fromkeys(name for event in kept for name in material(passage, event.places)))
            yield Suggestion(
                "threat" if kind == "threat" else "publication-claim", start, end, clear,
                deadline=said.deadline if said is not None and kind == "threat" else None, recipients=whom, material=what,
            )  # fmt: skip
    pressed = threat or any(demand.clear for demand in demands)
    where = instruction(passage, pressure, pressed=pressed)
    if where is not None:
        start, end = passage.stretch(where[0])
        yield Suggestion(
            "payment-instruction", start, end, where[1], method=method(passage, where[0]) or method(passage, range(len(passage)))
        )
    given: dict[SuggestionKind, bool] = {
        "demand": bool(demands),
        "threat": bool(threats),
        "publication-claim": bool(claims),
        "payment-instruction": where is not None,
    }
    hinted = list(hints(passage, pressure, {kind for kind, is_given in given.items() if is_given}, pressed=pressed))
    for hint in hinted:
        yield _of_hint(passage, hint, said)
    demands_or_threats = demands or threats or any(hint.kind in ("demand", "threat") for hint in hinted)
    if not demands_or_threats and said is not None and said.addressed and not passage.seen & Role.EVERYDAY:
        start, end = passage.stretch(passage.sentence(said.first))
        clear = bool(passage.seen & (Role.PAY | Role.ELSE)) and not everyday
        yield Suggestion("deadline", start, end, clear, deadline=said.deadline)


def _of_hint(passage: Passage, hint: Hint, said: Until | None) -> Suggestion:
    if hint.kind == "demand":
        return _demand(passage, Demand(hint.places, hint.money, hint.wants or "money", hint.clear), said)
    start, end = passage.stretch(hint.places)
    whole = range(len(passage))
    shown = hint.kind != "payment-instruction"
    return Suggestion(
        hint.kind, start, end, hint.clear,
        method=None if shown else method(passage, whole),
        deadline=said.deadline if said is not None and hint.kind == "threat" else None,
        recipients=recipients(passage, hint.places) if shown else (),
        material=material(passage, hint.places) if shown else (),
    )  # fmt: skip


def _deadline(until: list[Until]) -> Until | None:
    """Return the one deadline of a message that says most."""
    ranked = sorted(until, key=lambda item: (item.deadline.seconds is None and item.deadline.clock is None, not item.addressed))
    return ranked[0] if ranked else None


def _demand(passage: Passage, demand: Demand, said: Until | None) -> Suggestion:
    start, end = passage.stretch(demand.places)
    money = demand.money
    way = method(passage, demand.places) or method(passage, range(len(passage)))
    return Suggestion(
        "demand", start, end, demand.clear,
        amount=None if money is None else money.amount,
        currency=None if money is None else money.currency,
        as_written=None if money is None else as_written(passage, money),
        method=way if demand.wants == "money" else None,
        deadline=None if said is None else said.deadline,
        material=material(passage, demand.places) if demand.wants == "material" else (),
        wants=demand.wants,
    )  # fmt: skip
