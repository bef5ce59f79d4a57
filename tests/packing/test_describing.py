"""What descriptions are made from stays bounded, and is about this bag alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.describe import rocrate
from archive.packing import describing
from archive.packing.describing import Gathered
from tests.packing.making import OPEN_TOML, Corpus, packed


def record(name: str, **metadata: Any) -> dict[str, Any]:
    path = f"data/originals/{name}"
    files = [
        {"role": "scan", "path": f"{path}.png", "media_type": "image/png"},
        {"role": "page", "path": path, "media_type": "text/html"},
        {"role": "layer", "path": f"data/derived/{name}/0.txt", "media_type": "text/plain"},
    ]
    passages = [{"kept": True, "language": "ko"}, {"kept": True, "language": "und"}, {"kept": False, "language": "de"}]
    return {"document_id": name, "source_path": name, "original": path, "metadata": metadata, "files": files,
            "passages": passages}  # fmt: skip


def test_a_document_is_told_with_its_files_the_original_first() -> None:
    gathered = Gathered()
    gathered.add(record("a", title="A"))
    assert gathered.documents is not None
    assert gathered.documents[0].files == ("originals/a", "originals/a.png")
    assert gathered.languages == ("ko",)
    assert gathered.media_type("originals/a") == "text/html"
    assert gathered.media_type("schemas/bag.schema.json") == "application/schema+json"
    assert gathered.media_type("submission/a.html.json") == "application/json"
    assert gathered.media_type("submission/odd") == "application/octet-stream"
    assert gathered.lists("originals/")


@pytest.mark.parametrize("most", [0, 2])
def test_too_many_documents_are_told_by_folders_alone(most: int) -> None:
    gathered = Gathered(most)
    for at in range(most):
        gathered.add(record(f"{at}"))
    assert gathered.documents is not None
    gathered.add(record("last"))
    gathered.add(record("another"))
    assert gathered.documents is None
    assert gathered.languages == ("ko",)
    assert not gathered.lists("originals/")
    assert gathered.lists("records/")


def test_very_long_metadata_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describing, "MOST_CHARACTERS", 10)
    gathered = Gathered()
    gathered.add(record("a", title="0123456789"))
    assert gathered.documents is not None
    gathered.add(record("b", title="0"))
    assert gathered.documents is None


def test_the_crate_of_a_large_bag_names_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rocrate, "MOST_FILES", 3)
    bag = packed(Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt", "d.txt"), tmp_path / "bags")
    crate = json.loads((bag / "data" / rocrate.NAME).read_bytes())
    found = {one["@id"]: one for one in crate["@graph"]}
    assert found["originals/"]["size"] == "4 files"
    assert "hasPart" not in found["originals/"]
    assert "originals/a.txt" not in found
    assert "records/00000.jsonl" in found
    assert "encoding" not in found["#document/a.txt"]


def test_a_restricted_bag_has_no_front_matter_and_the_viewer_is_asked_for(tmp_path: Path) -> None:
    shown = packed(Corpus(tmp_path / "one", OPEN_TOML + "viewer = true\n").texts("a.txt"), tmp_path / "bags")
    assert (shown / "README.md").read_text("utf-8").startswith("---\npretty_name: ")
    assert "viewer:" not in (shown / "README.md").read_text("utf-8")
    closed = OPEN_TOML.replace('"open"', '"restricted"')
    hidden = packed(Corpus(tmp_path / "two", closed).texts("a.txt"), tmp_path / "bags")
    assert (hidden / "README.md").read_text("utf-8").startswith("# Example")
    assert (hidden / "data/croissant.json").is_file()
