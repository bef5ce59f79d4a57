"""What pictures hide in their Exif data."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sources import read
from archive.sources.unseen.pictures import PLACE, hidden_in_pictures
from tests.contracts.sources import check_reading
from tests.sources.opaque import docx, epub, lines, odt, pdf, stream, word

ARTIST, OWNER, XP_AUTHOR, EXIF, GPS = 0x013B, 0xA430, 0x9C9D, 0x8769, 0x8825


def directory(order: str, at: int, entries: list[tuple[int, int, int, bytes]]) -> bytes:
    """A directory at a place, its longer values behind it."""
    behind = at + 2 + 12 * len(entries) + 4
    written, values = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, value in entries:
        if len(value) > 4:
            place, values = struct.pack(order + "I", behind + len(values)), values + value
        else:
            place = value.ljust(4, b"\0")
        written += struct.pack(order + "HHI", tag, kind, count) + place
    return written + b"\0" * 4 + values


def exif(order: str = "<", *, artist: str = "", owner: str = "", windows: str = "", place: bool = False) -> bytes:
    """Exif data: a TIFF header and directories."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    name = artist.encode() + b"\0"
    wide = windows.encode("utf-16-le")
    further = 400
    first = [
        (ARTIST, 2, len(name), name),
        (XP_AUTHOR, 1, len(wide), wide),
        (EXIF, 4, 1, struct.pack(order + "I", further)),
    ]
    if place:
        first.append((GPS, 4, 1, struct.pack(order + "I", further + 200)))
    data = (head + directory(order, 8, first)).ljust(further, b"\0")
    camera = owner.encode() + b"\0"
    data = (data + directory(order, further, [(OWNER, 2, len(camera), camera)])).ljust(further + 200, b"\0")
    return data + directory(order, further + 200, [(2, 5, 3, b"x" * 24), (4, 5, 3, b"x" * 24)])


FULL = {"artist": "Ada Quill", "owner": "Ben Lane", "windows": "Cleo", "place": True}
EXPECTED = {
    ("who took a picture", "Ada Quill"),
    ("the owner of a camera", "Ben Lane"),
    ("who took a picture", "Cleo"),
    (PLACE, ""),
}


def jpeg(data: bytes) -> bytes:
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(data) + 8) + b"Exif\0\0" + data + b"\xff\xd9"


@pytest.mark.parametrize("order", ["<", ">"])
def test_exif_is_found_wherever_it_stands(order: str) -> None:
    data = exif(order, **FULL)  # type: ignore[arg-type]
    for whole in (data, jpeg(data), b"\x89PNG....eXIf" + data, b"RIFF....WEBPEXIF\1\2\3\4" + data):
        assert set(hidden_in_pictures(whole)) == EXPECTED


def test_of_a_jpeg_what_stands_before_the_picture_is_looked_at() -> None:
    about = jpeg(exif(place=True))[:-2]
    picture = b"\xff\xda\0\x04\0\0" + b"x" * 90 + b"Exif\0\0" + exif(artist="Ada")
    table = b"\xff\xdb\0\x06abcd"
    assert list(hidden_in_pictures(about + table + picture)) == [(PLACE, "")]
    assert list(hidden_in_pictures(b"\xff\xd8" + table + picture)) == []
    for damage in (b"\0\0", b"\xff\xdb\xff\xff"):
        assert set(hidden_in_pictures(about + damage + picture)) == {(PLACE, ""), ("who took a picture", "Ada")}


@pytest.mark.parametrize(
    "written", ['<a exif:GPSLatitude="37,33.9N"/>', "<exif:GPSLatitude>37,33.9N</exif:GPSLatitude>"]
)
def test_places_in_xmp(written: str) -> None:
    assert list(hidden_in_pictures(b"GIF89a" + written.encode())) == [(PLACE, "")]
    assert list(hidden_in_pictures(b"GIF89a" + written.replace("37,33.9N", "").encode())) == []


def test_exif_that_names_nobody_hides_nothing() -> None:
    assert list(hidden_in_pictures(jpeg(exif()))) == []
    assert list(hidden_in_pictures(jpeg(exif(artist="A")))) == [("who took a picture", "A")]


@given(st.binary(max_size=60))
def test_any_exif_ends(data: bytes) -> None:
    for order in (b"II*\0", b"MM\0*"):
        assert len(list(hidden_in_pictures(order + data))) < 100


def test_directories_that_point_to_themselves_cost_little() -> None:
    entries = [(ARTIST, 2, 4, b"Ada\0"), *((EXIF, 4, 1, struct.pack("<I", 8)),) * 499]
    data = b"II*\0" + struct.pack("<I", 8) + directory("<", 8, entries)
    before = time.process_time()
    assert list(hidden_in_pictures(data * 50)) == [("who took a picture", "Ada")]
    assert time.process_time() - before < 1


def test_a_picture_is_a_finding_by_itself_and_within_documents() -> None:
    picture = jpeg(exif(place=True, owner="Ben Lane"))
    further = [stream(picture, "/Type /XObject /Subtype /Image /Filter /DCTDecode")]
    documents = {
        "a.jpg": picture,
        "a.pdf": pdf([lines("Words.")], further=further),
        "a.docx": docx(word("Words."), {"word/media/image1.jpeg": picture}),
        "a.odt": odt("<text:p>Words.</text:p>", {"Pictures/1.jpg": picture}),
        "a.epub": epub({"a.xhtml": "<p>Words.</p>"}, parts={"OEBPS/a.jpg": picture}),
    }
    for name, data in documents.items():
        reading = read(name, data)
        check_reading(reading)
        hidden = {one.found for one in reading.findings if one.code == "original.hidden-personal-data"}
        assert hidden == {PLACE, "the owner of a camera"}, name
