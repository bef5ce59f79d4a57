"""What is held for each document while a corpus is packed: memory may grow by 200 bytes for each, not by a kilobyte."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from archive.model.corpora import Corpus
from archive.model.fields import AccessLevel
from archive.normalise.resemblance import BANDS
from archive.packing.built import Built
from archive.packing.entries import Entries
from archive.packing.likeness import Likeness
from archive.packing.relating import Relating
from archive.packing.taken_sources import TakenSources
from archive.packing.taking import Took
from archive.packing.tasks import DocumentTask, TaskFile
from archive.packing.waiting_tasks import WaitingTasks
from archive.submission.annotations import Annotations
from archive.submission.bindings import Bindings, bind
from archive.submission.drafts import Known, draft_documents
from archive.submission.filenames import Names
from archive.submission.files import Files
from archive.submission.partition import Contents, Partition, divide
from archive.submission.sheet import read_sheet

pytestmark = pytest.mark.unmeasured  # what measures takes memory, too
MOST = 200
CORPUS = Corpus(identifier="e", slug="e", version="1", title="E", access_level=AccessLevel.OPEN)
DIGESTS = (("sha256", "00" * 32), ("sha512", "00" * 64))


def growth(held: Callable[[int], object]) -> float:
    """Bytes for each of some documents more; what is made once is there already."""
    held(100)
    sizes = []
    tracemalloc.start(1)
    try:
        for count in (500, 2000):
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            kept = held(count)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0] - before)
            del kept
    finally:
        tracemalloc.stop()
    return (sizes[1] - sizes[0]) / 1500


def path(number: int) -> str:
    return f"letters/{number // 100:04d}/letter-{number:07d}.txt"


def planned(files: Files, sheet: bytes | None) -> Partition:
    read = None if sheet is None else read_sheet(sheet, CORPUS)[0]
    bindings = Bindings() if read is None else bind(read, files, Names(files, frozenset(), {}))[0]
    drafts, findings = draft_documents(files, Known(CORPUS, bindings, {}, {}))
    assert not findings
    contents = Contents(
        configuration=b"",
        sheet=read,
        sidecars={},
        schema=None,
        drafts=drafts,
        statements=(),
        own_columns=(),
        annotations=Annotations(),
    )
    partition = divide(contents)
    assert len(partition.documents) == len(files)
    assert partition.documents[len(files) // 2].access_level is AccessLevel.OPEN
    return partition


def test_a_plan_holds_little_of_each_file() -> None:
    assert growth(lambda count: planned(Files((path(number), 200) for number in range(count)), None)) < MOST


def test_a_plan_holds_little_of_each_row_beside_its_bytes() -> None:
    def held(count: int) -> Partition:
        rows = "".join(f"{path(number)},letter-{number},A title,open\n" for number in range(count))
        sheet = b"filename,identifier,title,access_level\n" + rows.encode()
        return planned(Files((path(number), 200) for number in range(count)), sheet)

    row = len(f"{path(0)},letter-0000,A title,open\n")
    assert growth(held) - row < MOST


def test_tasks_and_sources_and_entries_wait_on_disk(tmp_path: Path) -> None:
    every = planned(Files((path(number), 9) for number in range(2000)), None).levels[0].documents
    with ExitStack() as stack:

        def held(count: int) -> object:
            documents = every[:count]
            tasks = WaitingTasks(str(tmp_path))
            sources = TakenSources(documents, {}, ("sha256", "sha512"), str(tmp_path))
            entries = Entries(str(tmp_path), 104, most_held=100)
            for one in (tasks, sources, entries):
                stack.callback(one.close)
            for one in (one for document in documents for one in sources.wanted(document)):
                file = TaskFile("page", one.path, one.path, one.path, 9, "00" * 32)
                tasks.add(DocumentTask(one.path, one.path, (file,), AccessLevel.OPEN))
                sources.add(Took(one, 9, DIGESTS))
                entries.add(one.path.encode(), bytes(104))
            tasks.sort()
            assert sum(1 for _ in tasks) == sum(1 for _ in sources.by_document()) == sum(1 for _ in entries) == count
            return tasks, sources, entries

        assert growth(held) < MOST


def test_what_relates_documents_holds_little_of_each(tmp_path: Path) -> None:
    with ExitStack() as stack:

        def held(count: int) -> object:
            together = stack.enter_context(closing(Relating(str(tmp_path), most_held=100)))
            for number in range(count):
                name = path(number)
                likeness = Likeness(f"{number:064x}", f"{number:064x}", bytes([number % 7]) * 256, bytes(4 * BANDS))
                together.add([Built(name, name, b"{}", "00" * 32, (), (), 1, likeness)])
            return together

        assert growth(held) < MOST
