r"""The rule of derivation: how the text of a passage follows from bytes.

A *projection* is a string such as `1:controls,join-lines,spaces,nfc`: the version of the rule, a colon, and the names
of operations in their order. `project` carries it out. `archive.model.derivation_rule` says the same in prose, for
the page that travels in every bag; `tools/check_derivation.py` repeats it without this package. A version, once
published, never changes: what is to be different gets a new number.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from archive.model.charsets import decode
from archive.model.composing import composed
from archive.model.finishing import FINISHES

VERSION = 1
"""The version that this module writes, and the newest that it reads."""

BLANKS = "\t \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space within a line: TAB and all of Unicode's category Zs."""

BREAK = re.compile("\r\n|\r|\n")
"""A line break, once `controls` has turned the rarer ones into LF."""

TAG = (
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))"""
    r"""|<!\[CDATA\[|\]\]>"""
    r"""|</?[A-Za-z](?:[^>=]++|=[ \t\r\n\f]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)"""
    r"""|<[!?/][^>]*+(?:>|\Z)"""
)
"""A piece of markup: a comment, a mark of CDATA, a tag, a declaration. What is not closed reaches to the end, as in
HTML, 13.2.5; so no text takes more than one pass."""

_TAG = re.compile(TAG, re.DOTALL)
TAG_OR_SECTION = re.compile(rf"<!\[CDATA\[(.*?)(?:\]\]>|\Z)|{TAG}", re.DOTALL)
"""A piece of markup, of which a section of CDATA is one whole (XML, 2.7); its first group is what that holds."""
_LINE_BREAK_TAG = re.compile(r"<br(?![^\s/>])", re.IGNORECASE)
_RARE_BREAKS = re.compile("[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_BLANK_RUN = re.compile(f"[{BLANKS}]+")
_JSON_ESCAPE = re.compile(r'\\(?:(u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*)|(["\\/bfnrt]))')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_NUMBER = re.compile("&#(?:[0-9]{9,}|[Xx][0-9A-Fa-f]{9,});?")


def _json(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        told = json.loads(f'"{text}"')
    except ValueError:  # what is no string of JSON is taken escape by escape
        return _by_escapes(text)
    return _LONE_SURROGATE.sub("\ufffd", told) if "\\u" in text else told


def _by_escapes(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", _JSON_ESCAPE.sub(lambda found: json.loads(f'"{found[0]}"'), text))


def _doubled_quotes(text: str) -> str:
    return text.replace('""', '"')


def _cdata(text: str) -> str:
    return TAG_OR_SECTION.sub(as_text, text) if "<![CDATA[" in text else text


def as_text(found: re.Match[str]) -> str:
    """What the operation `cdata` makes of a piece of markup: of a CDATA section text, whatever stands in it."""
    return found[0] if found[1] is None else found[1].replace("&", "&amp;").replace("<", "&lt;")


def _tags(text: str) -> str:
    if "<" not in text and "]]>" not in text:
        return text
    return _TAG.sub(lambda found: "\n" if _LINE_BREAK_TAG.match(found[0]) else "", text)


def _entities(text: str) -> str:
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text) if "&#" in text else text)


def _controls(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub("", _RARE_BREAKS.sub("\n", text))


def _soft_hyphens(text: str) -> str:
    return text.replace("\u00ad", "")


def _lines(text: str) -> list[str]:
    return [line.strip(BLANKS) for line in BREAK.split(text)]


def _join_lines(text: str) -> str:
    return " ".join(filter(None, _lines(text)))


def _join_lines_cjk(text: str) -> str:
    return "".join(_lines(text))


def _keep_lines(text: str) -> str:
    return "\n".join(line.rstrip(BLANKS) for line in BREAK.split(text))


def _spaces(text: str) -> str:
    lines = _BLANK_RUN.sub(" ", text).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


PARTS_AS_LINES = "parts-as-lines"
"""May stand first only: LF between the parts instead of nothing."""

PIECEWISE: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {"json": _json, "doubled-quotes": _doubled_quotes}
)
"""Operations that work on each part by itself, before the parts are put together."""

WHOLE: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {
        "cdata": _cdata,
        "tags": _tags,
        "entities": _entities,
        "controls": _controls,
        "soft-hyphens": _soft_hyphens,
        "join-lines": _join_lines,
        "join-lines-cjk": _join_lines_cjk,
        "keep-lines": _keep_lines,
        "spaces": _spaces,
        "nfc": composed,
    }
)
"""Operations that work on the text of all parts."""


def projection(operations: Iterable[str]) -> str:
    """The projection that names `operations` in this order.

    Raises:
        ValueError: an operation is unknown or stands where it may not.

    >>> projection(["join-lines", "spaces", "nfc"])
    '1:join-lines,spaces,nfc'
    """
    written = f"{VERSION}:{','.join(operations)}"
    operations_of(written)
    return written


@lru_cache(maxsize=256)
def operations_of(written: str) -> tuple[str, ...]:
    """The names of the operations of a projection, in order.

    Args:
        written: such as `1:join-lines,nfc`; `1:` has none and only decodes.

    Raises:
        ValueError: the version or an operation is unknown, or an operation stands where it may not.
    """
    version, colon, names = written.partition(":")
    if not colon or version != str(VERSION):
        msg = f"{written!r} is not a projection of version {VERSION}, the only one that this program knows"
        raise ValueError(msg)
    operations = tuple(names.split(",")) if names else ()
    for place, name in enumerate(operations):
        if name not in WHOLE and name not in PIECEWISE and name != PARTS_AS_LINES:
            known = ", ".join((PARTS_AS_LINES, *PIECEWISE, *WHOLE))
            msg = f"{name!r} in {written!r} is not an operation of version {VERSION}; the known ones are {known}"
            raise ValueError(msg)
        if name == PARTS_AS_LINES and place:
            msg = f"{PARTS_AS_LINES!r} stands first or not at all, not as in {written!r}"
            raise ValueError(msg)
        if name in PIECEWISE and any(before in WHOLE for before in operations[:place]):
            msg = f"{name!r} works on each part and stands before what works on the whole, not as in {written!r}"
            raise ValueError(msg)
    return operations


def project(pieces: Sequence[tuple[bytes, str]], written: str) -> str:
    r"""The text that follows from bytes.

    Args:
        pieces: for each span, in order, its bytes and the charset of its layer.
        written: the projection.

    Returns:
        The text.

    Raises:
        ValueError: the projection or a charset is unknown.

    >>> project([(b"Two  \r\n lines", "utf-8")], "1:join-lines,spaces,nfc")
    'Two lines'
    >>> project([(b"a\\u0041", "utf-8"), (b"b", "utf-8")], "1:parts-as-lines,json")
    'aA\nb'
    """
    return carry_out([decode(data, charset) for data, charset in pieces], operations_of(written))


def carry_out(parts: Sequence[str], operations: Sequence[str]) -> str:
    """The same for parts that are decoded already and operations that are known to be right."""
    way = _way(tuple(operations))
    for change in way.piecewise:
        parts = [change(part) for part in parts]
    text = way.between.join(parts)
    for change in way.whole:
        text = change(text)
    if way.finish is not None:
        finished = way.finish(text)
        if finished is not None:
            return finished
    for change in way.rest:
        text = change(text)
    return text


class _Way(NamedTuple):
    """How operations are carried out: on each part, on the whole, and the last of them in one go or one by one."""

    piecewise: tuple[Callable[[str], str], ...]
    between: str
    whole: tuple[Callable[[str], str], ...]
    finish: Callable[[str], str | None] | None
    rest: tuple[Callable[[str], str], ...]


@lru_cache(maxsize=256)
def _way(operations: tuple[str, ...]) -> _Way:
    whole = [name for name in operations if name in WHOLE]
    at = next((at for at in range(len(whole)) if tuple(whole[at:]) in FINISHES), len(whole))
    return _Way(
        piecewise=tuple(PIECEWISE[name] for name in operations if name in PIECEWISE),
        between="\n" if operations[:1] == (PARTS_AS_LINES,) else "",
        whole=tuple(WHOLE[name] for name in whole[:at]),
        finish=FINISHES.get(tuple(whole[at:])),
        rest=tuple(WHOLE[name] for name in whole[at:]),
    )
