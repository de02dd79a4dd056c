"""Words for the half or part of a day beside a 12-hour clock, and what hour they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Part = Literal["am", "pm", "night", "noon", "midnight"]

_WORDS: Final[Mapping[Part, str]] = {
    "am": (
        'AM|a.m.|a. m.|a.m|am.|ص|صباحًا|صباحا|π.μ.|पूर्वाह्न|सुबह|পূর্বাহ্ণ|ق.ظ.|قبل\u200cازظهر|לפנה״צ|לפנה"צ|ÖÖ|de.|SA|ก่อนเที่ยง'
        "|오전|上午|早上|清晨|凌晨|午前|PG|முற்பகல்|म.पू.|in the morning|de la mañana|da manhã|del mattino|du matin|fm|f.m.|klo ap.|ap."
        "|dop.|пр.об.|ДП|д.п.|vm.|p.d.|e paradites|ጥዋት|فجرًا|في الصباح|ভোর|সকাল|сутринта|matinada|matí|ujutro|prijepodne|ráno"
        "|dopoledne|om morgenen|om formiddagen|’s ochtends|hommikul|ng umaga|madaling-araw|aamulla|aamupäivällä|morgens|vorm."
        "|vormittags|πμ|το πρωί|સવારે|בבוקר|לפנות בוקר|reggel|délelőtt|hajnal|f.h.|pagi|r.n.|di mattina|朝|ಬೆಳಗ್ಗೆ|아침|priekšp."
        "|priekšpusdienā|pr. p.|priešpiet|претпл.|രാവിലെ|പുലർച്ചെ|सकाळ|पहाट|နံနက်|बिहान|på morgenen|på morgonen|på formiddagen"
        "|form.|صبح|بامداد|rano|przed południem|da madrugada|ਪੂ.ਦੁ.|ਸਵੇਰੇ|dimineața|утра|ujutru|ујутру|පෙ.ව.|dopoludnia|zjutraj"
        "|dopoldne|de la madrugada|asubuhi|alfajiri|förmiddag|på förmiddagen|காலை|அதிகாலை|ఉదయం|ตอนเช้า|ในตอนเช้า|sabah"
        "|öğleden önce|ранку|TO|ertalab|sáng|GH|SF|غ.م.|BN"
    ),
    "pm": (
        'PM|p.m.|p. m.|p.m|pm.|م|مساءً|مساء|μ.μ.|अपराह्न|शाम|দুপুর|অপরাহ্ণ|ب.ظ.|بعدازظهر|אחה״צ|אחה"צ|ÖS|du.|CH|หลังเที่ยง|오후|下午'
        "|午後|PTG|பிற்பகல்|म.उ.|in the afternoon|in the evening|de la tarde|da tarde|del pomeriggio|de l’après-midi|du soir|em"
        "|e.m.|ip.|odp.|сл.об.|ПП|п.п.|晚上|傍晚|nm.|m.d.|e pasdites|ከሰዓት|ظهرًا|بعد الظهر|বিকাল|সন্ধ্যা|следобед|вечерта|migdia"
        "|tarda|vespre|popodne|poslije podne|poslijepodne|navečer|odpoledne|večer|om eftermiddagen|om aftenen|’s middags"
        "|’s avonds|pärastlõunal|õhtul|ng hapon|ng gabi|iltapäivällä|illalla|mittags|nachm.|nachmittags|abends|μμ|το μεσημέρι"
        "|το απόγευμα|το βράδυ|બપોરે|સાંજે|दोपहर|בצהריים|אחר הצהריים|בערב|délután|este|e.h.|siang|sore|i.n.|di pomeriggio"
        "|di sera|昼|夕方|ಮಧ್ಯಾಹ್ನ|ಸಂಜೆ|저녁|pēcp.|pēcpusdienā|pop.|popiet|попл.|ഉച്ചയ്ക്ക്|ഉച്ചതിരിഞ്ഞ്|വൈകുന്നേരം|दुपार|संध्याकाळ"
        "|ညနေ|साँझ|बेलुकी|på ettermiddagen|etterm.|på kvelden|عصر|ظهر|po południu|wieczorem|ਬਾ.ਦੁ.|ਦੁਪਹਿਰੇ|ਸ਼ਾਮ|după-amiaza"
        "|seara|дня|вечера|po podne|по подне|uveče|увече|ප.ව.|popoludní|popoldne|zvečer|alasiri|jioni|eftermiddag"
        "|på eftermiddagen|på kvällen|மதியம்|மாலை|మధ్యాహ్నం|సాయంత్రం|ตอนบ่าย|ในตอนบ่าย|ตอนเย็น|ในตอนเย็น|öğleden sonra"
        "|akşamüstü|akşam|вечора|دوپہر|سہ پہر|شام|TK|kunduzi|kechqurun|chiều|tối|GD|YM|غ.و.|PN|petang|tengah hari"
    ),
    "night": (
        "at night|de la noche|da noite|रात|ليلاً|রাত্রি|রাত|през нощта|nit|noću|v noci|om natten|’s nachts|öösel|yöllä|nachts"
        "|રાત્રે|בלילה|éjjel|malam|di notte|夜|夜中|ರಾತ್ರಿ|밤|naktī|രാത്രി|रात्र|ည|på natten|på natta|شب|w nocy|ਰਾਤ|noaptea|ночи"
        "|ноћу|ponoči|usiku|இரவு|రాత్రి|กลางคืน|gece|ночі|رات|kechasi|đêm"
    ),
    "noon": ("noon|中午|at noon|del mediodía|do meio-dia|meio-dia|midi|正午|정오|trưa|w południe|mediodía"),
    "midnight": (
        "midnight|at midnight|medianoche|meia-noite|minuit|midnatt|Mitternacht|午夜|자정|真夜中|nửa đêm|o północy|gece yarısı|منتصف الليل"
    ),
}


def _key(word: str) -> str:
    return re.sub("[\u00a0\u202f\u2009]", " ", word).casefold()


PERIODS: Final[Mapping[str, Part]] = {word: part for part, words in _WORDS.items() for word in words.split("|")}
_BY_KEY: Final[Mapping[str, Part]] = {_key(word): part for word, part in PERIODS.items()}


def part_of(word: str) -> Part | None:
    """Return the part of the day that a word stands for, if it does."""
    return _BY_KEY.get(_key(word))


def hour_of(hour: int, period: str) -> int | None:
    """
    Return the hour from 0 to 23, or None when hour and period do not go together.

    Some phones write a 24-hour clock and a period ("23:59 PM", "00:04 AM"): the hour is then what it says.
    """
    if not period:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return hour if hour < 24 else None
    part = part_of(period)
    if part == "am":
        return hour % 12
    if part == "pm":
        return hour % 12 + 12
    if part == "night":
        return hour + 12 if 6 <= hour <= 11 else hour % 12
    if part == "noon":
        return hour if hour >= 11 else hour + 12
    if part == "midnight":
        return hour % 12
    return None
