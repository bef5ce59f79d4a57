"""Files that are attached to PDFs: listed, pinned to a page, containers and PDFs themselves, damaged, or too much."""

from __future__ import annotations

import zlib

import pytest

from archive.engine import LostError
from archive.sources import Limits
from archive.sources.pdf.attached import may_hold_files
from tests.contracts.containers import codes, read_all, texts
from tests.sources.opaque import lines, pdf, pdf_with_files, stream, zipped

pytestmark = pytest.mark.usefixtures("measured_readers")

NOTE = b"Nobody crossed the river by day."
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)


def test_each_file_with_a_text_is_a_document() -> None:
    note = ("a/kept.txt", NOTE)
    data = pdf_with_files(note, ("b.png", PICTURE), ("c", b"Without an ending."), pinned=[("d.txt", b"Pinned."), note])
    read, found = read_all(data, "report.pdf")
    assert [(member.name, member.parent) for member, _ in read] == [("1/kept.txt", ""), ("3/c", ""), ("4/d.txt", "")]
    assert texts(read) == [[NOTE.decode()], ["Without an ending."], ["Pinned."]]
    assert not found
    reading = read[0][1].reading
    assert (reading.media_type, reading.puid, reading.puid_basis) == ("application/pdf", "fmt/18", "signature")
    assert reading.own_format is not None
    assert reading.own_format.media_type == "text/plain"
    assert [layer.name for layer in reading.layers] == ["body"]
    assert [block.locator for block in reading.blocks] == ["attachment=1"]


def test_containers_and_pdfs_within() -> None:
    inner = pdf_with_files(("deep.txt", b"The innermost."), text="Another page.")
    read, found = read_all(pdf_with_files(("a.zip", zipped({"a.txt": NOTE})), ("in.pdf", inner)), "report.pdf")
    assert [(member.name, member.parent) for member, _ in read] == [
        ("1/a.zip#a.txt", ""),
        ("2/in.pdf", ""),
        ("2/in.pdf#1/deep.txt", "2/in.pdf"),
    ]
    assert texts(read) == [[NOTE.decode()], ["Another page."], ["The innermost."]]
    assert read[0][1].reading.blocks[0].locator == "attachment=1;entry=a.txt"
    assert read[2][1].reading.blocks[0].locator == "attachment=2;attachment=1"
    assert not found


def test_pdfs_in_pdfs_have_an_end() -> None:
    data = pdf_with_files(("kept.txt", NOTE))
    for number in range(Limits().nesting + 1):
        data = pdf_with_files((f"{number}.pdf", data))
    read, _ = read_all(data, "report.pdf")
    assert [member.name.count("#") for member, _ in read] == list(range(Limits().nesting + 1))
    assert codes(read[-1][1].reading.findings) == ["pdf.attachments"]


def test_what_is_damaged_or_without_a_name() -> None:
    data = pdf_with_files(
        ("gone.txt", b"<< /Length 1 >>"), (" ", NOTE), ("empty.txt", b""), ("after.txt", b"After it.")
    )
    read, found = read_all(data, "report.pdf")
    assert [member.name for member, _ in read] == ["2", "3/empty.txt", "4/after.txt"]
    assert texts(read) == [[NOTE.decode()], [], ["After it."]]
    assert [(one.code, one.found) for one in found] == [
        ("container.damaged", "gone.txt: nothing can be taken out of it"),
    ]


def test_no_more_comes_out_than_a_document_may_have() -> None:
    bomb = stream(zlib.compress(bytes(1 << 20)), "/Filter /FlateDecode")
    data = pdf_with_files(
        ("bomb.txt", bomb), ("kept.txt", NOTE), ("more.txt", b"More of it."), ("last.txt", b"The last.")
    )
    read, found = read_all(data, "report.pdf", limits=Limits(largest_file=1 << 19, most_parts=3))
    assert texts(read) == [[NOTE.decode()], ["More of it."]]
    assert [(one.code, one.found) for one in found] == [
        ("container.bomb", "bomb.txt: 1,048,576 bytes come out of it"),
        ("container.bomb", "1 more files"),
    ]
    assert read_all(data, "report.pdf", limits=Limits(largest_file=100)) == ([], [])


def test_in_a_zip_they_count_against_what_may_come_out_of_it() -> None:
    report = pdf_with_files(("a.txt", NOTE))
    packed = zipped({"in.pdf": report})
    assert texts(read_all(packed, "a.zip")[0]) == [["A page."], [NOTE.decode()]]
    read, found = read_all(packed, "a.zip", limits=Limits(unquestioned=len(report) + 9, ratio=1))
    assert texts(read) == [["A page."]]
    assert codes(found) == ["container.bomb"]


def test_a_reader_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_with_files(("kept.txt", NOTE))

    def lost(*_: object) -> None:
        raise LostError("ended by signal 11")

    monkeypatch.setattr("archive.sources.pdf.attachments.call", lost)
    read, found = read_all(data, "report.pdf")
    assert not read
    assert [(one.code, one.found) for one in found] == [
        ("container.damaged", "what is attached to it cannot be taken out: ended by signal 11")
    ]


@pytest.mark.parametrize("data", [b"", b"no PDF", pdf([lines("A page.")]), b"%PDF-1.4\n/EmbeddedFiles"])
def test_what_holds_no_files(data: bytes) -> None:
    assert read_all(data, "report.pdf") == ([], [])


def objects(data: bytes, *, before: bytes = b"\r\n") -> bytes:
    return b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 >>\nstream" + before + data + b"\nendstream"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (objects(zlib.compress(b"<< /Names << /EmbeddedFiles 4 0 R >> >>")), True),
        (objects(zlib.compress(b"<< /Subtype /FileAttachment >>"), before=b"\n"), True),
        (objects(zlib.compress(b"<< /Type /Catalog >>")), False),
        (objects(b"in another encoding"), True),
        (objects(b"sealed") + b"/Encrypt", True),
        (objects(zlib.compress(b"<< >>")) + objects(zlib.compress(b"/EmbeddedFile")), True),
        (objects(zlib.compress(bytes(1 << 16))), True),  # more than is looked at
        (b"%PDF-1.5\n/ObjStm /ObjStm", False),
    ],
)
def test_names_are_looked_for_in_streams_of_objects(
    data: bytes, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.sources.pdf.attached._MOST_LOOKED_AT", 1 << 10)
    assert may_hold_files(data) is expected
