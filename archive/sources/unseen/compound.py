"""What files of the older office programs say of people outside of their text: OLE compound files (MS-CFB, MS-OLEPS).

Looked at are the properties, and what the programs keep beside: who changed and commented a text of Word (MS-DOC), who
saved a workbook of Excel (MS-XLS) or slides of PowerPoint (MS-PPT). It runs in a process apart.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from archive.model.fault_words import fault_words
from archive.sources.office.parts import UnreadableError
from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import PATH, users_in

_LAST = "who saved the file last"
_PROPERTIES = (
    ("author", "the author in the properties"),
    ("last_saved_by", _LAST),
    ("manager", "the manager in the properties"),
)
_PATHS = ("template", "title", "subject", "comments", "keywords", "link_base")
_LARGEST_STREAM = 16 << 20
_DAMAGED = "it is no compound file, or a damaged one"
_WORD, _TABLES = "WordDocument", ("0Table", "1Table")
_BOOKS, _SLIDES = ("Workbook", "Book"), "Current User"
_PAIRS = 154
"""Where the places of Word's tables begin: behind 32, 2 + 28, 2 + 88 and 2 bytes (MS-DOC, 2.5.1)."""
_WHOSE = (
    (36, "the author of a comment", False),
    (51, "the author of a tracked change", True),
    (71, _LAST, True),
)
"""grpXstAtnOwners, SttbfRMark and SttbSavedBy: which pair, what it is, and whether it is a table of strings."""
_WRITE_ACCESS, _BEGINNING = 0x5C, 0x809
_MOST_RECORDS = 200
_MOST_NAMES = 500


def look(data: bytes, people: People) -> None:
    """Notes whom a file of an older office program names unseen.

    Args:
        data: the file.
        people: gets them.

    Raises:
        UnreadableError: it is no compound file that can be read.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            _look(ole, people)
    except (OSError, ValueError, IndexError, TypeError, RecursionError) as error:
        # olefile lets through what comes of reckoning with a damaged file's own values.
        raise UnreadableError(
            "document.malformed", _DAMAGED if isinstance(error, OSError) else fault_words(error)
        ) from None


def _look(ole: Any, people: People) -> None:
    known = ole.get_metadata()
    for name, kind in _PROPERTIES:
        people.add(kind, _text(getattr(known, name, None)))
    paths = "\n".join(_text(getattr(known, name, None)) for name in _PATHS)
    for one in users_in(paths.encode("utf-8", "replace")):
        people.add(PATH, one)
    for kind, one in _of_programs(ole):
        is_path = "\\" in one or "/" in one
        for user in users_in(one.encode("utf-8", "replace")) if is_path else ():
            people.add(PATH, user)
        if not is_path:
            people.add(kind, one)
    for path in ole.listdir():
        if path[-1] in {"Data", "Pictures"}:
            people.add_pictures(_stream(ole, path))


def _of_programs(ole: Any) -> Iterator[tuple[str, str]]:
    """What the programs keep beside the properties: what it is, and a name or a path."""
    if ole.exists(_WORD):
        yield from _of_word(ole)
    for book in _BOOKS:
        if ole.exists(book):
            yield _LAST, _of_excel(_stream(ole, book))
    if ole.exists(_SLIDES):
        yield _LAST, _of_powerpoint(_stream(ole, _SLIDES))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8").rstrip("\0")
        except UnicodeDecodeError:
            return value.decode("windows-1252", "replace").rstrip("\0")
    return value if isinstance(value, str) else ""


def _stream(ole: Any, name: str | list[str]) -> bytes:
    with ole.openstream(name) as stream:
        return bytes(stream.read(_LARGEST_STREAM))


def _of_word(ole: Any) -> Iterator[tuple[str, str]]:
    """The names in Word's tables, and what they are there for."""
    head = _stream(ole, _WORD)[: _PAIRS + 8 * 80]
    table = _TABLES[head[11] >> 1 & 1] if len(head) > 11 else ""
    if not ole.exists(table):
        return
    data = _stream(ole, table)
    for pair, kind, is_table in _WHOSE:
        place = _PAIRS + 8 * pair
        if len(head) < place + 8:
            return
        start, size = struct.unpack_from("<II", head, place)
        piece = data[start : start + size]
        for name in _strings(piece) if is_table else _counted(piece):
            yield kind, name


def _strings(piece: bytes) -> Iterator[str]:
    """A table of strings in UTF-16 (MS-DOC, 2.2.4); older ones are of bytes."""
    if len(piece) < 6:
        return
    is_wide = piece[:2] == b"\xff\xff"
    count, extra = struct.unpack_from("<HH", piece, 2 if is_wide else 0)
    place = 6 if is_wide else 4
    for _ in range(min(count, _MOST_NAMES)):
        size = piece[place : place + (2 if is_wide else 1)]
        if not size:
            return
        place += len(size)
        octets = int.from_bytes(size, "little") * len(size)
        yield piece[place : place + octets].decode("utf-16-le" if is_wide else "windows-1252", "replace")
        place += octets + extra


def _counted(piece: bytes) -> Iterator[str]:
    """Strings in UTF-16 behind the numbers of their letters, one after the other (MS-DOC, 2.8.30)."""
    place = 0
    for _ in range(_MOST_NAMES):
        size = piece[place : place + 2]
        if len(size) < 2:
            return
        end = place + 2 + 2 * int.from_bytes(size, "little")
        yield piece[place + 2 : end].decode("utf-16-le", "replace")
        place = end


def _of_excel(data: bytes) -> str:
    """The user who opened a workbook last (MS-XLS, 2.4.349), which stands among its first records."""
    place = 0
    is_new = True
    for _ in range(_MOST_RECORDS):
        if len(data) < place + 4:
            break
        kind, size = struct.unpack_from("<HH", data, place)
        record = data[place + 4 : place + 4 + size]
        if kind == _BEGINNING:
            is_new = record[:2] == b"\0\6"
        elif kind == _WRITE_ACCESS:
            return _user_name(record, is_new=is_new)
        place += 4 + size
    return ""


def _user_name(record: bytes, *, is_new: bool) -> str:
    if not is_new:
        return record[1 : 1 + record[0]].decode("windows-1252", "replace") if record else ""
    count = int.from_bytes(record[:2], "little")
    is_wide = record[2:3] == b"\1"
    return record[3 : 3 + count * (1 + is_wide)].decode("utf-16-le" if is_wide else "windows-1252", "replace")


def _of_powerpoint(data: bytes) -> str:
    """The user in the atom of the stream `Current User` (MS-PPT, 2.3.2)."""
    count = int.from_bytes(data[20:22], "little")
    return data[28 : 28 + count].decode("windows-1252", "replace")
