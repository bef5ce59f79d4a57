"""A check finds what packing would find, and writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archive
from archive.errors import UsageError
from archive.model.findings import Finding, Severity
from archive.model.reports import Report, Verdict
from archive.operations.check import check
from archive.operations.pack import pack
from tests.packing.making import TOML, Corpus, digest_of_folder, errors, leftovers, text

LINE = {"id": "one", "text": "There is enough text in this line that it counts as a paragraph of its own."}
OF_PACKING_ALONE = {"bag.identical", "bag.not-judged"}


def good(corpus: Corpus) -> Corpus:
    return corpus.texts("a.txt", "b/c.txt").sheet("filename,title", "a.txt,A title", "b/c.txt,Another")


def wrong_values(corpus: Corpus) -> Corpus:
    corpus.texts("a.txt", "b.txt", "c.txt").json("c.txt.json", {"date_issued": "never", "language": "xx!"})
    return corpus.sheet("filename,dc.date,source_url", "a.txt,yesterday,", "b.txt,2017,not an address", "c.txt,,")


def names(corpus: Corpus) -> Corpus:
    return corpus.texts("100%.txt", "a.txt", "A.txt", b"caf\xe9.txt").write(".hidden", "")


def containers(corpus: Corpus) -> Corpus:
    corpus.write("c.jsonl", '{"id": "x", "text": "Some text that is long enough to be one."}\nnot json\n{"id": "y"}\n')
    return corpus.lines("d.jsonl", LINE, LINE).sheet("filename,title", "c.jsonl#x,X", "c.jsonl#z,Z")


def levels(corpus: Corpus) -> Corpus:
    corpus.texts("a.txt", "b.txt", "c.txt").lines("d.jsonl", LINE)
    return corpus.sheet("filename,access_level", "a.txt,open", "b.txt,embargoed", "d.jsonl#one,restricted")


def unstated(corpus: Corpus) -> Corpus:
    return corpus.write("corpus.toml", TOML).texts("a.txt", "b.txt")


def rows(corpus: Corpus) -> Corpus:
    corpus.texts("a.txt", "b.txt")
    return corpus.sheet("filename,title,odd", "a.txt,One,x", "a.txt,Two,", "gone.txt,,", "../b.txt,,")


def formats(corpus: Corpus) -> Corpus:
    corpus.write("a.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64).write("b.txt", "").write("c.bin", b"\0\1")
    return corpus.write("d.txt", "川は十二月に凍り、人々は歩いて渡る。".encode("iso2022_jp")).write("e.html", "<p>Text")


CORPORA: list[Any] = [good, wrong_values, names, containers, levels, unstated, rows, formats]


def told(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.code not in OF_PACKING_ALONE]


@pytest.mark.parametrize("fill", CORPORA, ids=lambda fill: fill.__name__)
def test_a_check_tells_what_packing_tells(tmp_path: Path, fill: Any) -> None:
    corpus = fill(Corpus(tmp_path / "corpus"))
    before = digest_of_folder(tmp_path)
    checked = check(corpus.path, jobs=1)
    assert digest_of_folder(tmp_path) == before, "a check writes nothing"
    done = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert told(checked) == told(done)
    assert checked.exit_code == done.exit_code
    for name in ("inputs", "rejected", "failed", "ignored", "passages"):
        assert checked.counts[name] == done.counts[name], name
    counts = checked.counts
    assert counts["inputs"] == counts["fit"] + counts["rejected"] + counts["failed"] + counts["ignored"]
    assert bool(done.counts["files"]) == bool(done.counts["bytes"]) == bool(done.bags), "of what was published"
    if checked.exit_code == 0:
        assert (checked.verdict, counts["fit"]) == (Verdict.VALID, done.counts["packed"])
    else:
        assert checked.verdict is Verdict.INVALID
        assert leftovers(tmp_path / "bags") == []
        rest = pack(corpus.path, tmp_path / "rest", rejected="allow", jobs=1)
        if rest.bags:
            assert rest.counts["packed"] == counts["fit"]


def test_errors_in_the_sheet_name_file_row_and_column(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.write(
        "metadata.csv",
        'filename,access_level,dc.date,dc.language\r\nb.txt,restricted,2017,en\r\n\r\n'
        'a.txt,open,"on a\nday",en\r\nc.txt,restricted,2017,english!\r\n',
    )  # fmt: skip
    report = check(corpus.path, jobs=1)
    places = [(one.code, one.where.file, one.where.row, one.where.column) for one in report.findings]
    assert ("date.not-edtf", "metadata.csv", 4, "dc.date") in places
    assert ("language.not-bcp47", "metadata.csv", 5, "dc.language") in places


def test_one_level_may_be_looked_at_alone(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    corpus.sheet("filename,access_level,dc.date", "a.txt,open,2017", "b.txt,restricted,nonsense")
    assert check(corpus.path, access="open", jobs=1).counts["fit"] == 1
    assert "date.not-edtf" in errors(check(corpus.path, access="restricted", jobs=1))
    assert errors(check(corpus.path, access="embargoed", jobs=1)) == ["corpus.nothing-to-pack"]


def test_workers_do_not_show(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    for number in range(70):
        corpus.write(f"{number}.txt", text(number, 1)).json(f"{number}.txt.json", {"date_issued": f"{number}"})
    assert check(corpus.path, jobs=1) == check(corpus.path, jobs=2)


def test_a_sheet_alone_is_checked_without_the_documents(tmp_path: Path) -> None:
    corpus = wrong_values(Corpus(tmp_path / "corpus"))
    whole = check(corpus.path, jobs=1)
    alone = check(corpus.path / "metadata.csv", jobs=1)
    assert errors(alone) == errors(whole)
    assert alone.counts["rejected"] == whole.counts["rejected"]
    heard: list[Any] = []
    many = Corpus(tmp_path / "many").texts(*(f"{number}.txt" for number in range(1001)))
    many.sheet("filename", *(f"{number}.txt" for number in range(1001)))
    assert check(many.path / "metadata.csv", listener=heard.append).counts["fit"] == 1001
    assert [one.done for one in heard] == [1000]


@pytest.mark.parametrize("options", [{"recipe": "nonsense"}, {"access": "nobody"}, {"jobs": 0}])
def test_a_wrong_call_is_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    corpus = good(Corpus(tmp_path / "corpus"))
    with pytest.raises(UsageError):
        check(corpus.path, **options)


def test_the_library_offers_the_verb(tmp_path: Path, project: Path) -> None:
    assert archive.check(project / "corpus")
    with pytest.raises(UsageError):
        archive.check(tmp_path)


def test_an_embargo_without_a_date_is_told_once_and_where_it_stands(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").sheet("filename,access_level", "a.txt,embargoed")
    for place in (corpus.path, corpus.path / "metadata.csv"):
        report = check(place, jobs=1)
        assert [(one.code, one.where.row) for one in report.findings if one.severity is Severity.ERROR] == [
            ("access.embargo-without-date", 2)
        ]
        assert report.counts["rejected"] == 1


def test_what_is_held_back_for_another_level_is_counted(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt").write(".hidden", "x")
    corpus.sheet("filename,access_level", "a.txt,restricted", "b.txt,restricted", "c.txt,open")
    counts = check(corpus.path, access="open", jobs=1).counts
    assert (counts["inputs"], counts["fit"], counts["ignored"], counts["held_back"]) == (4, 1, 1, 2)
    assert counts["bytes"] == (corpus.path / "c.txt").stat().st_size
    assert "bytes" not in check(corpus.path / "metadata.csv", jobs=1).counts
    packed = pack(corpus.path, tmp_path / "bags", access="open", jobs=1)
    assert (packed.counts["inputs"], packed.counts["packed"], packed.counts["held_back"]) == (4, 1, 2)
