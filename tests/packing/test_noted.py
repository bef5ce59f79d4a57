"""Relations between documents as numbers."""

from __future__ import annotations

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from archive.packing.noted import Notes

NUMBERS = st.sampled_from([0, 1, 255, 256, 257, 70_000, 2**32 - 1])
PAIRS = st.dictionaries(
    st.frozensets(NUMBERS, min_size=2, max_size=2), st.tuples(st.integers(0, 10_000), st.integers(0, 128))
)


@given(PAIRS, st.sets(st.tuples(NUMBERS, st.integers(0, 1), NUMBERS)), st.integers(1, 9))
def test_every_document_gets_its_relations_back_by_rank_and_other(near, same, most_held):
    expected: dict[int, list[tuple[int, int, int, int]]] = {}
    with closing(Notes(None, most_held)) as notes:
        for document, rank, other in same:
            notes.add(document, rank, other)
            expected.setdefault(document, []).append((rank, other, 0, 0))
        for (one, other), (score, agreement) in ((tuple(pair), alike) for pair, alike in near.items()):
            notes.add_near(2, one, [(other, score, agreement)])
            expected.setdefault(one, []).append((2, other, score, agreement))
            expected.setdefault(other, []).append((2, one, score, agreement))
        assert list(notes) == [(document, sorted(noted)) for document, noted in sorted(expected.items())]
