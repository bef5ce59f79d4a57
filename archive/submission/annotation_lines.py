"""Reads one line of `annotations.jsonl`: a Web Annotation (W3C, 23 February 2017) in JSON.

Members that this program does not use are not judged. What it uses is read strictly, since a place that is half
understood would be checked against the wrong words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from archive.model.annotations import CONTEXT, Annotation, BodyError, Selection, read_body
from archive.model.fault_words import json_words
from archive.submission.identifiers import holds_controls
from archive.submission.limits import LIMITS
from archive.submission.records import BYTE_ORDER_MARK

QUOTE, POSITION = "TextQuoteSelector", "TextPositionSelector"
_OF_ANY_SELECTOR = frozenset({"type", "id", "@context"})
_OF_QUOTE = _OF_ANY_SELECTOR | {"exact", "prefix", "suffix"}
_OF_POSITION = _OF_ANY_SELECTOR | {"start", "end"}
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_SHAPE, _SELECTOR = "annotation.shape", "annotation.selector"
_AT = "/target/selector"


class LineError(ValueError):
    """What is wrong with a line: the code of a finding, what was found and expected, and a JSON pointer."""

    def __init__(self, code: str, found: str, expected: str = "", pointer: str | None = None) -> None:
        super().__init__(found)
        self.code = code
        self.found = found
        self.expected = expected
        self.pointer = pointer


def read_line(line: bytes, row: int) -> Annotation | None:
    """The annotation on a line, or None where the line is blank.

    Args:
        line: its bytes.
        row: its number, from 1.

    Raises:
        LineError: it is no annotation, or its place cannot be checked.
    """
    value = _json(line)
    if value is None:
        return None
    _expect_annotation(value)
    target = _target(value.get("target"))
    source = target.get("source")
    if not isinstance(source, str) or not source.strip():
        raise LineError(_SHAPE, _shown(source), "the identifier of a document", "/target/source")
    return Annotation(
        annotation_id=_identifier(value.get("id")),
        document_id=source,
        row=row,
        selection=_selection(target.get("selector")),
        motivation=tuple(_texts(value.get("motivation"), "/motivation")),
        creators=tuple(_agents(value.get("creator"))),
        created=_created(value.get("created")),
        body=_body(value),
    )


def _json(line: bytes) -> dict[str, Any] | None:
    code = "annotation.malformed"
    try:
        text = line.removeprefix(BYTE_ORDER_MARK).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as problem:
        raise LineError(code, f"bytes that are not UTF-8, at byte {problem.start} of the line") from None
    if not text.strip():
        return None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_integer)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as problem:
        raise LineError(code, f"{json_words(problem)} at character {problem.colno}") from None
    except UnicodeEncodeError:
        raise LineError(code, "an escape \\uD800 to \\uDFFF without its other half") from None
    except RecursionError:
        raise LineError(code, "objects or lists inside one another beyond all use") from None
    if not isinstance(value, dict):
        raise LineError(code, "JSON, but no object", "an object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise LineError("annotation.malformed", f"the key {key[:80]!r} twice", "each key once")
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise LineError("annotation.malformed", f"{name}, which is no JSON value")


def _integer(digits: str) -> int:
    if len(digits) > 16:
        raise LineError("annotation.malformed", f"a number of {len(digits)} digits", "at most 16")
    return int(digits)


def _expect_annotation(value: Mapping[str, Any]) -> None:
    contexts = value.get("@context")
    if CONTEXT not in (contexts if isinstance(contexts, list) else [contexts]):
        raise LineError(_SHAPE, _shown(contexts), f'"{CONTEXT}"', "/@context")
    types = value.get("type")
    if "Annotation" not in (types if isinstance(types, list) else [types]):
        raise LineError(_SHAPE, _shown(types), '"Annotation"', "/type")


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or holds_controls(value) or len(value) > LIMITS.identifier:
        raise LineError(_SHAPE, _shown(value), "an identifier of its own, such as urn:uuid:...", "/id")
    return value


def _target(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        expected = "one object with a source and a selector; write an annotation for each place"
        raise LineError(_SHAPE, _shown(value), expected, "/target")
    return value


def _selection(value: Any) -> Selection:
    selectors: Sequence[Any] = value if isinstance(value, list) else [value]
    quotes = [_quote(one) for one in selectors if _type(one) == QUOTE]
    positions = [_position(one) for one in selectors if _type(one) == POSITION]
    if len(quotes) > 1 or len(positions) > 1 or not (quotes or positions):
        raise LineError(_SELECTOR, f"{len(selectors)} selectors", f"one {QUOTE}, one {POSITION}, or one of each", _AT)
    exact, prefix, suffix = quotes[0] if quotes else (None, "", "")
    start, end = positions[0] if positions else (None, None)
    return Selection(exact, prefix, suffix, start, end)


def _type(selector: Any) -> str:
    kind = selector.get("type") if isinstance(selector, dict) else None
    if kind not in (QUOTE, POSITION):
        found = kind if isinstance(kind, str) else selector
        raise LineError(_SELECTOR, _shown(found), f"{QUOTE} or {POSITION}", _AT)
    unknown = sorted(selector.keys() - (_OF_QUOTE if kind == QUOTE else _OF_POSITION))
    if unknown:
        raise LineError(_SELECTOR, f"the member {unknown[0][:80]!r}", f"what a {kind} has", f"{_AT}/{unknown[0][:80]}")
    return str(kind)


def _quote(selector: Mapping[str, Any]) -> tuple[str, str, str]:
    found = [selector.get("exact"), selector.get("prefix", ""), selector.get("suffix", "")]
    for name, one in zip(("exact", "prefix", "suffix"), found, strict=True):
        if not isinstance(one, str) or (name == "exact" and not one.strip()):
            raise LineError(_SELECTOR, _shown(one), "a text", f"{_AT}/{name}")
    return str(found[0]), str(found[1]), str(found[2])


def _position(selector: Mapping[str, Any]) -> tuple[int, int]:
    start, end = selector.get("start"), selector.get("end")
    for name, one in (("start", start), ("end", end)):
        if not isinstance(one, int) or isinstance(one, bool) or one < 0:
            raise LineError(_SELECTOR, _shown(one), "a whole number from 0", f"{_AT}/{name}")
    return int(start or 0), int(end or 0)


def _texts(value: Any, pointer: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [] if value is None else [value]:
        if not isinstance(one, str) or not one.strip():
            raise LineError(_SHAPE, _shown(one), "a text", pointer)
        yield one


def _agents(value: Any) -> Iterator[str]:
    """Names of agents, else their identifiers (Web Annotation Data Model, 3.3.1)."""
    for one in value if isinstance(value, list) else [] if value is None else [value]:
        named = one if isinstance(one, str) else (one.get("name") or one.get("id")) if isinstance(one, dict) else None
        yield from _texts(named if named else _missing(one), "/creator")


def _missing(value: Any) -> NoReturn:
    raise LineError(_SHAPE, _shown(value), "a name, or an object with a name or an id", "/creator")


def _created(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _TIMESTAMP.fullmatch(value):
        raise LineError(_SHAPE, _shown(value), "a timestamp such as 2026-11-21T10:00:00Z", "/created")
    return value


def _body(value: Mapping[str, Any]) -> str:
    body, plain = value.get("body"), value.get("bodyValue")
    if plain is not None:
        if body is not None or not isinstance(plain, str):
            raise LineError(_SHAPE, _shown(plain), "a text, and no body beside it", "/bodyValue")
        body = {"type": "TextualBody", "value": plain}
    if body is None:
        return ""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        read_body(text)
    except BodyError as error:
        raise LineError(_SHAPE, error.found, error.expected, f"/body{error.pointer}") from error
    return text


def _shown(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)[:80]
