"""Days that stand in lists: of other articles, of months in an archive, of entries one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive.normalise.datelines import date_in_byline, read_dateline
from archive.normalise.dates import find_month, holds_year
from archive.normalise.draft import Unit

_SHORT_LINE = 100
_SHORT_MONTH = 24
_BESIDE = 2
_NEAR = 8
_ABOVE, _BELOW = 4, 6
"""Lines above a title and below it within which its own day stands, whatever lists the page has."""
_LIST = 2
"""Other days by themselves from which a day far from the title, or among them, is one of a list."""
_ENTRIES, _MANY = 2, 4
_TIMES_LONGER = 3


class DatedLists:
    """The short lines of a document that state a day or a month, and which of them make lists."""

    __slots__ = ("_all", "_day_first", "_title", "_units")

    def __init__(self, units: Sequence[Unit], title: Unit | None, *, day_first: bool | None) -> None:
        """Nothing is read before the first question.

        Args:
            units: the lines of the document, labelled.
            title: the line that is the title, if there is one.
            day_first: whether `3/5/2011` is in May; None where nobody knows.
        """
        self._units = units
        self._title = next((place for place, unit in enumerate(units) if unit is title), None)
        self._day_first = day_first
        self._all: dict[int, str] | None = None

    @property
    def _dated(self) -> dict[int, str]:
        """Place of each short line that states a day or a month -> which."""
        if self._all is None:
            self._all = {
                place: edtf
                for place, unit in enumerate(self._units)
                if len(unit.text) <= _SHORT_LINE
                and holds_year(unit.text)
                and (edtf := _day_of(unit, day_first=self._day_first))
            }
        return self._all

    def hold(self, place: int, edtf: str, *, is_said: bool = False) -> bool:
        """Whether the line at a place, which states a date, dates something else than the document.

        It does where others stand around it without text between, or another month right beside it; far from the title
        where two others stand anywhere; and below text, or the heading of a part, where no word says what it dates.

        Args:
            place: of the line.
            edtf: the date.
            is_said: whether the line says that it is that of publication.
        """
        if self._has_neighbours(place, edtf):
            return True
        if self._title is None:
            return len(self._others(edtf)) >= _LIST
        if -_ABOVE <= place - self._title <= _BELOW:
            return not is_said and self._is_of_part(place)
        return len(self._others(edtf)) >= _LIST or (not is_said and self._is_of_part(place))

    def _others(self, edtf: str) -> set[str]:
        return {other for other in self._dated.values() if other != edtf and len(other) == len(edtf)}

    def _has_neighbours(self, place: int, edtf: str) -> bool:
        """Whether another month stands right beside a month, or two other days near a day, without text between."""
        others: set[str] = set()
        dated = self._dated
        for step in (-1, 1):
            for other in range(place + step, place + step * (_NEAR + 1), step):
                if not 0 <= other < len(self._units) or self._units[other].is_prose:
                    break
                day = dated.get(other, edtf)
                if (len(edtf) <= _MONTH) != (len(day) <= _MONTH) or day == edtf:
                    continue
                if len(edtf) <= _MONTH and abs(other - place) <= _BESIDE:
                    return True
                others.add(day)
        return len(others) >= _LIST

    def _is_of_part(self, place: int) -> bool:
        """Whether text stands between the title and a line below it, and the heading of a part, or more text."""
        if self._title is None or place < self._title:
            return False
        above = [unit for unit in self._units[self._title + 1 : place] if unit.kept]
        prose = [number for number, unit in enumerate(above) if unit.is_prose]
        return bool(prose) and (len(prose) >= _MANY or any(unit.hint == "heading" for unit in above[prose[0] + 1 :]))

    def is_first_of_entries(self, place: int, edtf: str) -> bool:
        """Whether texts of the document follow that are older, each below its own day, as on the front of a blog."""
        days = [(other, day) for other, day in self._dated.items() if other > place]
        older = [other for other, day in days if day < edtf]
        kept = [other for other in older if self._units[other].kept]
        if len(older) < len(days) or (len(kept) < _ENTRIES and len(older) < _MANY):
            return False
        texts = sorted(self._prose(*both) for both in pairwise(older))
        longest = texts[-1] if len(texts) < _ENTRIES or texts[-_ENTRIES] else 0
        return 0 < self._prose(place, older[0]) <= _TIMES_LONGER * longest

    def _prose(self, start: int, end: int) -> int:
        return sum(unit.weight for unit in self._units[start:end] if unit.is_prose)


_MONTH = len("2011-05")


def _day_of(unit: Unit, *, day_first: bool | None) -> str:
    """The day or month that a line states by itself, or beside little else; an empty string where it states none."""
    dateline = read_dateline(unit.text, day_first=day_first)
    if dateline is not None:
        return dateline.edtf
    if unit.people:
        return date_in_byline(unit.text, day_first=day_first)
    month = find_month(unit.text) if len(unit.text) <= _SHORT_MONTH else None
    return month.edtf if month else ""
