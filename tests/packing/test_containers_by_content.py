"""Containers under names that do not say so, in `init`, `check`, `pack` and `validate` alike."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from archive.model.depths import Depth
from archive.model.reports import Verdict
from archive.operations.check import check
from archive.operations.init import init
from archive.operations.validate import validate
from tests.packing.making import EPOCH, OPEN_TOML, Corpus, codes, expect_sound, packed, records_of, text
from tests.sources.webarchives.making import record

DATE = b"Date: Tue, 5 Apr 2011 10:00:00 +0900\n"
LETTER = b"From: Kim <kim@example.org>\nSubject: The river\n" + DATE
ATTACHED = (
    LETTER + b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n%b\n--b\n"
    b"Content-Disposition: attachment; filename=note.txt\n\n%b\n--b--\n"
)


def said(number: int) -> bytes:
    return text(number).encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


FILES = {
    "Inbox": b"From kim@example.org Tue Apr  5 10:00:00 2011\n" + LETTER + b"\n" + said(1) + b"\n>From " + said(2),
    "cur/1301965200.M1P1.host:2,S": LETTER + b"\n" + said(3),
    "letter.txt": ATTACHED % (said(4), said(5)),
    "lines.txt": b"".join(json.dumps({"text": text(number)}).encode() + b"\n" for number in (6, 7)),
    "prose.mbox": said(8) + b"\nFrom here on nobody knew.\n",
    "web": gzip.compress(record("resource", said(9), ("Content-Type", "text/plain"), name="urn:x")),
    "zip.dat": zipped(inbox=LETTER + b"\n" + said(10)),
    "plain.txt": b"Subject: the river\n\n" + said(11),
}
DOCUMENTS = [
    "Inbox#1",
    "cur/1301965200.M1P1.host:2,S",
    "letter.txt",
    "letter.txt#2/note.txt",
    "lines.txt#1",
    "lines.txt#2",
    "plain.txt",
    "prose.mbox",
    "web#urn:x",
    "zip.dat#inbox",
]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    made = Corpus(tmp_path / "corpus", OPEN_TOML)
    for name, data in FILES.items():
        made.write(name, data)
    return made


def test_the_same_documents_everywhere(corpus: Corpus, tmp_path: Path) -> None:
    (corpus.path / "corpus.toml").unlink()
    init(corpus.path, out=tmp_path / "starter", jobs=1)
    with (tmp_path / "starter" / "metadata.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["filename"]: row for row in csv.DictReader(stream)}
    assert sorted(rows) == sorted({*FILES, *DOCUMENTS})
    assert [name for name, row in rows.items() if row["suggested.title"] == "The river"] == [
        "Inbox#1",
        "cur/1301965200.M1P1.host:2,S",
        "letter.txt",
        "zip.dat#inbox",
    ]
    corpus.write("corpus.toml", OPEN_TOML)
    corpus.write("metadata.csv", "filename,title\nInbox#1,Of the river\nletter.txt#2/note.txt,A note\n")
    looked_at = check(corpus.path, jobs=1)
    assert (looked_at.verdict, looked_at.counts["fit"]) == (Verdict.VALID, len(DOCUMENTS))
    told = {(one.document, one.found) for one in looked_at.findings if one.code == "format.name-disagrees"}
    assert told == {
        ("letter.txt", "message/rfc822"),
        ("lines.txt", "application/x-ndjson"),
        ("prose.mbox", "text/plain"),
    }
    bag = packed(corpus, tmp_path / "out")
    expect_sound(bag)
    records = records_of(bag)
    assert sorted(records) == sorted(DOCUMENTS)
    assert records["Inbox#1"]["metadata"]["title"] == "Of the river"
    assert records["letter.txt#2/note.txt"]["metadata"]["title"] == "A note"
    assert "From What report 2" in " ".join(one["text"] for one in records["Inbox#1"]["passages"])
    again = validate(bag, depth=Depth.REPRODUCTION, jobs=1)
    assert (again.verdict, codes(again)) == (Verdict.VALID, set())
