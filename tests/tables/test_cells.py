from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.columns import Type
from archive.tables.cells import array_of
from archive.tables.schema import arrow_type

VALUES = {
    Type.STRING: st.text(max_size=9),
    Type.INTEGER: st.integers(-(2**63), 2**63 - 1),
    Type.DOUBLE: st.floats(allow_nan=False),
    Type.BOOLEAN: st.booleans(),
    Type.DATE: st.dates(),
    Type.TIMESTAMP: st.datetimes(timezones=st.just(UTC)),
    Type.STRINGS: st.lists(st.text(max_size=9), max_size=3),
}


@pytest.mark.parametrize("kind", Type)
@given(data=st.data())
def test_arrays_are_those_that_pyarrow_makes(kind, data):
    cells = data.draw(st.lists(VALUES[kind] | (st.none() if data.draw(st.booleans()) else st.nothing()), max_size=20))
    found = array_of(kind, cells)
    found.validate(full=True)
    assert found.equals(pa.array(cells, arrow_type(kind)))


@pytest.mark.parametrize("cells", [["ab"] * 4096, ["ab"] * 4097, ["", "", ""], ["a", "bcd", "ef"], ["ab", "c\u00e9"]])
def test_texts_of_one_length_are_as_others(cells):
    found = array_of(Type.STRING, cells)
    found.validate(full=True)
    assert found.equals(pa.array(cells, arrow_type(Type.STRING)))
    assert found.buffers()[1].size == 4 * (len(cells) + 1)


def test_long_texts_of_one_length_are_as_others():
    for count in (1, 2):
        assert array_of(Type.STRING, ["a" * 600_000] * count).to_pylist() == ["a" * 600_000] * count


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        (Type.DATE, datetime(2011, 2, 3, tzinfo=UTC), TypeError),
        (Type.TIMESTAMP, date(2011, 2, 3), TypeError),
        (Type.TIMESTAMP, datetime(2011, 2, 3), ValueError),
        (Type.DOUBLE, 1, TypeError),
        (Type.STRING, b"a", TypeError),
        (Type.INTEGER, 2**63, OverflowError),
    ],
)
def test_a_value_of_another_type_is_refused(kind, value, error):
    with pytest.raises(error):
        array_of(kind, [value])


def test_tables_are_written_without_pandas():
    program = "import sys; import archive.tables.writer; from archive.tables.cells import *; "
    program += "array_of(Type.STRING, ['a', None]); print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
