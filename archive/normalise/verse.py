"""The fifth step: short lines of one block that no program broke stay lines of one passage: verse, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit

_BODY = Kind.BODY


@dataclass(frozen=True, slots=True)
class KeepVerse:
    """Put the lines of a stanza into one passage that keeps them.

    Only documents that divide their blocks by blank lines can show which lines belong together.

    Attributes:
        longest: the weight of the longest line of verse.
        fewest: lines that make a stanza.
    """

    name: ClassVar[str] = "keep-verse"
    version: ClassVar[str] = "1.0"

    longest: int = 75
    fewest: int = 2

    def apply(self, draft: Draft) -> None:
        """Join the units of each stanza."""
        units = draft.units
        if sum(unit.gap > 0 for unit in units) * 6 < len(units):
            return
        joined: list[Unit] = []
        run: list[Unit] = []
        for unit in units:
            if run and not (unit.gap == 0 and self._is_line(unit)):
                joined.extend(self._joined(run))
                run = []
            if self._is_line(unit):
                run.append(unit)
            else:
                joined.append(unit)
        joined.extend(self._joined(run))
        draft.units = joined

    def _is_line(self, unit: Unit) -> bool:
        return unit.kept and unit.kind is _BODY and unit.weight <= self.longest and len(unit.blocks) == 1

    def _joined(self, run: list[Unit]) -> list[Unit]:
        if len(run) < self.fewest or len({(unit.blocks[0].spans[0].layer, unit.blocks[0].locator) for unit in run}) > 1:
            return run
        first = run[0]
        return [
            Unit(
                blocks=tuple(unit.blocks[0] for unit in run),
                text="\n".join(unit.text for unit in run),
                reason="its lines stand together without a blank line, each short",
                lines_stay=True,
                weight=sum(unit.weight for unit in run),
                is_sentence=run[-1].is_sentence,
                phrase=first.phrase,
            )
        ]
