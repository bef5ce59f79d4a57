"""Rows of records that differ in little are the rows of each, one after the other."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.model.columns import TABLES
from archive.tables.alike import AlikeRows
from archive.tables.batches import batches_of
from archive.tables.document_columns import UNDETERMINED, sample_key

ALL = tuple(table.name for table in TABLES)
MARKS = {f"<{name}>": name for name in ("name", "path", "group", "text", "tag", "size")} | {
    sample_key("<group>"): "sample_key",
    ("<tag>",): "languages",
}


def filled(record, name, text, tag, size):
    """A record like another; its statements and its second passage are the same in all."""
    found = copy.deepcopy(record)
    path = f"data/originals/{name}"
    found |= {"document_id": name, "original": path, "duplicate_group": f"g{name}"}
    found["files"][0] |= {"path": path, "bytes": size}
    found["passages"][0] |= {"text": text, "language": tag}
    return found


def marked(record):
    found = filled(record, "<name>", "<text>", "<tag>", "<size>")
    found["files"][0]["path"] = found["original"] = "<path>"
    found["duplicate_group"] = "<group>"
    return found


def values_of(given):
    names, texts, tags, sizes = (list(some) for some in zip(*given, strict=True))
    groups = [f"g{name}" for name in names]
    return {
        "name": names,
        "path": [f"data/originals/{name}" for name in names],
        "group": groups,
        "sample_key": list(map(sample_key, groups)),
        "text": texts,
        "tag": tags,
        "languages": [[] if tag == UNDETERMINED else [tag] for tag in tags],
        "size": sizes,
    }


documents = st.lists(
    st.tuples(
        st.text("ab\u00e9\uac00", min_size=1, max_size=4),
        st.text("one \u00e9\uac00\U0001f600", max_size=9),
        st.sampled_from(["en", "ko", UNDETERMINED]),
        st.integers(0, 2**40),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("rows_of_each", [0, 1, 3])
@given(batches=st.lists(documents, min_size=1, max_size=3))
def test_their_rows_are_those_of_each(make_record, batches, rows_of_each) -> None:
    record = make_record("a", ["One."], creators=["Kim", "Lee"])
    record["statements"] = [record["statements"][0]] * rows_of_each
    alike = AlikeRows(ALL, marked(record), MARKS)
    for given_documents in batches:
        records = [filled(record, *one) for one in given_documents]
        assert alike.batches(values_of(given_documents), len(records)) == batches_of(ALL, records)


def test_a_value_of_another_type_is_refused(make_record) -> None:
    alike = AlikeRows(ALL, marked(make_record("a", ["One."])), MARKS)
    with pytest.raises(ArchiveError, match="original_bytes"):
        alike.batches(values_of([("a", "b", "en", "large")]), 1)
