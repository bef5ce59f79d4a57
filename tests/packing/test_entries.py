from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.packing.entries import Block, Entries

names = st.binary(min_size=1, max_size=6).map(lambda name: name.replace(b"\0", b"x"))
values = st.binary(min_size=3, max_size=3)


@given(st.dictionaries(names, values, max_size=40), st.integers(1, 12), st.booleans(), names)
def test_entries_come_back_sorted_whether_in_memory_or_on_disk(
    given: dict[bytes, bytes], most_held: int, in_order: bool, other: bytes
):
    with tempfile.TemporaryDirectory() as folder, closing(Entries(folder, 3, most_held=most_held)) as entries:
        for name, value in sorted(given.items()) if in_order else given.items():
            entries.add(name, value)
        assert entries.get(other) == given.get(other)
        assert list(entries) == list(entries) == sorted(given.items())
        assert all(entries.get(name) == value for name, value in given.items())


def blocks_of(given: dict[bytes, bytes], sizes: list[int], in_order: bool) -> Iterator[tuple[list[bytes], Block]]:
    every = iter(sorted(given.items()) if in_order else given.items())
    for size in cycle(sizes):
        some = list(islice(every, size))
        if not some:
            return
        yield (
            [name for name, _ in some],
            Block(b"\0".join([name for name, _ in some]), b"".join([one for _, one in some])),
        )


@given(
    st.dictionaries(names, values, max_size=40),
    st.dictionaries(names, values, max_size=9),
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
    st.integers(1, 30),
    st.booleans(),
)
def test_entries_that_come_many_at_a_time_come_back_sorted_too(
    given: dict[bytes, bytes], alone: dict[bytes, bytes], sizes: list[int], most_held: int, in_order: bool
):
    apart = {name: value for name, value in alone.items() if name not in given}
    with tempfile.TemporaryDirectory() as folder, closing(Entries(folder, 3, most_held=most_held)) as entries:
        between = iter(apart.items())
        for some, block in blocks_of(given, sizes, in_order):
            entries.add_all(some, block)
            for one in islice(between, 1):
                entries.add(*one)
        for one in between:
            entries.add(*one)
        wanted = sorted((given | apart).items())
        assert list(entries) == list(entries) == wanted
        assert [name for block in entries.blocks() for name in block.names] == [name for name, _ in wanted]
        assert all(entries.get(name) == value for name, value in wanted)


def test_a_file_that_was_cut_short_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with closing(Entries(str(tmp_path), 3, most_held=1)) as entries:
        entries.add(b"a", b"xyz")
        monkeypatch.setattr(os, "pread", lambda *_: b"")
        with pytest.raises(StorageError, match="cut short"):
            list(entries)
