"""Records say of their passages what is so: places in the text, digests, numbers, one identifier each."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.records import text_of
from tests.packing.making import Corpus, packed, records_of

lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
shapes = st.sampled_from(
    [
        "",
        "북한 이야기가 있다고 한다.",
        "Menu",
        "A longer line of text that says a thing or two of the border.",
        "\t- one",
    ]
)
texts = st.one_of(st.lists(lines, max_size=12).map("\n".join), st.lists(shapes, max_size=20).map("\r\n".join))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(contents=st.lists(st.one_of(texts.map(str.encode), st.binary(max_size=200)), min_size=4, max_size=8))
def test_places_and_digests_hold_for_any_text(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    place = tmp_path_factory.mktemp("any")
    corpus = Corpus(place / "corpus")
    for number, content in enumerate(contents):
        corpus.write(f"{number}.txt", content)
    records = records_of(packed(corpus, place / "bags"))
    assert len(records) == len(contents)
    for record in records.values():
        text = text_of(record)  # type: ignore[arg-type]
        assert record["text"]["characters"] == len(text)
        assert record["text"]["words"] == len(text.split())
        kept = [one for one in record["passages"] if one["kept"]]
        assert record["text"]["sha256"] == (hashlib.sha256(text.encode()).hexdigest() if kept else None)
        assert [one["ordinal"] for one in record["passages"]] == list(range(len(record["passages"])))
        assert len({one["passage_id"] for one in record["passages"]}) == len(record["passages"])
        for one in record["passages"]:
            start, count = one["char_start"], one["char_count"]
            assert one["sha256"] == hashlib.sha256(one["text"].encode()).hexdigest()
            if one["kept"]:
                assert text[start : start + count] == one["text"]
            else:
                assert (start, count) == (-1, 0)
                assert one["reason"]


def test_the_same_bytes_have_the_same_passages_wherever_they_lie(tmp_path: Path) -> None:
    one = records_of(packed(Corpus(tmp_path / "a").texts("a.txt"), tmp_path / "one"))["a.txt"]
    other = records_of(packed(Corpus(tmp_path / "b").texts("other/b.txt"), tmp_path / "two"))["other/b.txt"]
    assert [said["passage_id"] for said in one["passages"]] == [said["passage_id"] for said in other["passages"]]
