"""Tasks with what people say of words in their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.model.annotations import Annotation
from archive.packing.tasks import DocumentTask, Tasks


@dataclass(frozen=True, slots=True)
class Annotated:
    """Tasks with what people say of words in their documents, put together when they are asked for.

    Attributes:
        tasks: the documents.
        said: by identifier.
    """

    tasks: Tasks
    said: Mapping[str, tuple[Annotation, ...]]

    def __len__(self) -> int:
        return len(self.tasks)

    def __iter__(self) -> Iterator[DocumentTask]:
        before = None
        for task in self.tasks:
            own = self.said.get(task.document_id)
            # Of two documents of one identifier, which stand side by side, the first has them.
            is_theirs = own is not None and task.document_id != before
            yield task._replace(annotations=own) if own is not None and is_theirs else task
            before = task.document_id


def with_annotations(tasks: Tasks, annotations: Iterable[Annotation]) -> tuple[Tasks, list[Annotation]]:
    """Gives each document its annotations.

    Args:
        tasks: the documents.
        annotations: of all of them.

    Returns:
        The documents, and the annotations that none of them has.
    """
    said: dict[str, list[Annotation]] = {}
    for one in annotations:
        said.setdefault(one.document_id, []).append(one)
    if not said:
        return tasks, []
    nobodys = said.keys() - {task.document_id for task in tasks if task.document_id in said}
    given = Annotated(tasks, {name: tuple(own) for name, own in said.items()})
    return given, [one for name, own in said.items() if name in nobodys for one in own]
