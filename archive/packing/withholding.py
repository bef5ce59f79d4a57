"""Makes the redacted text of a document, and holds what lies in a corpus against the list of what is withheld.

A redacted text is a file of its own in the corpus, made before packing so that a person can read it before it goes
out. It is made of the text that a reader takes from the document, block by block, without any labelling: what is left
depends on nothing that is withheld. In the place of each withheld passage stands a mark that says why, and no more:
neither its length nor its place in the original can be told from it. Metadata of the original is not carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.packing.places import place_in
from archive.packing.taking import shown
from archive.packing.withheld_matching import DENSE, Searched, loosened
from archive.packing.withheld_sources import Sources
from archive.sources.limits import Limits
from archive.storage.trouble import told_in_words
from archive.submission import Submission
from archive.submission.redactions import REASONS, Redaction, Redactions

REDACTED = "redacted text"
"""What `capture_form` says of a redacted text."""

_MARK = re.compile(rf"\[withheld: (?:{'|'.join(REASONS)})(?:, (?:{'|'.join(REASONS)}))*\]")
_STOP = "\u25a0"
"""Stands for a mark where a text is looked through: nothing that is compared reaches over it."""
_JOINED = re.compile(r"[^\W_]+")
_LONGEST_NAME = 4
"""Words of a withheld passage up to which each of them is looked for alone."""


def mark(reasons: Iterable[str]) -> str:
    """What stands in the place of a withheld passage.

    >>> mark(["identity"])
    '[withheld: identity]'
    """
    return f"[withheld: {', '.join(sorted(set(reasons)))}]"


def without_marks(text: str) -> str:
    """A redacted text as it is looked through: the words of its marks are ours, and withhold nothing.

    >>> without_marks("I am [withheld: family, identity].")
    'I am ■.'
    """
    return _MARK.sub(_STOP, text)


@dataclass(frozen=True, slots=True)
class Redacted:
    """The redacted text of a document.

    Attributes:
        path: of its file in the corpus.
        document: the identifier of the document that it is made from.
        data: the bytes that the file should have; None where they cannot be made.
        findings: what is wrong with the list; none quotes what is withheld.
    """

    path: str
    document: str
    data: bytes | None
    findings: tuple[Finding, ...]


def redacted_texts(submission: Submission, folder: Path, limits: Limits) -> Iterator[Redacted]:
    """The redacted texts that the list of a corpus asks for, by path.

    Args:
        submission: the corpus.
        folder: where it lies.
        limits: how much of a document is read.

    Raises:
        StorageError: a document cannot be read.
    """
    listed = submission.contents.redactions
    if listed is None or not listed.entries:
        return
    yield from _texts(listed, Sources(submission, folder, limits))


def _texts(listed: Redactions, sources: Sources) -> Iterator[Redacted]:
    wanted: dict[str, list[Redaction]] = {}
    for entry in listed.entries:
        wanted.setdefault(entry.redacted, []).append(entry)
    for path in sorted(wanted):
        yield _redacted(path, wanted[path], sources, listed.path)


def _redacted(path: str, entries: Sequence[Redaction], sources: Sources, listed: str) -> Redacted:
    text = None if sources.holds_many(entries[0].document) else sources.text(entries[0].document)
    for entry in entries:
        code = _fault(entry, entries[0], sources, is_there=text is not None)
        if code:
            one = finding(code, where=Where(file=listed, row=entry.row), found=entry.document)
            return Redacted(path, entry.document, None, (one,))
    written, missing = without(text or "", entries)
    findings = [
        finding("redactions.not-found", document=entry.document, where=Where(file=listed, row=entry.row))
        for entry in missing
    ]
    if findings:
        return Redacted(path, entries[0].document, None, tuple(findings))
    left = Searched.of(without_marks(written))
    for entry in entries:
        if _stands_still(left, entry):
            where = Where(file=listed, row=entry.row)
            findings.append(finding("redactions.remains", document=entry.document, where=where))
    return Redacted(path, entries[0].document, f"{written}\n".encode(), tuple(findings))


def _fault(entry: Redaction, first: Redaction, sources: Sources, *, is_there: bool) -> str:
    """The code of what keeps a line from being carried out, or an empty string."""
    if entry.document != first.document and sources.holder(entry.document) is not None:
        return "redactions.two-documents"
    if sources.holds_many(entry.document):
        return "redactions.of-container"
    return "" if is_there and entry.document == first.document else "redactions.unknown-document"


def without(text: str, entries: Sequence[Redaction]) -> tuple[str, tuple[Redaction, ...]]:
    """A text with marks in the place of what is withheld, and the entries that stand nowhere in it.

    White space, quotation marks, dashes, invisible characters and Unicode normalisation are forgiven, as in `trace`;
    so is case, and what joins words, where an entry has neither prefix nor suffix.

    Args:
        text: the whole text.
        entries: what is withheld; each wherever it stands as whole words, unless it says what is before or after it.
    """
    searched = Searched.of(text)
    found: list[tuple[int, int, str]] = []
    missing = []
    for entry in entries:
        ranges = set(searched.ranges(entry))
        found.extend((start, end, entry.reason) for start, end in ranges)
        if not ranges:
            missing.append(entry)
    pieces: list[str] = []
    last = 0
    for start, end, reasons in _merged(text, found):
        pieces += (text[last:start], mark(reasons))
        last = end
    return "".join([*pieces, text[last:]]), tuple(missing)


def _merged(text: str, found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, list[str]]]:
    """Ranges that overlap or follow each other in a line as one, so that nobody sees how many there were."""
    held: tuple[int, int, list[str]] | None = None
    for start, end, reason in sorted(found):
        if held is not None and _is_gap_in_line(text[held[1] : start]):
            held = (held[0], max(held[1], end), [*held[2], reason])
            continue
        if held is not None:
            yield held
        held = (start, end, [reason])
    if held is not None:
        yield held


def _is_gap_in_line(text: str) -> bool:
    """Whether this is nothing, or white space without the end of a line: headings and paragraphs stay apart."""
    return not text.strip() and "".join(text.splitlines()) == text


def _stands_still(left: Searched, entry: Redaction) -> bool:
    """Whether what is withheld, or a word of a name, still stands somewhere."""
    words = loosened(entry.exact)
    return bool(words and words in left.loose.text) or any(map(left.has_whole, _parts(entry)))


def _parts(entry: Redaction) -> Iterator[str]:
    """The words of a name, which may stand alone elsewhere."""
    words = _JOINED.findall(entry.exact)
    is_name = any(letter != letter.casefold() or DENSE.match(letter) for letter in entry.exact)
    if is_name and len(words) <= _LONGEST_NAME:
        yield from (word for word in words if len(word) > 1)


def redaction_findings(submission: Submission, folder: Path, limits: Limits) -> tuple[Finding, ...]:
    """What keeps the redacted texts of a corpus from being packed: missing, out of date, or not safe.

    Args:
        submission: the corpus.
        folder: where it lies.
        limits: how much of a document is read.

    Raises:
        StorageError: a document cannot be read.
    """
    listed = submission.contents.redactions
    if listed is None or not listed.entries:
        return ()
    documents = {file.path: one for one in submission.documents for file in one.files}
    sources = Sources(submission, folder, limits)
    found: list[Finding] = []
    for one in _texts(listed, sources):
        found.extend(one.findings)
        where = Where(file=shown(one.path))
        document = documents.get(one.path)
        if one.data is None:
            continue
        if document is None:
            found.append(finding("redactions.not-made", where=where))
            continue
        place = place_in(folder, one.path)
        with told_in_words(place):
            if place.read_bytes() != one.data:
                found.append(finding("redactions.out-of-date", document=document.document_id, where=where))
        original = sources.holder(one.document)
        if original is not None and document.access_level.strictness >= original.access_level.strictness:
            level = original.access_level.value
            expected = "a stricter access level for the original than for its redacted text"
            code = "redactions.original-as-open"
            found.append(finding(code, document=document.document_id, where=where, found=level, expected=expected))
    return tuple(found)
