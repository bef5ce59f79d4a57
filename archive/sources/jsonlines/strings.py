"""The inside of a JSON string as lines, with the characters that each takes up in the string as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.derivation import BLANKS

_ESCAPE = r"\\(?:r\\n|u000[dD]\\u000[aA]|u[0-9a-fA-F]{4}|.)"
_BREAK = re.compile(_ESCAPE, re.DOTALL)
_BREAK_OR_RARE = re.compile(rf"{_ESCAPE}|[\x85\u2028\u2029]", re.DOTALL)
_RARE = "\x85\u2028\u2029"
_IS_BREAK = re.compile(r"\\[nrf]|\\u00(?:0[a-dA-D]|85)|\\u202[89]|[\x85\u2028\u2029]")
_ESCAPED_BLANK = "|".join(["t", *(f"u{ord(blank):04x}" for blank in BLANKS)])
_BLANK = rf"[{BLANKS}]|\\(?i:{_ESCAPED_BLANK})"
_LEADING = re.compile(rf"(?:{_BLANK})*+")
_KEPT = re.compile(
    rf"(?:(?:{_BLANK})*+(?:[^\\{BLANKS}]++|\\(?!(?i:{_ESCAPED_BLANK}))(?:u[0-9a-fA-F]{{4}}|.)))*+", re.DOTALL
)


def written_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    r"""The lines of a string that are not blank, without the white space around them.

    Args:
        text: the JSON text.
        start: the character after the opening quote.
        end: the closing quote.

    Yields:
        Where the line starts and ends in `text`, and the number of blank lines before it.

    >>> [text[a:b] for text in [r'"one\n\n two\t"'] for a, b, _ in written_lines(text, 1, len(text) - 1)]
    ['one', 'two']
    """
    blank = 0
    for first, last in _ranges(text, start, end):
        begin = first if _begins_tight(text, first, last) else _end(_LEADING, text, first, last)
        stop = last if _ends_tight(text, begin, last) else _end(_KEPT, text, begin, last)
        if begin < stop:
            yield begin, stop, blank
            blank = 0
        else:
            blank += 1


def _ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    pattern = _BREAK_OR_RARE if any(rare in text for rare in _RARE) else _BREAK
    for found in pattern.finditer(text, start, end):
        if _IS_BREAK.match(found[0]):
            yield start, found.start()
            start = found.end()
    yield start, end


def _begins_tight(text: str, start: int, end: int) -> bool:
    return start < end and text[start] != "\\" and text[start] not in BLANKS


def _ends_tight(text: str, start: int, end: int) -> bool:
    """Whether there is surely no blank at the end; an escape there is looked at from the beginning."""
    return start < end and text[end - 1] not in BLANKS and "\\" not in text[max(start, end - 6) : end]


def _end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start
