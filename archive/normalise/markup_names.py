"""Why the markup calls an element furniture: by its name, or by the marks of its attributes."""

from __future__ import annotations

from functools import lru_cache

from archive.model.blocks import Element

HIDDEN = "the markup hides it"
"""Why what a browser does not show is no text."""
NAMES = {
    "nav": "the markup calls it navigation",
    "menu": "the markup calls it navigation",
    "footer": "the markup calls it a footer",
    "header": "the markup calls it a header",
    "aside": "the markup calls it an aside",
    "form": "the markup calls it a part of a form",
    "button": "the markup calls it a part of a form",
    "select": "the markup calls it a part of a form",
    "dialog": "the markup calls it a dialogue",
}
"""By its name."""
MARKS = {
    "navigation": "the markup calls it navigation",
    "share": "the markup calls it a means of sharing",
    "comments": "the markup calls it readers' comments",
    "related": "the markup says that it is about other documents",
    "newsletter": "the markup calls it an offer to subscribe",
    "advert": "the markup calls it advertising",
    "cookie": "the markup calls it a notice about cookies",
    "sidebar": "the markup calls it a sidebar",
    "author": "the markup says that it is about the author",
    "footer": "the markup calls it a footer",
    "overlay": "the markup says that it lies over the page",
    "tags": "the markup calls it a list of tags",
    "rating": "the markup calls it a rating",
    "hidden": HIDDEN,
}
"""By one of its marks."""
_MARKS_OF_LINES = {mark: MARKS[mark] for mark in ("share", "comments", "newsletter", "advert", "cookie", "author")}
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def reason_of(element: Element) -> str:
    """Why an element is furniture, as far as the markup says; empty where it says nothing."""
    return _reason(element.name, element.marks)


@lru_cache(maxsize=4_096)
def _reason(name: str, marks: tuple[str, ...]) -> str:
    """Why an element of a name and with some marks is furniture, as far as these say."""
    known = _MARKS_OF_LINES if name in _LINES else MARKS
    return NAMES.get(name, "") or next((known[mark] for mark in marks if mark in known), "")
