"""IP addresses of the other side: one is shared by many at once, so time, zone and port belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from sextortion_cli.guide.platforms import sources
from sextortion_cli.lacking.account import seen
from sextortion_cli.lacking.known import Known
from sextortion_cli.lacking.requirement import Requirement, Status, Tongue, named
from sextortion_cli.words import N_


def requirements(known: Known, tongue: Tongue) -> Iterator[Requirement]:
    """Yield whether the addresses that were found have a port and a time in UTC; nothing where there is none."""
    if not known.addresses:
        return
    source, say = (sources()["ports"],), tongue.say
    without = [hit for hit in known.addresses if not (hit.get("detail") or {}).get("port")]
    loose = [hit for hit in known.addresses if seen(hit.get("first_seen")).utc is None]
    for key, title, lacking, how in (("port", _PORT, without, _PORT_HOW), ("time", _TIME, loose, _TIME_HOW)):
        status: Status = "done" if not lacking else "partly" if len(lacking) < len(known.addresses) else "missing"
        exhibits = named(str(place["exhibit"]) for hit in lacking for place in hit.get("occurrences") or () if place.get("exhibit"))
        why = (
            say(_ALL).format(count=len(known.addresses))
            if not lacking
            else say(_SOME).format(count=len(lacking), all=len(known.addresses), records=exhibits)
        )
        yield Requirement(f"ip:{key}", "address", say(title), status, why, say(_FINE) if not lacking else say(how), 50, sources=source)


_PORT = N_("The port beside each IP address")
_TIME = N_("The exact time of each IP address, in UTC")
_ALL = N_("All {count} have it.")
_SOME = N_("{count} of {all} do not have it: {records}.")
_FINE = N_("Nothing more to do.")
_PORT_HOW = N_(
    "Where the export or the mail names a port, it is read with it. If none is there, there is nothing to do: never look the address up."
)
_TIME_HOW = N_("Say which zone the file's times are in: casefile reread EXHIBIT --timezone Europe/Oslo")
