from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.errors import BagUnreadableError
from archive.model.progress import Progress
from archive.operations import diff as module
from archive.operations.bag_folder import read_bag_folder
from archive.operations.diff import diff
from tests.operations.packed_corpora import SHEET, WINTER, packed, write_corpus


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("diff")
    sheet = SHEET.replace("winter.txt,winter,A cold winter", "winter.txt,winter,The cold winter")
    sheet = sheet.replace("summer.html,summer", "summer.html,estate").replace("odd.bin,odd,Something odd,,,,\n", "")
    sheet += "new.txt,new,New,,,,\n"
    newer = write_corpus(
        place / "newer", version="1.1", sheet=sheet, winter=WINTER.replace("Old men", "Very old men of the village")
    )
    (newer / "new.txt").write_text("Something new was said by the river in the spring of that year.\n")
    return packed(write_corpus(place / "older"), place), packed(newer, place)


def test_every_kind_of_change_is_found(bags: tuple[Path, Path]) -> None:
    found = archive.diff(*bags)
    assert found.counts == {
        "before": 4, "after": 4, "same": 1, "changed": 1, "renamed": 1, "removed": 1, "added": 1,
    }  # fmt: skip
    assert [one.document_id for one in found.added] == ["new"]
    assert [one.document_id for one in found.removed] == ["odd"]
    (renamed,) = found.renamed
    assert (renamed.was, renamed.document_id) == ("summer", "estate")
    (changed,) = found.changed
    assert changed.document_id == "winter"
    assert [one.field for one in changed.metadata] == ["title"]
    assert {"original", "metadata", "text", "passages"} <= {*changed.parts}
    assert changed.passages is not None
    assert changed.passages.first_added[0].beginning.startswith("Very old men")
    assert ("corpus.version", "1.0", "1.1") in [(one.field, one.before, one.after) for one in found.corpus]
    assert not found.is_empty
    value = found.as_json()
    assert value["changed"][0]["parts"] == list(changed.parts)
    json.dumps(value)


def test_a_bag_is_the_same_as_itself(bags: tuple[Path, Path]) -> None:
    found = diff(bags[0], bags[0])
    assert found.is_empty
    assert found.counts["same"] == 4
    assert found.corpus == ()
    assert found.report.exit_code == 3  # nothing was verified; the command line exits with 0


def test_progress_is_heard(bags: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EVERY", 2)
    heard: list[Progress] = []
    diff(bags[0], bags[0], listener=heard.append)
    assert [(one.stage, one.done, one.total) for one in heard] == [("comparing", 2, 4), ("comparing", 4, 4)]


def test_lists_are_bounded_and_counts_are_not(bags: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LISTED", 0)
    found = diff(*bags)
    assert (found.added, found.changed, found.unlisted) == ((), (), 4)
    assert found.counts["added"] == 1


def test_lists_of_things_with_names_are_compared_by_name(tmp_path: Path, build_bag: Any, small_bag: Path) -> None:
    info = json.loads((small_bag / "data/bag.json").read_text("utf-8"))
    sides = []
    for version in ("1", "2"):
        info["software"] = [{"name": "pyarrow", "version": version}]
        info["corpus"]["subjects"] = ["a", version]
        (small_bag / "data/bag.json").write_text(json.dumps(info), "utf-8")
        sides.append(read_bag_folder(small_bag))
    found = list(module._of_corpus(*sides))
    assert [one.field for one in found] == ["corpus.subjects", "software.pyarrow.version"]


def test_a_bag_of_others_cannot_be_compared(tmp_path: Path, small_bag: Path) -> None:
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(BagUnreadableError, match="did not make this bag"):
        diff(small_bag, tmp_path)


def test_a_record_of_another_shape_is_no_traceback(small_bag: Path) -> None:
    file = small_bag / "data/records/00000.jsonl"
    file.write_text('{"record_version": "1.0"}\n')
    with pytest.raises(BagUnreadableError, match="shape of a record"):
        diff(small_bag, small_bag)
