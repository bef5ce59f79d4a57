"""A second opinion on web pages: what Resiliparse takes for the main text of a page.

It only labels: passages of which it takes nothing are furniture where nothing speaks for them. Measured on hand-made
labels it loses seven pieces of a thousand and keeps a quarter of what should go, so its no is worth more than its yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from archive.model.charsets import decode
from archive.model.markup import as_html
from archive.normalise.draft import Draft, Unit

_NESTING = re.compile(
    rb"<(/?)(?!(?:/|!|area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|td|th|tr|wbr)\b)[a-z]",
    re.IGNORECASE,
)
_STEPS = {b"": 1, b"/": -1}
_BACK = 4_000
_AHEAD = 60_000
_TELLING = 30
"""Letters from which a passage shows how far the other text has come."""
_OVERLOADED = "markup.overloaded"
"""The finding about pages over which the other extractor would take too long."""
_REASON = "no other extractor takes it for the main text"


_SPARED = frozenset({"h1", "button"})
"""Main headings, and buttons that the steps before take for questions of the text: with what they open, it is text."""
_LINKED = 50
"""Percent of an item of a list that may be links, for it to be one of the text."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Ask Resiliparse about a web page.

    Attributes:
        largest: bytes of a page that it is asked about, without pictures and fonts that stand in its addresses.
        deepest: how deep its elements may be nested; the time that it takes grows with the square of that.
        fewest: letters of running text from which a page is long enough to ask about.
        agreed: percent of the running text that it must take, for its opinion to count.
        certain: the weight of a passage of running text in the main element that is not given up for its opinion.
        asked: the weight of a short sentence without any link there, that is not given up either: a question, say.
        letters: letters of a passage that are looked for.
    """

    name: ClassVar[str] = "second-opinion"
    version: ClassVar[str] = "1.3"

    largest: int = 4_194_304
    deepest: int = 500
    fewest: int = 400
    agreed: int = 50
    certain: int = 120
    asked: int = 40
    letters: int = 60

    def apply(self, draft: Draft) -> None:
        """Set `noise` of units of which the other extractor takes nothing."""
        units = draft.units
        if not any(unit.blocks[0].within for unit in units):
            return
        if any(one.code == _OVERLOADED for one in draft.reading.findings):
            return
        running = sum(unit.weight for unit in units if unit.is_prose and not unit.noise)
        if running < self.fewest:
            return
        layer = draft.reading.layers[units[0].blocks[0].spans[0].layer]
        page = as_html(layer.data, self.largest)
        if len(page) > self.largest or _depth(page) > self.deepest:
            return
        refused = list(self._refused(units, _main_text(page, layer.charset)))
        lost = sum(unit.weight for unit in refused if unit.is_prose)
        if (running - lost) * 100 < self.agreed * running:
            return
        given_up = {id(unit) for unit in refused if not (unit.bonus > 0 and self._is_certain(unit))}
        for unit, below in zip(units, [*units[1:], None], strict=True):
            if id(unit) not in given_up or unit.hint in {"title", "table"}:
                continue
            if not (below is not None and id(below) not in given_up and _heads(unit, below)):
                unit.noise = _REASON

    def _is_certain(self, unit: Unit) -> bool:
        """Whether a passage of the main element is not given up for the other extractor's opinion."""
        if unit.hint in {"list-item", "caption"}:
            return unit.blocks[0].linked <= _LINKED
        if any(element.name in _SPARED or "opened" in element.marks for element in unit.blocks[0].within):
            return True
        if unit.is_prose:
            return unit.weight >= self.certain
        return unit.is_sentence and not unit.blocks[0].linked and unit.weight >= self.asked

    def _refused(self, units: Sequence[Unit], taken: str) -> Iterator[Unit]:
        """Units of which `taken` holds nothing; it is searched near the last one found, for it keeps their order."""
        place = 0
        for unit in units:
            if unit.noise and len(unit.text) < _TELLING:
                continue  # it is not given up, and does not show how far the text has come
            letters = "".join(unit.text[: 4 * self.letters].split())[: self.letters]
            found = taken.find(letters, max(0, place - _BACK), place + _AHEAD)
            if found < 0 and not unit.noise:
                yield unit
            elif found >= 0 and len(letters) >= _TELLING:
                place = found


def _heads(unit: Unit, below: Unit) -> bool:
    """Whether a unit of the main element is the heading of the running text below it, in one element with it."""
    if unit.hint != "heading" or unit.blocks[0].linked or unit.bonus <= 0 or not below.is_prose or below.noise:
        return False
    within = unit.blocks[0].within[:-1]
    return bool(within) and within[-1] in below.blocks[0].within


def _main_text(data: bytes, charset: str) -> str:
    """What Resiliparse takes for the main text of the page, without white space."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    page = decode(data, charset)
    text = extract_plain_text(
        HTMLTree.parse(page), main_content=True, alt_texts=False, links=False, form_fields=False, noscript=False
    )
    return "".join(text.split())


def _depth(data: bytes) -> int:
    """How deep elements are nested at most, those aside that end by themselves."""
    return max(accumulate(map(_STEPS.__getitem__, _NESTING.findall(data)), initial=0))
