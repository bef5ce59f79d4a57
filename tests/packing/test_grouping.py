"""Groups of documents and their names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.packing.grouping import Groups


def name_of(number: int) -> str:
    return f"g{number * 7919 % 997:024x}"


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30))
def test_a_group_is_what_a_chain_joins_and_its_name_the_least(pairs):
    groups = Groups()
    sets = [{number} for number in range(20)]
    for some in (range(7), range(7, 20)):
        groups.add(list(map(name_of, some)))
    for one, other in pairs:
        groups.join(one, other)
        if sets[one] is not sets[other]:
            sets[one] |= sets[other]
            for member in tuple(sets[other]):
                sets[member] = sets[one]
    for first, stop in ((0, 20), (3, 9), *((number, number + 1) for number in range(20))):
        least = [min(map(name_of, sets[number])) for number in range(first, stop)]
        assert groups.of(first, stop) == (None if least == list(map(name_of, range(first, stop))) else least)
