"""Values that a document states of itself: tidied, and known ones alone; what a program put there by habit is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from archive.model.blocks import Observation
from archive.sources.people import author_of

_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]+")
_LONGEST = 4096
_NO_TITLE = re.compile(
    r"(?:untitled|ohne titel|sans titre|sin título|slide|document|dokument|doc|presentation|powerpoint presentation"
    r"|title|titel|无标题|제목 없음)[\s\d_-]*\Z"
    r"|microsoft (?:word|powerpoint|excel) - |.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pages|xlsx?|pptx?|tex|dvi|txt|html?)\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;,、，；]\s*")
_BETWEEN_NAMES = re.compile(r"\s*;\s*")


def tidy(value: str) -> str:
    """One line without control characters, composed, not longer than a value can honestly be."""
    return unicodedata.normalize("NFC", " ".join(_CONTROLS.sub(" ", value[:_LONGEST]).split()))


def observations(field: str, value: str, locator: str) -> Iterator[Observation]:
    """What a property states: nothing, one value, or several.

    Args:
        field: a name of `archive.model.fields`.
        value: as the document has it.
        locator: of the property.

    >>> [one.value for one in observations("subjects", "border; schools", "property=Keywords")]
    ['border', 'schools']
    >>> list(observations("title", "Microsoft Word - final3.doc", "property=Title"))
    []
    """
    for one in _values(field, tidy(value)):
        if one:
            yield Observation(field, one, locator, layer=None)


def _values(field: str, value: str) -> list[str]:
    if field == "title":
        return [] if _NO_TITLE.match(value) else [value]
    if field == "creators":
        return [name for one in _BETWEEN_NAMES.split(value) if (name := author_of(one, ()))]
    if field == "subjects":
        return _BETWEEN.split(value)
    return [value]
