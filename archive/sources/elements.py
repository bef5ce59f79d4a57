"""What elements of HTML mean for the text: which begin a block, which are no text, what they hint at."""

from __future__ import annotations

BLOCKS = frozenset(
    b"address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    b"footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    b"section select summary table tbody td tfoot th thead title tr ul".split()
)
"""Elements before and after which a new block begins (HTML, 15.3)."""

BREAKING = BLOCKS | {b"button"}
"""What begins and ends a block of ours: a button says something of its own, too."""

UNREAD = frozenset(
    b"script style template noscript svg math iframe noembed noframes object canvas xmp textarea".split()
)
"""Elements whose content is no text of the page: skipped to their end tag."""

UNREAD_TO_END = frozenset(b"script style textarea xmp iframe noembed noframes".split())
"""Those of `UNREAD` that reach to the end of the file when they are not closed (HTML, 13.2.5)."""

HINTS: dict[bytes, str] = {
    b"title": "title",
    **dict.fromkeys((b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"), "heading"),
    b"li": "list-item",
    b"dt": "list-item",
    b"dd": "list-item",
    b"td": "table",
    b"th": "table",
    b"caption": "caption",
    b"figcaption": "caption",
    b"blockquote": "quotation",
    b"nav": "navigation",
    b"menu": "navigation",
    b"footer": "footer",
    b"aside": "aside",
    b"header": "header",
    b"form": "form",
    b"button": "form",
    b"select": "form",
}
"""What the text within an element is, as `Block.hint` says it."""

KEPT_OPEN = BREAKING - frozenset(b"html head p hr hgroup legend option".split())
"""Elements that stay open until their end tag, as far as labels need to know."""

CELLS = frozenset((b"td", b"th"))
"""What no end tag but those of `OF_TABLES` reaches out of (HTML, 13.2.4.2)."""

OF_TABLES = CELLS | frozenset(b"table thead tbody tfoot tr caption".split())

OWN_HEADERS = (b"article", b"main")
"""Elements whose `header` belongs to the text, not to the page."""

CLOSES_ITS_LIKE = frozenset(b"li dt dd td th h1 h2 h3 h4 h5 h6 title".split())
"""Elements that end when another of the same hint begins beside them (HTML, 13.1.2.4)."""

RANKS: dict[str, int] = {
    hint: rank
    for rank, hint in enumerate(
        (
            "title",
            "navigation",
            "footer",
            "aside",
            "heading",
            "caption",
            "list-item",
            "quotation",
            "table",
            "header",
            "form",
        )
    )
}
"""Which hint a block gets that stands within several elements: the first of these."""
