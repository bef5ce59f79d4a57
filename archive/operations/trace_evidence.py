"""What stands behind a place: its passages projected again from their bytes, its annotation, and how to cite it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from archive.model.charsets import decode
from archive.model.citations import Citation
from archive.model.codes import finding
from archive.model.derivation import project
from archive.model.findings import Finding, Where
from archive.model.records import PARAGRAPH_BREAK
from archive.model.traces import (
    ByteRange,
    CheckedFile,
    TracedAnnotation,
    TracedPart,
    TracedPassage,
    TracedPlace,
)
from archive.operations.bag_folder import BagFolder
from archive.operations.trace_checking import Checked
from archive.operations.trace_hits import Hit, Part, Span, spans_of
from archive.quoting.narrowing import narrowed
from archive.storage.stores import Reader

LONGEST_SOURCE = 2000
"""Characters of the bytes of a span that are shown as text."""

Piece = tuple[bytes, str]
"""Bytes and their charset."""


class Evidence:
    """What stands behind some places of a bag.

    Args:
        folder: the bag.
        reader: of its files.
        hits: the places.

    Raises:
        StorageError: a manifest cannot be read.
        LimitError: the passages have more bytes than are kept at a time.
    """

    def __init__(self, folder: BagFolder, reader: Reader, hits: Iterable[Hit]) -> None:
        self._folder = folder
        self._checked = Checked(folder, reader, hits)
        self.findings: list[Finding] = list(self._checked.findings)
        """What does not hold."""

    @property
    def root_digest(self) -> str | None:
        """The sha256 of tagmanifest-sha256.txt as it is now."""
        return self._checked.root_digest

    @property
    def files(self) -> tuple[CheckedFile, ...]:
        """Every file that was read, and what protects it."""
        return self._checked.files

    def place(self, hit: Hit) -> TracedPlace:
        """One place with its passages projected again and its citation.

        Raises:
            KeyError, TypeError, AttributeError: the record has not the shape of a record.
        """
        record = hit.located.record
        charsets = {file["path"]: file["charset"] for file in record["files"]}
        traced = tuple(self._passage(record, part, charsets) for part in hit.parts)
        for one in () if hit.parts else hit.passages:
            self._follows(record["document_id"], one, self._pieces(one, charsets))
        return TracedPlace(
            document_id=record["document_id"],
            source_path=record["source_path"],
            original=record["original"],
            record_file=hit.located.file,
            record_line=hit.located.line,
            passages=traced,
            forgiven=hit.forgiven,
            checked=len(hit.passages),
            annotation=None if hit.annotation is None else self._annotation(record, hit.annotation, traced),
            citation=self._citation(record, traced),
        )

    def _annotation(
        self, record: Mapping[str, Any], said: Mapping[str, Any], traced: tuple[TracedPassage, ...]
    ) -> TracedAnnotation:
        """What an annotation says; a finding where its words are not those that stand in its place."""
        words = PARAGRAPH_BREAK.join(one.part.text for one in traced if one.part is not None)
        if words != said["quotation"]:
            where = Where(file=record["original"])
            self.findings.append(
                finding("annotation.differs", document=record["document_id"], where=where, found=str(said["quotation"]))
            )
        figure = said["figure"]
        return TracedAnnotation(
            annotation_id=said["annotation_id"],
            motivation=tuple(said["motivation"]),
            creators=tuple(said["creators"]),
            created=said["created"],
            comment=said["comment"],
            figure=None if figure is None else dict(figure),
        )

    def _passage(self, record: Mapping[str, Any], part: Part, charsets: Mapping[str, str]) -> TracedPassage:
        one = part.passage
        pieces = self._pieces(one, charsets)
        names = (
            "passage_id",
            "ordinal",
            "kind",
            "kept",
            "reason",
            "language",
            "locator",
            "projection",
            "sha256",
            "text",
        )
        follows = self._follows(record["document_id"], one, pieces)
        spans = tuple(_shown(span, piece) for span, piece in zip(spans_of(one), pieces, strict=True))
        return TracedPassage(
            document_id=record["document_id"],
            **{name: one[name] for name in names},
            spans=spans,
            follows=follows,
            part=None
            if part.start is None or part.end is None
            else _part(one, (part.start, part.end), pieces, spans, follows),
        )

    def _pieces(self, passage: Mapping[str, Any], charsets: Mapping[str, str]) -> list[Piece]:
        return [(self._checked.bytes_of(span), charsets[span[0]]) for span in spans_of(passage)]

    def _follows(self, document: str, passage: Mapping[str, Any], pieces: list[Piece]) -> bool:
        try:
            text = project(pieces, passage["projection"])
        except ValueError as error:
            text, found = None, str(error)
        else:
            found = "another text"
        stated = passage["text"]
        if text == stated and hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest() == passage["sha256"]:
            return True
        spans = spans_of(passage)
        where = Where(file=spans[0][0] if spans else None, bytes=_written(spans))
        named = f"{passage['passage_id']}: {found}"
        self.findings.append(finding("passage.not-derived", document=document, where=where, found=named))
        return False

    def _citation(self, record: Mapping[str, Any], passages: tuple[TracedPassage, ...]) -> Citation:
        info = self._folder.info or {}
        metadata, corpus = record["metadata"], info["corpus"]
        return Citation(
            creators=tuple(metadata.get("creators") or ()),
            title=metadata.get("title"),
            publisher=metadata.get("publisher"),
            date=metadata.get("date_issued"),
            source_url=metadata.get("source_url"),
            corpus=corpus.get("title") or corpus["identifier"],
            version=corpus["version"],
            access_level=info["access_level"],
            urn=info["urn"],
            document_id=record["document_id"],
            passages=tuple((one.passage_id, one.sha256) for one in passages),
            original_sha256=next(file["sha256"] for file in record["files"] if file["path"] == record["original"]),
            root_digest=self.root_digest,
            locators=tuple(dict.fromkeys(one.locator for one in passages if one.locator)),
        )


def _written(spans: list[Span]) -> str | None:
    return f"{spans[0][1]}-{spans[-1][2]}" if spans else None


def _shown(span: Span, piece: Piece) -> ByteRange:
    data, charset = piece
    try:
        text = decode(data[: 4 * LONGEST_SOURCE], charset)[:LONGEST_SOURCE]
    except ValueError:
        text = ""
    return ByteRange(*span, charset, text, hashlib.sha256(data).hexdigest())


def _part(
    passage: Mapping[str, Any],
    characters: tuple[int, int],
    pieces: list[Piece],
    spans: tuple[ByteRange, ...],
    follows: bool,  # noqa: FBT001 - a result, not a switch
) -> TracedPart:
    start, end = characters
    found = narrowed(pieces, passage["projection"], start, end) if follows else None
    whole = spans_of(passage)
    narrow = [
        _shown((whole[at][0], whole[at][1] + first, whole[at][1] + last), (pieces[at][0][first:last], pieces[at][1]))
        for at, first, last in found or ()
    ]
    return TracedPart(
        text=passage["text"][start:end],
        char_start=start,
        char_count=end - start,
        document_char_start=passage["char_start"] + start if passage["kept"] else None,
        narrowed=found is not None,
        spans=tuple(narrow) if found is not None else spans,
    )
