"""Relations of many documents, held to the rule carried out plainly: every pair of every band by itself."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.content import written
from archive.normalise import resemblance
from archive.packing import candidates, relating
from archive.packing.built import Built
from archive.packing.completed import Completed
from archive.packing.likeness import likeness_of
from archive.packing.relating import Relating
from archive.schema.quick_json import quick_json, read_json

WORDS = [f"word{number}" for number in range(60)]
CHANGES = st.lists(st.tuples(st.integers(0, 59), st.sampled_from(["other", "third", ""])), max_size=3)
TEXTS = st.lists(st.tuples(st.sampled_from(["a", "b"]), CHANGES), min_size=1, max_size=9)


def text_with(start: str, changes: list[tuple[int, str]]) -> str:
    words = [start + word for word in WORDS]
    for place, word in changes:
        words[place] = word
    return " ".join(words)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def built(number: int, text: str) -> Built:
    name, digest = f"{number}.txt", sha256(text)
    record: dict[str, Any] = {
        "document_id": name,
        "metadata": {},
        "events": [],
        "passages": [{"text": text, "kept": True}],
        "relations": [],
        "duplicate_group": "g" + digest[:24],
    }
    own = written(record, quick_json)
    return Built(name, name, own.line, own.content_sha256, (), (), 1, likeness_of(sha256(name), digest, text))


def related(texts: list[str], most_held: int, together: int = 2) -> list[Completed]:
    """What comes of texts, some of which are added at a time."""
    documents = [built(number, text) for number, text in enumerate(texts)]
    with closing(Relating(most_held=most_held)) as relating:
        relating.add([])
        for start in range(0, len(texts), together):
            relating.add(documents[start : start + together])
        return list(relating.completed())


def plain(texts: list[str], most_before: int) -> list[list[tuple[str, str, str | None, str]]]:
    """The relations of each document, by the rule."""
    found: list[list[tuple[int, int, str | None, str]]] = [[] for _ in texts]
    first = [texts.index(text) for text in texts]
    for one, other in enumerate(first):
        if other < one:
            found[one].append((1, other, None, "sha256 of the text"))
            found[other].append((1, one, None, "sha256 of the text"))
    for one, other in sorted(pairs(texts, most_before)):
        signs = [int.from_bytes(resemblance.signature(texts[at]), "little") for at in (one, other)]
        both, either = resemblance.resemblance(texts[one], texts[other])
        agreement = resemblance.agreement(*signs)
        if agreement >= 77 and both * 5 >= either * 4:
            estimate = f"shingles 2, estimated {agreement * 10_000 // 128 / 10_000:.4f}"
            for document, target in ((one, other), (other, one)):
                found[document].append((2, target, f"{both * 10_000 // either / 10_000:.4f}", estimate))
    names = ("same-bytes", "same-text", "near-duplicate")
    return [
        [(names[rank], f"{target}.txt", *rest) for rank, target, *rest in sorted(one, key=lambda r: r[:2])]
        for one in found
    ]  # type: ignore[misc]


def pairs(texts: list[str], most_before: int) -> set[tuple[int, int]]:
    bands = [list(memoryview(resemblance.band_keys(resemblance.signature(text))).cast("I")) for text in texts]
    distinct = [at for at, text in enumerate(texts) if texts.index(text) == at]
    chosen: set[tuple[int, int]] = set()
    for band in range(resemblance.BANDS):
        for one in distinct:
            before = [other for other in distinct if other < one and bands[other][band] == bands[one][band]]
            chosen |= {(one, other) for other in before[-most_before:]}
    return chosen


@settings(max_examples=40)
@given(TEXTS, st.sampled_from([1, 2, 16]), st.sampled_from([1, 30, 250_000]), st.sampled_from([2, 512]))
def test_what_is_found_is_what_the_rule_says(drawn, most_before, most_held, stretch):
    texts = [text_with(*one) for one in drawn]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "MOST_BEFORE", most_before)
        patch.setattr(candidates, "STRETCH", stretch)
        completed = related(texts, most_held)
    records = [read_json(line) for some in completed for line in some.lines()]
    said = [[(one["relation"], one["target"], one["score"], one["basis"]) for one in r["relations"]] for r in records]
    assert said == plain(texts, most_before)
    assert [one["duplicate_group"] for one in records] == groups(said, texts)
    for some in completed:
        mine = [record for record in records if record["document_id"] in some.document_ids]
        assert some.document_ids == [one["document_id"] for one in mine]
        assert some.content_sha256 == [written(one, quick_json).content_sha256 for one in mine]
        assert some.groups in (None, [one["duplicate_group"] for one in mine])
        assert some.related == [(one["document_id"], one["relations"]) for one in mine if one["relations"]]


def groups(said: list[list[tuple[str, str, str | None, str]]], texts: list[str]) -> list[str]:
    """The group of each document: the least name among those that relations lead to."""
    names = ["g" + sha256(text)[:24] for text in texts]
    for _ in texts:
        for one, relations in enumerate(said):
            names[one] = min([names[one], *(names[int(target.split(".")[0])] for _, target, *_ in relations)])
    return names


def test_the_nearest_of_those_before_is_told():
    texts = [text_with("a", [(3, "other"), (20, "third")]), text_with("a", [(3, "other")]), text_with("a", [])]
    told = [[(one.code, one.found) for one in some.findings] for some in related(texts, 1000, together=1)]
    assert told == [
        [],
        [("document.near-duplicate", "near to 0.txt, 0.9016 alike")],
        [("document.near-duplicate", "near to 1.txt, 0.9016 alike")],
    ]


def test_who_is_first_of_many_copies_names_some_of_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(relating, "MOST_NAMED", 2)
    completed = related(["The same."] * 4, 1000)
    found = [[one["target"] for one in relations] for some in completed for _, relations in some.related]
    assert found == [["1.txt", "2.txt"], ["0.txt"], ["0.txt"], ["0.txt"]]
    assert [one.found for some in completed for one in some.findings] == ["same text as 0.txt"] * 3
