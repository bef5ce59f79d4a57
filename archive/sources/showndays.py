"""Which day a page says to its reader, beside the day that its head states: the clock of a server may be a day off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.model.blocks import Block
from archive.sources.dates import day_of, says_changed
from archive.sources.pagekind import Made
from archive.sources.preferring import Ranked

_LONGEST_LINE = 160
_LONGEST_BESIDE = 80
"""Letters of the longest line that may date the page, beside its title."""
_ABOVE, _BELOW = 4, 12
_RUNNING = 200
_MOST_RUNNING = 2
_FEWEST_SHOWN = 500
"""Letters that a page must show for what it does not show to say anything."""
_LONG_AFTER = 365
_NUMBERS = re.compile(r"\d+")
_SEPARATOR = r"\s?(?:[-./]|[年月년월]|\.\s)\s?"
_YEAR = r"(?:19|20)\d\d"
_NUMBERED = re.compile(
    rf"(?<!\d)(?P<y>{_YEAR}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<d>\d{{1,2}})(?!\d)"
    rf"|(?<![\d.])(?P<a>\d{{1,2}}){_SEPARATOR}(?P<b>\d{{1,2}}){_SEPARATOR}(?P<z>{_YEAR}|\d\d)(?![\d.])"
)
_WORD = r"[^\W\d_]{3,12}"
_NAMED = re.compile(
    rf"(?<![\d.:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?{_WORD}\.?,?[\s-]+(?:de[l]?\s+)?(?P<y>{_YEAR})(?!\d)"
    rf"|{_WORD}\.?\s+(?P<e>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<z>{_YEAR})(?!\d)",
    re.IGNORECASE,
)


_GLUED = re.compile(rf"(?<!\d){_YEAR}(?=\d{{1,2}}(?:\.|\s?[^\W\d_]|:))")
"""A year right before the day or the time that the next element holds."""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as a line shows it; the month is 0 where it stands there by its name, in whatever language."""

    year: int
    month: int
    day: int
    is_of_change: bool

    def is_(self, other: date) -> bool:
        return (self.year, self.day) == (other.year, other.day) and self.month in {0, other.month}


def with_shown_day(found: Sequence[Ranked], blocks: Sequence[Block], heading: int, made: Made) -> list[Ranked]:
    """The statements with the day of issue that the page shows, where the head states another; none where in doubt.

    A day right before or after is the same instant by another clock, so the one that is shown is taken. Any other day
    beside the title contradicts a day that the page shows nowhere. What it shows nowhere is no day of issue either of
    the front of a site, of a page that is no article, or of one that was changed long after.

    Args:
        found: the most telling of each field first.
        blocks: of the page.
        heading: the byte where the heading begins that is its title, or -1.
        made: what the head says.
    """
    stated = next((one.value for _, one in found if one.field == "date_issued"), "")
    day = day_of(stated)
    if day is None:
        return list(found)
    near = list(_near(blocks, heading))
    beside = [(shown, block) for block in near for shown in _days(block.text)]
    if any(shown.is_(day) for shown, _ in beside):
        return list(found)
    for step in (1, -1):
        other = day + timedelta(days=step)
        block = next((block for shown, block in beside if shown.is_(other) and not shown.is_of_change), None)
        if block is not None:
            return _shifted(found, stated, other, block)
    if _is_shown(day, blocks):
        return list(found)
    is_doubtful = bool(beside) or made.is_front or not made.is_article or _is_long_after(day, made.changed)
    if not is_doubtful or sum(len(block.text) for block in blocks) < _FEWEST_SHOWN:
        return list(found)
    return [(rank, one) for rank, one in found if one.field != "date_issued"]


def _is_long_after(day: date, changed: date | None) -> bool:
    return changed is not None and (changed - day).days > _LONG_AFTER


def _shifted(found: Sequence[Ranked], stated: str, day: date, block: Block) -> list[Ranked]:
    """The statements with the day of a block in place of the one that was stated."""
    place = f"bytes={block.spans[0].start}-{block.spans[-1].end}"
    is_stated = [(one.field, one.value) == ("date_issued", stated) for _, one in found]
    return [
        (rank, replace(one, value=day.isoformat(), locator=place) if is_it else one)
        for (rank, one), is_it in zip(found, is_stated, strict=True)
    ]


def _near(blocks: Sequence[Block], heading: int) -> Iterator[Block]:
    """Short lines beside the title, down to where the text runs, without what the page quotes."""
    title = next((place for place, block in enumerate(blocks) if block.spans[0].start == heading), None)
    if title is None:
        return
    running = 0
    for place in range(max(0, title - _ABOVE), min(len(blocks), title + _BELOW + 1)):
        block = blocks[place]
        running += place > title and len(block.text) >= _RUNNING
        if running >= _MOST_RUNNING:
            return
        if place != title and len(block.text) <= _LONGEST_BESIDE and not _is_quoted(block):
            yield block


def _is_quoted(block: Block) -> bool:
    return any(element.name == "blockquote" for element in block.within)


def _days(text: str) -> Iterator[_Day]:
    """The days that a line shows, in figures or with a month by its name."""
    text = _GLUED.sub(r"\g<0> ", text)
    for found in _NUMBERED.finditer(text):
        is_changed = says_changed(text, found.start())
        if found["y"]:
            yield _Day(int(found["y"]), int(found["m"]), int(found["d"]), is_changed)
        else:
            year, one, other = int(found["z"]), int(found["a"]), int(found["b"])
            year += 0 if year > 99 else 2000  # years of two figures
            yield _Day(year, other, one, is_changed)
            yield _Day(year, one, other, is_changed)
    for found in _NAMED.finditer(text):
        year, day = int(found["y"] or found["z"]), int(found["d"] or found["e"])
        yield _Day(year, 0, day, says_changed(text, found.start()))


def _is_shown(day: date, blocks: Sequence[Block]) -> bool:
    """Whether any short line has the figures of a day and of its year, whatever else it says."""
    wanted = str(day.year)
    short = wanted[2:]
    for block in blocks:
        if len(block.text) <= _LONGEST_LINE and short in block.text and block.hint != "title":
            numbers = {int(number) for number in _NUMBERS.findall(block.text)}
            if day.day in numbers and (day.year in numbers or int(short) in numbers):
                return True
    return False
