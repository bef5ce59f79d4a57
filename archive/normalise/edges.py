"""What is kept around the text of a page and between two stretches of it: lines in which nothing is furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.normalise.datelines import read_dateline
from archive.normalise.draft import Unit
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import has_letters

_LONGEST_HEAD = 60
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
_BROKEN_OFF = ("…", "...", "[…]", "[...]")


@dataclass(frozen=True, slots=True)
class Edges:
    """How many quiet lines are kept, and where.

    Attributes:
        quiet: lines at most between two stretches, none of them furniture, that are kept: a list, a table.
        edge: lines at an edge of the document, none of them furniture, that are kept although they are short.
        opened: lines at most between the furniture above a text and its first line, that are kept.
        passed: lines of furniture at most among them.
        headline: the weight of a line, at least, that is kept above one of several pieces of furniture.
        signed: lines at most between the end of a text and the furniture below it, that are kept.
        interrupted: lines at most between one sentence of a text and the next.
        posted: lines with a day and a time over what somebody wrote, at least, that show a conversation.
        tail: the same as `edge` at the end of the document: a list or a poem that ends a text looks like no furniture
            anywhere, while what stands after the text of a page nearly always does somewhere.
    """

    quiet: int = 40
    edge: int = 3
    opened: int = 6
    passed: int = 2
    headline: int = 25
    signed: int = 1
    tail: int = 12
    interrupted: int = 3
    posted: int = 3

    def around(self, units: Sequence[Unit], own: set[int]) -> set[int]:
        """Places of the few lines above the text, and below it, where nothing at all looks like furniture."""
        if not own:
            return set(range(len(units)))
        first, last = min(own), max(own) + 1
        found = self._last_answers(units, range(last, len(units)))
        found |= self._opening(units, first)
        found |= self._closing(units, last)
        for start, stop, most in ((0, first, self.edge), (last, len(units), self.tail)):
            if stop - start <= most and all(map(_is_quiet, units[start:stop])):
                found.update(range(start, stop))
        return found

    def _opening(self, units: Sequence[Unit], first: int) -> set[int]:
        """Places of the lines between the furniture above a text and its first line: a title, a date, a salutation.

        A line or two of furniture may stand among them, as the means of sharing do between a date and a text; above a
        line of several, which may be the page's navigation, only a line of some length is kept.
        """
        if units[first].blocks[0].within:
            return set()
        found: set[int] = set()
        passed = least = 0
        for place in range(first - 1, max(-1, first - 1 - self.opened), -1):
            unit = units[place]
            if unit.kept and not unit.phrase and unit.weight >= least:
                found.add(place)
            elif unit.phrase not in {"alone", "words", "parts"} or passed == self.passed:
                break
            else:
                passed += 1
                least = self.headline if unit.phrase == "parts" else least
        return found

    def _closing(self, units: Sequence[Unit], last: int) -> set[int]:
        """Places of a line or two right below a text, where furniture follows at once: who signs it."""
        if last == len(units) or units[last - 1].blocks[0].within:
            return set()
        place = last
        while place < len(units) and units[place].kept and not units[place].phrase:
            place += 1
        lines = units[last:place]
        is_signed = len(lines) <= self.signed and all(_may_sign(unit) for unit in lines)
        return set(range(last, place)) if is_signed else set()

    def further(self, units: Sequence[Unit], own: set[int], end: int) -> set[int]:
        """Places of sentences within the text and below it, with no more than a few lines between one and the next.

        Advertisements and means of sharing stand between the last paragraphs of a page, each a sentence or two; what
        leads to other documents seldom ends as a sentence does.
        """
        if not own or units[max(own)].blocks[0].within:
            return set()
        found: set[int] = set()
        passed = 0
        of_others = False
        for place in range(min(own), end):
            unit = units[place]
            of_others = place not in own and (of_others or unit.phrase == "others")
            if place in own:
                passed = 0
            elif of_others and unit.text.endswith("?"):
                passed += 1
            elif passed <= self.interrupted and _goes_on(unit):
                found |= {place - 1, place} if _introduces(units[place - 1]) else {place}
                passed = 0
            else:
                passed += 1
        return found

    def posts(self, units: Sequence[Unit], own: set[int], end: int) -> set[int]:
        """Places of what people wrote to each other: a line with a day and a time stands over each of their turns.

        Between two of them stand means of answering. Who wrote stands right above the day.
        """
        if not own or units[min(own)].blocks[0].within:
            return set()
        heads = [
            place
            for place in range(max(0, min(own) - 2), end)
            if units[place].weight <= _LONGEST_HEAD and _is_head_of_post(units[place])
        ]
        if len(heads) < self.posted:
            return set()
        found: set[int] = set()
        are_heads = frozenset(heads)
        for head in heads:
            above = {head - 1} if head and _is_quiet(units[head - 1]) and not units[head - 1].is_sentence else set()
            below = head + 1
            while below < end and below not in are_heads and _is_quiet(units[below]) and below - head <= self.edge:
                below += 1
            last = below - 1 if below in are_heads and not units[below - 1].is_sentence else below
            if any(units[place].is_prose or units[place].is_sentence for place in range(head + 1, last)):
                found |= above | set(range(head, last))
        return found

    def _last_answers(self, units: Sequence[Unit], below: range) -> set[int]:
        """Places of short sentences right below the text, with the shared headings over them: forms end so."""
        last = below.start
        for place in below[: self.edge]:
            unit = units[place]
            if not unit.kept or unit.phrase not in {"", "repeated"}:
                break
            if unit.is_sentence and not unit.phrase:
                last = place + 1
        between = range(below.start, last)
        return set(between) if any(units[place].phrase for place in between) else set()

    def between(self, units: Sequence[Unit], own: set[int]) -> set[int]:
        """Places of lines between two stretches that are kept, where no line around them is furniture by itself.

        So a heading that many documents share stays where it stands over text.
        """
        found: set[int] = set()
        places = sorted(own)
        if not places or places[-1] - places[0] < len(places):
            return found  # nothing stands between them
        for before, after in pairwise(places):
            if after - before == 1:
                continue
            between = range(before + 1, after)
            lines = [units[place] for place in between]
            if any(not unit.kept or unit.phrase in DECISIVE for unit in lines):
                continue
            if len(lines) <= self.quiet or any(unit.phrase == "repeated" for unit in lines):
                found |= set(between)
        return found


def _is_quiet(unit: Unit) -> bool:
    return unit.kept and not unit.phrase


def _is_head_of_post(unit: Unit) -> bool:
    """Whether a line is a day and a time, and little else."""
    text = unit.text
    if _CLOCK.search(text) is None or not _is_quiet(unit):
        return False
    return read_dateline(text, day_first=True) is not None


def _goes_on(unit: Unit) -> bool:
    """Whether a line is a sentence, and no furniture and no teaser."""
    return unit.kept and not unit.phrase and unit.is_sentence and not unit.text.endswith(_BROKEN_OFF)


def _introduces(unit: Unit) -> bool:
    """Whether a line leads to what follows: who wrote or said it."""
    return unit.kept and not unit.phrase and unit.text.endswith((":", "："))


def _may_sign(unit: Unit) -> bool:
    return (
        not unit.text.startswith(("(c)", "(C)", "#"))
        and not unit.text.endswith((":", *_BROKEN_OFF))
        and has_letters(unit.text)
    )
