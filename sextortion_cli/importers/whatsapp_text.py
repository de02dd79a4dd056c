"""WhatsApp "Export chat": the text file, alone or out of the archive it comes in."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from sextortion_cli.importers.base import Importer
from sextortion_cli.importers.signal.chatmd import is_chat_md
from sextortion_cli.importers.source import Source
from sextortion_cli.importers.threema.shape import is_threema
from sextortion_cli.importers.whatsapp import phrases
from sextortion_cli.importers.whatsapp.bodies import Form, form_of, is_plain, read_body
from sextortion_cli.importers.whatsapp.calendar import Decision, clock_of, decisions_of
from sextortion_cli.importers.whatsapp.shape import MARKS, Learned, finder_of, learn
from sextortion_cli.importers.whatsapp.windows import UTF8, Encoding, Window, encoding_of, windows
from sextortion_cli.model.names import visible
from sextortion_cli.model.reading import Conversation, Defect, Gap, Message, MessageKind, Noise, ReadOptions, Record, Sender, Sniff, Time
from sextortion_cli.words import N_

_SNIFFED = 64 << 10
_LOOKED_AT = 4 << 10
_CONTROLS = bytes([*range(9), *range(14, 32)])
_SAMPLE = 1 << 20
_LEADING = re.compile(f"{MARKS}+")
_LOG_WORDS = frozenset(["info", "warn", "warning", "error", "debug", "trace", "fatal", "critical", "notice"])
_NAMES = re.compile(
    r"(?:WhatsApp[ -]Chat (?:with|mit|met|med|con|avec|-)|WhatsApp-chat med|Chat de WhatsApp con|Conversa do WhatsApp com|Discussion WhatsApp avec|"
    r"Chat WhatsApp con|Chat WhatsApp s[ \u00a0]uživatelem|Чат WhatsApp с[ \u00a0]контактом|Czat WhatsApp z|Chat WhatsApp dengan) ?(?P<name>.{1,120})\.txt\Z"
)
#: Known limits of the export, in messages: with and without media.
_CAPS = (10_000, 40_000)
_LONGEST_NAME = 120
_MOST_PEOPLE = 100_000


class WhatsAppText(Importer):
    """Reads WhatsApp text exports of Android and iPhone in any language, region and calendar."""

    id: ClassVar[str] = "whatsapp-text"
    service: ClassVar[str] = "WhatsApp"
    version: ClassVar[str] = "2"
    how_to_export: ClassVar[str] = N_(
        "Open the chat in WhatsApp. Android: ⋮ > More > Export chat. iPhone: tap the name at the top > Export chat. "
        "Choose to include media, and save the file on your computer."
    )
    limits: ClassVar[str] = N_(
        "A text export does not prove who wrote: names are those of the phone's address book, and the file can be edited. Reactions, replies, read "
        "receipts and the numbers of saved contacts are missing. Times are the phone's, without a zone. Long chats are cut."
    )
    seen_on: ClassVar[str] = "Android and iPhone exports of 2018 to 2023; twelve languages in real files, forty-six more from descriptions"
    noise: ClassVar[Mapping[str, str]] = {
        "blank": "Empty lines before the first message or after the last.",
        "not-selected": "Outside the conversations or dates that were chosen for this reading.",
    }
    references: ClassVar[tuple[str, ...]] = ("WhatsApp Help Center, How to export your chat history",)

    def sniff(self, source: Source) -> Sniff:
        """Claim a text whose first lines have a WhatsApp header of one shape, with somebody or the app's own notice behind it."""
        if encoding_of(source) is UTF8 and _is_binary(source.head(_LOOKED_AT)):
            return Sniff("no", "not a text")
        sample = _sample(source, _SNIFFED)
        learned = learn(sample.split("\n"))
        if learned is None:
            return Sniff("no", "no line begins with a date and time as WhatsApp writes them")
        if learned.shape.bracket and not learned.shape.seconds and is_threema(sample.split("\n")):
            return Sniff("maybe", "headers of one shape, but the words of Threema")
        if learned.shape.bracket and learned.shape.year_first and is_chat_md(sample.split("\n")):
            return Sniff("maybe", "headers of one shape, but texts that end as signal-export's")
        headers = finder_of(learned).split.split("\n" + sample)[3::3]
        lines = [body.partition("\n")[0].rstrip("\r") for body in headers]
        named = [line.partition(":")[0] for line in lines if re.match(r"[^:]{1,120}:(?: |\Z|[\u200e\u200f])", line)]
        people = [name for name in named if phrases.bare(name).strip().strip("[]").lower() not in _LOG_WORDS]
        if any(phrases.is_banner(line.partition(": ")[2] or line) for line in lines):
            return Sniff("yes", "message headers and WhatsApp's own notice")
        if learned.headers < 1 or learned.others > learned.headers:
            return Sniff("maybe", "message headers of several shapes")
        if not named or len(people) * 2 < len(named):
            return Sniff("maybe" if "whatsapp" in source.name.lower() else "no", "headers, but nobody writes")
        if learned.shape.end.strip() == ":" and "whatsapp" not in source.name.lower() and not any(map(_is_telling, lines)):
            return Sniff("maybe", "headers of a very old form")
        return Sniff("yes", "message headers of one shape")

    def read(self, source: Source, options: ReadOptions) -> Iterator[Record]:
        """Yield the messages of one chat; a line opens one only with the whole header shape of this file."""
        name = _NAMES.search(source.name)
        yield Conversation(name=name["name"] if name else None)
        sample = _sample(source, _SAMPLE)
        learned = learn(sample.split("\n"))
        if learned is None:
            if source.size:
                yield Defect(0, source.size, "no-messages", N_("No line begins with a date and time as WhatsApp writes them."))
            return
        finder, encoding = finder_of(learned), encoding_of(source)

        def headers() -> Iterator[str]:
            for window in windows(source, encoding, finder.split):
                yield from window.pieces[2::3]

        decisions = decisions_of(learned, finder, headers, options.date_order)
        reader = _Reader(
            name["name"] if name else "", _form(sample, learned, finder.split), clock_of(learned, finder, decisions), decisions, options
        )
        for window in windows(source, encoding, finder.split):
            yield from reader.window(window)
        yield from _gaps(learned, decisions, options, reader)


def _is_telling(line: str) -> bool:
    """Say whether a first line holds something that only the app writes."""
    name, colon, body = line.partition(": ")
    key = phrases.key(body)
    return key in phrases.OMITTED or key in phrases.DELETED or (not colon and phrases.is_own_line(name))


def _is_binary(head: bytes) -> bool:
    """
    Say quickly that a file is no text: many control bytes, and as many that are no UTF-8.

    Control bytes alone prove nothing: the other side can write them into every name and message.
    """
    few = len(head) // 50
    if len(head) - len(head.translate(None, _CONTROLS)) <= few:
        return False
    return len(head) - len(head.decode("utf-8", "ignore").encode()) > few


def _sample(source: Source, size: int) -> str:
    encoding = encoding_of(source)
    return encoding.decode(source.head(size - size % encoding.unit))


def _form(sample: str, learned: Learned, finder: re.Pattern[str]) -> Form:
    """Return of which phone an export is; iPhones put brackets around date and time."""
    if not any(one.shape.bracket for one in (learned, *learned.more)):
        return "android"
    return form_of([rest.partition("\n")[0].rstrip("\r").partition(": ")[2] for rest in finder.split("\n" + sample)[3::3]])


def _gaps(learned: Learned, decisions: tuple[Decision, ...], options: ReadOptions, reader: _Reader) -> Iterator[Gap]:
    yield Gap(
        "authorship-unverifiable",
        N_("Names are those of the phone's address book, and a text file can be edited: it does not prove who wrote."),
    )
    by = {decision.by for decision in decisions}
    if "open" in by:
        yield Gap("date-order-ambiguous", N_("Day and month cannot be told apart in this file. State the order, and read it again."))
    elif "sequence" in by:
        yield Gap("date-order-inferred", N_("Day and month were told apart only by the order of the messages."))
    elif "dots" in by:
        yield Gap("date-order-inferred", N_("The day was taken to come first because dots stand between day, month and year."))
    if options.timezone is None:
        yield Gap("zone-unknown", N_("Times are the phone's, and the file does not say in which zone. State it, and read it again."))
    if learned.others:
        yield Gap(
            "other-header-shapes",
            N_("Lines look like message headers of another shape; they were read as text of the message before."),
            learned.others,
        )
    if learned.more:
        yield Gap(
            "joined-exports",
            N_("Message headers have several forms, as in exports that were put together; each was read in its own form."),
            1 + len(learned.more),
        )
    for cap in _CAPS:
        if cap * 0.99 <= reader.messages <= cap * 1.01:
            yield Gap(
                "near-export-limit", N_("The number of messages is close to what WhatsApp exports at most; older messages may be missing.")
            )


class _Reader:
    """Turns windows into records; remembers people and where it is."""

    def __init__(self, chat: str, form: Form, clock: Callable[[str], Time], decisions: tuple[Decision, ...], options: ReadOptions) -> None:
        self._chat = _alike(chat)
        self._form = form
        self._clock = clock
        self._is_open = any(decision.by == "open" for decision in decisions)
        self._since, self._until = options.since or "", options.until or "9999-12-31"
        self._chosen = bool(options.since or options.until)
        self._people: dict[str, Sender] = {}
        self._line = 1
        self.messages = 0

    def window(self, window: Window) -> Iterator[Record]:
        """Yield the records of one window: what stands before its first header, and its messages."""
        pieces, start, line = window.pieces, window.start, self._line
        if window.is_cut:
            self._line += pieces[0].count("\n", 1)
            yield Defect(
                start,
                window.end,
                "message-too-long",
                N_("A message is too long to be read; its bytes are kept in the original."),
                line=line,
            )
            return
        if len(pieces[0]) > 1 or len(pieces) == 1:
            end = window.end if len(pieces) == 1 else start + len(window.encoding.encode(pieces[0]))
            yield _outside(start, end, pieces[0][1:], line)
            line += pieces[0].count("\n", 1) + 1
            start = end
        people, clock, length, feed = self._people, self._clock, window.encoding.length, window.encoding.unit
        last = len(pieces) - 3 if window.is_last else 0
        blank = ""
        for at in range(1, len(pieces), 3):
            rest = pieces[at + 2]
            time = clock(pieces[at + 1])
            if at == last:
                rest, blank = _last(rest)
            try:
                end = start + length(pieces[at]) + length(rest) + feed
            except UnicodeEncodeError:
                end = start + len(window.encoding.encode(pieces[at] + rest)) + feed
            if at == last:
                end = window.end - length(blank)
            name, _, body = rest.partition(": ")
            sender = people.get(name)
            if sender is not None and "\n" not in body and is_plain(body):
                message = Message(start, end, "text", sender, time, body, line=line)
                line += 1
            else:
                message = self._carefully(rest, start, end, line, time)
                line += 1 + rest.count("\n")
            if not rest.isascii():
                _show(message, window.encoding)
            if self._chosen and not self._since <= (time.local or "")[:10] <= self._until:
                yield Noise(start, end, "not-selected")
            else:
                self.messages += 1
                yield message
                if time.local is None and not self._is_open:
                    yield Defect(start, end, "impossible-time", N_("The date or time does not exist; it stands as written."), True, line)
                if message.lossy:
                    yield Defect(
                        start, end, "invalid-text", N_("Bytes are not valid text; the exact bytes are kept beside it."), True, line
                    )
            start = end
        if blank:
            yield Noise(start, window.end, "blank")
        self._line = line

    def _carefully(self, rest: str, start: int, end: int, line: int, time: Time) -> Message:
        """Read a message of several lines, with one of the app's phrases, of somebody new or of nobody."""
        raw = rest.removesuffix("\r")
        sender, raw = self._sender(raw)
        text = raw.replace("\r\n", "\n")
        kept = None if text == raw else raw
        if sender is None:
            event = phrases.event_of(text)
            kind: MessageKind = "call" if event == "call" else "service"
            return Message(start, end, kind, None, time, text, kept, line=line, detail={"event": event} if event else {})
        body = read_body(text, self._form)
        return Message(
            start,
            end,
            body.kind,
            sender,
            time,
            text,
            kept,
            edited=body.edited,
            line=line,
            attachments=body.attachments,
            detail=dict(body.detail),
        )

    def _sender(self, raw: str) -> tuple[Sender | None, str]:
        """Return who wrote a message, and what: a name ends at the first colon with a space or the end of the line behind it."""
        first, _, _ = raw.partition("\n")
        first = first.removesuffix("\r")
        name, colon, _ = first.partition(": ")
        if not colon and first.endswith(":"):
            name, colon = first[:-1], ":"
        if not colon and first.partition(":")[0] in self._people:
            name, colon = first.partition(":")[0], ":"
        if self._chat:
            longer = name + colon + first[len(name) + len(colon) : _LONGEST_NAME].partition(": ")[0]
            if _alike(longer) == self._chat:  # the file is named after somebody whose name holds a colon
                name = longer
        if not colon or not 0 < len(name) <= _LONGEST_NAME:
            return None, raw
        sender = self._people.get(name)
        if sender is None:
            shown = visible(name)
            if not shown or phrases.is_own_line(name) or phrases.opens_a_quote(name):
                return None, raw
            if len(self._people) > _MOST_PEOPLE:
                self._people.clear()
            sender = self._people[name] = Sender(shown, None if shown == name else name)
        return sender, raw[len(name) + len(colon) :]


def _alike(name: str) -> str:
    """Return a form in which a name equals the name of a file made from it, where some characters are not allowed."""
    return re.sub(r"[:/\\_\s]+", " ", name).strip()


def _last(rest: str) -> tuple[str, str]:
    """Return what the last message says, and the empty lines at the end of the file, which nobody wrote: the app sends none."""
    bare = rest.rstrip("\r\n")
    ending = rest[len(bare) :]
    line_end, feed, blank = ending.partition("\n")
    return (bare + line_end, blank) if feed and line_end in ("", "\r") else (rest.removesuffix("\n"), "")


def _outside(start: int, end: int, text: str, line: int) -> Record:
    if not phrases.bare(text).strip("\0").strip():
        return Noise(start, end, "blank")
    return Defect(start, end, "unread-text", N_("Text stands before the first message, or after one that could not be read."), line=line)


def _show(message: Message, encoding: Encoding) -> None:
    """Where bytes are not valid text, show the replacement character and keep the exact bytes."""
    text = message.raw if message.raw is not None else message.text or ""
    try:
        text.encode()
    except UnicodeEncodeError:
        exact = encoding.encode(text)
        message.text = (
            (message.text or "").encode("utf-8", "surrogateescape" if encoding.unit == 1 else "replace").decode("utf-8", "replace")
        )
        message.raw, message.raw_b64, message.lossy = None, base64.b64encode(exact).decode(), True
    sender = message.sender
    if sender is not None:
        try:
            (sender.raw or sender.name).encode()
        except UnicodeEncodeError:
            message.sender = Sender(*(_valid(part) for part in (sender.name, sender.raw or sender.name)))
            message.lossy = True


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
