"""A schema of a person's own, laid on top of the record schema.

It can only narrow: a record must meet both. It must stand by itself (references inside it, or to a shipped schema),
and its patterns are those of ECMA-262, run in bounded time. Formats are checked where `archive.schema.formats` names
them; others are notes for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.schema import shipped
from archive.schema.patterns import fits, is_name_pattern, is_pattern
from archive.schema.words import pointer, shown

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator as Engine
    from referencing import Registry, Resource
    from referencing._core import Resolver

LARGEST_OVERLAY = 1 << 20
"""Bytes of a schema of one's own."""

DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-04/schema",
)
"""What `$schema` may name; the first is meant where it is absent."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


@dataclass(frozen=True, slots=True)
class Overlay:
    """A schema of one's own that was read and found usable; `read_overlay` makes it.

    Attributes:
        file: its name, as corpus.toml gives it.
        text: the schema as JSON.
    """

    file: str
    text: str

    def errors(self, value: Any) -> Iterator[ValidationError]:
        """What `value` breaks, in the engine's words.

        Raises:
            RecursionError: the schema refers to itself without end.
        """
        return iter(_engine(self.text).iter_errors(value))


def read_overlay(data: bytes, file: str) -> tuple[Overlay | None, tuple[Finding, ...]]:
    """Reads and checks a schema of one's own.

    Args:
        data: the file.
        file: its name, for findings.

    Returns:
        The overlay, or None and the findings that say why it cannot be used.
    """
    if len(data) > LARGEST_OVERLAY:
        return None, (_malformed(file, "", f"{len(data)} bytes", f"at most {LARGEST_OVERLAY} bytes"),)
    try:
        schema = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        return None, (_malformed(file, "", f"a byte at {problem.start} that is not UTF-8", "a file in UTF-8"),)
    except json.JSONDecodeError as problem:
        found = f"{problem.msg} in line {problem.lineno}, column {problem.colno}"
        return None, (_malformed(file, "", found, "JSON"),)
    except RecursionError:
        return None, (_malformed(file, "", "values nested too deep", "a schema"),)
    return _checked(schema, file)


def _checked(schema: Any, file: str) -> tuple[Overlay | None, tuple[Finding, ...]]:
    if not isinstance(schema, dict):
        return None, (_malformed(file, "", shown(schema), "a JSON object"),)
    dialect = str(schema.get("$schema", DIALECTS[0])).removesuffix("#")
    if dialect not in DIALECTS:
        found = f"the dialect {shown(schema['$schema'])}"
        return None, (_malformed(file, "/$schema", found, DIALECTS[0]),)
    try:
        findings = [*_against_dialect(schema, dialect, file)] or [*_unusable(schema, dialect, file)]
        if findings:
            return None, tuple(sorted(findings, key=lambda one: one.order))
        text = json.dumps(schema, ensure_ascii=False, sort_keys=True)
        _engine(text).is_valid({})
    except RecursionError:
        return None, (endless(file),)
    return Overlay(file, text), ()


def endless(file: str, document: str | None = None) -> Finding:
    """The finding for a schema that refers to itself without end."""
    return finding("own-schema.endless", document=document, where=Where(file=file))


def _malformed(file: str, place: str, found: str, expected: str) -> Finding:
    where = Where(file=file, pointer=place or None)
    return finding("own-schema.malformed", where=where, found=found, expected=expected)


def _against_dialect(schema: dict[str, Any], dialect: str, file: str) -> Iterator[Finding]:
    """Errors against the dialect's own schema; its formats are left out, since `is_pattern` judges patterns."""
    from jsonschema.validators import validator_for

    kind = validator_for({"$schema": dialect})
    for error in kind(kind.META_SCHEMA).iter_errors(schema):
        asked = f"what JSON Schema allows for '{error.absolute_path[-1]}'" if error.absolute_path else "a JSON Schema"
        yield _malformed(file, pointer(error.absolute_path), shown(error.instance), asked)


def _unusable(schema: dict[str, Any], dialect: str, file: str) -> Iterator[Finding]:
    """References that lead outside and patterns that cannot be run."""
    from referencing.jsonschema import specification_with

    resource = specification_with(dialect).create_resource(schema)
    base = resource.id() or "urn:own-schema"
    registry: Registry[Any] = _registry().with_resource(base, resource).crawl()
    yield from _inside(resource, registry.resolver(base), file)


def _inside(resource: Resource[Any], resolver: Resolver[Any], file: str) -> Iterator[Finding]:
    from referencing.exceptions import Unresolvable

    contents = resource.contents
    if isinstance(contents, dict):
        for keyword in _REFERENCES:
            reference = contents.get(keyword)
            if isinstance(reference, str):
                try:
                    resolver.lookup(reference)
                except (Unresolvable, ValueError):
                    where = Where(file=file)
                    yield finding("own-schema.outside-reference", where=where, found=f"{keyword}: {shown(reference)}")
        yield from _patterns(contents, file)
    for part in resource.subresources():
        yield from _inside(part, resolver.in_subresource(part), file)


def _patterns(schema: dict[str, Any], file: str) -> Iterator[Finding]:
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not is_pattern(pattern):
        yield finding("own-schema.pattern", where=Where(file=file), found=shown(pattern))
    for name in schema.get("patternProperties", {}):
        if not is_name_pattern(name):
            yield finding(
                "own-schema.pattern",
                where=Where(file=file),
                found=f"patternProperties: {shown(name)}",
                expected="a pattern without a repeated group",
            )


@lru_cache(maxsize=1)
def _registry() -> Registry[Any]:
    """The shipped schemas, which an own one may refer to, and the dialects; nothing is fetched."""
    from jsonschema_specifications import REGISTRY
    from referencing.jsonschema import DRAFT202012

    every: Registry[Any] = REGISTRY.combine()
    return every.with_resources(
        (shipped.identifier(name), DRAFT202012.create_resource(shipped.schema(name))) for name in shipped.NAMES
    )


@lru_cache(maxsize=8)
def _engine(text: str) -> Engine:
    from jsonschema.validators import extend, validator_for

    from archive.schema.checker import format_checker

    schema = json.loads(text)
    dialect = str(schema.get("$schema", DIALECTS[0])).removesuffix("#")
    kind = extend(validator_for({"$schema": dialect}), {"pattern": _pattern})
    return kind(schema, format_checker=format_checker(), registry=_registry())


def _pattern(_: Engine, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    from jsonschema import ValidationError

    if isinstance(instance, str) and not fits(pattern, instance):
        yield ValidationError(f"does not fit the pattern {pattern}")
