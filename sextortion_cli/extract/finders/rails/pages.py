"""Pay pages: addresses that end in the name of whom they pay."""

from __future__ import annotations

from sextortion_cli.extract.finders.base import compiled

#: Code of the way to send money, the host, the path up to the name, and what a name looks like there.
PAGES = (
    ("paypal", r"paypal\.me/", r"[A-Za-z0-9]{1,20}"),
    ("paypal", r"paypal\.com/(?:[a-z]{2}/)?paypalme2?/(?:my/)?", r"[A-Za-z0-9]{1,20}"),
    ("paypal", r"paypal\.com/donate/?\?(?:[a-z_]+=[^&\s]{1,40}&)?hosted_button_id=", r"[A-Z0-9]{13}"),
    ("cash-app", r"cash\.(?:app|me)/(?:\$|%24)", r"[A-Za-z][A-Za-z0-9_-]{0,19}"),
    ("venmo", r"venmo\.com/(?:u/)?", r"[A-Za-z0-9_-]{3,30}"),
    ("revolut", r"revolut\.me/", r"[A-Za-z0-9_]{3,40}"),
    ("wise", r"wise\.com/pay/(?:me|business)/", r"[A-Za-z0-9]{3,40}"),
    ("monzo", r"monzo\.(?:me|com/pay/)/?", r"[A-Za-z0-9_-]{3,40}"),
    ("bunq", r"bunq\.me/", r"[A-Za-z0-9_-]{3,40}"),
    ("strike", r"strike\.me/", r"[A-Za-z0-9_-]{3,40}"),
    ("skrill", r"skrill\.me/(?:rq/)?", r"[A-Za-z0-9_-]{3,60}"),
    ("lydia", r"lydia-app\.com/(?:collect|pots)(?:/|\?id=)", r"[A-Za-z0-9_-]{3,60}"),
    ("tikkie", r"tikkie\.me/pay/", r"[A-Za-z0-9_-]{6,40}"),
    ("wave", r"pay\.wave\.com/(?:m|c)/", r"[A-Za-z0-9_-]{5,40}"),
    ("vipps", r"qr\.vipps\.no/", r"[A-Za-z0-9_/-]{3,80}"),
    ("mobilepay", r"qr\.mobilepay\.(?:dk|fi)/", r"[A-Za-z0-9_/-]{3,80}"),
    ("ko-fi", r"ko-fi\.com/", r"[A-Za-z0-9_]{2,40}"),
    ("buymeacoffee", r"buymeacoffee\.com/", r"[A-Za-z0-9_.-]{2,40}"),
    ("buymeacoffee", r"(?:buymeacoff|coff)\.ee/", r"[A-Za-z0-9_.-]{2,40}"),
    ("patreon", r"patreon\.com/(?:c/|cw/)?", r"[A-Za-z0-9_]{2,64}"),
    ("liberapay", r"liberapay\.com/", r"[A-Za-z0-9_.-]{2,40}"),
    ("gofundme", r"gofundme\.com/f/", r"[A-Za-z0-9_-]{3,80}"),
    ("throne", r"throne\.(?:com|me)/(?:u/)?", r"[A-Za-z0-9_]{2,40}"),
    ("streamlabs", r"streamlabs\.com/", r"[A-Za-z0-9_]{2,40}/tip"),
    ("payhip", r"payhip\.com/", r"[A-Za-z0-9_]{2,40}"),
)
#: Names on these hosts that are pages of the service and pay nobody.
NO_ONE = frozenset(
    (
        "about", "account", "accounts", "api", "app", "apps", "blog", "business", "business-profiles", "careers", "code", "contact", "cookies", "creators", "developers", "download", "en", "events", "explore", "faq",
        "features", "for", "gold", "guidelines", "help", "home", "hc", "id", "jobs", "legal", "login", "manage", "me", "news", "password", "payment", "pay", "policies", "policy", "posts", "press", "pricing", "privacy",
        "product", "products", "register", "resources", "reset", "s", "search", "security", "send", "settings", "shop", "signin", "sign-in", "signup", "sign-up", "site", "support", "team", "terms", "user", "w",
    )
)  # fmt: skip
TRIGGER = r"(?:paypal|cash|venmo|revolut|wise|monzo|bunq|strike|skrill|lydia-app|tikkie|wave|vipps|mobilepay|ko-fi|buymeacoffee|coff|patreon|liberapay|gofundme|throne|streamlabs|payhip)(?:\.|\[\.\]|\(\.\))(?:me|com|app|dk|fi|no|ee)"
_DOT = r"(?:\.|\[\.\]|\(\.\))"
_NAMES = "|".join(f"{path}{name}" for _rail, path, name in PAGES).replace(r"\.", _DOT)
_PREFIX = rf"(?:h(?:tt|xx)ps?://)?(?:(?:www|account|mobile|m){_DOT})?"
PAGE = compiled(rf"{_PREFIX}(?:{_NAMES})")
_EACH = tuple((rail, compiled(f"{_PREFIX}{path.replace(chr(92) + '.', _DOT)}({name})")) for rail, path, name in PAGES)


def payee(address: str) -> tuple[str, str] | None:
    """Return the code of the way to send money and the name in a pay page's address that `PAGE` matched; None for pages of the service."""
    for rail, pattern in _EACH:
        found = pattern.fullmatch(address)
        if found is not None:
            name: str = found[1].removesuffix("/tip").rstrip(".-")
            return None if name.lower() in NO_ONE else (rail, name)
    return None
