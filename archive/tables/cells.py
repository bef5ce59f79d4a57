"""From Python values to Arrow arrays, by their buffers (Arrow Columnar Format 1.4, 'Physical memory layout').

`pyarrow.array` asks pandas of every list whether it is one of its own, and imports it for that where it is installed:
a second of processor and fifty megabytes in each process. It also takes some values for others: 1.5 for 1, a text for
the list of its letters. Here every value has exactly the type of its column, or is None.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, chain
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
    type_of: Any = arrow_type(kind)
    kinds = set(map(type, cells))
    has_holes = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        holes: pa.Array[Any] = pa.nulls(len(cells), type_of)
        return holes
    _expect(kind, kinds)
    validity = _bits([cell is not None for cell in cells]) if has_holes else None
    if kind is Type.STRINGS:
        lists: list[list[str | None]] = [cell or [] for cell in cells]
        inner = array_of(Type.STRING, list(chain.from_iterable(lists)))
        return pa.Array.from_buffers(type_of, len(cells), [validity, _ends(map(len, lists))], children=[inner])
    if kind is Type.STRING:
        ends, text = _text([cell or "" for cell in cells] if has_holes else cells)
        return pa.Array.from_buffers(type_of, len(cells), [validity, ends, text])
    return pa.Array.from_buffers(type_of, len(cells), [validity, _VALUES[kind](cells)])


def _expect(kind: Type, kinds: set[type]) -> None:
    wanted, alike = _KINDS[kind], _ALIKE.get(kind)
    for one in kinds:
        if not issubclass(one, wanted) or one is alike:
            msg = f"{one.__name__} is another type"
            raise TypeError(msg)


def _text(cells: Sequence[str]) -> tuple[pa.Buffer, pa.Buffer]:
    whole = "".join(cells)
    if whole.isascii():
        return _ends(map(len, cells)), pa.py_buffer(whole.encode("ascii"))
    written = [cell.encode("utf-8") for cell in cells]
    return _ends(map(len, written)), pa.py_buffer(b"".join(written))


def _ends(lengths: Any) -> pa.Buffer:
    return pa.py_buffer(array("i", accumulate(lengths, initial=0)))


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    """One bit a flag, the first in the lowest bit of the first byte."""
    number = int("".join(["1" if flag else "0" for flag in reversed(flags)]), 2)
    return pa.py_buffer(number.to_bytes((len(flags) + 7) // 8, "little"))


def _day(value: date) -> int:
    return value.toordinal() - _FIRST_DAY


def _instant(value: datetime) -> int:
    if value.tzinfo is None:
        msg = f"{value} has no time zone"
        raise ValueError(msg)
    return (value - _EPOCH) // _MICROSECOND


def _numbers(code: str, number: Callable[[Any], Any] | None = None) -> Callable[[Sequence[Any]], pa.Buffer]:
    """A function that puts values side by side, nothing where there is none."""

    def values(cells: Sequence[Any]) -> pa.Buffer:
        if number is None:
            return pa.py_buffer(array(code, [0 if cell is None else cell for cell in cells]))
        return pa.py_buffer(array(code, [0 if cell is None else number(cell) for cell in cells]))

    return values


_VALUES: dict[Type, Callable[[Sequence[Any]], pa.Buffer]] = {
    Type.INTEGER: _numbers("q"),
    Type.DOUBLE: _numbers("d"),
    Type.BOOLEAN: _bits,
    Type.DATE: _numbers("i", _day),
    Type.TIMESTAMP: _numbers("q", _instant),
}
