"""Threats to show something to somebody, and claims that it was done: what the words of one sentence say together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sextortion_cli.extract.demands.lexicon import Role
from sextortion_cli.extract.demands.passage import Passage

_VERB = Role.PUBLISH | Role.OPEN | Role.EXPOSE
_THING = Role.MATERIAL | Role.IT | Role.NUDE
GROUPS = frozenset(("family", "friends", "followers", "contacts", "employer", "colleagues", "school", "everyone", "partner"))
_MANY = frozenset(("family", "friends", "followers", "contacts", "colleagues", "employer", "school", "everyone"))
_KIN = (
    "mom",
    "mum",
    "mother",
    "dad",
    "father",
    "mamma",
    "mor",
    "mora",
    "far",
    "faren",
    "pappa",
    "moren",
    "maman",
    "papa",
    "madre",
    "padre",
)
_FILMED = frozenset(("video", "recording", "webcam", "nude"))
_BACK = 14
_MOST = 200
"""Verbs of one window that are looked at: a message of a person has a few."""


class Event(NamedTuple):
    """A thing that is said to be shown: its sentence, whether it is said to be done already, and how plainly it is meant as a threat."""

    places: range
    done: bool
    clear: bool


class Pressure(NamedTuple):
    """
    What the whole message says beside the sentence in question.

    Attributes:
        otherwise: "or else", "if you don't".
        asks: It speaks of paying, of money, or of blocking.
        everyday: It speaks of ordinary things.
        nude: It speaks of nudity.
    """

    otherwise: bool
    asks: bool
    everyday: bool
    nude: bool


def pressure_of(passage: Passage, *, money: bool, everyday: bool) -> Pressure:
    """Return what a message says around its sentences; `everyday` in any language it may be in."""
    seen = passage.seen
    otherwise = bool(seen & Role.ELSE)
    if not otherwise and seen & (Role.OR | Role.IF):
        otherwise = any(_turns(passage, index) for index in range(len(passage)) if passage.roles[index] & (Role.OR | Role.IF))
    asks = (
        money
        or bool(seen & (Role.PAY | Role.DEFY | Role.DELETE))
        or bool(seen & Role.YOU_HAVE and seen & (Role.UNIT | Role.DAY))
        or any(passage.roles[i] & Role.SEND and not subject_is_me(passage, i) for i in range(len(passage)))
    )
    return Pressure(otherwise, asks, everyday, bool(seen & Role.NUDE))


def _turns(passage: Passage, index: int) -> bool:
    """Tell whether an "or" or "if" there turns into a condition: "or I", "or everyone", "if you don't", "if you block"."""
    if passage.roles[index] & Role.OR:
        return any(
            passage.plays(at, Role.ME | Role.FIRST)
            or (passage.plays(at, _VERB | Role.WILL_BE | Role.WARN | Role.RUIN) and at <= index + 2)
            or (passage.plays(at, Role.RECIPIENT) and at <= index + 2)
            for at in range(index + 1, min(index + 4, len(passage)))
            if passage.tokens[at].sentence - passage.tokens[index].sentence <= 1
        )
    return any(passage.same(index, at) and passage.plays(at, Role.NOT | Role.DEFY) for at in range(index + 1, index + 6))


def subject_is_me(passage: Passage, index: int) -> bool:
    """Tell whether the nearest subject of a verb is its writer."""
    return subject(passage, index) == Role.ME


def subject(passage: Passage, index: int) -> int | None:
    """Return whom a verb speaks of by the nearest word that says so: `Role.ME`, `Role.YOU`, `Role.THEY`; None where none does."""
    if passage.roles[index] & Role.FIRST:
        return Role.ME
    turned = Role.ME if passage.same(index, index + 1) and passage.plays(index + 1, Role.ME) else None
    for distance in range(1, _BACK):
        place = index - distance
        if not passage.same(index, place):
            break
        roles = passage.roles[place]
        if roles & (Role.ME | Role.HAVE):
            return Role.ME
        if roles & (Role.ELSE | Role.IF | Role.OR):
            break
        if roles & (Role.YOU | Role.THEY) and not roles & Role.IT:
            return turned or (Role.YOU if roles & Role.YOU else Role.THEY)
    return turned


def events(passage: Passage, pressure: Pressure) -> Iterator[Event]:
    """Yield what a message says will be shown, or was."""
    last: int | None = None
    tried = 0
    sentences: dict[int, _What] = {}
    for index, roles in enumerate(passage.roles):
        if not roles & (
            _VERB
            | Role.DONE
            | Role.PASSIVE
            | Role.GET
            | Role.RUIN
            | Role.WARN
            | Role.LIKE
            | Role.WILL_BE
            | Role.HAVE
            | Role.RECORDED
            | Role.IS
        ):
            continue
        tried += 1
        if tried > _MOST:
            return
        places = passage.sentence(index)
        what = sentences.get(places.start) or _What(passage, places)
        sentences[places.start] = what
        found = _event(passage, index, what, pressure)
        if found is not None and (last != found.places.start or found.done):
            last = found.places.start
            yield found


def _event(passage: Passage, index: int, what: _What, pressure: Pressure) -> Event | None:
    roles, places = passage.roles[index], passage.sentence(index)
    it = bool(roles & Role.IT) or passage.around(index, Role.IT, 5, 5) is not None
    if _is_negated(passage, index, places):
        return None
    if roles & Role.RUIN:
        return Event(places, done=False, clear=not pressure.everyday or pressure.nude)
    if roles & Role.WARN:
        clear = pressure.otherwise and pressure.asks
        return None if pressure.everyday and not clear else Event(places, done=False, clear=clear)
    if roles & Role.LIKE:
        return _asked_whether(passage, index, places, what, pressure)
    done = roles & Role.DONE and (
        not roles & (_VERB | Role.SEND) or passage.around(index, Role.IS | Role.HAVE | Role.WILL_BE, 2, 0) is not None
    )
    passive = roles & Role.PASSIVE or (done and passage.around(index, Role.WILL_BE, 10, 3) is not None)
    if done and not passive:
        return _done(passage, index, what, pressure, it=it)
    if passive or (roles & Role.WILL_BE and what.recipients and (what.material or what.nude or it)):
        return _future(places, what, pressure, it=it, verb=roles | Role.PUBLISH)
    if roles & Role.GET and _others_get(passage, index):
        return _future(places, what, pressure, it=it, verb=Role.PUBLISH)
    if roles & _VERB and (subject_is_me(passage, index) or _elliptic(passage, index)):
        return _future(places, what, pressure, it=it, verb=roles)
    if roles & Role.HAVE and passage.around(index, Role.DONE, 0, 4) is not None:
        return None
    if (
        roles & (Role.HAVE | Role.RECORDED)
        and (what.yours or what.nude or roles & Role.RECORDED)
        and (what.recipients or pressure.otherwise or roles & Role.RECORDED)
    ):
        if pressure.everyday and not pressure.nude:
            return None
        return Event(
            places,
            done=False,
            clear=bool((what.recipients and what.many) or (pressure.otherwise and pressure.asks) or (pressure.nude and what.recipients)),
        )
    if roles & Role.IS and what.yours and what.public and not pressure.everyday and _is_there(passage, index):
        return Event(places, done=True, clear=True)
    return None


def _asked_whether(passage: Passage, index: int, places: range, what: _What, pressure: Pressure) -> Event | None:
    """Return the question whether somebody should see it: "do you want your family to see this?"."""
    verb = passage.around(index, Role.GET | _VERB, 0, 14)
    if (
        verb is None
        or not what.owned
        or pressure.everyday
        or not (what.material or what.nude or passage.around(verb, Role.IT, 4, 5) is not None)
    ):
        return None
    return Event(places, done=False, clear=what.filmed or what.nude or not what.material)


def _is_there(passage: Passage, index: int) -> bool:
    """Tell whether a place follows soon, and no other verb before it: "is now on YouTube", not "is good, post it on YouTube"."""
    for at in range(index + 1, index + 7):
        if not passage.same(index, at) or passage.roles[at] & (Role.YOU | Role.MUST | _VERB):
            return False
        if passage.roles[at] & Role.RECIPIENT:
            return True
    return False


def _elliptic(passage: Passage, index: int) -> bool:
    """Tell whether the writer is meant without being named: "pay or get exposed", "or leak it"."""
    return passage.plays(index - 1, Role.OR | Role.ELSE) and not passage.plays(index, Role.SEND)


def _others_get(passage: Passage, index: int) -> bool:
    """Tell whether those who see or receive are others: they stand near the verb, and no "you" or "I" nearer before it."""
    for distance in range(1, 7):
        place = index - distance
        if not passage.same(index, place):
            break
        if passage.roles[place] & Role.RECIPIENT and passage.code(place, Role.RECIPIENT) in GROUPS:
            return True
        if passage.roles[place] & (Role.ME | Role.YOU):
            return False
    after = passage.around(index, Role.RECIPIENT, 0, 3)
    return after is not None and passage.code(after, Role.RECIPIENT) in GROUPS and not passage.plays(index + 1, Role.ME | Role.YOU)


def _is_negated(passage: Passage, index: int, places: range) -> bool:
    """Tell whether the sentence says that it will not be done, without any condition."""
    near = range(max(places.start, index - 4), min(places.stop, index + 4))
    if not any(passage.roles[at] & Role.NOT for at in near):
        return False
    return not any(passage.roles[at] & (Role.IF | Role.ELSE | Role.OR) for at in places)


class _What:
    """What a sentence names: material, whose, and who is to see it."""

    def __init__(self, passage: Passage, places: range) -> None:
        self.material = self.nude = self.yours = self.mine = self.filmed = False
        self.recipients: list[str] = []
        self.owned = self.many = self.public = False
        your_anywhere = any(passage.roles[at] & Role.YOUR for at in places)
        for at in places:
            roles = passage.roles[at]
            self.nude = self.nude or bool(roles & Role.NUDE)
            if roles & Role.MATERIAL:
                self.material = True
                self.filmed = self.filmed or passage.code(at, Role.MATERIAL) in _FILMED
                self.yours = self.yours or _has(passage, at, Role.YOUR)
                self.mine = self.mine or _has(passage, at, Role.MY)
            if roles & Role.RECIPIENT:
                self._recipient(passage, at, your_anywhere=your_anywhere)

    def _recipient(self, passage: Passage, at: int, *, your_anywhere: bool) -> None:
        code = passage.code(at, Role.RECIPIENT)
        if _has(passage, at, Role.MY) and not _has(passage, at, Role.YOUR):
            return
        if code not in GROUPS:
            self.public = True
        elif code == "everyone":
            self.public = True
            if passage.roles[at] & Role.ALL and _has_noun(passage, at):
                return  # "all your friends": the next word says whom
        else:
            self.owned = self.owned or your_anywhere or code == "contacts" or _has(passage, at, Role.YOUR)
            self.many = self.many or (code in _MANY and passage.tokens[at].word not in _KIN)
        self.recipients.append(code)


def _has_noun(passage: Passage, at: int) -> bool:
    return any(passage.same(at, at + step) and passage.plays(at + step, Role.RECIPIENT | Role.YOUR | Role.MATERIAL) for step in (1, 2))


def _has(passage: Passage, at: int, role: int) -> bool:
    """Tell whether a word that says whose stands before a noun (up to two others between), or right behind it."""
    return any(passage.same(at, at + step) and passage.plays(at + step, role) for step in (-1, -2, -3, 1))


def _future(places: range, what: _What, pressure: Pressure, *, it: bool, verb: int) -> Event | None:
    hard = pressure.otherwise and pressure.asks
    thing = what.material or it or what.nude
    if what.mine and not (what.yours or what.nude or hard):
        return None
    if pressure.everyday and not (hard or pressure.nude):
        return None
    clear = (
        (bool(verb & Role.EXPOSE) and (what.yours or what.nude or (what.owned and thing) or (hard and thing)))
        or (bool(what.recipients) and what.yours)
        or (bool(what.recipients) and what.nude)
        or (what.owned and what.many and thing)
        or (bool(verb & (Role.OPEN | Role.PASSIVE)) and (what.yours or what.nude))
        or (hard and (thing or bool(verb & (Role.OPEN | Role.EXPOSE))))
        or (pressure.otherwise and bool(what.recipients) and thing)
        or (pressure.asks and bool(what.recipients) and thing)
    )
    if clear:
        return Event(places, done=False, clear=True)
    weak = (
        (thing and (what.owned or "everyone" in what.recipients))
        or (bool(verb & Role.EXPOSE) and thing)
        or (hard and bool(what.recipients))
    )
    return Event(places, done=False, clear=False) if weak else None


def _done(passage: Passage, index: int, what: _What, pressure: Pressure, *, it: bool) -> Event | None:
    """Return a claim that something was shown already."""
    places = passage.sentence(index)
    is_said = (
        subject_is_me(passage, index) or passage.around(index, Role.IS, 4, 0) is not None or (index <= places.start + 1 and what.owned)
    )
    if not is_said or (pressure.everyday and not pressure.nude) or what.mine:
        return None
    thing = what.material or it or what.nude
    if (what.recipients and (what.yours or what.nude)) or (what.owned and thing and (what.many or what.filmed or pressure.asks)):
        return Event(places, done=True, clear=True)
    return Event(places, done=True, clear=False) if thing and (what.owned or what.public) else None


def recipients(passage: Passage, places: range) -> tuple[str, ...]:
    """Return whom and which places a sentence names, each once, in its order."""
    found: dict[str, None] = {}
    for at in places:
        if passage.roles[at] & Role.RECIPIENT and not (_has(passage, at, Role.MY) and not _has(passage, at, Role.YOUR)):
            code = passage.code(at, Role.RECIPIENT)
            if code != "everyone" or not (passage.roles[at] & Role.ALL and _has_noun(passage, at)):
                found[code] = None
    return tuple(found)


def material(passage: Passage, places: range) -> tuple[str, ...]:
    """Return what a sentence names that could be shown, each once, in its order."""
    found: dict[str, None] = {}
    for at in places:
        if passage.roles[at] & Role.MATERIAL:
            found[passage.code(at, Role.MATERIAL)] = None
        if passage.roles[at] & Role.RECORDED:
            found["recording"] = None
        if passage.roles[at] & Role.NUDE:
            found["nude"] = None
    return tuple(found)
