"""Tasks of documents that nobody speaks of travel together, and are what each would be by itself."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.corpora import AlikeDocuments, PlannedDocument, PlannedFile
from archive.model.fields import AccessLevel, Source
from archive.model.statements import Statement
from archive.packing import task_batches
from archive.packing.tasks import DocumentTask
from archive.packing.untaken import UntakenTasks
from archive.submission import read_submission
from archive.submission.partition import Documents
from tests.packing.making import Corpus

SIDECAR = "data/submission/one.json"
SAID = (Statement("title", "One", Source.SIDECAR, "archivist", SIDECAR, "/title"),)


class Mixed(Documents):
    """Documents of which some are alike, whatever is said of them."""

    __slots__ = ("_alike", "_every")

    def __init__(self, every: list[PlannedDocument], alike: list[bool]) -> None:
        self._every, self._alike = every, alike

    def __len__(self) -> int:
        return len(self._every)

    def pieces(self, most: int) -> Iterator[PlannedDocument | AlikeDocuments]:
        run: list[PlannedDocument] = []
        for one, is_alike in zip(self._every, self._alike, strict=True):
            if run and (not is_alike or len(run) == most):
                yield together(run)
                run = []
            if is_alike:
                run.append(one)
            else:
                yield one
        if run:
            yield together(run)


def together(run: list[PlannedDocument]) -> AlikeDocuments:
    files = [one.files[0] for one in run]
    return AlikeDocuments([one.path for one in files], [one.size for one in files], AccessLevel.OPEN, SAID)


def by_itself(one: PlannedDocument, stored: dict[str, str], renamed: dict[str, str]) -> DocumentTask:
    (task,) = UntakenTasks(Mixed([one], [False]), stored, renamed, is_copied=True)
    return task


@settings(max_examples=50)
@given(
    found=st.lists(st.tuples(st.booleans(), st.sampled_from([0, 10, 900_000, 3_000_000])), max_size=150),
    renames=st.booleans(),
)
def test_tasks_are_the_same_whether_they_travel_together(found: list[tuple[bool, int]], *, renames: bool) -> None:
    every = [
        PlannedDocument(f"é{number}", (PlannedFile(f"é{number}", "page", size),), AccessLevel.OPEN, SAID)
        for number, (_, size) in enumerate(found)
    ]
    stored = {"é3": "=C3=A93", "é9": "nine"} if renames else {}
    renamed = {SIDECAR: f"{SIDECAR}.other"} if renames else {}
    untaken = UntakenTasks(Mixed(every, [is_alike for is_alike, _ in found]), stored, renamed, is_copied=True)
    expected = [by_itself(one, stored, renamed) for one in every]
    batches = list(pickle.loads(pickle.dumps(list(untaken.batches()))))
    assert [list(batch) for batch in batches] == [list(batch) for batch in task_batches.batches(expected)]
    assert [len(batch) for batch in batches] == [len(list(batch)) for batch in batches]
    assert [batch.size for batch in batches] == [sum(task.size for task in batch) for batch in batches]
    assert list(untaken) == expected
    assert len(untaken) == len(expected)


def test_what_nobody_speaks_of_is_planned_together_as_it_is_alone(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path).texts(*(f"{number}.txt" for number in range(7)))
    silent = read_submission(corpus.path).documents
    pieces = list(silent.pieces(3))
    assert [len(one.paths) for one in pieces if isinstance(one, AlikeDocuments)] == [3, 3, 1]
    alike = [
        (path, size, one.access_level, one.statements)
        for one in pieces
        if isinstance(one, AlikeDocuments)
        for path, size in zip(one.paths, one.sizes, strict=True)
    ]
    assert alike == [(one.files[0].path, one.files[0].size, one.access_level, one.statements) for one in silent]
    corpus.sheet("filename,title", "3.txt,Three")
    spoken = read_submission(corpus.path).documents
    assert list(spoken.pieces(3)) == list(spoken)
