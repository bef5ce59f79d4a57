"""What a page hides of persons in its markup: users' names in paths, and what word processors say of their users.

Looked at are comments, tags and elements that no browser shows; the same words in the text are no secret.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.protocol import TextInput

_SEPARATOR = rb"(?:[\\/]|%5C|&#92;){1,3}"
_NAME = rb"""[^\\/<>"'%&?\r\n:*|]{1,60}?(?:%20[^\\/<>"'%&?\r\n:*|]{1,40}?){0,3}"""
_FORMS: tuple[tuple[str, tuple[bytes, ...], re.Pattern[bytes]], ...] = (
    (
        "a path with a user's name",
        (b"\\Users", b":/Users", b"|/Users", b"%5CUsers", b" Settings", b"%20Settings", b" Einstellungen"),
        re.compile(
            rb"[A-Za-z](?::|%3A|\|)" + _SEPARATOR + rb"(?:Users|Documents(?: |%20)and(?: |%20)Settings|"
            rb"Dokumente(?: |%20)und(?: |%20)Einstellungen)" + _SEPARATOR + rb"(?P<who>" + _NAME + rb")" + _SEPARATOR
        ),
    ),
    (
        "a path with a user's name",
        (b"file:/",),
        re.compile(rb"file:/{1,3}(?:localhost/)?(?:home|Users)/(?P<who>" + _NAME + rb")/"),
    ),
    (
        "an author in a word processor's properties",
        (b"Author>",),
        re.compile(rb"<o:(?:Last)?Author>(?P<who>[^<>]{1,80})</o:"),
    ),
    (
        "the author of a revision",
        (b"changedby", b"CHANGEDBY"),
        re.compile(
            rb"""<meta\s[^>]{0,80}?name\s*=\s*["']?changedby["']?\s[^>]{0,80}?content\s*=\s*(?:"(?P<who>[^"<>]{1,80})"|'(?P<other>[^'<>]{1,80})')""",
            re.IGNORECASE,
        ),
    ),
    (
        "the author of a tracked change",
        (b'cite="mailto:', b"cite='mailto:", b"cite=mailto:"),
        re.compile(rb"""<(?:ins|del)\s[^>]{0,80}?cite=["']?mailto:(?P<who>[^"'<>\s]{1,80})""", re.IGNORECASE),
    ),
    (
        "the author of a comment",
        (b"mso-comment-author",),
        re.compile(rb"""mso-comment-author:\s*["']?(?P<who>[^"'<>;]{1,80})"""),
    ),
    (
        "the account of a logged-in user",
        (b"wgUserName",),
        re.compile(rb"""["']wgUserName["']\s*:\s*"(?P<who>[^"<>]{1,80})\""""),
    ),
)
"""What it is, pieces of which one stands in every page that has it (most pages hold none), and what finds it."""
_OF_NOBODY = frozenset(
    {"public", "default", "all users", "default user", "administrator", "admin", "user", "username", "owner", "test"}
    | {"unknown", "author", "root", "guest", "your name", "yourname", "name", "you", "me", "microsoft", "-"}
)
_MOST = 20
_MOST_LOOKED_AT = 500
_LONGEST_MARKUP = 65_536


def hidden_in_markup(text: TextInput) -> Iterator[Finding]:
    """A finding for each thing of a kind and each person, at the first place; at most a few.

    Args:
        text: the page.
    """
    data = text.layer.data
    seen: set[tuple[str, str]] = set()
    for kind, pieces, form in _FORMS:
        if not any(piece in data for piece in pieces):
            continue
        for found in islice(form.finditer(data), _MOST_LOOKED_AT):
            who = _named(found, text.layer.charset)
            if who.casefold() in _OF_NOBODY or (kind, who) in seen or not _is_hidden(data, found.start()):
                continue
            if len(seen) == _MOST:
                return
            seen.add((kind, who))
            place = f"{found.start() + text.layer.offset}-{found.end() + text.layer.offset}"
            yield finding(
                "original.hidden-personal-data",
                where=Where(file=text.path, bytes=place),
                found=kind,
            )


def _named(found: re.Match[bytes], charset: str) -> str:
    groups = found.groupdict()
    who = groups["who"] or groups.get("other") or b""
    return " ".join(html.unescape(unquote(decode(who, charset))).split())


def _is_hidden(data: bytes, place: int) -> bool:
    """Whether a place is within a tag, a comment, a script or the like, not in text that is shown."""
    if data.startswith(b"<", place):
        return True
    start = max(0, place - _LONGEST_MARKUP)
    if data.rfind(b"<", start, place) > data.rfind(b">", start, place):
        return True
    if data.rfind(b"<!--", start, place) > data.rfind(b"-->", start, place):
        return True
    opened = max(data.rfind(b"<script", start, place), data.rfind(b"<style", start, place))
    return opened > max(data.rfind(b"</script", start, place), data.rfind(b"</style", start, place))
