"""DOCX (ECMA-376, WordprocessingML): paragraphs, headings, lists, tables and notes of a word-processor file.

Of tracked changes the newest text is read. Deleted text and comments are no text of the document, hidden text is words
that nobody is shown; that they are there, and whose they are, is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.sources.office.document import Document
from archive.sources.office.docxstyles import Styles, is_on, styles_of
from archive.sources.office.parts import Parts, part_of
from archive.sources.office.properties import of_ooxml
from archive.sources.protocol import Opaque, TakenOut
from archive.sources.visible import is_visible

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TYPE = "/relationships/officeDocument"
_USUAL = "word/document.xml"
_GONE = frozenset(
    ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def take_out(document: Opaque) -> TakenOut:
    """The text of a DOCX as a layer, its paragraphs as blocks with the part they stand in, and its properties.

    Raises:
        UnreadableError: it cannot be read at all.
        TooMuchTextError: it holds more than is read.
    """
    reader = _Docx(document)
    reader.read()
    return reader.taken_out(of_ooxml(reader.parts, reader.people))


class _Docx(Document):
    """A document under reading."""

    def __init__(self, document: Opaque) -> None:
        super().__init__(document)
        self.main = _main_part(self.parts)
        self.styles: Styles = styles_of(self.parts.xml_if_there(part_of(self.main, "styles.xml")))
        self.locator = ""
        self.hidden: list[str] = []
        self.boxes: list[Any] = []
        self.hides = False

    def read(self) -> None:
        self._read_part(self.main, self.parts.xml(self.main))
        for name, kind in _NOTES:
            part = part_of(self.main, f"{name}.xml")
            root = self.parts.xml_if_there(part)
            for note in root if root is not None else ():
                if _local(note) == kind and _value(note, "type") in {"", "normal"}:
                    self._read_part(part, note, hint="footnote")
        edges = sorted(name for name in self.parts.names if _is_edge(name, self.main))
        for part in edges:
            root = self.parts.xml_if_there(part)
            if root is not None:
                self._read_part(part, root, hint="running")
        comments = self.parts.xml_if_there(part_of(self.main, "comments.xml"))
        for comment in comments if comments is not None else ():
            self.people.add("the author of a comment", _value(comment, "author"))

    def _read_part(self, part: str, root: Any, hint: str = "") -> None:
        self.locator = f"part={part}"
        self._note_changes(root)
        self._read_all(root, hint)

    def _note_changes(self, root: Any) -> None:
        for one in root.iter():
            if _local(one) in _CHANGES:
                self.people.add("the author of a tracked change", _value(one, "author"))
                if any(_local(inner) == "delText" for inner in one.iter()):
                    self.people.note("text that was deleted, kept by change tracking")

    def _read_all(self, parent: Any, hint: str) -> None:
        """Paragraphs and tables within anything that may stand around them."""
        for child in parent:
            name = _local(child)
            if name == "p":
                self._read_paragraph(child, hint)
            elif name == "tbl":
                self._read_table(child, hint)
            elif name == "AlternateContent":
                self._read_all(_chosen(child), hint)
            elif name not in _GONE:
                self._read_all(child, hint)

    def _read_table(self, table: Any, hint: str) -> None:
        self._read_all(table, hint or "table")

    def _read_paragraph(self, paragraph: Any, hint: str) -> None:
        outer, self.boxes = self.boxes, []
        properties = _child(paragraph, "pPr")
        self.hides = self.styles.hides(_style_named(properties, "pStyle"))
        text = "".join(self._text(paragraph))
        if not hint or hint == "table":
            found = self.styles.hint_of(properties)
            hint = found if found in {"heading", "title"} or not hint else hint
        self.writer.add_lines(text.strip("\n"), hint=hint, locator=self.locator)
        self._write_hidden()
        boxes, self.boxes = self.boxes, outer
        for box in boxes:
            self._read_all(box, hint if hint == "running" else "")

    def _text(self, parent: Any) -> Iterator[str]:
        for child in parent:
            name = _local(child)
            if name == "t" or child.tag == _MATH_TEXT:
                yield child.text or ""
            elif name in _MARKS:
                yield _MARKS[name]
            elif name == "sym":
                yield _symbol(_value(child, "char"))
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "AlternateContent":
                yield from self._text(_chosen(child))
            elif name == "r" and self._is_hidden(child):
                self.hidden.extend(self._text(child))
            elif name not in _GONE:
                yield from self._text(child)

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is hidden: it says so itself, or of its styles one does and not both (ECMA-376, 17.7.3)."""
        properties = _child(run, "rPr")
        vanish = _child(properties, "vanish") if properties is not None else None
        if vanish is not None:
            return is_on(vanish)
        return self.hides != self.styles.hides(_style_named(properties, "rStyle"))

    def _write_hidden(self) -> None:
        text, self.hidden = " ".join("".join(self.hidden).split()), []
        if is_visible(text):
            self.people.note("text that is formatted as hidden")
            self.writer.add_unshown(text, hint="hidden", locator=self.locator)


def _main_part(parts: Parts) -> str:
    relations = parts.xml_if_there("_rels/.rels")
    for one in relations if relations is not None else ():
        if str(one.get("Type", "")).endswith(_TYPE):
            name = part_of("", str(one.get("Target", "")))
            if name in parts.names:
                return name
    return _USUAL


def _is_edge(name: str, main: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder == main.rpartition("/")[0] and file.startswith(("header", "footer")) and file.endswith(".xml")


def _chosen(alternate: Any) -> Any:
    """Of the forms of one thing, the first that holds text boxes, else the first (ECMA-376, part 3, 7.5)."""
    forms = [one for one in alternate if one.tag in {f"{_MARKUP}Choice", f"{_MARKUP}Fallback"}]
    with_text = (one for one in forms if any(_local(inner) == "txbxContent" for inner in one.iter()))
    return next(with_text, forms[0] if forms else alternate)


def _local(element: Any) -> str:
    """The name of an element of WordprocessingML, of markup compatibility or of a drawing, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _style_named(properties: Any | None, name: str) -> str:
    named = _child(properties, name) if properties is not None else None
    return "" if named is None else _value(named, "val")


def _child(parent: Any, name: str) -> Any | None:
    return next((one for one in parent if _local(one) == name), None)


def _value(element: Any, name: str) -> str:
    return str(element.get(_W + name) or element.get(_STRICT + name) or "")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xE000 or 0xF900 <= number < 0xFFFE else "\ufffd"
