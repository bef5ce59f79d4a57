from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparing import merging
from archive.comparing.merging import Added, Removed, Same, compared
from archive.comparing.records import (
    FIRST_PASSAGES,
    change_of,
    changes_between,
    evidence_of,
    grave_of,
    member_of,
    metadata_of,
)
from archive.errors import BagUnreadableError
from archive.model.differences import Change, DocumentChange
from archive.model.paths import portable_paths
from archive.model.versions import tombstone_id


def passage(text: str, ordinal: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "passage_id": f"p{ordinal}", "ordinal": ordinal, "kind": "body", "kept": True, "language": "en", "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(), **more,
    }  # fmt: skip


def record(name: str, content: str = "", texts: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    path = f"data/originals/{name}"
    return {
        "record_version": "1.0", "document_id": name, "source_path": name, "original": path,
        "metadata": {"title": name},
        "files": [{"path": path, "sha256": content or name, "bytes": len(content)}],
        "text": {"characters": sum(map(len, texts)), "words": 0, "sha256": None},
        "passages": [passage(text, at) for at, text in enumerate(texts)],
        "statements": [], "events": [], "relations": [], "annotations": [], "duplicate_group": "g",
        "recipe": "r", "additional": {}, **more,
    }  # fmt: skip


def outcome(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Any:
    (found,) = compared(before, after)
    return found


def test_what_is_the_same_is_the_same_whatever_recipe_and_packing() -> None:
    own = {"agent": "corpus-archive/9", "type": "validation"}
    assert outcome([record("a")], [record("a")]) == Same("a")
    assert outcome([record("a")], [record("a", recipe="s", events=[own])]) == Same("a")


def test_a_document_of_one_side_is_added_or_removed() -> None:
    found = outcome([], [record("a")])
    assert isinstance(found, Added)
    assert (found.document.document_id, found.document.title) == ("a", "a")
    assert isinstance(outcome([record("a")], []), Removed)


def test_the_same_original_under_another_name_is_renamed() -> None:
    found = outcome([record("a", "x")], [record("b", "x")])
    assert isinstance(found, DocumentChange)
    assert (found.was, found.document_id) == ("a", "b")
    assert found.metadata == (Change("title", "a", "b"),)
    assert [change.field for change in found.original] == ["original", "source_path"]


def test_members_of_a_container_are_told_apart() -> None:
    def member(name: str, source: str) -> dict[str, Any]:
        return record(
            name, source_path=source, original="data/originals/in=23/many.jsonl",
            files=[{"path": "data/originals/in=23/many.jsonl", "sha256": "c", "bytes": 1}],
        )  # fmt: skip

    before = [member("old-1", "in#/many.jsonl#1"), member("old-2", "in#/many.jsonl#2#x")]
    after = [member("new-1", "in#/many.jsonl#2#x"), member("new-2", "in#/many.jsonl#3")]
    found = list(compared(before, after))
    assert {type(one) for one in found} == {DocumentChange, Added, Removed}
    renamed = next(one for one in found if isinstance(one, DocumentChange))
    assert (renamed.was, renamed.document_id) == ("old-2", "new-1")
    plain = record("a#b.txt", original="data/originals/a#b.txt")
    plain["files"][0]["path"] = "data/originals/a#b.txt"
    assert evidence_of(plain).endswith(" ")
    assert evidence_of({**plain, "source_path": "z#1"}).endswith(" ")


@pytest.mark.parametrize("name", ["A#b.jsonl", "a#B.jsonl"])
def test_the_stored_name_of_a_twin_tells_its_members(name: str) -> None:
    stored = portable_paths(["A#b.jsonl", "a#B.jsonl"])[name]
    assert member_of(name, f"data/originals/{stored}") == ""
    assert member_of(f"{name}#7#x", f"data/originals/{stored}") == "7#x"


def test_metadata_is_compared_field_by_field() -> None:
    found = outcome(
        [record("a", metadata={"title": "A", "genre": "g"})], [record("a", metadata={"title": "B", "creators": ["C"]})]
    )
    assert found.metadata == (
        Change("creators", None, ["C"]),
        Change("genre", "g", None),
        Change("title", "A", "B"),
    )
    assert found.parts == ("metadata",)


def test_other_members_are_named() -> None:
    event = {"agent": "archivist", "type": "capture"}
    found = outcome([record("a")], [record("a", statements=[1], events=[event], tomorrow=2, additional={"x": 1})])
    assert found.others == ("additional", "statements", "tomorrow", "events")


def test_passages_are_compared_by_their_text() -> None:
    before = record("a", texts=("one", "two", "two", "three"))
    after = record("a", texts=("zero", "two", "one"), files=[{"path": "data/originals/a", "sha256": "n", "bytes": 2}])
    after["passages"][2]["kind"] = "title"
    found = outcome([before], [after]).passages
    assert (found.same, found.added, found.removed, found.relabelled) == (1, 1, 2, 1)
    assert found.first_added[0].beginning == "zero"
    assert [line.ordinal for line in found.first_removed] == [2, 3]
    assert (found.first_relabelled[0].was, found.first_relabelled[0].label) == ("body, kept, en", "title, kept, en")


def test_long_lists_and_texts_are_cut() -> None:
    texts = tuple(f"{number} {'x' * 100}" for number in range(FIRST_PASSAGES + 5))
    found = outcome([record("a")], [record("a", texts=texts)]).passages
    assert (found.added, len(found.first_added)) == (FIRST_PASSAGES + 5, FIRST_PASSAGES)
    assert found.first_added[0].beginning.endswith("…")


def test_further_files_are_compared_by_digest() -> None:
    first = record("a")
    second = record("a")
    second["files"] = [*first["files"], {"path": "data/originals/scan.png", "sha256": "s", "bytes": 1}]
    assert outcome([first], [second]).files == (Change("data/originals/scan.png", None, "s"),)


@pytest.mark.parametrize("names", [["b", "a"], ["a", "a"]])
def test_records_out_of_order_are_refused(names: list[str]) -> None:
    with pytest.raises(BagUnreadableError, match="not sorted"):
        list(compared([record(name) for name in names], []))


def test_an_original_that_is_no_file_is_a_fault_of_the_record() -> None:
    with pytest.raises(KeyError, match="original"):
        change_of(record("a"), record("a", files=[]))


SIDES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("uvwxyz"))


@pytest.mark.parametrize("held", [1, 2, 2000])
@given(before=SIDES, after=SIDES)
def test_every_document_is_accounted_for_once(held: int, before: dict[str, str], after: dict[str, str]) -> None:
    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(merging, "HELD", held)
        found = list(compared(*([record(name, one[name]) for name in sorted(one)] for one in (before, after))))
    renamed = [one for one in found if isinstance(one, DocumentChange) and one.was]
    both = [one for one in found if isinstance(one, Same) or (isinstance(one, DocumentChange) and not one.was)]
    added = [one.document for one in found if isinstance(one, Added)]
    removed = [one.document for one in found if isinstance(one, Removed)]
    assert len(both) == len({*before} & {*after})
    assert len(both) + len(renamed) + len(removed) == len(before)
    assert len(both) + len(renamed) + len(added) == len(after)
    assert not {one.original_sha256 for one in added} & {one.original_sha256 for one in removed}
    assert all(before[str(one.was)] == after[one.document_id] for one in renamed)


def test_two_mappings_are_compared() -> None:
    empty: Mapping[str, Any] = {}
    assert changes_between(empty, empty) == []


def test_documents_whose_digest_is_not_told_are_never_taken_for_one_another() -> None:
    untold = [{"role": "page", "path": "data/originals/x", "sha256": "", "bytes": 0}]
    older, newer = (record(name, original="data/originals/x", files=untold) for name in "ab")
    assert [type(one) for one in compared([older], [newer])] == [Removed, Added]


def test_a_row_that_moved_and_an_event_s_new_identifier_are_no_change() -> None:
    said = {"field": "title", "value": "a", "source": "sheet", "agent": "archivist", "file": "f", "used": True}
    event = {"agent": "a camera", "type": "capture", "event_id": "1"}
    one = record("a", statements=[{**said, "locator": "cell=2,1"}], events=[event])
    other = record("a", statements=[{**said, "locator": "cell=3,1"}], events=[{**event, "event_id": "2"}])
    assert outcome([one], [other]) == Same("a")
    assert outcome([one], [record("a", statements=[{**said, "value": "b"}], events=[event])]).others == ("statements",)


def test_a_tombstone_is_known_by_the_document_alone() -> None:
    removed = outcome([record("a", "0" * 64)], [])
    assert removed.document.grave == tombstone_id("a", "0" * 64)
    untold = record("a", files=[{"path": "data/originals/a", "sha256": "", "bytes": 0}])
    assert grave_of(untold) not in {tombstone_id("a", ""), grave_of({**untold, "metadata": {"title": "another"}})}


def test_what_both_kinds_of_bags_can_say() -> None:
    files = [{"role": "page", "path": "p", "sha256": "x", "bytes": 3}, {"role": "layer", "path": "l"}]
    said = [{"source": "sheet"}, {"source": "extracted"}, {"source": "embedded"}]
    found = metadata_of(record("a", texts=("one",), files=files, statements=said, annotations=[1]))
    assert found["files"] == [{"role": "page", "path": "p", "sha256": "", "bytes": 0}]
    assert found["statements"] == [{"source": "sheet"}]
    assert (found["passages"], found["annotations"], found["metadata"]) == ([], [], {"title": "a"})
