"""Documents of a batch travel as if each had been made by itself."""

from __future__ import annotations

import pickle

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.codes import finding
from archive.packing.building import batch_of
from archive.packing.filling import TABLES, Made, batched, in_full, written_out
from archive.packing.stencils import Stencils
from archive.packing.tasks import DocumentTask
from archive.tables.batches import RowBatch, batches_of
from tests.packing.test_stencils import BUILDER, SAID, builder, given_as, said, stencils, the_long_way

OTHERS = (*SAID, said("genre", "letter"))


def made(by: Stencils, number: int, way: str) -> Made:
    """A document that takes the long way, or of which one of two things is said."""
    text = f"What there is to say of {number}.".encode()
    task, took = given_as(f"{number}%b.txt", text, OTHERS if way == "other" else SAID)
    found = None if way == "long" else by.fit(task, took, text)
    return the_long_way(BUILDER, task, took, text) if found is None else found


def rows_of(batches: tuple[RowBatch, ...]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for one in batches:
        rows = one.rows()
        assert one.count == rows.num_rows
        found.setdefault(one.table, []).extend(pa.Table.from_batches([rows]).to_pylist())
    return found


def expect_as_if_by_itself(ways: list[str]) -> None:
    by = stencils(BUILDER)
    some = [made(by, number, way) for number, way in enumerate(ways)]
    by_itself = [in_full(one) for one in some]
    documents = written_out(some)
    assert documents == [built for built, _ in by_itself]
    found = batched(some, documents)
    assert found.documents == tuple(documents)
    assert pickle.loads(pickle.dumps(found)) == found
    assert rows_of(found.rows) == rows_of(batches_of(TABLES, [record for _, record in by_itself]))
    assert sum(rows.count for rows in found.rows if rows.table == "documents") == len(ways)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["long", "alike", "alike", "other"]), max_size=16))
def test_whatever_way_documents_take_they_travel_as_if_each_were_by_itself(ways: list[str]) -> None:
    expect_as_if_by_itself(ways)


def test_a_batch_may_have_some_of_each() -> None:
    expect_as_if_by_itself(["long", *["alike"] * 5, "long", "alike", "other", *["other"] * 5])


def test_where_one_is_rejected_none_has_rows() -> None:
    by = stencils(BUILDER)
    built, record = in_full(made(by, 1, "long"))
    rejected = built._replace(findings=(finding("text.empty"), finding("record.schema", document="1")))
    some: list[Made] = [(rejected, record), *(made(by, number, "alike") for number in range(9))]
    assert batched(some, written_out(some)).rows == ()


@pytest.mark.parametrize("projects", [True, False])
def test_rows_are_made_where_they_are_wanted(projects: bool) -> None:
    by = stencils(BUILDER)
    some = [made(by, number, "alike") for number in range(9)]
    assert bool(batch_of(builder(projects=projects), some).rows) is projects


def test_what_people_say_at_great_length_takes_the_long_way() -> None:
    text = b"abc"
    long = (*SAID, said("description", "long " * 100_000))
    task, took = given_as("c.txt", text, long)
    assert isinstance(task, DocumentTask)
    assert stencils(BUILDER).fit(task, took, text) is None
