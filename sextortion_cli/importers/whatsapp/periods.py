"""Words for the half or part of a day beside a 12-hour clock, and what hour they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Part = Literal["am", "pm", "night", "noon"]

_WORDS: Final[Mapping[Part, str]] = {
    "am": 'AM|a.m.|a. m.|a.m|am.|ص|صباحًا|صباحا|π.μ.|पूर्वाह्न|सुबह|পূর্বাহ্ণ|ق.ظ.|قبل‌ازظهر|לפנה״צ|לפנה"צ|ÖÖ|de.|SA|ก่อนเที่ยง|오전|上午|早上|清晨|'
    "凌晨|午前|PG|முற்பகல்|म.पू.|in the morning|de la mañana|da manhã|del mattino|du matin|fm|f.m.|klo ap.|ap.|dop.|пр.об.|ДП|д.п.",
    "pm": 'PM|p.m.|p. m.|p.m|pm.|م|مساءً|مساء|μ.μ.|अपराह्न|शाम|দুপুর|অপরাহ্ণ|ب.ظ.|بعدازظهر|אחה״צ|אחה"צ|ÖS|du.|CH|หลังเที่ยง|오후|下午|午後|PTG|'
    "பிற்பகல்|म.उ.|in the afternoon|in the evening|de la tarde|da tarde|del pomeriggio|de l’après-midi|du soir|em|e.m.|ip.|odp.|сл.об.|ПП|п.п.|晚上|傍晚",
    "night": "at night|de la noche|da noite|रात",
    "noon": "noon|中午|at noon|midnight",
}


def _key(word: str) -> str:
    return re.sub("[\u00a0\u202f\u2009]", " ", word).casefold()


PERIODS: Final[Mapping[str, Part]] = {word: part for part, words in _WORDS.items() for word in words.split("|")}
_BY_KEY: Final[Mapping[str, Part]] = {_key(word): part for word, part in PERIODS.items()}


def hour_of(hour: int, period: str) -> int | None:
    """
    Return the hour from 0 to 23, or None when hour and period do not go together.

    Some phones write a 24-hour clock and a period ("23:59 PM", "00:04 AM"): the hour is then what it says.
    """
    if not period:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return hour if hour < 24 else None
    key = _key(period)
    part = _BY_KEY.get(key)
    if part == "am":
        return hour % 12
    if part == "pm":
        return hour % 12 + 12
    if part == "night":
        return hour + 12 if 6 <= hour <= 11 else hour % 12
    if part == "noon":
        return 0 if key == "midnight" else 12 if hour == 12 else 11 if hour == 11 else hour + 12
    return None
