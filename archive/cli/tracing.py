"""Prints what `archive trace` found: in words, as a citation, or as the envelope with all of it under `result`."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cli.advice import following
from archive.cli.envelope import envelope, written
from archive.cli.escapes import shown
from archive.cli.layout import brief, columns
from archive.cli.options import Manner
from archive.cli.streams import say
from archive.cli.wording import counted, finding_lines
from archive.model.annotations import NUMBERS, WORDS
from archive.model.findings import errors_in
from archive.model.traces import (
    ByteRange,
    CheckedFile,
    NearMiss,
    Trace,
    TracedAnnotation,
    TracedPart,
    TracedPassage,
    TracedPlace,
)

IN_FULL = 3
"""Up to how many places are shown with all their bytes; more are shown on a line each, and --json has all of it."""
_LONGEST = 1500
_EXCERPT = 60


def present(found: Trace, bag: str, manner: Manner, *, cite: bool) -> int:
    """Prints a trace.

    Args:
        found: what to print.
        bag: the bag as the person named it, for the command to run next.
        manner: how to speak.
        cite: whether to print citations alone.

    Returns:
        The exit code.
    """
    if manner["as_json"]:
        say(written(envelope(found.report, found.exit_code, found.as_json())))
        return found.exit_code
    lines = _citations(found) if cite else _lines(found, bag)
    for line in finding_lines(errors_in(found.findings)) if manner["quiet"] else lines:
        say(line)
    return found.exit_code


def _citations(found: Trace) -> Iterator[str]:
    """Citations of what holds; one that was found not to hold must not be taken along by copying."""
    if found.places and found.exit_code:
        yield "No citation: not all that it would name holds."
    for place in () if found.exit_code else found.places:
        for sentence in place.citation.sentences():
            yield shown(sentence)
        yield ""
    yield from finding_lines(found.findings if found.places else errors_in(found.findings))
    yield from _near_misses(found.near_misses)


def _lines(found: Trace, bag: str) -> Iterator[str]:
    if len(found.places) > 1:
        yield f"{counted('places', len(found.places))}"
        yield ""
    for place in found.places:
        yield from _in_full(place) if len(found.places) <= IN_FULL else _in_short(place)
    yield from _checks(found)
    yield from finding_lines(found.findings)
    yield from _near_misses(found.near_misses)
    yield from _outcome(found, bag)


def _in_full(place: TracedPlace) -> Iterator[str]:
    if place.citation.title:
        yield shown(place.citation.title)
    facts = [("document", place.document_id), ("source", place.source_path), ("original", place.original)]
    yield from columns([*facts, ("record", f"{place.record_file}, line {place.record_line}")])
    yield ""
    if place.annotation is not None:
        yield from _annotation(place.annotation)
    for passage in place.passages:
        yield from _passage(passage)
    if not place.passages:
        yield f"{counted('passages', place.checked)} derived from the bytes again."
        yield ""


def _annotation(said: TracedAnnotation) -> Iterator[str]:
    yield shown(f"Annotation {said.annotation_id}")
    rows = [("for", ", ".join(said.motivation)), ("by", ", ".join(said.creators)), ("made", said.created or "")]
    figure = said.figure or {}
    rows += [(name.replace("_", " "), figure.get(name) or "") for name in (*NUMBERS, *WORDS)]
    rows += [("comment", said.comment or "")]
    yield from (f"  {line}" for line in columns([(name, value) for name, value in rows if value]))
    yield ""


def _passage(passage: TracedPassage) -> Iterator[str]:
    kept = "kept" if passage.kept else f"not kept: {passage.reason}"
    yield shown(f"Passage {passage.ordinal}, {passage.passage_id}, {passage.kind}, {kept}")
    part = passage.part
    yield f"  {_cut(passage.text if part is None else part.text)}"
    if passage.locator:
        yield f"  at {shown(passage.locator)}"
    if part is not None:
        yield f"  {_characters(part)}"
        yield "  from the bytes of that part" if part.narrowed else "  from the bytes of the whole passage"
    for span in passage.spans if part is None else part.spans:
        yield f"    {shown(_place(span))}, {span.charset}"
        yield f"      {_cut(span.source)}"
    yield f"  {'follows' if passage.follows else 'DOES NOT FOLLOW'} from them by {shown(passage.projection)}"
    yield ""


def _characters(part: TracedPart) -> str:
    inside = f"characters {part.char_start}-{part.char_start + part.char_count} of the passage"
    if part.document_char_start is None:
        return inside
    return f"{inside}, {part.document_char_start}-{part.document_char_start + part.char_count} of the text"


def _in_short(place: TracedPlace) -> Iterator[str]:
    for passage in place.passages:
        part = passage.part
        spans = passage.spans if part is None else part.spans
        where = "; ".join(_place(span) for span in spans)
        text = passage.text if part is None else part.text
        at = f", {passage.locator}" if passage.locator else ""
        yield shown(f"{place.document_id}{at}, passage {passage.ordinal}, {where}: {brief(text, _EXCERPT)}")
    yield ""


def _place(span: ByteRange) -> str:
    return f"{span.layer}, bytes {span.byte_start}-{span.byte_end}"


def _cut(text: str) -> str:
    return shown(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")


def _checks(found: Trace) -> Iterator[str]:
    if not found.files:
        return
    yield "Read again and compared"
    for file in found.files:
        yield f"  {shown(file.path)} ({file.role}, {file.bytes:,} bytes)"
        yield from _protection(file)
    yield ""


def _protection(file: CheckedFile) -> Iterator[str]:
    if not file.lines:
        yield "    NO MANIFEST LISTS IT"
    for line in file.lines:
        holds = "holds" if line.holds else f"DOES NOT HOLD, the file has {line.found or 'no digest'}"
        yield f"    {line.manifest}, line {line.line}: {shown(line.stated)} {holds}"


def _near_misses(misses: tuple[NearMiss, ...]) -> Iterator[str]:
    if not misses:
        return
    yield "The nearest passages"
    rows = [(one.document_id, str(one.ordinal), f"{one.likeness:.0%}", brief(one.text, 2 * _EXCERPT)) for one in misses]
    yield from columns(rows)
    yield ""


def _outcome(found: Trace, bag: str) -> Iterator[str]:
    if found.access_level != "open":
        yield f"The bag is {shown(found.access_level)}: mind to whom you show this."
    if found.root_digest:
        yield f"root digest  {found.root_digest}"
        yield "Compare it with the one that was kept elsewhere; what holds here could have been written anew together."
    if found.places:
        yield "holds" if found.exit_code == 0 else "DOES NOT HOLD: see above"
    yield from following("validate", bag)
