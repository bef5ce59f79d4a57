"""ODT (OpenDocument 1.2, part 1): paragraphs, headings, lists, tables and notes of a word-processor file.

Deleted text and annotations are no text of the document, hidden text is words that nobody is shown; that they are
there, and whose they are, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from archive.sources.office.document import Document
from archive.sources.office.parts import UnreadableError
from archive.sources.office.properties import of_odf
from archive.sources.protocol import Opaque, TakenOut
from archive.sources.visible import is_visible

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = _NAMESPACE + "text:1.0}"
_TABLE = _NAMESPACE + "table:1.0}"
_OFFICE = _NAMESPACE + "office:1.0}"
_STYLE = _NAMESPACE + "style:1.0}"
_DRAW = _NAMESPACE + "drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_INDEXES = frozenset(
    _TEXT + name
    for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index")
)
_UNREAD = frozenset(
    (
        _OFFICE + "annotation",
        _OFFICE + "forms",
        _TEXT + "tracked-changes",
        _TEXT + "ruby-text",
        _TEXT + "sequence-decls",
        _TEXT + "variable-decls",
        _TEXT + "note-citation",
        _TEXT + "table-of-content-source",
    )
)
_NAMES = (
    (re.compile(r"Title\Z"), "title"),
    (re.compile(r"Heading|Subtitle\Z"), "heading"),
    (re.compile(r"Quotations?\Z"), "quotation"),
    (re.compile(r"Caption\Z|Illustration\Z|Figure\Z|Drawing\Z"), "caption"),
    (re.compile(r"List\b|Numbering\b"), "list-item"),
    (re.compile(r"Contents\b|Index\b"), "navigation"),
    (re.compile(r"Footnote\Z|Endnote\Z"), "footnote"),
)
"""Names of common styles of OpenDocument programs, and what they mean."""
_HIDDEN = "hidden"
"""The hint of what is formatted as hidden."""
_DEEPEST = 20
_MOST_SPACES = 1000


def take_out(document: Opaque) -> TakenOut:
    """The text of an ODT as a layer, its paragraphs as blocks with the part they stand in, and its properties.

    Raises:
        UnreadableError: it cannot be read at all.
        TooMuchTextError: it holds more than is read.
    """
    reader = _Odt(document)
    reader.read()
    return reader.taken_out(of_odf(reader.parts, reader.people))


class _Odt(Document):
    """A document under reading."""

    def __init__(self, document: Opaque) -> None:
        super().__init__(document)
        manifest = self.parts.xml_if_there(_MANIFEST)
        if manifest is not None and any(_is(one, "encryption-data") for one in manifest.iter()):
            raise UnreadableError("document.encrypted", "")
        self.parents: dict[str, str] = {}
        self.hiding: frozenset[str] = frozenset()
        self.hidden: list[str] = []
        self.locator = f"part={_CONTENT}"
        self.later: list[tuple[Any, str]] = []

    def read(self) -> None:
        content, styles = self.parts.xml(_CONTENT), self.parts.xml_if_there(_STYLES)
        roots = [root for root in (styles, content) if root is not None]
        self.parents = _parents(roots)
        self.hiding = _hiding(roots)
        self._note_people(content)
        body = next(content.iter(_OFFICE + "text"), None)
        if body is not None:
            self._read_all(body, "")
        notes, self.later = self.later, []
        for note, hint in notes:
            self._read_all(note, hint)
        if styles is not None:
            self.locator = f"part={_STYLES}"
            for name in ("header", "footer"):
                for edge in styles.iter(_STYLE + name):
                    self._read_all(edge, "running")

    def _note_people(self, content: Any) -> None:
        for kind, tag in (("a comment", "annotation"), ("a tracked change", "change-info")):
            for one in content.iter(_OFFICE + tag):
                for creator in one.iter(_DC + "creator"):
                    self.people.add(f"the author of {kind}", "".join(creator.itertext()))
        if any("".join(one.itertext()).strip() for one in content.iter(_TEXT + "deletion")):
            self.people.note("text that was deleted, kept by change tracking")

    def _read_all(self, parent: Any, hint: str) -> None:
        for child in parent:
            tag = child.tag
            if _is_switched_off(child):
                self._read_all(child, _HIDDEN)
            elif tag in {_TEXT + "p", _TEXT + "h"}:
                self._read_paragraph(child, hint)
            elif tag == _TEXT + "list":
                self._read_all(child, hint or "list-item")
            elif tag in {_TEXT + "list-header", _TABLE + "table"}:
                self._read_all(child, "table" if tag == _TABLE + "table" and not hint else hint)
            elif tag in _INDEXES:
                self._read_all(child, "navigation")
            elif isinstance(tag, str) and tag not in _UNREAD:
                self._read_all(child, hint)

    def _read_paragraph(self, paragraph: Any, hint: str) -> None:
        before = len(self.later)
        style = _style_of(paragraph)
        text = "".join(self._text(paragraph)).strip(" ")
        if hint == _HIDDEN or self._hides(style) or _has_hidden_field(paragraph):
            self.hidden.append(text)
            text = ""
        if paragraph.tag == _TEXT + "h" and hint in {"", "list-item", "table"}:
            hint = "heading"
        elif not hint:
            hint = self._by_style(style)
        self.writer.add_lines(text, hint=hint, locator=self.locator)
        self._write_hidden()
        boxes = [one for one in self.later[before:] if one[1] != "footnote"]
        self.later[before:] = [one for one in self.later[before:] if one[1] == "footnote"]
        for box, _ in boxes:
            self._read_all(box, hint if hint in {"running", _HIDDEN} else "")

    def _write_hidden(self) -> None:
        text, self.hidden = " ".join("".join(self.hidden).split()), []
        if is_visible(text):
            self.people.note("text that is formatted as hidden")
            self.writer.add_unshown(text, hint=_HIDDEN, locator=self.locator)

    def _hides(self, style: str) -> bool:
        """Whether a style, or one that it is made from, hides what is formatted with it."""
        for _ in range(_DEEPEST):
            if style in self.hiding:
                return True
            if style not in self.parents:
                return False
            style = self.parents[style]
        return False

    def _by_style(self, name: str) -> str:
        for _ in range(_DEEPEST):
            plain = name.replace("_20_", " ")
            hint = next((hint for pattern, hint in _NAMES if pattern.match(plain)), "")
            if hint or name not in self.parents:
                return hint
            name = self.parents[name]
        return ""

    def _text(self, element: Any) -> Iterator[str]:
        """White space as in OpenDocument 1.2, part 1, 6.1.2: runs of it are one space, more is written as elements."""
        yield _plain(element.text)
        for child in element:
            yield from self._of_child(child)
            yield _plain(child.tail)

    def _of_child(self, child: Any) -> Iterator[str]:
        tag = child.tag
        if tag == _TEXT + "s":
            count = str(child.get(_TEXT + "c") or "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1)
        elif tag == _TEXT + "tab":
            yield "\t"
        elif tag == _TEXT + "line-break":
            yield "\n"
        elif tag == _TEXT + "note":
            self.later.append((child, "footnote"))
        elif tag == _DRAW + "text-box":
            self.later.append((child, ""))
        elif tag == _TEXT + "hidden-text" or (tag == _TEXT + "span" and self._hides(_style_of(child))):
            if tag == _TEXT + "span" or child.get(_TEXT + "is-hidden") == "true":
                written = str(child.get(_TEXT + "string-value") or "")
                self.hidden.append("".join(self._text(child)) or written)
            else:
                yield from self._text(child)
        elif isinstance(tag, str) and tag not in _UNREAD:
            yield from self._text(child)


def _style_of(element: Any) -> str:
    return str(element.get(_TEXT + "style-name") or "")


def _is_switched_off(element: Any) -> bool:
    """Whether a section, a row or a column is hidden (OpenDocument 1.2, part 1, 19.807 and 19.749)."""
    section = element.tag == _TEXT + "section" and (
        element.get(_TEXT + "display") == "none" or element.get(_TEXT + "is-hidden") == "true"
    )
    return section or element.get(_TABLE + "visibility") in {"collapse", "filter"}


def _has_hidden_field(paragraph: Any) -> bool:
    """Whether a field within hides the whole paragraph (7.7.12)."""
    return any(one.get(_TEXT + "is-hidden") == "true" for one in paragraph.iter(_TEXT + "hidden-paragraph"))


def _plain(text: str | None) -> str:
    return re.sub("[ \t\r\n]+", " ", text) if text else ""


def _hiding(roots: Iterable[Any]) -> frozenset[str]:
    """The styles that hide what is formatted with them (OpenDocument 1.2, part 1, 20.401)."""
    return frozenset(
        str(one.get(_STYLE + "name") or "")
        for root in roots
        for one in root.iter(_STYLE + "style")
        if any(inner.get(_TEXT + "display") == "none" for inner in one.iter(_STYLE + "text-properties"))
    )


def _parents(roots: Iterable[Any]) -> dict[str, str]:
    """The style that each style is made from."""
    found: dict[str, str] = {}
    for root in roots:
        for one in root.iter(_STYLE + "style"):
            parent = one.get(_STYLE + "parent-style-name")
            if parent:
                found[str(one.get(_STYLE + "name") or "")] = str(parent)
    return found


def _is(element: Any, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name
