"""Repeats the rule of derivation for every passage of one record, and recounts what the record says of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.errors import StorageError
from archive.model.codes import finding
from archive.model.derivation import project
from archive.model.findings import Finding, Where
from archive.model.limits import Limits
from archive.model.passages import passage_id
from archive.model.records import PARAGRAPH_BREAK
from archive.model.spans import Span
from archive.proving.layers import Layers

_LONGEST_SHOWN = 80
_SPARE = 1 << 20
"""Bytes that the passages of a small document may name more often than once."""


@dataclass(slots=True)
class Proof:
    """The proof of one record's passages.

    Args:
        record: it meets the record schema.
        layers: gives the bytes.
        damaged: payload paths that are known not to be what they should; passages from them are left alone.
        limits: the bounds.
        skipped: gets the damaged paths that passages needed.
    """

    record: Mapping[str, Any]
    layers: Layers
    damaged: frozenset[str]
    limits: Limits
    skipped: set[str]

    def findings(self) -> Iterator[Finding]:
        """What does not follow, each with a pointer into the record."""
        files = {file["path"]: file for file in self.record["files"]}
        left = 2 * sum(file["bytes"] for file in files.values()) + _SPARE
        seen: set[str] = set()
        position = 0
        for ordinal, passage in enumerate(self.record["passages"]):
            place = f"/passages/{ordinal}"
            left -= sum(max(0, span["byte_end"] - span["byte_start"]) for span in passage["spans"])
            if left < 0:
                yield _of("passage.spans", place, "more bytes than the document has, twice over")
                return
            yield from self._text(passage, files, place)
            expected: dict[str, object] = {"ordinal": ordinal, "char_start": -1, "char_count": 0}
            if passage["kept"]:
                length = len(passage["text"])
                expected |= {"char_start": position, "char_count": length}
                position += length + len(PARAGRAPH_BREAK)
            expected["sha256"] = _sha256(passage["text"])
            yield from _differences(passage, expected, place)
            if passage["passage_id"] in seen:
                yield _of("passage.differs", f"{place}/passage_id", passage["passage_id"], "an identifier of its own")
            seen.add(passage["passage_id"])
        yield from self._figures()

    def _text(self, passage: Mapping[str, Any], files: Mapping[str, Any], place: str) -> Iterator[Finding]:
        fault = self._fault(passage["spans"], files)
        if fault is not None:
            part, found, expected = fault
            yield _of("passage.spans", f"{place}/spans/{part}", found, expected)
            return
        needed = {span["layer"] for span in passage["spans"]}
        lost = needed & self.damaged
        if lost:
            self.skipped |= lost
            return
        try:
            yield from self._projected(passage, files, place)
        except StorageError as error:
            self.skipped.add(error.where or "")

    def _fault(self, spans: list[dict[str, Any]], files: Mapping[str, Any]) -> tuple[int, str, str] | None:
        """What is wrong with spans that can be seen without reading: the part, what is found, what is expected."""
        total = 0
        for part, span in enumerate(spans):
            layer, start, end = span["layer"], span["byte_start"], span["byte_end"]
            if layer not in files:
                return part, layer[:_LONGEST_SHOWN], "one of the files of the record"
            if start > end:
                return part, f"bytes {start}-{end}", "an end that is not before the start"
            total += end - start
            if total > self.limits.passage:
                return part, f"{total:,} bytes in one passage", f"at most {self.limits.passage:,}"
        return None

    def _projected(self, passage: Mapping[str, Any], files: Mapping[str, Any], place: str) -> Iterator[Finding]:
        pieces = []
        for part, span in enumerate(passage["spans"]):
            layer, start, end = span["layer"], span["byte_start"], span["byte_end"]
            size = self.layers.size(layer)
            if end > size:
                yield _of("passage.spans", f"{place}/spans/{part}", f"bytes {start}-{end}", f"bytes within 0-{size}")
                return
            pieces.append((self.layers.read(layer, start, end), files[layer]["charset"] or ""))
        try:
            text = project(pieces, passage["projection"])
        except ValueError as error:
            yield _of("passage.not-derived", f"{place}/projection", str(error)[: 2 * _LONGEST_SHOWN])
            return
        if text != passage["text"]:
            yield _of("passage.not-derived", f"{place}/text", *_first_difference(passage["text"], text))
        paths = list(dict.fromkeys(span["layer"] for span in passage["spans"]))
        spans = [Span(paths.index(span["layer"]), span["byte_start"], span["byte_end"]) for span in passage["spans"]]
        identifier = passage_id([files[path]["sha256"] for path in paths], spans)
        yield from _differences(passage, {"passage_id": identifier}, place)

    def _figures(self) -> Iterator[Finding]:
        kept = [passage["text"] for passage in self.record["passages"] if passage["kept"]]
        text = PARAGRAPH_BREAK.join(kept)
        expected = {
            "characters": len(text),
            "words": len(text.split()),
            "sha256": _sha256(text) if kept else None,
        }
        for name, value in expected.items():
            found = self.record["text"][name]
            if found != value:
                yield _of("record.text-differs", f"/text/{name}", str(found), str(value))


def _differences(passage: Mapping[str, Any], expected: Mapping[str, Any], place: str) -> Iterator[Finding]:
    for name, value in expected.items():
        if passage[name] != value:
            yield _of("passage.differs", f"{place}/{name}", str(passage[name]), str(value))


def _first_difference(found: str, expected: str) -> tuple[str, str]:
    """Both texts from a little before the place where they part."""
    same = next(
        (at for at, (one, other) in enumerate(zip(found, expected, strict=False)) if one != other),
        min(len(found), len(expected)),
    )
    start = max(0, same - _LONGEST_SHOWN // 4)
    return _shown(found, start), _shown(expected, start)


def _shown(text: str, start: int) -> str:
    return f"from character {start}: {text[start : start + _LONGEST_SHOWN]!r}"


def _of(code: str, pointer: str, found: str = "", expected: str = "") -> Finding:
    return finding(code, where=Where(pointer=pointer), found=found, expected=expected)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
