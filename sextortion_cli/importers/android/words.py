"""What the numbers of Android's message store mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: ``sms.type`` and ``pdu.msg_box``.
BOXES: Final[Mapping[int, str]] = {1: "received", 2: "sent", 3: "draft", 4: "outbox", 5: "failed", 6: "queued"}
RECEIVED: Final = 1
DRAFT: Final = 3
#: ``pdu.m_type``: what kind of MMS unit it is (OMA MMS Encapsulation Protocol 7.3.30).
UNITS: Final[Mapping[int, str]] = {
    128: "message sent",
    130: "notification of a message that was not fetched",
    132: "message fetched",
    134: "delivery report",
    135: "read report",
    136: "read report",
}
NOT_FETCHED: Final = 130
REPORTS: Final = frozenset([134, 135, 136])
#: ``addr.type``.
ROLES: Final[Mapping[int, str]] = {137: "from", 151: "to", 130: "cc", 129: "bcc"}
FROM: Final = 137
#: Stands where the phone's own number goes.
SELF: Final = "insert-address-token"
LAYOUT: Final = "application/smil"
TEXT: Final = "text/plain"
UTF8: Final = 106
