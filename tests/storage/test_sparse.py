"""A file of holes, which can say that it has exabytes, is not read."""

from __future__ import annotations

from pathlib import Path

from archive.model.limits import DEFAULT_LIMITS
from archive.operations.validate import validate
from tests.bags.making import bag, on_disk


def test_a_sparse_file(tmp_path: Path) -> None:
    place = on_disk(bag(), tmp_path / "bag")
    with (place / "data/a.txt").open("r+b") as file:
        file.truncate(1 << 42)
    report = validate(place)
    assert {(one.code, one.where.file) for one in report.findings} == {
        ("file.unreadable", "data/a.txt"),
        ("oxum.mismatch", "bag-info.txt"),
    }


def test_a_small_file_of_holes_is_read(tmp_path: Path) -> None:
    size = 3 << 20
    assert size < DEFAULT_LIMITS.unquestioned
    place = on_disk(bag({"data/holes": bytes(size)}), tmp_path / "bag")
    with (place / "data/holes").open("wb") as file:
        file.truncate(size)
    assert validate(place).findings == ()
