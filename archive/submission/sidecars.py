"""Reads sidecars: `X.json` beside a document `X`, one JSON object with what is known of it.

Keys are our fields' names or Dublin Core's, values are text, or lists of text where a field holds several;
`identifier`, `role` and `additional` are keys too. A year may be a number; null says that nothing is stated, except
where that could be taken for a decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.model.codes import finding
from archive.model.corpora import ROLES
from archive.model.fault_words import value_words
from archive.model.fields import FIELD, AccessLevel
from archive.model.findings import Finding, Severity, Where
from archive.submission.columns import access_level_of
from archive.submission.headers import Kind, Meaning, meaning_of, nearest, nearest_of, rights_field
from archive.submission.identifiers import shown
from archive.submission.json_values import Digits, parse_json, pointer
from archive.submission.limits import LIMITS

ENDING = ".json"
"""What a sidecar's name adds to that of its document."""


class Said(NamedTuple):
    """One value: our field, the value, and its JSON pointer in the sidecar (RFC 6901)."""

    field: str
    value: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What planning needs to know of a sidecar; its values are read again when they are asked for.

    Attributes:
        path: of the sidecar, relative to the corpus.
        data: its bytes, which were read once.
        identifier: of the document, or an empty string.
        role: one of `ROLES`, or an empty string.
        level: the access level that it states; restricted where it cannot be read; None where it states none.
        is_reviewed: whether it states a review date.
    """

    path: str
    data: bytes
    identifier: str = ""
    role: str = ""
    level: AccessLevel | None = None
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class SidecarValues:
    """All that a sidecar says."""

    values: tuple[Said, ...]
    additional: Mapping[str, Any]


def read_sidecar(path: str, data: bytes, own: Collection[str] = ()) -> tuple[Sidecar, list[Finding]]:
    """Reads a sidecar.

    Args:
        path: relative to the corpus.
        data: its bytes.
        own: keys that corpus.toml declares as the person's own.

    Returns:
        the sidecar, restricted where nobody can know what it says, and what is wrong with it.
    """
    reading = _Reading(path, own)
    reading.read(data)
    if reading.is_broken:
        return Sidecar(path, data, level=AccessLevel.RESTRICTED), reading.findings
    sidecar = Sidecar(
        path=path,
        data=data,
        identifier=reading.identifier,
        role=reading.role,
        level=reading.level,
        is_reviewed=any(said.field == "review_date" for said in reading.values),
    )
    return sidecar, reading.findings


def sidecar_values(sidecar: Sidecar, own: Collection[str] = ()) -> SidecarValues:
    """What a sidecar says of the fields, in the order of its keys, and under `additional`."""
    reading = _Reading(sidecar.path, own)
    reading.read(sidecar.data)
    return SidecarValues(tuple(reading.values), reading.additional)


class _Reading:
    """What is gathered from one sidecar."""

    def __init__(self, path: str, own: Collection[str]) -> None:
        self.file = shown(path)
        self.own = own
        self.findings: list[Finding] = []
        self.values: list[Said] = []
        self.additional: dict[str, Any] = {}
        self.identifier = ""
        self.role = ""
        self.level: AccessLevel | None = None
        self.is_broken = False

    def read(self, data: bytes) -> None:
        if len(data) > LIMITS.sidecar:
            self._broken("sidecar.too-large", Where(file=self.file), f"{len(data)} bytes")
            return
        value, faults = parse_json(data)
        for fault in faults:
            where = Where(file=self.file, row=fault.row, pointer=fault.pointer, bytes=fault.bytes)
            self._broken(f"sidecar.{fault.kind}", where, fault.found)
        if faults:
            return
        if not isinstance(value, dict):
            self._broken("sidecar.not-an-object", Where(file=self.file), _kind_of(value))
        else:
            for key, member in value.items():
                self._take(key, member)

    def _broken(self, code: str, where: Where, found: str) -> None:
        self.is_broken = True
        self.findings.append(finding(code, where=where, found=found))

    def _note(self, code: str, at: str, found: str, expected: str, severity: Severity | None = None) -> None:
        where = Where(file=self.file, pointer=at)
        self.findings.append(finding(code, where=where, found=found, expected=expected, severity=severity))

    def _take(self, key: str, member: Any) -> None:
        if key == "additional":
            self._take_additional(member)
            return
        meaning = meaning_of(key, self.own)
        if meaning.kind is Kind.ADDITIONAL:
            self.additional[meaning.name] = member
        elif meaning.kind in {Kind.FIELD, Kind.RIGHTS, Kind.IDENTIFIER, Kind.ROLE}:
            for at, text in self._texts(key, member, meaning):
                self._say(meaning, at, text)
        elif meaning.kind is not Kind.SUGGESTED:
            meant = nearest(key)
            expected = f"perhaps {meant}" if meant else "a field's name, a Dublin Core name, or `additional`"
            severity = Severity.ERROR if meant else None
            self._note("sidecar.unknown-key", pointer(key), key, expected, severity)

    def _take_additional(self, member: Any) -> None:
        if isinstance(member, dict):
            self.additional.update(member)
        else:
            self._note("sidecar.wrong-type", "/additional", _kind_of(member), "an object")

    def _texts(self, key: str, member: Any, meaning: Meaning) -> Iterator[tuple[str, str]]:
        """The texts under a key, each with its pointer; anything else is a finding."""
        holds_many = meaning.kind is Kind.IDENTIFIER or (meaning.kind is Kind.FIELD and FIELD[meaning.name].many)
        if not isinstance(member, list):
            yield from self._text(pointer(key), member, meaning)
        elif holds_many:
            for index, one in enumerate(member):
                if one is None:
                    self._refuse(pointer(key, index), one, meaning)
                else:
                    yield from self._text(pointer(key, index), one, meaning)
        else:
            self._refuse(pointer(key), member, meaning)

    def _text(self, at: str, member: Any, meaning: Meaning) -> Iterator[tuple[str, str]]:
        if member is None and meaning.name not in _DECISIONS:
            return
        is_year = isinstance(member, Digits) and meaning.kind is Kind.FIELD and FIELD[meaning.name].form == "edtf"
        if is_year or (isinstance(member, str) and not isinstance(member, Digits)):
            if member.strip():
                yield at, str(member.strip())
        else:
            self._refuse(at, member, meaning)

    def _refuse(self, at: str, member: Any, meaning: Meaning) -> None:
        """A value of the wrong kind; an access level that nobody can read is taken for the strictest."""
        if meaning.name == "access_level":
            self.level = AccessLevel.RESTRICTED
        is_list = meaning.kind is Kind.IDENTIFIER or (meaning.kind is Kind.FIELD and FIELD[meaning.name].many)
        kind = "text between quotation marks, or a list of texts" if is_list else "one text between quotation marks"
        self._note("sidecar.wrong-type", at, _kind_of(member), kind)

    def _say(self, meaning: Meaning, at: str, text: str) -> None:
        if meaning.kind is Kind.RIGHTS:
            self.values.append(Said(rights_field(text), text, at))
        elif meaning.kind is Kind.ROLE:
            self._take_role(at, text)
        elif meaning.kind is Kind.IDENTIFIER:
            if self.identifier:
                self.values.append(Said("identifiers", text, at))
            self.identifier = self.identifier or text
        elif meaning.name == "access_level":
            self._take_level(at, text)
        else:
            self.values.append(Said(meaning.name, text, at))

    def _take_role(self, at: str, text: str) -> None:
        if text.lower() in ROLES:
            self.role = text.lower()
            return
        meant = nearest_of(text.lower(), ROLES)
        self._note("sheet.unknown-role", at, text, f"perhaps {meant}" if meant else " or ".join(ROLES))

    def _take_level(self, at: str, text: str) -> None:
        level = access_level_of(text)
        if level is None:
            self._note("access.unknown-level", at, text, " or ".join(AccessLevel))
        stated = level or AccessLevel.RESTRICTED
        self.level = max(stated, self.level or stated, key=lambda one: one.strictness)
        self.values.append(Said("access_level", text.lower(), at))


_DECISIONS = frozenset({"access_level", "review_date", "role", "document_id"})
"""Where null could be taken for a decision that nobody made."""


def _kind_of(value: Any) -> str:
    """A value of the wrong kind in words."""
    match value:
        case Digits():
            return f"the number {value[:40]}"
        case str():
            return f"the text {value[:40]!r}"
        case _:
            return value_words(value)
