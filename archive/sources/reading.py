"""Reading one document: what format it has, what encoding, and what its reader takes from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from archive.engine import weigh
from archive.model.blocks import Reading
from archive.model.charsets import STATEFUL_CODECS, decode_stateful
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.markup import without_data_addresses
from archive.model.spans import Layer
from archive.sources import formats, text
from archive.sources.apart import EXTRACTORS, take_out
from archive.sources.characters.charsets import Detected, detect
from archive.sources.characters.damage import undecodable, undecodable_stateful
from archive.sources.characters.labels import charset_of_label
from archive.sources.characters.mojibake import mojibake
from archive.sources.limits import Limits
from archive.sources.lines import lines, plain_lines
from archive.sources.protocol import Beginning, Opaque, Reader, Taken, TextInput
from archive.sources.signatures import Format, by_signature
from archive.sources.unseen.people import NOT_SEARCHED

_READERS: MappingProxyType[str, Reader] = MappingProxyType({"text/plain": text.read})
"""Media type -> the reader of its text; every other format is packed as an original alone."""
_MARKDOWN = "text/markdown"
PAGES = frozenset({"text/html", "application/xhtml+xml"})
PLAIN = frozenset({"text/plain", _MARKDOWN})
"""Formats that have no place to hide anything."""
_READ_LATER = PAGES | {_MARKDOWN}
"""The same with a reader that is imported for the first of them."""

_MAIL = "message/rfc822"
MESSAGES = frozenset({_MAIL, "multipart/related"})
"""Letters, and web pages saved in the form of a letter; what only has the name of one is plain text.

Each part has the bounds of a text; the whole, with all that is attached, those of a file.
"""
_TABLES = frozenset({"text/csv", "text/tab-separated-values"})
LAYER = "text"
"""The name of the derived layer of an original whose encoding has states, or is not ASCII's kin where that matters."""

_DEFAULT = Limits()


def read(path: str, data: bytes, *, limits: Limits = _DEFAULT, declared: str = "") -> Reading:
    """What one document holds.

    Args:
        path: its name, for its ending and for findings.
        data: all of its bytes.
        limits: how much is read.
        declared: the label of the encoding that whoever sent the document stated, or an empty string.

    Returns:
        The reading. It never raises for what stands in the document: that is a finding in the reading.

    Raises:
        HeavyError: it is too large for the process that leads (`archive.engine.partwise`).
    """
    shown = by_signature(data)
    if shown is not None:
        return _read_apart(path, data, formats.of_binary(path, shown), limits)
    weigh(len(data))
    detected = _detected(data, limits, declared)
    if detected is None:
        return _read_apart(path, data, formats.UNKNOWN, limits)
    form = formats.of_text(path, data, limits.sample)
    if form.media_type in MESSAGES:
        found = _read_message(path, data, form, limits)
        if found is not None:
            return found
        form = formats.PLAIN
    if form.media_type not in _READERS and form.media_type not in _READ_LATER:
        return looked_through(unread(path, form, detected.charset), path, data, limits)
    if _is_too_large(form, data, limits):
        return too_large(path, form, detected.charset, len(data), limits)
    return _read_text(path, data, form, detected, limits)


def _read_message(path: str, data: bytes, form: Format, limits: Limits) -> Reading | None:
    """What a letter or a saved page holds, or None where it is none."""
    from archive.sources.mail.reading import Letter, read_message, with_head

    letter = Letter(path, data, form, limits, saved_page=form.media_type != _MAIL)
    if len(data) > limits.largest_file:
        return with_head(letter, too_large(path, form, None, len(data), limits))
    found = read_message(letter)
    return found and replace(found, findings=(*formats.disagreement(path, form), *found.findings))


def read_plainly(path: str, data: bytes, *, limits: Limits = _DEFAULT) -> Reading | Iterator[str]:
    """The same for those who want no more than the texts of blocks, in less time.

    Returns:
        What `read` gives; or the texts of its blocks alone, where the document is plain text (without all that is
        said about it) or of a format whose bytes do not hold the text plainly (then there are none, and no process).
    """
    if by_signature(data) is not None:
        return iter(())
    if len(data) <= min(limits.largest_text, limits.most_blocks):
        form = formats.of_text(path, data, limits.sample)
        detected = _detected(data, limits, "") if form is formats.PLAIN else None
        if detected is not None and detected.charset not in STATEFUL_CODECS:
            found = plain_lines(data) if detected.is_plain else lines(data, detected.start, detected.charset)
            return (line.text for line in found)
    return read(path, data, limits=limits)


def is_read(media_type: str) -> bool:
    """Whether a text is taken from documents of a format."""
    return media_type in _READERS or media_type in _READ_LATER or media_type in MESSAGES or media_type in EXTRACTORS


def _read_apart(path: str, data: bytes, form: Format, limits: Limits) -> Reading:
    if len(data) > limits.largest_file:
        return too_large(path, form, None, len(data), limits)
    return read_opaque(Opaque(path, data, limits), form)


def read_opaque(document: Opaque | Beginning, form: Format) -> Reading:
    """What a document holds whose bytes do not hold text plainly.

    Args:
        document: it, no larger than is read.
        form: what its first bytes show.

    Raises:
        WorkerError: no process could be started in which it is read.
    """
    path, limits = document.path, document.limits
    done = take_out(form.media_type, document)
    if done.identified.puid:
        form = formats.of_pronom(form, done.identified)
    if done.taken_out is None:
        return looked_through(unread(path, form, None), path, document.head, limits)
    taken = done.taken_out.taken
    about_text = (*mojibake(taken.blocks, path, limits), *_about_emptiness(path, taken))
    return Reading(
        media_type=form.media_type,
        puid=form.puid,
        puid_basis=form.puid_basis,
        layers=(Layer(LAYER, "utf-8", done.taken_out.layer),) if taken.blocks or taken.unshown else (),
        blocks=taken.blocks,
        embedded=taken.embedded,
        set_aside=taken.set_aside,
        findings=(*formats.disagreement(path, form), *taken.findings, *about_text),
        text_was_read=taken.text_was_read,
        unshown=taken.unshown,
        tool=done.taken_out.tool,
        is_own=done.taken_out.is_own,
    )


def _detected(data: bytes, limits: Limits, stated: str) -> Detected | None:
    markup = formats.shows_markup(data, limits.sample)
    most = limits.largest_file if markup else limits.largest_text
    head = data if len(data) <= most else data[: limits.charset_sample]
    return detect(head, sample=limits.charset_sample, markup=markup, stated=stated)


def _read_text(path: str, data: bytes, form: Format, detected: Detected, limits: Limits) -> Reading:
    given, damage = _input(path, data, form, detected, limits)
    taken = _reader_of(form.media_type)(given, limits)
    return Reading(
        media_type=form.media_type,
        puid=form.puid,
        puid_basis=form.puid_basis,
        charset=detected.charset,
        layers=(given.layer,),
        blocks=taken.blocks,
        embedded=taken.embedded,
        set_aside=taken.set_aside,
        findings=(
            *formats.disagreement(path, form),
            *_about_charset(path, detected),
            *damage,
            *taken.findings,
            *mojibake(taken.blocks, path, limits),
            *_about_emptiness(path, taken),
        ),
        text_was_read=taken.text_was_read,
        unshown=taken.unshown,
    )


def _reader_of(media_type: str) -> Reader:
    if media_type == _MARKDOWN:
        from archive.sources import markdown

        return markdown.read
    if media_type not in PAGES:
        return _READERS[media_type]
    from archive.sources import html

    return html.read


def _input(
    path: str, data: bytes, form: Format, detected: Detected, limits: Limits
) -> tuple[TextInput, tuple[Finding, ...]]:
    """The layer that holds the text, and findings about its bytes."""
    charset = detected.charset
    if detected.is_plain:
        return TextInput(Layer(None, charset, data), 0, path, is_plain=True), ()
    if charset in STATEFUL_CODECS:
        body = decode_stateful(data[detected.start :], charset)
        damage = undecodable_stateful(path, data, detected.start, charset)
        return TextInput(Layer(LAYER, "utf-8", body.encode("utf-8", "replace")), 0, path), damage
    given = TextInput(Layer(None, charset, data), detected.start, path)
    damage = undecodable(given, limits)
    if charset.startswith("utf-16") and form.media_type in PAGES:
        body = data[detected.start :].decode(charset, "replace")
        given = TextInput(Layer(LAYER, "utf-8", body.encode("utf-8")), 0, path)
    return given, damage


def _about_charset(path: str, detected: Detected) -> tuple[Finding, ...]:
    where = Where(file=path)
    found: list[Finding] = []
    if detected.guessed:
        found.append(finding("charset.guessed", where=where, found=detected.charset))
    declared = charset_of_label(detected.declared) if detected.declared else detected.charset
    if declared != detected.charset:
        found.append(
            finding(
                "charset.declaration-disagrees",
                where=where,
                found=f"declared as {detected.declared}",
                expected=detected.charset,
            )
        )
    return tuple(found)


def _about_emptiness(path: str, taken: Taken) -> tuple[Finding, ...]:
    if taken.blocks or not taken.text_was_read:
        return ()
    return (finding("text.empty", where=Where(file=path)),)


def unread(path: str, form: Format, charset: str | None) -> Reading:
    """The reading of a document of a format that no text is taken from; `charset` is None where it is no text."""
    return form.unread(*formats.disagreement(path, form), _not_read(path, form), charset=charset)


def looked_through(reading: Reading, path: str, data: bytes, limits: Limits) -> Reading:
    """The reading of a document that no text is taken from, with what its bytes hide of persons."""
    from archive.sources.unseen.searching import searched

    return replace(reading, findings=(*reading.findings, *searched(path, data, limits).findings(path)))


def _is_too_large(form: Format, data: bytes, limits: Limits) -> bool:
    """Whether a text is larger than is read; pictures and fonts that a page holds in its addresses do not count."""
    if len(data) <= limits.largest_text:
        return False
    may_hold_files = form.media_type in PAGES and len(data) <= limits.largest_file
    return not may_hold_files or without_data_addresses(data) > limits.largest_text


def too_large(path: str, form: Format, charset: str | None, size: int, limits: Limits) -> Reading:
    """The reading of a document that is larger than is read.

    Args:
        path: its name.
        form: what its first bytes show.
        charset: its encoding; None where it is no text.
        size: how many bytes of it are known to be there, one more than is read where nobody looked for more.
        limits: how much is read.
    """
    is_whole = charset is None or (form.media_type in PAGES and size > limits.largest_file)
    most = limits.largest_file if is_whole else limits.largest_text
    one = finding(
        "text.too-large",
        where=Where(file=path),
        found=f"more than {most:,} bytes" if size == most + 1 else f"{size:,} bytes",
        expected=f"at most {most:,} bytes",
    )
    left = finding(NOT_SEARCHED, where=Where(file=path), found=f"{form.media_type}: it is too large")
    said = (one,) if form.media_type in PLAIN else (one, left)
    return form.unread(*formats.disagreement(path, form), *said, charset=charset)


def _not_read(path: str, form: Format) -> Finding:
    code = "csv.not-opened" if form.media_type in _TABLES else "text.not-read"
    return finding(code, where=Where(file=path), found=form.media_type)
