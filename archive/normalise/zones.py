"""The third step: where the main text begins and ends, and what in it or around it is not the document's own.

Running text counts for a stretch of the document and lines of furniture count against it; the main text is the
stretch that counts most (after Pasternack and Roth, 2009), and other stretches are kept where they count for enough
by themselves, since losing text is the worse error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit
from archive.normalise.edges import Edges
from archive.normalise.ending import BROKEN_OFF, Ending
from archive.normalise.listings import headlines, label_listings, menus
from archive.normalise.papers import is_page, keep_note, keep_paper
from archive.normalise.phrases import DECISIVE, REASONS
from archive.normalise.stretches import maximal_stretches
from archive.normalise.vocabulary import vocabulary
from archive.normalise.wording import wording_of

_BODY, _LIST_ITEM = Kind.BODY, Kind.LIST_ITEM
_HINTED = {
    "navigation": "the markup calls it navigation",
    "footer": "the markup calls it a footer",
    "aside": "the markup calls it an aside",
    "form": "the markup calls it a part of a form",
    "header": "the markup calls it a header",
    "running": "it repeats at the edges of pages",
}
_HINTED_KINDS = {
    "title": Kind.TITLE,
    "heading": Kind.HEADING,
    "list-item": Kind.LIST_ITEM,
    "table": Kind.TABLE,
    "caption": Kind.CAPTION,
    "quotation": Kind.QUOTATION,
    "footnote": Kind.BODY,
}


@dataclass(frozen=True, slots=True)
class FindMainText:
    """Find the main text, drop what stands around it, and drop furniture within it.

    Values are in hundredths of what a line of 100 letters of running text counts for.

    Attributes:
        prose_most: what one passage of running text counts for at most.
        sentence: what a short sentence counts for.
        even: the weight of a short line that counts neither way; shorter ones cost, longer ones count.
        short_most: what a short line costs at most, or counts for at most.
        late: percent of the running text after which short lines and teasers count for less: what follows the text of
            a page is mostly about other documents.
        short_gain: what a short line that is long enough to count then counts for at most.
        teaser: what running text that breaks off with dots then counts for at most.
        phrase: what a line of furniture costs.
        repeated: what a short line costs that stands in several documents of the corpus: it settles nothing within
            the text, and keeps no line at the edges of it.
        hint: what a sentence costs that reads as furniture often does.
        aside: what running text about a site or a writer counts for at most, outside of the main stretch.
        aside_most: the weight of such a passage at most.
        opening: what a line costs that opens a list of other documents, or readers' talk.
        worth_before: what a stretch before the main one must count for to be kept.
        worth_after: the same after the main one.
        apart_most: what it must count for at most.
        box: lines of furniture at most in a box within a text.
        apart: percent of what the main stretch counts for, that one after it must count for with more between them.
        edges: what is kept at the edges of stretches, and between them.
        headlines: lines in a row, no sentences, from which they count for nothing, as lists of other documents.
        listed: what a line costs in a long run of lines of a few words, where a document holds little running text.
        ending: which heading ends the document.
        few: lines of a document that is too short to tell furniture by where it stands.
        scarce: percent of a document's letters that must be running text, for short lines to count against it.
    """

    name: ClassVar[str] = "find-main-text"
    version: ClassVar[str] = "1.7"

    prose_most: int = 500
    sentence: int = 50
    even: int = 45
    short_most: int = 50
    late: int = 80
    short_gain: int = -10
    teaser: int = 0
    phrase: int = 150
    repeated: int = 40
    hint: int = 60
    aside: int = 20
    aside_most: int = 700
    opening: int = 400
    worth_before: int = 90
    worth_after: int = 90
    box: int = 3
    apart: int = 25
    apart_most: int = 800
    edges: Edges = field(default_factory=Edges)
    headlines: int = 5
    listed: int = 10
    ending: Ending = field(default_factory=Ending)
    few: int = 4
    scarce: int = 25

    def apply(self, draft: Draft) -> None:
        """Set the bounds of the main text, and label what is furniture."""
        units = draft.units
        for unit in units:
            if unit.noise or unit.blocks[0].hint:
                _label_by_hint(unit)
        if draft.reading.is_own:
            draft.is_page, draft.last = False, len(units)
            return
        if len(units) <= self.few:
            keep_note(draft)
            return
        looks_like_page = is_page(units)
        if looks_like_page and not units[0].blocks[0].within:
            label_listings(units)
        end = self.ending.of(units)
        values = self._values(units, end)
        stretches = maximal_stretches(values)
        if stretches:
            draft.first, draft.last, _ = max(stretches, key=lambda one: one[2])
        if not looks_like_page:
            keep_paper(draft)
            return
        stretches = self._kept(stretches, draft)
        own = {place for start, stop, _ in stretches for place in range(start, stop)}
        own |= self.edges.further(units, own, end)
        own |= self.edges.posts(units, own, end)
        own |= self.edges.around(units, own)
        own |= self.edges.between(units, own)
        for place, unit in enumerate(units):
            if unit.kept and place not in own:
                unit.drop(_outside(unit, place, draft, end))
        self._drop_within(draft, own)

    def _kept(self, stretches: Sequence[tuple[int, int, int]], draft: Draft) -> list[tuple[int, int, int]]:
        """The stretches that are kept: the main one, and others that count for enough by themselves.

        In plain text, what stands apart from the others, with more than a box of furniture between them, must count
        for a share of what the main one does.
        """
        most = max((total for _, _, total in stretches), default=0)
        is_plain = not draft.units[0].blocks[0].within
        furniture = list(accumulate(map(_is_furniture, draft.units), initial=0)) if len(stretches) > 1 else []
        kept: list[tuple[int, int, int]] = []
        for start, stop, total in stretches:
            is_after = start >= draft.last
            enough = self.worth_after if is_after else self.worth_before
            if is_after and kept and is_plain and furniture[start] - furniture[kept[-1][1]] >= self.box:
                enough = max(enough, min(most * self.apart // 100, self.apart_most))
            asides = 0 if start == draft.first else self._asides(draft, start, stop)
            if total - asides >= enough:
                kept.append((start, stop, total))
        return kept

    def _asides(self, draft: Draft, start: int, stop: int) -> int:
        """What running text about a site or a writer counts for, beyond what it may."""
        lines = wording_of(draft).asides
        if not lines:
            return 0
        return sum(
            max(0, min(unit.weight, self.prose_most) - self.aside)
            for unit in draft.units[start:stop]
            if unit.text in lines
            and unit.is_prose
            and not unit.phrase
            and unit.weight <= self.aside_most
            and vocabulary().is_aside(unit.text)
        )

    def _values(self, units: Sequence[Unit], end: int) -> list[int]:
        is_plain = not units[0].blocks[0].within
        lines = [unit for unit in units if unit.phrase not in DECISIVE]
        letters = sum([unit.weight for unit in lines])
        running = sum([unit.weight for unit in lines if unit.is_prose])
        is_scarce = running * 100 < self.scarce * letters
        values: list[int] = []
        before = 0
        for unit in units[:end]:
            values.append(self._value(unit, is_late=before * 100 >= self.late * running > 0) + unit.bonus)
            if unit.is_prose and unit.phrase not in DECISIVE:
                before += unit.weight
        if is_scarce:
            values = [max(value, 5) if value > -100 else value for value in values]
            for start, stop in menus(units[:end]) if is_plain else ():
                values[start:stop] = [min(value, -self.listed) for value in values[start:stop]]
        elif is_plain:
            self._lower_headlines(units[:end], values)
        return values

    def _lower_headlines(self, units: Sequence[Unit], values: list[int]) -> None:
        """Runs of headlines count for nothing; one long line among short ones may be the document's own headline."""
        for start, stop in headlines(units):
            if stop - start < self.headlines:
                continue
            long = [place for place in range(start, stop) if units[place].is_prose]
            for place in range(start, stop):
                if [place] != long:
                    values[place] = min(values[place], 0)

    def _value(self, unit: Unit, *, is_late: bool) -> int:
        if not unit.kept or unit.phrase in DECISIVE:
            return -self.opening if unit.phrase in {"others", "talk", "stop"} else -self.phrase
        if unit.phrase == "repeated":
            return -self.repeated
        if unit.phrase == "hint":
            return -self.hint
        if unit.is_prose:
            most = self.teaser if is_late and unit.text.endswith(BROKEN_OFF) else self.prose_most
            return min(unit.weight, most)
        if unit.is_sentence:
            return self.sentence if unit.weight >= 20 else self.sentence // 2
        even = 0 if unit.kind is _LIST_ITEM else self.even
        return max(-self.short_most, min(self.short_gain if is_late else self.short_most, unit.weight - even))

    def _drop_within(self, draft: Draft, own: set[int]) -> None:
        opened = below_text = False
        for place in _hints_beside_furniture(draft.units):
            draft.units[place].drop(REASONS["hint"])
        for place, unit in enumerate(draft.units):
            if place not in own or not unit.kept:
                opened = False
            elif unit.phrase in DECISIVE:
                unit.drop(REASONS[unit.phrase])
                opened = opened or unit.phrase == "others"
            elif opened and not unit.is_prose and (not unit.is_sentence or unit.text.endswith("?")):
                unit.drop("it stands under a heading over other documents")
            else:
                opened = False
                below_text = below_text or unit.is_prose
                if below_text and place + 1 in own and _reads_as_heading(unit):
                    unit.label(Kind.HEADING, "it stands over text, in several documents of the corpus")


def _is_furniture(unit: Unit) -> bool:
    return unit.phrase in DECISIVE or bool(unit.noise)


def _hints_beside_furniture(units: Sequence[Unit]) -> set[int]:
    """Places of sentences that furniture often holds, next to lines that are furniture."""
    found: set[int] = set()
    if not any(unit.phrase == "hint" for unit in units):
        return found
    for order in (range(len(units)), range(len(units) - 1, -1, -1)):
        beside = False
        for place in order:
            phrase = units[place].phrase
            if phrase == "hint" and beside:
                found.add(place)
            beside = (phrase == "hint" and beside) or (phrase in DECISIVE and phrase not in {"symbols", "break"})
    return found


def _reads_as_heading(unit: Unit) -> bool:
    return unit.phrase == "repeated" and unit.kind is _BODY and not unit.is_sentence


def _outside(unit: Unit, place: int, draft: Draft, end: int) -> str:
    if unit.phrase:
        return REASONS[unit.phrase]
    if place >= end:
        return "it stands after the end of the text"
    if place < draft.first:
        return "it stands before the main text"
    return "it stands after the main text" if place >= draft.last else "it stands among lines of furniture"


def _label_by_hint(unit: Unit) -> None:
    hint = unit.hint
    if unit.noise:
        unit.drop(unit.noise)
    elif hint in _HINTED and not unit.blocks[0].within:
        unit.drop(_HINTED[hint])
    elif hint in _HINTED_KINDS:
        unit.label(_HINTED_KINDS[hint], "the markup says so")
