"""The columns of a sheet, and what the cells of one row say under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.model.fields import FIELD, AccessLevel
from archive.submission.headers import Kind, Meaning, meaning_of, rights_field


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name as written, what it means, and the separator of its lists or an empty string."""

    name: str
    meaning: Meaning
    separator: str = ""


_LEVELS: dict[str, AccessLevel] = {level.value: level for level in AccessLevel}


_FIELD, _RIGHTS = Kind.FIELD, Kind.RIGHTS


class Value(NamedTuple):
    """One value in a row: our field, the value, and the number of its column from 1."""

    field: str
    value: str
    column: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one sheet and where those with a part of their own stand (indexes from 0).

    Attributes:
        columns: all of them, in order.
        filename: the index of the column of file names.
        access_level: the indexes of the columns of access levels.
        review_date: the indexes of the columns of review dates.
        spoken: the columns that say something of the fields: index, kind, field and separator.
        of_kind: kind -> indexes.
        crowded: field that holds one value -> the indexes of its columns, where it has more than one.
    """

    columns: tuple[Column, ...]
    filename: int
    access_level: tuple[int, ...]
    review_date: tuple[int, ...]
    spoken: tuple[tuple[int, Kind, str, str], ...]
    of_kind: Mapping[Kind, tuple[int, ...]]
    crowded: Mapping[str, tuple[int, ...]]


def columns_of(header: Sequence[str], own: Sequence[str], lists: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that a header names.

    Args:
        header: the cells of the first row.
        own: names that corpus.toml declares as the person's own.
        lists: field -> separator.
    """
    columns = []
    for name in header:
        meaning = meaning_of(name, own)
        columns.append(Column(name.strip(), meaning, lists.get(meaning.name, "")))
    return tuple(columns)


def layout_of(columns: tuple[Column, ...]) -> Layout:
    """The layout of columns of which exactly one is called filename."""
    of_kind = {
        kind: tuple(index for index, column in enumerate(columns) if column.meaning.kind is kind) for kind in Kind
    }
    places: dict[str, list[int]] = {}
    for index, column in enumerate(columns):
        for field in _single_fields(column.meaning):
            places.setdefault(field, []).append(index)
    return Layout(
        columns=columns,
        filename=of_kind[Kind.FILENAME][0],
        access_level=tuple(places.get("access_level", ())),
        review_date=tuple(places.get("review_date", ())),
        spoken=tuple(
            (index, column.meaning.kind, column.meaning.name, column.separator)
            for index, column in enumerate(columns)
            if column.meaning.kind in {Kind.FIELD, Kind.RIGHTS, Kind.IDENTIFIER}
        ),
        of_kind=of_kind,
        crowded={field: tuple(indexes) for field, indexes in places.items() if len(indexes) > 1},
    )


def _single_fields(meaning: Meaning) -> tuple[str, ...]:
    if meaning.kind is Kind.RIGHTS:
        return ("rights", "rights_uri")
    is_single = meaning.kind is Kind.ROLE or (meaning.kind is Kind.FIELD and not FIELD[meaning.name].many)
    return (meaning.name,) if is_single else ()


def values_of(layout: Layout, cells: Sequence[str]) -> Iterator[Value]:
    """What a row says, in the order of its cells; empty cells say nothing.

    The first identifier names the document and is not given here; further ones are `identifiers`. An access level
    is given in lower case.
    """
    identified, width = False, len(cells)
    for index, kind, name, separator in layout.spoken:
        text = cells[index].strip() if index < width else ""
        if not text:
            continue
        if kind is _FIELD:
            if name == "access_level":
                text = text.lower()
            if separator:
                for part in _parts(text, separator):
                    yield Value(name, part, index + 1)
            else:
                yield Value(name, text, index + 1)
        elif kind is _RIGHTS:
            yield Value(rights_field(text), text, index + 1)
        elif identified:
            yield Value("identifiers", text, index + 1)
        else:
            identified = True


def additional_of(layout: Layout, cells: Sequence[str]) -> dict[str, str | list[str]]:
    """What a row says under the person's own columns: text, or a list where a column is repeated."""
    said: dict[str, list[str]] = {}
    for index in layout.of_kind[Kind.ADDITIONAL]:
        column = layout.columns[index]
        text = cells[index].strip() if index < len(cells) else ""
        if text:
            said.setdefault(column.meaning.name, []).extend(_parts(text, column.separator))
    return {name: values[0] if len(values) == 1 else values for name, values in said.items()}


def first_filled(indexes: Sequence[int], cells: Sequence[str]) -> str:
    """The first cell of `indexes` that is not blank, without white space at its ends, or an empty string."""
    for index in indexes:
        if index < len(cells) and (text := cells[index].strip()):
            return text
    return ""


def access_level_of(text: str) -> AccessLevel | None:
    """The access level that a text names, whatever its case; None where it names none.

    >>> access_level_of(" Open "), access_level_of("public")
    (<AccessLevel.OPEN: 'open'>, None)
    """
    return _LEVELS.get(text.strip().lower())


def strictest_of(levels: Iterable[AccessLevel]) -> AccessLevel:
    """The strictest of one or more levels."""
    return max(levels, key=lambda level: level.strictness)


def _parts(text: str, separator: str) -> list[str]:
    if not separator:
        return [text]
    return [part for part in (piece.strip() for piece in text.split(separator)) if part]
