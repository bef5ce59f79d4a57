"""PREMIS 3.0 as XML: elements, terms of vocabularies, and identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.loc.gov/premis/v3"
SCHEMA = "https://www.loc.gov/standards/premis/premis.xsd"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Children = list[tuple[str, Any]]
"""Names of elements with text, a `Term`, or children of their own."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a controlled vocabulary of the Library of Congress.

    Attributes:
        word: the term.
        authority: the name of the vocabulary.
        code: its code there, or its whole URI.
    """

    word: str
    authority: str
    code: str

    @property
    def attributes(self) -> str:
        """What says in XML where the term is from."""
        root = f"{_VOCABULARY}/{self.authority}"
        uri = self.code if "://" in self.code else f"{root}/{self.code}"
        return f' authority="{self.authority}" authorityURI="{root}" valueURI={quoteattr(uri)}'


def head() -> str:
    """What stands before the first entity."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<premis xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" version="3.0">\n'
    )


def foot() -> str:
    """What stands after the last."""
    return "</premis>\n"


def element(name: str, content: Any, depth: int = 1, kind: str | None = None) -> str:
    r"""An element with its children, indented.

    Args:
        name: its name.
        content: text, a `Term`, or the children.
        depth: how deep it stands.
        kind: the value of `xsi:type`.

    >>> element("a", [("b", "1 < 2"), ("c", "")], 0)
    '<a>\n  <b>1 &lt; 2</b>\n</a>\n'
    """
    room = "  " * depth
    attributes = f' xsi:type="{kind}"' if kind else ""
    if isinstance(content, Term):
        attributes += content.attributes
        content = content.word
    if isinstance(content, str):
        return f"{room}<{name}{attributes}>{_text(content)}</{name}>\n"
    inner = "".join(element(child, value, depth + 1) for child, value in content if value)
    return f"{room}<{name}{attributes}>\n{inner}{room}</{name}>\n"


def identifier(prefix: str, kind: str, value: str) -> Children:
    """The two elements of an identifier."""
    return [(f"{prefix}IdentifierType", kind), (f"{prefix}IdentifierValue", value)]


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
