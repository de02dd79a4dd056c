"""
The questions of guided mode, in their order.

What cannot wait comes first (the bank, what is being deleted), then what gives the police the most in the first five minutes (the files
themselves, the account), then the rest. A question the case has an answer to is not asked.
"""

from __future__ import annotations

from sextortion_cli.cli.asking import accounts, breaks, demands, evidence, others, phone, situation
from sextortion_cli.cli.asking.question import Question, for_helpers, without, without_contact, without_event
from sextortion_cli.words import N_

QUESTIONS = (
    Question("interrupted", N_("Files that were being saved"), evidence.interrupted, evidence.has_unfinished, again=True),
    Question("going-on", N_("Whether it is going on, and the deadline"), situation.going_on, young=True),
    Question("paid", N_("Whether anything was paid"), situation.paid, without_event("payment"), young=True),
    Question("deleted", N_("Whether anything was deleted"), situation.deleted, without_event("deleted"), young=True),
    Question("files", N_("Screenshots and exports"), evidence.files, again=True),
    Question("paste", N_("Text pasted from the chat"), evidence.paste, again=True),
    Question("started", N_("Where it started, and their account"), accounts.started, without_contact("extorter"), young=True),
    Question("moved", N_("Where it went on"), accounts.moved, without_event("platform-move"), young=True),
    Question("first-break", N_("A break"), breaks.first, again=True),
    Question("demand", N_("What they demand"), demands.demand, without_event("demand"), young=True),
    Question("published", N_("Whether anything was sent on or published"), situation.published, without_event("publication"), young=True),
    Question("broken", N_("Whether contact is broken"), situation.broken, without_event("blocked", "contact-broken"), young=True),
    Question("phone", N_("The phone"), phone.phone, without("device"), young=True),
    Question("own", N_("The person's own account"), accounts.own, without_contact("victim"), young=True),
    Question("told", N_("Who knows"), others.told, without_event("told-someone")),
    Question("police", N_("The police"), others.police, without_event("reported"), young=True),
    Question("childs-words", N_("What a child said of its own accord"), others.childs_words, for_helpers, young=True),
    Question("left-out", N_("What is left out on purpose"), others.left_out, without("not-collected")),
    Question("own-words", N_("The person's own words"), others.own_words),
)
