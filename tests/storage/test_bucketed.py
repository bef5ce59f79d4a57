"""Numbers in buckets come back, wherever they waited."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.storage.bucketed import Buckets

ADDED = st.lists(st.tuples(st.integers(0, 5), st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4)), max_size=12)


@given(ADDED, st.integers(0, 9))
def test_buckets_hold_what_was_added_in_its_order_whatever_is_in_memory(added, most_held):
    expected: dict[int, list[int]] = {}
    with closing(Buckets(None, most_held)) as buckets:
        for bucket, numbers in added:
            expected.setdefault(bucket, []).extend(numbers)
            if len(numbers) == 1:
                buckets.put(bucket, numbers[0])
            else:
                buckets.add(bucket, numbers)
        assert {bucket: list(buckets.of(bucket)) for bucket in buckets} == expected
        assert list(buckets) == sorted(expected)
        assert list(buckets.of(6)) == []


def test_numbers_on_disk_and_in_memory_are_read_together():
    buckets = Buckets(None, 3)
    buckets.add(1, [5, 6])
    buckets.put(7, 8)
    buckets.put(1, 9)
    assert [list(buckets.of(bucket)) for bucket in (1, 7, 2)] == [[5, 6, 9], [8], []]
    assert list(buckets) == [1, 7]
    buckets.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    with pytest.raises(StorageError, match="temporary file"):
        Buckets(str(tmp_path / "absent"), 1)
