"""Reading a document that stands in a file: no more of it than its reading needs.

Where it is longer than is read, most of what is said of it follows from its first bytes and its length: then the rest
of it is not read again after it was copied.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from archive.engine import weigh
from archive.model.blocks import Reading
from archive.sources import formats
from archive.sources.characters.charsets import detect
from archive.sources.limits import Limits
from archive.sources.protocol import Beginning
from archive.sources.reading import MESSAGES, PAGES, PLAIN, looked_through, read, read_opaque, too_large, unread
from archive.sources.signatures import ZIP_DIRECTORY, by_signature

_DEFAULT = Limits()


def bytes_to_read(path: str, head: bytes, limits: Limits = _DEFAULT) -> int:
    """How many bytes of a document are needed, by its beginning: one more than is read, so that `read` can tell.

    Args:
        path: its name.
        head: at least `limits.sample` bytes, or all there are.
        limits: how much is read.
    """
    kind = None if by_signature(head) is not None else formats.of_text(path, head, limits.sample).media_type
    return (limits.largest_file if kind is None or kind in MESSAGES or kind in PAGES else limits.largest_text) + 1


def read_file(path: str, place: Path, *, limits: Limits = _DEFAULT) -> Reading:
    """What a document holds, as `archive.sources.read` has it.

    Args:
        path: its name, for its ending and for findings.
        place: the file that it stands in.
        limits: how much is read.

    Raises:
        OSError: the file cannot be read.
        HeavyError: it is too large for the process that leads (`archive.engine.partwise`).
    """
    with place.open("rb") as stream:
        head = stream.read(limits.sample)
        if len(head) < limits.sample:
            return read(path, head, limits=limits)
        most = bytes_to_read(path, head, limits)
        if stream.seek(0, io.SEEK_END) >= most:
            found = _of_overlong(path, place, stream, most, limits)
            if found is not None:
                return found
        stream.seek(0)
        return read(path, stream.read(most), limits=limits)


def _of_overlong(path: str, place: Path, stream: BinaryIO, most: int, limits: Limits) -> Reading | None:
    """What `read` says of the first `most` bytes of a longer document; None where it has to see all of these."""
    stream.seek(0)
    given = Beginning(path, place, most, stream.read(min(limits.charset_sample, most)), limits)
    shown = by_signature(given.head)
    if shown is None:
        weigh(most)
        return _without_signature(given)
    stream.seek(-min(ZIP_DIRECTORY, most), io.SEEK_END)
    shown = by_signature(given.head + stream.read()) or shown
    return too_large(path, formats.of_binary(path, shown), None, most, limits)


def _without_signature(given: Beginning) -> Reading | None:
    path, head, limits = given.path, given.head, given.limits
    form = formats.of_text(path, head, limits.sample)
    is_page, is_markup = form.media_type in PAGES, formats.shows_markup(head, limits.sample)
    if form.media_type in MESSAGES or (is_markup and not is_page):
        return None  # the head of a letter may be long; what XML declares is held to all of its bytes
    detected = detect(head, sample=limits.charset_sample, markup=is_markup)
    if detected is None:
        if given.size > limits.largest_file:
            return too_large(path, formats.UNKNOWN, None, given.size, limits)
        return read_opaque(given, formats.UNKNOWN)
    if is_page or form.media_type in PLAIN:
        return too_large(path, form, detected.charset, given.size, limits)
    return _of_other_text(given, unread(path, form, detected.charset))


def _of_other_text(given: Beginning, reading: Reading) -> Reading | None:
    from archive.sources.unseen.searching import may_hide_in_markup

    return None if may_hide_in_markup(given.head) else looked_through(reading, given.path, given.head, given.limits)
