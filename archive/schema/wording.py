"""Turns the errors of `jsonschema` into findings that an archivist understands.

One error of the engine may be several findings (each missing or unknown name is one); a finding says what stands
there and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.schema.date_advice import date_advice
from archive.schema.languages import suggestion
from archive.schema.timestamps import timestamp_advice
from archive.schema.uris import uri_advice
from archive.schema.words import LONGEST_ECHO, kind_of, kinds, listed, nearest, shown

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
        case "additionalProperties" | "unevaluatedProperties":
            yield from _unknown(path, error)
        case keyword:
            yield _of_value(path, error, keyword)


def _of_value(path: Path, error: ValidationError, keyword: str) -> Fault:
    value, asked = error.instance, error.validator_value
    kind, found, expected = "other", shown(value), ""
    if _empty(value) and keyword in {"minLength", "pattern", "enum", "format"}:
        kind, found, expected = "value.empty", f"{found}, which says nothing", "a value, or no such field at all"
    elif keyword == "format":
        kind, description, advice = _FORMATS[asked]
        found, expected = f"{found}, which is not {description}", advice(value)
    elif keyword == "not" and isinstance(value, str) and _CONTROL.search(value):
        kind, found, expected = "value.control-character", _around_control(value), "text without control characters"
    elif keyword == "enum":
        kind, expected = "value.not-in-list", _one_of(value, asked)
    elif keyword == "type":
        kind, found, expected = "type", f"{found}, which is {kind_of(value)}", kinds(asked)
    elif path in {("record_version",), ("bag_version",)}:
        kind, expected = "version", "a version that begins with '1.'"
    return Fault(kind, path, found, expected or _EXPECTED.get(keyword, _as_described)(error))


def _around_control(text: str) -> str:
    """The text, or where it is long the stretch with the first control character."""
    first = _CONTROL.search(text)
    start = max(0, first.start() - 40) if first and len(text) > LONGEST_ECHO else 0
    return shown(text[start : start + LONGEST_ECHO])


_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_FEW = 12
_BLANK = re.compile(r"[\s\u200b\ufeff]*")


def _empty(value: Any) -> bool:
    return isinstance(value, str) and _BLANK.fullmatch(value) is not None


def _missing(path: Path, value: Mapping[str, Any], needed: list[str]) -> Iterator[Fault]:
    for name in needed:
        if name not in value:
            yield Fault("missing", path, f"no field '{name}'", f"the field '{name}'")


def _unknown(path: Path, error: ValidationError) -> Iterator[Fault]:
    known = error.schema.get("properties", {})
    if error.validator == "unevaluatedProperties" or error.schema.get("patternProperties"):
        # Which names are meant depends on other parts of the schema, so the place alone is told.
        yield Fault("unknown", path, "a field that the schema does not name", "only fields that the schema names")
        return
    for name in error.instance:
        if name not in known:
            yield Fault("unknown", (*path, name), f"a field {shown(name)}", _one_of(name, known))


def _one_of(word: Any, known: Iterable[Any]) -> str:
    """The known words, or where they are many the one that is nearest."""
    every = list(known)
    if len(every) <= _FEW:
        return listed(every) if every else "no field at all"
    close = nearest(str(word), [one for one in every if isinstance(one, str)])
    return f"'{close}', or another of the {len(every)} that are known" if close else f"one of {listed(every)}"


def _day_advice(text: str) -> str:
    advice = date_advice(text)
    return advice if _ABOUT_DAYS.match(advice) else _ONE_DAY


def _language_advice(text: str) -> str:
    meant = suggestion(text)
    return meant or "a language tag such as en, ko or zh-Hant; und where nobody knows"


_ABOUT_DAYS = re.compile(r"a day that |[0-9]{4}-[0-9]{2}-[0-9]{2}(?: if|$)")
_ONE_DAY = "one day as year, month and day, such as 2030-01-01"
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
    if told:
        return str(told).removesuffix(".")
    return "nothing here" if error.validator is None else f"what the schema asks for with '{error.validator}'"


def _pattern(error: ValidationError) -> str:
    told = error.schema.get("description")
    return str(told).removesuffix(".") if told else f"text that fits the pattern {shown(error.validator_value)}"


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
    "pattern": _pattern,
    "multipleOf": lambda error: f"a multiple of {error.validator_value}",
    "uniqueItems": lambda _: "each value once",
    "contains": lambda error: f"a list in which one value is as asked ({_as_described(error)})",
}
