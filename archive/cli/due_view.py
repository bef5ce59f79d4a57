"""What has come due, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cli.layout import columns
from archive.cli.wording import counted
from archive.model.due import DueList


def due_lines(found: DueList) -> Iterator[str]:
    """The documents that are due, a line or two each, and what is not due."""
    if found.documents:
        yield f"Due by {found.on}: {counted('documents', len(found.documents))}"
        yield from columns(
            [(one.review_date, one.access_level, one.document_id, one.access_reason or "") for one in found.documents]
        )
    else:
        yield f"Nothing is due by {found.on}."
    if found.later:
        yield f"{counted('documents', found.later)} due later."
    if found.undated:
        yield f"{counted('documents', found.undated)} with restricted access and no review date."
    yield "An access level changes only where a person changes it in the sheet, and packs again."
