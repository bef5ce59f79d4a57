from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.stretches import maximal_stretches


@given(st.lists(st.integers(-9, 9), max_size=25))
def test_stretches_are_apart_and_the_best_is_the_best(values: list[int]) -> None:
    found = maximal_stretches(values)
    best = max((sum(values[a:b]) for a in range(len(values)) for b in range(a + 1, len(values) + 1)), default=0)
    assert max((total for _, _, total in found), default=0) == max(best, 0)
    assert all(sum(values[start:stop]) == total > 0 for start, stop, total in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    assert all(
        value <= 0 or any(start <= place < stop for start, stop, _ in found) for place, value in enumerate(values)
    )
