"""Batches end where they are told to, and lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.packing.batching import divided


@dataclass(frozen=True)
class Piece:
    size: int


@given(sizes=st.lists(st.integers(0, 9)), most=st.integers(0, 20))
def test_a_batch_ends_before_what_is_too_much_for_it(sizes: list[int], most: int) -> None:
    pieces = list(map(Piece, sizes))
    seen: list[tuple[int, int]] = []

    def is_enough(batch: Sequence[Piece], size: int, one: Piece) -> bool:
        seen.append((len(batch), size))
        return size + one.size > most

    batches = list(divided(pieces, is_enough))
    assert [piece for batch in batches for piece in batch] == pieces
    assert all(len(batch) == 1 or sum(one.size for one in batch) <= most for batch in batches)
    for before, after in pairwise(batches):
        assert sum(one.size for one in before) + after[0].size > most
    assert all(count for count, _ in seen)
