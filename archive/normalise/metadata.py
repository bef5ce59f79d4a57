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
from archive.normalise.draft import Draft, Unit
from archive.normalise.issued import issue_date
from archive.normalise.languages import UNDETERMINED, document_language
from archive.normalise.owners import rights_owner

_SHORTEST_SITE = 5
_REVIEWED = re.compile(r"(?:reviewed by|rezensiert von|besprochen von|reseñado por|recensito da)\b", re.IGNORECASE)
"""Where a book and its reviewer are named, the document is the reviewer's."""


@dataclass(frozen=True, slots=True)
class ReadMetadata:
    """State what the text says of itself; what it does not say stays unsaid.

    Attributes:
        below: lines below the text that are looked at for a date.
    """

    name: ClassVar[str] = "read-metadata"
    version: ClassVar[str] = "1.2"

    below: int = 6

    def apply(self, draft: Draft) -> None:
        """Add the observations."""
        language = document_language(draft)
        title = next((unit for unit in draft.units if unit.kind is Kind.TITLE and unit.kept), None)
        if title is not None:
            self._observe(draft, "title", title_of(title, draft.reading.media_type), title)
        issued = issue_date(draft, title, language, self.below)
        if issued is not None:
            self._observe(draft, "date_issued", *issued)
        self._creators(draft)
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

    def _creators(self, draft: Draft) -> None:
        named = [unit for unit in draft.units if unit.kept and unit.people]
        reviewers = [unit for unit in named if _REVIEWED.match(unit.text)]
        seen: set[str] = set()
        sites = [_squeezed(one.value) for one in draft.reading.embedded if one.field in {"publisher", "source_url"}]
        for unit in reviewers or named:
            for name in unit.people:
                if name.casefold() not in seen and not _is_of_site(name, sites):
                    seen.add(name.casefold())
                    self._observe(draft, "creators", name, unit)

    def _publisher(self, draft: Draft) -> None:
        for unit in draft.units:
            if unit.kind is not Kind.FURNITURE or len(unit.text) > 400:
                continue
            owner = rights_owner(unit.text)
            if owner:
                self._observe(draft, "publisher", owner, unit)
                return
        for unit in draft.units:
            if unit.kind is Kind.BYLINE and (paper := paper_in_byline(unit.text)):
                self._observe(draft, "publisher", paper, unit)
                return


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
