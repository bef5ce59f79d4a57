"""Turns the errors of `jsonschema` into findings that an archivist understands.

One error of the engine may be several findings (each missing or unknown name is one); a finding says what stands
there and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.schema.date_advice import date_advice
from archive.schema.languages import suggestion
from archive.schema.timestamps import timestamp_advice
from archive.schema.uris import uri_advice
from archive.schema.words import kind_of, kinds, listed, nearest, shown

if TYPE_CHECKING:
    from jsonschema import ValidationError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a value breaks, before it is known which file it stood in.

    Attributes:
        kind: `missing`, `unknown`, `type`, `version`, `other`, or a code of its own such as `date.not-edtf`.
        path: the way to it in the value.
        found: what stands there.
        expected: what should.
    """

    kind: str
    path: Path
    found: str
    expected: str


def faults(error: ValidationError) -> Iterator[Fault]:
    """The faults that one error of the engine tells of."""
    path: Path = tuple(error.absolute_path)
    value, asked = error.instance, error.validator_value
    match str(error.validator):
        case "required":
            yield from _missing(path, value, asked)
        case "dependentRequired":
            for needed in (names for present, names in asked.items() if present in value):
                yield from _missing(path, value, needed)
        case "additionalProperties" | "unevaluatedProperties" | "propertyNames":
            yield from _unknown(path, error)
        case keyword:
            yield _of_value(path, error, keyword)


def _of_value(path: Path, error: ValidationError, keyword: str) -> Fault:
    value, asked = error.instance, error.validator_value
    if _empty(value) and keyword in {"minLength", "pattern", "enum", "format"}:
        return Fault("value.empty", path, f"{shown(value)}, which says nothing", "a value, or no such field at all")
    match keyword:
        case "format":
            code, description, advice = _FORMATS[asked]
            return Fault(code, path, f"{shown(value)} is not {description}", advice(value))
        case "not" if isinstance(value, str) and not value.isprintable():
            return Fault("value.control-character", path, shown(value), "text without control characters")
        case "enum":
            return Fault("value.not-in-list", path, shown(value), listed(asked))
        case "type":
            return Fault("type", path, f"{shown(value)}, which is {kind_of(value)}", kinds(asked))
        case _:
            kind = "version" if path in {("record_version",), ("bag_version",)} else "other"
            return Fault(kind, path, shown(value), _EXPECTED.get(keyword, _as_described)(error))


_BLANK = re.compile(r"[\s\u200b\ufeff]*")


def _empty(value: Any) -> bool:
    return isinstance(value, str) and _BLANK.fullmatch(value) is not None


def _missing(path: Path, value: Mapping[str, Any], needed: list[str]) -> Iterator[Fault]:
    for name in needed:
        if name not in value:
            yield Fault("missing", path, f"no field '{name}'", f"the field '{name}'")


def _unknown(path: Path, error: ValidationError) -> Iterator[Fault]:
    if error.validator == "propertyNames" or not isinstance(error.instance, dict):
        yield Fault("unknown", path, "a name that is not allowed here", _as_described(error))
        return
    known = error.schema.get("properties", {})
    if error.validator == "additionalProperties" and error.validator_value is not False:
        known = {}
    for name in error.instance:
        if name not in known and not error.schema.get("patternProperties"):
            close = nearest(name, known)
            yield Fault(
                "unknown",
                (*path, name),
                f"a field {shown(name)}",
                f"the field '{close}'" if close else "only fields that the schema names",
            )
    if error.schema.get("patternProperties"):
        yield Fault("unknown", path, "a field that the schema does not name", "only fields that the schema names")


def _day_advice(text: str) -> str:
    advice = date_advice(text)
    return advice if advice.startswith("write ") and "EDTF" not in advice and "~" not in advice else _ONE_DAY


def _language_advice(text: str) -> str:
    meant = suggestion(text)
    return f"write {meant}" if meant else "write a language tag such as en, ko or zh-Hant; und where nobody knows"


_ONE_DAY = "write one day as year, month and day, such as 2030-01-01"
_FORMATS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "date": ("date.not-a-day", "one day", _day_advice),
    "date-time": ("timestamp.malformed", "an RFC 3339 timestamp", timestamp_advice),
    "edtf": ("date.not-edtf", "an EDTF date", date_advice),
    "language-tag": ("language.not-bcp47", "a BCP 47 language tag", _language_advice),
    "uri": ("uri.malformed", "a URI", uri_advice),
}


def _as_described(error: ValidationError) -> str:
    """What the schema says of the place in its own words, for rules that have no better ones."""
    told = error.schema.get("description") if isinstance(error.schema, dict) else None
    return str(told) if told else f"what the schema asks for with '{error.validator}'"


def _count(unit: str, bound: str) -> Callable[[ValidationError], str]:
    return lambda error: f"{bound} {error.validator_value} {unit}"


_EXPECTED: dict[str, Callable[[ValidationError], str]] = {
    "const": lambda error: shown(error.validator_value),
    "minLength": _count("characters", "at least"),
    "maxLength": _count("characters", "at most"),
    "minItems": _count("values", "at least"),
    "maxItems": _count("values", "at most"),
    "minProperties": _count("fields", "at least"),
    "maxProperties": _count("fields", "at most"),
    "minimum": lambda error: f"{error.validator_value} or more",
    "maximum": lambda error: f"{error.validator_value} or less",
    "exclusiveMinimum": lambda error: f"more than {error.validator_value}",
    "exclusiveMaximum": lambda error: f"less than {error.validator_value}",
    "multipleOf": lambda error: f"a multiple of {error.validator_value}",
    "uniqueItems": lambda _: "each value once",
    "contains": lambda error: f"a list in which one value is as asked ({_as_described(error)})",
}
