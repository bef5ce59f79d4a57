"""The verb `trace`: from a passage, a quotation or an annotation to its bytes, checked there and then. Reads only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from archive.errors import BagUnreadableError, UsageError
from archive.model.codes import finding
from archive.model.fault_words import shape_words
from archive.model.findings import Finding
from archive.model.traces import NearMiss, Trace, TracedPlace
from archive.model.versions import Holds, holds_of
from archive.operations.bag_folder import BagFolder, opened_bag
from archive.operations.one_record import Located, find_record
from archive.operations.record_files import listed_files, read_records
from archive.operations.trace_annotations import annotation_hit, annotations_of, unknown_annotation
from archive.operations.trace_evidence import Evidence
from archive.operations.trace_hits import Hit, Part
from archive.operations.trace_quotations import hits_in, nearest
from archive.quoting.folding import differs_in_capitals, folded
from archive.storage.stores import Reader

_DIGITS = frozenset("0123456789")
Answer = TypeVar("Answer")
Given = TypeVar("Given", Located, Hit)


def trace(
    bag: str | os.PathLike[str],
    document: str | None = None,
    passage: str | int | None = None,
    *,
    quote: str | None = None,
    annotation: str | None = None,
) -> Trace:
    """Takes a passage, a quotation or an annotation back to its bytes, and checks the checksums that protect them.

    What is checked is what is needed for this answer: the files in which the passage stands, the file of records, the
    manifests that list them, and the tag manifests that list those. `archive.validate` checks the rest.

    Args:
        bag: a bag of ours, in a folder or serialised.
        document: a `document_id`. It may be left out where a quotation is looked for in the whole bag.
        passage: a `passage_id`, or an ordinal from 0; None for every passage of the document.
        quote: what is looked for. White space, quotation marks, hyphens and dashes, invisible characters and Unicode
            normalisation are forgiven, and it is said where they were; nothing else is.
        annotation: the identifier of an annotation, or its end where no other ends so; then no passage and no
            quotation is given.

    Returns:
        Where it stands, with its bytes and all checks. Where a quotation stands nowhere, the passages that come near.

    Raises:
        BagUnreadableError: there is no such folder, it is no bag, it is of a layout that this version does not know,
            or its records cannot be read.
        StorageError: a file of records is missing or cannot be read.
        UsageError: this package did not make the bag, it has no such document, passage or annotation, what is given
            does not name a place, or the quotation has nothing but white space.
    """
    _expect_a_place(document, passage, quote, annotation)
    with opened_bag(Path(bag)) as folder:
        _expect_text(folder)
        with folder.store.reader() as reader:
            return _Tracing(folder, reader, _Wanted(document, passage, quote, annotation)).trace()


def _expect_text(folder: BagFolder) -> None:
    if folder.info is None:
        what = "corpus-archive did not make this bag, so nothing says which bytes its passages have"
        raise UsageError(what, where=str(folder.path), remedy="`archive show` and `archive validate` take any bag")
    if holds_of(folder.info) is Holds.METADATA:
        what = "this bag holds metadata alone, so there is no text in it to be traced"
        raise UsageError(what, where=str(folder.path), remedy="Trace it in the bag that holds the documents")


def _expect_a_place(document: str | None, passage: str | int | None, quote: str | None, annotation: str | None) -> None:
    if annotation is not None:
        if passage is not None or quote is not None:
            what = "an annotation names its own words"
            raise UsageError(what, remedy="Give --annotation without a passage and without --quote")
        return
    if document is None and (quote is None or passage is not None):
        raise UsageError("no document is named", remedy="Name one, or give --quote or --annotation")
    if quote is not None and not folded(quote):
        raise UsageError("the quotation has no letters", remedy="Give some words of it")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    document: str | None
    passage: str | int | None
    quote: str | None
    annotation: str | None


class _Tracing:
    """One call, with what it was given."""

    def __init__(self, folder: BagFolder, reader: Reader, wanted: _Wanted) -> None:
        self._folder = folder
        self._reader = reader
        self._document = wanted.document
        self._passage = wanted.passage
        self._quote = wanted.quote
        self._annotation = wanted.annotation

    def trace(self) -> Trace:
        """The outcome."""
        hits = self._found() if self._annotation is None else self._annotated(self._annotation)
        evidence = Evidence(self._folder, self._reader, hits)
        places = [_of_shape(hit, evidence.place) for hit in hits]
        near = () if places or self._quote is None else nearest(self._records(), self._quote, self._taken)
        info = self._folder.info or {}
        return Trace(
            path=str(self._folder.path),
            urn=str(info.get("urn")),
            access_level=str(info.get("access_level")),
            root_digest=evidence.root_digest,
            quote=self._quote,
            places=tuple(places),
            files=evidence.files,
            near_misses=near,
            findings=tuple(sorted((*evidence.findings, *self._said(places, near)), key=lambda one: one.order)),
        )

    def _found(self) -> list[Hit]:
        return [hit for located in self._records() for hit in _of_shape(located, self._hits)]

    def _annotated(self, name: str) -> list[Hit]:
        """The words of one annotation: that of this identifier, else the only one whose identifier ends so."""
        every = [(located, one) for located in self._records() for one in _of_shape(located, annotations_of)]
        meant = [(located, one) for located, one in every if one["annotation_id"] == name]
        meant = meant or [(located, one) for located, one in every if str(one["annotation_id"]).endswith(name)]
        if len(meant) == 1:
            located, one = meant[0]
            return [_of_shape(located, lambda found: annotation_hit(found, one))]
        names = [str(one["annotation_id"]) for _, one in meant or every]
        raise unknown_annotation(name, names, is_ambiguous=bool(meant), where=str(self._folder.path))

    def _records(self) -> Iterator[Located]:
        if self._document is not None:
            yield find_record(self._folder, self._reader, self._document)
            return
        for file in listed_files(self._folder.info or {}):
            for line, record in read_records(self._reader, file):
                yield Located(file, line, record)

    def _hits(self, located: Located) -> list[Hit]:
        taken = self._taken(located.record)
        if self._quote is not None:
            return hits_in(located, taken, self._quote)
        if self._passage is None:
            return [Hit(located)]
        return [Hit(located, (Part(one),)) for one in taken]

    def _taken(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The passages that were asked for."""
        passages: list[dict[str, Any]] = record["passages"]
        if self._passage is None:
            return passages
        named = str(self._passage)
        field = "ordinal" if set(named) <= _DIGITS and named else "passage_id"
        found = [
            one for one in passages if str(one[field]) == (named.lstrip("0") or "0" if field == "ordinal" else named)
        ]
        if not found:
            has = f"it has passages 0 to {len(passages) - 1}" if passages else "it has none"
            raise UsageError(
                f"the document has no passage {named!r}; {has}",
                where=f"document {record['document_id']}",
                remedy="`archive show BAG DOCUMENT` lists its passages",
            )
        return found

    def _said(self, places: list[TracedPlace], near: Sequence[NearMiss]) -> Iterator[Finding]:
        if self._quote is not None and not places:
            is_alike = any(differs_in_capitals(self._quote, one.text) for one in near)
            expected = "other capital letters, as in a passage that is listed" if is_alike else ""
            yield finding("quotation.not-found", document=self._document, found=self._quote, expected=expected)
        for place in places:
            if place.forgiven:
                names = ", ".join(one.passage_id for one in place.passages)
                found = f"{', '.join(place.forgiven)} forgiven in {names}"
                yield finding("quotation.forgiven", document=place.document_id, found=found)


def _of_shape(given: Given, work: Callable[[Given], Answer]) -> Answer:
    """What `work` makes of a record, or the error that says that it is none."""
    try:
        return work(given)
    except (KeyError, TypeError, AttributeError) as error:
        what = f"the record has not the shape of a record ({shape_words(error)})"
        remedy = "Run `archive validate`, which says what is wrong with it"
        located = given.located if isinstance(given, Hit) else given
        raise BagUnreadableError(what, where=f"{located.file}, line {located.line}", remedy=remedy) from error
