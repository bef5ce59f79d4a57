"""The first sheet that is shown of an XLSX workbook (ECMA-376, part 1: SpreadsheetML)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.submission.workbooks.cells import EMPTY, MOST_COLUMNS, MOST_ROWS, Aside, Cell, Doubt, Row, number_cell
from archive.submission.workbooks.dates import Shown, as_shown, shown_by
from archive.submission.workbooks.parts import Parts, UnreadableError

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_MERGED = 10_000
_SECONDS_A_DAY = 86_400


def rows(parts: Parts, aside: Aside) -> Iterator[Row]:
    """The rows of the first sheet that is shown, those that hold anything.

    Args:
        parts: of the workbook.
        aside: gets what is beside.

    Raises:
        UnreadableError: it cannot be read.
    """
    book = _Book()
    parts.heard("xl/workbook.xml", book)
    links = _Links()
    parts.heard("xl/_rels/workbook.xml.rels", links)
    sheets = book.shown or book.sheets
    target = links.targets.get(sheets[0] if sheets else "")
    aside.others = max(0, len(book.shown) - 1)
    if target is None:
        raise UnreadableError("it names no sheet")
    strings, styles = _Strings(), _Styles()
    if "xl/sharedStrings.xml" in parts:
        parts.heard("xl/sharedStrings.xml", strings)
    if "xl/styles.xml" in parts:
        parts.heard("xl/styles.xml", styles)
    sheet = _Sheet(strings.strings, styles.dates(), book.counts_from_1904, aside.merged)
    for _ in parts.walk(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"), sheet):
        yield from sheet.taken()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


@dataclass(slots=True)
class _Book:
    """The workbook's lists of sheets: all of them, and those that are shown."""

    sheets: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    counts_from_1904: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "sheet":
            names = [value for key, value in attributes.items() if key.endswith("relationships id")]
            self.sheets += names
            self.shown += names if attributes.get("state", "visible") == "visible" else []
        elif _local(name) == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


@dataclass(slots=True)
class _Links:
    """Where the parts are."""

    targets: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


@dataclass(slots=True)
class _Strings:
    """The strings that cells share; how a word is to be read aloud is no part of it."""

    strings: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    aloud: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - of the protocol
        self.aloud += _local(name) == "rPh"
        self.is_text = _local(name) == "t" and not self.aloud

    def end(self, name: str) -> None:
        self.is_text = False
        self.aloud -= _local(name) == "rPh"
        if _local(name) == "si":
            self.strings.append(_unescaped("".join(self.pieces)))
            self.pieces.clear()

    def text(self, data: str) -> None:
        if self.is_text:
            self.pieces.append(data)


@dataclass(slots=True)
class _Styles:
    """Which styles show a number as a date, and how much of it."""

    codes: dict[str, str] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    is_of_cells: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self.is_of_cells = True
        elif local == "xf" and self.is_of_cells:
            self.formats.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self.is_of_cells = False

    def text(self, data: str) -> None: ...

    def dates(self) -> list[Shown]:
        """For each style what it shows of dates or times."""
        return [shown_by(one, self.codes.get(one)) for one in self.formats]


@dataclass(slots=True)
class _Sheet:
    """The rows of a sheet as they go by."""

    strings: list[str]
    dates: list[Shown]
    counts_from_1904: bool
    merged: list[tuple[int, int]]
    done: list[Row] = field(default_factory=list)
    number: int = 0
    cells: list[Cell] = field(default_factory=list)
    kind: str = ""
    style: int = 0
    is_computed: bool = False
    collecting: bool = False
    aloud: int = 0
    pieces: list[str] = field(default_factory=list)

    def taken(self) -> Iterator[Row]:
        """The rows that have gone by since the last time."""
        yield from self.done
        self.done.clear()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "row":
            self.number = _whole(attributes.get("r", ""), self.number + 1)
            if self.number > MOST_ROWS:
                raise UnreadableError(f"it has more than {MOST_ROWS:,} rows")
            self.cells = []
        elif local == "c":
            self._begin(attributes)
        elif local == "f":
            self.is_computed = True
        elif local == "rPh":
            self.aloud += 1
        elif local == "mergeCell" and len(self.merged) < _MOST_MERGED:
            place = _REFERENCE.match(attributes.get("ref", ""))
            self.merged += [(int(place[2]), _column(place[1]))] if place else []
        self.collecting = local in {"v", "t"} and not self.aloud

    def _begin(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        column = _column(place[1]) if place else len(self.cells) + 1
        if column > MOST_COLUMNS:
            raise UnreadableError(f"it has more than {MOST_COLUMNS:,} columns")
        if column <= len(self.cells):
            raise UnreadableError(f"a cell of its row {self.number} stands twice")
        self.cells += [EMPTY] * (column - 1 - len(self.cells))
        self.kind = attributes.get("t", "n")
        self.style = _whole(attributes.get("s", ""), 0)
        self.is_computed = False
        self.pieces.clear()

    def end(self, name: str) -> None:
        local = _local(name)
        self.collecting = False
        self.aloud -= local == "rPh"
        if local == "c":
            self.cells.append(self._cell("".join(self.pieces)))
        elif local == "row" and any(cell.text or cell.doubt for cell in self.cells):
            self.done.append(Row(self.number, tuple(self.cells)))

    def text(self, data: str) -> None:
        if self.collecting:
            self.pieces.append(data)

    def _cell(self, written: str) -> Cell:
        cell = self._plain(written)
        if self.is_computed and not cell.doubt:
            return cell._replace(doubt=Doubt.COMPUTED)
        return cell

    def _plain(self, written: str) -> Cell:
        match self.kind:
            case _ if not written:
                return EMPTY
            case "s":
                return self._shared(written)
            case "b":
                cell = Cell("TRUE" if written == "1" else "FALSE")
            case "e":
                cell = Cell(written, Doubt.ERROR)
            case "d":
                cell = self._moment(written)
            case "n":
                cell = self._date(written, self._shown()) if self._shown() else number_cell(written)
            case _:
                cell = Cell(_unescaped(written))
        return cell

    def _shared(self, written: str) -> Cell:
        at = _whole(written, len(self.strings))
        if at >= len(self.strings):
            raise UnreadableError(f"its row {self.number} names a string that it does not hold")
        return Cell(self.strings[at])

    def _shown(self) -> Shown:
        return self.dates[self.style] if self.style < len(self.dates) else Shown.NOTHING

    def _moment(self, written: str) -> Cell:
        """A date in ISO 8601, which stands so in strict files."""
        try:
            return Cell(as_shown(datetime.fromisoformat(written), self._shown()), Doubt.DATE)
        except ValueError:
            return Cell(written, Doubt.DATE)

    def _date(self, written: str, shown: Shown) -> Cell:
        """A serial number: days since the eve of 1900, in which 1900 is taken for a leap year, or since 1904."""
        try:
            days = float(written)
            if not self.counts_from_1904:
                days += days < 60
            base = datetime(1904, 1, 1) if self.counts_from_1904 else datetime(1899, 12, 30)
            moment = base + timedelta(seconds=round(days * _SECONDS_A_DAY))
        except (ValueError, OverflowError):
            return number_cell(written)
        if 0 <= float(written) < 1:
            return Cell(moment.time().isoformat(), Doubt.DATE)
        return Cell(as_shown(moment, shown), Doubt.DATE)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as `_x000D_` (ST_Xstring, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: _character(found[0], int(found[1], 16)), text) if "_x" in text else text


def _character(written: str, number: int) -> str:
    return written if 0xD800 <= number <= 0xDFFF or not number else chr(number)
