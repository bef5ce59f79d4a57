"""What the parts of an office document say of people (Office Open XML, OpenDocument): properties, comments, paths.

Names are found in the bytes of the parts by how they are marked there, since all that is asked is whether there are
any: that is quicker than reading the parts, and does not care which program's dialect they are in.
"""

from __future__ import annotations

import html
import re
from itertools import islice

from archive.sources.limits import Limits
from archive.sources.office.parts import Parts, UnreadableError
from archive.sources.protocol import Opaque
from archive.sources.signatures import by_signature
from archive.sources.unseen import compound
from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import PATH, users_in

_LAST, _FIRST = "who saved the file last", "the author in the properties"
_COMMENT, _CHANGE = "the author of a comment", "the author of a tracked change"
_XML = (".xml", ".rels")
_UNSEARCHED = "a file embedded in the document"
_UNREAD = "a part of the document that cannot be read"
OLE = "application/x-ole-storage"


def _element(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:[A-Za-z0-9]{1,20}:)?" + name + rb"(?:\s[^<>]{0,400})?>([^<>]{1,400})</")


def _attribute(element: bytes, name: bytes) -> re.Pattern[bytes]:
    prefix = rb"(?:[A-Za-z0-9]{1,20}:)?"
    return re.compile(rb"<" + prefix + element + rb"\s[^<>]{0,2000}?\b" + name + rb"""=["']([^"'<>]{1,400})["']""")


_FORMS: tuple[tuple[re.Pattern[str], bytes, re.Pattern[bytes], str], ...] = (
    (re.compile(r"docProps/core\.xml"), b"lastModifiedBy", _element(b"lastModifiedBy"), _LAST),
    (re.compile(r"docProps/app\.xml"), b"Manager", _element(b"Manager"), "the manager in the properties"),
    (re.compile(r"meta\.xml"), b"creator", _element(b"creator"), _LAST),
    (re.compile(r"meta\.xml"), b"printed-by", _element(b"printed-by"), "who printed the file"),
    (re.compile(r"xl/comments.*\.xml"), b"author", _element(b"author"), _COMMENT),
    (re.compile(r"xl/persons/.*\.xml"), b"person", _attribute(b"person", b"displayName"), _COMMENT),
    (re.compile(r"xl/revisions/.*\.xml"), b"userName", _attribute(b"[a-z]+", b"userName"), _CHANGE),
    (re.compile(r"ppt/(?:comment)?[aA]uthors\.xml"), b"uthor", _attribute(b"(?:cmA|a)uthor", b"name"), _COMMENT),
    (re.compile(r"word/(?:comments|people).*\.xml"), b"author", _attribute(b"(?:comment|person)", b"author"), _COMMENT),
    (
        re.compile(r"content\.xml"),
        b"annotation",
        re.compile(
            rb"<office:annotation(?:\s[^<>]{0,1000})?>\s{0,99}(?:<(?!dc:creator|/?office:)[^<>]{0,200}>[^<]{0,200}){0,4}"
            rb"<dc:creator>([^<>]{1,400})<"
        ),
        _COMMENT,
    ),
    (
        re.compile(r"content\.xml"),
        b"change-info",
        re.compile(rb"<office:change-info>\s*<dc:creator>([^<>]{1,400})<"),
        _CHANGE,
    ),
)
"""In which part, what stands in it then, how the name is marked, and what it is there for."""
_MAKERS = (
    (re.compile(r"docProps/core\.xml"), _element(b"creator")),
    (re.compile(r"meta\.xml"), _element(b"initial-creator")),
)
_HIDDEN = (
    (
        "xl/workbook.xml",
        re.compile(rb"""<(?:[a-z]{1,20}:)?sheet\s[^<>]{0,2000}?\bstate=["'](?:hidden|veryHidden)["']"""),
    ),
    ("content.xml", re.compile(rb"""<style:table-properties\s[^<>]{0,2000}?table:display=["']false["']""")),
)
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/.|Object [0-9]+\Z")
_DEEPEST = 3
"""Documents in one another that are looked into."""
_OBJECT = re.compile(r"\A(?:Object [0-9]+/)+")
"""Where an OpenDocument file keeps the parts of one that is embedded in it."""
_TEXT_OF = re.compile(r"(?:word/(?:document|footnotes|endnotes)|xl/sharedStrings|xl/worksheets/.*|content)\.xml\Z")
"""Parts that are text; what is said there stands in the open, but for paths in attributes."""
_ATTRIBUTE = re.compile(rb"""=(?:"[^"<>]{6,2000}"|'[^'<>]{6,2000}')""")
_MOST_OF_A_KIND = 500


def look(parts: Parts, people: People, limits: Limits, *, states_makers: bool = False, depth: int = 1) -> None:
    """Notes whom an office document names unseen, and what its pictures hide.

    Args:
        parts: the document.
        people: gets them.
        limits: how much is read.
        states_makers: whether the author in the properties is known already, as a statement of who wrote it.
        depth: how many documents it lies in, itself among them.
    """
    names = sorted(parts.names)
    makers = {
        one
        for part, form in _MAKERS
        for name in names
        if part.fullmatch(name)
        for one in _names(_read(parts, name, people), form)
    }
    known = frozenset(makers) if states_makers else frozenset()
    for one in makers - known:
        people.add(_FIRST, one)
    for name in names:
        if name.endswith(_XML):
            _look_at(_OBJECT.sub("", name), _read(parts, name, people), people, known)
        elif _EMBEDDED.match(name):
            _look_into(_read(parts, name, people), people, limits, depth)
    for picture in parts.pictures():
        people.add_pictures(picture)


def _look_into(data: bytes, people: People, limits: Limits, depth: int) -> None:
    shown = by_signature(data)
    if shown is None or depth == _DEEPEST:
        people.leave(_UNSEARCHED)
        return
    try:
        if data.startswith(b"PK"):
            look(Parts(Opaque("", data, limits)), people, limits, depth=depth + 1)
        elif shown.media_type == OLE:
            compound.look(data, people)
        else:
            people.leave(_UNSEARCHED)
    except UnreadableError:
        people.leave(_UNSEARCHED)


def _read(parts: Parts, name: str, people: People) -> bytes:
    """The bytes of a part in an encoding whose letters are those of ASCII; of one that cannot be read none."""
    try:
        data = parts.read(name)
    except UnreadableError:
        people.leave(_UNREAD)
        return b""
    return (
        data.decode("utf-16", "replace").encode("utf-8", "replace") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data
    )


def _names(data: bytes, form: re.Pattern[bytes]) -> list[str]:
    found = islice(form.finditer(data), _MOST_OF_A_KIND)
    return [html.unescape(one[1].decode("utf-8", "replace")) for one in found]


def _look_at(name: str, data: bytes, people: People, known: frozenset[str]) -> None:
    for part, piece, form, kind in _FORMS:
        if piece in data and part.fullmatch(name):
            for one in _names(data, form):
                people.add(kind, one, known)
    for hiding, form in _HIDDEN:
        if name == hiding and form.search(data):
            people.note("a sheet that is hidden")
    for user in _users(name, data):
        people.add(PATH, user)


def _users(name: str, data: bytes) -> set[str]:
    """Users in paths: anywhere in a part that is about the document, in attributes where it is its text."""
    found = set(users_in(data))
    if found and _TEXT_OF.match(name):
        return set(users_in(b"\n".join(one[0] for one in _ATTRIBUTE.finditer(data))))
    return found
