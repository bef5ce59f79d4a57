"""From all that was said of a document to the values that its record keeps.

Of the values for a field the strongest source wins (sheet, sidecar, corpus, embedded, extracted). What lost is kept
as a statement that was not used, and where two sources say different things a finding shows both. What a program read
out of a file is used only where it is well formed: a person's error is theirs to correct, a file's is nobody's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from archive.model.codes import finding
from archive.model.doubtful_dates import PLACEHOLDERS
from archive.model.fields import FIELD, FIELDS, STRENGTH, AccessLevel, Field, Source
from archive.model.findings import Finding
from archive.model.statements import AFTER_CAPTURE, FOR_PEOPLE, MALFORMED, OF_MANY, OVERRULED, PLACEHOLDER, Statement
from archive.packing.tasks import DocumentTask
from archive.schema import dates
from archive.schema.formats import FORMS
from archive.schema.places import Origins

_BY_PROGRAM = frozenset({Source.EMBEDDED, Source.EXTRACTED})
_FOR_PEOPLE_ALONE = frozenset({"access_level", "access_reason", "hidden_personal_data", "review_date"})
"""Fields that no file decides about itself."""
_PLACE = {field.name: number for number, field in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a record keeps.

    Attributes:
        metadata: field -> value or list of values; a field that nobody states is absent.
        statements: all of them, in the order of the fields and of their strength.
        findings: conflicts, and values that could not be used.
    """

    metadata: dict[str, Any]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]


class Settling:
    """Settles documents one after another; where one is told of by the same words alone as the last, it is the same.

    Args:
        origins: what names places in the words of the person who wrote the values.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._told: tuple[tuple[Statement, ...], AccessLevel] | None = None
        self._settled = Settled({}, (), ())

    def of(self, task: DocumentTask, read: tuple[Statement, ...]) -> Settled:
        """What is known of a document.

        Args:
            task: it, with what people say of it.
            read: what its files say.
        """
        if read:
            return settle(task.document_id, (*task.statements, *read), task.access_level, self._origins)
        told = (task.statements, task.access_level)
        if self._told != told:
            found = settle(task.document_id, task.statements, task.access_level, self._origins)
            if found.findings:
                return found
            self._told, self._settled = told, found
        return self._settled


def settle(document_id: str, statements: Iterable[Statement], level: AccessLevel, origins: Origins) -> Settled:
    """Settles what is used.

    Args:
        document_id: for the findings.
        statements: from all sources, in any order; values of one source in the order in which they stood.
        level: the access level that the plan gave the document.
        origins: what names places in the words of the person who wrote the values.
    """
    by_field: dict[str, list[Statement]] = {}
    for statement in statements:
        by_field.setdefault(statement.field, []).append(statement)
    if "date_issued" in by_field:
        captures = [one.value for one in by_field.get("captured_at", ()) if _is_usable(FIELD["captured_at"], one)]
        by_field["date_issued"] = [_in_time(one, captures) for one in by_field["date_issued"]]
    metadata: dict[str, Any] = {}
    settled: list[Statement] = []
    findings: list[Finding] = []
    for name in sorted(by_field, key=_PLACE.__getitem__):
        field, said = FIELD[name], by_field[name]
        if len(said) == 1 and _is_used_alone(field, said[0], level):  # most fields
            settled.append(_marked(said[0], ""))
            metadata[name] = [said[0].value] if field.many else said[0].value
            continue
        said = sorted(said, key=_strength)
        used = _used(field, said, level)
        settled.extend(_marked(one, "" if at in used else _reason(field, one)) for at, one in enumerate(said))
        chosen = [said[at].value for at in sorted(used)]
        if chosen:
            metadata[field.name] = _distinct(chosen) if field.many else chosen[0]
        if len(used) < len(said):
            findings.extend(_Judging(document_id, origins, field).findings(said, used))
    asked = by_field.get("access_level", ())
    if any(one.source in _BY_PROGRAM for one in asked):
        findings.extend(_stricter_inside(document_id, asked, level, origins))
    metadata["access_level"] = level.value
    metadata |= _bounds(metadata.get("date_issued"))
    return Settled(metadata, tuple(settled), tuple(findings))


def _stricter_inside(
    document_id: str, said: Sequence[Statement], level: AccessLevel, origins: Origins
) -> Iterator[Finding]:
    """A file may ask to be kept closer than the corpus's default; a person's word on that document overrules it.

    What a person says of a whole container is no word on a document in it that asks for more.
    """
    if any(one.source in {Source.SHEET, Source.SIDECAR} and one.rank < OF_MANY for one in said):
        return
    for one in said:
        asked = next((known for known in AccessLevel if known.value == one.value.strip().lower()), None)
        if one.source in _BY_PROGRAM and asked is not None and asked.strictness > level.strictness:
            where = origins.stood(one.file, one.locator)
            yield finding(
                "access.stated-inside", document=document_id, where=where, found=asked.value, expected=level.value
            )


def _in_time(one: Statement, captures: Sequence[str]) -> Statement:
    """A date that a program read, set aside where it is none at all, or later than every capture.

    What a file states is a day too early or too late by another clock, so a day more is allowed.
    """
    if one.source not in _BY_PROGRAM or one.reason:
        return one
    if one.source is Source.EMBEDDED and one.value in PLACEHOLDERS:
        return one._replace(reason=PLACEHOLDER)
    earliest = dates.bounds(one.value)[0]
    days = [day for day in (dates.bounds(moment[:10])[1] for moment in captures) if day is not None]
    if earliest is None or not days or earliest <= max(days) + timedelta(days=1):
        return one
    return one._replace(reason=AFTER_CAPTURE)


def _marked(one: Statement, reason: str) -> Statement:
    """The statement with its mark: used, or why it is not; made by position, since every document has many."""
    return Statement(one.field, one.value, one.source, one.agent, one.file, one.locator, not reason, one.rank, reason)


def _reason(field: Field, one: Statement) -> str:
    """Why a statement is not used."""
    if one.reason:
        return one.reason
    if field.name in _FOR_PEOPLE_ALONE and one.source in _BY_PROGRAM:
        return FOR_PEOPLE
    return OVERRULED if _is_usable(field, one) else MALFORMED


def _strength(statement: Statement) -> tuple[int, int]:
    return STRENGTH[statement.source], statement.rank


def _is_used_alone(field: Field, one: Statement, level: AccessLevel) -> bool:
    """Whether the only statement of a field is used."""
    return one.value == level.value if field.name == "access_level" else _is_usable(field, one)


def _used(field: Field, said: Sequence[Statement], level: AccessLevel) -> frozenset[int]:
    """The indexes of the statements that are used."""
    if field.name == "access_level":
        return frozenset([number for number, one in enumerate(said) if one.value == level.value][:1])
    usable = [number for number, one in enumerate(said) if _is_usable(field, one)]
    strongest = [number for number in usable if _strength(said[number]) == _strength(said[usable[0]])]
    return frozenset(strongest if field.many else strongest[:1])


def _is_usable(field: Field, statement: Statement) -> bool:
    if statement.reason:
        return False
    if statement.source not in _BY_PROGRAM:
        return True
    if field.name in _FOR_PEOPLE_ALONE:
        return False
    return FORMS[field.form](statement.value)


@dataclass(frozen=True, slots=True)
class _Judging:
    document_id: str
    origins: Origins
    field: Field

    def findings(self, said: Sequence[Statement], used: frozenset[int]) -> Iterator[Finding]:
        name = self.field.name
        winner = said[min(used)] if used else None
        for number, one in enumerate(said):
            if number in used or self.field.name in _FOR_PEOPLE_ALONE:
                continue
            if one.reason and one.reason != MALFORMED:
                continue  # a program saw that it is not about the document
            if not _is_usable(self.field, one):
                found = f"{name}: {one.value[:80]}"
                yield self._finding("metadata.unusable", one, found, f"{self.field.form}, as the field needs it")
            elif winner is not None and not self.field.many and not _agree(self.field, winner.value, one.value):
                found = f"{name}: {one.source} says {one.value[:80]!r}"
                expected = f"{winner.source} says {winner.value[:80]!r}, which is used"
                yield self._finding("metadata.conflict", one, found, expected)

    def _finding(self, code: str, statement: Statement, found: str, expected: str) -> Finding:
        where = self.origins.stood(statement.file, statement.locator)
        return finding(code, document=self.document_id, where=where, found=found, expected=expected)


def _agree(field: Field, one: str, other: str) -> bool:
    if field.form == "edtf":
        return _same_time(one, other)
    if field.form == "language":
        return one.partition("-")[0].lower() == other.partition("-")[0].lower()
    if field.name == "title":  # a site puts its own name before or behind that of the page
        short, long = sorted((_folded(one), _folded(other)), key=len)
        return long.startswith(short) or long.endswith(short)
    return _folded(one) == _folded(other)


def _same_time(one: str, other: str) -> bool:
    if not (dates.is_edtf(one) and dates.is_edtf(other)):
        return one == other
    return dates.bounds(one) == dates.bounds(other)


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _distinct(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _bounds(date_issued: str | None) -> dict[str, str]:
    if date_issued is None or not dates.is_edtf(date_issued):
        return {}
    earliest, latest = dates.bounds(date_issued)
    found = {}
    if earliest is not None:
        found["date_issued_earliest"] = earliest.isoformat()
    if latest is not None:
        found["date_issued_latest"] = latest.isoformat()
    return found
