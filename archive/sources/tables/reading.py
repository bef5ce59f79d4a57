"""CSV files with a column of texts: one document a row, as corpus.toml names the columns."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO

from archive.model.blocks import Block, Observation, Reading
from archive.model.charsets import CODECS, STATEFUL_CODECS, decode
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.fields import FIELD
from archive.model.findings import Finding, Severity, Where
from archive.model.spans import Layer
from archive.model.tally import Tally
from archive.sources import text as plain
from archive.sources.characters.charsets import Detected, detect
from archive.sources.characters.damage import undecodable
from archive.sources.characters.mojibake import mojibake
from archive.sources.containers.expanding import copied
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.naming import Names, fit
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.protocol import Taken, TextInput
from archive.sources.signatures import Format
from archive.sources.tables.fields import field_of, stated
from archive.sources.tables.rows import Cell, Row, rows

FORM = Format("text/csv", "x-fmt/18", "extension")
_TABS = Format("text/tab-separated-values", "x-fmt/13", "extension")
_DELIMITERS = (b",", b";", b"\t", b"|")
_SAYS_DELIMITER = re.compile(rb'"?sep=(.)"?[\r\n]+', re.IGNORECASE)
_LONGEST_SAYING = 10
_SAMPLE = 1 << 20
_SHOWN = 80
_DATE = "a date as EDTF, such as 2017-09-03"
_DOUBLED = ("doubled-quotes",)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written.

    Attributes:
        charset: its encoding.
        start: where it begins, behind a byte-order mark.
        row: the number of its header, from 1: blank rows may stand before it, and what says the delimiter.
        delimiter: what stands between cells.
        header: the names of the columns.
        text: the place of the column of texts, or None.
        id: the place of the column of names, or None.
    """

    charset: str
    start: int
    row: int
    delimiter: bytes
    header: tuple[str, ...]
    text: int | None
    id: int | None


class Csv:
    """See `archive.sources.containers.protocol.Container`."""

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`; one in an encoding whose bytes are not those of ASCII is read in UTF-8."""
        stream.seek(0)
        found = detect(stream.read(_SAMPLE))
        if found is None:
            return None
        if found.charset in STATEFUL_CODECS or found.charset.startswith("utf-16"):
            opened = copied(_in_utf8(stream, found))
            opened.form = FORM
            found = Detected("utf-8")
        else:
            opened = as_it_stands(stream, FORM)
        opened.held["charset"] = found
        return opened

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        shape = _shape(given, opened)
        if shape is None or shape.text is None:
            wanted = next((key for key, name in given.renames.csv.items() if name == "text"), "text")
            header = ", ".join(shape.header)[:_SHOWN] if shape else "no row"
            shown = opened.held["fault"] or header
            where = Where(file=given.path, row=1)
            found.add(finding("csv.no-text-column", where=where, found=shown, expected=f"a column {wanted[:_SHOWN]!r}"))
            return
        names = Names()
        # A row that may ask for a level of access and that nobody can read must not pass for one that asks for none.
        asks = any(field_of(key, given.renames.csv) == "access_level" for key in shape.header)
        weight = Severity.ERROR if asks else None
        for row in rows(opened.stream, shape.start, shape.delimiter, given.limits.largest_line):
            if row.number > shape.row:
                member = _member(given.path, row, shape, weight)
                yield member if member.findings else names.told_apart(member, found)

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        shape = _shape(given, opened)
        row = None
        if shape is not None and shape.text is not None:
            found = rows(opened.stream, member.start, shape.delimiter, given.limits.largest_line)
            row = next(found, None)
        if shape is None or row is None or row.fault or shape.text is None or shape.text >= len(row.cells):
            one = finding("csv.malformed-row", where=member.where, found="no such row")
            return Content(opened.form.unread(one), b"")
        row.start = member.start
        reading = _InRow(given, opened.form, member, shape, row).reading(row.cells[shape.text])
        if not opened.is_original:
            bare = replace(reading, blocks=tuple(one._replace(locator="") for one in reading.blocks))
            reading = placed(bare, Inside(given, member, opened.form, None, f"row={member.row}"), (), ())
        return Content(reading, row.data)


def _in_utf8(stream: IO[bytes], found: Detected) -> Iterator[bytes]:
    """The text of a table in UTF-8, piece by piece; what cannot be decoded becomes U+FFFD."""
    codec = STATEFUL_CODECS.get(found.charset) or CODECS[found.charset]
    decoder = codecs.getincrementaldecoder(codec)("replace")
    stream.seek(found.start)
    while data := stream.read(_SAMPLE):
        yield decoder.decode(data).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _shape(given: Given, opened: Opened) -> Shape | None:
    """How the table is written, by its header; looked at once."""
    if "shape" not in opened.held:
        detected = opened.held["charset"]
        shapes = []
        faults = []
        for delimiter in _delimiters(opened.stream, detected.start):
            found = rows(opened.stream, detected.start, delimiter, given.limits.largest_line)
            first = next((one for one in found if not _says_delimiter(one.data)), None)
            if first is not None and not first.fault:
                header = tuple(_text(first.data, cell, detected.charset).strip() for cell in first.cells)
                columns = _column(header, "text", given.renames.csv), _column(header, "id", given.renames.csv)
                shapes.append(Shape(detected.charset, detected.start, first.number, delimiter, header, *columns))
            elif first is not None:
                faults.append(first.fault)
        opened.held["fault"] = next(iter(faults), "")
        chosen = next((one for one in shapes if one.text is not None), shapes[0] if shapes else None)
        opened.held["shape"] = chosen
        if chosen is not None and chosen.delimiter == b"\t":
            opened.form = _TABS
    shape: Shape | None = opened.held["shape"]
    return shape


def _delimiters(stream: IO[bytes], start: int) -> tuple[bytes, ...]:
    """The delimiter that the first line says, as spreadsheet programs write it (`sep=;`); else all that may be."""
    stream.seek(start)
    said = _SAYS_DELIMITER.fullmatch(stream.readline(_LONGEST_SAYING))
    return _DELIMITERS if said is None else (said[1],)


def _says_delimiter(data: bytes) -> bool:
    return len(data) <= _LONGEST_SAYING and _SAYS_DELIMITER.fullmatch(data) is not None


def _column(header: tuple[str, ...], name: str, renames: Mapping[str, str]) -> int | None:
    """The column that is renamed to a name, else that has it."""
    for place, one in enumerate(header):
        if renames.get(one) == name:
            return place
    is_taken = renames.get(name, name) != name
    return next((place for place, one in enumerate(header) if one.lower() == name and not is_taken), None)


def _text(data: bytes, cell: Cell, charset: str) -> str:
    written = decode(data[cell.start : cell.end], charset)
    return written.replace('""', '"') if cell.is_quoted else written


def _member(path: str, row: Row, shape: Shape, weight: Severity | None) -> Member:
    end = row.start + (row.length if row.fault else len(row.data.rstrip(b"\r\n")))
    member = Member(path, str(row.number), row.start, end, row.number)
    fault = row.fault
    if not fault and shape.text is not None and shape.text >= len(row.cells):
        fault = f"{len(row.cells)} cells, so that there is none in the column of texts"
    if fault:
        found = finding("csv.malformed-row", where=member.where, found=fault, severity=weight)
        return replace(member, findings=(found,))
    if shape.id is not None and shape.id < len(row.cells):
        name = fit(_text(row.data, row.cells[shape.id], shape.charset))
        return replace(member, name=name or member.name)
    return member


@dataclass(slots=True)
class _InRow:
    """A document in a row, on its way to a reading."""

    given: Given
    form: Format
    member: Member
    shape: Shape
    row: Row

    def reading(self, cell: Cell) -> Reading:
        layer = Layer(None, self.shape.charset, self.row.data, self.row.start)
        inside = Layer(None, layer.charset, self.row.data[cell.start : cell.end], self.row.start + cell.start)
        given = TextInput(inside, 0, self.given.path)
        taken = self._taken(cell, given)
        embedded, unusable = self._fields()
        where = self.member.where
        findings = (
            *undecodable(given, self.given.limits),
            *taken.findings,
            *unusable,
            *self._length(),
            *mojibake(taken.blocks, self.given.path, self.given.limits),
            *(() if taken.blocks or not taken.text_was_read else (finding("text.empty", where=where),)),
        )
        return replace(
            self.form.unread(),
            charset=layer.charset,
            layers=(layer,),
            blocks=taken.blocks,
            embedded=embedded,
            findings=tuple(one if one.where.bytes else replace(one, where=where) for one in findings),
            text_was_read=taken.text_was_read,
        )

    def _taken(self, cell: Cell, given: TextInput) -> Taken:
        limits = self.given.limits
        if len(given.layer.data) > limits.largest_text:
            said = f"{len(given.layer.data):,} bytes"
            one = finding("text.too-large", where=self.member.where, found=said)
            return Taken(findings=(one,), text_was_read=False)
        taken = plain.read(given, limits)
        is_doubled = cell.is_quoted and b'""' in given.layer.data
        locator = f"row={self.member.row}"
        blocks = tuple(_written(one, is_doubled, locator) for one in taken.blocks)
        return replace(taken, blocks=blocks)

    def _fields(self) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
        found: list[Observation] = []
        unusable: list[Finding] = []
        for place, (key, cell) in enumerate(zip(self.shape.header, self.row.cells, strict=False)):
            name = field_of(key, self.given.renames.csv) if place not in {self.shape.text, self.shape.id} else None
            if name is None:
                continue
            written = _text(self.row.data, cell, self.shape.charset)
            locator = f"bytes={self.row.start + cell.start}-{self.row.start + cell.end}"
            separator = self.given.renames.lists.get(name, "") if FIELD[name].many else ""
            for one in written.split(separator) if separator else (written,):
                value = stated(name, one)
                if value is None:
                    seen = f"{key}: {one!r}"[:_SHOWN]
                    unusable.append(
                        finding("csv.field-not-usable", where=self.member.where, found=seen, expected=_DATE)
                    )
                elif value:
                    found.append(Observation(name, value, locator))
        return tuple(found), tuple(unusable)

    def _length(self) -> tuple[Finding, ...]:
        cells, columns = len(self.row.cells), len(self.shape.header)
        if cells == columns:
            return ()
        said = f"{columns}, as the header"
        one = finding("csv.row-length", where=self.member.where, found=f"{cells} cells", expected=said)
        # Its cells may stand in columns that are not theirs: nobody can tell which of them is the level of access.
        asks = any(field_of(key, self.given.renames.csv) == "access_level" for key in self.shape.header)
        return (replace(one, severity=Severity.ERROR if asks else one.severity),)


def _written(block: Block, is_doubled: bool, locator: str) -> Block:  # noqa: FBT001 - one property of the cell
    if not is_doubled:
        return block._replace(locator=locator)
    return block._replace(text=carry_out((block.text,), _DOUBLED), operations=_DOUBLED, locator=locator)
