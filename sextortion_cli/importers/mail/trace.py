"""How a mail came, as facts: every line of its way raw beside read, with what it is worth."""

from __future__ import annotations

import msgspec

from sextortion_cli.importers.mail import networks
from sextortion_cli.importers.mail.addresses import Mailbox, mailboxes
from sextortion_cli.importers.mail.authentication import Checked, checked
from sextortion_cli.importers.mail.headers import Block, Field
from sextortion_cli.importers.mail.hops import hop_of
from sextortion_cli.importers.mail.signs import signs
from sextortion_cli.importers.mail.standing import Step, Way, way_of
from sextortion_cli.model.reading import Fact, ReadOptions
from sextortion_cli.words import N_

_MOST_HOPS = 200
#: Headers in which a sending service says from which address it got the mail; anybody can write them.
_ORIGINS = frozenset(
    ("x-originating-ip", "x-sender-ip", "x-source-ip", "x-client-ip", "x-originating-client-ip", "x-aol-ip", "x-yahoo-post-ip")
)
_MEANING = {
    "handover": N_(
        "The server that delivered, as the person's own provider saw it. It is usually another provider's server, not a person."
    ),
    "provider-internal": N_("Between servers of the person's own provider."),
    "claimed": N_("Written before the person's own provider had the mail: whoever sent it could write it."),
}
_CLAIM = N_("Claimed by the sending service; worth something only where that service signed the mail.")


class Trace(msgspec.Struct, frozen=True):
    """
    The way of one mail.

    Attributes:
        facts: Laid over the header lines they are about.
        summary: The same in a few words, for the message itself.
        gaps: Codes of what the mail leaves open.
    """

    facts: tuple[Fact, ...]
    summary: dict[str, str]
    gaps: tuple[str, ...]


def trace_of(headers: Block, authors: list[Mailbox], text: str, options: ReadOptions) -> Trace:
    """Return the way of a mail, what its provider checked, and the traits of mass mailings."""
    way = way_of([hop_of(field) for field in headers.all("received")[:_MOST_HOPS]], options.mail_provider)
    is_own = _is_own(authors, headers, options)
    checks = checked(headers, way.provider)
    facts = [_hop(step, place, way, is_own=is_own) for place, step in enumerate(way.steps, 1)]
    facts += [_check(check) for check in checks]
    facts += [_origin(field, is_own=is_own) for field in headers.fields if field.key in _ORIGINS]
    recipients = {box.key for key in ("to", "delivered-to") for field in headers.all(key)[:20] for box in mailboxes(field.line)}
    traits = signs(authors[0].key if authors else "", recipients, text, checks)
    sender = headers.first("from")
    if traits and headers.fields:
        place = sender or headers.fields[0]
        facts.append(Fact(place.start, place.end, "mail-mass-traits", overlay=True, values=traits))
    return Trace(tuple(facts), _summary(way), _gaps(way))


def _is_own(authors: list[Mailbox], headers: Block, options: ReadOptions) -> bool:
    """Say whether the account owner sent the mail: stated as owner, named as sender, and not also as recipient (that is often forged)."""
    owner = (options.owner or "").strip().casefold()
    recipients = {box.key for field in headers.all("to")[:20] for box in mailboxes(field.line)}
    return bool(owner) and any(author.key == owner for author in authors) and owner not in recipients


def _hop(step: Step, place: int, way: Way, *, is_own: bool) -> Fact:
    hop = step.hop
    values = {
        "step": str(place), "standing": step.standing, "meaning": _MEANING[step.standing], "raw": hop.raw, "read": hop.parsed,
        "provider": way.provider, "provider-basis": way.basis, "said-name": hop.said_name, "seen-name": hop.seen_name,
        "seen-ip": "" if hop.seen_ip is None else str(hop.seen_ip), "ip-kind": "" if hop.seen_ip is None else networks.kind_of(hop.seen_ip),
        "port": hop.port, "further-ips": " ".join(f"{found} ({networks.kind_of(found)})" for found in hop.more_ips[:20]),
        "by": hop.by, "with": hop.protocol, "id": hop.identity, "for": hop.recipient, "certainty": step.certainty,
    }  # fmt: skip
    if hop.time is not None:
        values |= {"time": hop.time.as_written, "utc": hop.time.utc or ""}
    if step.link != "first":
        values |= {"host-below": step.link, "time-below": f"earlier by {step.seconds} s" if step.order == "earlier" else step.order}
    of = "account-owner" if is_own and step.standing == "claimed" else "unknown"
    kept = {key: value[:4096] for key, value in values.items() if value}
    return Fact(hop.field.start, hop.field.end, "mail-hop", of=of, overlay=True, values=kept)  # type: ignore[arg-type]


def _check(check: Checked) -> Fact:
    values = {
        "standing": "provider" if check.is_relied_on else "not-relied-on",
        "server": check.server,
        "raw": check.raw,
        **{f"{method} ({place})" if place else method: result for place, method, result in _numbered(check.results)},
        "meaning": N_("SPF speaks of the delivering server, DKIM of a domain, DMARC of both; none of them of who wrote."),
    }
    return Fact(check.field.start, check.field.end, "mail-authentication", overlay=True, values=values)


def _numbered(results: tuple[tuple[str, str], ...]) -> list[tuple[int, str, str]]:
    seen: dict[str, int] = {}
    found = []
    for method, result in results[:50]:
        seen[method] = seen.get(method, 0) + 1
        found.append((seen[method] if seen[method] > 1 else 0, method, result))
    return found


def _origin(field: Field, *, is_own: bool) -> Fact:
    raw = field.line[:1000].decode("utf-8", "replace")
    found = networks.addresses(raw)
    values = {"header": field.name, "standing": "claimed", "meaning": _CLAIM, "raw": raw}
    if found:
        values |= {"ip": str(found[0]), "ip-kind": networks.kind_of(found[0])}
    return Fact(field.start, field.end, "mail-origin", of="account-owner" if is_own else "unknown", overlay=True, values=values)


def _summary(way: Way) -> dict[str, str]:
    step = way.handover
    if step is None:
        return {}
    hop = step.hop
    seen = " ".join(
        filter(
            None,
            (hop.seen_name or hop.said_name, f"[{hop.seen_ip}]" if hop.seen_ip is not None else "", f"port {hop.port}" if hop.port else ""),
        )
    )
    return {
        "handed-over-by": seen,
        "handed-over-at": "" if hop.time is None else hop.time.utc or hop.time.as_written,
        "handed-over-to": f"{hop.by} (provider {way.provider}, {way.basis})",
    }


def _gaps(way: Way) -> tuple[str, ...]:
    if not way.steps:
        return ("no-trace",)
    found = ["provider-assumed"] if way.basis == "assumed" else []
    return (*found, "no-handover") if way.handover is None else tuple(found)
