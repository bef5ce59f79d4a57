"""Reading a message: its text as it stands in the file, or through stored layers where it is encoded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.model.blocks import Block, Observation, Reading
from archive.model.charsets import CODECS, STATEFUL_CODECS, decode_stateful
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.markup import without_data_addresses
from archive.model.spans import Layer, Span
from archive.sources import html, text
from archive.sources.characters.charsets import detect
from archive.sources.characters.damage import undecodable
from archive.sources.characters.labels import charset_of_label
from archive.sources.characters.mojibake import mojibake
from archive.sources.limits import Limits
from archive.sources.mail.added import ciphertext, stuffing, together, unstuffed, without
from archive.sources.mail.choosing import HTML, PLAIN, Chosen, chosen_of, is_attached
from archive.sources.mail.encodings import UNENCODED, decoded
from archive.sources.mail.flowed import is_flowed, paragraphs
from archive.sources.mail.heads import embedded, hidden
from archive.sources.mail.parts import LONGEST_HEAD, MOST, Part, head_of, message_of
from archive.sources.protocol import Taken, TextInput
from archive.sources.signatures import Format
from archive.sources.unseen.searching import Collected
from archive.sources.unseen.userpaths import PATH, users_in

_TOOL = "this program's reader of messages"
"""Named where a part had to be decoded."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be read.

    Attributes:
        path: the name that findings give.
        data: its bytes.
        form: the format that the reading gets.
        limits: how much is read.
        offset: where its bytes begin in the file.
        saved_page: whether it is a web page saved in the form of a message.
        in_mailbox: whether it stands in a mailbox, which adds signs to lines that begin as its own do.
    """

    path: str
    data: bytes
    form: Format
    limits: Limits
    offset: int = 0
    saved_page: bool = False
    in_mailbox: bool = False

    def where(self, start: int, end: int) -> Where:
        """A place in the file."""
        return Where(file=self.path, bytes=f"{start + self.offset}-{end + self.offset}")


def read_message(letter: Letter) -> Reading | None:
    """What a message holds, or None where it is none.

    Args:
        letter: the message.
    """
    message = message_of(letter.data)
    if message is None:
        return None
    chosen = chosen_of(message)
    body = _Body(letter, is_page=[one.media_type for one in chosen.texts] == [HTML])
    for part in chosen.texts:
        body.take(part)
        if body.is_over:
            break
    whole = letter.where(0, len(letter.data))
    stated = tuple(embedded(message, letter.offset, saved_page=letter.saved_page))
    findings = [*body.findings, *_findings(chosen, whole, body), *hidden(message, letter.path, letter.offset)]
    findings.extend(_unseen(letter, message, chosen))
    return Reading(
        media_type=letter.form.media_type,
        puid=letter.form.puid,
        puid_basis=letter.form.puid_basis,
        charset=body.plain.charset if body.plain else None,
        layers=tuple(body.layers),
        blocks=() if body.is_over else tuple(body.blocks),
        unshown=() if body.is_over else tuple(body.unshown),
        embedded=(*(one for one in stated if not one.reason), *body.embedded),
        set_aside=(*(one for one in stated if one.reason), *body.set_aside),
        findings=(*findings, *mojibake(tuple(body.blocks), letter.path, letter.limits)),
        text_was_read=not body.is_over and bool(chosen.texts),
        tool=_TOOL,
        is_letter=bool(chosen.texts) and chosen.texts[0].media_type == PLAIN,
    )


def with_head(letter: Letter, reading: Reading) -> Reading:
    """The reading of a message that is too large to be read, with what its head states and hides.

    Args:
        letter: the message, or its beginning.
        reading: says that it is too large.
    """
    message = head_of(letter.data)
    if message is None:
        return reading
    stated = tuple(embedded(message, letter.offset, saved_page=letter.saved_page))
    people = hidden(message, letter.path, letter.offset)
    return replace(reading, embedded=stated, findings=(*reading.findings, *people))


def _findings(chosen: Chosen, where: Where, body: _Body) -> Iterator[Finding]:
    if chosen.sealed or body.is_sealed:
        yield finding("container.encrypted", where=where, found="the message, or a part of it")
    if chosen.is_long:
        most = f"at most {LONGEST_HEAD:,} bytes"
        yield finding("mail.head-too-long", where=where, found="more than is looked at", expected=most)
    if chosen.is_cut:
        yield finding("mail.too-many-parts", where=where, expected=f"at most {MOST:,} parts")
    if not (chosen.texts or chosen.sealed):
        yield finding("text.not-read", where=where, found="a message without a part that is text")
    elif chosen.texts and not (body.blocks or body.is_over or body.is_sealed):
        yield finding("text.empty", where=where)


def _unseen(letter: Letter, message: Part, chosen: Chosen) -> Iterator[Finding]:
    """What the heads of parts and the parts that are not read hide of people.

    Of a letter those are other forms of its text; each file that is attached is looked at by itself.
    """
    unseen = Collected(letter.where(0, len(letter.data)), letter.limits)
    read = {one.number for one in chosen.texts}
    for part in message.every():
        name = f"part {part.number}" if part.number else "its head"
        heads = "\n".join(one.value for one in part.fields)
        if next(users_in(heads.encode("utf-8", "replace"), is_markup=True), None) is not None:
            unseen.note(PATH, name)
        is_other = letter.saved_page or (part.media_type == HTML and not is_attached(part))
        if is_other and not part.parts and part.number not in read:
            unseen.add(name, (decoded(letter.data[part.start : part.end], part.encoding)[0],))
    yield from unseen.findings()


@dataclass(slots=True)
class _Body:
    """The text of a message, part by part."""

    letter: Letter
    is_page: bool
    layers: list[Layer] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    unshown: list[Block] = field(default_factory=list)
    embedded: list[Observation] = field(default_factory=list)
    set_aside: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    plain: Layer | None = None
    is_over: bool = False
    is_sealed: bool = False

    def take(self, part: Part) -> None:
        raw = self.letter.data[part.start : part.end]
        bare = unstuffed(raw) if self.letter.in_mailbox and part.encoding != "base64" else raw
        data, is_whole = decoded(bare, part.encoding)
        where = self.letter.where(part.start, part.end)
        if not is_whole:
            said = f"a part that is said to be {part.encoding[:40]} and is not, or is cut short"
            self.findings.append(finding("mail.part-damaged", where=where, found=said))
        is_html = part.media_type == HTML
        if (without_data_addresses(data) if is_html else len(data)) > self.letter.limits.largest_text:
            most = f"at most {self.letter.limits.largest_text:,} bytes"
            self.findings.append(finding("text.too-large", where=where, found=f"{len(data):,} bytes", expected=most))
            self.is_over = True
            return
        plain = raw if part.encoding in UNENCODED and not is_html else data
        layer = self._layer(part, raw, plain)
        if layer.name is not None and plain is not data:
            layer = self._layer(part, raw, data)
        start = 3 if layer.charset == "utf-8" and layer.data.startswith(b"\xef\xbb\xbf") else 0
        given = TextInput(layer, start, self.letter.path)
        self.findings.extend(replace(one, where=where) for one in undecodable(given, self.letter.limits))
        taken = html.read(given, self.letter.limits) if is_html else self._of_text(part, given)
        self._put(part, layer, taken, where)

    def _of_text(self, part: Part, given: TextInput) -> Taken:
        """What a plain text holds, without what programs put into it."""
        taken, layer = text.read(given, self.letter.limits), given.layer
        if not taken.blocks or layer.charset.startswith("utf-16"):
            return taken
        blocks: Iterable[Block] = taken.blocks
        is_stuffed = self.letter.in_mailbox and layer.name is None
        sealed = ciphertext(layer)
        added = together([*(stuffing(layer) if is_stuffed else ()), *sealed])
        if added:
            blocks = without(blocks, layer, added)
        if is_flowed(part) and self.letter.limits.lines_are_wanted:
            blocks = paragraphs(blocks, layer, part)
        self.is_sealed = self.is_sealed or bool(sealed)
        return replace(taken, blocks=tuple(blocks))

    def _layer(self, part: Part, raw: bytes, data: bytes) -> Layer:
        """The file itself where the part stands plainly in it, else a stored layer."""
        charset = _charset(part, data)
        name = f"part-{part.number or '0'}"
        if charset in STATEFUL_CODECS:
            return Layer(name, "utf-8", decode_stateful(data, charset).encode("utf-8", "replace"))
        fits = self.plain is None or self.plain.charset == charset
        if data is raw and fits and not (charset.startswith("utf-16") and part.media_type == HTML):
            return Layer(None, charset, data, part.start + self.letter.offset)
        if charset.startswith("utf-16"):
            return Layer(name, "utf-8", data.decode(CODECS[charset], "replace").encode("utf-8", "replace"))
        return Layer(name, charset, data)

    def _put(self, part: Part, layer: Layer, taken: Taken, where: Where) -> None:
        if layer.name is None:
            if self.plain is None:
                # A page is looked at as a whole, without the fields above it.
                whole = Layer(None, layer.charset, self.letter.data, self.letter.offset)
                self.plain = layer if self.is_page else whole
                self.layers.append(self.plain)
            number = self.layers.index(self.plain)
        else:
            number = len(self.layers)
            self.layers.append(layer)
        locator = f"part={part.number}" if part.number else ""
        self.blocks.extend(one._replace(spans=_spans(one.spans, number), locator=locator) for one in taken.blocks)
        self.unshown.extend(one._replace(spans=_spans(one.spans, number), locator=locator) for one in taken.unshown)
        self.embedded.extend(replace(one, layer=number) for one in taken.embedded)
        self.set_aside.extend(replace(one, layer=number) for one in taken.set_aside)
        self.findings.extend(replace(one, where=where) for one in taken.findings)
        self.is_over = not taken.text_was_read or len(self.blocks) > self.letter.limits.most_blocks


def _spans(spans: Sequence[Span], layer: int) -> tuple[Span, ...]:
    return tuple(Span(layer, one.start, one.end) for one in spans)


def _charset(part: Part, data: bytes) -> str:
    """As the part states it, where its bytes fit; else as they show it."""
    stated = part.parameters("content-type").get("charset", "")
    named = charset_of_label(stated) if stated else None
    if named in STATEFUL_CODECS:
        return str(named)
    found = detect(data, markup=part.media_type == HTML, stated=stated)
    return found.charset if found is not None else named or "utf-8"
