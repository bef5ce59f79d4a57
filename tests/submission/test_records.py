from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.submission.records import cells_of, records_of


def cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return [record.cells for record in records_of(data, delimiter)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_separate_records(end: str):
    data = end.join(["a,b", '"one\ntwo",2', "", "3,4"]).encode()
    assert cells(data) == [["a", "b"], ["one\ntwo", "2"], [], ["3", "4"]]


def test_other_separators_of_unicode_do_not():
    data = "a,b\n1\u2028\x0b\x0c\x85,2\n".encode()
    assert cells(data) == [["a", "b"], ["1\u2028\x0b\x0c\x85", "2"]]


def test_a_byte_order_mark_is_in_the_bytes_and_in_no_cell():
    (record,) = records_of(b'\xef\xbb\xbf"a",b\n')
    assert record == (["a", "b"], 0, 9, "")


def test_nothing_holds_no_record():
    assert list(records_of(b"")) == []
    assert cells(b"\xef\xbb\xbf") == [[]]
    assert cells_of(b"", ",") == []


def test_one_stray_mark_costs_one_row():
    data = b'a,b\n"x"y,2\n3,4\n"u,5\n6,7\n'
    assert [(record.cells, record.fault) for record in records_of(data)] == [
        (["a", "b"], ""),
        ([], "quotes"),
        (["3", "4"], ""),
        ([], "quotes"),
        (["6", "7"], ""),
    ]


def test_a_cell_beyond_the_bound_is_told_apart():
    data = b"a\n" + b"x" * 140_000 + b"\nb\n"
    assert [(record.cells, record.fault) for record in records_of(data)] == [(["a"], ""), ([], "length"), (["b"], "")]


@given(st.binary(max_size=200), st.sampled_from([",", ";", "\t"]))
def test_the_records_of_any_bytes_cover_them_without_gaps(data: bytes, delimiter: str):
    records = list(records_of(data, delimiter))
    assert b"".join(data[record.start : record.end] for record in records) == data
    for record in records:
        if not record.fault and record.start:
            assert cells_of(data[record.start : record.end], delimiter) == record.cells


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=4)))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]]):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    data = stream.getvalue().encode()
    # A carriage return alone is quoted on writing only where the line end is one.
    if not any("\r" in cell for row in rows for cell in row):
        assert cells(data) == rows


@pytest.mark.unmeasured
def test_many_stray_marks_are_read_in_one_pass():
    data = b'"x\n' * 50_000
    records = list(records_of(data))
    assert len(records) == 50_000
    assert {record.fault for record in records} == {"quotes"}
