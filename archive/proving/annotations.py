"""Proves the annotations of one record: that the words stand where they are said to, and follow from their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from archive.errors import StorageError
from archive.model.annotations import BodyError, read_body
from archive.model.codes import finding
from archive.model.derivation import project
from archive.model.findings import Finding, Where
from archive.model.records import PARAGRAPH_BREAK
from archive.proving.layers import Layers

_LONGEST_SHOWN = 160


@dataclass(slots=True)
class AnnotationProof:
    """The proof of one record's annotations.

    Args:
        record: it meets the record schema.
        layers: gives the bytes.
        damaged: payload paths that are known not to be what they should; parts from them are left alone.
        skipped: gets the damaged paths that annotations needed.
    """

    record: Mapping[str, Any]
    layers: Layers
    damaged: frozenset[str]
    skipped: set[str]

    def findings(self) -> Iterator[Finding]:
        """What does not follow, each with a pointer into the record."""
        annotations = self.record["annotations"]
        if not annotations:
            return
        text = PARAGRAPH_BREAK.join(one["text"] for one in self.record["passages"] if one["kept"])
        passages = {one["passage_id"]: one for one in self.record["passages"]}
        charsets = {file["path"]: file["charset"] or "" for file in self.record["files"]}
        for number, one in enumerate(annotations):
            place = f"/annotations/{number}"
            start = one["char_start"]
            stands = text[start : start + one["char_count"]]
            yield from _same(f"{place}/quotation", one["quotation"], stands)
            yield from _of_body(one, place)
            yield from self._parts(one, passages, charsets, place)
        for number, (one, other) in enumerate(pairwise(annotations)):
            if _order(one) >= _order(other):
                yield _differs(f"/annotations/{number + 1}", "out of order", "annotations in the order of the text")

    def _parts(
        self, one: Mapping[str, Any], passages: Mapping[str, Any], charsets: Mapping[str, str], place: str
    ) -> Iterator[Finding]:
        end = one["char_start"] + one["char_count"]
        through = [
            passage
            for passage in passages.values()
            if passage["kept"]
            and passage["char_start"] < end
            and passage["char_start"] + passage["char_count"] > one["char_start"]
        ]
        found = [part["passage_id"] for part in one["parts"]]
        yield from _same(f"{place}/parts", found, [passage["passage_id"] for passage in through])
        for number, part in enumerate(one["parts"]):
            passage = passages.get(part["passage_id"])
            if passage is None or not passage["kept"]:
                continue  # said just above
            at = f"{place}/parts/{number}"
            start = max(one["char_start"] - passage["char_start"], 0)
            count = min(end - passage["char_start"], passage["char_count"]) - start
            yield from _same(f"{at}/char_start", part["char_start"], start)
            yield from _same(f"{at}/char_count", part["char_count"], count)
            yield from self._bytes(part, passage, passage["text"][start : start + count], charsets, at)

    def _bytes(
        self,
        part: Mapping[str, Any],
        passage: Mapping[str, Any],
        words: str,
        charsets: Mapping[str, str],
        place: str,
    ) -> Iterator[Finding]:
        if not part["narrowed"]:
            yield from _same(f"{place}/spans", part["spans"], passage["spans"])
            return
        if not _lie_within(part["spans"], passage["spans"]):
            yield _differs(f"{place}/spans", "other bytes", "bytes of the passage, in its order")
            return
        lost = {span["layer"] for span in part["spans"]} & self.damaged
        self.skipped |= lost
        if lost:
            return
        try:
            pieces = [
                (self.layers.read(span["layer"], span["byte_start"], span["byte_end"]), charsets[span["layer"]])
                for span in part["spans"]
            ]
            yield from _same(f"{place}/spans", project(pieces, passage["projection"]), words)
        except StorageError as error:
            self.skipped.add(error.where or "")
        except (KeyError, ValueError) as error:
            yield _differs(f"{place}/spans", str(error), "bytes that the words follow from")


def _order(one: Mapping[str, Any]) -> tuple[int, int, str]:
    return one["char_start"], one["char_count"], one["annotation_id"]


def _lie_within(parts: list[Mapping[str, Any]], spans: list[Mapping[str, Any]]) -> bool:
    """Whether each range lies within a span of the passage, each further one within a further span."""
    left = iter(spans)
    return all(
        any(
            span["layer"] == part["layer"]
            and span["byte_start"] <= part["byte_start"] <= part["byte_end"] <= span["byte_end"]
            for span in left
        )
        for part in parts
    )


def _of_body(one: Mapping[str, Any], place: str) -> Iterator[Finding]:
    try:
        comment, figure = read_body(one["body"])
    except BodyError as error:
        yield _differs(f"{place}/body", error.found, error.expected)
        return
    yield from _same(f"{place}/comment", one["comment"], comment)
    yield from _same(f"{place}/figure", one["figure"], figure)


def _same(pointer: str, found: object, expected: object) -> Iterator[Finding]:
    if found != expected:
        yield _differs(pointer, str(found), str(expected))


def _differs(pointer: str, found: str, expected: str) -> Finding:
    where = Where(pointer=pointer)
    return finding("annotation.differs", where=where, found=found[:_LONGEST_SHOWN], expected=expected[:_LONGEST_SHOWN])
