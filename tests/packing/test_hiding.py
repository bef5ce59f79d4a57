"""What a file hides of persons stops an open bag until the archivist has decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.findings import Finding, Severity
from archive.model.reports import Verdict
from archive.operations.check import check
from tests.packing.making import OPEN_TOML, TOML, Corpus

PAGE = "<html><body><img src='file:///home/ada/a.png'><h1>A page of ours</h1><p>Here is a text.</p></body></html>"


def hidden(corpus: Corpus) -> tuple[Verdict, list[Finding]]:
    report = check(corpus.path)
    return report.verdict, [one for one in report.findings if one.code == "original.hidden-personal-data"]


def test_it_stops_an_open_bag(tmp_path: Path) -> None:
    verdict, (one,) = hidden(Corpus(tmp_path / "corpus", OPEN_TOML).write("a.html", PAGE))
    assert (verdict, one.severity, one.document, one.where.file) == (
        Verdict.INVALID,
        Severity.ERROR,
        "a.html",
        "a.html",
    )


def test_it_warns_where_not_everybody_may_read(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML + 'access_level = "restricted"\n').write("a.html", PAGE)
    verdict, (one,) = hidden(corpus)
    assert (verdict, one.severity) == (Verdict.VALID, Severity.WARNING)


@pytest.mark.parametrize("place", ["defaults", "sheet", "sidecar"])
def test_the_archivist_decides(tmp_path: Path, place: str) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML).write("a.html", PAGE)
    if place == "defaults":
        corpus.write("corpus.toml", OPEN_TOML + '[defaults]\nhidden_personal_data = "accepted"\n')
    elif place == "sheet":
        corpus.sheet("filename,hidden_personal_data", "a.html,accepted")
    else:
        corpus.json("a.html.json", {"hidden_personal_data": "accepted"})
    verdict, (one,) = hidden(corpus)
    assert (verdict, one.severity) == (Verdict.VALID, Severity.NOTICE)


def test_another_word_than_accepted_is_no_decision(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML).write("a.html", PAGE)
    corpus.sheet("filename,hidden_personal_data", "a.html,perhaps")
    report = check(corpus.path)
    assert {"original.hidden-personal-data", "value.not-in-list"} <= {
        one.code for one in report.findings if one.severity is Severity.ERROR
    }


def test_what_nobody_has_looked_through_is_a_warning_in_an_open_bag(tmp_path: Path) -> None:
    for level, decided, weight in (
        ("open", "", Severity.WARNING),
        ("open", "accepted", Severity.NOTICE),
        ("restricted", "", Severity.NOTICE),
    ):
        corpus = Corpus(tmp_path / f"{level}{decided}", TOML + f'access_level = "{level}"\n')
        corpus.write("a.txt", "Words.").write("a.bin", b"\0\1\2\3" * 9)
        corpus.sheet("filename,hidden_personal_data", f"a.bin,{decided}", "a.txt,")
        report = check(corpus.path)
        (one,) = [one for one in report.findings if one.code == "original.not-searched"]
        assert (one.severity, one.document) == (weight, "a.bin")
        assert report.verdict is Verdict.VALID
