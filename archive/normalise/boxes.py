"""Boxes within the main text: what is said of its author, and what asks the reader for something.

Sites put such boxes into and below their texts with no telling name in the markup. Three things tell them: a line that
heads them, what their running text speaks of, and that they stand by themselves near the beginning or the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from archive.normalise.box_words import box_words
from archive.normalise.draft import Draft, Unit
from archive.normalise.markup_names import HIDDEN
from archive.normalise.outline import Outline, is_running
from archive.normalise.vocabulary import vocabulary

_ELEMENTS = frozenset({"div", "section", "aside", "table", "article", "ul", "td", "form", "figure", "footer", "p"})
_OF_AUTHOR = "it tells of the author"
_OF_ASK = "it asks the reader for something"
NEVER_TEXT = frozenset({_OF_AUTHOR, _OF_ASK, HIDDEN})
"""Why a passage is no text even where one is looked for, between a title and what follows it."""
_SHORTEST_NAME = 4
_BESIDE_NAME = 20
_MOST_PASSAGES = 3
_OPENING = 60
_LONGEST_ASK = 320
_LINKED = 25
_MOST_LEFT = 3
_OF_TEXT = frozenset({"title", "table", "list-item", "quotation"})
_LONGEST_HEAD = 80
_HEADS = 3
_TWICE = 2
_MOST_REMEMBERED = 1_000
"""Characters of a line of which is remembered whether it asks for something."""


@dataclass(frozen=True, slots=True)
class TellBoxes:
    """Find boxes about the author, and boxes that ask the reader for something.

    Attributes:
        words: the sha256 of the words over boxes, so that a change of them is a change of the recipe.
        share: percent of the running text that a box may hold at most.
        longest: letters of running text that it may hold at most.
        lines: units that it may hold at most.
        late: percent of the running text that must stand before a box about the author, below the text.
        early: percent that may stand before one above it.
        asked: percent that must stand before a box that asks for something and holds no form.
        spoken: percent of the running text of such a box that must speak of the site.
        left: letters of running text that must be left beside a box.
        passages: running text below a line over a box about the author that may belong to it.
    """

    name: ClassVar[str] = "tell-boxes"
    version: ClassVar[str] = "1.0"

    words: str
    share: int = 30
    longest: int = 1_200
    lines: int = 24
    late: int = 75
    early: int = 5
    asked: int = 45
    spoken: int = 33
    left: int = 150
    passages: int = 3

    def apply(self, draft: Draft) -> None:
        """Set `noise` of units in boxes."""
        units = draft.units
        if not any(unit.blocks[0].within for unit in units):
            return
        outline = Outline(units)
        if outline.total < self.left:
            return
        authors = tuple(one.value for one in draft.reading.embedded if one.field == "creators")
        judged: set[tuple[int, int]] = set()
        for element, start, stop in outline.elements():
            if element.name not in _ELEMENTS or stop - start > self.lines or (start, stop) in judged:
                continue
            judged.add((start, stop))
            if outline.has_live(start, stop) and self._may_be(outline, start, stop):
                self._judge(outline, start, stop, authors)
        for place in range(outline.first_behind(self.asked), len(units)):
            self._judge_below(outline, place, authors)
            if not units[place].noise and _asks_by_itself(units[place]):
                _mark([units[place]], _OF_ASK)

    def _may_be(self, outline: Outline, start: int, stop: int) -> bool:
        inside = outline.running(start, stop)
        inner = outline.units[start:stop]
        return (
            inside <= self.longest
            and inside * 100 <= self.share * outline.total
            and outline.total - inside >= self.left
            and not any(unit.hint == "title" for unit in inner)
            and (
                outline.percent_before(start) >= self.asked or not any(map(_is_main_heading, outline.units[start:stop]))
            )
        )

    def _judge(self, outline: Outline, start: int, stop: int, authors: Sequence[str]) -> None:
        box = outline.units[start:stop]
        before = outline.percent_before(start)
        if (before >= self.late or before <= self.early) and _tells_of_author(box, authors):
            _mark(box, _OF_AUTHOR)
        elif self._asks(box, is_late=before >= self.asked) or (before >= self.asked and _is_remnant(box)):
            _mark(box, _OF_ASK)

    def _asks(self, box: Sequence[Unit], *, is_late: bool) -> bool:
        running = [unit for unit in box if is_running(unit)]
        asking = [place for place, unit in enumerate(box) if unit.hint != "list-item" and _asks_for(unit.text)]
        has_form = _has_form(box)
        is_headed = bool(asking) and (asking[0] < _HEADS - 1 or len(asking) >= _TWICE)
        if not is_headed or not (has_form or is_late):
            return False
        if not running:
            return has_form
        spoken = sum(unit.weight for unit in running if _speaks_of_site(unit))
        is_of_site = spoken * 100 >= self.spoken * sum(unit.weight for unit in running)
        return is_of_site or (is_late and len(asking) >= _TWICE and spoken > 0)

    def _judge_below(self, outline: Outline, place: int, authors: Sequence[str]) -> None:
        """Drop what is said of an author where no element holds it: up to the next line that heads something."""
        unit = outline.units[place]
        if not _may_head(unit) or outline.percent_before(place) < self.late:
            return
        below: list[Unit] = []
        for other in outline.units[place + 1 : place + self.passages + 3]:
            if other.hint in {"heading", "list-item"} or len(below) > self.passages:
                break
            below.append(other)
        running = [other for other in below if is_running(other)]
        letters = sum(other.weight for other in running)
        is_short = 0 < letters <= self.longest and outline.total - letters >= self.left
        if is_short and _heads(unit.text, running[0], authors):
            _mark([unit, *running], _OF_AUTHOR)


def _tells_of_author(box: Sequence[Unit], authors: Sequence[str]) -> bool:
    """Whether a box has a head that names a writer, and little else but what is said of them."""
    running = [place for place, unit in enumerate(box) if is_running(unit)]
    if not 0 < len(running) <= _MOST_PASSAGES:
        return False
    if any(unit.hint == "heading" for unit in box[running[0] + 1 :] if not unit.noise):
        return False
    heads = [box[place] for place in range(running[0]) if _may_head(box[place])][-_HEADS:]
    return any(_heads(unit.text, box[running[0]], authors) for unit in heads)


def _may_head(unit: Unit) -> bool:
    return not unit.is_prose and len(unit.text) <= _LONGEST_HEAD


def _heads(text: str, below: Unit, authors: Sequence[str]) -> bool:
    """Whether a line heads what is said of a writer: words that say so, or an author's name over what speaks of one."""
    words = box_words()
    if words.heads_author(text):
        return True
    folded = " ".join(text.casefold().split())
    for author in authors:
        name = author.casefold()
        is_named = name in folded and len(folded) <= len(name) + _BESIDE_NAME
        if len(folded) < _SHORTEST_NAME or not (is_named or folded in name.split()):
            continue
        if words.heads_author(folded.replace(name, "")) or vocabulary().is_aside(below.text):
            return True
        opening = below.text[:_OPENING]
        return any(token in opening for token in author.split() if len(token) >= _SHORTEST_NAME)
    return False


def _has_form(box: Sequence[Unit]) -> bool:
    return any(unit.hint == "form" and unit.noise for unit in box)


def _asks_by_itself(unit: Unit) -> bool:
    """Whether one passage alone asks for something: it begins so, and speaks of the site or leads elsewhere."""
    if unit.hint or unit.weight > _LONGEST_ASK or not _asks_for(unit.text):
        return False
    return unit.blocks[0].linked >= _LINKED or unit.phrase == "hint" or vocabulary().is_aside(unit.text)


def _is_remnant(box: Sequence[Unit]) -> bool:
    """Whether nothing but a short line or two is left of a box with a form, the rest of which is furniture."""
    live = [unit for unit in box if not unit.noise]
    if not 0 < len(live) <= _MOST_LEFT or any(unit.is_prose or unit.hint in _OF_TEXT for unit in live):
        return False
    gone = sum(unit.weight for unit in box if unit.noise.startswith("the markup"))
    return _has_form(box) and gone >= sum(unit.weight for unit in live)


def _asks_for(text: str) -> bool:
    """Whether a line begins as what asks for something does; boxes stand in boxes, and each asks for its lines."""
    return _remembered(text) if len(text) <= _MOST_REMEMBERED else box_words().asks_for(text)


@lru_cache(maxsize=1_024)
def _remembered(text: str) -> bool:
    return box_words().asks_for(text)


def _speaks_of_site(unit: Unit) -> bool:
    return unit.phrase == "hint" or vocabulary().is_aside(unit.text) or _asks_for(unit.text)


def _is_main_heading(unit: Unit) -> bool:
    return not unit.noise and any(element.name == "h1" for element in unit.blocks[0].within)


def _mark(box: Sequence[Unit], reason: str) -> None:
    for unit in box:
        unit.noise = unit.noise or reason
