"""What happened to a document until it was packed, as events (PREMIS 3.0, 2): captured, renamed, its text taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.assembling import ReadFile
from archive.model.events import Event
from archive.model.findings import Finding, Severity
from archive.packing.identity import event_id
from archive.packing.taking import shown
from archive.packing.tasks import ORIGINALS, DocumentTask

_NO_TEXT = frozenset(
    {
        "container.damaged",
        "csv.malformed-row",
        "csv.not-opened",
        "document.encrypted",
        "document.expands-too-far",
        "document.malformed",
        "document.reader-crashed",
        "document.reader-too-slow",
        "jsonl.line-too-long",
        "jsonl.malformed-line",
        "mail.no-message",
        "pdf.no-text",
        "text.not-read",
        "text.too-large",
        "text.too-many-blocks",
    }
)
"""Codes of findings that say why there is no text."""


@dataclass(frozen=True, slots=True)
class History:
    """What all events of a bag share.

    Attributes:
        urn: of the bag.
        packed_at: the one instant, as RFC 3339 has it.
        agent: name and version of this software.
    """

    urn: str
    packed_at: str
    agent: str

    def of(self, task: DocumentTask, files: list[ReadFile], metadata: dict[str, object]) -> list[Event]:
        """The events of one document, in the order in which they are kept.

        Args:
            task: the document.
            files: what was read of its files.
            metadata: what is known of it.
        """
        return [
            *self._taken_out(task, files),
            *self._unread(task, files),
            *self._captured(task, metadata),
            *self._renamed(task),
        ]

    def _taken_out(self, task: DocumentTask, files: list[ReadFile]) -> Iterator[Event]:
        """What took the stored layers out of formats whose bytes do not hold the text plainly."""
        for file in files:
            for layer in file.layers:
                if layer.data is not None and file.reading.tool:
                    detail = f"The text was taken out of {file.path} with {file.reading.tool}."
                    yield self._by_this_software(task, "creation", layer.path, detail)

    def _unread(self, task: DocumentTask, files: list[ReadFile]) -> Iterator[Event]:
        """Why no text was taken from a file, so that nobody takes it for one that says nothing."""
        for file in files:
            why = None if file.reading.blocks else next(filter(_says_why, file.reading.findings), None)
            if why is not None:
                told = f" ({why.found})" if why.found else ""
                detail = f"No text was taken from {file.path}: {why.code}{told}."
                outcome = "warning" if why.severity is Severity.NOTICE else "failure"
                yield self._by_this_software(task, "creation", file.path, detail, outcome)

    def _captured(self, task: DocumentTask, metadata: dict[str, object]) -> Iterator[Event]:
        captured_at = metadata.get("captured_at")
        if isinstance(captured_at, str):
            tool = metadata.get("capture_tool")
            yield Event(
                event_id=event_id(self.urn, "capture", task.document_id),
                document_id=task.document_id,
                type="capture",
                occurred_at=captured_at,
                agent=tool if isinstance(tool, str) else "not stated",
                outcome="success",
                detail="As stated in the metadata.",
                file=task.files[0].stored,
            )

    def _renamed(self, task: DocumentTask) -> Iterator[Event]:
        for file in task.files:
            if file.stored != f"{ORIGINALS}{file.path}":
                detail = f"The source is named {shown(file.path)!r}."
                yield self._by_this_software(task, "filename change", file.stored, detail)

    def _by_this_software(
        self, task: DocumentTask, kind: str, file: str, detail: str, outcome: str = "success"
    ) -> Event:
        return Event(
            event_id=event_id(self.urn, f"{kind}\n{file}", task.document_id),
            document_id=task.document_id,
            type=kind,
            occurred_at=self.packed_at,
            agent=self.agent,
            outcome=outcome,
            detail=detail,
            file=file,
        )


def _says_why(one: Finding) -> bool:
    return one.code in _NO_TEXT
