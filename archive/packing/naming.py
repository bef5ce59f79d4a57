"""What is said of the names of documents once containers are open: where they clash, lead nowhere, or must change."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence

from archive.model.annotations import FILE as ANNOTATIONS
from archive.model.annotations import Annotation
from archive.model.codes import finding
from archive.model.corpora import PlannedDocument
from archive.model.fields import Source
from archive.model.findings import Finding, Where
from archive.packing.taking import shown
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.submission.rows import SHEET


def escapes(task: DocumentTask) -> Iterator[Finding]:
    """Files that stand in the bag under other names than their own."""
    for file in task.files:
        if file.stored != ORIGINALS + file.path:
            yield finding(
                "path.escaped",
                document=task.document_id,
                where=Where(file=shown(file.path)),
                found=shown(os.path.basename(file.path)),  # noqa: PTH119 - a path of the bag, not of this machine
                expected=f"stored as {file.stored}",
            )


def strays(container: PlannedDocument, names: Collection[str], columns: Sequence[str]) -> Iterator[Finding]:
    """Rows that name what is not in the container; they are no inputs.

    Args:
        container: as planned.
        names: of documents that are not in it.
        columns: of the sheet.
    """
    column = next((name for name in columns if name.strip().lower() == "filename"), None)
    for name, planned in container.members.items():
        if name in names:
            yield finding(
                "sheet.row-without-member",
                document=planned.document_id,
                where=Where(file=SHEET, row=_row_of(planned), column=column),
                found=f"{shown(container.files[0].path)}#{name}",
                expected="the name of a document in the container",
            )


def without_document(one: Annotation) -> Finding:
    """An annotation of a document that a container turns out not to hold."""
    where = Where(file=ANNOTATIONS, row=one.row, pointer="/target/source")
    expected = "a document in the container, by its file and its name there"
    return finding(
        "annotation.unknown-document", document=one.document_id, where=where, found=one.document_id, expected=expected
    )


def _row_of(planned: PlannedDocument) -> int | None:
    """The row that speaks of a member alone, where it says anything."""
    own = (one.locator for one in planned.statements if one.source is Source.SHEET and not one.rank)
    locator = next(own, "")
    return int(locator.removeprefix("cell=").partition(",")[0]) if locator else None


def clashes(of_one_name: Iterable[tuple[DocumentTask, DocumentTask]]) -> Iterator[Finding]:
    """Identifiers that a document in a container shares with another document; the plan cannot see these.

    Args:
        of_one_name: documents that have the same identifier.
    """
    for one, other in of_one_name:
        if one.member is not None or other.member is not None:
            yield finding(
                "document.identifier-clash",
                document=one.document_id,
                where=Where(file=other.source_path),
                found=f"the identifier of {one.source_path} too",
                expected="an identifier of its own",
            )
