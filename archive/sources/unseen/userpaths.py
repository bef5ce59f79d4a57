"""Names of users in paths of their machines, as programs leave them in what they save."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from archive.sources.unseen.nobody import NOBODY

PATH = "a path with a user's name"
"""What is said of one."""
_SEPARATOR = rb"(?:[\\/]|%5C|&#92;){1,4}"
_NAME = rb"""[^\\/<>"'%&?\r\n:*|]{1,60}?(?:%20[^\\/<>"'%&?\r\n:*|]{1,40}?){0,3}"""
OF_WINDOWS = re.compile(
    rb"[A-Za-z](?::|%3A|\|)" + _SEPARATOR + rb"(?:Users|Documents(?: |%20)and(?: |%20)Settings|"
    rb"Dokumente(?: |%20)und(?: |%20)Einstellungen)" + _SEPARATOR + rb"(?P<who>" + _NAME + rb")" + _SEPARATOR
)
IN_WINDOWS = (
    *(b"\\Users", b"/Users", b"%5CUsers", b";Users", b"and Settings", b"and%20Settings"),
    *(b"und Einstellungen", b"und%20Einstellungen"),
)
"""Pieces of which one stands in what `OF_WINDOWS` finds."""
OF_FILES = re.compile(rb"file:/{1,3}(?:localhost/)?(?:home|Users)/(?P<who>" + _NAME + rb")/")
IN_FILES = (b"file:/",)
"""The same of `OF_FILES`."""
_ROOTED = re.compile(rb"""(?:\A|[\s"'>(=])/(?:home|Users)/(?P<who>""" + _NAME + rb")/")
_IN_ROOTED = (b"/Users/", b"/home/")
_MOST_LOOKED_AT = 500


def users_in(data: bytes, *, is_markup: bool = False) -> Iterator[str]:
    """The names of people in paths, each as often as it stands there; of very many the first.

    Args:
        data: some bytes whose letters are those of ASCII.
        is_markup: whether it is that of a page, where `/home/...` and `/Users/...` are addresses on a site.
    """
    forms = [(IN_WINDOWS, OF_WINDOWS), (IN_FILES, OF_FILES)]
    if not is_markup:
        forms.append((_IN_ROOTED, _ROOTED))
    for pieces, form in forms:
        if any(piece in data for piece in pieces):
            for found in islice(form.finditer(data), _MOST_LOOKED_AT):
                name = named(found["who"].decode("utf-8", "replace"))
                if name.casefold() not in NOBODY:
                    yield name


def named(written: str) -> str:
    """A name in a path or an attribute, as its owner writes it."""
    return " ".join(html.unescape(unquote(written)).split())
