"""A record of the version before is used only where the rule of derivation gives its text again."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.model.fields import AccessLevel
from archive.packing import rederiving
from archive.packing.rederiving import NotDerivedError, expect_derived
from archive.packing.tasks import DocumentTask, KnownRecord, TaskFile
from tests.packing.making import EPOCH, Corpus, packed, records_of, text

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], DocumentTask]:
    """A bag, the record of a document with a stored layer, and its task."""
    place = tmp_path_factory.mktemp("sound")
    page = f"<html><body><h1>A page</h1><p>{text(1)}</p><p>{text(2)}</p></body></html>"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        bag = packed(Corpus(place / "corpus").write("a.html", page.encode("utf-16")), place / "bags")
    record = records_of(bag)["a.html"]
    files = tuple(
        TaskFile(one["role"], "a.html", one["path"], one["path"], one["bytes"], one["sha256"])
        for one in record["files"]
        if one["role"] != "layer"
    )
    known = KnownRecord(bag, "", "", "", 0, 0, "")
    return bag, record, DocumentTask("a.html", "a.html", files, AccessLevel.OPEN, known=known)


@pytest.mark.parametrize("held", [4 << 20, 0])
def test_a_record_of_a_sound_bag_follows(
    sound: tuple[Path, dict[str, Any], DocumentTask], held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rederiving, "_HELD", held)
    bag, record, task = sound
    assert any(one["role"] == "layer" for one in record["files"])
    expect_derived(record, task, bag)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda one: one["passages"][0].update(text="Another"), "passage 0: another text"),
        (lambda one: one["passages"][0].update(sha256="0"), "another sha256"),
        (lambda one: one["passages"][0].update(passage_id="p0"), "another passage_id"),
        (lambda one: one["passages"][0].update(char_start=3), "another char_start"),
        (lambda one: one["passages"][-1].update(ordinal=7), "another ordinal"),
        (lambda one: one["passages"][0]["spans"][0].update(byte_end=99_999), "has no bytes"),
        (lambda one: one["passages"][0]["spans"][0].update(byte_end=9 << 20), "twice over"),
        (lambda one: one["text"].update(characters=1), "text as a whole: another characters"),
        (lambda one: one["files"][1].update(sha256="0" * 64), "is not what the record says"),
        (lambda one: one["files"][1].update(path="data/derived/b.html/text.txt"), "no layer of this document"),
        (lambda one: one["files"][1].update(derived_from="data/originals/b.html"), "no layer of this document"),
    ],
)
def test_what_does_not_follow_is_refused(
    sound: tuple[Path, dict[str, Any], DocumentTask], change: Change, what: str
) -> None:
    bag, record, task = sound
    altered = copy.deepcopy(record)
    change(altered)
    with pytest.raises(NotDerivedError, match=what):
        expect_derived(altered, task, bag)
