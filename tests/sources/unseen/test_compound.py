"""What files of the older office programs say of people."""

from __future__ import annotations

import struct

import pytest

from archive.sources.office.parts import UnreadableError
from archive.sources.unseen import compound
from archive.sources.unseen.people import People
from tests.sources.compoundfiles import compound as compound_file
from tests.sources.compoundfiles import properties
from tests.sources.unseen.test_pictures import exif, jpeg

SUMMARY = "\5SummaryInformation"
AUTHOR, LAST, TEMPLATE = 4, 8, 7
SAVED = "who saved the file last"


def kinds(streams: dict[str, bytes]) -> list[str]:
    people = People("a.doc")
    compound.look(compound_file(streams), people)
    return list(people.kinds())


def word(pairs: dict[int, bytes], *, table: str = "1Table") -> dict[str, bytes]:
    """The streams of a text of Word with tables, by the numbers of their pairs."""
    head = bytearray(154 + 8 * 80)
    head[11] = 2 if table == "1Table" else 0
    data = b"-" * 10
    for number, piece in pairs.items():
        struct.pack_into("<II", head, 154 + 8 * number, len(data), len(piece))
        data += piece
    return {"WordDocument": bytes(head), table: data}


def strings(*names: str, is_wide: bool = True) -> bytes:
    if not is_wide:
        return struct.pack("<HH", len(names), 0) + b"".join(bytes([len(one)]) + one.encode() for one in names)
    each = b"".join(struct.pack("<H", len(one)) + one.encode("utf-16-le") for one in names)
    return struct.pack("<HHH", 0xFFFF, len(names), 0) + each


def test_the_properties() -> None:
    said = properties({AUTHOR: "Ada Quill", LAST: "Jon Reed", TEMPLATE: r"C:\Users\bea\Templates\letter.dot"})
    assert kinds({SUMMARY: said}) == ["the author in the properties", SAVED, "a path with a user's name"]


def test_names_of_programs_are_nobodys() -> None:
    assert kinds({SUMMARY: properties({AUTHOR: "Microsoft Office User", LAST: "Administrator"})}) == []


@pytest.mark.parametrize("table", ["0Table", "1Table"])
def test_who_changed_and_commented_a_text(table: str) -> None:
    owners = struct.pack("<H", 3) + "Ada".encode("utf-16-le")
    found = kinds(word({36: owners, 51: strings("Unknown", "Jon", "Bea")}, table=table))
    assert found == ["the author of a comment", "the author of a tracked change (2 people)"]


def test_who_saved_a_text_and_where() -> None:
    found = kinds(word({71: strings("Ada", r"C:\Users\ada\a.doc", is_wide=False)}))
    assert found == [SAVED, "a path with a user's name"]


def test_tables_that_lie_about_themselves() -> None:
    assert kinds(word({36: b"\xff", 51: b"\xff\xff\xff", 71: struct.pack("<HHH", 0xFFFF, 9, 0)})) == []
    assert kinds({"WordDocument": b"short", "1Table": b""}) == []
    assert kinds({"WordDocument": b"\0" * 900}) == []


@pytest.mark.parametrize(
    ("version", "record"),
    [
        (6, struct.pack("<HB", 3, 0) + b"Ada" + b" " * 106),
        (6, struct.pack("<HB", 3, 1) + "Ada".encode("utf-16-le")),
        (5, b"\3Ada" + b" " * 28),
    ],
)
def test_who_saved_a_workbook(version: int, record: bytes) -> None:
    book = struct.pack("<HHHH", 0x809, 4, version << 8, 5) + struct.pack("<HH", 0x5C, len(record)) + record
    assert kinds({"Workbook": book}) == [SAVED]


def test_a_workbook_that_names_nobody() -> None:
    assert kinds({"Book": struct.pack("<HHHH", 0x809, 4, 5 << 8, 5)}) == []
    assert kinds({"Book": struct.pack("<HHHHHH", 0x809, 4, 5 << 8, 5, 0x5C, 0)}) == []


def test_who_saved_slides() -> None:
    assert kinds({"Current User": b"\0" * 20 + struct.pack("<HHHBB", 3, 0, 0, 3, 0) + b"Ada"}) == [SAVED]


def test_pictures() -> None:
    found = kinds({"Data": b"-" * 68 + jpeg(exif(place=True, artist="Ada Quill"))})
    assert set(found) == {"the place where a picture was taken", "who took a picture"}


@pytest.mark.parametrize(
    "damage", [lambda data: data[:600], lambda data: data[:512] + b"\0" * 5000, lambda _: b"no file"]
)
def test_damaged_files_are_told(damage: object) -> None:
    data = compound_file({SUMMARY: properties({AUTHOR: "Ada"})})
    with pytest.raises(UnreadableError):
        compound.look(damage(data), People("a.doc"))  # type: ignore[operator]
