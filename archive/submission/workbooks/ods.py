"""The first sheet that is shown of an ODS workbook (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archive.submission.workbooks.cells import EMPTY, MOST_COLUMNS, MOST_ROWS, Aside, Cell, Doubt, Row, number_cell
from archive.submission.workbooks.dates import as_displayed
from archive.submission.workbooks.parts import Parts, UnreadableError

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_ASIDE = frozenset({f"{_OFFICE}annotation", f"{_TABLE}tracked-changes", f"{_TABLE}detective"})
"""What hangs on a cell and is not its text, such as comments."""
_MOST_MERGED = 10_000
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def rows(parts: Parts, aside: Aside) -> Iterator[Row]:
    """The rows of the first sheet that is shown, those that hold anything.

    Args:
        parts: of the workbook.
        aside: gets what is beside.

    Raises:
        UnreadableError: it cannot be read.
    """
    sheet = _Sheet(aside)
    for _ in parts.walk("content.xml", sheet):
        yield from sheet.taken()


@dataclass(slots=True)
class _Sheet:
    """The rows of the first table that is shown, as they go by."""

    beside: Aside
    hidden: set[str] = field(default_factory=set)
    style: str = ""
    done: list[Row] = field(default_factory=list)
    tables: int = 0
    nested: int = 0
    aside: int = 0
    number: int = 1
    rows: int = 1
    cells: list[Cell] = field(default_factory=list)
    empty: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    is_in_cell: bool = False

    def taken(self) -> Iterator[Row]:
        """The rows that have gone by since the last time."""
        yield from self.done
        self.done.clear()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ASIDE:
            self.aside += 1
        if name == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self.hidden.add(self.style)
        elif name == f"{_TABLE}table":
            self._begin_table(attributes)
        if self.tables != 1 or self.nested != 1 or self.aside:
            return
        if name == f"{_TABLE}table-row":
            self.rows = _times(attributes.get(f"{_TABLE}number-rows-repeated"))
            self.cells, self.empty = [], 0
        elif name in _CELLS:
            self.attributes, self.paragraphs, self.is_in_cell = dict(attributes), [], True
        elif self.is_in_cell:
            self._in_cell(name, attributes)

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        is_shown = attributes.get(f"{_TABLE}style-name", "") not in self.hidden
        if not self.nested:
            self.beside.others += is_shown and self.tables > 0
            self.tables += is_shown or self.tables > 0
        self.nested += 1

    def _in_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_TEXT}p":
            self.paragraphs.append("")
        elif self.paragraphs and name == f"{_TEXT}s":
            self.paragraphs[-1] += " " * min(_times(attributes.get(f"{_TEXT}c")), MOST_COLUMNS)
        elif self.paragraphs and name in _SPACES:
            self.paragraphs[-1] += _SPACES[name]

    def text(self, data: str) -> None:
        if self.is_in_cell and self.paragraphs and not self.aside:
            self.paragraphs[-1] += data

    def end(self, name: str) -> None:
        if name in _ASIDE:
            self.aside -= 1
        elif name == f"{_TABLE}table":
            self.nested -= 1
        if self.tables != 1 or self.nested != 1 or self.aside:
            return
        if name in _CELLS and self.is_in_cell:
            self._end_cell()
        elif name == f"{_TABLE}table-row":
            self._end_row()

    def _end_cell(self) -> None:
        self.is_in_cell = False
        cell = _cell(self.attributes, "\n".join(self.paragraphs))
        spans = (self.attributes.get(f"{_TABLE}number-{one}-spanned") for one in ("columns", "rows"))
        if any(_times(one) > 1 for one in spans) and len(self.beside.merged) < _MOST_MERGED:
            self.beside.merged.append((self.number, len(self.cells) + self.empty + 1))
        times = _times(self.attributes.get(f"{_TABLE}number-columns-repeated"))
        if not cell.text and not cell.doubt:
            self.empty += times
            return
        if len(self.cells) + self.empty + times > MOST_COLUMNS:
            raise UnreadableError(f"it has more than {MOST_COLUMNS:,} columns")
        self.cells += [EMPTY] * self.empty + [cell] * times
        self.empty = 0

    def _end_row(self) -> None:
        if self.cells:
            if self.number + self.rows > MOST_ROWS + 1:
                raise UnreadableError(f"it has more than {MOST_ROWS:,} rows")
            cells = tuple(self.cells)
            self.done.extend(Row(number, cells) for number in range(self.number, self.number + self.rows))
        self.number += self.rows


def _times(written: str | None) -> int:
    """How often something stands; more than any sheet has rows counts as that."""
    if not written or not written.isascii() or not written.isdecimal():
        return 1
    return max(1, int(written)) if len(written) <= len(str(MOST_ROWS)) else MOST_ROWS + 1


def _cell(attributes: Mapping[str, str], shown: str) -> Cell:
    kind = attributes.get(f"{_OFFICE}value-type", "string")
    value = attributes.get(f"{_OFFICE}value", "")
    match kind:
        case "date":
            date = attributes.get(f"{_OFFICE}date-value", shown)
            return Cell(as_displayed(date, shown), Doubt.DATE)
        case "time":
            return Cell(shown or attributes.get(f"{_OFFICE}time-value", ""), Doubt.DATE)
        case "boolean":
            cell = Cell(attributes.get(f"{_OFFICE}boolean-value", shown).upper())
        case "float" | "percentage" | "currency" if value:
            cell = number_cell(value)
        case _:
            cell = Cell(attributes.get(f"{_OFFICE}string-value", shown))
    formula = attributes.get(f"{_TABLE}formula")
    if formula:
        is_error = shown.startswith(("#", "Err:"))
        return Cell(shown if is_error else cell.text, Doubt.ERROR if is_error else cell.doubt or Doubt.COMPUTED)
    return cell
