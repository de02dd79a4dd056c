"""Bank accounts in the writing of one country: Norway, Sweden, Denmark, Finland, Germany, the United Kingdom, the United States."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from typing import ClassVar

from sextortion_cli.extract.finders import money
from sextortion_cli.extract.finders.base import Finder, compiled
from sextortion_cli.extract.finders.folding import DASHES, DIGIT, HIDDEN, SPACES, fold
from sextortion_cli.extract.finders.money import america, britain, denmark, elsewhere, finland, germany, norway, sweden
from sextortion_cli.model.identifier import Hit, Scope

_WITH_WORDS = (sweden, denmark, finland, germany, britain, america, elsewhere)
_SIGN = compiled("|".join(sorted({sign for way in _WITH_WORDS for sign in way.SIGNS})))
"""Any of the signs of those."""
_REGIONS = {"SE": sweden, "GB": britain, "FI": finland}
"""Countries whose accounts are also known by form, in a case of that country."""


class Account(Finder):
    """
    Finds account numbers that are not IBANs, by check digits where the country has them and by the words beside them.

    The value is digits only. Where a number has two parts it is the bank's, then the account's, whichever was written first: ``123456`` and
    ``12345678`` (sort code, account) are ``12345612345678``, BLZ and Konto, clearing number and konto, reg.nr. and konto, routing number and
    account alike; the length of the first part is fixed in each country (in Sweden four, or five where a fifth stands behind a dash).
    ``detail.region`` is the country, or missing where only words speak for the number, and ``detail.scheme`` the writing.

    Identity numbers of people are no accounts and are not given, though their check digits fit.
    """

    id: ClassVar[str] = "account"
    kinds: ClassVar[tuple[str, ...]] = ("account-no",)
    version: ClassVar[str] = "1"
    hint = r"\pN"
    trigger: ClassVar[str] = (
        rf"{DIGIT}(?:[{HIDDEN}{SPACES}.{DASHES}]*{DIGIT}){{6}}|(?:konto|account|acc|acct|giro|\bpg|tili)[^\n]{{0,40}}{DIGIT}"
    )
    vectors: ClassVar = {
        "konto 8601.11.17947": (("account-no", "86011117947"),),  # the account of Norway's example in the IBAN registry
        "konto 8601.11.17948": (),
        "Sort code 60-16-13, account 31926819": (("account-no", "60161331926819"),),  # of the United Kingdom's example there
        "Konto 532013000, BLZ 370 400 44": (("account-no", "37040044532013000"),),  # of Germany's
        "fødselsnummer 15108695088": (),  # python-stdnum's example of an identity number
    }

    def find(self, text: str, scope: Scope) -> Iterator[Hit]:
        """Yield the account numbers of a passage, the surest reading first where two overlap."""
        folded = fold(text)
        plain = folded.text
        words = f"{plain} {scope.before}".lower()
        own = [way for region, way in _REGIONS.items() if region in scope.regions]
        is_said = _SIGN.search(words) is not None
        ways = [norway, *(way for way in _WITH_WORDS if way in own or (is_said and any(sign in words for sign in way.SIGNS)))]
        for account in settled(account for way in ways for account in way.found(plain, scope)):
            yield folded.hit(
                account.start,
                account.end,
                kind="account-no",
                value=account.value,
                confidence=account.confidence,
                why=account.why,
                checks=account.checks,
                detail={"region": account.region, "scheme": account.scheme} if account.region else {"scheme": account.scheme},
            )


def settled(accounts: Iterable[money.Account]) -> Iterator[money.Account]:
    """Yield the surest reading, then the longest, where readings as accounts of several countries overlap."""
    starts: list[int] = []
    ends: dict[int, int] = {}
    for account in sorted(accounts, key=lambda account: (-account.confidence, account.start - account.end)):
        place = bisect.bisect(starts, account.start)
        if (place and ends[starts[place - 1]] > account.start) or (place < len(starts) and starts[place] < account.end):
            continue
        starts.insert(place, account.start)
        ends[account.start] = account.end
        yield account
