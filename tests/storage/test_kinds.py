from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from archive.model import containers
from archive.model.beginnings import HEAD
from archive.model.containers import NO_RENAMES, Renames
from archive.storage.kinds import kind_begun, kind_in, kinds_of

LETTER = b"From: a@b.org\nSubject: x\nDate: Tue, 5 Apr 2011 10:00:00 +0900\n\nText"
MAILBOX = b"From a@b.org Tue Apr  5 10:00:00 2011\n" + LETTER
PAGE = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
LINES = b'{"text": "one"}\n{"text": "two"}\n'
PDF = b"junk\n%PDF-1.4\n"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, PDF)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.pdf")
        info.size = len(PDF)
        archive.addfile(info, io.BytesIO(PDF))
    return out.getvalue()


TAR = tarred()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (LETTER, containers.MAIL),
        (MAILBOX, containers.MBOX),
        (PAGE, None),
        (PDF, containers.PDF),
        (WARC, containers.WARC),
        (gzip.compress(WARC), containers.WARC),
        (gzip.compress(b"a text"), None),
        (gzip.compress(WARC)[:30], None),
        (TAR, containers.TAR),
        (gzip.compress(TAR), containers.TAR),
        (bz2.compress(TAR), containers.TAR),
        (lzma.compress(TAR), containers.TAR),
        (pa.compress(TAR, codec="zstd", asbytes=True), containers.TAR),
        (pa.compress(WARC, codec="zstd", asbytes=True), None),
        (b"BZh and so on", None),
        (b"WARC/1.0 is a format.\n", None),
        (zipped("a.txt", "b/c.html"), containers.ZIP),
        (zipped("datapackage.json", "archive/data.warc.gz"), containers.WACZ),
        (zipped("archive/data.warc.gz", "pages/pages.jsonl"), containers.ZIP),
        (zipped("word/document.xml", "[Content_Types].xml"), None),
        (zipped("a.xml", "[Content_Types].xml"), None),
        (zipped("mimetype", "content.xml"), None),
        (zipped("a.class", "META-INF/MANIFEST.MF"), None),
        (zipped(), None),
        (zipped("a.txt")[:-9], None),
        (LINES, containers.JSON_LINES),
        (LINES[:20], None),
        (b'{"text": "' + b"x" * HEAD + b'"}\n' + LINES, containers.JSON_LINES),
        (b"", None),
        (b"A text, and nothing else.", None),
        (b"<html><body>From: a</body></html>", None),
    ],
)
@pytest.mark.parametrize("name", ["plain", "a.txt", "a.dat"])
def test_what_content_shows_counts_whatever_the_name_says(data: bytes, kind: str | None, name: str) -> None:
    assert kind_in(name, io.BytesIO(data), NO_RENAMES) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.mbox", b"Just text.", containers.MBOX),
        ("a.eml", b"Just text.", containers.MAIL),
        ("a.zip", b"Just text.", containers.ZIP),
        ("a.zip", zipped(), containers.ZIP),
        ("a.zip", zipped("word/document.xml"), None),
        ("a.zip", PDF, containers.PDF),
        ("a.warc.gz", gzip.compress(WARC)[:5], containers.WARC),
        ("a.jsonl", b'{"title": "x"}', containers.JSON_LINES),
        ("a.jsonl", b"no object", containers.JSON_LINES),
        ("a.jsonl", TAR, containers.TAR),
        ("a.csv", b"a,b", None),
        ("a.html", PAGE, None),
        ("a.eml", PAGE, None),
    ],
)
def test_a_name_is_a_hint_where_content_shows_nothing(name: str, data: bytes, kind: str | None) -> None:
    assert kind_in(name, io.BytesIO(data), NO_RENAMES) == kind


def test_what_a_person_calls_things_counts() -> None:
    renames = Renames({"body": "text"}, {"Body": "text"})
    assert kind_in("a", io.BytesIO(b'{"body": "x"}\n{"body": "y"}'), renames) == containers.JSON_LINES
    assert kind_in("a.csv", io.BytesIO(b"Body\nx"), renames) == containers.CSV
    assert kind_in("a.csv", io.BytesIO(LETTER), renames) == containers.MAIL


def test_the_beginning_alone_tells_all_but_what_is_wrapped() -> None:
    for data in (LETTER, MAILBOX, PAGE, PDF, WARC, TAR, LINES, b"", b"A text."):
        assert kind_begun("a", data[:HEAD], NO_RENAMES) == kind_in("a", io.BytesIO(data), NO_RENAMES)
    assert kind_begun("a", gzip.compress(TAR), NO_RENAMES) is None
    for line in (b"x" * HEAD, b'a"}\n{"text": "' + b"x" * HEAD):
        long = b'{"text": "' + line + b'"}\n' + LINES
        assert kind_begun("a.txt", long[:HEAD], NO_RENAMES) == containers.JSON_LINES
    assert kind_begun("a.json", b'{\n"text": "' + b"x" * HEAD, NO_RENAMES) is None
    assert kind_begun("a.tgz", gzip.compress(TAR), NO_RENAMES) == containers.TAR
    assert kind_begun("a", zipped("datapackage.json", "archive/a.warc"), NO_RENAMES) == containers.ZIP


def test_the_kinds_of_a_folder(tmp_path: Path) -> None:
    files = {"Inbox": MAILBOX, "cur/1301965200.M1P1.host:2,S": LETTER, "a.txt": b"A text.", "b.mbox": b"A text."}
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    found = kinds_of(os.fsencode(tmp_path), [*files, "gone.zip", "gone.txt"], NO_RENAMES)
    assert found == {
        "Inbox": containers.MBOX,
        "cur/1301965200.M1P1.host:2,S": containers.MAIL,
        "b.mbox": containers.MBOX,
        "gone.zip": containers.ZIP,
    }
