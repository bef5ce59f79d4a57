"""The work sheet that steps write their labels on, one for each document; it never leaves `normalise`."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.model.blocks import Block, Observation, Reading
from archive.model.findings import Finding
from archive.model.passages import Kind
from archive.normalise.evidence import RepeatedLines
from archive.normalise.phrase_index import Wording

_FURNITURE = Kind.FURNITURE


@dataclass(slots=True)
class Unit:
    """Blocks that make one passage, and what the steps have found out about it.

    Attributes:
        blocks: one or more, in reading order.
        text: what the blocks say, lines joined; for looking at, while the passage's text is always projected.
        kind: what it is, so far as anyone has said.
        kept: whether it is the document's own text.
        reason: why, in words.
        language: BCP 47, `und` where unsure.
        lines_stay: whether its lines are kept apart (verse, addresses).
        weight: its length in letters of an alphabet; an ideograph or a Korean syllable counts as more than one.
        is_prose: whether it reads as running text.
        is_sentence: whether it ends as sentences do.
        phrase: what the vocabulary calls it, or an empty string.
        people: the people that it names as authors.
        said: what it says where a label stands before that, or an empty string.
        noise: why the markup around it makes it furniture, or an empty string.
        bonus: what the markup adds to what it counts for, in the measure of `FindMainText`.
    """

    blocks: tuple[Block, ...]
    text: str
    kind: Kind = Kind.BODY
    kept: bool = True
    reason: str = ""
    language: str = "und"
    lines_stay: bool = False
    weight: int = 0
    is_prose: bool = False
    is_sentence: bool = False
    phrase: str = ""
    people: tuple[str, ...] = ()
    said: str = ""
    noise: str = ""
    bonus: int = 0

    @property
    def gap(self) -> int:
        """Blank lines before it."""
        return self.blocks[0].gap

    @property
    def hint(self) -> str:
        """What the markup says that it is."""
        return self.blocks[0].hint

    def drop(self, reason: str) -> None:
        """Label it furniture."""
        self.kind = _FURNITURE
        self.kept = False
        self.reason = reason

    def label(self, kind: Kind, reason: str) -> None:
        """Label it as something of the document's own."""
        self.kind = kind
        self.kept = True
        self.reason = reason


@dataclass(slots=True)
class Draft:
    """A document under work.

    Attributes:
        reading: what the reader took out.
        evidence: what the corpus says about repeated lines.
        is_tidy: whether each block is known to be one line without odd white space or controls.
        units: the passages to be, in reading order.
        first: the index of the first unit of the main text.
        last: the index after the last unit of the main text.
        is_page: whether it looks like a captured page, with a site's furniture around the text; a letter or a report
            does not, and all of it is its own.
        observations: metadata read off.
        findings: what a person should know.
        wording: which lines may hold known phrases, once that was asked for (`archive.normalise.wording`).
    """

    reading: Reading
    evidence: RepeatedLines
    is_tidy: bool = False
    units: list[Unit] = field(default_factory=list)
    first: int = 0
    last: int = 0
    is_page: bool = True
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    wording: Wording | None = field(default=None, repr=False, compare=False)
