from __future__ import annotations

from array import array
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.packing import repeated
from archive.packing.repeated import Columns, places_of_equals


@given(numbers=st.lists(st.integers(0, 12), max_size=40), at_once=st.integers(1, 50))
def test_the_places_of_equals_are_found_whatever_the_number_looked_at_at_once(numbers: list[int], at_once: int) -> None:
    expected = [[at for at, one in enumerate(numbers) if one == number] for number in set(numbers)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeated, "MOST_AT_ONCE", at_once)
        assert sorted(places_of_equals(numbers)) == sorted(places for places in expected if len(places) > 1)


@pytest.mark.parametrize("most_held", [0, 1, 2, 100])
def test_columns_come_back_whatever_is_held(tmp_path: Path, most_held: int) -> None:
    rows = [array("I", [number, 2**32 - 1 - number, 7]) for number in range(5)]
    with closing(Columns(3, str(tmp_path), most_held)) as columns:
        for row in rows:
            columns.add(row.tobytes())
        for at in range(3):
            assert list(columns.column(at)) == [row[at] for row in rows]
