from __future__ import annotations

import tempfile
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from archive.packing.entries import Entries

names = st.binary(max_size=6)


@given(st.dictionaries(names, st.binary(min_size=3, max_size=3), max_size=40), st.integers(1, 12), st.booleans(), names)
def test_entries_come_back_sorted_whether_in_memory_or_on_disk(
    given: dict[bytes, bytes], most_held: int, in_order: bool, other: bytes
):
    with tempfile.TemporaryDirectory() as folder, closing(Entries(folder, 3, most_held=most_held)) as entries:
        for name, value in sorted(given.items()) if in_order else given.items():
            entries.add(name, value)
        assert entries.get(other) == given.get(other)
        assert list(entries) == list(entries) == sorted(given.items())
        assert all(entries.get(name) == value for name, value in given.items())
