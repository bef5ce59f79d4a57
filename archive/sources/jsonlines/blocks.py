"""From the string that holds the text of a line to blocks, each with its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from archive.model.blocks import Block
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.fault_words import value_words
from archive.model.spans import Span
from archive.sources.containers.protocol import Member
from archive.sources.jsonlines.listing import is_unicode
from archive.sources.jsonlines.places import Places
from archive.sources.jsonlines.scanning import Value
from archive.sources.jsonlines.strings import written_lines
from archive.sources.limits import Limits
from archive.sources.protocol import Taken, TextInput
from archive.sources.text import too_many_blocks
from archive.sources.visible import is_visible

_OPERATIONS = ("json",)
"""Of every block alike, so that blocks can be put together."""


def blocks_of(text: TextInput, line: str, stated: Value | None, member: Member, limits: Limits) -> Taken:
    """The text of a line.

    Args:
        text: the bytes of the line, and where they stand.
        line: the same, decoded.
        stated: what it has as its text; None where it has nothing.
        member: the line, for findings.
        limits: how much is read.
    """
    if stated is None or not isinstance(stated.value, str):
        seen = "no text" if stated is None else value_words(stated.value)
        one = finding("jsonl.text-missing", where=member.where, found=seen, expected="a string")
        return Taken(findings=(one,), text_was_read=False)
    if stated.end - stated.start > limits.largest_text:
        one = finding("text.too-large", where=member.where, expected=f"at most {limits.largest_text:,} bytes")
        return Taken(findings=(one,), text_was_read=False)
    places = Places(line, member.start)
    if not limits.lines_are_wanted:
        return _whole(text, stated, places, member)
    written = line[stated.start : stated.end]
    found = (
        _plain_blocks(written, places.at(stated.start))
        if _is_plain(written)
        else _any_blocks(text, line, stated, places)
    )
    blocks = tuple(islice(found, limits.most_blocks + 1))
    if len(blocks) > limits.most_blocks:
        return too_many_blocks(text, limits)
    return Taken(blocks, findings=() if blocks else (finding("text.empty", where=member.where),))


def _whole(text: TextInput, stated: Value, places: Places, member: Member) -> Taken:
    """All of the string as one block."""
    span = Span(0, places.at(stated.start), places.at(stated.end))
    said = stated.value
    if not is_unicode(said):
        said = carry_out((text.layer.slice(span).decode("utf-8", "replace"),), _OPERATIONS)
    if not is_visible(said):
        return Taken(findings=(finding("text.empty", where=member.where),))
    return Taken((Block((span,), said, _OPERATIONS),))


def _is_plain(written: str) -> bool:
    """Whether a string says what is written there, but for line breaks, and holds no white space but single ones."""
    is_seen = "\x7f" not in written if written.isascii() else written.isprintable()
    return is_seen and written.count("\\") == written.count("\\n")


def _plain_blocks(written: str, start: int) -> Iterator[Block]:
    """The same as `_any_blocks` of a string that is plain and begins at byte `start`."""
    gap = 0
    for line in written.split("\\n"):
        size = len(line) if line.isascii() else len(line.encode("utf-8"))
        bare = line.strip(" ")
        if bare:
            first = start + len(line) - len(line.lstrip(" "))
            last = start + size - (len(line) - len(line.rstrip(" ")))
            yield Block((Span(0, first, last),), bare, _OPERATIONS, "", gap)
            gap = 0
        else:
            gap += 1
        start += size + 2


def _any_blocks(text: TextInput, line: str, stated: Value, places: Places) -> Iterator[Block]:
    """The lines of a string, each with its bytes."""
    gap = 0
    for start, end, blank in written_lines(line, stated.start, stated.end):
        span = Span(0, places.at(start), places.at(end))
        raw = text.layer.slice(span).decode("utf-8", "replace")
        said = carry_out((raw,), _OPERATIONS)
        gap += blank
        if not is_visible(said):
            gap += 1
            continue
        yield Block((span,), said, _OPERATIONS, gap=gap)
        gap = 0
