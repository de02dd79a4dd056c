"""Words that say a user name follows: names of services as people shorten them, and *user name* in the languages people write here."""

from __future__ import annotations

import functools

from sextortion_cli.extract.finders.contacts.common import words

#: Service by the ways its name is written (patterns, lower case). What is a word of its own needs a sign or ``id`` behind it: `SHORT`.
SERVICES = {
    "Snapchat": "snap(?:chat|en|chatten)?",
    "Instagram": "insta(?:gram|en)?",
    "Facebook": "facebook",
    "Messenger": "messenger",
    "Telegram": "telegram|telegr",
    "Kik": "kik",
    "Skype": "skype",
    "Discord": "discord",
    "TikTok": "tik[ ]?tok",
    "X": "twitter",
    "WeChat": "wechat|weixin",
    "LINE": "line[ ]?id",
    "Viber": "viber",
    "Threema": "threema",
    "Wickr": "wickr",
    "Zangi": "zangi",
    "YouTube": "youtube",
    "Twitch": "twitch",
    "Reddit": "reddit",
    "OnlyFans": "onlyfans",
    "LinkedIn": "linkedin",
    "VK": "vkontakte",
    "Steam": "steam[ ]?id",
    "Roblox": "roblox",
    "PlayStation": "psn(?:[ -]?id)?",
    "Xbox": "xbox|gamertag",
    "Tinder": "tinder",
    "Badoo": "badoo",
    "Grindr": "grindr",
    "Yubo": "yubo",
    "Wizz": "wizz",
    "Hoop": "hoop",
    "imo": "imo[ ]?id",
    "Bluesky": "bluesky|bsky",
    "Threads": "threads",
    "Pinterest": "pinterest",
    "Google Chat": "hangouts?|google[ ]chat",
}
#: Shortenings that are also words: only with a sign behind them.
SHORT = {
    "Snapchat": "sc",
    "Instagram": "ig|gram",
    "Facebook": "fb|face",
    "Telegram": "tg|tele",
    "Discord": "dc|disc",
    "TikTok": "tt",
    "X": "tw|x",
    "LINE": "line",
    "VK": "vk",
    "Signal": "signal",
    "YouTube": "yt",
    "OnlyFans": "of",
    "Steam": "steam",
    "Session": "session",
    "Matrix": "matrix",
}
USER_NAME = (
    r"user[ -]?names?|screen[ -]?name|nick(?:name)?|handle|brukernavn(?:et)?|brukarnamn(?:et)?|användarnamn(?:et)?|brugernavn(?:et)?|benutzername|nutzername|"
    r"nom[ ]d['’ ]utilisateur|pseudo|identifiant|nombre[ ]de[ ]usuario|usuario|alias"
)
WHAT = rf"{USER_NAME}|user[ ]?id|user|name|id|account|acc|navn(?:et)?|namn(?:et)?|konto(?:en|n)?|profil(?:en|e)?|bruker(?:en)?|nom|compte|nombre|cuenta|perfil|tag|lik|nutzer"
"""What may stand between the service and the sign."""
SIGN = r"[ ]?(?::|=|→|➡️?|-?->|–|—)[ \n]{0,2}|[ ]-[ ]"
COPULA = r"[ ](?:is|er|är|ist|est|es|its|it's|c['’]est|at|as|som|under|unter|sous|como)[ ](?:@|:)?"

LABEL = (
    rf"\b(?P<service>{'|'.join(SERVICES.values())})\b(?:['’]s)?(?:[ ](?:mitt|min|mi))?(?:[ ]?(?P<what>{WHAT})\b)?(?:[ ](?:mitt|min|mi))?(?P<how>{SIGN}|{COPULA}|[ ]\(|,?[ ])"
    rf"|\b(?P<short>{'|'.join(SHORT.values())})(?:[ ](?P<shortwhat>{WHAT}))?(?P<shorthow>{SIGN})"
    rf"|\b(?P<name>{USER_NAME})(?:[ ](?:mitt|min|mi))?(?P<namehow>{SIGN}|{COPULA}|[ ])"
    rf"|\b(?:add[ ]me|legg[ ]meg[ ]til|lägg[ ]till[ ]mig|tilføj[ ]mig|füge?[ ]mich[ ]hinzu|ajoute[ -]moi|agrégame)(?P<addhow>[ ]?:[ ]?|[ ]@)"
)
"""A label and the sign behind it; the name begins where it ends."""
UNNAMED_LABEL = functools.reduce(
    lambda label, name: label.replace(f"?P<{name}>", "?:"),
    ("service", "what", "how", "short", "shortwhat", "shorthow", "name", "namehow", "addhow"),
    LABEL,
)
"""`LABEL` without names for its parts, to be one of many in a pattern."""
FOLDED = words(
    "Snapchat Instagram Facebook Messenger Telegram Kik Skype Discord TikTok X Twitch Reddit OnlyFans Threads Pinterest YouTube VK LinkedIn Bluesky"
)
"""Services that take no notice of upper and lower case in user names."""
NO_NAMES = words(
    "access active activity again alert alerts anymore banned bot bots broken business calls channel channels chats code codes contact contacts crashed down drama empty feed filter filters "
    "gone group groups grupper gruppe hacked here influencer installed kanal key kode konto live locked login logo lyd message messages meldinger melding messaging notification notifications "
    "offline official password passord permission photos pictures policy premium private privat profil profile profiler profiles public removed request requests screenshot security server servers "
    "settings shop slow stickers stopped story stories streak streaks suport support system team terms token update updates user users varsel varsler verification verify version videos weird "
    "snap snapchat insta instagram facebook messenger telegram kik skype discord tiktok twitter wechat viber whatsapp signal line threema zangi youtube reddit twitch steam roblox "
    "username brukernavn användarnamn brugernavn benutzername usuario pseudo unknown ukjent hidden deleted none null phone email mail number name navn id http https www live"
)
"""What stands behind a service's name and is no user name."""
CODE = words(
    "abstract after all app autowired author bean before callback category channel charset class click cls component config controller counter-style dataclass decorator default deprecated echo else end entity "
    "everyone everybody example extend extends fixture font-face foreach fn here if ignore implements implementation import include inject injectable input interface jsx keyframes layer lombok "
    "main media mixin mock namespace ngmodule nullable nonnull objc observable online option output overload override page param params parametrize private property protocol public published pytest query "
    "readonly refresh repository requestmapping required return returns route see section selector service since state staticmethod classmethod step supports suppresswarnings synthesize tailwind test "
    "throws todo transactional ts-expect-error ts-ignore ts-nocheck type typedef use valid value version viewport yield gmail gmail.com hotmail yahoo outlook icloud home hjemme work jobb school skole night "
    "admin admins mods moderators team staff crew altså lunch dinner midnight noon"
)
"""What stands behind ``@`` in programs and to call on everybody."""
