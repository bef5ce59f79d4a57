"""Which texts are compared: the same as if each band were looked at by itself, in another order."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.packing import candidates
from archive.packing.candidates import Candidates

DOCUMENTS = 24
BANDS = st.lists(st.lists(st.sets(st.integers(0, DOCUMENTS - 1), min_size=1).map(sorted), max_size=4), max_size=4)


def plain(groups: list[list[int]], most_before: int) -> set[tuple[int, int]]:
    """What is compared, by the rule: in each group each with so many before it."""
    return {
        (one, other)
        for members in groups
        for at, one in enumerate(members)
        for other in members[max(0, at - most_before) : at]
    }


@given(BANDS, st.integers(1, 3), st.integers(1, 9), st.integers(0, 20))
def test_the_pairs_are_those_of_the_bands_and_crowds_stand_together(bands, most_before, stretch, most_held):
    groups = [members for band in bands for members in band]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "MOST_BEFORE", most_before)
        patch.setattr(candidates, "STRETCH", stretch)
        patch.setattr(candidates, "_TOGETHER", 2)
        with closing(Candidates(DOCUMENTS, None, most_held)) as found:
            for members in groups:
                found.add(members)
            compared = list(found.compared())
    assert all(others == sorted(set(others)) for _, others in compared)
    assert {(one, other) for one, others in compared for other in others} == plain(groups, most_before)
    assert len({one for one, _ in compared}) == len(compared)
    crowds = crowds_of(groups)
    order = [crowds[one] for one, _ in compared]
    assert [one for at, one in enumerate(order) if one not in order[:at]] == sorted(set(order))
    assert order == sorted(order)


def crowds_of(groups: list[list[int]]) -> dict[int, int]:
    """The first of the crowd of each document."""
    firsts = {number: number for number in range(DOCUMENTS)}
    for _ in range(DOCUMENTS):
        for members in groups:
            first = min(firsts[one] for one in members)
            firsts |= dict.fromkeys(members, first)
    return firsts


def test_a_crowd_over_several_stretches_is_compared_with_those_right_before(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates, "MOST_BEFORE", 2)
    monkeypatch.setattr(candidates, "STRETCH", 2)
    monkeypatch.setattr(candidates, "_TOGETHER", 2)
    with closing(Candidates(DOCUMENTS, None, 3)) as found:
        for members in ([5], [1, 4, 7, 9], [2, 8], [4, 9], [0, 1]):
            found.add(members)
        assert list(found.compared()) == [(1, [0]), (4, [1]), (7, [1, 4]), (9, [4, 7]), (8, [2])]
    with closing(Candidates(DOCUMENTS, None, 3)) as found:
        assert list(found.compared()) == []
