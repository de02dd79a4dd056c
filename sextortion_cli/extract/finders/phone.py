"""Phone numbers of the whole world: with a country code anywhere, as they are written at home for the countries of the case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.phones import plan, words
from sextortion_cli.extract.finders.phones.edges import begun, ended, extension_after, is_linked, is_money, lead_of, widened, without_price
from sextortion_cli.extract.finders.phones.plan import Number
from sextortion_cli.extract.finders.phones.stretch import (
    SHORTEST,
    TRIGGER,
    Group,
    is_address,
    is_card,
    is_date,
    is_hours,
    is_mixed,
    is_plausible,
    shape_of,
    stretches,
)
from sextortion_cli.extract.finders.rails.words import rail_near
from sextortion_cli.model.identifier import LIKELY, POSSIBLE, SURE, WEAK, Hit, Scope

_BARELY = 0.5
"""Written as a number is written there, but an IPv4 address is written so too: counts where nothing else claims it."""
_MISSES = 300
"""How many groups of digits of a text that are no number after all are asked about; a text of digits alone costs no more than that."""
_REGIONS = 12
_JOINED = 8
"""Most groups of one number."""
_SERVER = compiled(r"^(?:-\d{8,11})?@(?:s\.whatsapp\.net|c\.us|g\.us|lid|broadcast)\b")


class Phone(Finder):
    """
    Finds phone numbers; ``detail`` has the region, the type, an extension and the way to send money that is named beside it.

    A number with ``+`` or ``00`` is believed when its country's plan has it. A national one needs its region in the scope and words, or
    the groups people there write, on its side; digits alone can also be an order or a date.
    """

    id: ClassVar[str] = "phone"
    kinds: ClassVar[tuple[str, ...]] = ("phone",)
    version: ClassVar[str] = "2"
    hint = r"\pN"
    trigger: ClassVar[str] = TRIGGER
    vectors: ClassVar = {
        # libphonenumber's examples of NO, GB, US, CI, and numbers set aside for fiction (Ofcom, NANPA)
        "+47 406 12 345": (("phone", "+4740612345"),),
        "call +44 (0)20 7946 0958": (("phone", "+442079460958"),),
        "WhatsApp: +1 (202) 555-0143": (("phone", "+12025550143"),),
        "Orange Money 00225 01 23 45 67 89": (("phone", "+2250123456789"),),
        "ring meg 406 12 345": (("phone", "+4740612345"),),
        "4740612345@s.whatsapp.net": (("phone", "+4740612345"),),
        "ordre 40612345": (),
        "31.12.2024 kl. 20.30": (),
    }

    def prepare(self) -> None:
        """Load the numbering plans."""
        plan.load()

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the phone numbers of `text`."""
        search = _Search(text, scope)
        for groups in stretches(text):
            yield from search.stretch(groups)


class _Search:
    """One text being looked at; holds how many more misses are looked into."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self.left = _MISSES

    def stretch(self, groups: list[Group]) -> Iterator[Hit]:
        """Yield the numbers in one stretch of digits."""
        text = self.text
        lead = lead_of(text, groups[0].start)
        if text[groups[-1].end : groups[-1].end + 1] == "@" or text[groups[0].end : groups[0].end + 1] == "@":
            yield from self._server(groups)
            return
        plus = lead == "+"
        linked = is_linked(text, groups[0].start, lead)
        groups = ended(text, groups)
        if groups and not plus and not linked:
            groups = begun(text, groups)
        if not groups or (not plus and not linked and is_card(groups)):
            return
        groups = without_price(text, groups)
        place = 0
        while place < len(groups):
            until = place + 1
            while until < len(groups) and not groups[until].parted:
                until += 1
            yield from self._run(groups[place:until], place == 0 and plus, place == 0 and linked)
            place = until

    def _run(self, groups: list[Group], plus: bool, linked: bool) -> Iterator[Hit]:
        place = 0
        last = -1
        if not plus and len(groups) > 30 and sum(len(group.digits) for group in groups) < 3 * len(groups):
            return  # a table or a game, no list of numbers
        while place < len(groups) and self.left > 0:
            size = 0 if plus else self._passed(groups, place)
            if size:
                place += size
                last = place
                continue
            found = self._number(groups, place, plus, linked)
            if found is None:
                if plus:  # a wrong number with a country code is no right one without it
                    return
                place += 1
                continue
            number, size, how = found
            yield from self._hit(groups, place, size, number, how, last == place)
            place += size
            last = place
            plus = linked = False

    def _passed(self, groups: list[Group], place: int) -> int:
        """Return how many groups from `place` on are a date or an address, and so no number."""
        if place == 0 and is_address(groups):
            return 4 if max(shape_of(groups)) > 2 and not self._spoken(groups[0].start, groups[-1].end) else 0
        if place + 2 < len(groups) and is_date(groups[place : place + 3]):
            gap = groups[place + 1].gap
            if gap not in ("/", "-") and len(groups) == 3 and all(len(group.digits) == 2 for group in groups):
                return 0 if self._spoken(groups[0].start, groups[2].end) else 3
            whole = len(groups) - place
            if gap in "./-" and (whole == 3 or groups[place + 3].gap != gap):
                return 3
            if gap.isspace() and whole == 3 and place == 0:
                return 3
        if place + 1 < len(groups) and is_date(groups[place : place + 2]):
            return 2
        return 0

    def _spoken(self, start: int, end: int) -> bool:
        return words.verdict(self.text, start, end, self.scope.before) in (words.FOR, words.NUMBER)

    def _number(self, groups: list[Group], place: int, plus: bool, linked: bool) -> tuple[Number, int, str] | None:
        """Return the longest number that begins at group `place`, its size in groups, and how it is written."""
        most = min(len(groups) - place, _JOINED)
        spelled = len(groups) > _JOINED and place == 0 and len(groups) <= plan.LONGEST and all(len(group.digits) <= 2 for group in groups)
        for size in (len(groups),) if spelled else range(most, 0, -1):
            taken = groups[place : place + size]
            digits = "".join([group.digits for group in taken])
            if len(digits) > plan.LONGEST or len(digits) < SHORTEST:
                continue
            number, how = self._marked(digits, taken, plus, linked)
            if number is None and not plus:
                number, how = self._unmarked(digits, taken)
                if how == "short" and any(digits.startswith(code) for code in plan.codes(self.scope.regions)):
                    other = self._abroad(digits, taken)
                    number, how = (number, how) if other is None else (other, "bare")
                if number is not None and size < most and len(taken) > 1 and not plan.is_usual(shape_of(taken), number):
                    rest = groups[place : place + most]
                    other = self._abroad("".join([group.digits for group in rest]), rest)
                    if other is not None:
                        return other, most, "bare"
            if number is not None:
                return number, size, how
            self.left -= 1
        if not plus and most:
            for size in range(most, 0, -1):
                taken = groups[place : place + size]
                number = self._abroad("".join([group.digits for group in taken]), taken)
                if number is not None:
                    return number, size, "bare"
        return None

    def _marked(self, digits: str, groups: list[Group], plus: bool, linked: bool) -> tuple[Number | None, str]:
        """Return the number when what stands before the digits says that they begin with a country code, and how it says so."""
        if plus:
            return plan.international(digits), "plus"
        if linked:
            return plan.international(digits), "link"
        if digits.startswith("00") and len(groups[0].digits) > 1:
            return plan.international(digits[2:]), "zeros"
        return None, ""

    def _abroad(self, digits: str, groups: list[Group]) -> Number | None:
        """Return the number when the digits begin with a country code that nothing marks."""
        if not 9 <= len(digits) <= 15 or digits[0] == "0" or not is_plausible(groups):
            return None
        self.left -= 1
        return plan.international(digits)

    def _unmarked(self, digits: str, groups: list[Group]) -> tuple[Number | None, str]:
        """Return the number when the digits are one at home, and how whole it is."""
        if is_mixed(groups):
            return None, ""
        plausible = is_plausible(groups)
        for region in self.scope.regions[:_REGIONS]:
            number = plan.national(digits, region)
            if number is not None and (plausible or plan.is_usual(shape_of(groups), number)):
                return number, "national" if plan.is_whole(digits, number) else "short"
            if digits.startswith("011") and plan.codes((region,)) == {"1"}:
                number = plan.international(digits[3:])
                if number is not None:
                    return number, "zeros"
        return None, ""

    def _hit(self, groups: list[Group], place: int, size: int, number: Number, how: str, follows: bool) -> Iterator[Hit]:
        first, last = groups[place], groups[place + size - 1]
        start, end = widened(self.text, first.start, last.end, how == "plus")
        detail = {"region": number.region, "type": number.type}
        extension = extension_after(self.text, last.end) if place + size == len(groups) else None
        if extension is not None:
            detail["extension"], end = extension
        rail = rail_near(self.text, start, end, self.scope.before, number.region)
        if rail is not None:
            detail["rail"] = rail
        said = words.verdict(self.text, start, end, self.scope.before)
        confidence, why = self._weighed(groups, place, size, number, how, follows, said)
        checks = ("near-word",) if said == words.FOR else ()
        yield Hit("phone", number.value, self.text[start:end], start, end, confidence, why, checks, detail)

    def _weighed(self, groups: list[Group], place: int, size: int, number: Number, how: str, follows: bool, said: str) -> tuple[float, str]:
        """Return the confidence and its reason."""
        taken = groups[place : place + size]
        shape = shape_of(taken)
        text = self.text
        if is_money(text, taken[0].start, taken[-1].end):
            return WEAK, "ambiguous"
        rest = groups[place + size] if place + size < len(groups) else None
        if how == "link":
            return SURE, "registry"
        if how == "plus":
            if rest is not None and (
                number.type == "other" or len(rest.digits) == 1 or not (rest.gap.isspace() or rest.gap.strip() == "/")
            ):
                return WEAK, "ambiguous"
            return SURE, "registry"
        before = groups[place - 1] if place > 0 and not follows else None
        beside = _is_beside(taken, rest, rest) or _is_beside(taken, before, taken[0])
        if said == words.AGAINST:
            return WEAK, "ambiguous"
        if how == "zeros":
            return (WEAK, "ambiguous") if beside and said != words.FOR else (LIKELY, "registry")
        dated = is_date(taken) or is_hours(taken)
        if said == words.FOR:
            if dated:
                return POSSIBLE, "form-and-words"
            if beside and shape != (len(number.whole),) and not plan.is_usual(shape, number):
                return WEAK, "ambiguous"
            return (LIKELY, "form-and-words") if how == "national" else (POSSIBLE, "form-and-words")
        usual = len(shape) > 1 and plan.is_usual(shape, number)
        if dated or (beside and not (rest is None or self._is_number(groups, place + size))):
            return WEAK, "ambiguous"
        if _is_beside(taken, before, taken[0]):
            return WEAK, "ambiguous"
        if how == "bare":
            code = len(number.value) - 1 - len(number.whole.lstrip("0"))
            grouped = (len(shape) > 2 and shape[0] == code) or (len(shape) == 1 and number.type == "mobile")
            grouped = grouped and number.value[1 : 1 + code] in plan.codes(self.scope.regions)
            return (POSSIBLE, "written-as") if grouped or said == words.NUMBER else (WEAK, "ambiguous")
        if said == words.NUMBER:
            return (LIKELY if usual else POSSIBLE), "form-and-words"
        if how == "short" or (len(number.whole) < 7 and (not usual or number.region != self.scope.regions[0])):
            return WEAK, "ambiguous"
        if usual and is_address(taken):
            return _BARELY, "ambiguous"
        if usual or (number.whole[0] == "0" and len(number.whole) >= 9 and min(shape) > 1 and len(shape) < 6):
            return POSSIBLE, "written-as"
        if (len(shape) == 1 or (len(shape) == 2 and min(shape) > 2)) and number.type in ("mobile", "fixed-or-mobile"):
            return POSSIBLE, "registry"
        return WEAK, "ambiguous"

    def _is_number(self, groups: list[Group], place: int) -> bool:
        """Tell whether a number begins at group `place` too, so that two stand beside each other."""
        found = self._number(groups, place, False, False)
        return found is not None and found[2] == "national"

    def _server(self, groups: list[Group]) -> Iterator[Hit]:
        """Yield the number in the address WhatsApp has for an account (``4740612345@s.whatsapp.net``)."""
        first = groups[0]
        if not _SERVER.search(self.text[first.end : first.end + 40]):
            return
        number = plan.international(first.digits)
        if number is not None and self.text[first.end : first.end + 4] != "@lid":
            detail = {"region": number.region, "type": number.type, "service": "WhatsApp"}
            yield Hit("phone", number.value, self.text[first.start : first.end], first.start, first.end, SURE, "registry", (), detail)


def _is_beside(taken: list[Group], other: Group | None, gapped: Group | None) -> bool:
    """Tell whether a group beside a number may belong to it: it is long, or the gap before `gapped` is like those in the number."""
    if other is None or gapped is None:
        return False
    return len(other.digits) > 2 or (len(taken) > 2 and gapped.gap == taken[1].gap)
