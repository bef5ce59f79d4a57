"""Names follow from what a bag is, and from nothing else."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.model.corpora import Corpus
from archive.model.fields import AccessLevel
from archive.packing.identity import bag_name, bag_urn, event_id

CORPUS = Corpus(identifier="example", slug="example", version="1.0", title="Example")
some_text = st.text(min_size=1, max_size=12)


def corpus(identifier: str, version: str) -> Corpus:
    return Corpus(identifier=identifier, slug="x", version=version, title="x")


def test_the_folder_is_named_by_slug_version_and_level() -> None:
    assert bag_name(CORPUS, AccessLevel.OPEN, None) == "example-1.0"
    assert bag_name(CORPUS, AccessLevel.EMBARGOED, None) == "example-1.0-embargoed"
    assert bag_name(CORPUS, AccessLevel.RESTRICTED, "mine") == "mine-restricted"


@pytest.mark.parametrize("name", ["", "-x", ".x", "x.", "a/b", "a b", "북", "x" * 151, "x\n"])
def test_a_name_that_some_system_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        bag_name(CORPUS, AccessLevel.OPEN, name)


@given(one=st.tuples(some_text, some_text), other=st.tuples(some_text, some_text), part=st.integers(1, 3))
def test_the_urn_tells_identifier_version_level_and_part_apart(
    one: tuple[str, str], other: tuple[str, str], part: int
) -> None:
    first = bag_urn(corpus(*one), AccessLevel.OPEN, part)
    assert first == bag_urn(corpus(*one), AccessLevel.OPEN, part)
    assert (first == bag_urn(corpus(*other), AccessLevel.OPEN, part)) == (one == other)
    assert first != bag_urn(corpus(*one), AccessLevel.RESTRICTED, part)
    assert first != bag_urn(corpus(*one), AccessLevel.OPEN, part + 1)
    assert uuid.UUID(first).version == 5


def test_the_urn_never_changes() -> None:
    assert bag_urn(CORPUS, AccessLevel.OPEN) == "urn:uuid:a7b342a8-9cdf-5bf0-8d21-3b9cacd0075b"


def test_events_are_told_apart_by_bag_type_and_document() -> None:
    urn = bag_urn(CORPUS, AccessLevel.OPEN)
    other = bag_urn(CORPUS, AccessLevel.RESTRICTED)
    made = {
        event_id(urn, "ingestion"), event_id(other, "ingestion"), event_id(urn, "capture", "a"),
        event_id(urn, "capture", "b"), event_id(urn, "capture", ""),
    }  # fmt: skip
    assert len(made) == 5
    assert event_id(urn, "capture", "a") == event_id(urn, "capture", "a")
