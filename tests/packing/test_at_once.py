from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.operations.check import check
from archive.operations.pack import pack
from archive.packing.first_way import FirstWay
from archive.storage import copying
from tests.packing.making import Corpus, errors


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path / "corpus").texts(*(f"{number:02d}.txt" for number in range(30)))
    corpus.write("100%.html", "<html><title>A page</title><p>One paragraph of it.</p></html>")
    return corpus


@pytest.mark.parametrize("recipe", ["none", "text"])
def test_a_bag_is_the_same_whether_sources_are_taken_before_or_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, recipe: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    timed = pack(corpus.path, tmp_path / "at-once", recipe=recipe, jobs=2, profile_steps=True)
    assert timed.result is not None
    assert {one["step"] for one in timed.result["steps"]["workers"]} >= {"take", "read", "validate", "rows"}
    assert {one["step"] for one in timed.result["steps"]["lead"]} >= {"plan", "build", "judge", "publish"}
    take = FirstWay.take
    monkeypatch.setattr(FirstWay, "take", lambda way, **_: take(way, ahead=True))
    before = pack(corpus.path, tmp_path / "before", recipe=recipe, jobs=1)
    assert before.result is None
    assert [bag.root_digest for bag in before.bags] == [bag.root_digest for bag in timed.bags]


def test_a_source_that_cannot_be_taken_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: Corpus
) -> None:
    corpus.sheet("filename,language", "07.txt,nonsense tag", "08.txt,en")
    for name in ("copy", "measure"):
        real = getattr(copying, name)

        def broken(source: str, *more: Any, real: Any = real, **options: Any) -> Any:
            if source.endswith("/07.txt"):
                raise copying.SourceChangedError("the file changed while it was read", where=source)
            return real(source, *more, **options)

        monkeypatch.setattr(copying, name, broken)
    for report in (
        pack(corpus.path, tmp_path / "bags", recipe="none", jobs=1),
        check(corpus.path, recipe="none", jobs=1),
    ):
        assert "source.changed" in errors(report)
        assert (report.counts["failed"], report.counts["rejected"]) == (1, 0)
    rest = pack(corpus.path, tmp_path / "bags", recipe="none", jobs=1, rejected="allow")
    assert (rest.counts["packed"], rest.counts["failed"]) == (30, 1)
