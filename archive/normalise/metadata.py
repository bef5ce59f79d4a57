"""The last step: title, date, authors, publisher and language, read off where the text states them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.model.blocks import Observation
from archive.model.inline import plain_markdown
from archive.model.passages import Kind
from archive.normalise.bylines import paper_in_byline
from archive.normalise.dates import LONGEST_LINE
from archive.normalise.draft import Draft, Unit
from archive.normalise.issued import issue_date
from archive.normalise.languages import UNDETERMINED, document_language
from archive.normalise.owners import rights_owner, source_of
from archive.normalise.quoted import is_example

_TITLE, _BYLINE, _FURNITURE = Kind.TITLE, Kind.BYLINE, Kind.FURNITURE
_SHORTEST_SITE = 5
_LONGEST_RIGHTS = 400
_REVIEWED = re.compile(r"(?:reviewed by|rezensiert von|besprochen von|reseñado por|recensito da)\b", re.IGNORECASE)
"""Where a book and its reviewer are named, the document is the reviewer's."""


@dataclass(frozen=True, slots=True)
class ReadMetadata:
    """State what the text says of itself; what it does not say stays unsaid.

    Attributes:
        below: lines below the text that are looked at for a date.
        above: lines above it that are looked at for where it was published.
    """

    name: ClassVar[str] = "read-metadata"
    version: ClassVar[str] = "1.9"

    below: int = 6
    above: int = 8

    def apply(self, draft: Draft) -> None:
        """Add the observations."""
        language = document_language(draft)
        title = next((unit for unit in draft.units if unit.kind is _TITLE and unit.kept), None)
        if title is not None:
            self._observe(draft, "title", title_of(title, draft.reading.media_type), title)
        issued = issue_date(draft, title, language, self.below)
        if issued is not None:
            self._observe(draft, "date_issued", *issued)
        self._creators(draft, title)
        self._publisher(draft)
        if language != UNDETERMINED:
            first = next(unit for unit in draft.units if unit.kept and unit.language == language)
            self._observe(draft, "language", language, first)

    def _observe(self, draft: Draft, field: str, value: str, unit: Unit) -> None:
        span = unit.blocks[0].spans[0]
        end = unit.blocks[-1].spans[-1]
        last = end.end if end.layer == span.layer else span.end
        draft.observations.append(
            Observation(field, value, f"bytes={span.start}-{last}", span.layer, f"{self.name}/{self.version}")
        )

    def _creators(self, draft: Draft, title: Unit | None) -> None:
        named = _above_text(draft) or [unit for unit in draft.units if unit.kept and unit.people]
        named = [unit for unit in named if not is_example(unit, title)]
        reviewers = [unit for unit in named if _REVIEWED.match(unit.text)]
        if len(reviewers) == len(named):
            return  # whoever looked it through did not write it
        seen: set[str] = set()
        sites = [_squeezed(one.value) for one in draft.reading.embedded if one.field in {"publisher", "source_url"}]
        for unit in reviewers or named:
            for name in unit.people:
                if name.casefold() not in seen and not _is_of_site(name, sites):
                    seen.add(name.casefold())
                    self._observe(draft, "creators", name, unit)

    def _publisher(self, draft: Draft) -> None:
        furniture = [unit for unit in draft.units if unit.kind is _FURNITURE]
        bylines = [unit for unit in draft.units if unit.kind is _BYLINE and not unit.text.isascii()]
        front = [unit for unit in self._front(draft) if not unit.text.isascii()]
        found = next(filter(None, map(_owner, furniture)), None) or next(filter(None, map(_paper, bylines)), None)
        found = found or next(filter(None, map(_source, front)), None)
        if found is not None:
            self._observe(draft, "publisher", *found)

    def _front(self, draft: Draft) -> Sequence[Unit]:
        """The lines above the running text, where one may say where it was published."""
        units = draft.units
        body = next((place for place, unit in enumerate(units) if unit.kept and unit.is_prose), 0)
        return units[max(0, body - self.above) : body]


def _above_text(draft: Draft) -> list[Unit]:
    """The lines of a page that name authors above its text: then those below it are other people's."""
    if not draft.is_page:
        return []
    units = draft.units
    title = next((place for place, unit in enumerate(units) if unit.kind is _TITLE and unit.kept), None)
    if title is None:
        return []
    prose = [place for place, unit in enumerate(units) if unit.kept and unit.is_prose and place > title][:2]
    return [unit for unit in units[title : prose[-1] if prose else title] if unit.kept and unit.people]


def _owner(unit: Unit) -> tuple[str, Unit] | None:
    owner = rights_owner(unit.text) if len(unit.text) <= _LONGEST_RIGHTS else ""
    return (owner, unit) if owner else None


def _paper(unit: Unit) -> tuple[str, Unit] | None:
    paper = paper_in_byline(unit.text)
    return (paper, unit) if paper else None


def _source(unit: Unit) -> tuple[str, Unit] | None:
    source = source_of(unit.text) if len(unit.text) <= LONGEST_LINE else ""
    return (source, unit) if source else None


def _is_of_site(name: str, sites: Sequence[str]) -> bool:
    """Whether what looks like a person is the name of the site, by what the page states of itself."""
    key = _squeezed(name)
    return " " not in name and len(key) >= _SHORTEST_SITE and any(key in site for site in sites)


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def title_of(unit: Unit, media_type: str) -> str:
    """The title that a line says, in one line, without a label before it, or marks of Markdown."""
    text = " ".join((unit.said or unit.text).split())
    return plain_markdown(text) if media_type == "text/markdown" else text
