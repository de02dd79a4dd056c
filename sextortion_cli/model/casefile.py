"""
The JSON case file as a published, versioned schema (`docs/reference/case-file.schema.json` is made from these models).

Within a major version keys are only added. Every list is in the order of the case; every time is RFC 3339 UTC ending in ``Z``
or null; digests are lower-case hex; amounts are decimal text in the currency stated.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.3"
#: `program-export` and `read-from-image` since 1.3.
Status = Literal["original", "provider-export", "program-export", "screenshot", "read-from-image", "derived", "statement"]


class Part(BaseModel):
    """A part of the case file; unknown keys are refused when it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatedTime(Part):
    """A time as somebody stated it or a file wrote it, beside its normal form."""

    as_written: str
    local: str | None = None
    utc: str | None = None
    basis: Literal["explicit", "stated", "assumed", "ambiguous", "unknown"]
    precision: Literal["second", "minute", "day"]
    candidates: list[str] = []


class Generator(Part):
    """What wrote the case file."""

    name: str
    version: str


class CaseHead(Part):
    """The case itself, and what pins its state."""

    case_id: str
    title: str | None
    opened: str
    timezone: str | None
    country: str | None
    language: str | None
    role: str | None
    minor: Literal["yes", "no", "unknown"]
    fingerprint: str
    checkpoint: str = Field(description="Unsigned C2SP checkpoint of the log this file describes: origin, size and base64 root.")


class Money(Part):
    """A sum as stated. Different currencies are never added up."""

    event_id: str
    when: StatedTime | None
    amount: str | None
    currency: str | None
    method: str | None
    destination: str | None
    reference: str | None
    deadline: StatedTime | None
    contact: str | None = Field(description="The account it was asked from, or sent to, as stated.")
    service: str | None
    exhibit: str | None
    text: str | None


class Summary(Part):
    """Page one."""

    going_on: str | None = Field(description="Kind of the latest event, in the order of time, that speaks of it, as stated.")
    going_on_when: StatedTime | None
    deadline: StatedTime | None = Field(description="The last deadline that was stated.")
    published: bool | None
    publication: StatedTime | None
    taken_down: StatedTime | None
    minor: Literal["yes", "no", "unknown"]
    paid: bool
    demands: list[Money]
    payments: list[Money]
    extorter_accounts: list[str]
    contact_broken: StatedTime | None
    blocked: StatedTime | None
    recontact: StatedTime | None
    reported: StatedTime | None
    deleted: int
    exhibits: int
    by_reference: int
    messages: int
    first_message: str | None = Field(description="Local or UTC time without a zone; `message_clock` says which.")
    last_message: str | None
    last_from_extorter: str | None = Field(description="When an account stated to be the extorter's last wrote, on the same clock.")
    message_clock: Literal["utc", "file", "mixed"] | None = Field(
        description="`utc`: every time is known in UTC; `file`: the files give local times without a zone; `mixed`: both."
    )
    defects: int


class ContactEntry(Part):
    """One account of one side, with everything that was ever stated about it."""

    contact_id: str
    side: Literal["extorter", "victim", "third-person"]
    service: str | None
    stable_id: str | None
    handle: str | None
    display_name: str | None
    profile_url: str | None
    phone: str | None
    email: str | None
    first_seen: StatedTime | None
    note: str | None
    masked: bool
    recorded: str
    history: list[dict[str, Any]]
    status: Status


class StatementEntry(BaseModel):
    """A device, event, note or thing not collected: what the person stated, with the record that holds it."""

    model_config = ConfigDict(extra="allow", frozen=True)

    record: int
    recorded: str
    stated_by: str | None
    masked: bool
    status: Status


class Units(Part):
    """The account of one reading."""

    unit: Literal["bytes", "rows"]
    total: int
    covered: int
    messages: int
    continuations: int
    noise: int
    defects: int
    facts: int


class ReadingEntry(Part):
    """What read an exhibit last."""

    reader: str | None
    version: str | None
    isolation: str | None = Field(description="How the process that read it was held.")
    options: dict[str, Any] = Field(description="Zone, date order and owner it was read with.")
    record: int
    readings: int = Field(description="How often the exhibit was read; earlier readings stay in the case.")


class ToolEntry(Part):
    """Program and library versions that imports ran with."""

    tool: str
    dependencies: dict[str, str]
    records: list[int] = Field(description="The `import-started` records that noted them.")


class ExhibitEntry(Part):
    """One exhibit."""

    exhibit: str
    parent: str | None
    sha256: str | None = Field(description="Null for by-reference exhibits: their digest is in a record that is disclosed separately.")
    sha1: str | None
    md5: str | None
    size: int
    name: str
    path: str | None
    kind: str | None
    label: str | None = Field(description="minor, intimate or clear, as a person last labelled it.")
    media_type: str | None
    claimed_type: str | None
    importer: str | None
    status: str
    reason: str | None
    units: Units | None
    completeness: list[dict[str, Any]]
    defects: dict[str, int]
    acquired: str | None
    record: int | None
    evidential_status: Status
    acquisition: dict[str, Any]
    reading: ReadingEntry | None
    masked: bool
    file_times: dict[str, str | None]
    shows: list[str] = Field([], description="What this kind of file shows; since 1.3.")
    does_not_show: list[str] = Field([], description="What it does not show; since 1.3.")


class MessageEntry(Part):
    """One message; the same shape as ``messages --json``."""

    exhibit: str
    service: str | None
    conversation: dict[str, str | None] | None
    sender: dict[str, str | None] | None
    time: StatedTime | None
    kind: Literal["text", "media", "call", "deleted", "reaction", "service", "app_notice", "other"]
    edited: bool
    text: str | None
    raw: str | None
    raw_b64: str | None
    lossy: bool
    attachments: list[dict[str, Any]]
    reactions: list[dict[str, Any]]
    detail: dict[str, str]
    locator: dict[str, Any]
    status: Status
    masked: bool


class FactEntry(Part):
    """Something an export says besides messages; the same shape as ``facts --json``."""

    exhibit: str
    importer: str | None
    service: str | None
    kind: str
    of: Literal["account-owner", "contact", "unknown"] = Field(
        description="Whose it is. `account-owner`: of whoever owns the exported account, not of those written with; whose account that is, the file does not prove."
    )
    values: dict[str, str]
    overlay: bool = Field(description="Drawn from bytes that another record covers, or from many places of the file.")
    locator: dict[str, Any]
    status: Status
    masked: bool


class IdentifierEntry(Part):
    """Something that may identify an account; the same shape as ``identifiers --json``."""

    kind: str
    value: str
    raw: str
    owner: Literal["extorter", "victim", "third-person", "infrastructure", "unknown"] = Field(
        description="Whose account it seems to be. It never says who a person is."
    )
    owner_basis: Literal["stated", "contact", "export", "inferred", "none"]
    owner_why: str
    role: Literal["payee", "possible-mule", "unknown"] | None
    confidence: float = Field(
        description="0 to 1: that it is what `kind` says, in steps that `why` explains; no measured probability. Nothing below 0.5 is in the case file."
    )
    why: str
    checks: list[str]
    detail: dict[str, str]
    first_seen: str | None
    last_seen: str | None
    first_time: StatedTime | None
    last_time: StatedTime | None
    occurrence_count: int
    occurrences: list[dict[str, Any]] = Field(description="Where it stands; the first thousand places.")
    defanged: str | None
    masked: bool
    status: Status = Field("derived", description="Since 1.3.")


class SuggestionEntry(BaseModel):
    """What a message seems to demand, threaten or claim; the same shape as ``demand suggest --json``. A suggestion until `confirmed` names an event."""

    model_config = ConfigDict(extra="allow", frozen=True)

    suggestion: str
    kind: Literal["demand", "threat", "deadline", "publication-claim", "payment-instruction"]
    clear: bool = Field(description="False where the same words are common in ordinary chat.")
    amount: str | None
    currency: str | None = Field(description="As stated, in one spelling.")
    method: str | None
    deadline: dict[str, Any] | None = Field(
        description="`left_seconds`: between the message and the deadline, where both are known exactly."
    )
    recipients: list[str]
    quoted: str
    exhibit: str
    locator: dict[str, Any]
    time: StatedTime | None
    sender: dict[str, str | None] | None
    confirmed: str | None = Field(description="The event it was confirmed as, by a person.")
    masked: bool
    status: Status


class SignEntry(Part):
    """A sign of a kind of case, with the first places it was seen in. No proof."""

    kind: Literal["webcam-recording", "image-threat", "ai-made", "bulk-bluff", "non-financial"]
    sign: str
    what: str
    count: int
    places: list[dict[str, Any]]
    status: Status = Field("derived", description="Since 1.3.")


class CustodyEntry(Part):
    """One record of the custody log; the log itself holds every byte of it."""

    record: int
    type: str
    time: str
    actor: str | None
    tool: str
    subject: dict[str, Any] | None
    why: str | None = Field(description="Why something was taken back, as stated.")
    digest: str = Field(description="The record's own SHA-256 (its field `self`).")


class Source(Part):
    """Where a fact stands, the day it was read there, and the source's own date if it says one."""

    what: str
    date: str
    of: str | None = None


class Disappears(Part):
    """What may be gone, and within how many days; null where nobody knows."""

    days: int | None
    what: str


class Requirement(Part):
    """One thing the police ask for; the same shape as ``missing --json``."""

    id: str = Field(description="Stable: `K1` to `K10`; `C-003:stable-id`; `E-011:reference`; `D-001:clock`.")
    group: Literal["kripos", "account", "payment", "address", "device", "event"]
    title: str
    status: Literal["done", "partly", "missing", "not-known", "not-applicable"]
    why: str = Field(description="From which records the status was concluded.")
    how: str = Field(description="The next step, which contacts nobody.")
    weight: int
    platform: str | None
    account: dict[str, str | None] | None
    disappears: Disappears | None
    sources: list[Source]


class Made(Part):
    """Who made the state of the case a document describes, and when: the last record that is no access record."""

    at: str
    by: str | None = Field(description="As stated with --actor.")
    role: str | None
    program: str


class StoryLine(Part):
    """One statement in the person's own words."""

    text: str
    when: StatedTime | None
    source: str = Field(description="The event or note it stands in.")


class FrontAccount(Part):
    """An account used by the extorter, as stated."""

    contact_id: str
    service: str | None
    stable_id: str | None
    handle: str | None
    display_name: str | None
    profile_url: str | None
    phone: str | None
    email: str | None


class FrontMoney(Money):
    """A sum on page one."""

    kind: Literal["demand", "payment"]


class FrontDevice(Part):
    """A device that can be examined, or of which nobody said that it may not."""

    device_id: str
    make: str | None
    model: str | None
    where: str | None
    examine: Literal["yes", "ask", "unknown"]


class FrontReport(Part):
    """A report made elsewhere, or a request to keep data."""

    event_id: str
    kind: Literal["reported", "preservation-asked"]
    to: str | None
    reference: str | None
    when: StatedTime | None


class FrontRisk(Part):
    """What may be gone soon, as `missing` has it."""

    id: str
    title: str
    days: int | None
    what: str
    account: dict[str, str | None] | None


class FrontGaps(Part):
    """What is deleted or missing, counted; the lists stand elsewhere in the case file."""

    deleted: list[StoryLine]
    deleted_count: int
    disappearing: list[str] = Field(description="Devices with a setting for disappearing messages, as stated.")
    not_collected: int
    gaps: int
    by_reference: int
    unread: int


class PageOne(Part):
    """What a desk must know first: one page, the same in every format. Null and empty lists mean that nobody stated it."""

    case_id: str
    fingerprint: str
    title: str | None
    made: Made
    going_on: str | None
    going_on_when: StatedTime | None
    last_from_extorter: str | None
    message_clock: Literal["utc", "file", "mixed"] | None
    deadline: StatedTime | None
    published: bool | None
    publication: StatedTime | None
    minor: Literal["yes", "no", "unknown"]
    paid: bool | None = Field(description="True where a payment is stated; null means that nobody said.")
    bank_told: FrontReport | None = Field(
        description="The first report to a bank or payment service, as stated. Whether money can still be stopped is never known here."
    )
    story: list[StoryLine] = Field(description="The person's own words, in the order of time.")
    accounts: list[FrontAccount]
    money: list[FrontMoney]
    devices: list[FrontDevice]
    disappears: list[FrontRisk]
    reports: list[FrontReport]
    gaps: FrontGaps


class Activity(Part):
    """How many messages fell into one span of time, by side."""

    start: str = Field(description="On the clock of `summary.message_clock`, without a zone.")
    extorter: int
    victim: int
    other: int


class CaseFile(Part):
    """A whole case, as far as it was read, with what it proves and what not."""

    schema_version: Literal["1.3"]
    generator: Generator
    case: CaseHead
    page_one: PageOne | None = Field(None, description="Page one of every document; since 1.3.")
    summary: Summary
    contacts: list[ContactEntry]
    devices: list[StatementEntry]
    events: list[StatementEntry]
    notes: list[StatementEntry]
    not_collected: list[StatementEntry]
    missing: list[Requirement] = Field([], description="What the police may still ask for, what disappears first in front.")
    conversations: list[dict[str, Any]]
    activity: dict[str, Any] = Field(default={}, description="`unit` (seconds of one span) and `spans` (see `Activity`); since 1.3.")
    tools: list[ToolEntry]
    exhibits: list[ExhibitEntry]
    messages: list[MessageEntry]
    facts: list[FactEntry] = Field(description="What exports say besides messages; since 1.1.")
    identifiers: list[IdentifierEntry] = Field(description="What may identify an account; since 1.2.")
    suggestions: list[SuggestionEntry] = Field(default=[], description="What messages seem to demand, threaten or claim; since 1.2.")
    pressure: dict[str, Any] = Field(default={}, description="What can be counted of how hard the person was pressed; since 1.2.")
    signs: list[SignEntry] = Field(default=[], description="Signs of the kind of case; since 1.2.")
    bluff: dict[str, Any] = Field(
        default={}, description="Whether everything points to a mass-mailed bluff, why, and what speaks against it; since 1.2."
    )
    metadata: list[dict[str, Any]]
    defects: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    custody: list[CustodyEntry]
    proves: list[str]
    does_not_prove: list[str]


def schema() -> dict[str, Any]:
    """Return the published JSON Schema (draft 2020-12) of a case file."""
    found = CaseFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:sextortion_cli:case-file:{SCHEMA_VERSION}", **found}
