"""Sources are taken in as they are or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.packing import taking
from archive.packing.taking import Counted, Take, Wanted
from archive.sources.limits import Limits

sizes = st.lists(st.integers(0, 9 * 1024 * 1024), max_size=200)


def wanted(path: str, size: int = 0, *, is_counted: bool = True) -> Wanted:
    return Wanted(path, f"data/originals/{path}", size, is_counted)


@given(found=sizes)
def test_batches_of_sources_are_bounded_and_lose_nothing(found: list[int]) -> None:
    some = [wanted(str(number), size) for number, size in enumerate(found)]
    batches = list(taking.batches(some))
    assert [one for batch in batches for one in batch] == some
    for batch in batches:
        assert 1 <= len(batch) <= taking.MOST_IN_BATCH
        assert len(batch) == 1 or sum(one.size for one in batch) <= taking.LARGEST_BATCH


def shared(corpus: Path, staging: Path | None, largest: int = 1000) -> Take:
    return Take(corpus, staging, ("sha256", "md5"), Limits(largest_text=largest))


def test_a_source_is_copied_under_digests_and_its_lines_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A line of it\n\nAnother line\n")
    data = (tmp_path / "a.txt").read_bytes()
    for staging in (tmp_path / "staging", None):
        batch = taking.take(shared(tmp_path, staging), (wanted("a.txt"),))
        (took,) = batch.sources
        assert took.failure is None
        assert (took.size, took.digest("sha256")) == (len(data), hashlib.sha256(data).hexdigest())
        assert took.digest("md5") == hashlib.md5(data).hexdigest()
        assert took.laid_by == ""
        assert (batch.counted.documents, set(batch.counted.lines)) == (1, {"a line of it", "another line"})
    assert (tmp_path / "staging/data/originals/a.txt").read_bytes() == data


def test_lines_are_counted_only_where_they_are_evidence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A line of it\n")
    nothing = Counted(0, ())
    assert taking.take(shared(tmp_path, None), (wanted("a.txt", is_counted=False),)).counted == nothing
    assert taking.take(shared(tmp_path, None, largest=5), (wanted("a.txt"),)).counted == nothing


@pytest.mark.parametrize("kind", ["missing", "link", "folder"])
def test_what_cannot_be_taken_is_a_finding(tmp_path: Path, kind: str) -> None:
    if kind == "link":
        (tmp_path / "a").symlink_to("/etc/passwd")
    elif kind == "folder":
        (tmp_path / "a").mkdir()
    (took,) = taking.take(shared(tmp_path, tmp_path / "staging"), (wanted("a"),)).sources
    assert took.failure is not None
    assert took.failure.code == "source.unreadable"
    assert took.failure.where.file == "a"
    assert not (tmp_path / "staging/data/originals/a").exists()


def test_a_disk_that_refuses_is_no_finding_about_a_source(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "staging").write_text("a file")
    with pytest.raises(StorageError):
        taking.take(shared(tmp_path, tmp_path / "staging"), (wanted("a"),))
