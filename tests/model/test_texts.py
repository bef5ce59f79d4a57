"""Many texts in one run: the list that they stand for."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from archive.model.texts import Texts

texts = st.lists(
    st.text(st.characters(codec=None), max_size=6) | st.sampled_from(["a.json", ".JSON", "b.JsonL", "json"])
)


@given(texts, texts)
@example(["\udcff.json", ""], ["x"])
def test_it_is_the_list_that_it_stands_for(first: list[str], more: list[str]) -> None:
    found = Texts(first)
    assert found.are_plain == all(text.isascii() and text.isprintable() for text in first)
    found.extend(more)
    every = [*first, *more]
    assert list(found) == every
    assert len(found) == len(every)
    assert found.some(range(len(every))) == every
    assert found.are_empty == (not any(every))
    assert found.are_plain == all(text.isascii() and text.isprintable() for text in every)


@given(texts)
@example(["x", "on", "", "ajson", "son"])
def test_those_that_end_in_something(given: list[str]) -> None:
    endings = (".json", "on")
    wanted = [number for number, text in enumerate(given) if text.lower().endswith(endings)]
    assert Texts(given).ending(endings) == wanted
