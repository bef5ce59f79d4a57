"""Documents that stand in files: of those that are longer than is read hardly more than the beginning is read."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.engine.partwise import HeavyError, leading
from archive.sources import Limits, read
from archive.sources.apart import Done, Work, _carry_out
from archive.sources.files import bytes_to_read, read_file
from archive.sources.pronom import Identified
from archive.sources.protocol import Beginning, Opaque
from tests.contracts.sources import check_reading
from tests.sources.opaque import docx, lines, pdf

LIMITS = Limits(largest_text=30_000, largest_file=60_000, sample=4_096, charset_sample=8_192)
NOISE = random.Random(1).randbytes(200_000)
TAR = b"\0" * 257 + b"ustar\x0000"
LETTER = b"From: Ada <a@example.org>\nMessage-ID: <1@example.org>\nDate: Tue, 5 Apr 2011 10:00:00 +0900\n\nText"
BEGINNINGS = (
    b"Words of a text. ",
    "Wörter eines Textes. ".encode(),
    "Wörter eines Textes. ".encode("latin-1"),
    "Wörter eines Textes. ".encode("utf-16"),
    b"\xff\xfe",
    b"<!doctype html><p>Words.</p>",
    b"<?xml version='1.0' encoding='latin-1'?><a>/home/ada/b \xe4</a>",
    b"<p>/home/ada/notes</p>",
    b"a,b\n1,2\n",
    b'{"a": "b"}\n',
    b"%PDF-1.7 ",
    b"PK\x03\x04",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF....WAVE",
    b"\1\2\3",
    b"wOFF\0\1",
    LETTER,
    b"From a@b.org Tue Apr  5 10:00:00 2011\n" + LETTER,
    TAR,
    b"",
)
NAMES = (
    "a",
    "a.txt",
    "a.md",
    "a.html",
    "a.xhtml",
    "a.xml",
    "a.csv",
    "a.json",
    "a.svg",
    "a.eml",
    "a.mbox",
    "a.mht",
    "a.zip",
)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """Has the work of the process apart done here, and noted."""
    asked: list[Work] = []

    def call(_: object, work: Work, __: Limits) -> Done:
        asked.append(work)
        return _carry_out(work)

    monkeypatch.setattr("archive.sources.apart.call", call)
    return asked


def stored(folder: Path, data: bytes) -> Path:
    place = folder / "stored"
    place.write_bytes(data)
    return place


def named_by_its_bytes(pieces: Iterable[bytes]) -> Identified:
    return Identified(hashlib.sha256(b"".join(pieces)).hexdigest(), "signature", "")


def expect_alike(place: Path, name: str, data: bytes) -> None:
    """A file is read as the bytes of it that count are."""
    place.write_bytes(data)
    counting = data[: bytes_to_read(name, data[: LIMITS.sample], LIMITS)]
    with (
        mock.patch("archive.sources.apart.identify", named_by_its_bytes),
        mock.patch("archive.sources.apart.call", lambda task, item, _: task(item)),
    ):
        found = read_file(name, place, limits=LIMITS)
        assert found == read(name, counting, limits=LIMITS)
    check_reading(found)


@given(
    name=st.sampled_from(NAMES),
    beginning=st.sampled_from(BEGINNINGS),
    filling=st.sampled_from([b"more and more ", b"<b>/home/ada/x</b> ", NOISE[:50_000], b"\0", "ö".encode("latin-1")]),
    size=st.sampled_from([10, 4_096, 30_000, 30_001, 30_002, 60_000, 60_001, 60_002, 90_000]),
)
def test_it_is_read_as_the_bytes_that_count_are(
    tmp_path_factory: pytest.TempPathFactory, name: str, beginning: bytes, filling: bytes, size: int
) -> None:
    data = (beginning + filling * (size // len(filling) + 1))[:size]
    expect_alike(tmp_path_factory.getbasetemp() / "stored", name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Words of a text."),
        ("a.txt", b"Words of a text. " * 1_700),
        ("a.txt", b"Words of a text. " * 6_000),
        ("a.eml", LETTER + b" more and more" * 6_000),
        ("a.html", b"<!doctype html><p>" + b" more and more" * 6_000),
        ("a.html", b"<!doctype html><p>" + bytes(90_000)),
        ("a.xml", b"<?xml version='1.0' encoding='latin-1'?><a>" + b"<b>/home/ada/x</b> " * 6_000),
        ("a.svg", b"<p>" + b"<b>/home/ada/x</b> " * 6_000),
        ("a.json", b'{"a": "b"}' + b" more and more" * 6_000),
        ("a", b"\1\2\3" + NOISE),
        ("a.png", b"\x89PNG\r\n\x1a\n" + NOISE),
    ],
)
def test_each_kind_is_read_as_the_bytes_that_count_are(tmp_path: Path, name: str, data: bytes) -> None:
    expect_alike(tmp_path / "stored", name, data)


def counted(monkeypatch: pytest.MonkeyPatch, name: str, place: Path, limits: Limits) -> int:
    """How many bytes of a file are read."""
    found = 0
    real = Path.open

    def opened(path: Path, *args: object, **options: object) -> object:
        stream = real(path, *args, **options)  # type: ignore[call-overload]
        read_real = stream.read

        def reading(count: int = -1) -> bytes:
            nonlocal found
            data: bytes = read_real(count)
            found += len(data)
            return data

        return mock.MagicMock(wraps=stream, read=reading, __enter__=lambda one: one, __exit__=lambda *_: stream.close())

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        read_file(name, place, limits=limits)
    return found


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.bin", b"\1\2"), ("a.txt", b"Words "), ("a.mp4", b"\0\0\0\1ftypmp42"), ("a.json", b'{"a": 1')],
)
def test_hardly_more_than_the_beginning_is_read(
    here: list[Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, beginning: bytes
) -> None:
    filling = b"words and words " if name in {"a.txt", "a.json"} else NOISE
    limits = replace(LIMITS, largest_text=10_000_000, largest_file=10_500_000)
    place = stored(tmp_path, (beginning + filling * (12_000_000 // len(filling)))[:11_000_000])
    read_in_all = counted(monkeypatch, name, place, limits)
    if name == "a.bin":  # Siegfried gets a copy of what counts, piece by piece, in the process apart
        assert [type(work.document) for work in here] == [Beginning]
        assert 10_000_001 <= read_in_all <= 10_020_000
    else:
        assert not here
        assert read_in_all <= 12_288 + 256 * 1024


def test_what_turns_out_to_be_of_a_format_with_a_reader_is_read_where_it_stands(tmp_path: Path) -> None:
    document = pdf([lines("Words.")])
    place = stored(tmp_path, document + b" " * 100)
    given_ = Beginning("a.pdf", place, len(document), document[:100], LIMITS)
    assert given_.whole() == Opaque("a.pdf", document, LIMITS)
    done = _carry_out(Work("application/pdf", given_))
    assert done.taken_out is not None
    assert done.taken_out.layer == b"Words.\n" or done.taken_out.taken.blocks


def test_a_large_office_document_is_told_by_the_end_of_its_zip(tmp_path: Path) -> None:
    data = docx("<w:p/>")
    limits = replace(LIMITS, largest_file=len(data) // 2)
    reading = read_file("a", stored(tmp_path, data.ljust(5_000, b"\0")), limits=replace(limits, largest_file=4_500))
    assert reading.media_type.endswith("wordprocessingml.document")
    assert [one.code for one in reading.findings] == ["text.too-large", "original.not-searched"]


def test_what_is_long_and_shows_no_signature_is_too_heavy_for_the_process_that_leads(tmp_path: Path) -> None:
    limits = replace(LIMITS, largest_text=300_000)
    place = stored(tmp_path, b"words " * 60_000)
    with leading(), pytest.raises(HeavyError):
        read_file("a.txt", place, limits=limits)
    assert read_file("a.txt", place, limits=limits).findings[0].code == "text.too-large"
