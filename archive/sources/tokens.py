"""Markup cut into tags and text, by their bytes: HTML as browsers take it, XHTML as XML is.

What counts as markup is `TAG` of the rule of derivation. XML differs in three things: an element whose tag ends with
`/>` is closed (in HTML a `script` written so reaches to the end of the page), names may have a prefix, and a CDATA
section holds text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache

from archive.model.derivation import TAG
from archive.model.markup import EMPTY, closes_itself, is_xml
from archive.sources.elements import UNREAD, UNREAD_TO_END

Token = tuple[int, int, bytes, bool, bool]
"""Start, end, the name of a tag in lower case (empty for a stretch of text, `CDATA` for a section of XML that holds
what would be markup elsewhere), whether it is an end tag, and whether it is an element that is not read, tags
included."""
CDATA = b"[CDATA["

_TAG = re.compile(TAG.encode("ascii"), re.DOTALL)
_NAME = re.compile(rb"<(/?)([A-Za-z][^\s/>]*)")
_LONGEST_NAME = 256
"""Bytes of a tag in which its name is looked for; a longer name is no element's."""
_HEAD = 16
"""Bytes of a tag that are looked at first: tags begin alike, and what they begin with is remembered."""
_WHOLE_NAME = _HEAD - 3
"""Letters of a name up to which these show all of it."""
_ENDS = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in UNREAD}
_PREFIXED_ENDS = {
    name: re.compile(rb"</(?:[A-Za-z][\w.-]*+:)?" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in UNREAD
}
_FOREIGN = frozenset((b"svg", b"math"))
"""Elements that close themselves in HTML, too (HTML, 13.2.5.40)."""
_SECTION = b"<![CDATA["
_SECTION_END = b"]]>"
_OF_MARKUP = re.compile(rb"[<&]")
_TYPE = re.compile(rb"<!doctype\s", re.IGNORECASE)
_SUBSET = re.compile(
    rb"""<!doctype\s[^\[>]*+\[(?:[^\]"'<]++|"[^"]*+"|'[^']*+'|<!--(?:[^-]|-(?!->))*+-->|<\?(?:[^?]|\?(?!>))*+\?>|<)*+\]\s*>""",
    re.IGNORECASE,
)
"""A document type with definitions of its own (XML, 2.8)."""
_LONGEST_SUBSET = 8_192
_PREFIX = re.compile(
    rb"""\sxmlns:([A-Za-z][\w.-]*+)\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|2000/svg|1998/Math/MathML)["']"""
)
_MOST_PREFIXES = 16


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the tags of a page are to be taken.

    Attributes:
        is_xml: whether it is XML.
        prefixes: what stands before names of its elements, the colon included.
    """

    is_xml: bool = False
    prefixes: tuple[bytes, ...] = ()


def dialect_of(data: bytes, start: int) -> Dialect:
    """The dialect of a page that begins at `start`."""
    if not is_xml(data, start):
        return Dialect()
    found: dict[bytes, None] = {}
    for one in _PREFIX.finditer(data, start):
        found.setdefault(one[1].lower() + b":")
        if len(found) == _MOST_PREFIXES:
            break
    return Dialect(is_xml=True, prefixes=tuple(found))


def tokens(data: bytes, start: int, end: int, dialect: Dialect, unread: Set[bytes] = UNREAD) -> Iterator[Token]:
    """The tags and stretches of text between two places.

    Args:
        data: of the page.
        start: the first byte.
        end: the byte after the last.
        dialect: of the page.
        unread: elements that are passed over to their end tag.
    """
    markup = _Markup(data, end, dialect, unread)
    search, is_xml, prefixes = _TAG.search, dialect.is_xml, dialect.prefixes
    while (found := search(data, start, end)) is not None:
        first, last = found.span()
        if first > start:
            yield start, first, b"", False, False
        name, closes = _name_of(data[first : last if last - first < _HEAD else first + _HEAD])
        if len(name) > _WHOLE_NAME:
            name, closes = _name_of(data[first : min(last, first + _LONGEST_NAME)])
        name = _without_prefix(name, prefixes) if prefixes else name
        start = last
        if name == b"!":
            start, name = markup.declaration(first, last)
            yield first, start, name, False, False
        elif closes:
            yield first, last, name, True, False
        elif (is_xml or name in _FOREIGN) and _closes_itself(data, first, last):
            yield first, last, name, False, False
            if name not in EMPTY:
                yield last, last, name, True, False
        elif name in unread:
            start, is_unread = markup.passed_over(name, last)
            yield first, start, name, False, is_unread
        else:
            yield first, last, name, False, False
    if start < end:
        yield start, end, b"", False, False


@dataclass(slots=True)
class _Markup:
    """What is to be known of the tags between two places, beside each of them."""

    data: bytes
    end: int
    dialect: Dialect
    unread: Set[bytes]
    never_closed: set[bytes] = field(default_factory=set)
    has_type: bool = False

    def declaration(self, first: int, last: int) -> tuple[int, bytes]:
        """Where a declaration ends, and what it is: a document type with its own definitions, or a section of XML."""
        if self.dialect.is_xml and self.data.startswith(_SECTION, first):
            closed = self.data.find(_SECTION_END, last, self.end)
            inner = self.end if closed < 0 else closed
            if _OF_MARKUP.search(self.data, last, inner) is None:
                return last, b"!"
            return (self.end if closed < 0 else closed + len(_SECTION_END)), CDATA
        if not self.has_type and _TYPE.match(self.data, first):
            self.has_type = True
            subset = _SUBSET.match(self.data, first, min(self.end, first + _LONGEST_SUBSET))
            return (subset.end() if subset else last), b"!"
        return last, b"!"

    def passed_over(self, name: bytes, last: int) -> tuple[int, bool]:
        """Where the end tag of an element begins whose start tag ends at `last`, and whether it has one."""
        if name in self.never_closed:
            return last, False
        ended = (_PREFIXED_ENDS if self.dialect.is_xml else _ENDS)[name].search(self.data, last, self.end)
        if ended is None and name not in UNREAD_TO_END:
            self.never_closed.add(name)
            return last, False
        return (ended.start() if ended else self.end), True


def _closes_itself(data: bytes, first: int, last: int) -> bool:
    # Most tags are long and do not: they are not cut out to be asked.
    return data[last - 2 : last] == b"/>" and closes_itself(data[first:last])


@lru_cache(maxsize=4_096)
def _name_of(tag: bytes) -> tuple[bytes, bool]:
    """The name of a tag in lower case, and whether it is an end tag; `!` for comments and declarations."""
    named = _NAME.match(tag)
    return (named[2].lower(), named[1] == b"/") if named else (b"!", False)


def _without_prefix(name: bytes, prefixes: tuple[bytes, ...]) -> bytes:
    for prefix in prefixes:
        name = name.removeprefix(prefix)
    return name
