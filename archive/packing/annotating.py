"""Holds annotations to the text of their document: each must stand there, in one place, and gets its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.model.annotations import FILE, Annotation, Selection, read_body
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.records import PARAGRAPH_BREAK, AnnotationJson, AnnotationPartJson, PassageJson
from archive.model.spans import Layer, Span
from archive.quoting.folding import Liberty, folded
from archive.quoting.narrowing import narrowed
from archive.quoting.searching import Likeness, places
from archive.schema.dates import is_edtf
from archive.schema.timestamps import is_timestamp

_LONGEST_SHOWN = 120
_MOST_SOUGHT = 20
"""Quotations of one document that stand nowhere, for which what comes nearest is looked for."""
_REACH = 400
"""Characters around a place in which a prefix or a suffix is looked for, and eight times its own length besides."""
_AT = "/target/selector"


@dataclass(frozen=True, slots=True)
class Annotated:
    """What came of the annotations of one document: those that hold, in the order of the text, and findings."""

    entries: tuple[AnnotationJson, ...]
    findings: tuple[Finding, ...]


def annotate(
    annotations: Sequence[Annotation], passages: Sequence[PassageJson], layers: Mapping[str, Layer]
) -> Annotated:
    """Finds the place of each annotation.

    Args:
        annotations: of one document.
        passages: of its record.
        layers: by payload path.
    """
    if not annotations:
        return Annotated((), ())
    text = _Text(passages, layers)
    entries: list[AnnotationJson] = []
    findings: list[Finding] = []
    for one in annotations:
        try:
            _expect_dates(one)
            place = text.place(one.selection)
        except _UnplacedError as why:
            findings.append(why.finding(one))
            continue
        if place.forgiven:
            differs = f"{', '.join(place.forgiven)} forgiven"
            findings.append(
                _of(one, "annotation.forgiven", differs, _brief(text.text[place.start : place.end]), "/exact")
            )
        entries.append(text.entry(one, place))
    entries.sort(key=lambda entry: (entry["char_start"], entry["char_count"], entry["annotation_id"]))
    return Annotated(tuple(entries), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Place:
    """A range of the document's text, and in what the quotation differs from it."""

    start: int
    end: int
    forgiven: tuple[Liberty, ...] = ()


class _UnplacedError(Exception):
    """Why an annotation has no place."""

    def __init__(self, code: str, found: str, expected: str = "", member: str = "") -> None:
        super().__init__(found)
        self.code = code
        self.found = found
        self.expected = expected
        self.member = member

    def finding(self, one: Annotation) -> Finding:
        """The same as a finding about an annotation."""
        return _of(one, self.code, self.found, self.expected, self.member)


def _of(one: Annotation, code: str, found: str, expected: str, member: str) -> Finding:
    pointer = member if member.startswith(("/body", "/created")) else f"{_AT}{member}"
    where = Where(file=FILE, row=one.row, pointer=pointer)
    return finding(code, document=one.document_id, where=where, found=found, expected=expected)


def _expect_dates(one: Annotation) -> None:
    if one.created is not None and not is_timestamp(one.created):
        raise _UnplacedError("annotation.shape", one.created, "a moment that the calendar has", "/created")
    figure = read_body(one.body)[1]
    period = figure["period"] if figure else None
    if period is not None and not is_edtf(period):
        expected = "a date or an interval in EDTF; words go into period_stated"
        raise _UnplacedError("annotation.shape", period[:_LONGEST_SHOWN], expected, "/body/period")


class _Text:
    """The text of a document, in which places are looked for."""

    def __init__(self, passages: Sequence[PassageJson], layers: Mapping[str, Layer]) -> None:
        self._passages = passages
        self._kept = [one for one in passages if one["kept"]]
        self._layers = layers
        self._sought = 0
        self.text = PARAGRAPH_BREAK.join(one["text"] for one in self._kept)

    def place(self, selection: Selection) -> _Place:
        """The one place that is meant.

        Raises:
            _UnplacedError: there is none, or more than one.
        """
        if selection.exact is None:
            return self._at(selection)
        found = list(self._exactly(selection.exact)) or list(self._freely(selection.exact))
        if not found:
            raise self._not_found(selection.exact)
        meant = [one for one in found if self._is_meant(one, selection)]
        if not meant:
            stands = "; ".join(self._shown(one) for one in found[:3])
            expected = _wanted(selection)
            raise _UnplacedError("annotation.context", f"in {_counted(found)}: {stands}", expected)
        if len(meant) > 1:
            stands = "; ".join(self._shown(one) for one in meant[:3])
            raise _UnplacedError("annotation.ambiguous", f"in {_counted(meant)}: {stands}", "one place", "/exact")
        return meant[0]

    def _at(self, selection: Selection) -> _Place:
        start, end = selection.start or 0, selection.end or 0
        length = len(self.text)
        if not start < end <= length:
            found = f"characters {start}-{end} of {length:,}"
            raise _UnplacedError("annotation.position", found, f"a part of 0-{length}", "/start")
        if not self.text[start:end].strip():
            raise _UnplacedError("annotation.position", "white space alone", "some words", "/start")
        return self._without_edges(start, end)

    def _without_edges(self, start: int, end: int) -> _Place:
        """A place that begins and ends with a character of a passage, not between two passages."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        return _Place(start, start + len(part.strip()))

    def _exactly(self, exact: str) -> Iterator[_Place]:
        wanted = exact.strip()
        at = self.text.find(wanted)
        while at >= 0:
            yield _Place(at, at + len(wanted))
            at = self.text.find(wanted, at + 1)

    def _freely(self, exact: str) -> Iterator[_Place]:
        for one in places([passage["text"] for passage in self._kept], exact):
            first, last = one.parts[0], one.parts[-1]
            start = self._kept[first.index]["char_start"] + first.start
            yield _Place(start, self._kept[last.index]["char_start"] + last.end, one.forgiven)

    def _is_meant(self, place: _Place, selection: Selection) -> bool:
        if selection.start is not None and selection.end is not None:
            given = self.text[selection.start : selection.end]
            start = selection.start + len(given) - len(given.lstrip())
            if (start, start + len(given.strip())) != (place.start, place.end):
                return False
        before, after = folded(selection.prefix), folded(selection.suffix)
        reach = _REACH + 8 * max(len(before), len(after))
        is_after = folded(self.text[max(0, place.start - reach) : place.start]).endswith(before)
        return is_after and folded(self.text[place.end : place.end + reach]).startswith(after)

    def _not_found(self, exact: str) -> _UnplacedError:
        for one in self._passages:
            if not one["kept"] and places([one["text"]], exact):
                found = f"in passage {one['ordinal']}, which is not kept: {one['reason']}"
                return _UnplacedError("annotation.not-kept", found, "words of the text", "/exact")
        if not self._kept:
            return _UnplacedError("annotation.not-found", "the document has no text", "words of the text", "/exact")
        return _UnplacedError(
            "annotation.not-found", _brief(exact), f"words of the text{self._nearest(exact)}", "/exact"
        )

    def _nearest(self, exact: str) -> str:
        """What comes nearest, in words; looked for a few times only, since all of the text is read each time."""
        self._sought += 1
        if self._sought > _MOST_SOUGHT:
            return ""
        likeness = Likeness(exact)
        return f"; the nearest are {_brief(max(self._kept, key=lambda one: likeness.of(one['text']))['text'])}"

    def _shown(self, place: _Place) -> str:
        around = self.text[max(0, place.start - 20) : place.end + 20]
        return f"characters {place.start}-{place.end} (\u2026{_brief(around)}\u2026)"

    def entry(self, one: Annotation, place: _Place) -> AnnotationJson:
        """What the record says of an annotation."""
        comment, figure = read_body(one.body)
        return {
            "annotation_id": one.annotation_id,
            "motivation": list(one.motivation),
            "creators": list(one.creators),
            "created": one.created,
            "quotation": self.text[place.start : place.end],
            "char_start": place.start,
            "char_count": place.end - place.start,
            "parts": list(self._parts(place)),
            "comment": comment,
            "figure": figure,
            "body": one.body,
        }

    def _parts(self, place: _Place) -> Iterator[AnnotationPartJson]:
        for passage in self._kept:
            offset = passage["char_start"]
            start, end = max(place.start - offset, 0), min(place.end - offset, passage["char_count"])
            if start < end:
                yield self._part(passage, start, end)

    def _part(self, passage: PassageJson, start: int, end: int) -> AnnotationPartJson:
        spans = passage["spans"]
        pieces = [self._piece(Span(0, one["byte_start"], one["byte_end"]), one["layer"]) for one in spans]
        found = narrowed(pieces, passage["projection"], start, end)
        return {
            "passage_id": passage["passage_id"],
            "char_start": start,
            "char_count": end - start,
            "narrowed": found is not None,
            "spans": list(spans)
            if found is None
            else [
                {
                    "layer": spans[at]["layer"],
                    "byte_start": spans[at]["byte_start"] + first,
                    "byte_end": spans[at]["byte_start"] + last,
                }
                for at, first, last in found
            ],
        }

    def _piece(self, span: Span, path: str) -> tuple[bytes, str]:
        layer = self._layers[path]
        return layer.slice(span), layer.charset


def _wanted(selection: Selection) -> str:
    given = []
    if selection.prefix:
        given.append(f"after {_brief(selection.prefix)}")
    if selection.suffix:
        given.append(f"before {_brief(selection.suffix)}")
    if selection.start is not None:
        given.append(f"at characters {selection.start}-{selection.end}")
    return ", ".join(given)


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + chr(0x2026)}'"


def _counted(found: Sequence[_Place]) -> str:
    return "1 place" if len(found) == 1 else f"{len(found)} places"
