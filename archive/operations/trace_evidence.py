"""Reads the bytes behind passages once, under all digests, and says what protects them and whether they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.bags.manifests import manifest_name
from archive.bags.protection import FileRead, Listing, algorithm_of, known, listings, read_once
from archive.errors import StorageError
from archive.model.charsets import decode
from archive.model.citations import Citation
from archive.model.codes import finding
from archive.model.derivation import project
from archive.model.findings import Finding, Where
from archive.model.records import PARAGRAPH_BREAK
from archive.model.traces import (
    ByteRange,
    CheckedFile,
    ProtectingLine,
    TracedAnnotation,
    TracedPart,
    TracedPassage,
    TracedPlace,
)
from archive.operations.bag_folder import BagFolder
from archive.operations.one_record import Located
from archive.quoting.narrowing import narrowed
from archive.storage.stores import Reader

LONGEST_SOURCE = 2000
"""Characters of the bytes of a span that are shown as text."""

ROOT = "tagmanifest-sha256.txt"
Span = tuple[str, int, int]
"""A payload path and a half-open range of its bytes."""
Piece = tuple[bytes, str]
"""Bytes and their charset."""


@dataclass(frozen=True, slots=True)
class Part:
    """A passage as its record has it, and the characters of it that are meant; None for all of them."""

    passage: Mapping[str, Any]
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place to trace: the parts of passages, or none for the whole document; what was forgiven; its annotation.

    Raises:
        KeyError, TypeError: a passage has not the shape of a passage.
    """

    located: Located
    parts: tuple[Part, ...] = ()
    forgiven: tuple[str, ...] = ()
    annotation: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        for passage in self.passages:
            for layer, start, end in _spans(passage):
                if not isinstance(layer, str) or not 0 <= start <= end:
                    msg = f"no range of bytes: {layer} {start}-{end}"
                    raise TypeError(msg)

    @property
    def passages(self) -> list[Mapping[str, Any]]:
        """The passages that are to be projected again."""
        return [part.passage for part in self.parts] or list(self.located.record["passages"])


class Evidence:
    """The files behind some places, read once each.

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
        self._reader = reader
        self.findings: list[Finding] = []
        """What does not hold."""
        self._bytes: dict[Span, bytes] = {}
        names = sorted(name for name in os.listdir(folder.path) if manifest_name(name))  # noqa: PTH208 - names alone
        self._manifests = [name for name in names if not name.startswith("tag") and self._is_known(name)]
        self._tag_manifests = [name for name in names if name.startswith("tag") and self._is_known(name)]
        self.root_digest = self._root_digest() if ROOT in self._tag_manifests else None
        """The sha256 of tagmanifest-sha256.txt as it is now."""
        self.files = self._checked(_wanted(hits))
        """Every file that was read, and what protects it."""

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
        spans = tuple(_shown(span, piece) for span, piece in zip(_spans(one), pieces, strict=True))
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
        return [(self._bytes.get(span, b""), charsets[span[0]]) for span in _spans(passage)]

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
        spans = _spans(passage)
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

    def _is_known(self, manifest: str) -> bool:
        if known(manifest):
            return True
        where = Where(file=manifest)
        self.findings.append(finding("manifest.unknown-algorithm", where=where, found=algorithm_of(manifest)))
        return False

    def _root_digest(self) -> str:
        return read_once(self._reader, ROOT, ["sha256"], []).digests["sha256"]

    def _checked(self, wanted: Mapping[str, tuple[str, set[tuple[int, int]]]]) -> tuple[CheckedFile, ...]:
        if not wanted:
            return ()
        lines = listings(self._reader, self._manifests, wanted)
        files = [
            self._file(path, role, sorted(ranges), self._manifests, lines[path])
            for path, (role, ranges) in wanted.items()
        ]
        above = listings(self._reader, self._tag_manifests, self._manifests)
        files += [self._file(name, "manifest", [], self._tag_manifests, above[name]) for name in self._manifests]
        return tuple(files)

    def _file(
        self, path: str, role: str, ranges: list[tuple[int, int]], manifests: list[str], lines: list[Listing]
    ) -> CheckedFile:
        algorithms = list(dict.fromkeys(map(algorithm_of, manifests)))
        try:
            read = read_once(self._reader, path, algorithms, ranges)
        except StorageError as error:
            self.findings.append(finding("file.unreadable", where=Where(file=path), found=error.what))
            read = FileRead(0, dict.fromkeys(algorithms, ""), tuple(b"" for _ in ranges))
        for one, data in zip(ranges, read.ranges, strict=True):
            self._bytes[path, *one] = data
        protecting = tuple(
            ProtectingLine(one.manifest, one.algorithm, one.line, one.digest, read.digests[one.algorithm])
            for one in lines
        )
        checked = CheckedFile(path, role, read.size, protecting)
        self.findings.extend(_failures(checked))
        return checked


def _failures(file: CheckedFile) -> Iterator[Finding]:
    if not file.lines:
        code = "tagmanifest.manifest-unlisted" if file.role == "manifest" else "payload.unlisted"
        yield finding(code, where=Where(file=file.path))
    wrong = [line for line in file.lines if not line.holds and line.found]
    if wrong:
        found = ", ".join(dict.fromkeys(line.found for line in wrong))
        expected = ", ".join(f"{line.stated} in {line.manifest}" for line in wrong)
        yield finding("digest.mismatch", where=Where(file=file.path), found=found, expected=expected)


def _wanted(hits: Iterable[Hit]) -> dict[str, tuple[str, set[tuple[int, int]]]]:
    """The payload paths to read, each with its role and the ranges of bytes to keep."""
    found: dict[str, tuple[str, set[tuple[int, int]]]] = {}
    for hit in hits:
        original = hit.located.record["original"]
        found.setdefault(original, ("original", set()))
        for passage in hit.passages:
            for layer, start, end in _spans(passage):
                found.setdefault(layer, ("layer", set()))[1].add((start, end))
        found.setdefault(hit.located.file, ("record", set()))
    return found


def _spans(passage: Mapping[str, Any]) -> list[Span]:
    return [(one["layer"], one["byte_start"], one["byte_end"]) for one in passage["spans"]]


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
    whole = _spans(passage)
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
