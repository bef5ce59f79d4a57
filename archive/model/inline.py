"""Marks within a line of Markdown: emphasis, code and links."""

from __future__ import annotations

import re

_LINK = re.compile(
    r"!?\[([^\[\]]{0,400})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,400}\")?\)|!?\[([^\[\]]{1,400})\]\[[^\[\]]{0,200}\]"
)
_EMPHASIS = re.compile(r"(?<![\w\\])([*_]{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.{1,400}?)(?<=\S)\1")
_CODE = re.compile(r"(`{1,3})([^`]{1,400})\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_markdown(line: str) -> str:
    r"""What a line of Markdown says, without the marks of emphasis, code and links.

    >>> plain_markdown(r"Notes on the *weir* and [its **keeper**](http://example.org), 3 \* 4")
    'Notes on the weir and its keeper, 3 * 4'
    """
    if not any(sign in line for sign in "*_`[\\"):
        return line
    line = _LINK.sub(lambda found: found[1] if found[1] is not None else found[2], line)
    line = _CODE.sub(r"\2", line)
    for _ in range(2):
        line = _STARS.sub(r"\2", _EMPHASIS.sub(r"\2", line))
    return _ESCAPE.sub(r"\1", line).strip()
