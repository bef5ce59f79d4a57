"""What a page hides of persons in its markup: users' names in paths, and what word processors say of their users.

Looked at are comments, tags and elements that no browser shows; the same words in the text are no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.pieces import Pieces
from archive.sources.protocol import TextInput
from archive.sources.signatures import by_signature
from archive.sources.unseen.datauris import files_in
from archive.sources.unseen.nobody import NOBODY
from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import IN_FILES, IN_WINDOWS, OF_FILES, OF_WINDOWS, PATH, named

_FORMS: tuple[tuple[str, tuple[bytes, ...], re.Pattern[bytes]], ...] = (
    (PATH, IN_WINDOWS, OF_WINDOWS),
    (PATH, IN_FILES, OF_FILES),
    (
        PATH,
        (b"sodipodi:", b"inkscape:"),
        re.compile(
            rb"(?:sodipodi:(?:docname|docbase|absref)|inkscape:export-filename)\s*=\s*[\"'](?:/home|/Users)/"
            rb"(?P<who>[^\"'<>/]{1,60})/"
        ),
    ),
    (
        "an author in a word processor's properties",
        (b"Author>",),
        re.compile(rb"<o:(?:Last)?Author>(?P<who>[^<>]{1,80})</o:"),
    ),
    (
        "the author of a revision",
        (b"hangedby", b"hangedBy", b"HANGEDBY"),
        re.compile(
            rb"""<meta\s[^>]{0,80}?name\s*=\s*["']?changedby["']?\s[^>]{0,80}?content\s*=\s*(?:"(?P<who>[^"<>]{1,80})"|'(?P<other>[^'<>]{1,80})')""",
            re.IGNORECASE,
        ),
    ),
    (
        "the author of a tracked change",
        tuple(name + b"=" + mark + b"mailto:" for name in (b"cite", b"CITE") for mark in (b'"', b"'", b"")),
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
_PIECES = Pieces(piece for _, pieces, _ in _FORMS for piece in pieces)
_MOST = 20
_MOST_LOOKED_AT = 500
_LONGEST_MARKUP = 65_536


def hidden_in_markup(text: TextInput) -> Iterator[Finding]:
    """A finding for each thing of a kind and each person, at the first place; at most a few.

    Args:
        text: the page.
    """
    yield from _in_tags(text)
    yield from _in_files(text.layer.data, text.path)


def _in_tags(text: TextInput) -> Iterator[Finding]:
    data = text.layer.data
    seen: set[tuple[str, str]] = set()
    held = _PIECES.within(data)
    for kind, pieces, form in _FORMS if held else ():
        if held.isdisjoint(pieces):
            continue
        for found in islice(form.finditer(data), _MOST_LOOKED_AT):
            who = _named(found, text.layer.charset)
            if who.casefold() in NOBODY or (kind, who) in seen or not _is_hidden(data, found.start()):
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


def _in_files(data: bytes, path: str) -> Iterator[Finding]:
    """What files hide that are written into the page."""
    people = People(path)
    for one in files_in(data):
        shown = by_signature(one)
        if shown is not None and not shown.media_type.startswith("image/"):
            people.leave(f"a file written into the page: {shown.media_type}")
        people.add_pictures(one)
    yield from people.findings()


def _named(found: re.Match[bytes], charset: str) -> str:
    groups = found.groupdict()
    who = groups["who"] or groups.get("other") or b""
    return named(decode(who, charset))


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
