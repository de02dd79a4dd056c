"""
Addresses of known services: which are somebody's profile, which are a meeting, a shared file, a video, a post or an invitation.

Facts about address shapes as the services show them in a browser; nothing is looked up. A first path part that is a page of the service
itself (``instagram.com/reel/...``) is no profile.
"""

from __future__ import annotations

import dataclasses

from sextortion_cli.extract.finders.contacts.common import words

ALWAYS_PAGES = words(
    "about account accounts ads api app apps auth blog business careers contact contacts create developer developers dialog "
    "directory discover download downloads embed en explore events faq favicon.ico feed groups hashtag help home i index.html "
    "index.php intent invite jobs join l legal lite live login login.php logout marketplace media messages music new news "
    "notifications oauth p pages pay photo photos plugins policies post posts press pricing privacy profile r reel reels "
    "register robots.txt search security settings share shared sharer sharer.php shop signin signup static status stories "
    "story support terms topics tos tv upload user users v video videos watch web welcome"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """
    One shape of profile address: ``/`` + `lead` parts + the name.

    Attributes:
        service: Name of the service.
        lead: Path parts before the name.
        mark: A character the name begins with in the address and that is no part of it.
        what: ``handle``, ``id`` (a stable number), ``invite`` or ``phone``.
        folds: Whether the service takes no notice of upper and lower case in the name.
        pages: First parts that are pages of the service, besides the usual ones.
        tail: Whether further path parts may follow (they are then dropped from the normal form).
        signs: Characters a name may have besides letters and digits.
    """

    service: str
    lead: tuple[str, ...] = ()
    mark: str = ""
    what: str = "handle"
    folds: bool = True
    pages: frozenset[str] = frozenset()
    tail: bool = False
    signs: str = "._-"


_FACEBOOK = (
    Shape("Facebook", ("people", "*"), what="id"),
    Shape("Facebook", ("pages", "*"), what="id"),
    Shape("Facebook", ("messages", "t"), what="id"),
    Shape("Facebook", ("groups", "*", "user"), what="id"),
    Shape(
        "Facebook",
        signs="._-",
        pages=words(
            "photo.php story.php permalink.php people dialog gaming friends find-friends saved memories fundraisers ajax recover help tr checkpoint me"
        ),
    ),
)
_X = (
    Shape("X", ("i", "user"), what="id"),
    Shape("X", signs="_", pages=words("compose hashtag who_to_follow")),
)
_TELEGRAM = (
    Shape("Telegram", ("s",), signs="_"),
    Shape(
        "Telegram",
        signs="_",
        pages=words(
            "s c joinchat addstickers addemoji addlist addtheme proxy socks share iv setlanguage bg confirmphone giftcode boost m k"
        ),
    ),
)
_YOUTUBE = (
    Shape("YouTube", mark="@", tail=True, signs="._-"),
    Shape("YouTube", ("channel",), what="id", folds=False, tail=True),
    Shape("YouTube", ("c",), tail=True),
    Shape("YouTube", ("user",), tail=True),
)
_DISCORD = (Shape("Discord", ("users",), what="id"), Shape("Discord", ("invite",), what="invite", folds=False))
_VK = (Shape("VK", pages=words("im video video_ext.php wall audio away.php docs clips market apps games"), signs="._"),)
_REDDIT = (Shape("Reddit", ("user",), tail=True, signs="_-"), Shape("Reddit", ("u",), tail=True, signs="_-"))
_STEAM = (Shape("Steam", ("id",), tail=True, signs="_-"), Shape("Steam", ("profiles",), what="id", tail=True))
_THREADS = (Shape("Threads", mark="@", signs="._"),)

#: Profile shapes by host, without ``www.``, ``m.``, ``mobile.``, ``web.``.
PROFILES: dict[str, tuple[Shape, ...]] = {
    "instagram.com": (Shape("Instagram", ("_u",), signs="._"), Shape("Instagram", signs="._", pages=words("direct ar _n _u lite web"))),
    "instagr.am": (Shape("Instagram", signs="._"),),
    "ig.me": (Shape("Instagram", ("m",), signs="._"),),
    "facebook.com": _FACEBOOK,
    "fb.com": _FACEBOOK,
    "fb.me": (Shape("Facebook", signs="."),),
    "messenger.com": (Shape("Messenger", ("t",), signs="."),),
    "m.me": (Shape("Messenger", signs="."),),
    "t.me": _TELEGRAM,
    "telegram.me": _TELEGRAM,
    "telegram.dog": _TELEGRAM,
    "wa.me": (Shape("WhatsApp", what="phone", signs="+"),),
    "snapchat.com": (Shape("Snapchat", ("add",), signs="._-"), Shape("Snapchat", mark="@", signs="._-"), Shape("Snapchat", ("p",), what="id", tail=True)),
    "story.snapchat.com": (Shape("Snapchat", mark="@", signs="._-"),),
    "tiktok.com": (Shape("TikTok", mark="@", signs="._"),),
    "x.com": _X,
    "twitter.com": _X,
    "discord.com": _DISCORD,
    "discordapp.com": _DISCORD,
    "discord.gg": (Shape("Discord", what="invite", folds=False, signs="-"),),
    "discord.me": (Shape("Discord", what="invite"),),
    "youtube.com": _YOUTUBE,
    "linkedin.com": (Shape("LinkedIn", ("in",), tail=True, signs="-_%"), Shape("LinkedIn", ("pub",), tail=True, signs="-_%")),
    "reddit.com": _REDDIT,
    "old.reddit.com": _REDDIT,
    "vk.com": _VK,
    "vk.ru": _VK,
    "vkontakte.ru": _VK,
    "ok.ru": (Shape("OK", ("profile",), what="id"),),
    "threads.net": _THREADS,
    "threads.com": _THREADS,
    "kik.me": (Shape("Kik", signs="._"),),
    "kik.com": (Shape("Kik", ("u",), signs="._"),),
    "join.skype.com": (Shape("Skype", ("invite",), what="invite", folds=False), Shape("Skype", what="invite", folds=False)),
    "onlyfans.com": (Shape("OnlyFans", signs="._-", pages=words("my posts bookmarks")),),
    "fansly.com": (Shape("Fansly", signs="._-", tail=True),),
    "twitch.tv": (Shape("Twitch", signs="_", pages=words("directory p subs")),),
    "pinterest.com": (Shape("Pinterest", signs="_", pages=words("pin ideas today")),),
    "github.com": (Shape("GitHub", signs="-", pages=words("features orgs trending sponsors collections pulls issues")),),
    "bsky.app": (Shape("Bluesky", ("profile",), signs=".-:"),),
    "linktr.ee": (Shape("Linktree", signs="._-"),),
    "beacons.ai": (Shape("Beacons", signs="._-"),),
    "open.spotify.com": (Shape("Spotify", ("user",)),),
    "soundcloud.com": (Shape("SoundCloud", signs="_-", pages=words("you stream charts")),),
    "steamcommunity.com": _STEAM,
    "roblox.com": (Shape("Roblox", ("users",), what="id", tail=True),),
    "threema.id": (Shape("Threema", what="id"),),
    "tinder.com": (Shape("Tinder", mark="@"),),
    "medium.com": (Shape("Medium", mark="@"),),
    "keybase.io": (Shape("Keybase", signs="_"),),
    "chaturbate.com": (Shape("Chaturbate", signs="_-"),),
    "line.me": (Shape("LINE", ("ti", "p"), mark="~"), Shape("LINE", ("R", "ti", "p"), mark="~"), Shape("LINE", ("ti", "p"), what="invite", folds=False, signs="-_%")),
    "u.wechat.com": (Shape("WeChat", what="invite", folds=False, signs="-_"),),
    "weibo.com": (Shape("Weibo", ("u",), what="id"),),
}  # fmt: skip

#: Kinds of pages by host and first path part (``""``: any); a host also stands for those below it.
CATEGORIES: dict[str, str] = {
    **dict.fromkeys(words(
    "zoom.us zoom.com meet.google.com whereby.com meet.jit.si 8x8.vc teams.microsoft.com teams.live.com webex.com "
    "gotomeeting.com meet.goto.com hangouts.google.com omegle.com ome.tv chatroulette.com bigbluebutton.org call.whatsapp.com "
    "facetime.apple.com"
), "meeting"),
    **dict.fromkeys(words(
    "mega.nz mega.io mega.co.nz drive.google.com docs.google.com photos.google.com photos.app.goo.gl dropbox.com db.tt "
    "dropboxusercontent.com wetransfer.com we.tl gofile.io pixeldrain.com onedrive.live.com 1drv.ms sharepoint.com icloud.com "
    "mediafire.com box.com sendspace.com file.io anonfiles.com bayfiles.com catbox.moe litterbox.catbox.moe transfer.sh "
    "ufile.io uploaded.net rapidgator.net 4shared.com zippyshare.com krakenfiles.com workupload.com filemail.com smash.com "
    "fromsmash.com swisstransfer.com pcloud.com terabox.com 1fichier.com imgur.com imgbb.com ibb.co postimg.cc prnt.sc "
    "gyazo.com imgbox.com ghostbin.com pastebin.com justpaste.it rentry.co telegra.ph jottacloud.com disk.yandex.ru yadi.sk"
), "file-host"),
    **dict.fromkeys(words(
    "youtube.com youtu.be youtube-nocookie.com vimeo.com dailymotion.com dai.ly streamable.com vm.tiktok.com vt.tiktok.com "
    "tiktok.com twitch.tv rumble.com bitchute.com odysee.com loom.com pornhub.com xvideos.com xhamster.com xnxx.com "
    "redtube.com youporn.com spankbang.com streamtape.com doodstream.com dood.to vidoza.net ok.ru/video facebook.com/watch "
    "fb.watch facebook.com/reel instagram.com/reel instagram.com/reels instagram.com/tv"
), "video"),
    **dict.fromkeys(words(
    "bit.ly tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly rebrand.ly cutt.ly shorturl.at rb.gy t.ly s.id tiny.cc adf.ly "
    "lnkd.in bl.ink soo.gd short.io grabify.link iplogger.org iplogger.com 2no.co yip.su iplis.ru t.snapchat.com fb.me qr.ae "
    "trib.al"
), "shortener"),
    **dict.fromkeys(words(
    "chat.whatsapp.com signal.group t.me/joinchat telegram.me/joinchat t.me/addlist groupme.com/join_group wa.me/message "
    "wa.me/qr zalo.me/g invite.viber.com"
), "invite"),
    **dict.fromkeys(words(
    "instagram.com/p instagram.com/stories facebook.com/photo facebook.com/photo.php facebook.com/story.php "
    "facebook.com/permalink.php facebook.com/share facebook.com/posts t.me/c discord.com/channels reddit.com/r "
    "linkedin.com/posts linkedin.com/feed"
), "post"),
}  # fmt: skip
#: Pages where one pays somebody: the finder of payment names has them.
PAYMENTS = words(
    "paypal.me cash.app venmo.com account.venmo.com revolut.me wise.com buymeacoffee.com ko-fi.com monzo.me vippsnummer.no "
    "qr.vipps.no qr.mobilepay.dk app.swish.nu zellepay.com enroll.zellepay.com bunq.me tikkie.me lydia-app.com pay.skrill.com "
    "strike.me"
)
#: Addresses that only lead on: host and first path part, and the keys the target stands under.
LEADS_ON = {
    "l.instagram.com/": ("u",),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "l.messenger.com/l.php": ("u",),
    "google.com/url": ("url", "q"),
    "youtube.com/redirect": ("q",),
    "out.reddit.com/": ("url",),
    "vk.com/away.php": ("to",),
    "steamcommunity.com/linkfilter": ("url", "u"),
    "linkedin.com/redir": ("url",),
}
