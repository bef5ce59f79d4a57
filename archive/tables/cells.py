"""From Python values to Arrow arrays, by their buffers (Arrow Columnar Format 1.4, 'Physical memory layout').

`pyarrow.array` asks pandas of every list whether it is one of its own, and imports it for that where it is installed:
a second of processor and fifty megabytes in each process. It also takes some values for others: 1.5 for 1, a text for
the list of its letters. Here every value has exactly the type of its column, or is None.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import accumulate, chain, repeat
from typing import Any

import pyarrow as pa

from archive.model.columns import Type
from archive.tables.schema import arrow_type

_KINDS: dict[Type, type] = {
    Type.STRING: str,
    Type.INTEGER: int,
    Type.DOUBLE: float,
    Type.BOOLEAN: bool,
    Type.DATE: date,
    Type.TIMESTAMP: datetime,
    Type.STRINGS: list,
}
_ALIKE = {Type.INTEGER: bool, Type.DATE: datetime}
"""Types that Python takes for one of their kind, and we do not."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)
_MOST_STEPS = 4096
"""Cells of one length whose ends are remembered."""
_LONGEST_STEP = 1024
"""The longest of them; of all that are remembered the ends must be numbers of 32 bits."""
_END = 4
"""Bytes of an end."""
_DIGITS = b"01" + bytes(254)
"""The digits of the numbers 0 and 1."""


def array_of(kind: Type, cells: Sequence[Any]) -> pa.Array[Any]:
    """An Arrow array of a column's type.

    Args:
        kind: the column's type.
        cells: its values, each None or of that type; together less than 2 GiB.

    Raises:
        TypeError: a value has another type.
        ValueError: a text is not Unicode, or an instant has no time zone.
        OverflowError: a number or the whole is too large.
    """
    if kind is Type.STRING and (not cells or cells[0] is not None):
        with suppress(TypeError):  # what is no text cannot be joined
            return _texts(cells, None)
    kinds = set(map(type, cells))
    has_holes = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return _holes(kind, len(cells))
    _expect(kind, kinds)
    validity = _bits([cell is not None for cell in cells]) if has_holes else None
    if kind is Type.STRING:
        return _texts([cell or "" for cell in cells], validity)
    if kind is Type.STRINGS:
        return _lists(cells, validity)
    nothing = _NOTHING[kind]
    values = [nothing if cell is None else cell for cell in cells] if has_holes else cells
    return pa.Array.from_buffers(arrow_type(kind), len(cells), [validity, _VALUES[kind](values)])


@lru_cache(maxsize=64)
def _holes(kind: Type, length: int) -> pa.Array[Any]:
    if kind in {Type.STRING, Type.STRINGS}:  # whose last buffer is to hold the text and nothing else
        validity = _bits([False] * length) if length else None
        return _texts([""] * length, validity) if kind is Type.STRING else _lists([[]] * length, validity)
    type_of: Any = arrow_type(kind)
    found: pa.Array[Any] = pa.nulls(length, type_of)
    return found


def _expect(kind: Type, kinds: set[type]) -> None:
    wanted, alike = _KINDS[kind], _ALIKE.get(kind)
    for one in kinds:
        if not issubclass(one, wanted) or one is alike:
            msg = f"{one.__name__} is another type"
            raise TypeError(msg)


def _texts(cells: Sequence[str], validity: pa.Buffer | None) -> pa.Array[Any]:
    if all(map(str.isascii, cells)):
        text = "".join(cells).encode("ascii")
        ends = _ends_of_ascii(cells, len(text))
    else:  # one by one, since texts that are joined take up to four bytes a character
        encoded = list(map(str.encode, cells))
        text = b"".join(encoded)
        ends = _ends(map(len, encoded))
    return pa.Array.from_buffers(pa.string(), len(cells), [validity, ends, pa.py_buffer(text)])


def _ends_of_ascii(cells: Sequence[str], size: int) -> pa.Buffer:
    """Where cells end of so many characters together; digests and codes are often of one length."""
    count = len(cells)
    length = len(cells[0]) if cells else 0
    is_remembered = 0 < count <= _MOST_STEPS and length <= _LONGEST_STEP
    if length * count != size or not is_remembered or set(map(len, cells)) != {length}:
        return _ends(map(len, cells))
    return _steps(length).slice(0, (count + 1) * _END)


@lru_cache(maxsize=64)
def _steps(length: int) -> pa.Buffer:
    return _ends(repeat(length, _MOST_STEPS))


def _lists(cells: Sequence[list[Any] | None], validity: pa.Buffer | None) -> pa.Array[Any]:
    if validity is None and not any(cells):
        return _empty_lists(len(cells))
    lists = [cell or [] for cell in cells]
    inner = array_of(Type.STRING, list(chain.from_iterable(lists)))
    ends = _ends(map(len, lists))
    return pa.Array.from_buffers(arrow_type(Type.STRINGS), len(cells), [validity, ends], children=[inner])


@lru_cache(maxsize=64)
def _empty_lists(length: int) -> pa.Array[Any]:
    ends = _ends(repeat(0, length))
    return pa.Array.from_buffers(arrow_type(Type.STRINGS), length, [None, ends], children=[_texts([], None)])


def _ends(lengths: Iterable[int]) -> pa.Buffer:
    ends = list(accumulate(lengths, initial=0))
    return _side_by_side("i", ends)


def _side_by_side(code: str, values: Sequence[Any]) -> pa.Buffer:
    """Numbers as this machine writes them; `struct` takes half of the time of `array`."""
    try:
        return pa.py_buffer(struct.pack(f"{len(values)}{code}", *values))
    except struct.error as error:
        raise OverflowError(str(error)) from error


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    """One bit a flag, the first in the lowest bit of the first byte."""
    number = int(bytes(flags)[::-1].translate(_DIGITS), 2)
    return pa.py_buffer(number.to_bytes((len(flags) + 7) // 8, "little"))


def _day(value: date) -> int:
    return value.toordinal() - _FIRST_DAY


def _instant(value: datetime) -> int:
    if value.tzinfo is None:
        msg = f"{value} has no time zone"
        raise ValueError(msg)
    return (value - _EPOCH) // _MICROSECOND


_VALUES: dict[Type, Callable[[Sequence[Any]], pa.Buffer]] = {
    Type.INTEGER: partial(_side_by_side, "q"),
    Type.DOUBLE: partial(_side_by_side, "d"),
    Type.BOOLEAN: _bits,
    Type.DATE: lambda days: _side_by_side("i", list(map(_day, days))),
    Type.TIMESTAMP: lambda instants: _side_by_side("q", list(map(_instant, instants))),
}
_NOTHING: dict[Type, Any] = {
    Type.INTEGER: 0,
    Type.DOUBLE: 0.0,
    Type.BOOLEAN: False,
    Type.DATE: date(1970, 1, 1),
    Type.TIMESTAMP: _EPOCH,
}
"""What is written where a value is missing: bytes that are all 0."""
