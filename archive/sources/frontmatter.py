"""The front matter of a Markdown file: YAML between two lines `---` at its beginning, or TOML between two lines `+++`.

Only what is surely meant is taken: values, and lists of them, under names that a record has fields for. What is no
YAML or TOML is said, and its plain lines `key: value` are taken all the same; what does not even begin like that is
text. Both are parsed by libraries that make nothing of it but plain values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from archive.model.blocks import Observation
from archive.model.charsets import CODECS, decode, of_whole_characters
from archive.model.codes import finding
from archive.model.fields import FIELD, FIELDS
from archive.model.findings import Finding, Where
from archive.model.inline import plain_markdown
from archive.model.toml_tables import toml_tables
from archive.sources.dates import stated_edtf
from archive.sources.protocol import TextInput

_NAMES = {name: field.name for field in FIELDS for name in (field.name, *field.dublin_core)} | {
    "author": "creators",
    "authors": "creators",
    "lang": "language",
    "tags": "subjects",
    "keywords": "subjects",
    "url": "source_url",
    "canonical_url": "source_url",
    "site": "publisher",
    "published": "date_issued",
    "license": "rights",
    "licence": "rights",
}
_MATTER = re.compile(r"(?P<mark>---|\+\+\+)(?P<toml>toml)?[ \t]*(?:\r\n|\r|\n)")
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?=[\r\n]|\Z)", re.MULTILINE),
}
_YAML_BEGINS = re.compile(r"(?:[ \t]*(?:#.*)?(?:\r\n|\r|\n))*+[A-Za-z_\"'][\w.\"' -]{0,60}:(?:[ \t]|[\r\n]|\Z)")
_TOML_BEGINS = re.compile(r"(?:[ \t]*(?:#.*)?(?:\r\n|\r|\n))*+(?:[\w.\"'-]{1,60}[ \t]*=|\[)")
_PLAIN_LINE = re.compile(r"^([A-Za-z][\w.-]{0,40}):[ \t]+([^\W_][^\r\n]*)$", re.MULTILINE)
"""A key and a value that begins with a letter or a figure, so that it opens nothing."""
_TOML_KEY = r"^[ \t]*[\"']?{}[\"']?[ \t]*="
_ANY_TOML_KEY = re.compile(
    r"""^[ \t]*+(?:(?:[\w.-]{1,60}|"[^"\r\n]{1,60}"|'[^'\r\n]{1,60}')[ \t]*+=|\[{1,2}[\w."' -]+\]{1,2}[ \t]*+\r?$)""",
    re.MULTILINE,
)
"""What ends a value of several lines; an item of a list, as in `"a=b",`, does not."""
_NOTHING = frozenset({"null", "~"})
_LONGEST = 65_536


class _Said(NamedTuple):
    """A value under a key, and the characters of the matter that state it."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states, and where the text after it begins (where it began anyway, if there is none)."""

    end: int
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()


def front_matter(text: TextInput) -> FrontMatter:
    """The front matter of a document, if it has any."""
    layer = text.layer
    head = decode(layer.data[text.start : text.start + _LONGEST], layer.charset)
    opening = _MATTER.match(head)
    closing = _ENDS[opening["mark"]].search(head, opening.end()) if opening else None
    if opening is None or closing is None or "\ufffd" in head[: closing.end()]:
        return FrontMatter(text.start)
    is_toml = bool(opening["toml"]) or opening["mark"] == "+++"
    inner = head[opening.end() : closing.start()]
    if inner.strip() and not (_TOML_BEGINS if is_toml else _YAML_BEGINS).match(inner):
        return FrontMatter(text.start)
    codec = CODECS[layer.charset]
    whole = head[: closing.end()].encode(codec, "replace")
    if whole != layer.data[text.start : text.start + len(whole)]:
        return FrontMatter(text.start)
    start = text.start + layer.offset + len(head[: opening.end()].encode(codec))

    def range_of(first: int, last: int) -> str:
        begin = start + len(inner[:first].encode(codec))
        return f"{begin}-{begin + len(inner[first:last].encode(codec))}"

    said, fault = (_toml if is_toml else _yaml)(inner)
    found = tuple(
        Observation(name, value, f"bytes={range_of(one.start, one.end)}")
        for one in said
        for name, value in _usable(one.key, one.value)
    )
    where = Where(file=text.path, bytes=range_of(0, len(inner)))
    findings = (finding("markup.malformed", where=where, found=f"front matter: {fault}"),) if fault else ()
    return FrontMatter(text.start + len(whole), found, findings)


def _yaml(inner: str) -> tuple[list[_Said], str]:
    """What stands in YAML, and what is wrong with it; of what is no YAML, what its plain lines say."""
    import yaml

    try:
        root = yaml.compose(inner, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark is not None else 1  # the mark counts from 0
        return _plain_lines(inner), f"no YAML from line {line} on"
    except (yaml.YAMLError, RecursionError, ValueError):
        return _plain_lines(inner), "no YAML"
    if not isinstance(root, yaml.MappingNode):
        return [], ""
    return [one for key, node in root.value for one in _of_node(inner, key, node)], ""


def _of_node(inner: str, key: Any, node: Any) -> Iterator[_Said]:
    """The values under a key: a scalar, or the scalars of a list; aliases and values within values are passed over."""
    items: Sequence[Any] = node.value if node.id == "sequence" else (node,)
    if key.id != "scalar":
        return
    for item in items:
        if item.id == "scalar" and item.start_mark.index >= key.start_mark.index:
            first = item if node.id == "sequence" else key
            start = inner.rfind("\n", 0, first.start_mark.index) + 1
            yield _Said(key.value, item.value, start, _end_of_line(inner, item.end_mark.index))


def _end_of_line(inner: str, end: int) -> int:
    return end if inner[end - 1 : end] == "\n" else (inner.find("\n", end) + 1 or len(inner))


def _plain_lines(inner: str) -> list[_Said]:
    return [
        _Said(one[1], one[2].rstrip(), one.start(), _end_of_line(inner, one.end()))
        for one in _PLAIN_LINE.finditer(inner)
    ]


def _toml(inner: str) -> tuple[list[_Said], str]:
    """What stands in TOML under keys of its own, and what is wrong with it."""
    try:
        content = toml_tables(inner.replace("\r\n", "\n").replace("\r", "\n"))
    except ValueError:
        return [], "no TOML"
    found = []
    for key in filter(_is_known, content):
        stated = content[key]
        line = re.compile(_TOML_KEY.format(re.escape(key)), re.MULTILINE).search(inner)
        start, end = (line.start(), _end_of_value(inner, stated, line.end())) if line else (0, len(inner))
        found += [_Said(key, _in_words(one), start, end) for one in (stated if isinstance(stated, list) else [stated])]
    return found, ""


def _end_of_value(inner: str, stated: Any, start: int) -> int:
    """The end of the line at which a value ends; of one of several lines, what stands up to the next key is its."""
    has_lines = isinstance(stated, list) or (isinstance(stated, str) and "\n" in stated)
    after = _ANY_TOML_KEY.search(inner, start) if has_lines else None
    until = after.start() if after else len(inner)
    return _end_of_line(inner, len(inner[:until].rstrip()) if has_lines else start)


def _is_known(key: str) -> bool:
    return key.lower() in _NAMES


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _usable(key: str, stated: str) -> Iterator[tuple[str, str]]:
    name = _NAMES.get(key.lower(), "")
    value = of_whole_characters(" ".join(stated.split()))
    if not name or not value or value in _NOTHING:
        return
    if FIELD[name].form == "edtf":
        yield name, stated_edtf(value) or value
    else:
        yield name, plain_markdown(value) if name in {"title", "alternative_titles", "description"} else value
