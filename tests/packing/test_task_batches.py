"""Batches of tasks: small, in order, and none lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.model.fields import AccessLevel
from archive.packing import task_batches
from archive.packing.tasks import DocumentTask, TaskFile

sizes = st.lists(st.integers(0, 9 * 1024 * 1024), max_size=200)


def task(number: int, size: int) -> DocumentTask:
    file = TaskFile("page", f"{number}", f"data/originals/{number}", f"{number}", size, "0" * 64)
    return DocumentTask(f"{number}", f"{number}", (file,), AccessLevel.OPEN)


@given(found=sizes)
def test_batches_of_documents_are_bounded_and_lose_nothing(found: list[int]) -> None:
    some = [task(number, size) for number, size in enumerate(found)]
    batches = list(task_batches.batches(some))
    assert [one for batch in batches for one in batch] == some
    for batch in batches:
        assert 1 <= len(batch) <= task_batches.MOST_IN_BATCH
        assert len(batch) == 1 or sum(one.size for one in batch) <= task_batches.LARGEST_BATCH


def test_batches_grow_to_a_part_of_what_went_before() -> None:
    sizes = [len(batch) for batch in task_batches.batches(task(number, 1) for number in range(6000))]
    assert sizes[:8] == [64] * 8
    assert max(sizes) == task_batches.MOST_IN_BATCH
    assert all(one <= max(64, sum(sizes[:at]) // 8) for at, one in enumerate(sizes))
