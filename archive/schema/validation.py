"""Checks values against the shipped schemas, and records against an archive's own schema too.

Good records take the fast way: `jsonschema-rs`, some hundred times as fast, says yes or no. Where it says no,
`jsonschema` says why; the tests hold the two to the same answer. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from archive.errors import ArchiveError
from archive.model.codes import finding
from archive.model.findings import NOWHERE, Finding, Where
from archive.schema import shipped
from archive.schema.formats import FORMATS
from archive.schema.languages import canonical
from archive.schema.overlays import Overlay, endless
from archive.schema.places import Origins
from archive.schema.wording import Fault, faults
from archive.schema.words import shown

MOST_FAULTS = 200
"""Faults of one value that are told; a damaged record of a million passages shall not fill the memory."""

_CODES: dict[str, dict[str, str]] = {
    "record": {
        "missing": "record.missing-field",
        "unknown": "record.unknown-field",
        "type": "record.wrong-type",
        "version": "record.version",
        "other": "record.schema",
    },
    "bag": {"version": "record.version", "other": "bag-json.schema"},
}
_OWN_CODES = {"other": "record.own-schema"}


@dataclass(frozen=True, slots=True)
class Validator:
    """Holds values to a shipped schema; it is a value and pickles.

    Attributes:
        schema: `record` or `bag`; what is wrong with corpus.toml is told by whoever reads it (`archive.submission`).
        overlay: a schema of one's own that records must meet too (see `archive.schema.overlays.read_overlay`).
        origins: the header of the sheet and the prefix to leave out, so that findings name cells.
    """

    schema: str = "record"
    overlay: Overlay | None = None
    origins: Origins = field(default_factory=Origins)

    def check(
        self, value: Any, document: str | None = None, within: Where = NOWHERE, brief: Any = None
    ) -> tuple[Finding, ...]:
        """What is wrong with one value.

        Args:
            value: JSON values only, as `json.loads` gives them.
            document: the identifier of the document, for the findings.
            within: the place of the value itself, where no statement in it tells a better one.
            brief: what is good where the value is, and only there: the value less what is known to be good.

        Returns:
            All findings, in their order; none for a good value.
        """
        found: list[Finding] = []
        if not self._is_good(value if brief is None else brief):
            codes = _CODES[self.schema]
            found.extend(
                self._named(one, codes, value, document, within) for one in _limited(_faults(self.schema, value))
            )
        if self.overlay is not None:
            found.extend(self._against_overlay(self.overlay, value, document, within))
        if self.schema == "record":
            found.extend(self._languages(value, document, within))
        return tuple(sorted(found, key=lambda one: one.order)) if found else ()

    def _is_good(self, value: Any) -> bool:
        try:
            return _quick(self.schema).is_valid(value)
        except ValueError:  # lone surrogates, or a type that JSON has not
            return False

    def _named(self, fault: Fault, codes: dict[str, str], value: Any, document: str | None, within: Where) -> Finding:
        code = fault.kind if "." in fault.kind and codes is not _OWN_CODES else codes.get(fault.kind, codes["other"])
        where = self.origins.place(value, fault.path, within)
        return finding(code, document=document, where=where, found=fault.found, expected=fault.expected)

    def _against_overlay(self, overlay: Overlay, value: Any, document: str | None, within: Where) -> Iterator[Finding]:
        try:
            told = list(_limited(_distinct(fault for error in overlay.errors(value) for fault in faults(error))))
        except RecursionError:
            yield endless(overlay.file, document)
            return
        for fault in told:
            asked = Fault(fault.kind, fault.path, fault.found, f"{fault.expected} ({overlay.file})")
            yield self._named(asked, _OWN_CODES, value, document, within)

    def _languages(self, value: Any, document: str | None, within: Where) -> Iterator[Finding]:
        metadata = value.get("metadata") if isinstance(value, dict) else None
        tag = metadata.get("language") if isinstance(metadata, dict) else None
        better = canonical(tag) if isinstance(tag, str) else None
        if better is not None and better != tag:
            where = self.origins.place(value, ("metadata", "language"), within)
            yield finding("language.not-canonical", document=document, where=where, found=shown(tag), expected=better)


def _faults(name: str, value: Any) -> Iterator[Fault]:
    """Why the quick engine said no; never nothing."""
    from archive.schema.checker import careful

    told = False
    for fault in _distinct(_with_surrogates(value, ())):
        told = True
        yield fault
    for fault in _distinct(one for error in careful(name).iter_errors(value) for one in faults(error)):
        told = True
        yield fault
    if not told:
        yield Fault("other", (), "a value that the schema does not allow", "a value that both engines accept")


def _distinct(every: Iterable[Fault]) -> Iterator[Fault]:
    """Each fault once: the engine tells of two missing names twice, and of an empty date in two ways."""
    seen: set[tuple[object, ...]] = set()
    for fault in every:
        key = (fault.kind, fault.path, fault.found, fault.expected)
        if key not in seen:
            seen.add(key)
            yield fault


def _limited(every: Iterator[Fault]) -> Iterator[Fault]:
    yield from islice(every, MOST_FAULTS)
    if next(every, None) is not None:
        yield Fault("record.more-errors", (), f"more than {MOST_FAULTS} errors", "")


def _with_surrogates(value: Any, path: Sequence[str | int]) -> Iterator[Fault]:
    """Texts that hold half a character, which is what undecodable bytes become (PEP 383)."""
    pending: list[tuple[Any, tuple[str | int, ...]]] = [(value, tuple(path))]
    while pending:
        one, place = pending.pop()
        match one:
            case str() if not _is_unicode(one):
                yield Fault("value.not-unicode", place, shown(one), "text in UTF-8")
            case dict():
                pending.extend((member, (*place, str(key))) for key, member in one.items())
            case list():
                pending.extend((member, (*place, index)) for index, member in enumerate(one))
            case _:
                pass


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _quick(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        shipped.schema(name), formats=FORMATS, validate_formats=True, retriever=_nothing_from_outside
    )


def _nothing_from_outside(uri: str) -> Any:
    raise ArchiveError("a schema refers to something outside", where=uri, remedy="Nothing is ever fetched")
