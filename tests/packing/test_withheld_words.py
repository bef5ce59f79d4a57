"""What is withheld is looked for wherever its readers would find it, and no finding repeats it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Severity
from archive.operations.check import check
from archive.operations.redact import redact
from archive.packing.withheld_words import WithheldWords
from archive.submission import read_submission
from tests.packing.making import OPEN_TOML, Corpus, annotation

TOML = OPEN_TOML + 'redactions = "wh.jsonl"\n'
HEADER = "filename,identifier,access_level,title"
ROWS = ("closed/w.txt,w,restricted,Of Kim Mina", "open/t.txt,t,open,", "r.txt,r,open,", "e.txt,e,embargoed,")


def corpus_at(place: Path, **line: str) -> Corpus:
    corpus = Corpus(place, TOML).write("closed/w.txt", "My name is Kim Mina.\n").write("r.txt", "All is well here.\n")
    corpus.write("open/t.txt", "My name is [withheld: identity].\n").write("e.txt", "Nothing more is said of it.\n")
    entry = {"document": "w", "redacted": "open/t.txt", "exact": "Kim Mina", "reason": "identity"}
    return corpus.lines("wh.jsonl", entry | line).sheet(HEADER, *ROWS)


def found_in(corpus: Corpus) -> list[Finding]:
    submission = read_submission(corpus.path)
    return list(WithheldWords.of(submission).in_submission(submission, corpus.path))


def places_in(corpus: Corpus) -> list[tuple[str | None, int | None, str | None]]:
    found = found_in(corpus)
    assert all(one.code == "redactions.in-metadata" for one in found)
    assert not any("mina" in repr(one.found).casefold() for one in found)
    return [(one.where.file, one.where.row, one.document) for one in found]


def test_what_is_said_of_the_document_itself_is_nobody_elses(tmp_path: Path):
    corpus = corpus_at(tmp_path).json("closed/w.txt.json", {"creators": ["Kim Mina"]})
    corpus.lines("annotations.jsonl", annotation("w", "My name", "1", bodyValue="She is Kim Mina"))
    assert not places_in(corpus)


@pytest.mark.parametrize(
    "said",
    ['description = "Testimony of KIM\\u00a0MINA"', "# for Kim-Mina", '[datasheet]\nconsent = "Kim  Mina agreed."'],
)
def test_corpus_toml_goes_into_every_bag(tmp_path: Path, said: str):
    corpus = corpus_at(tmp_path).write("corpus.toml", f"{TOML}{said}\n")
    assert places_in(corpus) == [("corpus.toml", None, None)]
    assert found_in(corpus)[0].severity is Severity.ERROR


def test_annotations_rows_and_sidecars_of_documents_that_more_people_may_read(tmp_path: Path):
    corpus = corpus_at(tmp_path)
    body = {"type": "TextualBody", "value": "The witness is Kim\nMina."}
    figure = {"type": "TextualBody", "value": "kim mina"}
    corpus.lines("annotations.jsonl", annotation("t", "My", "1", body=body), annotation("r", "All", "2", body=figure))
    corpus.json("open/t.txt.json", {"capture_form": "redacted text", "title": "KimMinas words"})
    corpus.json("r.txt.json", {"title": "KimMinas words"})
    corpus.sheet(HEADER, *ROWS[:2], "r.txt,r,open,About Kim Mina", "e.txt,e,embargoed,by kim mina")
    assert sorted(places_in(corpus), key=str) == [
        ("annotations.jsonl", 1, "t"),
        ("annotations.jsonl", 2, "r"),
        ("metadata.csv", 4, "r"),
        ("metadata.csv", 5, "e"),
        ("open/t.txt.json", None, "t"),
    ]


def test_names_of_files_columns_and_what_corpus_toml_names(tmp_path: Path):
    toml = f'{TOML}schema = "s.json"\nadditional_columns = ["of Kim Mina"]\n[tag-files]\n"notes.txt" = "n.txt"\n'
    corpus = corpus_at(tmp_path).write("corpus.toml", toml).write("n.txt", "Thanks to Kim Mina").write("s.json", "{}")
    corpus.write("kim-mina.txt", "A letter").write("about Kim Mina.txt", "A letter")
    said = places_in(corpus)
    assert ("n.txt", None, None) in said
    names = ("kim-mina.txt", "about Kim Mina.txt")
    assert all((name, None, None) in said for name in names)  # of no document, so that no bag is made


def test_words_of_one_place_alone_may_stand_elsewhere(tmp_path: Path):
    corpus = corpus_at(tmp_path, prefix="name is").write("corpus.toml", f'{TOML}description = "Of Kim Mina"\n')
    assert [one.severity for one in found_in(corpus)] == [Severity.WARNING]


def test_words_of_one_place_alone_may_stand_in_the_redacted_text(tmp_path: Path):
    words = WithheldWords.of(read_submission(corpus_at(tmp_path, prefix="name is").path))
    own = {"document_id": "t", "source_path": "open/t.txt", "statements": [], "passages": [{"text": "Kim Mina"}]}
    assert not words.in_record(json.dumps(own).encode(), AccessLevel.OPEN, {})  # `redact` and `pack` warn already


@pytest.mark.parametrize(("level", "is_said"), [("open", True), ("embargoed", True), ("restricted", False)])
def test_other_texts(tmp_path: Path, level: str, is_said: bool):
    words = WithheldWords.of(read_submission(corpus_at(tmp_path).path))
    record = {
        "document_id": "r",
        "source_path": "r.txt",
        "statements": [],
        "passages": [{"text": "Then Kim\nMina left."}],
    }
    found = words.in_record(json.dumps(record).encode(), AccessLevel(level), {})
    assert [(one.code, one.document) for one in found] == ([("redactions.in-other-text", "r")] if is_said else [])
    assert "Mina" not in repr(found)
    title = {"source": "embedded", "value": "KIM MINA"}
    stated = record | {"passages": [], "statements": [title, {"source": "sheet", "value": "x"}]}
    assert bool(words.in_record(json.dumps(stated).encode(), AccessLevel(level), {})) is is_said
    own = record | {"source_path": "open/t.txt"}
    still = words.in_record(json.dumps(own).encode(), AccessLevel(level), {})
    assert [(one.code, one.severity) for one in still] == ([("redactions.remains", Severity.ERROR)] if is_said else [])
    own["passages"] = [{"text": "Then [withheld: identity] left."}, {"text": "Of Kim"}, {"text": "Mina's, and Minas"}]
    assert not words.in_record(json.dumps(own).encode(), AccessLevel(level), {})
    named = record | {"document_id": "Kim Mina"}
    assert all(one.document is None for one in words.in_record(json.dumps(named).encode(), AccessLevel(level), {}))


HIDDEN = (
    "<p>A page.</p><!-- from Kim Mina -->",
    "<p title='of KIM&nbsp;MINA'>A page.</p>",
    '<p>A page.</p><script>{"by": "Kim \\u004dina"}</script>',
    "<p>A page.</p><a href='/by/Kim%20Mina'></a>",
    "<p>A page.</p><template><b>Kim</b> Mina</template>",
    "<p>A page.</p><template><td>she</td><td>Ki<i>m Mi</i>na</td><td>he</td></template>",
)


@pytest.mark.parametrize("page", HIDDEN)
def test_what_is_beside_the_text_of_a_file(tmp_path: Path, page: str):
    corpus = corpus_at(tmp_path).write("r.html", page)
    words = WithheldWords.of(read_submission(corpus.path))
    record = {
        "document_id": "r",
        "source_path": "r.html",
        "statements": [],
        "passages": [{"text": "A page."}],
        "files": [{"path": "data/originals/r.html", "charset": "utf-8"}],
    }
    files = {"data/originals/r.html": corpus.path / "r.html"}
    ask = lambda record, level: words.in_record(json.dumps(record).encode(), level, files)  # noqa: E731
    assert [one.code for one in ask(record, AccessLevel.OPEN)] == ["redactions.in-other-bytes"]
    assert not ask(record, AccessLevel.RESTRICTED)
    in_text = record | {"passages": [{"text": "By Kim Mina"}]}
    assert [one.code for one in ask(in_text, AccessLevel.OPEN)] == ["redactions.in-other-text"]


def test_a_container_is_looked_at_as_a_whole(tmp_path: Path):
    corpus = corpus_at(tmp_path).lines("many.jsonl", {"text": "One."}, {"text": "Two.", "by": "Kim Mina"})
    redact(corpus.path)
    said = [(one.code, one.document) for one in check(corpus.path, jobs=1).findings if "other" in one.code]
    assert said == [("redactions.in-other-bytes", "many.jsonl")]


def test_a_check_says_both(tmp_path: Path):
    corpus = corpus_at(tmp_path).write("r.txt", "Then Kim Mina left the village for good.\n")
    redact(corpus.path)
    corpus.sheet(HEADER, *ROWS[:3], "e.txt,e,embargoed,For Kim Mina").write("corpus.toml", TOML)
    said = [
        (one.code, one.document) for one in check(corpus.path, jobs=1).findings if one.code.startswith("redactions")
    ]
    assert said == [("redactions.in-metadata", "e"), ("redactions.in-other-text", "r")]
